"""A line without a thread: drives the call table as the real loop does, and keeps what was done and when."""

from collections.abc import Callable
from dataclasses import dataclass, field

from appliance.core.call import (
    Action,
    Call,
    Deadline,
    Decided,
    Event,
    Finish,
    GoOffHook,
    GoOnHook,
    HookFailed,
    OpenNext,
    Outcome,
    Screen,
    Timing,
    WentOffHook,
    WentOnHook,
    begin,
    step,
)
from appliance.core.caller import Report
from appliance.core.household import Mode, Treatment
from tests.core.reports import Shown

US = Timing(same_ring=2.5, sounding=2.0, period=6.0, gap=9.0, report_wait=4.5)
GB = Timing(same_ring=1.5, sounding=1.0, period=3.0, gap=8.0, report_wait=3.5)
DE = Timing(same_ring=1.5, sounding=1.0, period=5.0, gap=8.0, report_wait=3.5)

ANSWER_S = 0.05  # a modem's answer to a hook command


@dataclass
class Line:
    """`decide` says what a report means, None when it is not settled yet. `modem` answers hook commands."""

    decide: Callable[[Report | None, bool], Treatment | None]
    timing: Timing = US
    mode: Mode = Mode.ON
    hears: bool = True  # the modem answers hook commands with success
    call: Call | None = None
    now: float = 0.0
    did: list[tuple[float, Action]] = field(default_factory=list)
    over: list[tuple[Outcome, Call]] = field(default_factory=list)
    answers: list[tuple[float, Event]] = field(default_factory=list)

    def at(self, now: float, *events: Event) -> None:
        """Let time run to `now`, with deadlines and the modem's answers, then feed the events."""
        self.run_to(now)
        for event in events:
            self.feed(event, now)

    def run_to(self, now: float) -> None:
        while True:
            answer = min((at for at, _ in self.answers), default=now + 1)
            due = self.call.deadline if self.call and not self.call.over else now + 1
            if min(answer, due) > now:
                break
            if answer <= due:
                event = self.answers.pop(0)[1]
                self.feed(event, answer)
            else:
                self.feed(Deadline(), due)
        self.now = now

    def feed(self, event: Event, at: float) -> None:
        if self.call is None:
            self.call = begin(self.timing, at)
        self.call, actions = step(self.call, event, at)
        for action in actions:
            self.perform(action, at)

    def perform(self, action: Action, at: float) -> None:
        assert self.call is not None
        self.did.append((at, action))
        match action:
            case Screen(report, early):
                if (treatment := self.decide(report, early)) is not None:
                    self.feed(Decided(treatment, self.mode), at)
            case GoOffHook():
                self.answers.append((at + ANSWER_S, WentOffHook() if self.hears else HookFailed(wanted_off_hook=True)))
            case GoOnHook():
                self.answers.append((at + ANSWER_S, WentOnHook()))
            case Finish(outcome):
                self.over.append((outcome, self.call))
            case OpenNext(events, blind):
                self.call = begin(self.timing, events[0][1], blind=blind)
                for event, when in events:
                    self.feed(event, when)

    def hook(self) -> list[tuple[float, str]]:
        """When the line was taken and let go."""
        return [(round(at, 2), type(a).__name__) for at, a in self.did if isinstance(a, GoOffHook | GoOnHook)]

    def outcomes(self) -> list[Outcome]:
        return [outcome for outcome, _ in self.over]

    def finish(self) -> list[Outcome]:
        """Nothing more happens; run until the call is over."""
        self.run_to(self.now + 600)
        return self.outcomes()


# Who is who in these tests, and what a household may want done with them.

PEST = "2125550123"
AUNT = "2125550199"
NAMELESS_PEST = Shown(PEST)
DROPPED_ONCE = ["GoOffHook", "GoOnHook"]


def pest_is_listed(report: Report | None, early: bool) -> Treatment | None:
    if report is not None and report.number == PEST:
        return Treatment.DROP
    return None if early else Treatment.RING


def ring(report: Report | None, early: bool) -> Treatment | None:
    return Treatment.RING


def drop(report: Report | None, early: bool) -> Treatment | None:
    return Treatment.DROP


def drop_the_nameless(report: Report | None, early: bool) -> Treatment | None:
    """No Caller ID is to be dropped; the pest too."""
    return Treatment.DROP if report is None or report.number == PEST else Treatment.RING


def hooks(line: Line) -> list[str]:
    return [name for _, name in line.hook()]
