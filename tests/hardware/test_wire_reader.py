"""Bytes to lines, samples, keys and signals: every cut gives the same, sound is never text, little is held."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware import at
from hardware.dle import shield
from hardware.events import KeyPressed, LineSignal, RingDetected, SignalHeard, SoundEnded, SoundReceived
from hardware.stream import MAX_REPORT_BYTES
from hardware.wire_reader import STALE_DLE, STALE_LINE, Item, WireReader

ENDED = SoundEnded()


def read(reader: WireReader, data: bytes, now: float = 0.0, size: int = 0) -> list[Item]:
    """The items of bytes read whole or in pieces of `size`. CONNECT opens a recording and DLE ETX ends it."""
    items: list[Item] = []
    step = size or len(data) or 1
    for begin in range(0, len(data), step):
        for item in reader.feed(data[begin : begin + step], now):
            items.append(item)
            if item == "CONNECT":
                reader.sound_begins(8000.0)
            elif isinstance(item, SoundEnded):
                items[-1:] = [*reader.sound_ends(), item]
    return items


def joined(items: list[Item]) -> list[Item]:
    """Pieces of sound that touch, as one."""
    whole: list[Item] = []
    for item in items:
        if isinstance(item, SoundReceived) and whole and isinstance(last := whole[-1], SoundReceived):
            whole[-1] = SoundReceived(last.data + item.data)
        else:
            whole.append(item)
    return whole


def keys(items: list[Item]) -> str:
    return "".join(item.key for item in items if isinstance(item, KeyPressed))


@pytest.mark.parametrize(
    ("wire", "items"),
    [
        (b"\r\nCONNECT\r\n\n\x80\r\n\x10\x03\r\nOK\r\n", ["CONNECT", SoundReceived(b"\n\x80\r\n"), ENDED, "OK"]),
        (b"CONNECT\n\n\x80\x10\x03OK\n", ["CONNECT", SoundReceived(b"\n\x80"), ENDED, "OK"]),
        (b"CONNECT\r\n\x10\x10\r\nRING\r\n\x10\x03", ["CONNECT", SoundReceived(b"\x10\r\nRING\r\n"), ENDED]),
        (b"CONNECT\r\n\x10R\x10b\x10\x03", ["CONNECT", RingDetected(), SignalHeard(LineSignal.BUSY), ENDED]),
        # A report inside sound is text and no sound; a signal inside the report is of the line.
        (
            b"CONNECT\r\n\x80\x10XNMBR=555\x10P0117\r\n\x10.\x81\x10\x03",
            [
                "CONNECT",
                SoundReceived(b"\x80"),
                SignalHeard(LineSignal.EXTENSION_OFF_HOOK),
                "NMBR=5550117",
                SoundReceived(b"\x81"),
                ENDED,
            ],
        ),
        # One that the end of the stream cuts off was sound, unless it reads like a report.
        (b"CONNECT\r\n\x10XRING\r\n\x10\x03OK\r\n", ["CONNECT", SoundReceived(b"RING\r\n"), ENDED, "OK"]),
        (
            b"CONNECT\r\n\x80\x10XDATE=0321\r\nNMBR=2025550143\r\n\x10\x03\r\nOK\r\n",
            ["CONNECT", SoundReceived(b"\x80"), "DATE=0321", "NMBR=2025550143", ENDED, "OK"],
        ),
        (
            b"CONNECT\r\n\x81\x10X\x80\x80\x80\x10.\x81\x10\x03\r\nOK\r\n",
            ["CONNECT", SoundReceived(b"\x81\x80\x80\x80\x81"), ENDED, "OK"],
        ),
        # In text mode the marks of a report are line ends.
        (b"\x10R\x10X\n\nNMBR = 1\n\x10.\x10XNAME = X\x10.", [RingDetected(), "NMBR = 1", "NAME = X"]),
        (b"NM\x10RBR=1\r\n", [RingDetected(), "NMBR=1"]),
        (b"RING\x10\r\n", ["RING"]),  # a stray DLE does not take the line end with it
        (b"RING\x10\nOK\n", ["RING", "OK"]),
        (b"\x10\x10RING\r\n", ["RING"]),
        (b"\x10zRING\r\n", ["RING"]),
    ],
)
def test_text_sound_and_codes_are_told_apart_at_every_cut(wire: bytes, items: list[Item]) -> None:
    assert joined(read(WireReader(), wire)) == items
    for size in range(1, len(wire)):
        assert joined(read(WireReader(), wire, size=size)) == items


def test_two_quick_presses_read_in_one_lump_are_two_by_the_samples_between_them() -> None:
    second = bytes([0x80])
    for gap, pressed in ((560, "1"), (1200, "11")):  # 70 ms: held; 150 ms: pressed twice
        reader = WireReader()
        read(reader, b"CONNECT\r\n")
        assert keys(read(reader, b"\x101" + second * gap + b"\x101")) == pressed


def test_a_key_held_across_the_end_of_a_stream_is_one_press() -> None:
    assert keys(read(WireReader(), b"CONNECT\r\n\x10/\x105\x105\x10\x03\r\nOK\r\n\x105\x10~\x10/\x105\x10~")) == "55"


def test_a_code_that_never_comes_does_not_spoil_the_next_line() -> None:
    reader = WireReader()
    assert read(reader, b"\x10", 0.0) == []
    assert reader.deadline() == STALE_DLE
    reader.advance(STALE_DLE)
    assert reader.deadline() is None
    assert read(reader, b"NMBR=5550117\r\n", STALE_DLE) == ["NMBR=5550117"]


def test_what_waits_in_sound_waits_for_the_stream() -> None:
    reader = WireReader()
    read(reader, b"CONNECT\r\n\x80\x10")
    assert reader.deadline() is None
    reader.advance(1e6)
    assert read(reader, b"\x10", 1e6) == [SoundReceived(b"\x10")]


wires = st.lists(
    st.one_of(
        st.binary(max_size=30),
        st.sampled_from([b"\r\nCONNECT\r\n", b"\x10\x03", b"\x10X", b"\x10.", b"\x10/\x105\x10~", b"\x105", b"\x10R"]),
        st.sampled_from([b"\r\nRING\r\n", b"NMBR=1\r\n", b"\x10", b"\r", b"\n", b"\x10\x10", bytes(900)]),
    ),
    max_size=15,
).map(b"".join)


@given(wires, st.integers(1, 40))
def test_no_cut_changes_anything(wire: bytes, size: int) -> None:
    assert joined(read(WireReader(), wire, size=size)) == joined(read(WireReader(), wire))


@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 50))
def test_every_sample_recorded_comes_out(recordings: list[bytes], size: int) -> None:
    wire = b"".join(b"\r\nCONNECT\r\n" + shield(samples) + b"\x10\x03\r\nOK\r\n" for samples in recordings)
    items = read(WireReader(), wire, size=size)
    found = [b""]
    for item in items:
        if isinstance(item, SoundReceived):
            found[-1] += item.data
        elif isinstance(item, SoundEnded):
            found.append(b"")
    assert found == [*recordings, b""]
    assert [item for item in items if isinstance(item, str)] == ["CONNECT", "OK"] * len(recordings)


@given(st.lists(st.tuples(st.floats(0, 10), wires), max_size=10))
def test_what_is_held_in_text_is_forgotten_in_time(steps: list[tuple[float, bytes]]) -> None:
    reader, now = WireReader(), 0.0
    for wait, wire in steps:
        now += wait
        reader.advance(now)
        read(reader, wire, now)
        read(reader, b"\x10\x03", now)  # back in text mode
        due = reader.deadline()
        assert due is None or now < due <= now + STALE_LINE


@pytest.mark.parametrize("opening", [b"", b"CONNECT\r\n", b"CONNECT\r\n\x10X"])
@pytest.mark.parametrize("size", [7, 5000])
def test_a_hundred_kilobytes_of_anything_leave_little_behind(opening: bytes, size: int) -> None:
    data = random.Random(size).randbytes(100_000).replace(b"\x10\x03", b"\x10\x10")
    reader = WireReader()
    read(reader, opening + data, size=size)
    # Only an owner of the inside can see that it stays small.
    assert len(reader._assembler._partial) <= at.MAX_LINE_BYTES
    assert len(reader._sound_report.give_back()) <= MAX_REPORT_BYTES
