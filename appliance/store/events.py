"""Events: what the household may want to know, in the order it happened."""

import sqlite3
from datetime import datetime

from appliance.store.database import Database
from appliance.store.moments import from_ms, to_ms
from appliance.store.records import EventRow, Page
from appliance.store.text import storable

# Longer texts are cut: an event is a sentence, and some of it may come from a caller's name.
TEXT_LIMIT = 500


class Events:
    """The events of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kind: str, at: datetime, *, text: str, line: str | None = None, who: str = "", call_uid: str | None = None
    ) -> EventRow:
        """Record one event."""
        return self.put(EventRow(kind=kind, at=at, text=text, line=line, who=who, call_uid=call_uid))

    def put(self, event: EventRow) -> EventRow:
        """Record one event, made elsewhere; it comes back with its id."""
        values = (
            event.kind,
            to_ms(event.at),
            storable(event.text)[:TEXT_LIMIT],
            event.line,
            storable(event.who),
            event.call_uid,
        )
        number = self._database.insert(
            "INSERT INTO event (kind, at, text, line, who, call_uid) VALUES (?, ?, ?, ?, ?, ?)", values
        )
        return EventRow(event.kind, event.at, values[2], event.line, values[4], event.call_uid, id=number)

    def page(self, before: int | None = None, *, kind: str | None = None, limit: int = 50) -> Page[EventRow]:
        """Newest first; `before` is the cursor of the page before. `kind` keeps only that kind."""
        found = self._database.rows(
            "SELECT * FROM event WHERE (? IS NULL OR id < ?) AND (? IS NULL OR kind = ?) ORDER BY id DESC LIMIT ?",
            (before, before, kind, kind, limit),
        )
        return Page(tuple(_event(row) for row in found), found[-1]["id"] if len(found) == limit else None)

    def of_call(self, call_uid: str) -> tuple[EventRow, ...]:
        """What happened about one call, oldest first."""
        found = self._database.rows("SELECT * FROM event WHERE call_uid = ? ORDER BY id", (call_uid,))
        return tuple(_event(row) for row in found)

    def prune(self, before: datetime) -> int:
        """Forget what happened before that time; how many events went."""
        return self._database.run("DELETE FROM event WHERE at < ?", (to_ms(before),))


def _event(row: sqlite3.Row) -> EventRow:
    return EventRow(
        row["kind"], from_ms(row["at"]), row["text"], row["line"], row["who"], row["call_uid"], id=row["id"]
    )
