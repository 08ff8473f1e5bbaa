"""What codes mean: signals, key presses, and reports in the middle of sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import LineSignal
from hardware.stream import HELD, KEYS, MAX_REPORT_BYTES, REPORT_BEGINS, REPORT_ENDS, RING, SIGNALS, KeyPresses
from hardware.stream import ReportInSound as Report


def presses(codes: bytes, gap: float = 0.07) -> str:
    """The keys pressed when these codes come, one every `gap` seconds."""
    keys = KeyPresses()
    taken = (keys.take(code, number * gap) for number, code in enumerate(codes))
    return "".join(key for key in taken if key is not None)


def test_every_signal_has_a_code() -> None:
    assert set(SIGNALS.values()) == set(LineSignal)


def test_every_letter_of_the_standards_means_one_thing() -> None:
    # ITU-T V.253 table 6 with Rockwell's, Lucent's and MultiTech's letters.
    assert {chr(code) for code in SIGNALS} == set("dibKrqscmaefJhHpPlLwvV$tTuoYESQ")
    others = {RING, REPORT_BEGINS, REPORT_ENDS, *b"/~\x7f"}
    assert not SIGNALS.keys() & KEYS.keys()
    assert not others & (SIGNALS.keys() | KEYS.keys())


@pytest.mark.parametrize(
    ("codes", "keys"),
    [
        (b"/5~", "5"),
        (b"/5555~", "5"),  # held: the digit comes every 70 ms
        (b"/0~/0~/0~", "000"),  # three presses, as fast as they may be
        (b"/555\x7f/5\x7f", "55"),  # a Si24xx says 7F for the end
        (b"/1~/2~", "12"),
        (b"/12~", "12"),  # an end was lost
        (b"/55/55~", "55"),
        (b"/~", ""),
        (b"/", ""),
        (b"~~", ""),
        (b"1*#", "1*#"),  # no marks at all
        (b"0123456789ABCD", "0123456789ABCD"),
    ],
)
def test_one_press_is_told_once(codes: bytes, keys: str) -> None:
    assert presses(codes) == keys


def test_marks_need_no_clock() -> None:
    # callattendant told "000" for one press of a key held, and others one for three: read in one lump, both are right.
    assert presses(b"/0~/0~/0~", gap=0.0) == "000"
    assert presses(b"/000~", gap=0.0) == "0"
    assert presses(b"/00~", gap=0.9) == "0"


def test_a_mark_whose_end_was_lost_does_not_swallow_every_later_press() -> None:
    # \x10/\x105, and then \x105 from time to time: the \x10~ between them was lost.
    assert presses(b"/5555", gap=0.9) == "555"
    assert presses(b"/5555", gap=2.5) == "5555"
    assert presses(b"/" + b"5" * 60, gap=0.07) == "5"  # held for four seconds


def test_without_marks_a_finger_and_a_held_key_differ_in_pace() -> None:
    assert presses(b"1111", gap=0.07) == "1"
    assert presses(b"11", gap=0.1) == "11"  # a dialler: 50 ms of tone, 50 ms of pause
    assert presses(b"11", gap=0.15) == "11"  # a quick finger
    assert presses(b"121", gap=0.05) == "121"
    assert 0.07 < HELD < 0.1


def test_a_clock_that_runs_backwards_swallows_no_press() -> None:
    keys = KeyPresses()
    assert [keys.take(ord("1"), moment) for moment in (100.0, 50.0)] == ["1", "1"]


@given(st.binary(max_size=60), st.lists(st.floats(), min_size=60, max_size=60))
def test_any_codes_at_any_time_give_no_more_keys_than_digits(codes: bytes, moments: list[float]) -> None:
    keys = KeyPresses()
    taken = [keys.take(code, moment) for code, moment in zip(codes, moments, strict=False)]
    assert all(key is None or key == chr(code) for key, code in zip(taken, codes, strict=True))


def test_a_report_in_sound_is_its_text_and_no_sound() -> None:
    report = Report()
    assert report.take(b"\x80\x81") == b"\x80\x81"
    assert report.begin() == b""
    assert report.take(b"NMBR=5550117\r\n") == b""
    assert report.end() == (b"NMBR=5550117\r\n", b"")
    assert report.take(b"\x82") == b"\x82"


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (b"DATE=0321\r\nNAME=M\xdcLLER\r\n", True),
        (b"RING\r\n", True),
        (b"\x80" * 500, False),
        (b"}~\x7f\x80\x81~}", False),
        (b"NMBR=1\x00", False),
    ],
)
def test_noise_between_the_marks_of_a_report_is_sound(held: bytes, *, text: bool) -> None:
    report = Report()
    report.begin()
    report.take(held)
    assert report.end() == ((held, b"") if text else (b"", held))


@pytest.mark.parametrize(("held", "text"), [(b"NMBR=5550117\r\n", True), (b"RING\r\n", False), (b"=\x80\x10", False)])
def test_a_report_that_the_end_of_the_stream_cuts_off_is_one_if_it_reads_so(held: bytes, *, text: bool) -> None:
    report = Report()
    report.begin()
    report.take(held)
    assert report.cut_off() == ((held, b"") if text else (b"", held))


def test_a_report_that_never_ends_was_sound_and_is_given_back() -> None:
    report = Report()
    report.begin()
    sound = b"\x80" * (MAX_REPORT_BYTES + 1)
    assert report.take(sound[:1000]) == b""
    assert report.take(sound[1000:]) == sound
    assert report.take(b"\x81") == b"\x81"


def test_a_report_begun_twice_gives_the_first_back_as_sound() -> None:
    report = Report()
    report.begin()
    report.take(b"\x80\x80")
    assert report.begin() == b"\x80\x80"


def test_the_end_of_a_report_that_never_began_is_nothing() -> None:
    report = Report()
    assert report.end() == report.cut_off() == (b"", b"")
    assert report.take(b"\x80") == b"\x80"


@given(st.lists(st.one_of(st.binary(max_size=700), st.sampled_from(["begin", "end"]))))
def test_every_byte_is_either_sound_or_text_and_little_is_held(steps: list[bytes | str]) -> None:
    report = Report()
    given_in = given_out = 0
    for step in steps:
        if isinstance(step, bytes):
            given_in += len(step)
            given_out += len(report.take(step))
        else:
            given_out += len(report.begin() if step == "begin" else b"".join(report.end()))
        assert given_in - given_out <= MAX_REPORT_BYTES
    assert given_in == given_out + len(report.give_back())
