"""The log of list changes, and undoing one: exactly, or not at all."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from appliance.core.household import Entry, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store.database import Database
from appliance.store.entries import EntryRows, Step, frozen, thawed
from appliance.store.events import Events
from appliance.store.moments import from_ms, from_ms_or_none, to_ms
from appliance.store.records import Change
from appliance.store.text import storable

SENTENCES = {
    "added": "{value} was added to the {list} list.",
    "updated": "{value} on the {list} list was changed.",
    "removed": "{value} was removed from the {list} list.",
    "undone": "The last change of {value} on the {list} list was undone.",
}


class Changes:
    """What was done to the lists, by whom, and how to take it back."""

    def __init__(self, database: Database, events: Events, rows: EntryRows) -> None:
        self._database = database
        self._events = events
        self._rows = rows

    def conclude(self, steps: Sequence[Step], *, by: str, now: datetime, call_uid: str | None = None) -> Change:
        """Keep what a change did, if it did anything; the first step is the entry it is about."""
        before, after = steps[0]
        entry = after or before
        assert entry is not None
        if all(old == new for old, new in steps):
            return Change(0, now, by, call_uid, entry.list, "unchanged", entry)
        what = "removed" if after is None else "added" if before is None else "updated"
        return self._record(what, steps, by=by, now=now, call_uid=call_uid)

    def _record(
        self,
        what: str,
        steps: Sequence[Step],
        *,
        by: str,
        now: datetime,
        call_uid: str | None = None,
        undoes: int | None = None,
    ) -> Change:
        """Keep a change that has just been made, in the same transaction, with an event that tells of it."""
        entry = steps[0][1] or steps[0][0]
        assert entry is not None
        number = self._database.insert(
            "INSERT INTO change (at, who, call_uid, list, what, undoes) VALUES (?, ?, ?, ?, ?, ?)",
            (to_ms(now), storable(by), call_uid, entry.list.value, what, undoes),
        )
        for step, (before, after) in enumerate(steps):
            self._database.run(
                "INSERT INTO change_row (change_id, step, before, after) VALUES (?, ?, ?, ?)",
                (number, step, frozen(before), frozen(after)),
            )
        self.moved()
        text = SENTENCES[what].format(value=entry.label or entry.value, list=entry.list.value)
        self._events.add("list", now, who=by, call_uid=call_uid, text=text)
        return self.get(number)

    def moved(self) -> None:
        """Tell readers that what decisions depend on has changed."""
        self._database.run("UPDATE tally SET amount = amount + 1 WHERE name = 'household'")

    def get(self, change_id: int) -> Change:
        """One change; raises NotFound."""
        row = self._database.row("SELECT * FROM change WHERE id = ?", (change_id,))
        if row is None:
            raise NotFound("There is no such change to undo (any more).")
        return self._change(row)

    def latest(self, call_uid: str) -> Change | None:
        """The newest change made about a call that still stands and can be undone."""
        row = self._database.row(
            "SELECT * FROM change WHERE call_uid = ? AND undone_at IS NULL AND undoes IS NULL ORDER BY id DESC LIMIT 1",
            (call_uid,),
        )
        return None if row is None else self._change(row)

    def undo(self, change_id: int, now: datetime, by: str) -> Change:
        """Put every row of a change back as it was. Raises InvalidValue when one of them has changed since."""
        with self._database.writing():
            change = self.get(change_id)
            if change.undone_at is not None:
                raise InvalidValue("This has been undone already.")
            if change.what == "undone":
                raise InvalidValue("This was an undo itself; make the change again instead.")
            done: list[Step] = []
            for before, after in self._steps(change_id):
                self._check_unchanged(before, after)
                self._rows.put(after, before)
                done.append((after, before))
            self._database.run("UPDATE change SET undone_at = ? WHERE id = ?", (to_ms(now), change_id))
            return self._record("undone", done, by=by, now=now, call_uid=change.call_uid, undoes=change_id)

    def prune(self, before: datetime) -> int:
        """Forget changes older than that: they can be undone no more. How many went."""
        with self._database.writing():
            self._database.run(
                "DELETE FROM change_row WHERE change_id IN (SELECT id FROM change WHERE at < ?)", (to_ms(before),)
            )
            return self._database.run("DELETE FROM change WHERE at < ?", (to_ms(before),))

    def _check_unchanged(self, before: Entry | None, after: Entry | None) -> None:
        known = after or before
        assert known is not None
        rival = None if before is None else self._rows.find(before.list, before.kind, before.value)
        if self._rows.by_id(known.id) != after or (rival is not None and rival.id != known.id):
            raise InvalidValue(f"This cannot be undone: {known.value} has been changed on the lists since.")

    def _steps(self, change_id: int) -> list[Step]:
        found = self._database.rows(
            "SELECT before, after FROM change_row WHERE change_id = ? ORDER BY step", (change_id,)
        )
        return [(thawed(row["before"]), thawed(row["after"])) for row in found]

    def _change(self, row: sqlite3.Row) -> Change:
        (before, after), *others = self._steps(row["id"])
        return Change(
            id=row["id"],
            at=from_ms(row["at"]),
            by=row["who"],
            call_uid=row["call_uid"],
            list=ListName(row["list"]),
            what=row["what"],
            entry=after or before,
            replaced=others[0][0] if others else None,
            undone_at=from_ms_or_none(row["undone_at"]),
        )
