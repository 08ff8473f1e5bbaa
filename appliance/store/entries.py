"""The entry table row by row: read, written, and frozen as JSON for the log of changes. No rule of the lists here."""

import json
import sqlite3
from dataclasses import replace
from datetime import datetime

from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store.database import Database
from appliance.store.moments import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from appliance.store.text import storable

# Longer than any number, pattern or caller name; a page shows it on one line.
VALUE_LIMIT = 100
LABEL_LIMIT = 200
NOTE_LIMIT = 2_000

# A row before and after; None is "no such row".
Step = tuple[Entry | None, Entry | None]
Fields = tuple[str, str, str, str, str, str, int, int | None]

INSERT = (
    "INSERT INTO entry (list, kind, value, label, note, source, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_AS_IT_WAS = (
    "INSERT INTO entry (list, kind, value, label, note, source, created_at, expires_at, id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = (
    "UPDATE entry SET list = ?, kind = ?, value = ?, label = ?, note = ?, source = ?, created_at = ?, expires_at = ?"
    " WHERE id = ?"
)


def checked(value: str, label: str, note: str) -> tuple[str, str, str]:
    """The three texts as they are stored; raises InvalidValue when one cannot be."""
    if not value.strip():
        raise InvalidValue("An entry needs a number, a pattern or a name.")
    if not value.isprintable():
        raise InvalidValue("An entry cannot hold invisible characters.")
    for text, limit, what in ((value, VALUE_LIMIT, "entry"), (label, LABEL_LIMIT, "name"), (note, NOTE_LIMIT, "note")):
        if len(text) > limit:
            raise InvalidValue(f"The {what} is too long: {len(text)} characters, at most {limit}.")
    return storable(value), storable(label), storable(note)


def entry_of(row: sqlite3.Row) -> Entry:
    """An entry from `SELECT * FROM entry`."""
    number, list_name, kind, value, label, note, source, created_at, expires_at = row
    return Entry(
        number,
        ListName(list_name),
        EntryKind(kind),
        value,
        label,
        note,
        source,
        from_ms(created_at),
        from_ms_or_none(expires_at),
    )


def fields_of(entry: Entry) -> Fields:
    """The columns of an entry, without its id, in the order of INSERT and UPDATE."""
    return (
        entry.list.value,
        entry.kind.value,
        entry.value,
        entry.label,
        entry.note,
        entry.source,
        to_ms(entry.created_at),
        to_ms_or_none(entry.expires_at),
    )


def frozen(entry: Entry | None) -> str | None:
    """An entry as JSON, for the log of changes."""
    return None if entry is None else json.dumps([entry.id, *fields_of(entry)])


def thawed(text: str | None) -> Entry | None:
    """The entry that was frozen."""
    if text is None:
        return None
    number, list_name, kind, value, label, note, source, created_at, expires_at = json.loads(text)
    created, expires = from_ms(created_at), from_ms_or_none(expires_at)
    return Entry(number, ListName(list_name), EntryKind(kind), value, label, note, source, created, expires)


class EntryRows:
    """The rows of the entry table, one at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, list_name: ListName, kind: EntryKind, value: str) -> Entry | None:
        """The one entry with that value, also when it has expired."""
        row = self._database.row(
            "SELECT * FROM entry WHERE kind = ? AND value = ? AND list = ?",
            (kind.value, storable(value), list_name.value),
        )
        return None if row is None else entry_of(row)

    def by_id(self, entry_id: int) -> Entry | None:
        """The entry with that id."""
        row = self._database.row("SELECT * FROM entry WHERE id = ?", (entry_id,))
        return None if row is None else entry_of(row)

    def get(self, entry_id: int) -> Entry:
        """The entry with that id; raises NotFound."""
        entry = self.by_id(entry_id)
        if entry is None:
            raise NotFound("There is no such entry on the lists (any more).")
        return entry

    def enter(
        self,
        list_name: ListName,
        kind: EntryKind,
        value: str,
        label: str,
        note: str,
        source: str,
        expires_at: datetime | None,
        now: datetime,
    ) -> Step:
        """Put an entry on a list; one that is there takes over label and note where given, and the expiry."""
        before = self.find(list_name, kind, value)
        if before is not None:
            after = replace(before, label=label or before.label, note=note or before.note, expires_at=expires_at)
            return self.turn(before, after)
        fields = (list_name.value, kind.value, value, label, note, source, to_ms(now), to_ms_or_none(expires_at))
        return None, self.get(self._database.insert(INSERT, fields))

    def turn(self, before: Entry, after: Entry | None) -> Step:
        """Change an entry, or remove it."""
        if after == before:
            return before, before
        self.put(before, after)
        # Read back: a time is kept in milliseconds, and an undo compares with what is kept.
        return before, None if after is None else self.get(after.id)

    def put(self, before: Entry | None, after: Entry | None) -> None:
        """Turn the row from `before` to `after`, either of which may be no row."""
        if after is None:
            assert before is not None
            self._database.run("DELETE FROM entry WHERE id = ?", (before.id,))
        elif before is None:
            self._database.run(INSERT_AS_IT_WAS, (*fields_of(after), after.id))
        else:
            self._database.run(UPDATE, (*fields_of(after), after.id))
