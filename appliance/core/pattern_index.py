"""A household's patterns, indexed so that a call compares few of them. Entries in, entries out; no list is known here.

Each pattern is filed under one piece of plain characters that whatever fits it must hold: of its pieces, the one by
which the fewest patterns will have to be compared. A text is asked for by every piece of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from appliance.core.entry import Entry, ListName
from appliance.core.wildcard import matches

PIECE = 4
"""Characters of a piece. Fewer would file patterns of one area code together; more would help no telephone number."""

_TELLS_APART = 10
"""Each character of a piece makes it so much rarer in what is called or sent: a digit does, a letter does more."""

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_WILD = re.compile(r"[*?]+")


class PatternIndex:
    """Entries of kind PATTERN, or of kind NAME, in their order. Made once for each snapshot of a household."""

    __slots__ = ("_by_piece", "_entries", "_plain", "_sizes", "_until")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = tuple(entries)
        pieces = [_pieces(entry.value) for entry in self._entries]
        held = Counter(piece for some in pieces for piece in some)
        by_piece: dict[str, list[int]] = {}
        for place, some in enumerate(pieces):
            rarest = min(some, key=lambda piece: held[piece] / _TELLS_APART ** len(piece), default="")
            by_piece.setdefault(rarest, []).append(place)
        self._plain = tuple(by_piece.pop("", ()))  # wildcards alone: compared with everything
        self._by_piece = by_piece
        self._sizes = tuple({len(piece) for piece in by_piece})
        self._until: dict[ListName, datetime] = {}
        for entry in self._entries:
            until = entry.expires_at or _FOR_EVER
            self._until[entry.list] = max(until, self._until.get(entry.list, until))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def fitting(self, texts: Sequence[str]) -> list[Entry]:
        """Every entry that fits one of the texts, in their order; also those that have expired."""
        return [entry for entry in self.candidates(texts) if any(matches(entry.value, text) for text in texts)]

    def candidates(self, texts: Sequence[str]) -> list[Entry]:
        """Every entry that may fit, in their order: all that do, and few others."""
        places, by_piece = list(self._plain), self._by_piece
        # Of a number in its spellings most are the end of the first, and hold no piece that it does not.
        told = [text for place, text in enumerate(texts) if place == 0 or not texts[0].endswith(text)]
        held = {text[i : i + size] for text in told for size in self._sizes for i in range(len(text) - size + 1)}
        for piece in by_piece.keys() & held:
            places += by_piece[piece]
        places.sort()
        return [self._entries[place] for place in places]

    def lists(self, at: datetime) -> set[ListName]:
        """The lists of which at least one entry has not expired at that time."""
        return {name for name, until in self._until.items() if at < until}


NO_PATTERNS = PatternIndex()


def _pieces(pattern: str) -> dict[str, None]:
    """Of each run of its plain characters, every stretch of PIECE, or the whole of a shorter one; none twice."""
    return dict.fromkeys(
        run[start : start + PIECE]
        for run in _WILD.split(pattern)
        for start in range(max(1, len(run) - PIECE + 1))
        if run
    )
