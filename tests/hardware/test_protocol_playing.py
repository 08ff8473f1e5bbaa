"""Playbacks in the dialogue: at the pace of the line, and left at once when asked."""

import pytest

from hardware.events import (
    CallerNumberReceived,
    CommandTimedOut,
    KeyPressed,
    LineSignal,
    ReplyReceived,
    RingDetected,
    SignalHeard,
    UnsolicitedLine,
)
from hardware.playback import STARVED
from hardware.protocol import ModemProtocol
from hardware.sound_stream import RESULT, STEP, Direction
from tests.hardware.stream_desk import ABORT, opened, silence, written_until

RING = RingDetected()


def test_samples_are_shielded_and_followed_by_the_end() -> None:
    protocol = opened("AT+VTX")
    assert protocol.play(b"\x80\x10\x81", 0.0)
    assert protocol.data_to_send() == b"\x80\x10\x10\x81"
    protocol.end_playback(0.0)
    assert protocol.data_to_send() == b"\x10\x03"
    assert protocol.receive_data(b"\r\nOK\r\n", 0.1) == [ReplyReceived("AT+VTX", "OK")]
    assert protocol.idle


def test_samples_given_before_connect_wait_for_it() -> None:
    protocol = ModemProtocol()
    protocol.send("AT+VTX", 0.0)
    assert protocol.play(b"\x80" * 10, 0.0)
    protocol.end_playback(0.0)
    assert protocol.data_to_send() == b"AT+VTX\r"
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"\r\nCONNECT\r\n", 0.5)
    assert protocol.data_to_send() == b"\x80" * 10 + b"\x10\x03"


def test_samples_without_a_stream_are_refused() -> None:
    protocol = ModemProtocol()
    assert not protocol.play(b"\x80", 0.0)
    protocol.send("AT+VRX", 0.0)
    assert not protocol.play(b"\x80", 0.0)
    ended = opened("AT+VTX")
    ended.end_playback(0.0)
    assert not ended.play(b"\x80", 0.0)
    assert ended.data_to_send() == b"\x10\x03"


def test_ten_seconds_of_sound_take_ten_seconds_to_write() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(80_000), 0.0)
    protocol.end_playback(0.0)
    written = written_until(protocol, 10.5)
    assert b"".join(data for _, data in written) == bytes(80_000) + b"\x10\x03"
    assert 9.4 < written[-1][0] < 9.8
    count = 0
    for now, data in written:
        assert count / 8000 - now >= 0.2 - 1e-6 or now == 0.0
        count += len(data)
        assert count / 8000 - now <= 0.5 + 1e-3


def test_the_rate_is_that_of_the_sound_format() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(80_000), 0.0, rate=16_000.0)
    assert written_until(protocol, 3.0)[-1][0] > 2.5
    assert len(b"".join(data for _, data in written_until(opened("AT+VTX"), 3.0))) == 0


def test_the_final_ok_is_waited_for_while_the_buffer_drains() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(3200), 0.0)
    protocol.end_playback(0.0)
    protocol.data_to_send()
    protocol.data_to_send()
    assert protocol.advance(0.4 + RESULT - 0.01) == []
    assert protocol.receive_data(b"\r\nOK\r\n", 0.4 + RESULT) == [ReplyReceived("AT+VTX", "OK")]


def test_an_underrun_is_told_and_survived() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(16_000), 0.0)
    protocol.data_to_send()
    protocol.data_to_send()
    assert protocol.receive_data(b"\x10u", 0.5) == [SignalHeard(LineSignal.UNDERRUN)]
    assert protocol.data_to_send() == bytes(1600)


def test_a_modem_that_asks_to_wait_is_given_nothing_until_it_takes_more() -> None:
    protocol = opened("AT+VTX")
    assert protocol.receive_data(b"\x10S", 0.0) == [SignalHeard(LineSignal.SENDING_PAUSED)]
    protocol.play(bytes(16_000), 0.0)
    assert protocol.data_to_send(1.0) == b""
    assert protocol.receive_data(b"\x10Q", 1.0) == [SignalHeard(LineSignal.SENDING_RESUMED)]
    assert protocol.data_to_send() == bytes(1600)


def test_keys_rings_and_caller_id_are_told_while_playing() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(80_000), 0.0)
    assert protocol.receive_data(b"\x10/\x101\x101\x10~", 0.1) == [KeyPressed("1")]
    assert protocol.receive_data(b"\r\nRING\r\n", 0.2) == [RING]
    assert protocol.receive_data(b"NMBR=2025550117\r\n", 0.3) == [CallerNumberReceived("2025550117", None)]
    assert protocol.receive_data(b"\r\nhello\r\n", 0.4) == [UnsolicitedLine("hello")]
    assert protocol.streaming is Direction.PLAYS


def test_an_abort_drops_what_was_not_played_and_leaves() -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(80_000), 0.0)
    protocol.data_to_send()
    protocol.abort_playback(0.1)
    assert protocol.data_to_send() == ABORT
    assert protocol.data_to_send(1.0) == b""
    assert not protocol.play(b"\x80", 1.0)
    assert protocol.receive_data(b"\r\nOK\r\n", 1.0) == [ReplyReceived("AT+VTX", "OK")]


def test_a_modem_may_answer_an_abort_with_the_end_of_the_stream_first() -> None:
    # Si24xx: DLE ETX, then OK. There was no sound, so no end of it is told.
    protocol = opened("AT+VTX")
    protocol.abort_playback(0.0)
    protocol.data_to_send()
    assert protocol.receive_data(b"\x10\x03", 0.1) == []
    assert protocol.receive_data(b"\r\nOK\r\n", 0.2) == [ReplyReceived("AT+VTX", "OK")]


def test_an_abort_before_connect_leaves_as_soon_as_the_stream_opens() -> None:
    protocol = ModemProtocol()
    protocol.send("AT+VTX", 0.0)
    protocol.play(bytes(80_000), 0.0)
    protocol.data_to_send()
    protocol.abort_playback(0.1)
    assert protocol.data_to_send() == b""
    protocol.receive_data(b"\r\nCONNECT\r\n", 0.2)
    assert protocol.data_to_send() == ABORT


@pytest.mark.parametrize("result", ["NO CARRIER", "OK", "ERROR", "BUSY", "VCON"])
def test_a_result_while_playing_means_that_the_modem_left_the_stream(result: str) -> None:
    protocol = opened("AT+VTX")
    protocol.play(bytes(80_000), 0.0)
    assert protocol.receive_data(b"\r\n" + result.encode() + b"\r\n", 0.1) == [ReplyReceived("AT+VTX", result)]
    assert protocol.data_to_send(5.0) == b""
    assert protocol.idle


def test_a_playback_that_nobody_ends_is_ended_after_a_while() -> None:
    protocol = opened("AT+VTX")
    assert silence(protocol, 0.0) == [(STARVED + RESULT + 2 * STEP, CommandTimedOut("AT+VTX"))]
