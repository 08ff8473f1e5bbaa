"""Status: how each line process is doing, one row per line, overwritten by each heartbeat."""

import json
import sqlite3

from appliance.store.database import Database
from appliance.store.moments import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from appliance.store.records import LineStatus
from appliance.store.text import storable


class Status:
    """The line processes of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, status: LineStatus) -> None:
        """Say how a line is doing; replaces what it said before."""
        self._database.run(
            "INSERT OR REPLACE INTO status (line, pid, started_at, heartbeat_at, version, state, modem, modem_name,"
            " port, caller_id, last_ring_at, last_report_at, lamps, faults)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                status.line,
                status.pid,
                to_ms(status.started_at),
                to_ms(status.heartbeat_at),
                status.version,
                status.state,
                storable(status.modem),
                storable(status.modem_name),  # what a modem says of itself
                storable(status.port),
                None if status.caller_id is None else int(status.caller_id),
                to_ms_or_none(status.last_ring_at),
                to_ms_or_none(status.last_report_at),
                json.dumps(dict(status.lamps)),
                json.dumps(status.faults),
            ),
        )

    def all(self) -> list[LineStatus]:
        """Every line that ever said something, by name. An old heartbeat means the process is gone."""
        return [_status(row) for row in self._database.rows("SELECT * FROM status ORDER BY line")]

    def forget(self, line: str) -> None:
        """Remove a line that is no more."""
        self._database.run("DELETE FROM status WHERE line = ?", (line,))


def _status(row: sqlite3.Row) -> LineStatus:
    return LineStatus(
        line=row["line"],
        pid=row["pid"],
        started_at=from_ms(row["started_at"]),
        heartbeat_at=from_ms(row["heartbeat_at"]),
        version=row["version"],
        state=row["state"],
        modem=row["modem"],
        modem_name=row["modem_name"],
        port=row["port"],
        caller_id=None if row["caller_id"] is None else bool(row["caller_id"]),
        last_ring_at=from_ms_or_none(row["last_ring_at"]),
        last_report_at=from_ms_or_none(row["last_report_at"]),
        lamps=json.loads(row["lamps"]),
        faults=tuple(json.loads(row["faults"])),
    )
