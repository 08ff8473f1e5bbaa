"""Rows for the store's tests: invented callers, at a fixed time."""

from datetime import UTC, datetime, timedelta

from appliance.store import CallRecord, LineStatus, TraceLine

NOW = datetime(2026, 3, 4, 12, 30, 15, 250_000, tzinfo=UTC)
ANN = "+12125550101"
BOB = "+12125550102"


def later(**how: float) -> datetime:
    return NOW + timedelta(**how)


def call(uid: str, *, number: str | None = ANN, name: str | None = "ANN SMITH", line: str = "main") -> CallRecord:
    return CallRecord(
        uid=uid,
        line=line,
        started_at=NOW,
        rings=1,
        shown="" if number is None else number.removeprefix("+1"),
        number=number,
        name=name,
        presentation="allowed",
        region="US",
        trace=(TraceLine("block list", "block", "blocked", "the number is on the block list"),),
    )


def status(line: str = "main", *, state: str = "idle") -> LineStatus:
    return LineStatus(
        line=line,
        pid=4711,
        started_at=NOW,
        heartbeat_at=later(seconds=5),
        version="0.1.0",
        state=state,
        lamps={"health": "steady"},
        faults=("The modem is missing.",),
    )
