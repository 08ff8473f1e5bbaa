"""Sound streams among the commands of the dialogue, duplex streams, and shielded codes outside of any."""

import pytest

from hardware.events import (
    CallerIdReported,
    CommandTimedOut,
    KeyPressed,
    LineSignal,
    ReplyReceived,
    SignalHeard,
    SoundReceived,
    UnsolicitedLine,
)
from hardware.protocol import ModemProtocol
from hardware.sound_stream import STEP
from tests.hardware.stream_desk import ABORT, ENDED, RING, opened, written_until


def test_a_duplex_stream_plays_and_hears() -> None:
    protocol = opened("AT+VTR")
    protocol.play(b"\x90\x10", 0.0)
    protocol.end_playback(0.0)
    assert protocol.data_to_send() == b"\x90\x10\x10"
    assert protocol.receive_data(b"\x80\x10u", 0.1) == [SoundReceived(b"\x80"), SignalHeard(LineSignal.UNDERRUN)]
    protocol.stop_recording(0.2)
    assert protocol.data_to_send() == b"\x10^"
    assert protocol.receive_data(b"\x10\x03\r\nOK\r\n", 0.3) == [ENDED, ReplyReceived("AT+VTR", "OK")]


# -- commands and streams


def test_a_command_waits_for_the_end_of_the_stream() -> None:
    protocol = opened("AT+VRX")
    protocol.send("AT+VLS=0", 0.1)
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"\x10\x03\r\n", 0.2)
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"OK\r\n", 0.3)
    assert protocol.data_to_send() == b"AT+VLS=0\r"


@pytest.mark.parametrize(
    ("command", "word", "answer"),
    [
        ("AT+VRX", b"\x10!", b"\x80\x10\x03\r\nOK\r\n"),
        ("AT+VTX", ABORT, b"\r\nOK\r\n"),
        ("AT+VTR", b"\x10^", b"\x10\x03\r\nOK\r\n"),
    ],
)
def test_an_urgent_on_hook_ends_the_stream_first(command: str, word: bytes, answer: bytes) -> None:
    protocol = opened(command)
    protocol.play(bytes(80_000), 0.0)
    protocol.data_to_send()
    protocol.send("ATH0", 0.1, urgent=True)
    assert protocol.data_to_send() == word
    protocol.receive_data(answer, 0.2)
    assert protocol.data_to_send() == b"ATH0\r"


@pytest.mark.parametrize("command", ["AT+VRX", "AT+VTX", "AT+VTR"])
def test_an_urgent_on_hook_waits_three_seconds_at_most_for_a_modem_that_does_not_leave(command: str) -> None:
    protocol = opened(command)
    protocol.play(bytes(800_000), 0.0)
    protocol.send("ATH0", 0.0, urgent=True)
    written = written_until(protocol, 10.0)
    (when,) = [now for now, data in written if data.endswith(b"ATH0\r")]
    assert when <= 3 * STEP
    assert written[-1][1] == b"\rATH0\r"  # the line end: no word before it becomes part of the command


def test_an_urgent_on_hook_given_before_connect_leaves_as_soon_as_the_stream_opens() -> None:
    protocol = ModemProtocol()
    protocol.send("AT+VRX", 0.0)
    protocol.data_to_send()
    protocol.send("ATH0", 0.1, urgent=True)
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"CONNECT\r\n", 0.2)
    assert protocol.data_to_send() == b"\x10!"


@pytest.mark.parametrize(
    ("command", "first", "second"), [("AT+VTX", ABORT + b"\r", ABORT + b"\r"), ("AT+VRX", b"\x10!\r", b"\x10!\r")]
)
def test_a_stream_that_opens_too_late_is_left_whatever_is_said_by_then(
    command: str, first: bytes, second: bytes
) -> None:
    # Else the ATH0 would be played to the caller, and the line be held.
    protocol = ModemProtocol()
    protocol.send(command, 0.0, timeout=1.0)
    protocol.data_to_send()
    assert protocol.advance(1.0) == [CommandTimedOut(command)]
    protocol.send("ATH0", 1.0, urgent=True)
    assert protocol.data_to_send() == first + b"ATH0\r"
    assert protocol.receive_data(b"\r\nCONNECT\r\n", 1.5) == [UnsolicitedLine("CONNECT")]
    assert protocol.data_to_send() == second
    assert protocol.receive_data(b"\r\nOK\r\n", 1.6) == [ReplyReceived("ATH0", "OK")]


@pytest.mark.parametrize("result", ["OK", "ERROR"])
def test_a_modem_without_sound_answers_and_no_stream_opens(result: str) -> None:
    # iaxmodem answers OK to AT+VTX.
    protocol = ModemProtocol()
    protocol.send("AT+VTX", 0.0)
    protocol.play(bytes(80_000), 0.0)
    protocol.data_to_send()
    assert protocol.receive_data(f"\r\n{result}\r\n".encode(), 0.1) == [ReplyReceived("AT+VTX", result)]
    assert protocol.data_to_send() == b""
    assert (protocol.idle, protocol.streaming, protocol.deadline()) == (True, None, None)


def test_connect_to_any_other_command_opens_no_stream() -> None:
    protocol = ModemProtocol()
    protocol.send("ATD", 0.0)
    protocol.data_to_send()
    assert protocol.receive_data(b"CONNECT 9600\r\nRING\r\n", 0.1) == [ReplyReceived("ATD", "CONNECT"), RING]


def test_a_reset_leaves_the_stream() -> None:
    protocol = opened("AT+VRX")
    protocol.reset()
    assert protocol.streaming is None
    assert protocol.receive_data(b"RING\r\n", 0.1) == [RING]


# -- codes outside a stream


def test_class_eight_tells_rings_and_caller_id_in_shielded_codes() -> None:
    # Motorola in a Mac mini (NCID).
    protocol = ModemProtocol()
    assert protocol.receive_data(b"\x10R", 0.0) == [RING]
    protocol.receive_data(b"\x10X\n\nDATE = 0105\nTIME = 1015\nNMBR = 4075550135\n\x10.", 1.0)
    assert protocol.receive_data(b"\x10XNAME = MARY ROE\n\x10.", 1.0) == [
        CallerIdReported("4075550135", "MARY ROE", None, "01-05", "10:15")
    ]


def test_a_signal_in_the_middle_of_a_reply_belongs_to_neither_the_reply_nor_is_it_lost() -> None:
    protocol = ModemProtocol()
    protocol.send("ATI3", 0.0)
    protocol.data_to_send()
    assert protocol.receive_data(b"\r\nV1.\x10P2.23\r\n\x10/\x101\x10~\r\nOK\r\n", 0.1) == [
        SignalHeard(LineSignal.EXTENSION_OFF_HOOK),
        KeyPressed("1"),
        ReplyReceived("ATI3", "OK", ("V1.2.23",)),
    ]
