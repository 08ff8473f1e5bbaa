"""A line that somebody else has is theirs: another telephone in use or lifted, and calls that wait behind a call."""

import pytest

from appliance.core.call import (
    Damaged,
    Decided,
    HandsetLifted,
    LineInUse,
    NumberKnown,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
    WentOffHook,
    begin,
    step,
)
from appliance.core.call_moves import RELEASE_LIMIT_S
from appliance.core.household import Mode, Treatment
from tests.core.driver import (
    AUNT,
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
    ring,
)
from tests.core.reports import Shown, Why

BROKEN = Damaged("The check sum is wrong.", Shown(PEST, "AUNT MAY"))


def pest_rings(line: Line) -> Line:
    line.at(0.0, Rang())
    line.at(3.3, Reported(NAMELESS_PEST))
    return line


def test_a_line_found_in_use_is_left_alone_and_not_tried_again() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.answers.clear()  # instead of "off-hook" the modem says that another telephone is in use
    line.at(3.35, LineInUse())
    for second in (6.0, 12.0):
        line.at(second, Rang())
    assert line.finish() == [Outcome.LINE_IN_USE]
    assert hooks(line) == DROPPED_ONCE, "on-hook is made sure of, and that is all"
    assert line.over[0][1].rings == 3


def test_a_handset_lifted_while_we_hold_the_line_makes_us_let_go_at_once() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.at(4.0, HandsetLifted())
    assert line.finish() == [Outcome.LINE_IN_USE]
    assert line.hook() == [(3.3, "GoOffHook"), (4.0, "GoOnHook")]


def test_a_handset_lifted_before_off_hook_is_confirmed_makes_us_let_go_at_once() -> None:
    call, _ = step(begin(US, 0.0), Rang(), 0.0)
    call, _ = step(call, Reported(NAMELESS_PEST), 3.3)
    call, _ = step(call, Decided(Treatment.DROP, Mode.ON), 3.3)
    call, _ = step(call, HandsetLifted(), 3.31)
    call, _ = step(call, WentOffHook(), 3.35)  # the late answer changes nothing: on-hook is asked for already
    assert call.state is State.RELEASING
    assert call.deadline == 3.31 + RELEASE_LIMIT_S


def test_a_call_that_somebody_has_taken_is_not_dropped_when_its_report_comes_late() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(2.5, HandsetLifted())
    line.at(3.3, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.LINE_IN_USE]
    assert hooks(line) == []


@pytest.mark.parametrize("report_at", [0.2, 2.0], ids=["before", "after"])
def test_a_handset_that_noise_made_up_does_not_save_a_caller_who_rings_on(report_at: float) -> None:
    line = Line(pest_is_listed, timing=GB)
    line.at(0.0, Rang(), HandsetLifted())
    line.at(report_at, Reported(NAMELESS_PEST))
    line.at(3.0, Rang())  # a line that somebody has does not ring
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (3.0, "GoOffHook")


def test_the_ring_that_was_cut_by_lifting_a_handset_does_not_count_as_another() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(5.9, HandsetLifted())
    line.at(6.1, Rang(), Reported(NAMELESS_PEST))  # printed late, and call waiting right after it
    line.finish()
    assert hooks(line) == []


def test_a_wanted_call_that_somebody_takes_rang_like_any_other() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(5.0, HandsetLifted())
    assert line.finish() == [Outcome.RANG_OUT]


def test_a_handset_lifted_after_the_drop_begins_a_call_of_its_own() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.at(8.0, HandsetLifted())
    assert line.finish() == [Outcome.DROPPED]


def test_a_handset_lifted_when_it_rings_on_after_the_drop_takes_the_call() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.at(9.0, Rang())
    line.at(9.5, HandsetLifted())
    assert line.finish() == [Outcome.LINE_IN_USE]
    assert hooks(line) == DROPPED_ONCE


@pytest.mark.parametrize(
    ("rings", "own"),
    [((0.0, 6.0), False), ((0.0, 6.4), False), ((0.0, 6.0, 12.1), False), ((0.0, 6.0, 11.0), True)],
)
def test_call_waiting_right_after_somebody_answered_is_not_taken_for_the_ring_before_it(
    rings: tuple[float, ...], own: bool
) -> None:
    """The second ring was the first caller's, in its rhythm; a report that follows it belongs to a call that waits."""
    line = Line(pest_is_listed)
    line.at(rings[0], Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    for second in rings[1:]:
        line.at(second, Rang())
    line.at(rings[-1] + 3.3, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    expected = [Outcome.RANG_OUT, Outcome.DROPPED] if own else [Outcome.RANG_OUT, Outcome.WAITING_CALL]
    assert line.finish() == expected
    assert bool(hooks(line)) is own


def test_where_reports_come_before_the_ring_one_after_it_is_of_call_waiting() -> None:
    line = Line(pest_is_listed, timing=GB)
    line.at(0.0, Reported(Shown(AUNT)))
    line.at(0.8, Rang())
    line.at(3.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    assert line.finish() == [Outcome.RANG_OUT, Outcome.WAITING_CALL]
    assert hooks(line) == []


def test_a_waiting_caller_who_rings_after_all_is_dropped_at_that_ring() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(4.0, Rang())  # the exchange rings back when the handset is put down
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (4.0, "GoOffHook")


# Caller ID that arrived damaged


def test_a_damaged_report_is_decided_at_once_as_none() -> None:
    line = Line(drop_the_nameless)
    line.at(0.0, Rang())
    line.at(3.3, BROKEN)
    assert (3.3, Screen(None)) in line.did
    assert line.finish() == [Outcome.DROPPED]
    call = line.over[0][1]
    assert (call.report, call.damaged) == (None, BROKEN)


def test_what_could_be_read_of_a_damaged_report_decides_nothing() -> None:
    line = Line(pest_is_listed)  # the readable number is the pest's
    line.at(0.0, Rang())
    line.at(3.3, BROKEN)
    line.at(6.0, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_damaged_report_before_the_first_ring_is_of_the_call_that_rings_then() -> None:
    line = Line(ring, timing=GB)
    line.at(0.0, BROKEN)
    line.at(0.8, Rang())
    assert line.finish() == [Outcome.RANG_OUT]
    assert line.over[0][1].damaged is BROKEN


def test_a_damaged_report_changes_nothing_about_a_caller_who_is_known() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)), BROKEN)
    assert line.finish() == [Outcome.RANG_OUT]
    assert line.over[0][1].damaged is None


def test_a_damaged_report_while_we_hold_another_call_waits_and_is_recorded() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.at(4.0, BROKEN)
    assert line.finish() == [Outcome.DROPPED, Outcome.WAITING_CALL]
    assert line.over[1][1].damaged is BROKEN
    assert hooks(line) == DROPPED_ONCE


def test_a_damaged_report_while_we_hold_its_own_call_completes_the_row() -> None:
    line = Line(drop)
    line.at(0.0, Rang())
    line.at(5.0, BROKEN)  # no report had come by 4.5 s, so it is being dropped
    assert line.finish() == [Outcome.DROPPED]
    assert line.over[0][1].damaged is BROKEN


def test_a_damaged_report_after_the_drop_of_a_known_caller_begins_another_call() -> None:
    line = pest_rings(Line(pest_is_listed))
    line.at(9.0, Rang())
    line.at(12.3, BROKEN)
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert line.over[1][1].rings == 1


def test_a_damaged_report_soon_after_the_drop_of_an_unknown_caller_is_still_of_that_call() -> None:
    line = Line(drop)
    line.at(0.0, Rang())
    line.at(7.5, BROKEN)  # dropped at 4.5 s, let go at 7 s
    assert line.finish() == [Outcome.DROPPED]
    assert line.over[0][1].damaged is BROKEN


# How it rings


def ring_b_is_permitted(line: Line) -> None:
    """The pest is listed, but calls that ring as B are permitted; early answers wait while that is not known."""

    def decide(report: object, early: bool) -> Treatment | None:
        assert line.call is not None
        if line.call.pattern == "B":
            return Treatment.RING
        return None if early else pest_is_listed(report, early)  # type: ignore[arg-type]  # a Report or None

    line.decide = decide


def test_the_pattern_of_a_call_is_the_first_that_any_of_its_rings_told() -> None:
    line = Line(ring)
    line.at(0.0, Rang())
    line.at(6.0, Rang("B"))
    line.at(12.0, Rang("A"))
    line.finish()
    assert line.over[0][1].pattern == "B"


def test_a_pattern_told_with_the_ring_that_would_drop_the_call_is_judged_first() -> None:
    line = Line(pest_is_listed, timing=GB)
    ring_b_is_permitted(line)
    line.at(0.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(0.8, Rang("B"))
    assert line.finish() == [Outcome.RANG_OUT]
    assert hooks(line) == []


def test_a_pattern_that_permits_nothing_costs_no_ring() -> None:
    line = Line(pest_is_listed, timing=GB)
    ring_b_is_permitted(line)
    line.at(0.0, NumberKnown(NAMELESS_PEST), Reported(NAMELESS_PEST))
    line.at(0.8, Rang("A"))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (0.8, "GoOffHook")


def test_a_pattern_told_late_can_still_drop_the_call() -> None:
    line = Line(lambda *_: Treatment.DROP if line.call and line.call.pattern == "B" else Treatment.RING)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(6.0, Rang("B"))
    assert line.finish() == [Outcome.DROPPED]
    assert line.hook()[0] == (6.0, "GoOffHook")


def test_a_ring_of_another_pattern_after_the_drop_is_another_call_even_without_any_report() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang("A"))
    line.at(3.3, Reported(NAMELESS_PEST))
    line.at(9.0, Rang("B"))
    line.at(15.0, Rang("B"))
    assert line.finish() == [Outcome.DROPPED, Outcome.RANG_OUT]
    assert hooks(line) == DROPPED_ONCE
    assert line.over[1][1].rings == 2


def test_a_withheld_caller_after_the_ring_rhythm_of_another_is_still_told_apart() -> None:
    line = Line(pest_is_listed)
    line.at(0.0, Rang())
    line.at(3.3, Reported(Shown(AUNT)))
    line.at(11.0, Rang())
    line.at(14.3, Reported(Shown(absence=Why.PRIVATE)))
    assert line.finish() == [Outcome.RANG_OUT, Outcome.RANG_OUT]
