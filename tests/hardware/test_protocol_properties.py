"""What holds for any bytes at any time: nothing raises or grows, splitting changes nothing, the next call is read."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware import at
from hardware.events import CallerIdReported, CallerNumberReceived, RingDetected, WireEvent
from hardware.protocol import MAX_REPLY_LINES, ModemProtocol
from hardware.replay import replay_events, semantic_events

# The shortest gap between two calls (cadence.py), seconds.
CALL_GAP = 8.0
GOOD_CALL = b"RING\r\nDATE = 0717\r\nTIME = 1217\r\nNMBR = 2025550118\r\nNAME = AFTER NOISE\r\n\r\nRING\r\n"
GOOD_EVENTS = [
    RingDetected(),
    CallerNumberReceived("2025550118", None),
    CallerIdReported("2025550118", "AFTER NOISE", None, "07-17", "12:17"),
    RingDetected(),
]
BEFORE_RING = b"NMBR = 2025550118\r\n"

# Noise that is near enough to what is meant to reach every corner, and noise that is not.
TAGGED = (
    b"DATE=0229|TIME = 9999|NMBR=2025550171|NMBR=O|NMBR|NAME=X|NAME=O|MESG = 0307353535|MESG=0B01FF|DDN_NMBR= |NDID=5"
)
OTHERS = b"RING|RING B|RING;1;2|END MSG|CALLING MSG|OK|ERROR|CONNECT|AT|0|=|  |\r|\n|\r\n|\x10|\x00|\xff\x81"
scraps = st.sampled_from([*TAGGED.split(b"|"), *OTHERS.split(b"|"), b"A" * 700])
noise = st.one_of(
    st.binary(max_size=40), st.lists(scraps, max_size=12).map(b"".join), scraps.map(lambda s: s + b"\r\n")
)
bursts = st.lists(st.tuples(st.floats(0, 12), noise), max_size=15)


def run(protocol: ModemProtocol, chunks: list[tuple[float, bytes]]) -> list[WireEvent]:
    return [event for second, data in chunks for event in protocol.receive_data(data, second)]


def from_steps(steps: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    """Waits turned into seconds since the start."""
    second, chunks = 0.0, []
    for wait, data in steps:
        second += wait
        chunks.append((second, data))
    return chunks


@given(st.lists(st.tuples(st.floats(), noise)), st.lists(st.sampled_from(["AT", "ATI3", "ATA", "AT+VCID?"])))
def test_any_bytes_at_any_time_never_raise(chunks: list[tuple[float, bytes]], commands: list[str]) -> None:
    protocol = ModemProtocol()
    for command in commands:
        protocol.send(command, 0.0)
    for second, data in chunks:
        protocol.data_to_send()
        protocol.receive_data(data, second)
        protocol.advance(second)
        protocol.deadline()


@given(bursts)
def test_a_replay_of_any_bytes_ends(steps: list[tuple[float, bytes]]) -> None:
    replay_events(from_steps(steps))
    semantic_events(from_steps(steps))


@given(bursts, st.randoms(use_true_random=False))
def test_splitting_changes_no_event(steps: list[tuple[float, bytes]], chance: random.Random) -> None:
    chunks = from_steps(steps)
    pieces: list[tuple[float, bytes]] = []
    for second, data in chunks:
        at_byte = 0
        while at_byte < len(data):
            end = chance.randint(at_byte + 1, len(data))
            pieces.append((second, data[at_byte:end]))
            at_byte = end
    assert replay_events(pieces) == replay_events(chunks)


@given(bursts, st.sampled_from([b"", b"\r\n"]), st.floats(CALL_GAP, 600))
def test_after_any_noise_and_the_gap_between_calls_a_good_call_is_reported(
    steps: list[tuple[float, bytes]], start: bytes, gap: float
) -> None:
    chunks = from_steps(steps)
    protocol = ModemProtocol()
    run(protocol, chunks)
    begin = (chunks[-1][0] if chunks else 0.0) + gap
    protocol.advance(begin)
    assert run(protocol, [(begin, start + GOOD_CALL)]) == GOOD_EVENTS


@given(bursts, st.floats(CALL_GAP, 600))
def test_after_any_noise_a_number_before_its_ring_gets_no_name(steps: list[tuple[float, bytes]], gap: float) -> None:
    chunks = from_steps(steps)
    protocol = ModemProtocol()
    run(protocol, chunks)
    begin = (chunks[-1][0] if chunks else 0.0) + gap
    protocol.advance(begin)
    events = run(protocol, [(begin, BEFORE_RING)]) + protocol.advance(begin + 1.0)
    assert events == [CallerNumberReceived("2025550118", None), CallerIdReported("2025550118")]


@pytest.mark.parametrize("size", [1, 64, 4096, 100_000])
def test_a_hundred_kilobytes_of_noise_leave_little_behind(size: int) -> None:
    data = random.Random(size).randbytes(100_000)
    protocol = ModemProtocol()
    protocol.send("AT", 0.0, timeout=1e9)
    protocol.data_to_send()
    for n in range(0, len(data), size):
        protocol.receive_data(data[n : n + size], n * 1e-4)
        # Only an owner of the inside can see that it stays small.
        assert len(protocol._reader._assembler._partial) <= at.MAX_LINE_BYTES
        assert protocol._outstanding is None or len(protocol._outstanding.lines) <= MAX_REPLY_LINES
    begin = len(data) * 1e-4 + CALL_GAP
    protocol.reset()
    assert run(protocol, [(begin, GOOD_CALL)]) == GOOD_EVENTS
