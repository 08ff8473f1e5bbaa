"""One call: what is decided, and when, told as a line would live it."""

import pytest

from appliance.core.call import (
    DropAsked,
    NumberKnown,
    Outcome,
    Rang,
    Reported,
    Screen,
    Timing,
)
from appliance.core.household import Mode, Treatment
from hardware.cadence import cadence_of
from tests.core.driver import (
    AUNT,
    DROPPED_ONCE,
    GB,
    NAMELESS_PEST,
    PEST,
    Line,
    drop,
    drop_the_nameless,
    hooks,
    pest_is_listed,
    ring,
)
from tests.core.reports import Shown, Why


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


@pytest.mark.parametrize("country", ["US", "GB", "DE", "FR", "JP", "SE"])
def test_the_timing_of_a_country_leaves_room_for_the_report(country: str) -> None:
    timing = Timing.of(cadence_of(country))
    assert timing.sounding + 1.5 < timing.report_wait < timing.gap
    assert timing.same_ring < timing.period < timing.gap
