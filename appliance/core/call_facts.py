"""The words of one call: states, events, actions, outcomes and the call itself. No behaviour; that is `call.py`."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from appliance.core.caller import Report
from appliance.core.household import Mode, Treatment


class State(Enum):
    """Where a call is. In SEIZING, HOLDING and RELEASING our modem may hold the line."""

    WAITING = "waiting"  # a ring or a report came; not decided
    RINGING = "ringing"  # decided; nothing of ours is on the line
    SEIZING = "seizing"  # off-hook asked for
    HOLDING = "holding"  # off-hook
    RELEASING = "releasing"  # on-hook asked for
    GUARDING = "guarding"  # on-hook again; does it still ring?
    LOST = "lost"  # the modem was away since; nothing that is heard now is known to be of this call
    ENDED = "ended"


# Our modem may hold the line in these; each has a deadline, and a test says so.
OFF_HOOK = frozenset({State.SEIZING, State.HOLDING, State.RELEASING})


class Outcome(Enum):
    """What became of a call."""

    RANG_OUT = "rang_out"  # it stopped ringing by itself: somebody took it, or the caller gave up
    DROPPED = "dropped"
    DROP_FAILED = "drop_failed"  # it rang on after the last attempt: a fault to show
    WOULD_DROP = "would_drop"  # rehearsal
    WAITING_CALL = "waiting_call"  # a report without any ring: call waiting; never touched
    LINE_IN_USE = "line_in_use"  # to be dropped, but another telephone held the line, or was lifted: left alone
    INTERRUPTED = "interrupted"  # the modem went away and the call was not seen to its end


# Seconds from the end of the first ring to the latest report. Caller ID is read 1.2 to 1.4 s after that end on American
# lines, and a modem may take another second to print it; too short a wait would judge a caller as having none.
REPORT_AFTER_RING_S = 2.5


class Ringing(Protocol):
    """What hardware's Cadence says of a country, in seconds."""

    @property
    def same_ring(self) -> float: ...

    @property
    def sounding(self) -> float: ...

    @property
    def period(self) -> float: ...

    @property
    def gap(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """How this line rings, all in seconds. The first four are what hardware's Cadence says of the country."""

    same_ring: float  # RING lines this close to the start of a ring belong to it
    sounding: float  # first sound of a ring to its last
    period: float  # start of one ring to the start of the next
    gap: float  # no ring for so long: the call is over
    report_wait: float  # no report so long after the start of the first ring: none comes

    @classmethod
    def of(cls, ringing: Ringing) -> "Timing":
        """The timing of a line that rings so."""
        wait = ringing.sounding + REPORT_AFTER_RING_S
        return cls(ringing.same_ring, ringing.sounding, ringing.period, ringing.gap, wait)


@dataclass(frozen=True, slots=True)
class Rang:
    """The modem reported a ring; several within one ring are counted once here. `pattern` as the modem names it."""

    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class NumberKnown:
    """The number field of a report was read; the report itself follows as Reported."""

    report: Report


@dataclass(frozen=True, slots=True)
class Reported:
    """A whole report; `amends` when it completes an earlier one."""

    report: Report
    amends: bool = False


@dataclass(frozen=True, slots=True)
class Damaged:
    """A report came that cannot be believed, and no good copy of it. `readable` is for people, never for a rule."""

    why: str
    readable: Report


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer to Screen. Only in mode ON is the line ever touched."""

    treatment: Treatment
    mode: Mode


@dataclass(frozen=True, slots=True)
class DropAsked:
    """The household wants this call gone: Block was pressed, or a list changed meanwhile."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class WentOffHook:
    """The modem confirmed that it holds the line."""


@dataclass(frozen=True, slots=True)
class WentOnHook:
    """The modem confirmed that it let go of the line."""


@dataclass(frozen=True, slots=True)
class HookFailed:
    """The modem refused, or did not answer, a hook command."""

    wanted_off_hook: bool


@dataclass(frozen=True, slots=True)
class LineInUse:
    """Off-hook was refused: another telephone in the house holds the line. Ours is on-hook."""


@dataclass(frozen=True, slots=True)
class HandsetLifted:
    """Another telephone in the house was lifted."""


@dataclass(frozen=True, slots=True)
class ModemGone:
    """The modem cannot be used now."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`call.deadline` has come."""


Event = (
    Rang
    | NumberKnown
    | Reported
    | Damaged
    | Decided
    | DropAsked
    | WentOffHook
    | WentOnHook
    | HookFailed
    | LineInUse
    | HandsetLifted
    | ModemGone
    | Deadline
)

# With these a call can begin.
OPENING = (Rang, NumberKnown, Reported, Damaged)


@dataclass(frozen=True, slots=True)
class Screen:
    """Decide on this report (None: none came). `early`: only the number is known; answer only if that settles it."""

    report: Report | None
    early: bool = False


@dataclass(frozen=True, slots=True)
class GoOffHook:
    """Take the line."""


@dataclass(frozen=True, slots=True)
class GoOnHook:
    """Let go of the line."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The call is over: write its row. Comes exactly once per call."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OpenNext:
    """Another call has begun with these events and their times (monotonic seconds); feed them to a new call.

    `blind`: begin it so, for the modem was away just before, and may have missed its report.
    """

    events: tuple[tuple[Event, float], ...]
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call so far. Times are monotonic seconds. Made by `call.begin`, changed only by `call.step`."""

    timing: Timing
    began_at: float
    deadline: float  # when `step` wants to see Deadline, if nothing comes before; meaningless once ENDED
    state: State = State.WAITING
    rings: int = 0
    ring_at: float | None = None  # start of the newest ring
    ring_before: float | None = None  # start of the ring before it
    pattern: str | None = None  # how it rings, from the first ring that told
    heard_at: float | None = None  # newest RING line
    report: Report | None = None
    report_at: float | None = None
    whole: bool = False  # the report was read to its end, not only its number
    leads: bool = False  # the report came before the first ring, as it does on this line then
    damaged: Damaged | None = None  # what came instead of a report, or before it
    asked: bool = False  # Screen was asked without waiting for (more of) a report
    treatment: Treatment | None = None
    mode: Mode | None = None
    drop_at_ring: bool = False  # to be dropped, but only when it is sure that it still rings
    attempts: int = 0
    releases: int = 0  # on-hook commands of this attempt
    held_since: float | None = None  # the off-hook of this attempt, asked for or confirmed
    took_line: bool = False  # an off-hook was not refused at least once
    failed: bool = False  # the last off-hook surely did not take: what rings next is the same call
    rang_on: bool = False  # since the last off-hook it rang again
    gave_up: bool = False
    left_alone: bool = False  # somebody in the house had the line when we took it: never touched again in this call
    lifted_at: float | None = None  # a handset was lifted, and no ring has shown since that nobody has the line
    blind: bool = False  # the modem was away when its report may have come: that none is known says nothing
    pending: tuple["Event", ...] = ()  # another caller's reports, to be opened when the line is on-hook

    @property
    def over(self) -> bool:
        """Whether the call has ended and its row may be written."""
        return self.state is State.ENDED


Action = Screen | GoOffHook | GoOnHook | Finish | OpenNext
