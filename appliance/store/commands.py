"""Commands: what one process asks of another. The doorbell says "look"; what is wanted stands here."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from appliance.errors import NotFound
from appliance.store.database import Database
from appliance.store.moments import from_ms, from_ms_or_none, to_ms
from appliance.store.records import Command
from appliance.store.text import storable

# A press of Block means "this caller, now". Taken later than this, it could hit the next caller, so it lapses.
STALE_AFTER = timedelta(seconds=30)
LAPSED = "too late"

# The household has listened to what the telephone company held for that line. Its name is part of the kind, so that no
# other line of the house takes it.
MESSAGES_HEARD = "messages_heard:{line}"


class Commands:
    """The commands of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, argument: str, by: str, now: datetime) -> int:
        """Ask for something; the id under which `get` tells what became of it."""
        return self._database.insert(
            "INSERT INTO command (kind, argument, who, at) VALUES (?, ?, ?, ?)",
            (kind, storable(argument), by, to_ms(now)),
        )

    def take(self, kinds: Sequence[str], now: datetime, *, max_age: timedelta = STALE_AFTER) -> list[Command]:
        """What waits of these kinds, oldest first, each handed out once. Older than `max_age` lapses ("too late")."""
        wanted = json.dumps(list(kinds))
        waiting = self._database.row(
            "SELECT 1 FROM command WHERE taken_at IS NULL AND kind IN (SELECT value FROM json_each(?)) LIMIT 1",
            (wanted,),
        )
        if waiting is None:  # most looks find nothing, and must not ask for the write lock
            return []
        with self._database.writing():
            self._database.run(
                "UPDATE command SET taken_at = ?1, finished_at = ?1, outcome = ?2"
                " WHERE taken_at IS NULL AND at < ?3 AND kind IN (SELECT value FROM json_each(?4))",
                (to_ms(now), LAPSED, to_ms(now - max_age), wanted),
            )
            taken = self._database.rows(
                "UPDATE command SET taken_at = ?1"
                " WHERE taken_at IS NULL AND kind IN (SELECT value FROM json_each(?2)) RETURNING *",
                (to_ms(now), wanted),
            )
        return sorted((_command(row) for row in taken), key=lambda command: command.id)

    def finished(self, command_id: int, outcome: str, now: datetime) -> None:
        """Say what became of a command."""
        self._database.run(
            "UPDATE command SET finished_at = ?, outcome = ? WHERE id = ?", (to_ms(now), storable(outcome), command_id)
        )

    def get(self, command_id: int) -> Command:
        """One command and what became of it; raises NotFound."""
        row = self._database.row("SELECT * FROM command WHERE id = ?", (command_id,))
        if row is None:
            raise NotFound("There is no such command (any more).")
        return _command(row)

    def prune(self, before: datetime) -> int:
        """Forget commands older than that; how many went."""
        return self._database.run("DELETE FROM command WHERE at < ?", (to_ms(before),))


def _command(row: sqlite3.Row) -> Command:
    return Command(
        row["id"],
        row["kind"],
        row["argument"],
        row["who"],
        from_ms(row["at"]),
        from_ms_or_none(row["taken_at"]),
        from_ms_or_none(row["finished_at"]),
        row["outcome"],
    )
