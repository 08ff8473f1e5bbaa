"""Recordings in the dialogue: sound is never text, and always ends."""

import pytest

from hardware.events import (
    CallerIdReported,
    CallerNumberReceived,
    CommandTimedOut,
    KeyPressed,
    LineSignal,
    ReplyReceived,
    SignalHeard,
    SoundReceived,
    UnsolicitedLine,
    WireEvent,
)
from hardware.protocol import ModemProtocol
from hardware.sound_stream import STALLED, STEP, Direction
from hardware.voice_commands import ROCKWELL_VOICE, USR_TI_VOICE, VoiceCommands
from tests.hardware.stream_desk import ENDED, RING, opened


def test_a_recording_is_answered_with_connect_and_again_when_it_is_over() -> None:
    protocol = opened("AT+VRX")
    assert protocol.streaming is Direction.HEARS
    assert protocol.receive_data(b"\x80\x10\x10\x81", 0.1) == [SoundReceived(b"\x80\x10\x81")]
    protocol.stop_recording(0.2)
    assert protocol.data_to_send() == b"\x10!"
    assert protocol.receive_data(b"\x82\x10\x03\r\nOK\r\n", 0.3) == [
        SoundReceived(b"\x82"),
        ENDED,
        ReplyReceived("AT+VRX", "OK"),
    ]
    assert protocol.idle


def test_a_modem_may_end_a_recording_by_itself_and_answer_vcon() -> None:
    protocol = opened("AT#VRX")
    assert protocol.receive_data(b"\x80\x10q\x10\x03\r\nVCON\r\n", 0.1) == [
        SoundReceived(b"\x80"),
        SignalHeard(LineSignal.QUIET),
        ENDED,
        ReplyReceived("AT#VRX", "VCON"),
    ]


def test_sound_that_spells_text_is_sound() -> None:
    protocol = opened("AT+VRX")
    for text in (b"\r\nRING\r\n", b"\r\nOK\r\n", b"\r\nNO CARRIER\r\n", b"\r\nNMBR=2025550117\r\n"):
        assert protocol.receive_data(text, 0.1) == [SoundReceived(text)]


def test_a_key_pressed_while_recording_is_told_once() -> None:
    events = opened("AT+VRX").receive_data(b"\x80\x10/\x105\x80\x105\x80\x105\x10~\x80", 0.1)
    assert [event for event in events if not isinstance(event, SoundReceived)] == [KeyPressed("5")]


def test_a_caller_id_report_inside_the_sound_is_reported() -> None:
    protocol = opened("AT+VRX")
    sound = b"\x80\x10XDATE=0117\r\nTIME=1452\r\nNMBR=2025550117\r\nNAME=AIRY LAYOUT\r\nERRM=1\r\n\x10.\x81"
    assert protocol.receive_data(sound, 0.1) == [
        SoundReceived(b"\x80"),
        CallerNumberReceived("2025550117", None),
        CallerIdReported("2025550117", "AIRY LAYOUT", None, "01-17", "14:52"),
        SoundReceived(b"\x81"),
    ]


def test_an_ok_in_a_report_inside_the_sound_ends_nothing() -> None:
    protocol = opened("AT+VRX")
    assert protocol.receive_data(b"\x10XOK\r\n\x10.\x81", 0.1) == [UnsolicitedLine("OK"), SoundReceived(b"\x81")]


@pytest.mark.parametrize("tail", [b"", b"\x10", b"\x10X", b"\r\nNO CARRIER\r\n"])
def test_a_recording_that_stands_still_is_over_and_text_is_read_again(tail: bytes) -> None:
    protocol = opened("AT+VRX")
    protocol.receive_data(b"\x80\x80" + tail, 1.0)
    assert protocol.deadline() == 1.0 + STALLED
    assert protocol.advance(1.0 + STALLED) == [ENDED, CommandTimedOut("AT+VRX")]
    assert protocol.data_to_send() == b"\x10!\r"  # in case that only its sound is stuck
    assert protocol.receive_data(b"\r\nRING\r\n", 4.0) == [RING]
    assert protocol.idle


def test_sound_kept_for_a_report_that_never_ended_is_told_when_the_stream_stands_still() -> None:
    protocol = opened("AT+VRX")
    protocol.receive_data(b"\x10X\x80\x81", 1.0)
    assert protocol.advance(3.0) == [SoundReceived(b"\x80\x81"), ENDED, CommandTimedOut("AT+VRX")]


def test_a_machine_that_slept_finds_its_sound_instead_of_a_silent_modem() -> None:
    protocol = opened("AT+VRX")
    protocol.receive_data(b"\x80", 1.0)
    assert protocol.receive_data(b"\x81", 60.0) == [SoundReceived(b"\x81")]
    assert protocol.streaming is Direction.HEARS


def test_a_modem_that_does_not_stop_recording_is_told_in_other_words_and_given_up() -> None:
    protocol = opened("AT+VRX")
    protocol.stop_recording(0.0)
    said, now, events = [protocol.data_to_send()], 0.0, list[WireEvent]()
    while protocol.streaming is not None:
        now += 0.1
        events += protocol.receive_data(b"\x80", now)
        said.append(protocol.data_to_send())
    assert [words for words in said if words] == [b"\x10!", b"\x10\x1b", b"\x10\x03", b"\r"]
    assert now == pytest.approx(3 * STEP, abs=0.2)
    assert events[-2:] == [ENDED, CommandTimedOut("AT+VRX")]


@pytest.mark.parametrize(("voice", "word"), [(ROCKWELL_VOICE, b"!"), (USR_TI_VOICE, b"\x10")])
def test_each_family_is_stopped_by_its_own_word(voice: VoiceCommands, word: bytes) -> None:
    protocol = ModemProtocol()
    protocol.voice = voice
    protocol.send("AT#VRX", 0.0)
    protocol.data_to_send()
    protocol.receive_data(b"CONNECT\r\n", 0.0)
    protocol.stop_recording(0.0)
    assert protocol.data_to_send() == word
