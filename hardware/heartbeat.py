"""When a quiet modem is asked for a sign of life, or whether it still reports Caller ID. Sans-IO: time is an argument.

It says when to ask what; asking, and what the answers mean, is the session's.
"""

from enum import Enum, auto

from hardware.timing import ModemTiming


class Question(Enum):
    """What to do about a modem that has been quiet."""

    SIGN_OF_LIFE = auto()
    CALLER_ID = auto()
    NONE_IT_IS_DEAD = auto()


class Heartbeat:
    """Of one modem that is set up, begun at `now`."""

    def __init__(self, timing: ModemTiming, now: float) -> None:
        self._timing = timing
        self._heard_at = now
        self._last_ring = float("-inf")
        self._asked_at: float | None = None  # when the question now unanswered was sent
        self._caller_id_due = now + timing.caller_id_check
        self._check_wanted = False
        self.misses = 0

    def heard(self, now: float) -> None:
        """The modem said something that only a modem says."""
        self._heard_at = now
        self._asked_at = None
        self.misses = 0

    def rang(self, now: float) -> None:
        """A ring or a part of a Caller ID report came."""
        self.heard(now)
        self._last_ring = now

    def overtaken(self) -> None:
        """Another command takes the place of the question; its answer is waited for elsewhere."""
        self._asked_at = None

    def check_caller_id(self) -> None:
        """Ask about Caller ID at the next quiet moment."""
        self._check_wanted = True

    def due(self, *, idle: bool) -> float | None:
        """When `question` wants to be asked; `idle`: whether nothing else is being said."""
        if self._asked_at is not None:
            return self._asked_at + self._timing.answer
        if not idle:
            return None  # the protocol has a deadline of its own until then
        quiet_from = self._last_ring + self._timing.quiet_after_ring
        if self._check_wanted:
            return max(quiet_from, self._heard_at)
        return max(quiet_from, self._heard_at + self._timing.heartbeat)

    def question(self, now: float, *, idle: bool) -> Question | None:
        """What to ask now; None when it is not time."""
        due = self.due(idle=idle)
        if due is None or now < due:
            return None
        if self._asked_at is not None:
            self.misses += 1
            if self.misses >= self._timing.misses:
                return Question.NONE_IT_IS_DEAD
        self._asked_at = now
        if not (self._check_wanted or now >= self._caller_id_due):
            return Question.SIGN_OF_LIFE
        self._check_wanted = False
        self._caller_id_due = now + self._timing.caller_id_check
        return Question.CALLER_ID
