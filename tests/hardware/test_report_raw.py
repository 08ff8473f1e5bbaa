"""Reports from raw messages and DTMF strings: whole at once, damaged once, and notices of waiting messages."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.dtmf_clip import clip_fields
from hardware.events import (
    Absence,
    CallerIdDamaged,
    CallerIdReported,
    CallerNumberReceived,
    CallerType,
    CallType,
    ForwardReason,
    MessageWaitingReported,
    RingDetected,
    UnsolicitedLine,
)
from hardware.raw_messages import COPY_WAIT

from . import caller_id_sender as sender
from .caller_id_sender import CALL_TYPE, CALLER, INDICATOR, MOMENT, NO_CALLER, in_hex, mdmf
from .report_desk import DATE, FULL, NAME, NMBR, NUMBER, RING, TIME, reports, said, told

WHOLE = CallerIdReported("2025550117", "AIRY LAYOUT", date="01-17", time="14:52")
BAD = in_hex(sender.PLAIN[:-1] + b"\x00")


def test_a_raw_message_is_a_whole_report_at_once() -> None:
    assert told((0.5, in_hex(sender.PLAIN))) == [(0.5, NUMBER), (0.5, WHOLE)]
    nameless = in_hex(mdmf((CALLER, b"2025550117")))
    assert told((0.5, nameless)) == [(0.5, NUMBER), (0.5, CallerIdReported("2025550117"))]


def test_everything_a_raw_message_says_is_in_its_report() -> None:
    assert said((0, in_hex(sender.RICH)))[-1] == CallerIdReported(
        "+442079460123",
        "Käthe Söder",
        date="01-17",
        time="14:52",
        forwarded_by="02079460199",
        call_type=CallType.VOICE,
        long_distance=True,
        forwarded_because=ForwardReason.ALWAYS,
        caller_type=CallerType.ORDINARY,
    )
    assert said((0, in_hex(sender.PRIVATE)))[-1] == CallerIdReported(
        absence=Absence.PRIVATE, name_absence=Absence.PRIVATE, date="03-21", time="14:05"
    )


def test_a_raw_message_wrapped_over_lines_is_one() -> None:
    lines = [(n / 100, line) for n, line in enumerate(sender.wrapped(sender.PLAIN))]
    assert told(*lines) == [(lines[-1][0], NUMBER), (lines[-1][0], WHOLE)]
    unspaced = [(second, line.replace(" ", "").lower()) for second, line in lines]
    assert [event for _, event in told(*unspaced)] == [NUMBER, WHOLE]
    assert [event for _, event in told((0.0, "MESG = " + lines[0][1]), *lines[1:])] == [NUMBER, WHOLE]


@pytest.mark.parametrize("digits", [9, 10, 11, 15, 16, 17, 31, 33])
def test_a_message_wrapped_anywhere_is_one_also_in_the_middle_of_a_byte(digits: int) -> None:
    data = sender.RICH  # 803F1101...
    spelled = in_hex(data)
    lines = [(0.0, spelled[n : n + digits]) for n in range(0, len(spelled), digits)]
    assert said(*lines) == said((0.0, spelled))
    spaced = [(0.0, line) for line in (sender.spaced(data)[:37], sender.spaced(data)[37:])]
    assert said(*spaced) == said((0.0, spelled))


@pytest.mark.parametrize("place", range(17, 2 * len(sender.PLAIN)))
def test_a_message_cut_at_any_digit_is_one(place: int) -> None:
    spelled = in_hex(sender.PLAIN)
    assert said((0.0, spelled[:place]), (0.0, spelled[place:])) == [NUMBER, WHOLE]


def test_a_whole_message_behind_half_a_byte_is_read_by_itself() -> None:
    spelled = in_hex(sender.PLAIN)
    assert said((0.0, spelled[:25]), (0.1, spelled)) == [NUMBER, WHOLE]


def test_messages_of_several_kinds_on_one_line_are_each_told() -> None:
    nameless = in_hex(mdmf((CALLER, b"2025550117")))
    assert said((0, in_hex(sender.PLAIN) + "82030B01FF70")) == [NUMBER, WHOLE, MessageWaitingReported(True)]
    assert said((0, nameless + in_hex(sender.PLAIN))) == [
        NUMBER,
        CallerIdReported("2025550117"),
        dataclasses.replace(WHOLE, amends=True),
    ]


def test_a_message_that_says_nothing_to_us_is_told_as_a_line() -> None:
    charges = mdmf((0x20, b"0100"), kind=0x86)
    assert said((0, in_hex(charges))) == [UnsolicitedLine("86 06 20 04 30 31 30 30 8F")]
    assert said((0, in_hex(sender.PLAIN)), (0, in_hex(charges)))[:2] == [NUMBER, WHOLE]
    assert said((0, NMBR), (0, in_hex(charges)), (0.1, NAME)) == [
        NUMBER,
        UnsolicitedLine("86 06 20 04 30 31 30 30 8F"),
        CallerIdReported("2025550117", "AIRY LAYOUT"),
    ]


def test_a_ring_that_ran_into_a_tag_is_both() -> None:
    assert said((0, "RINGNMBR=2025550117")) == [RingDetected(), NUMBER, CallerIdReported("2025550117")]


def test_a_second_call_whose_message_is_damaged_is_told() -> None:
    bad = in_hex(sender.PLAIN[:-1] + b"\x00")
    events = said((0, in_hex(sender.PLAIN)), (0.5, RING), (7.9, bad), (8.4, RING))
    assert [type(event) for event in events] == [CallerNumberReceived, CallerIdReported, CallerIdDamaged]
    other = mdmf((MOMENT, b"01171453"), (CALLER, b"2025550171"))
    events = said((0, RING), (1, NMBR), (1, NAME), (8, RING), (9, in_hex(other[:-1] + b"\x00")))
    assert [type(event) for event in events] == [CallerNumberReceived, CallerIdReported, CallerIdDamaged]


def test_a_ring_inside_a_wrapped_message_does_not_break_it() -> None:
    first, *rest = sender.wrapped(sender.PLAIN)
    assert said((0, first), (0.2, RING), *[(0.4, line) for line in rest]) == [NUMBER, WHOLE]


@pytest.mark.parametrize("gap", [0.0, 0.5, 3.0])
def test_copies_of_a_raw_message_are_one_caller(gap: float) -> None:
    copy = in_hex(sender.PLAIN)
    assert said((0, copy), (gap, copy), (2 * gap, copy.lower())) == [NUMBER, WHOLE]


def test_the_same_report_as_text_and_as_a_raw_message_is_one_caller() -> None:
    as_text = [(0.0, line) for line in (DATE, TIME, NMBR, NAME)]
    raw = (0.1, "MESG = " + in_hex(sender.PLAIN))
    assert said(*as_text, raw) == [NUMBER, FULL]
    assert said((0.0, raw[1]), *[(0.1, line) for _, line in as_text]) == [NUMBER, FULL]
    assert said((0.0, NMBR), raw) == [NUMBER, WHOLE]


def test_a_raw_message_of_another_caller_gets_no_name_and_gives_none() -> None:
    nameless = in_hex(mdmf((MOMENT, b"01171453"), (CALLER, b"2025550171")))
    assert reports((0, NMBR), (0, NAME), (0.1, nameless)) == [
        CallerIdReported("2025550117", "AIRY LAYOUT"),
        CallerIdReported("2025550171", date="01-17", time="14:53"),
    ]
    assert reports((0, nameless), (0.1, in_hex(sender.PLAIN))) == [
        CallerIdReported("2025550171", date="01-17", time="14:53"),
        WHOLE,
    ]


def test_a_withheld_call_behind_a_ring_is_its_own_in_raw_messages_as_well() -> None:
    private = in_hex(mdmf((NO_CALLER, b"P")))
    assert reports((0, in_hex(sender.PLAIN)), (2, RING), (3, private)) == [
        WHOLE,
        CallerIdReported(absence=Absence.PRIVATE),
    ]


def test_a_damaged_message_is_told_as_damaged_before_the_second_ring() -> None:
    ((second, event),) = told((0, BAD))
    assert second == COPY_WAIT
    assert isinstance(event, CallerIdDamaged)
    assert event.readable == WHOLE
    assert event.why == "The Caller ID message came with a wrong checksum."


def test_rings_go_on_around_a_damaged_message() -> None:
    assert [type(event) for event in said((0, RING), (1, BAD), (6, RING), (12, RING))] == [CallerIdDamaged]
    assert [type(event) for event in said((0, RING), (1, BAD), (2, RING))] == [CallerIdDamaged]


def test_a_good_copy_or_report_in_the_same_call_leaves_nothing_damaged() -> None:
    assert said((0, BAD), (0.5, in_hex(sender.PLAIN))) == [NUMBER, WHOLE]
    assert said((0, in_hex(sender.PLAIN)), (0.5, BAD), (6, RING), (7, BAD)) == [NUMBER, WHOLE]
    assert said((0, BAD), (0.5, NMBR)) == [NUMBER, CallerIdReported("2025550117")]
    assert said((0, in_hex(sender.PLAIN[:20])), (0.5, in_hex(sender.PLAIN))) == [NUMBER, WHOLE]


def test_damage_is_told_once_per_call() -> None:
    rings = [(6, RING), (12, RING), (18, RING)]
    events = told((0, RING), (1, BAD), (1.1, BAD), *rings, (19, BAD), (60, RING), (61, BAD))
    assert [(second, type(event)) for second, event in events] == [
        (1.1 + COPY_WAIT, CallerIdDamaged),
        (61 + COPY_WAIT, CallerIdDamaged),
    ]


def test_damage_of_a_call_behind_a_reported_one_is_told() -> None:
    events = said((0, in_hex(sender.PLAIN)), (5, RING), (60, RING), (61, BAD))
    assert [type(event) for event in events] == [CallerNumberReceived, CallerIdReported, CallerIdDamaged]


def test_a_modem_that_heard_the_seizure_alone_tells_of_damage_with_nothing_readable() -> None:
    assert said((0, "MESG = CALID_202")) == [
        CallerIdDamaged("The modem heard the beginning of a Caller ID message and no more.", CallerIdReported())
    ]
    assert said((0, "MESG = CALID_202"), (0.3, NMBR)) == [NUMBER, CallerIdReported("2025550117")]


def test_a_dtmf_string_is_a_whole_report_at_once() -> None:
    number = CallerNumberReceived("0201234567", None)
    assert told((1, "A0201234567D0207654321C")) == [
        (1, number),
        (1, CallerIdReported("0201234567", forwarded_by="0207654321")),
    ]
    assert said((0, "A0201234567C"), (0.5, RING), (5, "A0201234567C")) == [number, CallerIdReported("0201234567")] * 2


# -- waiting messages


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("82030B01FF70", True),
        ("82030B01006F", False),
        ("060342424231", True),
        ("06036F6F6FAA", False),
        ("MESG = 060342424231", True),
        ("MESG = 0B01FF", True),
        ("MESG = 0B0100", False),
        ("MESG = 110181", True),
        (in_hex(mdmf((CALL_TYPE, b"\x81"), (CALLER, b"08005550150"), (INDICATOR, b"\x00"))), False),
    ],
)
def test_waiting_messages_are_told_once_and_nobody_calls(line: str, on: bool) -> None:
    assert told((1, line)) == [(1, MessageWaitingReported(on))]
    assert told((1, line), (1.2, line)) == [(1, MessageWaitingReported(on))]
    assert said((1, line), (60, line)) == [MessageWaitingReported(on)] * 2


def test_a_formatted_report_of_the_type_message_waiting_is_no_caller() -> None:
    assert said((0, DATE), (0, "MESG = 110181"), (0, "NMBR = 08005550150")) == [MessageWaitingReported(True)]
    assert said((0, "MESG = 0B0100"), (0, "MESG = 110181")) == [MessageWaitingReported(False)]


def test_the_name_of_the_mailbox_does_not_land_on_the_caller_before() -> None:
    mailbox = [(1.0, "MESG = 110181"), (1.0, "NMBR = 08005550150")]
    assert reports((0.0, NMBR), *mailbox, (3.0, NAME)) == [CallerIdReported("2025550117")]
    assert reports((0.0, NMBR), *mailbox, (6.0, NAME)) == [
        CallerIdReported("2025550117"),
        CallerIdReported(name="AIRY LAYOUT"),
    ]


def test_a_notice_between_number_and_name_does_not_part_them() -> None:
    assert said((0, NMBR), (0.1, "82030B01FF70"), (0.2, NAME)) == [
        NUMBER,
        MessageWaitingReported(True),
        CallerIdReported("2025550117", "AIRY LAYOUT"),
    ]


def test_a_call_that_also_tells_of_waiting_messages_is_reported() -> None:
    events = said((0, in_hex(mdmf((CALLER, b"2025550117"), (INDICATOR, b"\xff")))))
    assert events == [NUMBER, MessageWaitingReported(True), CallerIdReported("2025550117")]


# -- whatever comes

TEXT = [
    RING,
    DATE,
    NMBR,
    NAME,
    "NMBR = P",
    "MESG = 110181",
    "MESG = 0B01FF",
    "MESG = CALID_202",
    "A0201234567C",
    "END MSG",
]
RAW = [BAD, in_hex(sender.PLAIN), in_hex(sender.RICH), in_hex(sender.PLAIN[:20]), *sender.wrapped(sender.RICH)]
scraps = st.sampled_from([*TEXT, *RAW])
hex_noise = st.text("0123456789ABCDEF ", max_size=60).filter(
    lambda line: clip_fields(line.strip()) is None
)  # D01C is one
scripts = st.lists(st.tuples(st.floats(0, 12), st.one_of(scraps, hex_noise)), max_size=12)


@given(scripts)
def test_every_script_ends_and_a_good_message_behind_it_is_told(steps: list[tuple[float, str]]) -> None:
    second, script = 0.0, []
    for wait, line in steps:
        second += wait
        script.append((second, line))
    after = in_hex(mdmf((CALLER, b"2025550188"), (sender.NAME, b"BEHIND NOISE")))
    events = said(*script, (second + 8.0, after))
    assert events[-2:] == [
        CallerNumberReceived("2025550188", None),
        CallerIdReported("2025550188", "BEHIND NOISE"),
    ]
    numbers = {event.number for event in events if isinstance(event, CallerNumberReceived | CallerIdReported)}
    assert numbers <= {None, "2025550117", "+442079460123", "0201234567", "2025550188"}


@given(st.sampled_from(sender.CALLS), st.data())
def test_one_bit_wrong_gives_damage_and_never_a_number(data: bytes, choice: st.DataObject) -> None:
    flipped = choice.draw(st.sampled_from(sender.flips(data)))
    assert [type(event) for event in said((0, RING), (1, in_hex(flipped)), (6, RING))] == [CallerIdDamaged]
