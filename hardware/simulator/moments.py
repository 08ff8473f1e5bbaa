"""The moments of a call at which a modem can be pulled out. No AT command, port or thread may enter."""

from collections.abc import Callable
from enum import Enum


class Moment(Enum):
    """What the modem or its line is just doing."""

    IDLE = "idle"
    RINGING = "ringing"
    BETWEEN_RINGS = "between-rings"
    HALF_REPORT = "half-report"
    SEIZED = "seized"  # off-hook, and the answer to the command not yet sent
    HELD = "held"
    STREAM = "stream"


# Seconds of the line from the beginning of a state until it counts as being in the middle of it.
INTO = {Moment.HELD: 1.0, Moment.STREAM: 0.5}


class Moments:
    """Strikes once, at the moment that was chosen. For the simulator's thread only.

    `strike` is what then happens; `at(due, work)` carries out work at a clock time; `speed` divides durations.
    """

    def __init__(
        self, clock: Callable[[], float], at: Callable[[float, Callable[[], None]], None], speed: float
    ) -> None:
        self.strike: Callable[[], None] = lambda: None
        self._clock = clock
        self._at = at
        self._speed = speed
        self._chosen: Moment | None = None

    def choose(self, moment: Moment | None) -> None:
        """Strike at the next such moment; None for not at all."""
        self._chosen = moment

    def is_chosen(self, moment: Moment) -> bool:
        """Whether this is the one."""
        return self._chosen is moment

    def note(self, moment: Moment) -> None:
        """The moment has come."""
        if self._chosen is moment:
            self._chosen = None
            into = INTO.get(moment, 0.0)
            if into:
                self._at(self._clock() + into / self._speed, self.strike)
            else:
                self.strike()
