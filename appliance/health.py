"""How the line is doing, in one place: what the health lamp shows, and the status row with its faults in plain words.

It observes; it decides nothing about calls.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from appliance.core.call import Outcome
from appliance.core.household import Mode
from appliance.live_call import LiveCall
from appliance.store import LineStatus
from hardware.events import ModemIdentified
from hardware.panel import Signal

SILENT_CALLS = 3
"""Calls in a row without any Caller ID before it is called a fault: one or two happen on a healthy line."""

RINGS_FOR_A_REPORT = 2
"""Rings by which every line that sends Caller ID has sent it. A call that rang less says nothing."""

NO_CALLER_ID = (
    "The last {calls} calls came without Caller ID. If your telephones show numbers, run “quietline doctor”; "
    "if they do not, ask your telephone company for Caller ID."
)
DROP_FAILED = "A call could not be hung up: the telephone rang on. Unplug the modem and plug it in again."

_MODE_SIGNAL = {Mode.ON: Signal.READY, Mode.REHEARSAL: Signal.REHEARSING, Mode.OFF: Signal.BLOCKING_OFF}


@dataclass
class Health:
    """What is known of one line. Times are aware UTC."""

    line: str
    pid: int
    version: str
    started_at: datetime
    modem: ModemIdentified | None = None
    port: str = ""
    lost_because: str | None = "Quietline is looking for the modem."
    looking: bool = True
    last_ring_at: datetime | None = None
    last_report_at: datetime | None = None
    silent_calls: int = 0
    drop_failed: bool = False

    def remember(self, rows: Iterable[LineStatus]) -> None:
        """Take over what the run before this one heard."""
        for row in rows:
            if row.line == self.line:
                self.last_ring_at, self.last_report_at = row.last_ring_at, row.last_report_at

    def modem_ready(self, port: str, modem: ModemIdentified) -> None:
        """It was found and answers."""
        self.port, self.modem, self.lost_because, self.looking = port, modem, None, False

    def modem_lost(self, reason: str) -> None:
        """It cannot be used now."""
        self.lost_because, self.looking = reason, False

    def call_ended(self, live: LiveCall) -> bool:
        """Learn from a finished call; whether the modem should be asked if Caller ID is still switched on."""
        if live.outcome in (Outcome.DROPPED, Outcome.DROP_FAILED):
            self.drop_failed = live.outcome is Outcome.DROP_FAILED
        if live.reported:
            self.silent_calls = 0
            return False
        if live.call.rings < RINGS_FOR_A_REPORT:
            return False
        self.silent_calls += 1
        return True

    def faults(self, *others: str | None) -> tuple[str, ...]:
        """What is wrong now, most serious first, as sentences; empty when all is well."""
        return tuple(
            text
            for text in (
                self.lost_because,
                DROP_FAILED if self.drop_failed else None,
                NO_CALLER_ID.format(calls=self.silent_calls) if self.silent_calls >= SILENT_CALLS else None,
                *others,
            )
            if text
        )

    def signal(self, mode: Mode, faults: tuple[str, ...]) -> Signal:
        """What the health lamp has to say."""
        if self.lost_because is not None:
            return Signal.MODEM_MISSING
        return Signal.FAULT if faults else _MODE_SIGNAL[mode]

    def status(self, state: str, lamps: dict[str, str], faults: tuple[str, ...]) -> LineStatus:
        """The row for the store, now."""
        modem = self.modem
        return LineStatus(
            line=self.line,
            pid=self.pid,
            started_at=self.started_at,
            heartbeat_at=datetime.now(UTC),
            version=self.version,
            state=state,
            modem="looking" if self.looking else "lost" if self.lost_because else "ready",
            modem_name=modem.name if modem else "",
            port=self.port,
            caller_id=modem.caller_id if modem else None,
            last_ring_at=self.last_ring_at,
            last_report_at=self.last_report_at,
            lamps=lamps,
            faults=faults,
        )
