"""How the line is doing, in one place: what the health lamp shows, and the status row with its faults in plain words.

It observes; it decides nothing about calls.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from appliance.caller_id_facts import facts_of
from appliance.concerns import CANNOT_WAKE, CONCERNS, WAKING
from appliance.core.call import Outcome
from appliance.core.diagnosis import Cause, Diagnosis, diagnose
from appliance.core.household import Mode
from appliance.live_call import LiveCall
from appliance.store import LineStatus
from hardware.events import Concern, ModemIdentified, RecoveryStep, RecoveryTried
from hardware.panel import Signal

SILENT_CALLS = 3
"""Calls in a row without any Caller ID, or with a damaged one, before it is called a fault: one or two happen on a
healthy line."""

RINGS_FOR_A_REPORT = 2
"""Rings by which every line that sends Caller ID has sent it. A call that rang less says nothing."""

NO_CALLER_ID = "The last {calls} calls came without Caller ID."
DAMAGED = "The Caller ID of the last {calls} calls could not be trusted."
ABOUT_CALLER_ID = tuple(text.partition("{")[0] for text in (NO_CALLER_ID, DAMAGED))
"""How the faults begin that `diagnosis` explains."""
DROP_FAILED = "A call could not be hung up: the telephone rang on. Unplug the modem and plug it in again."

# Beside the reason why there is no modem. A step that could not be taken says nothing: the next one follows at once.
TRYING = {
    RecoveryStep.REOPEN: f"{WAKING}: its connection is opened anew.",
    RecoveryStep.FACTORY_RESET: f"{WAKING}: it is set back to how it left the factory.",
    RecoveryStep.USB_RECONNECT: f"{WAKING}: it is taken off USB and put back by software.",
    RecoveryStep.USB_POWER: f"{WAKING}: its USB power is switched off and on.",
    RecoveryStep.GIVEN_UP: (
        f"{CANNOT_WAKE}. Please pull it out of the USB socket, wait ten seconds, plug it in again."
    ),
}

_MODE_SIGNAL = {Mode.ON: Signal.READY, Mode.REHEARSAL: Signal.REHEARSING, Mode.OFF: Signal.BLOCKING_OFF}


@dataclass
class Health:
    """What is known of one line. Times are aware UTC."""

    line: str
    pid: int
    version: str
    started_at: datetime
    country: str = "US"
    modem: ModemIdentified | None = None
    port: str = ""
    lost_because: str | None = "Quietline is looking for the modem."
    looking: bool = True
    last_ring_at: datetime | None = None
    last_report_at: datetime | None = None
    silent_calls: int = 0  # in a row
    damaged_calls: int = 0  # this and the next since the last good report
    settings_lost: int = 0
    trying: RecoveryStep | None = None  # the step of the ladder that was taken last for a modem not yet back
    modem_before: str = ""  # the modem whose calls were counted
    drop_failed: bool = False
    message_waiting: bool = False  # the telephone company holds a message

    def remember(self, rows: Iterable[LineStatus]) -> None:
        """Take over what the run before this one heard."""
        for row in rows:
            if row.line == self.line:
                self.last_ring_at, self.last_report_at = row.last_ring_at, row.last_report_at
                self.message_waiting = row.message_waiting
                self.silent_calls, self.modem_before = row.rings_without_caller_id, row.modem_name

    def modem_ready(self, port: str, modem: ModemIdentified) -> None:
        """It was found and answers. What another modem did not hear is no fault of this one."""
        if modem.name != self.modem_before:
            self.silent_calls = self.damaged_calls = self.settings_lost = 0
        self.port, self.modem, self.modem_before = port, modem, modem.name
        self.lost_because, self.looking, self.trying = None, False, None

    def modem_lost(self, reason: str) -> None:
        """It cannot be used now."""
        if reason != self.lost_because:
            self.trying = None  # pulled out, perhaps; if not, the next step is told in a moment
        self.lost_because, self.looking = reason, False

    def recovery_tried(self, event: RecoveryTried) -> None:
        """Something was done, or could not be done, to bring it back."""
        if not event.trouble:
            self.trying = event.step

    def setting_lost(self) -> None:
        """The modem no longer reported Caller ID, and was told again."""
        self.settings_lost += 1

    def call_ended(self, live: LiveCall) -> bool:
        """Learn from a finished call; whether the modem should be asked if Caller ID is still switched on."""
        if live.outcome in (Outcome.DROPPED, Outcome.DROP_FAILED):
            self.drop_failed = live.outcome is Outcome.DROP_FAILED
        if live.reported:
            self.silent_calls = 0
            if live.caller.damaged:
                self.damaged_calls += 1
            else:
                self.damaged_calls = self.settings_lost = 0
            return False
        if live.call.rings < RINGS_FOR_A_REPORT or live.call.blind:
            return False
        self.silent_calls += 1
        return True

    def faults(self, *others: str | None) -> tuple[str, ...]:
        """What is wrong now, most serious first, as sentences; empty when all is well."""
        return tuple(
            text
            for text in (
                self.lost_because,
                TRYING[self.trying] if self.trying and self.lost_because else None,
                DROP_FAILED if self.drop_failed else None,
                self._silence(),
                *others,
            )
            if text
        )

    def diagnosis(self) -> Diagnosis | None:
        """Why the last calls came without Caller ID, or with a damaged one; None when that is no fault yet."""
        if self.silent_calls < SILENT_CALLS and self.damaged_calls < SILENT_CALLS:
            return None
        row = self.status("", {}, ())
        return diagnose(facts_of(row, self.country, damaged_calls=self.damaged_calls, settings_lost=self.settings_lost))

    def _silence(self) -> str | None:
        found = self.diagnosis() if self.lost_because is None else None
        if found is None or (found.cause is Cause.MODEM_CANNOT and Concern.NO_CALLER_ID in self._concerns):
            return None  # said already, as long as that modem is here
        silent = self.silent_calls >= SILENT_CALLS
        saw = NO_CALLER_ID.format(calls=self.silent_calls) if silent else DAMAGED.format(calls=self.damaged_calls)
        return f"{saw} {found.likely} {found.advice}"

    @property
    def _concerns(self) -> tuple[Concern, ...]:
        return self.modem.concerns if self.modem else ()

    def signal(self, mode: Mode, faults: tuple[str, ...]) -> Signal:
        """What the health lamp has to say. A concern lights it when a person must do something about it."""
        if self.lost_because is not None:
            return Signal.MODEM_MISSING
        urgent = any(CONCERNS[concern.value].urgent for concern in self._concerns)
        return Signal.FAULT if faults or urgent else _MODE_SIGNAL[mode]

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
            message_waiting=self.message_waiting,
            profile=modem.profile if modem else "",
            firmware=modem.firmware if modem else "",
            country_code=modem.country_code if modem else "",
            concerns=tuple(concern.value for concern in self._concerns),
            voice=modem.voice if modem else None,
            rings_without_caller_id=self.silent_calls,
        )
