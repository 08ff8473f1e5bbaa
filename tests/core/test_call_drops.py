"""Dropping a call: pressed, refused, ringing on, and a modem or a loop that fails in the middle of it."""

import pytest

from appliance.core.call import (
    Decided,
    DropAsked,
    GoOffHook,
    ModemGone,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
    Timing,
    WentOffHook,
)
from appliance.core.household import Mode, Treatment
from tests.core.driver import (
    AUNT,
    DE,
    DROPPED_ONCE,
    GB,
    NAMELESS_PEST,
    US,
    Line,
    drop,
    drop_the_nameless,
    hooks,
    pest_is_listed,
    ring,
)
from tests.core.reports import Shown


def test_block_pressed_while_the_bell_sounds_drops_now() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(6.0, Rang())
    line.at(7.0, DropAsked(Mode.ON))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (7.0, "GoOffHook")


def test_block_pressed_in_silence_drops_at_the_next_ring() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(4.0, DropAsked(Mode.ON))
    line.at(6.0, Rang())
    assert line.hook() == [(6.0, "GoOffHook")]


def test_block_pressed_after_somebody_took_the_call_never_cuts_it() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(5.0, DropAsked(Mode.ON))
    line.at(5.1, Reported(Shown(AUNT, "LATE NAME"), amends=True))
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_pressed_block_is_not_hurried_by_the_decision_that_follows_from_it() -> None:
    line = Line(drop)
    line.at(0.0, Rang())
    line.at(3.0, DropAsked(Mode.ON))
    assert hooks(line) == []
    line.at(6.0, Rang())
    assert line.hook() == [(6.0, "GoOffHook")]


def test_a_line_that_rings_on_is_dropped_three_times_and_then_said_to_be_at_fault() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    for second in range(6, 90, 6):
        line.at(float(second), Rang())
    assert line.finish() == [Outcome.DROP_FAILED]
    assert hooks(line) == DROPPED_ONCE * 3


def test_a_refused_off_hook_is_tried_again_after_the_next_ring_has_sounded() -> None:
    line = Line(pest_is_listed, hears=False)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(6.0, Rang())
    line.hears = True
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[2] == (8.5, "GoOffHook")


def test_a_refused_off_hook_of_a_caller_who_gives_up_is_no_drop() -> None:
    line = Line(pest_is_listed, hears=False)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.RANG_OUT]


def test_the_ring_that_our_off_hook_cut_short_is_no_sign_of_failure() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(5.9, Reported(NAMELESS_PEST))
    line.at(6.2, Rang())
    assert line.finish() == [Outcome.DROPPED]
    assert hooks(line) == DROPPED_ONCE


def test_a_ring_that_goes_on_while_we_hold_the_line_is_tried_again() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(4.5, Reported(NAMELESS_PEST))
    line.at(6.0, Rang())
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[2] == (8.5, "GoOffHook")


def test_a_modem_lost_before_the_report_never_blocks_for_want_of_it() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    line.at(1.0, ModemGone())
    line.at(6.0, Rang())
    line.at(12.0, Rang())
    assert line.finish() == [Outcome.INTERRUPTED, Outcome.RANG_OUT]  # nobody can know that it is the same call
    assert hooks(line) == []


def test_a_modem_that_comes_back_with_a_report_can_drop() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    line.at(1.0, ModemGone())
    line.at(6.0, Rang())
    line.at(9.3, Reported(NAMELESS_PEST))
    assert line.hook() == [(9.3, "GoOffHook")]


def test_a_modem_lost_for_good_ends_the_call_as_interrupted() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(4.0, ModemGone())
    assert line.finish() == [Outcome.INTERRUPTED]


def test_a_modem_lost_while_it_holds_the_line_is_told_to_let_go() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(4.0, ModemGone())
    assert line.finish() == [Outcome.INTERRUPTED]
    assert hooks(line) == DROPPED_ONCE


def test_a_late_confirmation_of_off_hook_is_answered_by_on_hook() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(4.0, WentOffHook())
    assert hooks(line) == ["GoOnHook"]
    assert line.call is not None
    assert line.call.state is State.RINGING


def test_a_loop_that_slept_through_deadlines_neither_drops_late_nor_loses_the_ring_that_woke_it() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(12.0, Rang())
    line.feed(Rang(), 300.0)
    line.now = 300.0
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE


def test_a_report_read_just_after_its_time_is_not_judged_as_none_first() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    line.feed(Reported(Shown(AUNT)), 4.6)
    assert [action for _, action in line.did] == [Screen(Shown(AUNT))]


def test_a_failure_to_decide_lets_the_phone_ring() -> None:
    line = Line(lambda _report, _early: None)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(6.0, Rang())
    assert line.finish() == [Outcome.RANG_OUT]


@pytest.mark.parametrize("timing", [US, GB, DE], ids=["US", "GB", "DE"])
def test_the_guard_is_over_within_a_period_and_a_margin(timing: Timing) -> None:
    line = Line(pest_is_listed, timing=timing)
    line.at(0.0, Rang(), Reported(NAMELESS_PEST))
    line.run_to(2.6 + timing.period + 1.1)
    assert line.outcomes() == [Outcome.DROPPED]


def test_an_off_hook_is_never_asked_for_twice_without_an_on_hook_between() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang(), Reported(NAMELESS_PEST), DropAsked(Mode.ON))
    assert [type(a) for _, a in line.did].count(GoOffHook) == 1


def test_a_block_undone_before_the_next_ring_lets_the_phone_ring_on() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(4.0, DropAsked(Mode.ON))
    line.at(5.0, Decided(Treatment.RING, Mode.ON))
    line.at(6.0, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []
