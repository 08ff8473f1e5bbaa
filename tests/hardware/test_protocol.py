"""The dialogue: commands and their replies, what comes unasked in between, and iaxmodem's ways."""

import pytest

from hardware.events import (
    Absence,
    CallerIdReported,
    CallerNumberReceived,
    CommandTimedOut,
    ReplyReceived,
    RingDetected,
    UnsolicitedLine,
    WireEvent,
)
from hardware.protocol import MAX_REPLY_LINES, ModemProtocol
from hardware.wire_reader import STALE_LINE

RING = RingDetected()


def asked(*commands: str) -> ModemProtocol:
    """A protocol with these commands queued and the first one written."""
    protocol = ModemProtocol()
    for command in commands:
        protocol.send(command, 0.0)
    assert protocol.data_to_send() == commands[0].encode() + b"\r"
    return protocol


def test_commands_are_written_one_at_a_time() -> None:
    protocol = asked("ATE0", "AT+VCID=1")
    assert protocol.data_to_send() == b""
    assert protocol.receive_data(b"ATE0\r\r\nOK\r\n", 0.1) == [ReplyReceived("ATE0", "OK")]
    assert protocol.data_to_send() == b"AT+VCID=1\r"
    assert protocol.receive_data(b"\r\nERROR\r\n", 0.2) == [ReplyReceived("AT+VCID=1", "ERROR")]
    assert protocol.data_to_send() == b""
    assert protocol.idle


def test_a_reply_has_its_lines_without_the_echo() -> None:
    protocol = asked("ATI3")
    events = protocol.receive_data(b"ATI3\r\r\nCX93001-EIS_V0.2013-V92\r\n\r\nOK\r\n", 0.1)
    assert events == [ReplyReceived("ATI3", "OK", ("CX93001-EIS_V0.2013-V92",))]


def test_a_number_that_is_no_result_code_is_a_line_of_the_reply() -> None:
    protocol = asked("AT+VCID?")
    assert protocol.receive_data(b"\r\n0\r\n\r\nOK\r\n", 0.1) == [ReplyReceived("AT+VCID?", "OK", ("0",))]


def test_the_deadline_of_a_command_counts_from_when_it_is_written() -> None:
    protocol = ModemProtocol()
    protocol.send("ATZ", 0.0, timeout=5.0)
    protocol.send("ATE0", 0.0, timeout=1.0)
    protocol.data_to_send()
    assert protocol.deadline() == 5.0
    protocol.receive_data(b"\r\nOK\r\n", 4.0)
    protocol.data_to_send()
    assert protocol.deadline() == 5.0
    assert protocol.advance(4.9) == []
    assert protocol.advance(5.0) == [CommandTimedOut("ATE0")]
    assert protocol.idle
    assert protocol.deadline() is None


def test_an_urgent_command_overtakes_the_queue_but_not_the_outstanding_one() -> None:
    protocol = asked("AT", "ATI3")
    protocol.send("ATH1", 0.1, urgent=True)
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"OK\r\n", 0.2)
    assert protocol.data_to_send() == b"ATH1\r"
    protocol.receive_data(b"OK\r\n", 0.3)
    assert protocol.data_to_send() == b"ATI3\r"


def test_urgent_commands_keep_their_order_so_the_line_ends_on_hook() -> None:
    # Were each put first, the on-hook would be written before the off-hook and the line stay seized.
    protocol = asked("AT")
    protocol.send("ATH1", 0.1, urgent=True)
    protocol.send("ATH0", 0.2, urgent=True)
    protocol.receive_data(b"OK\r\n", 0.3)
    assert protocol.data_to_send() == b"ATH1\r"
    protocol.receive_data(b"OK\r\n", 0.4)
    assert protocol.data_to_send() == b"ATH0\r"


@pytest.mark.parametrize("command", ["ATH1\rATD1", "AT\n", "ATÄ", "AT\x1b"])
def test_only_one_line_of_plain_text_is_a_command(command: str) -> None:
    with pytest.raises(ValueError, match="plain text"):
        ModemProtocol().send(command, 0.0)


INTERLEAVINGS = [
    b"AT+VSM=?\r\r\nRING\r\n\r\n0,PCM\r\n1,PCM\r\n\r\nOK\r\n",
    b"AT+VSM=?\r\r\n0,PCM\r\n\r\nRING\r\n1,PCM\r\n\r\nOK\r\n",
    b"\r\nRING\r\nAT+VSM=?\r\r\n0,PCM\r\n1,PCM\r\nOK\r\n",
    b"0,PCM\r\n1,PCM\r\n\r\nRING\r\nOK\r\n",
    b"0,PCM\r1,PCM\rRING\rOK\r",
    b"0,PCM\n1,PCM\nOK\nRING\n",
]


@pytest.mark.parametrize("data", INTERLEAVINGS)
def test_a_ring_and_a_reply_are_told_apart_in_every_interleaving(data: bytes) -> None:
    for size in (1, 5, len(data)):
        protocol = asked("AT+VSM=?")
        events: list[WireEvent] = []
        for n in range(0, len(data), size):
            events += protocol.receive_data(data[n : n + size], 0.1)
        assert sorted(events, key=str) == sorted([RING, ReplyReceived("AT+VSM=?", "OK", ("0,PCM", "1,PCM"))], key=str)


def test_caller_id_in_the_middle_of_a_reply_belongs_to_neither_the_reply_nor_is_it_lost() -> None:
    protocol = asked("ATI3")
    data = b"\r\nDATE=0117\r\nTIME=1452\r\nV1.2.23\r\nNMBR=2025550117\r\nNAME=AIRY LAYOUT\r\n\r\nOK\r\n"
    assert protocol.receive_data(data, 0.1) == [
        CallerNumberReceived("2025550117", None),
        CallerIdReported("2025550117", "AIRY LAYOUT", None, "01-17", "14:52"),
        ReplyReceived("ATI3", "OK", ("V1.2.23",)),
    ]


def test_no_carrier_behind_a_report_is_not_the_reply_to_the_command_of_that_moment() -> None:
    protocol = asked("AT+VCID?")
    assert protocol.receive_data(b"NO CARRIER\r\n", 0.1) == [UnsolicitedLine("NO CARRIER")]
    assert protocol.receive_data(b"1\r\nOK\r\n", 0.2) == [ReplyReceived("AT+VCID?", "OK", ("1",))]


@pytest.mark.parametrize("line", [b"DTMF=1", b"DTMF=-13", b"CIDM", b"CID RING"])
def test_lines_that_are_never_a_reply_are_told_even_while_one_is_awaited(line: bytes) -> None:
    assert asked("AT").receive_data(b"\r\n" + line + b"\r\n", 0.1) == [UnsolicitedLine(line.decode())]


def test_what_nobody_asked_for_is_told_and_cut() -> None:
    protocol = ModemProtocol()
    assert protocol.receive_data(b"OK\r\n", 0.0) == [UnsolicitedLine("OK")]
    assert protocol.receive_data(b"z" * 900 + b"\r\n", 0.0) == [UnsolicitedLine("z" * 200)]


def test_noise_in_a_reply_does_not_grow_without_bound() -> None:
    protocol = asked("AT")
    protocol.receive_data(b"noise\r\n" * 10_000, 0.1)
    (reply,) = protocol.receive_data(b"OK\r\n", 0.2)
    assert isinstance(reply, ReplyReceived)
    assert len(reply.lines) == MAX_REPLY_LINES


def test_a_line_never_finished_does_not_spoil_the_next_call() -> None:
    protocol = ModemProtocol()
    assert protocol.receive_data(b"\x81\xfe~~", 0.0) == []
    assert protocol.deadline() == STALE_LINE
    assert protocol.receive_data(b"RING\r\n", STALE_LINE) == [RING]


def test_a_line_may_pause_for_three_seconds() -> None:
    protocol = ModemProtocol()
    protocol.receive_data(b"RI", 0.0)
    assert protocol.receive_data(b"NG\r\n", 3.0) == [RING]


def test_an_end_never_written_is_not_made_up() -> None:
    # Taking what stands there for a line would report the first digits of a number as a whole one.
    protocol = ModemProtocol()
    protocol.receive_data(b"NMBR = 2025550", 0.0)
    assert protocol.advance(60.0) == []


def test_time_that_runs_backwards_does_not_hold_a_report_back() -> None:
    protocol = ModemProtocol()
    protocol.receive_data(b"NMBR=2025550117\r\n", 100.0)
    assert protocol.advance(50.0) == []
    assert protocol.advance(100.5) == [CallerIdReported("2025550117")]


def test_after_a_reset_nothing_of_before_is_left() -> None:
    protocol = asked("AT", "ATI3")
    protocol.receive_data(b"NMBR=2025550117\r\nNAM", 0.1)
    protocol.reset()
    assert protocol.deadline() is None
    assert protocol.data_to_send() == b""
    assert protocol.receive_data(b"E=NOBODY\r\nOK\r\n", 0.2) == [UnsolicitedLine("E=NOBODY"), UnsolicitedLine("OK")]


def test_a_report_half_read_is_not_idle_until_a_reset() -> None:
    protocol = ModemProtocol()
    protocol.receive_data(b"DATE=0117\r\n", 0.0)
    busy = not protocol.idle
    protocol.reset()
    assert (busy, protocol.idle) == (True, True)


IAXMODEM = (
    b"\r\nDATE=1121\r\n\r\nTIME=2146\r\n\r\nNAME=DOE JOHN\r\n\r\nNMBR=2125550123\r\n\r\nANID=<NONE>\r\n"
    b"\r\nUSER=<NONE>\r\n\r\nPASS=<NONE>\r\n\r\nCDID=<NONE>\r\n\r\nNDID=5550100\r\n\r\nRING\r\n"
)


def test_iaxmodem_reports_before_the_ring_and_adds_the_dialled_number() -> None:
    report = CallerIdReported("2125550123", "DOE JOHN", None, "11-21", "21:46")
    protocol = asked("AT")
    assert protocol.receive_data(IAXMODEM, 0.0) == [
        CallerNumberReceived("2125550123", None),
        report,
        CallerIdReported("2125550123", "DOE JOHN", None, "11-21", "21:46", "5550100", amends=True),
        RING,
    ]
    assert protocol.receive_data(b"\r\nOK\r\n", 0.1) == [ReplyReceived("AT", "OK")]


@pytest.mark.parametrize("number", [b"<NONE>", b"", b"O"])
def test_iaxmodem_without_a_number_says_it_is_unavailable(number: bytes) -> None:
    events = ModemProtocol().receive_data(IAXMODEM.replace(b"2125550123", number), 0.0)
    assert events[0] == CallerNumberReceived(None, Absence.UNAVAILABLE)
    assert events[1] == CallerIdReported(None, "DOE JOHN", Absence.UNAVAILABLE, "11-21", "21:46")


@pytest.mark.parametrize("name", [b'"; DROP TABLE call; --', b"<b>\xc9</b>", b"x" * 60, b"=cmd|calc", b"\x1b]0;x\x07"])
def test_hostile_names_leave_the_number_alone(name: bytes) -> None:
    events = ModemProtocol().receive_data(IAXMODEM.replace(b"DOE JOHN", name), 0.0)
    assert events[0] == CallerNumberReceived("2125550123", None)
    assert len(events) == 4
