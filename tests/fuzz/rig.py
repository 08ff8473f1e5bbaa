"""A session and the call table wired as the line wires them, on a modem that obeys, refuses or keeps silent.

No thread, port or clock: `now` (monotonic seconds) only moves when told. What the modem's relay does is
read from the very bytes that are written to it, not from what the product believes.
"""

from dataclasses import dataclass, field

from appliance.call_events import call_event
from appliance.core import call as core
from appliance.core.household import Mode, Treatment
from hardware import events as wire
from hardware.cadence import cadence_of
from hardware.profiles import ModemOptions
from hardware.session import ModemSession
from hardware.timing import REAL

OFF_HOOK_LIMIT_S = REAL.off_hook_limit + REAL.release + 1.0
"""The longest the relay may hold the line: its deadline, then the time in which letting go is tried, then DTR drops."""

PAUSE_S = 1.0
"""Until a lost port is opened again here; the product waits longer, and nothing is held meanwhile."""


@dataclass
class Relay:
    """The modem's relay as the bytes on the wire move it. While `obeys` is false, it ignores on-hook and says ERROR.

    A modem that says OK and does nothing is left out: nobody could know, but that the telephone stays dead.
    """

    off_hook_since: float | None = None
    obeys: bool = True

    def hear(self, command: bytes, now: float) -> bool:
        """Whether it did what the command says, where that is about the relay."""
        text = command.upper()
        if b"ATH1" in text or b"ATA" in text or b"+VLS=1" in text:
            self.off_hook_since = now if self.off_hook_since is None else self.off_hook_since
        elif b"ATH" in text or b"ATZ" in text or b"AT&F" in text:
            if not self.obeys:
                return False
            self.off_hook_since = None
        return True

    def dtr_dropped(self) -> None:
        self.off_hook_since = None


@dataclass
class Rig:
    """The line without its thread. `answers` maps how the modem replies to a command; it may be changed at any time."""

    treatment: Treatment = Treatment.DROP
    mode: Mode = Mode.ON
    country: str = "US"
    answers: tuple[bytes, ...] = (b"\r\nOK\r\n",)
    now: float = 0.0
    relay: Relay = field(default_factory=Relay)
    call: core.Call | None = None
    rang_in_call: bool = False
    outcomes: list[core.Outcome] = field(default_factory=list)
    went_off_hook_unrung: bool = False
    longest: float = 0.0
    opened: int = 0
    _turn: int = 0
    _closed_until: float | None = None

    def __post_init__(self) -> None:
        self._timing = core.Timing.of(cadence_of(self.country))
        self._open()

    # what the world does

    def say(self, data: bytes) -> None:
        """The modem says these bytes."""
        if self._closed_until is None:
            self._tell(self.session.receive_data(data, self.now))
            self._settle()

    def wait(self, seconds: float) -> None:
        """Let time pass, deadline by deadline, as the two loops do."""
        until = self.now + seconds
        while (due := self._next_due()) is not None and due <= until:
            self._move_to(due)
            self._at_deadline()
            self._settle()
        self._move_to(until)
        self._settle()

    def press_block(self) -> None:
        """Somebody wants this call gone."""
        if self.call is not None:
            self._step(core.DropAsked(self.mode))
            self._settle()

    def unplug(self) -> None:
        """The port vanishes, and with it the modem's power."""
        if self._closed_until is None:
            self._close(self.session.port_lost("It was unplugged.", self.now))

    # the wiring

    def _open(self) -> None:
        self.session = ModemSession("port", self.now, options=ModemOptions(country=self.country))
        self._closed_until = None
        self.opened += 1
        self._settle()

    def _close(self, events: list[wire.ModemEvent]) -> None:
        self.relay.dtr_dropped()
        self._tell(events)
        self._closed_until = self.now + PAUSE_S
        self._step(core.ModemGone())

    def _next_due(self) -> float | None:
        dues = [self._closed_until if self._closed_until is not None else self.session.deadline()]
        if self.call is not None:
            dues.append(self.call.deadline)
        return min((max(due, self.now) for due in dues if due is not None), default=None)

    def _at_deadline(self) -> None:
        if self._closed_until is None:
            self._tell(self.session.advance(self.now))
        elif self._closed_until <= self.now:
            self._open()
        if self.call is not None and self.now >= self.call.deadline:
            self._step(core.Deadline())

    def _move_to(self, when: float) -> None:
        self.now = max(self.now, when)
        if self.relay.off_hook_since is not None:
            self.longest = max(self.longest, self.now - self.relay.off_hook_since)

    def _settle(self) -> None:
        """Commands out, answers in, until neither has anything to say now."""
        for _ in range(500):
            if self._closed_until is not None:
                return
            if self.session.failure is not None:
                self._close([])
                return
            data = self.session.data_to_send()
            if not data:
                return
            obeyed = self.relay.hear(data, self.now)
            answer = self.answers[self._turn % len(self.answers)] if obeyed else b"\r\nERROR\r\n"
            self._turn += 1
            if answer:
                self._tell(self.session.receive_data(answer, self.now))
        raise AssertionError("commands and answers without end")

    def _tell(self, events: list[wire.ModemEvent]) -> None:
        for event in events:
            fact = call_event(event, self.call, self.now)
            if fact is not None:
                self._step(fact)

    def _step(self, event: core.Event) -> None:
        if self.call is None:
            if isinstance(event, core.WentOffHook):
                self.session.go_on_hook(self.now)
            if not isinstance(event, core.Rang | core.NumberKnown | core.Reported):
                return
            self.call, self.rang_in_call = core.begin(self._timing, self.now), False
        self.rang_in_call = self.rang_in_call or isinstance(event, core.Rang)
        self.call, actions = core.step(self.call, event, self.now)
        for action in actions:
            self._perform(action)

    def _perform(self, action: core.Action) -> None:
        match action:
            case core.GoOffHook():
                self.went_off_hook_unrung = self.went_off_hook_unrung or not self.rang_in_call
                self._tell(self.session.go_off_hook(self.now) if self._closed_until is None else [_NO_PORT])
            case core.GoOnHook():
                self._tell(self.session.go_on_hook(self.now) if self._closed_until is None else [])
            case core.Screen(early=False):
                self._step(core.Decided(self.treatment, self.mode))
            case core.Finish(outcome):
                self.outcomes.append(outcome)
                self.call = None
            case core.OpenNext(events, blind):
                self.call, self.rang_in_call = core.begin(self._timing, events[0][1], blind=blind), False
                for event, since in events:
                    self.now = max(self.now, since)
                    self._step(event)


_NO_PORT = wire.HookFailed(wanted_off_hook=True, reason="no port")
