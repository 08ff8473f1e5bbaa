"""The entry table row by row: read, written, and frozen as JSON for the log of changes; what an entry may hold.

No list as a whole is known here.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from appliance.core.hours import hours_key
from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store.database import Database
from appliance.store.moments import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from appliance.store.text import storable

# Longer than any number, pattern or caller name; a page shows it on one line.
VALUE_LIMIT = 100
LABEL_LIMIT = 200
NOTE_LIMIT = 2_000
# How the source of an entry begins that a rule made, not a person. Such an entry ends by itself.
AUTOMATIC = "auto:"
# Long enough to outlive a campaign of calls, short enough that a mistake of ours mends itself within a season.
AUTOMATIC_AT_MOST = timedelta(days=90)

# A row before and after; None is "no such row".
Step = tuple[Entry | None, Entry | None]
Fields = tuple[str, str, str, str, str, str, int, int | None, str, int]

INSERT = """
INSERT INTO entry (list, kind, value, label, note, source, created_at, expires_at, hours, vip)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_AS_IT_WAS = """
INSERT INTO entry (list, kind, value, label, note, source, created_at, expires_at, hours, vip, id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
UPDATE = """
UPDATE entry SET (list, kind, value, label, note, source, created_at, expires_at, hours, vip)
    = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?
"""


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


def checked_hours(text: str) -> str:
    """Hours in their normal form; raises InvalidValue with a sentence."""
    try:
        return hours_key(text)
    except ValueError as error:
        raise InvalidValue(str(error)) from error


def check_automatic(source: str, expires_at: datetime | None, now: datetime) -> None:
    """Raise InvalidValue for what a rule would put on a list for ever, or for very long."""
    if is_automatic(source) and (expires_at is None or expires_at > now + AUTOMATIC_AT_MOST):
        raise InvalidValue(f"An entry that nobody made by hand must end within {AUTOMATIC_AT_MOST.days} days.")


def is_automatic(source: str) -> bool:
    """Whether a rule made it rather than a person."""
    return source.startswith(AUTOMATIC)


def put_again(before: Entry, new: Entry, now: datetime) -> Entry:
    """What an entry becomes when it is put on its list once more: name and note where given, expiry and hours as given.

    What a person made is never shortened by a rule; what a rule made becomes a person's once that person asks for it.
    """
    automatic = is_automatic(new.source)
    expires_at = new.expires_at
    if automatic and before.live(now):
        if not is_automatic(before.source):
            return before
        expires_at = max(filter(None, (before.expires_at, new.expires_at)))
    return replace(
        before,
        label=new.label or before.label,
        note=new.note or before.note,
        source=new.source if automatic or is_automatic(before.source) else before.source,
        expires_at=expires_at,
        hours=new.hours,
        vip=before.vip or new.vip,
    )


def entry_of(row: Iterable[Any]) -> Entry:
    """An entry from `SELECT * FROM entry`."""
    return _entry(*row)


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
        entry.hours,
        int(entry.vip),
    )


def frozen(entry: Entry | None) -> str | None:
    """An entry as JSON, for the log of changes."""
    return None if entry is None else json.dumps([entry.id, *fields_of(entry)])


def thawed(text: str | None) -> Entry | None:
    """The entry that was frozen, also by a version that knew fewer fields."""
    return None if text is None else _entry(*json.loads(text))


def _entry(
    number: int,
    list_name: str,
    kind: str,
    value: str,
    label: str,
    note: str,
    source: str,
    created_at: int,
    expires_at: int | None,
    hours: str = "",
    vip: int = 0,
) -> Entry:
    created, expires = from_ms(created_at), from_ms_or_none(expires_at)
    where, what = ListName(list_name), EntryKind(kind)
    return Entry(number, where, what, value, label, note, source, created, expires, hours, bool(vip))


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

    def enter(self, new: Entry, now: datetime) -> Step:
        """Put an entry on its list, under an id of its own (`new.id` is not looked at), or on top of the same there."""
        before = self.find(new.list, new.kind, new.value)
        if before is not None:
            return self.turn(before, put_again(before, new, now))
        return None, self.get(self._database.insert(INSERT, fields_of(new)))

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
