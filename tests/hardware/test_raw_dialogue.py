"""Raw Caller ID in the whole dialogue with a modem: among replies and rings, and cut into reads anywhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import (
    CallerIdDamaged,
    CallerIdReported,
    CallerNumberReceived,
    ReplyReceived,
    RingDetected,
    UnsolicitedLine,
    WireEvent,
)
from hardware.protocol import ModemProtocol
from hardware.replay import replay_events

from . import caller_id_sender as sender
from .caller_id_sender import PLAIN, in_hex

NUMBER = CallerNumberReceived("2025550117", None)
REPORT = CallerIdReported("2025550117", "AIRY LAYOUT", date="01-17", time="14:52")


def lines(*each: str) -> bytes:
    return "".join(f"\r\n{line}\r\n" for line in each).encode("ascii")


def asked(command: str) -> ModemProtocol:
    protocol = ModemProtocol()
    protocol.send(command, 0.0)
    assert protocol.data_to_send() == command.encode() + b"\r"
    return protocol


def test_the_last_message_asked_for_is_a_report_and_the_command_is_answered() -> None:
    # AN93: +VCIDR? gives the message in lines of 16 bytes.
    data = b"\r\n+VCIDR:\r\n" + "\r\n".join(sender.wrapped(PLAIN)).encode() + b"\r\n\r\nOK\r\n"
    assert asked("AT+VCIDR?").receive_data(data, 0.1) == [NUMBER, REPORT, ReplyReceived("AT+VCIDR?", "OK", ())]


def test_a_raw_message_inside_a_reply_leaves_the_reply_whole() -> None:
    events = asked("ATI3").receive_data(lines("CX93001-EIS_V0.2013-V92", "RING", in_hex(PLAIN), "OK"), 0.1)
    assert events == [RingDetected(), NUMBER, REPORT, ReplyReceived("ATI3", "OK", ("CX93001-EIS_V0.2013-V92",))]


def test_replies_of_hex_digits_are_replies() -> None:
    for command, reply in (("ATI0", "5601"), ("AT+GCI?", "B5"), ("AT+GSN", "0123456789ABCDEF"), ("AT+VCID?", "00")):
        assert asked(command).receive_data(lines(reply, "OK"), 0.1) == [ReplyReceived(command, "OK", (reply,))]


@pytest.mark.parametrize("line", ["80 01 02 03", "800603555012345678", "802A0108303331323134", "04 12 30 33 31 32"])
def test_a_line_of_a_reply_is_no_damaged_message(line: str) -> None:
    assert asked("ATI3").receive_data(lines(line, "OK"), 0.1) == [ReplyReceived("ATI3", "OK", (line,))]


def test_the_digits_of_a_line_nobody_asked_for_are_no_damaged_message() -> None:
    assert replay_events([(0.0, lines("800603555012345678"))]) == [(0.0, UnsolicitedLine("800603555012345678"))]


def test_a_message_begun_before_a_command_goes_on_behind_it() -> None:
    protocol = ModemProtocol()
    assert protocol.receive_data(lines(in_hex(PLAIN[:20])), 0.0) == []
    protocol.send("AT", 0.1)
    protocol.data_to_send()
    assert protocol.receive_data(lines(in_hex(PLAIN[20:]), "OK"), 0.2) == [
        NUMBER,
        REPORT,
        ReplyReceived("AT", "OK", ()),
    ]


def test_parity_and_the_seizure_leave_a_message_in_a_reply_whole() -> None:
    for spelled in (in_hex(sender.with_even_parity(PLAIN)), "5555" + in_hex(PLAIN)):
        assert asked("AT").receive_data(lines(spelled, "OK"), 0.1) == [NUMBER, REPORT, ReplyReceived("AT", "OK", ())]


def test_a_reply_is_taken_for_the_rest_of_a_message_only_until_that_is_given_up() -> None:
    protocol = ModemProtocol()
    assert protocol.receive_data(lines(in_hex(PLAIN[:20])), 0.0) == []
    waits = not protocol.idle
    (damaged,) = protocol.advance(2.0)
    assert isinstance(damaged, CallerIdDamaged)
    assert waits is protocol.idle is True
    protocol.send("ATI0", 2.1)
    protocol.data_to_send()
    assert protocol.receive_data(lines("5601", "OK"), 2.2) == [ReplyReceived("ATI0", "OK", ("5601",))]


@given(st.sampled_from(sender.CALLS), st.randoms(use_true_random=False), st.sampled_from(["", "MESG = "]))
def test_reads_that_end_anywhere_change_nothing(data: bytes, chance: random.Random, tag: str) -> None:
    wire = lines("RING", tag + in_hex(data)) + lines(*sender.wrapped(data)) + lines("RING")
    pieces, start = [], 0
    while start < len(wire):
        end = chance.randint(start + 1, len(wire))
        pieces.append((0.0, wire[start:end]))
        start = end
    assert replay_events(pieces) == replay_events([(0.0, wire)])


def test_a_hundred_kilobytes_of_hex_leave_little_behind() -> None:
    noise = random.Random(3).randbytes(50_000)
    protocol = ModemProtocol()
    events: list[WireEvent] = []
    for n in range(0, len(noise), 40):
        events += protocol.receive_data(lines(in_hex(b"\x80\x25\x01" + noise[n : n + 37])), n * 1e-3)
    assert not any(isinstance(event, CallerNumberReceived | CallerIdReported) for event in events)
    begin = len(noise) * 1e-3 + 8.0
    protocol.advance(begin)
    assert protocol.receive_data(lines(in_hex(PLAIN)), begin) == [NUMBER, REPORT]
