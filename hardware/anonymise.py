"""Numbers and names of a captured log replaced by made-up ones of the same length; all else stays as it was.

Bytes go in, as many bytes come out, so every time and offset noted of them still fits. The same number or name gets the
same replacement throughout one `Anonymiser`. What is not known to be harmless is taken for private.
"""

import re
from bisect import bisect_left, bisect_right

from . import at
from .anonymise_hex import HexRun, hex_runs
from .anonymise_words import is_identification, is_label, is_moment, is_spelled, says_nothing
from .caller_id import TAGS
from .dtmf_clip import clip_fields
from .fields import Kind
from .stand_ins import SHORTEST_NUMBER, StandIns

_TAG = re.compile(
    rb"(?:(?<![!-~\x80-\xff])|(?<=\x10X))(%s)\s*[=:]\s*"
    % b"|".join(re.escape(tag).replace(rb"\ ", rb"\s+") for tag in sorted((t.encode() for t in TAGS), key=len)[::-1]),
    re.IGNORECASE,
)
_LINE = re.compile(rb"[^\r\n]+")
_MOMENTS = frozenset({Kind.DATE, Kind.TIME})

# A command with a number: ATD, and whatever else has one as long. The lists of +VTS and +VSD have shorter ones.
_DIALS = re.compile(r"[0-9]{7}|^AT[^+#-]*D", re.IGNORECASE)

# A code, of which those of keys and the marks around a key held count here; or iaxmodem's line for a key.
_PRESS = re.compile(rb"\x10(.)|(?:^|(?<=[\r\n]))[ \t]*DTMF ?= ?([0-9])", re.DOTALL | re.IGNORECASE)
# Bytes between two keys of one number: a ring, a result, codes of the line. Sound is on no tape.
_BETWEEN_KEYS = 64


class Anonymiser:
    """Remembers what it replaced by what; use one for all logs that belong together."""

    def __init__(self) -> None:
        self._stand_ins = StandIns()

    def log(self, data: bytes, *, replies: tuple[tuple[int, int], ...] = ()) -> bytes:
        """The bytes of a log without anybody's number or name.

        `replies` are the (start, end) offsets of what the modem answered to commands: up to the first ring or caller
        those lines keep their words, and their numbers where a modem is known to tell such of itself.
        """
        changed = bytearray(data)
        hidden = hex_runs(data)
        for run in hidden:
            run.scrub(changed, self._stand_ins)
        self._lines(data, changed, hidden, replies)
        self._keys(data, changed)
        return bytes(changed)

    def command(self, text: str) -> str:
        """A command that was sent, without a number that it dials."""
        return self._stand_ins.digits(text.encode()).decode() if _DIALS.search(text) else text

    def _lines(
        self, data: bytes, changed: bytearray, hidden: list[HexRun], replies: tuple[tuple[int, int], ...]
    ) -> None:
        # Both in their order and apart from each other: the last one that begins before a line is the only one to ask.
        runs, asked_at = [run.start for run in hidden], [start for start, _ in replies]
        over, behind_name = 0, False
        for match in _LINE.finditer(data):
            line, text = match[0], at.text_of(match[0])
            question = bisect_right(asked_at, match.start())
            before = bisect_left(runs, match.end())
            if before and match.start() < hidden[before - 1].end:
                over, behind_name = question, False
                continue
            tags = list(_TAG.finditer(line)) if b"=" in line or b":" in line else []
            if question > over and (tags or at.is_ring(text) or clip_fields(text) is not None):
                over = question
            asked = over < question and match.start() < replies[question - 1][1] and not behind_name
            changed[match.start() : match.end()] = self._tagged(line, tags) if tags else self._line(line, text, asked)
            behind_name = bool(tags) and _kind(tags[-1][1]) is Kind.NAME

    def _line(self, line: bytes, text: str, asked: bool) -> bytes:
        """A line without any tag."""
        if says_nothing(text) or is_label(text):
            return line
        if text.startswith("RING;"):
            parts = line.split(b";")
            return b";".join([parts[0], *(self._stand_ins.private(part) for part in parts[1:])])
        if clip_fields(text) is not None:
            return self._stand_ins.digits(line)
        if not asked or is_spelled(text):
            return self._stand_ins.private(line)
        return line if is_identification(text) else self._stand_ins.digits(line)

    def _tagged(self, line: bytes, tags: list[re.Match[bytes]]) -> bytes:
        parts = [self._stand_ins.private(line[: tags[0].start()])]
        for tag, following in zip(tags, [*tags[1:], None], strict=True):
            value = line[tag.end() : following.start() if following else None]
            moment = _kind(tag[1]) in _MOMENTS and is_moment(at.text_of(value))
            parts += [line[tag.start() : tag.end()], value if moment else self._stand_ins.private(value)]
        return b"".join(parts)

    def _keys(self, data: bytes, changed: bytearray) -> None:
        """Keys that make a number. A key held repeats itself between its marks and is one digit."""
        number: list[list[int]] = []
        held, repeats = False, b""
        for match in _PRESS.finditer(data):
            key, place = match[1] or match[2], match.end() - 1
            if key in (b"/", b"~"):
                held, repeats = key == b"/", b""
            elif key.isdigit():
                if number and place - number[-1][-1] > _BETWEEN_KEYS:
                    self._dial(number, changed)
                    number, repeats = [], b""
                if key == repeats:
                    number[-1].append(place)
                else:
                    number.append([place])
                repeats = key if held else b""
        self._dial(number, changed)

    def _dial(self, number: list[list[int]], changed: bytearray) -> None:
        if len(number) < SHORTEST_NUMBER:
            return
        digits = "".join(chr(changed[places[0]]) for places in number)
        for places, new in zip(number, self._stand_ins.number(digits), strict=True):
            for place in places:
                changed[place] = ord(new)


def _kind(tag: bytes) -> object:
    return TAGS[" ".join(tag.decode("ascii").upper().split())]
