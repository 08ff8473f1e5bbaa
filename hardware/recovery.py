"""The ladder by which a modem that stopped answering is brought back, as a table. Sans-IO: time is an argument.

Which step follows how many failures, when, and what ends it all stands here. How a step is carried out stands in
usb_power.py and modem.py; no port, file or clock may enter.
"""

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum, auto

from hardware.events import RecoveryStep
from hardware.profiles import RESET_S, InitCommand
from hardware.setup import Answer, Outcome


@dataclass(frozen=True, slots=True)
class Rung:
    """One step, in seconds: `pause` with the port closed before it; `rest` after it until the port is tried again.

    `vanishes`: the port may vanish because of the step itself. Then it is tried as soon as it is back, and the step
    has failed when it is not back by the end of the rest.
    """

    step: RecoveryStep
    pause: float
    rest: float
    vanishes: bool = False


LADDER: tuple[Rung, ...] = (
    # A closed port has DTR low, which hangs a modem up (&D2) and restarts the talk with it. Some look at DTR only every
    # half second or so; NCID and the peers that recover at all wait one.
    Rung(RecoveryStep.REOPEN, pause=1.0, rest=0.0),
    # A modem that answers, but cannot be set up, may have stored settings that ATZ brings back each time.
    Rung(RecoveryStep.FACTORY_RESET, pause=1.0, rest=0.0),
    # As if pulled out and put back, but without taking its power. A port is back in 1.4 to 3.6 s (measured with QEMU).
    Rung(RecoveryStep.USB_RECONNECT, pause=0.0, rest=10.0, vanishes=True),
    # The cure that users name for USR and Conexant units that hang "a couple of times a year". The hub looks at its
    # ports anew, and the modem's own start comes on top.
    Rung(RecoveryStep.USB_POWER, pause=0.0, rest=15.0, vanishes=True),
    # Only a person can help now; a modem that is plugged in anew is tried at once. Without one it is tried for ever: an
    # outside modem that was switched off for the night is found in the morning, and one that cools down may answer.
    Rung(RecoveryStep.GIVEN_UP, pause=0.0, rest=30.0),
)
"""By number of failures in a row, the first row for the first; the last one repeats.

A failure is found 9 s after a heartbeat, a silent set-up takes another 9 s: the power is cut about 40 s, and a person
is asked about a minute after the modem was found silent. The telephone rings as usual all the time.
"""

WORKED_S = 600.0
"""Seconds a modem must have worked until its failures are forgotten: ten heartbeats answered. One that answers the
set-up and hangs again is taken for working for 69 s; real lock-ups are months apart, so ten minutes part the two."""


class Sight(Enum):
    """What is to be seen of the ports, compared with those that failed last."""

    ABSENT = auto()
    SAME = auto()
    NEW = auto()  # plugged in, or given the rights, since; or none has failed yet


class Ladder:
    """Where a modem stands on the ladder. Only what stopped answering climbs, never what is unplugged or held."""

    def __init__(self, rungs: tuple[Rung, ...] = LADDER, *, worked: float = WORKED_S) -> None:
        self._rungs, self._worked = rungs, worked
        self._forget()

    def _forget(self) -> None:
        self._failures = 0
        self._ready_at: float | None = None
        self._next: Rung | None = None
        self._act_at = self._rest_until = float("-inf")
        self._away_until: float | None = None
        self._told_given_up = False

    # what goes in

    def failed(self, now: float) -> None:
        """The modem stopped answering, or could not be set up, though its port is there."""
        if self._ready_at is not None and now - self._ready_at >= self._worked:
            self._forget()
        self._ready_at = self._away_until = None
        self._failures += 1
        self._next = self._rungs[min(self._failures, len(self._rungs)) - 1]
        self._act_at = now + self._next.pause

    def gone(self) -> None:
        """The port hung up while it was open, as when it is pulled out. What comes back starts on the ground."""
        self._forget()

    def ready(self, now: float) -> None:
        """The modem answered and is set up."""
        self._ready_at, self._next, self._away_until = now, None, None
        self._told_given_up = False

    def saw(self, sight: Sight, now: float) -> None:
        """The ports were looked at, none being open."""
        if self._away_until is None:
            if sight is not Sight.SAME:
                self._forget()  # somebody pulled it out
        elif now >= self._away_until:
            self._away_until = None
            if sight is Sight.ABSENT:
                self.failed(now)
        elif sight is Sight.NEW:
            self._rest_until = now  # it is back

    def done(self, now: float, trouble: str) -> None:
        """The step that was due is done, or could not be done (`trouble`): then the next one is due."""
        rung = self._next
        assert rung is not None
        self._next = None
        if trouble:
            self.failed(now)
            return
        self._rest_until = now + rung.rest
        self._away_until = self._rest_until if rung.vanishes else None
        self._told_given_up |= rung.step is RecoveryStep.GIVEN_UP

    # what comes out

    def due(self, now: float) -> RecoveryStep | None:
        """The step to take now."""
        return self._next.step if self._next is not None and now >= self._act_at else None

    def is_news(self, step: RecoveryStep) -> bool:
        """Whether to tell of it: to have given up is told once, however often the modem is tried after that."""
        return not (step is RecoveryStep.GIVEN_UP and self._told_given_up)

    def may_open(self, now: float) -> bool:
        """Whether a port may be tried, as far as the ladder is concerned."""
        return self._next is None and now >= self._rest_until

    @property
    def recovering(self) -> bool:
        """Whether the port may be gone because of a step of ours."""
        return self._away_until is not None

    @property
    def factory_reset(self) -> bool:
        """Whether the next set-up takes the factory's settings."""
        return any(rung.step is RecoveryStep.FACTORY_RESET for rung in self._rungs[: self._failures])


RESET = "ATZ"
FACTORY = InitCommand("AT&F", timeout=RESET_S, silence_stops=False)
"""ITU-T V.250 6.1.2: every setting as the factory made it. Said behind ATZ, which may bring back what does harm."""


def with_factory_reset(script: Generator[InitCommand, Answer, Outcome]) -> Generator[InitCommand, Answer, Outcome]:
    """The same set-up with AT&F behind each ATZ, whatever either is answered."""
    try:
        step = next(script)
        while True:
            answer = yield step
            if step.command == RESET:
                yield FACTORY
            step = script.send(answer)
    except StopIteration as done:
        outcome: Outcome = done.value
        return outcome
