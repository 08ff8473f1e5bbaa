"""Which fields make one report: its end, what comes late, and that no name lands on another caller's number."""

from itertools import permutations

import pytest

from hardware.events import Absence, CallerIdReported, CallerNumberReceived, CallType
from hardware.fields import Kind
from hardware.raw_messages import LATE, LATE_AFTER_RING
from hardware.report import DEADLINE, PAUSE, PAUSE_WITHOUT_NUMBER

from .report_desk import DATE, FULL, NAME, NMBR, NUMBER, RING, TIME, reports, said, told


@pytest.mark.parametrize("order", list(permutations((DATE, TIME, NMBR, NAME))))
def test_the_last_of_the_four_fields_ends_the_report_in_every_order(order: tuple[str, ...]) -> None:
    events = told(*[(n / 100, line) for n, line in enumerate(order)])
    assert events == [(order.index(NMBR) / 100, NUMBER), (0.03, FULL)]


def test_without_a_name_a_pause_ends_the_report() -> None:
    assert told((0, DATE), (0, TIME), (0, NMBR)) == [
        (0, NUMBER),
        (PAUSE, CallerIdReported("2025550117", date="01-17", time="14:52")),
    ]


def test_however_the_fields_drip_in_the_report_ends_at_its_deadline() -> None:
    events = told((0, NMBR), (0.45, NAME), (0.9, DATE), (1.35, "NDID=5550100"), (1.8, TIME))
    assert events[:2] == [
        (0, NUMBER),
        (DEADLINE, CallerIdReported("2025550117", "AIRY LAYOUT", None, "01-17", None, "5550100")),
    ]
    assert events[2][1] == CallerIdReported("2025550117", "AIRY LAYOUT", None, "01-17", "14:52", "5550100", amends=True)


def test_fields_that_say_nothing_new_do_not_hold_the_report_open() -> None:
    events = told((0, NMBR), (0.3, "MESG = 0000"), (0.4, NMBR), (0.45, "ANID=<NONE>"))
    assert events[-1] == (PAUSE, CallerIdReported("2025550117"))


def test_a_ring_ends_the_report() -> None:
    assert told((0, NMBR), (0.1, RING)) == [(0, NUMBER), (0.1, CallerIdReported("2025550117"))]


def test_a_name_waits_longer_for_its_number_than_a_number_for_its_name() -> None:
    assert told((0, NAME)) == [(PAUSE_WITHOUT_NUMBER, CallerIdReported(name="AIRY LAYOUT"))]


@pytest.mark.parametrize("order", list(permutations((DATE, TIME, NMBR, NAME))))
@pytest.mark.parametrize("apart", [0.1, 0.3, 0.6, 1.0, 2.0, 3.0])
def test_fields_up_to_three_seconds_apart_end_up_in_one_whole_report(order: tuple[str, ...], apart: float) -> None:
    told_of = reports(*[(n * apart, line) for n, line in enumerate(order)])
    last = told_of[-1]
    assert isinstance(last, CallerIdReported)
    assert (last.number, last.name, last.date, last.time) == (FULL.number, FULL.name, FULL.date, FULL.time)
    assert [event.amends for event in told_of if isinstance(event, CallerIdReported)] == [False] + [True] * (
        len(told_of) - 1
    )


@pytest.mark.parametrize("order", list(permutations((NMBR, NAME))))
@pytest.mark.parametrize("apart", [0.6, 1.0, 2.0, 3.0])
def test_a_ring_between_number_and_name_does_not_part_them(order: tuple[str, ...], apart: float) -> None:
    events = told((0, order[0]), (apart / 2, RING), (apart, order[1]))
    assert [event for _, event in events if event == NUMBER] == [NUMBER]
    assert events[-1][1] == CallerIdReported("2025550117", "AIRY LAYOUT", amends=True)


def test_a_late_name_is_reported_with_the_whole_report() -> None:
    assert told((0, DATE), (0, TIME), (0, NMBR), (3, NAME))[-1] == (
        3 + PAUSE,
        CallerIdReported("2025550117", "AIRY LAYOUT", None, "01-17", "14:52", amends=True),
    )


@pytest.mark.parametrize(("rings", "late"), [([], LATE + 0.1), ([1.0], LATE_AFTER_RING + 0.1)])
def test_a_name_that_comes_too_late_is_nobody_s(rings: list[float], late: float) -> None:
    events = reports((0, NMBR), *[(ring, RING) for ring in rings], (late, NAME))
    assert events == [CallerIdReported("2025550117"), CallerIdReported(name="AIRY LAYOUT")]


def test_a_name_before_its_number_does_not_land_on_the_caller_before() -> None:
    # The call before had no name; the next one begins with its name, 3.5 s later and after its ring.
    events = told((0, "NMBR=2025550171"), (2.5, RING), (3.5, NAME), (3.6, NMBR))
    assert [event for _, event in events] == [
        CallerNumberReceived("2025550171", None),
        CallerIdReported("2025550171"),
        NUMBER,
        CallerIdReported("2025550117", "AIRY LAYOUT"),
    ]


def test_a_repeated_date_begins_another_report_so_its_name_does_not_join_the_one_before() -> None:
    events = reports((0, DATE), (0, TIME), (0, "NMBR=2025550171"), (3, DATE), (3.8, NAME), (4.2, NMBR))
    assert events == [
        CallerIdReported("2025550171", date="01-17", time="14:52"),
        CallerIdReported("2025550117", "AIRY LAYOUT", date="01-17"),
    ]


def test_another_number_is_another_report_even_without_ring_or_pause() -> None:
    events = reports((0, NMBR), (0, "NMBR=2025550171"), (0, NAME))
    assert events == [CallerIdReported("2025550117"), CallerIdReported("2025550171", "AIRY LAYOUT")]


def test_a_number_sent_another_way_after_a_ring_is_another_caller_s() -> None:
    events = reports((0, "DDN_NMBR=2025550171"), (2.5, RING), (3.5, NMBR), (3.5, NAME))
    assert events == [CallerIdReported("2025550171"), CallerIdReported("2025550117", "AIRY LAYOUT")]


def test_the_first_number_wins_over_the_o_that_masks_it() -> None:
    assert told((0, NMBR), (0, "NMBR=O"))[0] == (0, NUMBER)
    assert reports((0, NMBR), (0, "NMBR=O"), (0, NAME)) == [CallerIdReported("2025550117", "AIRY LAYOUT")]
    assert reports((0, NMBR), (0.7, "NMBR=O")) == [CallerIdReported("2025550117")]


def test_a_withheld_call_after_a_ring_is_a_call_of_its_own() -> None:
    events = reports((0, NMBR), (2, RING), (3, "NMBR=P"))
    assert events == [CallerIdReported("2025550117"), CallerIdReported(absence=Absence.PRIVATE)]


def test_a_copy_of_a_report_is_the_same_caller() -> None:
    copy = ((0.0, DATE), (0.0, TIME), (0.0, NMBR), (0.0, NAME))
    assert [event for _, event in told(*copy, *copy, *copy)] == [NUMBER, FULL]


def test_the_same_caller_calling_again_after_six_seconds_is_reported_again() -> None:
    again = told((0, NMBR), (5, RING), (6, NMBR))
    assert [event for _, event in again] == [NUMBER, CallerIdReported("2025550117")] * 2


def test_a_date_alone_is_nobody() -> None:
    assert told((0, DATE), (0.1, TIME), (1, RING)) == []
    assert told((0, DATE), (0.1, TIME)) == []


def test_the_dialled_number_and_the_number_to_call_back_stand_beside_the_caller() -> None:
    assert reports((0, NMBR), (0, "NDID=5550100")) == [CallerIdReported("2025550117", dialled="5550100")]
    assert reports((0, NMBR), (0, "DDN_NMBR=12025550199")) == [CallerIdReported("2025550117", dialable="12025550199")]


def test_the_number_to_call_back_stands_for_the_caller_when_there_is_no_other() -> None:
    assert reports((0, "NAME = O"), (0, "DDN_NMBR= 9195550140")) == [
        CallerIdReported("9195550140", name_absence=Absence.UNAVAILABLE)
    ]


def test_an_empty_number_to_call_back_yields_to_the_caller_s_own() -> None:
    events = told((0, "DDN_NMBR="), (0.1, NMBR))
    assert [event for _, event in events] == [NUMBER, CallerIdReported("2025550117")]
    alone = [event for _, event in told((0, "DDN_NMBR="))]
    missing = Absence.UNAVAILABLE
    assert alone == [CallerNumberReceived(None, missing), CallerIdReported(absence=missing)]


def test_frame_lines_end_a_report_at_once() -> None:
    events = told((0, "CALLING MSG"), (0, "NBR=01632960123"), (0, "END MSG"))
    assert events == [(0, CallerNumberReceived("01632960123", None)), (0, CallerIdReported("01632960123"))]


def test_a_date_waits_for_its_caller_across_one_ring_and_no_longer() -> None:
    british = [(0.5, RING), (1.1, RING)]  # one ring of two bursts
    late = [(1.5, NMBR), (1.8, NAME)]
    assert reports((0.0, DATE), *british, *late)[-1] == CallerIdReported(
        number="2025550117", name="AIRY LAYOUT", date="01-17"
    )
    assert reports((0.0, DATE), *british, (1.3, RING), *late)[-1] == CallerIdReported(
        number="2025550117", name="AIRY LAYOUT"
    )


def test_a_name_behind_a_ring_does_not_complete_the_report_before_a_date() -> None:
    before = [(0.0, NMBR), (1.0, DATE), (3.0, DATE.replace("17", "18"))]
    assert reports(*before, (4.0, RING), (4.5, NAME))[-1] == CallerIdReported(name="AIRY LAYOUT", date="01-18")


def test_a_name_that_comes_with_a_reason_for_none_keeps_the_reason() -> None:
    events = reports((0, NMBR), (0, "CALLER NAME:"), (0, "REASON FOR NO CALLER NAME: PRIVATE"), (0, "TIME=1452"))
    assert events == [CallerIdReported("2025550117", time="14:52", name_absence=Absence.PRIVATE)]
    assert reports((0, NMBR), (0, "NAME = P")) == [CallerIdReported("2025550117", name_absence=Absence.PRIVATE)]


def test_what_the_network_says_of_the_call_is_kept() -> None:
    events = reports((0, "MESG = 110110"), (0, "MESG = 06014C"), (0, NMBR), (0, "DIVERTING NUMBER: 02079460199"))
    assert events == [
        CallerIdReported("2025550117", call_type=CallType.EXTERNAL, long_distance=True, forwarded_by="02079460199")
    ]


def test_the_type_of_a_call_waits_for_its_caller_across_a_ring_as_its_date_does() -> None:
    assert reports((0, "MESG = 110101"), (0.5, RING), (1.5, NMBR)) == [
        CallerIdReported("2025550117", call_type=CallType.VOICE)
    ]
    assert said((0, "MESG = 110101")) == []


def test_the_kinds_of_fields_are_all_spoken_for() -> None:
    # A kind that the assembly does not know would end up in no report: take() lists those that are not of a call.
    of_a_report = set(Kind) - {Kind.WAITING, Kind.RAW, Kind.DAMAGED, Kind.STARTS, Kind.ENDS}
    of_a_report -= {Kind.HALF, Kind.UNUSED, Kind.RANG}
    assert {kind.value for kind in of_a_report} - {"number"} <= set(CallerIdReported.__dataclass_fields__)
