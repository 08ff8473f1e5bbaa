"""The permit and the block list: look-ups for a call, pages for people, and every way to change them.

A change is one transaction, on disk when the call returns, kept so that it can be undone, and told as an event.
Values come in the normal form of their kind (core/caller.py makes it).
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue
from appliance.store.bulk import staged, take_over
from appliance.store.changes import Changes
from appliance.store.csv_files import Reading, read_rows, write_rows
from appliance.store.database import Database
from appliance.store.entries import LABEL_LIMIT, EntryRows, checked, entry_of
from appliance.store.events import Events
from appliance.store.moments import to_ms
from appliance.store.records import Change, ImportReport, Page
from appliance.store.searching import END, found_page
from appliance.store.text import TRIGRAM, holds, needle, storable, trigrams

# Up to so many rows are read through for a search; above, the trigram index is asked (reading 5,000 takes 5 ms).
READ_THROUGH_ROWS = 5_000
OTHER = {ListName.PERMIT: ListName.BLOCK, ListName.BLOCK: ListName.PERMIT}

NEWEST = "SELECT * FROM entry WHERE list = ? AND id < ? ORDER BY id DESC LIMIT ?"
READ_THROUGH = """
SELECT * FROM (SELECT * FROM entry WHERE list = ? ORDER BY id DESC LIMIT ?)
WHERE id < ? AND holds(?, value, label, note) ORDER BY id DESC LIMIT ?
"""
SEARCH = """
SELECT entry.* FROM entry_search JOIN entry ON entry.id = entry_search.rowid
WHERE entry_search MATCH ? AND entry_search.rowid < ? ORDER BY entry_search.rowid DESC
"""
MATCHING = """
SELECT * FROM entry WHERE kind = 'exact' AND value IN (SELECT value FROM json_each(?))
UNION ALL
SELECT * FROM entry WHERE kind = 'prefix' AND value IN (SELECT value FROM json_each(?))
"""
# A household may have imported a whole block; who is near is told by any one of its numbers.
NEAR = """
SELECT * FROM entry WHERE kind = 'exact' AND value >= ? AND value < ? AND length(value) = ? AND value <> ?
    AND list <> 'block' LIMIT 100
"""


class Keep(Enum):
    """Says "leave it as it is" where None already means something."""

    KEEP = "keep"


KEEP = Keep.KEEP


class Lists:
    """Both lists of one store. Serves core's NumberIndex."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events
        self._rows = EntryRows(database)
        self.changes = Changes(database, events, self._rows)
        self.moved = self.changes.moved

    # look-ups for a call

    def exact(self, number: str) -> tuple[Entry, ...]:
        """Entries of both lists for exactly this number, also expired ones (Entry.live tells)."""
        found = self._database.rows("SELECT * FROM entry WHERE kind = 'exact' AND value = ?", (storable(number),))
        return tuple(entry_of(row) for row in found)

    def matching(self, numbers: Sequence[str]) -> tuple[Entry, ...]:
        """Entries of both lists for exactly one of these numbers, or for how one begins, also expired ones.

        One statement for all: a ringing call waits for it.
        """
        texts = [storable(number) for number in numbers]
        starts = {text[:end] for text in texts for end in range(1, min(len(text), LABEL_LIMIT) + 1)}
        found = self._database.rows(MATCHING, (json.dumps(texts), json.dumps([*starts])))
        return tuple(entry_of(row) for row in found)

    def near(self, number: str, digits: int) -> tuple[Entry, ...]:
        """Entries of permit list and contacts for numbers that differ from `number` in the last `digits` only."""
        block, size = storable(number[:-digits]), len(number)
        found = self._database.rows(NEAR, (block, block + ":", size, storable(number)))  # ":" follows "9"
        return tuple(entry_of(row) for row in found)

    def patterns(self) -> tuple[Entry, ...]:
        """Every pattern of both lists; few, and held in memory by the line."""
        return self._of_kind(EntryKind.PATTERN)

    def names(self) -> tuple[Entry, ...]:
        """Every caller-name pattern of both lists."""
        return self._of_kind(EntryKind.NAME)

    def dialled(self) -> tuple[Entry, ...]:
        """Every entry of both lists that speaks of the number that was called."""
        return self._of_kind(EntryKind.DIALLED)

    def rings(self) -> tuple[Entry, ...]:
        """Every entry of both lists that speaks of how it rings."""
        return self._of_kind(EntryKind.RING)

    def _of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        found = self._database.rows("SELECT * FROM entry WHERE kind = ? ORDER BY id", (kind.value,))
        return tuple(entry_of(row) for row in found)

    # pages for people

    def get(self, entry_id: int) -> Entry:
        """One entry; raises NotFound."""
        return self._rows.get(entry_id)

    def find(self, list_name: ListName, kind: EntryKind, value: str) -> Entry | None:
        """The entry with that value, also when it has expired."""
        return self._rows.find(list_name, kind, value)

    def count(self, list_name: ListName) -> int:
        """How many entries a list has; costs nothing."""
        return self._database.number("SELECT amount FROM tally WHERE name = ?", (list_name.value,))

    def page(self, list_name: ListName, *, search: str = "", before: int | None = None, limit: int = 50) -> Page[Entry]:
        """Newest first; `before` is the cursor of the page before. `search` is part of a value, name or note."""
        start = END if before is None else before
        wanted = needle(search)
        if len(wanted) >= TRIGRAM and self.count(list_name) > READ_THROUGH_ROWS:
            candidates = self._database.stream(SEARCH, (trigrams(wanted), start))
            found, after = found_page(candidates, lambda row: _fits(row, list_name, wanted), limit)
            return Page(tuple(entry_of(row) for row in found), after)
        if wanted:
            found = self._database.rows(READ_THROUGH, (list_name.value, READ_THROUGH_ROWS, start, wanted, limit))
        else:
            found = self._database.rows(NEWEST, (list_name.value, start, limit))
        return Page(tuple(entry_of(row) for row in found), found[-1]["id"] if len(found) == limit else None)

    # changes

    def add(
        self,
        list_name: ListName,
        kind: EntryKind,
        value: str,
        *,
        label: str = "",
        note: str = "",
        source: str,
        expires_at: datetime | None = None,
        now: datetime,
        by: str = "",
        call_uid: str | None = None,
    ) -> Change:
        """Put an entry on a list. One that is there already takes over label and note where given, and the expiry."""
        value, label, note = checked(value, label, note)
        with self._database.writing():
            step = self._rows.enter(list_name, kind, value, label, note, source, expires_at, now)
            return self.changes.conclude([step], by=by or source, now=now, call_uid=call_uid)

    def update(
        self,
        entry_id: int,
        *,
        value: str | None = None,
        label: str | None = None,
        note: str | None = None,
        expires_at: datetime | Keep | None = KEEP,
        now: datetime,
        by: str,
    ) -> Change:
        """Change an entry; None and KEEP leave a field as it is. Raises NotFound and InvalidValue."""
        with self._database.writing():
            before = self._rows.get(entry_id)
            texts = checked(
                before.value if value is None else value,
                before.label if label is None else label,
                before.note if note is None else note,
            )
            rival = self._rows.find(before.list, before.kind, texts[0])
            if rival is not None and rival.id != entry_id:
                raise InvalidValue(f"{texts[0]} is on the {before.list.value} list already.")
            until = before.expires_at if isinstance(expires_at, Keep) else expires_at
            after = replace(before, value=texts[0], label=texts[1], note=texts[2], expires_at=until)
            return self.changes.conclude([self._rows.turn(before, after)], by=by, now=now)

    def remove(self, entry_id: int, now: datetime, by: str, *, call_uid: str | None = None) -> Change:
        """Take an entry off its list; raises NotFound."""
        with self._database.writing():
            step = self._rows.turn(self._rows.get(entry_id), None)
            return self.changes.conclude([step], by=by, now=now, call_uid=call_uid)

    def block_caller(
        self,
        number: str,
        *,
        by: str,
        now: datetime,
        call_uid: str | None = None,
        label: str = "",
        note: str = "",
        spellings: Sequence[str] = (),
    ) -> Change:
        """Block one number for good; an exact permit of it goes in the same transaction, as permit would win.

        `spellings` are other keys of the same caller (Caller.keys), whose exact permits go as well.
        """
        return self._listed(ListName.BLOCK, number, spellings, by, now, call_uid, label, note)

    def permit_caller(
        self,
        number: str,
        *,
        by: str,
        now: datetime,
        call_uid: str | None = None,
        label: str = "",
        note: str = "",
        spellings: Sequence[str] = (),
    ) -> Change:
        """Permit one number for good; an exact block of it goes in the same transaction."""
        return self._listed(ListName.PERMIT, number, spellings, by, now, call_uid, label, note)

    def undo(self, change_id: int, now: datetime, by: str) -> Change:
        """Put back exactly what was before a change. Raises NotFound; InvalidValue when the rows changed since."""
        return self.changes.undo(change_id, now, by)

    def latest_change(self, call_uid: str) -> Change | None:
        """The newest change made about a call that still stands."""
        return self.changes.latest(call_uid)

    def prune(self, now: datetime, by: str = "expiry") -> int:
        """Take expired entries off both lists, told as one event; how many went."""
        with self._database.writing():
            gone = self._database.run("DELETE FROM entry WHERE expires_at <= ?", (to_ms(now),))
            if gone:
                self.moved()
                self._events.add("list", now, who=by, text=f"{gone} expired entries were removed from the lists.")
        return gone

    # files

    def import_csv(
        self,
        list_name: ListName,
        file: Path,
        *,
        country: str,
        area_code: str = "",
        source: str,
        now: datetime,
        progress: Callable[[int], None] | None = None,
    ) -> ImportReport:
        """Put a CSV file (heading number,name,note[,expires][,kind]) on a list: all of it or, on an error, nothing.

        Rows that cannot be used are reported and left out. `progress` is told how many rows have been read. Readers
        never wait; other writers wait while the rows, read and judged by then, are taken over (seconds per million).
        Raises InvalidValue for a file that is no such CSV.
        """
        reading = Reading(country, area_code)
        with staged(self._database, read_rows(file, reading), progress), self._database.writing():
            added, changed = take_over(self._database, list_name, source, now)
            self.moved()
            text = (
                f"{file.name} was imported into the {list_name.value} list: {added} added,"
                f" {changed} changed, {reading.refused_count} refused."
            )
            self._events.add("list", now, who=source, text=text)
        same = reading.rows - reading.refused_count - added - changed
        return ImportReport(added, changed, same, tuple(reading.refused), reading.refused_count)

    def export_csv(self, list_name: ListName, file: Path) -> int:
        """Write a list as CSV that import_csv reads back; the file appears whole or not at all. How many rows."""
        found = self._database.stream("SELECT * FROM entry WHERE list = ? ORDER BY id", (list_name.value,))
        return write_rows(file, map(entry_of, found))

    # within a transaction

    def _listed(
        self,
        list_name: ListName,
        number: str,
        spellings: Sequence[str],
        by: str,
        now: datetime,
        call_uid: str | None,
        label: str,
        note: str,
    ) -> Change:
        # The label comes from a caller's name: cut rather than refused.
        shown = storable(label)[:LABEL_LIMIT]
        value, _, note = checked(number, "", note)
        with self._database.writing():
            steps = [self._rows.enter(list_name, EntryKind.EXACT, value, shown, note, by, None, now)]
            for key in dict.fromkeys((value, *spellings)):
                rival = self._rows.find(OTHER[list_name], EntryKind.EXACT, key)
                if rival is not None:
                    steps.append(self._rows.turn(rival, None))
            return self.changes.conclude(steps, by=by, now=now, call_uid=call_uid)


def _fits(row: sqlite3.Row, list_name: ListName, wanted: str) -> bool:
    return row["list"] == list_name.value and holds(wanted, row["value"], row["label"], row["note"])
