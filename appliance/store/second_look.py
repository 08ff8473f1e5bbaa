"""What a review of past calls asks: who was turned away often, or wanted after all, and which entries never spoke.

Facts only; whether one is a mistake, and what to say of it, is decided elsewhere. Each costs milliseconds at a million
calls: everything is read from an index, and no more than ENTRIES entries are looked at.
"""

from dataclasses import dataclass
from datetime import datetime

from appliance.core.household import Entry, ListName
from appliance.store.database import Database
from appliance.store.entries import entry_of
from appliance.store.moments import to_ms

# Entries of one list that are looked at: a look-up or two each, 15 ms together. Households have a few hundred.
ENTRIES = 5_000
# Calls turned away that are counted, the newest: more than 160 a day for a month. Counting costs 1 ms a thousand.
COUNTED = 5_000

# The treatments are those of the index call_turned_away, word for word: it serves no others.
OFTEN = """
SELECT number, count(*) FROM (
    SELECT number, started_at FROM call INDEXED BY call_turned_away
    WHERE number IS NOT NULL AND treatment IN ('drop', 'disconnected', 'announce', 'answer_bot') AND started_at >= ?
    ORDER BY started_at DESC LIMIT ?
) AS new
GROUP BY number HAVING count(*) >= ? ORDER BY count(*) DESC, max(started_at) DESC LIMIT ?
"""
UNSEEN = """
SELECT * FROM (SELECT * FROM entry WHERE list = ? ORDER BY id LIMIT ?) AS old
WHERE created_at < ?
    AND NOT EXISTS (SELECT 1 FROM call WHERE entry_id = old.id AND started_at >= ?)
    AND NOT (kind = 'exact' AND EXISTS (SELECT 1 FROM call WHERE number = old.value AND started_at >= ?))
ORDER BY id LIMIT ?
"""
WANTED_AFTER_ALL = """
SELECT new.*, (
    SELECT count(*) FROM call WHERE number = new.value AND started_at >= ? AND started_at <= new.created_at
        AND treatment IN ('drop', 'disconnected', 'announce', 'answer_bot')
) AS calls
FROM (SELECT * FROM entry WHERE list = ? ORDER BY id DESC LIMIT ?) AS new
WHERE kind = 'exact' AND created_at >= ? AND calls > 0 ORDER BY id DESC LIMIT ?
"""
AUTOMATIC_ENDING = """
SELECT * FROM entry WHERE expires_at > ? AND expires_at <= ? AND substr(source, 1, 5) = 'auto:'
ORDER BY expires_at, id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A number whose calls did not get through: how many, and the number as E.164."""

    number: str
    calls: int


@dataclass(frozen=True, slots=True)
class WantedAfterAll:
    """An entry that was made after so many calls of its number had been turned away."""

    entry: Entry
    calls: int


class SecondLook:
    """The review's questions to one store. Calls of a rehearsal count as what they would have been."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def turned_away_often(self, since: datetime, at_least: int = 3, limit: int = 50) -> tuple[TurnedAway, ...]:
        """Numbers whose calls were turned away so often since then, of the COUNTED newest calls; most often first."""
        found = self._database.rows(OFTEN, (to_ms(since), COUNTED, at_least, limit))
        return tuple(TurnedAway(number, calls) for number, calls in found)

    def never_seen(self, list_name: ListName, since: datetime, limit: int = 50) -> tuple[Entry, ...]:
        """Entries older than `since` that no call has been about since then; oldest first, of the ENTRIES oldest."""
        start = to_ms(since)
        found = self._database.rows(UNSEEN, (list_name.value, ENTRIES, start, start, start, limit))
        return tuple(entry_of(row) for row in found)

    def wanted_after_all(self, list_name: ListName, since: datetime, limit: int = 50) -> tuple[WantedAfterAll, ...]:
        """Numbers put on this list since then, after calls of theirs had been turned away since then; newest first."""
        start = to_ms(since)
        found = self._database.rows(WANTED_AFTER_ALL, (start, list_name.value, ENTRIES, start, limit))
        return tuple(WantedAfterAll(entry_of(fields), calls) for *fields, calls in found)

    def automatic_ending(self, now: datetime, until: datetime, limit: int = 50) -> tuple[Entry, ...]:
        """Entries that a rule made, and that expire between the two; the next first."""
        found = self._database.rows(AUTOMATIC_ENDING, (to_ms(now), to_ms(until), limit))
        return tuple(entry_of(row) for row in found)
