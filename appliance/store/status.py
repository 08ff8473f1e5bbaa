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
            " port, caller_id, last_ring_at, last_report_at, lamps, faults, message_waiting, profile, firmware,"
            " country_code, concerns, voice, rings_without_caller_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                _int_or_none(status.caller_id),
                to_ms_or_none(status.last_ring_at),
                to_ms_or_none(status.last_report_at),
                json.dumps(dict(status.lamps)),
                json.dumps(status.faults),
                int(status.message_waiting),
                storable(status.profile),
                storable(status.firmware),
                storable(status.country_code),
                json.dumps(status.concerns),
                _int_or_none(status.voice),
                status.rings_without_caller_id,
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
        caller_id=_bool_or_none(row["caller_id"]),
        last_ring_at=from_ms_or_none(row["last_ring_at"]),
        last_report_at=from_ms_or_none(row["last_report_at"]),
        lamps=json.loads(row["lamps"]),
        faults=tuple(json.loads(row["faults"])),
        message_waiting=bool(row["message_waiting"]),
        profile=row["profile"],
        firmware=row["firmware"],
        country_code=row["country_code"],
        concerns=tuple(json.loads(row["concerns"])),
        voice=_bool_or_none(row["voice"]),
        rings_without_caller_id=row["rings_without_caller_id"],
    )


def _int_or_none(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _bool_or_none(value: int | None) -> bool | None:
    return None if value is None else bool(value)
