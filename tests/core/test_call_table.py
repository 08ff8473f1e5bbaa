"""The call table as a whole: every state x event, every off-hook state, and invariants over random calls."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from appliance.core.call import (
    OFF_HOOK,
    TABLE,
    Call,
    Damaged,
    Deadline,
    Decided,
    DropAsked,
    Event,
    Finish,
    GoOffHook,
    GoOnHook,
    HandsetLifted,
    HookFailed,
    LineInUse,
    ModemGone,
    NumberKnown,
    OpenNext,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
    Timing,
    WentOffHook,
    WentOnHook,
    begin,
    step,
)
from appliance.core.call_moves import ATTEMPTS, HOLD_S, RACE_S, SEIZE_LIMIT_S
from appliance.core.household import Mode, Treatment
from tests.core.driver import DE, GB, US, Line, drop, hooks
from tests.core.reports import Shown, Why

EVENTS: tuple[type[Event], ...] = get_args(Event)
SAMPLES: tuple[Event, ...] = (
    Rang(),
    NumberKnown(Shown("2125550123")),
    Reported(Shown("2125550123", "ACME")),
    Damaged("It broke.", Shown("2125550123")),
    Decided(Treatment.DROP, Mode.ON),
    DropAsked(Mode.ON),
    WentOffHook(),
    WentOnHook(),
    HookFailed(wanted_off_hook=True),
    LineInUse(),
    HandsetLifted(),
    ModemGone(),
    Deadline(),
)


def test_every_state_and_event_is_spoken_for() -> None:
    assert set(TABLE) == {(state, event) for state in State for event in EVENTS}
    assert {type(event) for event in SAMPLES} == set(EVENTS)


def call_in(state: State) -> Call:
    """A call as it comes to this state by real events."""
    call = begin(US, 0.0)
    way: list[tuple[float, Event]] = [
        (0.0, Rang()),
        (3.3, Reported(Shown("2125550123"))),
        (3.3, Decided(Treatment.DROP, Mode.ON)),
        (3.4, WentOffHook()),
        (5.9, Deadline()),
        (6.0, WentOnHook()),
        (13.0, Deadline()),
    ]
    if state is State.LOST:
        way[1:] = [(1.0, ModemGone())]
    if state is State.RINGING:
        way[2:] = [(3.3, Decided(Treatment.RING, Mode.ON))]
    for at, event in way:
        if call.state is state and call.rings:
            return call
        call, _ = step(call, event, at)
    return call


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.name)
@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
def test_no_pair_raises_and_every_off_hook_state_has_a_deadline_ahead(state: State, event: Event) -> None:
    call = call_in(state)
    assert call.state is state
    now = call.deadline if isinstance(event, Deadline) else call.deadline - 0.001
    after, actions = step(call, event, now)
    assert after.state is State.ENDED or after.deadline > now
    if isinstance(event, LineInUse) and call.state is State.SEIZING:
        assert after.state is State.RINGING  # the modem is on-hook, and stays so
    if after.state in OFF_HOOK:
        assert after.deadline - now <= SEIZE_LIMIT_S + HOLD_S
    if call.state in OFF_HOOK and after.state not in OFF_HOOK:
        assert call.state is State.RELEASING or GoOnHook() in actions


@pytest.mark.parametrize("state", [State.SEIZING, State.HOLDING, State.RELEASING], ids=lambda state: state.name)
def test_an_off_hook_state_that_hears_nothing_any_more_lets_go_and_ends(state: State) -> None:
    call, let_go = call_in(state), state is State.RELEASING
    for _ in range(20):
        if call.over:
            break
        call, actions = step(call, Deadline(), call.deadline)
        let_go = let_go or GoOnHook() in actions
    assert let_go
    assert call.over


def test_a_deadline_that_has_not_come_does_nothing() -> None:
    call = call_in(State.HOLDING)
    assert step(call, Deadline(), call.deadline - 0.01) == (call, ())


REPORTS = st.builds(
    Shown,
    st.sampled_from(["2125550123", "2125550199", None]),
    st.sampled_from([None, "ACME", "AUNT MAY"]),
    st.sampled_from([None, None, Why.PRIVATE]),
)


class CallMachine(RuleBasedStateMachine):
    """Random events at random times, with a line that obeys or not; every promise is checked at each step."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 100.0
        self.mode = Mode.ON
        self.timing = US
        self.call = begin(US, self.now)
        self.off_since: float | None = None
        self.last_ring: float | None = None
        self.off_hooks = 0
        self.left_alone = False
        self.blind = False
        self.lifted_at = -1e9
        self.finished = 0
        self.opened = 0

    @initialize(
        timing=st.sampled_from([US, GB, DE]), mode=st.sampled_from([Mode.ON, Mode.ON, Mode.REHEARSAL, Mode.OFF])
    )
    def start(self, timing: Timing, mode: Mode) -> None:
        self.timing, self.mode, self.call = timing, mode, begin(timing, self.now)

    def feed(self, event: Event, treatment: Treatment, at: float | None = None) -> None:
        at = self.now if at is None else at
        was, due = self.call.state, self.call.deadline
        if isinstance(event, Rang):
            self.last_ring = at
        if isinstance(event, LineInUse | HandsetLifted) and was in (State.SEIZING, State.HOLDING):
            self.left_alone = True
        elif isinstance(event, HandsetLifted) and was not in (State.GUARDING, State.ENDED):
            self.lifted_at = at
        self.call, actions = step(self.call, event, at)
        for action in actions:
            match action:
                case Screen():
                    self.feed(Decided(treatment, self.mode), treatment, at)
                case GoOffHook():
                    assert self.mode is Mode.ON
                    assert self.off_since is None, "taken twice"
                    assert was is not State.LOST, "nothing proves that it is still this call"
                    assert not self.blind or self.call.report is not None, "its report was perhaps missed"
                    assert self.last_ring is not None
                    assert not self.left_alone, "somebody else has the line"
                    assert self.last_ring > self.lifted_at + RACE_S, "nothing has rung since a handset was lifted"
                    assert self.call.rings, "never for a report alone"
                    assert self.now - self.last_ring <= self.timing.gap
                    self.off_since = self.now
                    self.off_hooks += 1
                    assert self.off_hooks <= ATTEMPTS
                case GoOnHook():
                    self.off_since = None
                case Finish(outcome):
                    assert was is not State.ENDED
                    assert self.off_since is None, "finished while off-hook"
                    assert outcome is not Outcome.WOULD_DROP or self.mode is Mode.REHEARSAL
                    self.finished += 1
                case OpenNext(events, blind):
                    assert blind or was is not State.LOST or at >= due
                    self.open(events, treatment, blind=blind)

    def open(self, events: tuple[tuple[Event, float], ...], treatment: Treatment, *, blind: bool) -> None:
        assert self.finished == self.opened + 1, "exactly one Finish per call"
        assert events
        self.opened += 1
        self.off_hooks = 0
        self.left_alone = False
        self.lifted_at = -1e9
        self.blind = blind
        self.call = begin(self.timing, events[0][1], blind=blind)
        for event, at in events:
            self.feed(event, treatment, at)

    @rule(seconds=st.floats(0.01, 3.0), treatment=st.sampled_from(Treatment))
    def time_passes(self, seconds: float, treatment: Treatment) -> None:
        until = self.now + seconds
        while not self.call.over and self.call.deadline <= until:
            self.now = max(self.now, self.call.deadline)
            self.feed(Deadline(), treatment)
        self.now = until

    @rule(seconds=st.floats(5.0, 60.0))
    def the_loop_sleeps(self, seconds: float) -> None:
        # Only while it holds nothing: a stopped loop cannot hang up, the modem's own limit does.
        if self.off_since is None:
            self.now += seconds

    @rule(treatment=st.sampled_from(Treatment), pattern=st.sampled_from([None, None, "A", "B"]))
    def it_rings(self, treatment: Treatment, pattern: str | None) -> None:
        self.feed(Rang(pattern), treatment)

    @rule(treatment=st.sampled_from(Treatment))
    def a_damaged_report_is_read(self, treatment: Treatment) -> None:
        self.feed(Damaged("It broke.", Shown("2125550123")), treatment)

    @rule(treatment=st.sampled_from(Treatment))
    def somebody_lifts_a_handset(self, treatment: Treatment) -> None:
        self.feed(HandsetLifted(), treatment)

    @precondition(lambda self: self.call.state is State.SEIZING)
    @rule(treatment=st.sampled_from(Treatment))
    def the_line_is_in_use(self, treatment: Treatment) -> None:
        self.feed(LineInUse(), treatment)

    @rule(report=REPORTS, treatment=st.sampled_from(Treatment))
    def a_number_is_read(self, report: Shown, treatment: Treatment) -> None:
        self.feed(NumberKnown(report), treatment)

    @rule(report=REPORTS, amends=st.booleans(), treatment=st.sampled_from(Treatment))
    def a_report_is_read(self, report: Shown, amends: bool, treatment: Treatment) -> None:
        self.feed(Reported(report, amends), treatment)

    @rule(
        event=st.sampled_from(
            [WentOffHook(), WentOnHook(), HookFailed(True), HookFailed(False), ModemGone(), ModemGone()]
        ),
        treatment=st.sampled_from(Treatment),
    )
    def the_modem_says(self, event: Event, treatment: Treatment) -> None:
        self.feed(event, treatment)

    @rule(treatment=st.sampled_from(Treatment))
    def block_is_pressed(self, treatment: Treatment) -> None:
        self.feed(DropAsked(self.mode), treatment)

    @precondition(lambda self: self.call.over)
    @rule(treatment=st.sampled_from(Treatment))
    def the_next_call_rings(self, treatment: Treatment) -> None:
        self.feed(Rang(), treatment)

    @invariant()
    def an_off_hook_never_lasts(self) -> None:
        if self.off_since is not None:
            assert self.now - self.off_since <= SEIZE_LIMIT_S + HOLD_S + 0.001
            assert self.call.state in OFF_HOOK

    @invariant()
    def a_live_call_has_a_deadline_within_half_a_minute(self) -> None:
        assert self.call.over or self.call.deadline - self.now <= 30.0

    def teardown(self) -> None:
        for _ in range(40):
            if self.call.over:
                break
            self.now = max(self.now, self.call.deadline)
            self.feed(Deadline(), Treatment.DROP)
        assert self.call.over, "Finish always comes when nothing happens any more"
        assert self.finished == self.opened + 1
        assert self.off_since is None


CallMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestRandomCalls = CallMachine.TestCase


TOLD = st.one_of(
    st.builds(NumberKnown, REPORTS),
    st.builds(Reported, REPORTS, st.booleans()),
    st.just(Damaged("It broke.", Shown("2125550123"))),
    st.sampled_from([DropAsked(Mode.ON), HandsetLifted(), ModemGone(), WentOnHook(), HookFailed(True), Deadline()]),
)


@given(st.lists(st.tuples(TOLD, st.floats(0.0, 12.0)), max_size=12), st.sampled_from([US, GB, DE]))
def test_no_reports_without_a_ring_ever_take_the_line(told: list[tuple[Event, float]], timing: Timing) -> None:
    """Reports without a ring are of call waiting: to go off-hook then is to break into a conversation."""
    line = Line(drop, timing=timing)
    now = 0.0
    for event, pause in told:
        now += pause
        line.at(now, event)
    assert set(line.finish()) <= {Outcome.WAITING_CALL, Outcome.INTERRUPTED}
    assert hooks(line) == []


@given(REPORTS, st.floats(0.01, 6.0), st.sampled_from([US, GB, DE]))
def test_a_report_while_we_hold_the_line_is_recorded_and_not_dropped_without_a_ring(
    report: Shown, after: float, timing: Timing
) -> None:
    line = Line(drop, timing=timing)
    line.at(0.0, Rang(), Reported(Shown("2125550177")))
    line.at(after, NumberKnown(report), Reported(report))
    line.finish()
    assert hooks(line) == ["GoOffHook", "GoOnHook"]
    assert line.outcomes()[0] is Outcome.DROPPED
    assert set(line.outcomes()[1:]) <= {Outcome.WAITING_CALL}
