"""One call: what is done, and when, told as a line would live it."""

import pytest

from appliance.core.call import (
    DropAsked,
    GoOffHook,
    ModemGone,
    NumberKnown,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
    Timing,
    WentOffHook,
)
from appliance.core.caller import Report
from appliance.core.household import Mode, Treatment
from hardware.cadence import cadence_of
from tests.core.driver import DE, GB, US, Line
from tests.core.reports import Shown, Why

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


def test_a_listed_number_is_dropped_at_once_and_held_for_two_seconds_and_a_half() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(NAMELESS_PEST))
    line.at(3.6, Reported(Shown(PEST, "ACME")))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook() == [(3.3, "GoOffHook"), (5.85, "GoOnHook")]
    call = line.over[0][1]
    assert call.report == Shown(PEST, "ACME")
    assert call.rings == 1


def test_an_unknown_caller_rings_until_it_stops() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)), Reported(Shown(AUNT, "AUNT MAY")))
    for second in (6.0, 12.0, 18.0):
        line.at(second, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []
    assert line.over[0][1].rings == 4


def test_several_ring_lines_within_one_ring_are_one_ring() -> None:
    line = Line(ring)
    for second in (0.0, 0.1, 2.0, 6.0, 8.0, 12.0, 14.0):
        line.at(second, Rang())
    line.finish()
    assert line.over[0][1].rings == 3


def test_a_modem_that_prints_ring_every_two_seconds_still_gets_past_the_first_ring() -> None:
    line = Line(ring)
    for second in range(0, 20, 2):
        line.at(float(second), Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert line.over[0][1].rings >= 4


def test_no_report_by_its_time_is_decided_as_no_caller_id() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (4.5, "GoOffHook")


def test_no_report_by_the_second_ring_is_decided_as_no_caller_id() -> None:
    line = Line(ring, timing=GB)
    line.at(0.0, Rang())
    line.at(3.0, Rang())
    assert (3.0, Screen(None)) in line.did


def test_a_report_after_no_caller_id_was_decided_is_decided_again() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(6.0, Rang())
    line.at(9.0, Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (9.0, "GoOffHook")


def test_a_late_report_in_long_silence_waits_for_a_ring_since_somebody_may_have_answered() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(7.5, Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_late_report_in_long_silence_drops_at_the_next_ring() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(7.5, Reported(NAMELESS_PEST))
    line.at(8.0, Rang())
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (8.0, "GoOffHook")


def test_a_name_that_comes_later_can_still_drop_the_call() -> None:
    line = Line(lambda r, early: None if early else Treatment.DROP if r and r.name == "SPAM?" else Treatment.RING)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)))
    line.at(3.6, Reported(Shown(AUNT)))
    line.at(4.4, Reported(Shown(AUNT, "SPAM?"), amends=True))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (4.4, "GoOffHook")
    assert line.over[0][1].report == Shown(AUNT, "SPAM?")


def test_a_name_that_comes_later_can_still_save_the_call() -> None:
    line = Line(lambda r, early: None if early else Treatment.RING if r and r.name == "AUNT MAY" else Treatment.DROP)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)))
    line.at(4.0, Reported(Shown(AUNT, "AUNT MAY")))
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_caller_permitted_while_we_hold_the_line_is_hung_up_as_planned_and_not_dropped_again() -> None:
    line = Line(lambda r, _: Treatment.RING if r and r.name == "AUNT MAY" else Treatment.DROP)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)))
    line.at(4.0, Reported(Shown(AUNT, "AUNT MAY")))
    line.at(12.0, Rang())
    line.at(18.0, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE
    assert line.over[0][1].treatment is Treatment.RING


def test_a_caller_permitted_too_late_is_told_honestly_as_dropped() -> None:
    line = Line(lambda r, _: Treatment.RING if r and r.name == "AUNT MAY" else Treatment.DROP)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)))
    line.at(4.0, Reported(Shown(AUNT, "AUNT MAY")))
    assert line.finish() == [Outcome.DROPPED]


def test_a_report_before_the_first_ring_waits_for_the_ring() -> None:
    line = Line(pest_is_listed, timing=GB)
    line.at(0.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(0.8, Rang())
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (0.8, "GoOffHook")


def test_a_report_without_any_ring_is_a_waiting_call_and_is_never_answered() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.WAITING_CALL]
    assert hooks(line) == []


@pytest.mark.parametrize(
    ("mode", "outcome"), [(Mode.REHEARSAL, Outcome.WOULD_DROP), (Mode.OFF, Outcome.RANG_OUT)], ids=["rehearsal", "off"]
)
def test_rehearsal_and_off_decide_and_never_touch_the_line(mode: Mode, outcome: Outcome) -> None:
    line = Line(drop, mode=mode)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(6.0, Rang(), DropAsked(mode))
    line.at(12.0, Rang())
    assert line.finish() == [outcome]
    assert hooks(line) == []
    assert line.over[0][1].treatment is Treatment.DROP


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


def test_a_wanted_caller_three_seconds_after_a_dropped_one_gets_through() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(9.0, Rang())
    line.at(12.3, NumberKnown(Shown(AUNT)), Reported(Shown(AUNT)))
    line.at(15.0, Rang())
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE
    assert [call.rings for _, call in line.over] == [1, 2]


def test_a_listed_caller_three_seconds_after_another_call_is_a_call_of_its_own() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(Shown(AUNT)), Reported(Shown(AUNT)))
    line.at(6.0, Rang())
    line.at(11.0, Rang())
    line.at(14.3, NumberKnown(NAMELESS_PEST))
    assert line.finish() == [Outcome.RANG_OUT, Outcome.DROPPED]
    assert [call.rings for _, call in line.over] == [2, 1]
    assert line.hook()[0] == (14.3, "GoOffHook")


def test_the_same_listed_caller_right_after_being_dropped_is_a_call_of_its_own() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(9.0, Rang())
    line.at(12.3, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.DROPPED, Outcome.DROPPED]
    assert [call.attempts for _, call in line.over] == [1, 1]


def test_a_withheld_caller_right_after_a_dropped_one_is_a_call_of_its_own() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(9.0, Rang())
    line.at(12.3, Reported(Shown(absence=Why.PRIVATE)))
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE


def test_an_absence_right_after_the_number_is_a_mask_and_no_new_call() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(3.4, Reported(Shown(absence=Why.UNAVAILABLE)))
    assert line.finish() == [Outcome.RANG_OUT]
    assert line.over[0][1].report == Shown(AUNT)


def test_a_report_of_another_caller_while_we_hold_the_line_is_opened_when_it_is_free() -> None:
    line = Line(pest_is_listed, timing=GB)
    line.at(0.0, Rang(), Reported(NAMELESS_PEST))
    line.at(2.0, NumberKnown(Shown(AUNT)), Reported(Shown(AUNT)))
    line.at(2.4, Rang())
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE
    assert line.over[1][1].rings == 1


def test_a_name_without_a_number_is_joined_by_the_number_that_follows() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(name="AUNT MAY")))
    line.at(3.6, NumberKnown(Shown(AUNT, "AUNT MAY")), Reported(Shown(AUNT, "AUNT MAY"), amends=True))
    assert line.finish() == [Outcome.RANG_OUT]
    assert line.over[0][1].report == Shown(AUNT, "AUNT MAY")


def test_a_modem_lost_before_the_report_never_blocks_for_want_of_it() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    line.at(1.0, ModemGone())
    line.at(6.0, Rang())
    line.at(12.0, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
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


@pytest.mark.parametrize("country", ["US", "GB", "DE", "FR", "JP", "SE"])
def test_the_timing_of_a_country_leaves_room_for_the_report(country: str) -> None:
    timing = Timing.of(cadence_of(country))
    assert timing.sounding + 1.5 < timing.report_wait < timing.gap
    assert timing.same_ring < timing.period < timing.gap


def test_an_off_hook_is_never_asked_for_twice_without_an_on_hook_between() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang(), Reported(NAMELESS_PEST), DropAsked(Mode.ON))
    assert [type(a) for _, a in line.did].count(GoOffHook) == 1
