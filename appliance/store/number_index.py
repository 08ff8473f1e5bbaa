"""The lists as a call asks them: entries by number, by how it begins, close to it; and the few that are held in memory.

Entries of every list, expired ones too: what counts when is for the core to judge. Nothing is changed here.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from appliance.core.household import Entry, EntryKind
from appliance.store.database import Database
from appliance.store.entries import VALUE_LIMIT, entry_of
from appliance.store.text import storable

MATCHING = """
SELECT * FROM entry WHERE kind = 'exact' AND value IN ({numbers})
UNION ALL
SELECT * FROM entry WHERE kind = 'prefix' AND value IN ({starts})
"""
# A household may have imported a whole block; who is near is told by any one of its numbers.
NEAR = """
SELECT * FROM entry INDEXED BY entry_wanted WHERE kind = 'exact' AND value >= ? AND value < ? AND length(value) = ?
    AND value <> ? AND list <> 'block' LIMIT 100
"""
ANY_SIZE = range(1, VALUE_LIMIT + 1)


class NumberIndex:
    """Look-ups over the lists of one store. Serves the core's protocol of the same name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def exact(self, number: str) -> tuple[Entry, ...]:
        """Entries of all lists for exactly this number, also expired ones (Entry.live tells)."""
        found = self._database.rows("SELECT * FROM entry WHERE kind = 'exact' AND value = ?", (storable(number),))
        return tuple(entry_of(row) for row in found)

    def matching(self, numbers: Sequence[str], sizes: Collection[int] = ANY_SIZE) -> tuple[Entry, ...]:
        """Entries of all lists for exactly one of these numbers, or for how one begins, also expired ones.

        Of beginnings only those of the given sizes. One statement for all: a ringing call waits for it.
        """
        texts = [storable(number) for number in numbers]
        starts = {text[:size] for text in texts for size in sizes if size <= len(text)}
        found = self._database.rows(_matching(len(texts), len(starts)), (*texts, *starts))
        return tuple(entry_of(row) for row in found)

    def prefix_sizes(self) -> frozenset[int]:
        """How long the beginnings are that stand on the lists: a call asks for few, and hardly ever for all."""
        found = self._database.rows("SELECT DISTINCT length(value) FROM entry WHERE kind = 'prefix'")
        return frozenset(row[0] for row in found)

    def near(self, number: str, digits: int) -> tuple[Entry, ...]:
        """Entries of permit list and contacts for numbers that differ from `number` in the last `digits` only."""
        block, size = storable(number[:-digits]), len(number)
        found = self._database.rows(NEAR, (block, block + ":", size, storable(number)))  # ":" follows "9"
        return tuple(entry_of(row) for row in found)

    def patterns(self) -> tuple[Entry, ...]:
        """Every pattern of all lists; few, and held in memory by the line."""
        return self._of_kind(EntryKind.PATTERN)

    def names(self) -> tuple[Entry, ...]:
        """Every caller-name pattern of all lists."""
        return self._of_kind(EntryKind.NAME)

    def dialled(self) -> tuple[Entry, ...]:
        """Every entry of all lists that speaks of the number that was called."""
        return self._of_kind(EntryKind.DIALLED)

    def rings(self) -> tuple[Entry, ...]:
        """Every entry of all lists that speaks of how it rings."""
        return self._of_kind(EntryKind.RING)

    def _of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        found = self._database.rows("SELECT * FROM entry WHERE kind = ? ORDER BY id", (kind.value,))
        return tuple(entry_of(row) for row in found)


@lru_cache(maxsize=256)  # callers have one to three spellings of at most 65 characters
def _matching(numbers: int, starts: int) -> str:
    """The statement for so many numbers and beginnings; a list in JSON would cost a third more."""
    return MATCHING.format(numbers=", ".join("?" * numbers), starts=", ".join("?" * starts))
