"""A modem that goes away in a call: what is heard afterwards is another call's until its own report says otherwise."""

import pytest

from appliance.core.call import (
    Call,
    Damaged,
    Deadline,
    Decided,
    Event,
    Finish,
    GoOnHook,
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
from appliance.core.household import Mode, Treatment
from tests.core.driver import (
    AUNT,
    DE,
    DROPPED_ONCE,
    GB,
    NAMELESS_PEST,
    PEST,
    US,
    Line,
    drop,
    drop_the_nameless,
    hooks,
    pest_is_listed,
)
from tests.core.reports import Shown

RINGING_PEST: tuple[tuple[float, Event], ...] = ((0.0, Rang()), (3.3, Reported(NAMELESS_PEST)))
DROP = Decided(Treatment.DROP, Mode.ON)
WAYS: dict[State, tuple[tuple[float, Event], ...]] = {
    State.WAITING: RINGING_PEST[:1],
    State.RINGING: (*RINGING_PEST, (3.3, Decided(Treatment.RING, Mode.ON))),
    State.SEIZING: (*RINGING_PEST, (3.3, DROP)),
    State.HOLDING: (*RINGING_PEST, (3.3, DROP), (3.4, WentOffHook())),
    State.RELEASING: (*RINGING_PEST, (3.3, DROP), (3.4, WentOffHook()), (5.9, Deadline())),
    State.GUARDING: (*RINGING_PEST, (3.3, DROP), (3.4, WentOffHook()), (5.9, Deadline()), (6.0, WentOnHook())),
    State.LOST: (*RINGING_PEST, (4.0, ModemGone())),
}
HEARD = (Rang(), NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST), Damaged("It broke.", NAMELESS_PEST))


def call_that_was_in(state: State) -> tuple[Call, list[object], float]:
    """A call whose modem went away in that state: the call, what that made it do, and when."""
    call, now = begin(US, 0.0), 0.0
    for at, event in WAYS[state]:
        call, _ = step(call, event, at)
        now = at
    assert call.state is state
    call, actions = step(call, ModemGone(), now + 0.1)
    return call, list(actions), now + 0.1


@pytest.mark.parametrize("state", list(WAYS), ids=lambda state: state.name)
@pytest.mark.parametrize("heard", HEARD, ids=lambda event: type(event).__name__)
def test_whatever_is_heard_after_the_modem_was_away_begins_a_call_of_its_own(state: State, heard: Event) -> None:
    call, _, now = call_that_was_in(state)
    assert call.state is State.LOST
    after, actions = step(call, heard, now + 5.0)
    assert after.over
    assert actions == (Finish(Outcome.INTERRUPTED), OpenNext(((heard, now + 5.0),), blind=True))


@pytest.mark.parametrize("state", [State.SEIZING, State.HOLDING, State.RELEASING], ids=lambda state: state.name)
def test_a_modem_that_goes_away_with_the_line_is_told_to_let_go_of_it(state: State) -> None:
    assert call_that_was_in(state)[1] == [GoOnHook()]


@pytest.mark.parametrize("state", [State.WAITING, State.RINGING, State.GUARDING, State.LOST], ids=lambda s: s.name)
def test_a_modem_that_goes_away_without_the_line_is_told_nothing(state: State) -> None:
    assert call_that_was_in(state)[1] == []


@pytest.mark.parametrize("state", list(WAYS), ids=lambda state: state.name)
def test_a_modem_that_stays_away_or_keeps_failing_ends_the_call_within_the_gap(state: State) -> None:
    call, _, now = call_that_was_in(state)
    again, actions = step(call, ModemGone(), now + 3.0)
    assert (again, actions) == (call, ())
    assert again.deadline <= now + US.gap
    ended, actions = step(again, Deadline(), again.deadline)
    assert ended.over
    assert actions == (Finish(Outcome.INTERRUPTED),)


def test_a_number_whose_report_stays_half_read_is_judged_and_kept_for_the_row() -> None:
    line = Line(lambda _report, early: None if early else Treatment.DROP)
    line.at(0.0, Rang())
    line.at(3.2, NumberKnown(NAMELESS_PEST))
    line.at(3.3, ModemGone())
    assert [action for _, action in line.did] == [Screen(NAMELESS_PEST, early=True), Screen(NAMELESS_PEST)]
    assert line.finish() == [Outcome.INTERRUPTED]
    assert hooks(line) == []


def test_a_caller_who_rings_where_a_blocked_one_was_lost_is_not_dropped_for_him() -> None:
    line = Line(pest_is_listed, hears=False)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))  # refused, so that it would be tried again at a ring
    line.at(3.5, ModemGone())
    line.hears = True
    line.at(9.0, Rang())
    line.at(12.3, Reported(Shown(AUNT)))
    line.at(15.0, Rang())
    assert line.finish() == [Outcome.INTERRUPTED, Outcome.RANG_OUT]
    assert [call.report for _, call in line.over] == [NAMELESS_PEST, Shown(AUNT)]
    assert [(call.rings, at) for (_, call), at in zip(line.over, (0.0, 9.0), strict=True)] == [(1, 0.0), (2, 9.0)]
    assert hooks(line) == DROPPED_ONCE  # the one that was refused, and its on-hook


@pytest.mark.parametrize("timing", [US, GB, DE], ids=["US", "GB", "DE"])
def test_a_call_that_rings_on_after_the_modem_was_away_rings_though_the_nameless_are_to_be_dropped(
    timing: Timing,
) -> None:
    line = Line(drop_the_nameless, timing=timing)
    line.at(0.0, Rang(), Reported(Shown(AUNT)))
    line.at(1.0, ModemGone())
    for ring in range(1, 5):
        line.at(ring * timing.period, Rang())
    assert line.finish() == [Outcome.INTERRUPTED, Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_blocked_caller_who_rings_after_the_modem_was_away_is_dropped_when_his_own_report_comes() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(4.0, ModemGone())
    line.at(9.0, Rang())
    line.at(12.3, Reported(Shown(PEST)))
    assert line.hook() == [(12.3, "GoOffHook")]
    assert line.finish() == [Outcome.INTERRUPTED, Outcome.DROPPED]


def test_a_second_loss_within_the_next_call_makes_that_one_lost_as_well() -> None:
    line = Line(drop)
    for at in (0.0, 8.0, 16.0):
        line.at(at, Rang())
        line.at(at + 1.0, ModemGone())
    assert line.finish() == [Outcome.INTERRUPTED] * 3
    assert hooks(line) == []


def test_another_callers_report_that_waited_for_a_line_whose_modem_went_away_has_its_row_and_no_off_hook() -> None:
    line = Line(drop)
    line.at(0.0, Rang(), Reported(NAMELESS_PEST))
    line.at(1.0, NumberKnown(Shown(AUNT)), Reported(Shown(AUNT)))
    line.at(1.5, Rang(), ModemGone())
    assert hooks(line) == DROPPED_ONCE
    line.at(6.0, Rang())
    assert line.finish() == [Outcome.INTERRUPTED, Outcome.INTERRUPTED, Outcome.RANG_OUT]
    assert [call.report for _, call in line.over] == [NAMELESS_PEST, Shown(AUNT), None]
    assert hooks(line) == DROPPED_ONCE
