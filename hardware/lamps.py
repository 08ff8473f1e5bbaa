"""What the lamps say: meanings, patterns and their timing, as one table. No pin, no thread and no clock may enter.

Nothing is told by colour alone: each meaning has its own place and its own rhythm.
"""

from dataclasses import dataclass
from enum import Enum

FOREVER: int | None = None


class Lamp(Enum):
    """The four lamps, by meaning; which pin and which colour is the installer's choice."""

    HEALTH = "health"
    RING = "ring"
    BLOCKED = "blocked"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rhythm: `steps` are seconds lit, dark, lit, ... and start lit; `repeat` counts rounds, FOREVER if it lasts.

    A finite pattern is feedback: when it ends the lamp shows again what lasted before, or, with `clears`, stays dark.
    """

    name: str
    steps: tuple[float, ...]
    repeat: int | None = FOREVER
    clears: bool = False

    @property
    def lasting(self) -> bool:
        """Whether the lamp keeps it until it is told something else."""
        return self.repeat is None


OFF = Pattern("off", ())
STEADY = Pattern("steady", (1.0,))
BLINK = Pattern("blink", (0.5, 0.2))
FAST_BLINK = Pattern("fast_blink", (0.15, 0.15))
SLOW_BLINK = Pattern("slow_blink", (1.0, 1.0))
SLOW_PULSE = Pattern("slow_pulse", (0.2, 1.8))
DOUBLE_FLASH = Pattern("double_flash", (0.15, 0.15, 0.15, 1.55))
GLOW = Pattern("glow", (10.0,), 1)
THREE_SHORT = Pattern("three_short", (0.15, 0.15), 3)
FLICKER = Pattern("flicker", (0.06, 0.06), 10)
LONG_FLASH = Pattern("long_flash", (1.5, 0.2), 1)
TWO_LONG = Pattern("two_long", (0.6, 0.3), 2)
LONG_AND_SHORT = Pattern("long_and_short", (0.6, 0.2, 0.15, 0.2), 2)
FADE_OUT = Pattern("long_flash_then_off", (1.5, 0.2), 1, clears=True)

DARK_FIRST_S = 0.08
"""Seconds dark before feedback on a lamp that is lit: a press must show within 100 ms, and lit on lit shows nothing."""

PAST_S = 1e-6
"""Seconds past a change that are safely past it: by rounding, the very moment may still belong to the step before."""


class Signal(Enum):
    """What the appliance can tell the household through the lamps."""

    READY = "ready"
    MODEM_MISSING = "modem_missing"
    FAULT = "fault"
    BLOCKING_OFF = "blocking_off"
    REHEARSING = "rehearsing"
    RINGING = "ringing"
    LET_THROUGH = "let_through"
    QUIET = "quiet"
    DROPPING = "dropping"
    BLOCK_DONE = "block_done"
    UNDONE = "undone"
    NOTHING_TO_BLOCK = "nothing_to_block"
    CANNOT_BLOCK_WITHHELD = "cannot_block_withheld"
    STAYS_PERMITTED = "stays_permitted"
    PERMIT_DONE = "permit_done"
    PERMIT_NEXT_ARMED = "permit_next_armed"
    PERMIT_NEXT_DISARMED = "permit_next_disarmed"
    EXPECTING = "expecting"
    MESSAGE_WAITING = "message_waiting"
    MESSAGES_HEARD = "messages_heard"


SIGNALS: dict[Signal, tuple[Lamp, Pattern]] = {
    Signal.READY: (Lamp.HEALTH, STEADY),
    Signal.MODEM_MISSING: (Lamp.HEALTH, DOUBLE_FLASH),
    Signal.FAULT: (Lamp.HEALTH, FAST_BLINK),
    Signal.BLOCKING_OFF: (Lamp.HEALTH, SLOW_PULSE),
    Signal.REHEARSING: (Lamp.HEALTH, SLOW_BLINK),
    Signal.RINGING: (Lamp.RING, BLINK),
    Signal.LET_THROUGH: (Lamp.RING, STEADY),
    Signal.QUIET: (Lamp.RING, OFF),
    Signal.PERMIT_DONE: (Lamp.RING, THREE_SHORT),
    Signal.PERMIT_NEXT_ARMED: (Lamp.RING, SLOW_PULSE),
    Signal.PERMIT_NEXT_DISARMED: (Lamp.RING, FADE_OUT),
    Signal.EXPECTING: (Lamp.RING, DOUBLE_FLASH),
    Signal.DROPPING: (Lamp.BLOCKED, GLOW),
    Signal.BLOCK_DONE: (Lamp.BLOCKED, THREE_SHORT),
    Signal.UNDONE: (Lamp.BLOCKED, LONG_FLASH),
    Signal.NOTHING_TO_BLOCK: (Lamp.BLOCKED, FLICKER),
    Signal.CANNOT_BLOCK_WITHHELD: (Lamp.BLOCKED, TWO_LONG),
    Signal.STAYS_PERMITTED: (Lamp.BLOCKED, LONG_AND_SHORT),
    Signal.MESSAGE_WAITING: (Lamp.MESSAGE, SLOW_BLINK),
    Signal.MESSAGES_HEARD: (Lamp.MESSAGE, OFF),
}


class LampPlayer:
    """What one lamp shows at a given time: a lasting pattern, and over it the feedback that was told last."""

    def __init__(self) -> None:
        self._lasting = OFF
        self._lasting_since = 0.0
        self._feedback: Pattern | None = None
        self._feedback_from = 0.0
        self._dark_first = 0.0  # seconds before its first round

    def tell(self, pattern: Pattern, now: float) -> None:
        """Show a pattern from `now` (monotonic seconds). A lasting one waits under feedback that is still playing."""
        if not pattern.lasting:
            self._dark_first = DARK_FIRST_S if self.lit(now) else 0.0
            self._feedback, self._feedback_from = pattern, now
            if pattern.clears:
                self._lasting = OFF
        elif pattern is not self._lasting:
            self._lasting, self._lasting_since = pattern, now

    def catch_up(self, seen: float, now: float) -> None:
        """Whoever switches the lamp looked last at `seen`: feedback waited, for one flash fewer says something else."""
        if self._feedback is None:
            return
        if seen < self._feedback_from:
            due: float | None = self._feedback_from
        else:
            due = self.next_change(seen) if self.showing(seen) is self._feedback else None
        if due is not None and due + PAST_S < now:
            self._feedback_from += now - due - PAST_S

    def showing(self, now: float) -> Pattern:
        """The pattern in force."""
        feedback = self._feedback
        if feedback is not None and now < self._first_round() + sum(feedback.steps) * (feedback.repeat or 1):
            return feedback
        return self._lasting

    def lit(self, now: float) -> bool:
        """Whether the lamp is lit at `now`."""
        return self._at(now)[0]

    def next_change(self, now: float) -> float | None:
        """When the lamp has to be looked at again, or None when it stays as it is until told otherwise."""
        return self._at(now)[1]

    def _first_round(self) -> float:
        return self._feedback_from + self._dark_first

    def _at(self, now: float) -> tuple[bool, float | None]:
        pattern = self.showing(now)
        if pattern is self._feedback:
            start = self._first_round()
            if now < start:
                return False, start
        else:
            start = self._lasting_since
        if pattern.lasting and len(pattern.steps) < 2:
            return bool(pattern.steps), None
        into = (now - start) % sum(pattern.steps)
        lit, end = False, 0.0
        for step in pattern.steps:
            lit, end = not lit, end + step
            if into < end:
                break
        return lit, now - into + end
