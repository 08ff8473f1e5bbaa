"""The permit list, the block list and the contacts: pages for people, and every way to change them.

A change is one transaction, on disk when the call returns, kept so that it can be undone, and told as an event.
Values come in the normal form of their kind (core/entry_keys.py makes it).
"""

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
from appliance.store.entries import (
    LABEL_LIMIT,
    EntryRows,
    check_automatic,
    checked,
    checked_hours,
    entry_of,
    is_automatic,
)
from appliance.store.events import Events
from appliance.store.list_pages import count_of, page_of
from appliance.store.moments import to_ms
from appliance.store.number_index import NumberIndex
from appliance.store.records import Change, ImportReport, Page
from appliance.store.text import storable

# Whoever goes on the one list leaves the others, where they would win or say the contrary.
CONTRARY = {
    ListName.PERMIT: (ListName.BLOCK,),
    ListName.CONTACT: (ListName.BLOCK,),
    ListName.BLOCK: (ListName.PERMIT, ListName.CONTACT),
}


class Keep(Enum):
    """Says "leave it as it is" where None already means something."""

    KEEP = "keep"


KEEP = Keep.KEEP


class Lists(NumberIndex):
    """All lists of one store: what a call may ask them, and what people do with them."""

    def __init__(self, database: Database, events: Events) -> None:
        super().__init__(database)
        self._events = events
        self._rows = EntryRows(database)
        self.changes = Changes(database, events, self._rows)
        self.moved = self.changes.moved

    # pages for people

    def get(self, entry_id: int) -> Entry:
        """One entry; raises NotFound."""
        return self._rows.get(entry_id)

    def find(self, list_name: ListName, kind: EntryKind, value: str) -> Entry | None:
        """The entry with that value, also when it has expired."""
        return self._rows.find(list_name, kind, value)

    def count(self, list_name: ListName) -> int:
        """How many entries a list has; costs nothing."""
        return count_of(self._database, list_name)

    def page(self, list_name: ListName, *, search: str = "", before: int | None = None, limit: int = 50) -> Page[Entry]:
        """Newest first; `before` is the cursor of the page before. `search` is part of a value, name or note."""
        return page_of(self._database, list_name, search, before, limit)

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
        hours: str = "",
        vip: bool = False,
        now: datetime,
        by: str = "",
        call_uid: str | None = None,
    ) -> Change:
        """Put an entry on a list; `hours` in any spelling that core/hours.py reads.

        One that is there already takes over label and note where given, expiry and hours as given, and stays a VIP.
        A source that begins with "auto:" (a rule, not a person) needs an expiry within 90 days, and leaves alone what a
        person made. Raises InvalidValue.
        """
        value, label, note = checked(value, label, note)
        check_automatic(source, expires_at, now)
        new = Entry(0, list_name, kind, value, label, note, source, now, expires_at, checked_hours(hours), vip)
        with self._database.writing():
            return self.changes.conclude([self._rows.enter(new, now)], by=by or source, now=now, call_uid=call_uid)

    def update(
        self,
        entry_id: int,
        *,
        value: str | None = None,
        label: str | None = None,
        note: str | None = None,
        expires_at: datetime | Keep | None = KEEP,
        hours: str | None = None,
        vip: bool | None = None,
        now: datetime,
        by: str,
    ) -> Change:
        """Change an entry; None and KEEP leave a field as it is. Raises NotFound and InvalidValue.

        Whoever sets the expiry of an automatic entry is its source from then on.
        """
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
            after = replace(
                before,
                value=texts[0],
                label=texts[1],
                note=texts[2],
                source=by if is_automatic(before.source) and until != before.expires_at else before.source,
                expires_at=until,
                hours=before.hours if hours is None else checked_hours(hours),
                vip=before.vip if vip is None else vip,
            )
            check_automatic(after.source, until, now)
            return self.changes.conclude([self._rows.turn(before, after)], by=by, now=now)

    def keep(self, entry_id: int, by: str, now: datetime) -> Change:
        """Make an entry lasting, by a person's hand: an automatic one is that person's from then on."""
        return self.update(entry_id, expires_at=None, by=by, now=now)

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
        """Block one number for good; its exact permit or contact goes in the same transaction, for those would win.

        `spellings` are other keys of the same caller (Caller.keys), whose exact entries go as well.
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
        """Take expired entries off all lists, told as one event; how many went."""
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
        """Put a CSV file (heading number,name,note and the like) on a list: all of it or, on an error, nothing.

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
            new = Entry(0, list_name, EntryKind.EXACT, value, shown, note, by, now)
            steps = [self._rows.enter(new, now)]
            for key in dict.fromkeys((value, *spellings)):
                rivals = (self._rows.find(contrary, EntryKind.EXACT, key) for contrary in CONTRARY[list_name])
                steps += [self._rows.turn(rival, None) for rival in rivals if rival is not None]
            return self.changes.conclude(steps, by=by, now=now, call_uid=call_uid)
