from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.simulator.voice_line import LineSound
from hardware.simulator.voice_model import UNSIGNED, VoiceFormat, VoiceModel
from hardware.simulator.voice_stream import Player, Recorder

FORM = VoiceFormat(1, '1,"UNSIGNED PCM",8,0,8000,0,0', UNSIGNED)
MODEL = VoiceModel(formats=(FORM,), default_format=1)


def player(model: VoiceModel = MODEL) -> tuple[Player, bytearray]:
    played = bytearray()
    return Player(model, FORM, 8000, begin=10.0, played=played.extend), played


def ended(playing: Player) -> bool:
    """Asked anew each time, so that a type checker does not take an earlier answer for a lasting one."""
    return playing.done


def recorder(sound: LineSound, *, model: VoiceModel = MODEL, silent_after: float = 0.0, deaf: bool = False) -> Recorder:
    return Recorder(model, FORM, 8000, sound, begin=1.0, silent_after=silent_after, deaf=deaf)


def test_sound_is_played_at_the_pace_of_its_samples() -> None:
    playing, played = player()
    assert playing.take(b"\x01" * 2000, 10.0) == b""
    playing.advance(10.1)
    assert len(played) == 800
    playing.advance(10.2)
    assert len(played) == 1600


def test_nothing_is_played_before_connect() -> None:
    playing, played = player()
    playing.take(b"\x01" * 100, 9.0)
    assert playing.advance(9.9) == b""
    assert not played


def test_an_underrun_is_told_once_for_each_gap_and_not_before_the_first_sample() -> None:
    playing, _ = player()
    assert playing.advance(11.0) == b""
    playing.take(b"\x01" * 80, 11.0)
    assert playing.advance(12.0) == b"\x10u"
    assert playing.advance(13.0) == b""
    playing.take(b"\x01" * 80, 13.0)
    assert playing.advance(13.5) == b"\x10u"


def test_the_end_comes_when_all_was_played_and_is_no_underrun() -> None:
    playing, played = player()
    playing.take(b"\x01" * 800, 10.0)
    playing.obey(b"\x03", 10.0)
    assert playing.advance(10.05) == b""
    assert not ended(playing)
    assert playing.advance(10.2) == b""
    assert ended(playing)
    assert len(played) == 800
    assert playing.take(b"\x02", 10.3) == b""
    playing.advance(11.0)
    assert len(played) == 800


def test_cancelling_throws_away_what_was_not_played_yet() -> None:
    playing, played = player()
    playing.take(b"\x01" * 4000, 10.0)
    assert playing.obey(b"\x18", 10.1) == b""
    playing.obey(b"\x03", 10.1)
    assert playing.done
    assert len(played) == 800


def test_playing_pauses_and_goes_on() -> None:
    playing, played = player()
    playing.take(b"\x01" * 1600, 10.0)
    playing.obey(b"p", 10.1)
    assert playing.advance(15.0) == b""
    assert len(played) == 800
    playing.obey(b"r", 20.0)
    playing.advance(20.05)
    assert len(played) == 1200


def test_a_full_buffer_makes_the_host_wait_until_an_eighth_is_free() -> None:
    playing, _ = player()
    assert playing.room == 4000
    playing.take(b"\x01" * 4000, 10.0)
    assert playing.room == 0
    playing.advance(10.05)
    assert playing.room == 0
    playing.advance(10.07)
    assert playing.room >= 500


def test_a_model_with_flow_codes_says_stop_and_go() -> None:
    playing, _ = player(replace(MODEL, flow_codes=True))
    assert playing.take(b"\x01" * 4000, 10.0) == b"\x10S"
    assert playing.take(b"\x01", 10.01) == b""
    assert playing.advance(10.1) == b""
    assert playing.advance(10.3) == b"\x10Q"


@given(st.lists(st.tuples(st.binary(max_size=400), st.floats(min_value=0, max_value=0.2)), max_size=20))
def test_all_that_was_taken_is_played_in_order(pieces: list[tuple[bytes, float]]) -> None:
    playing, played = player()
    now = 10.0
    for samples, pause in pieces:
        playing.take(samples, now)
        now += pause
    playing.obey(b"\x03", now)
    playing.advance(now + 60)
    assert playing.done
    assert bytes(played) == b"".join(samples for samples, _ in pieces)


def test_the_line_is_recorded_at_its_pace_shielded() -> None:
    sound = LineSound("US")
    sound.speak(1.0, b"\x10\x11\x12")
    recording = recorder(sound)
    assert recording.advance(1.001, room=True) == b"\x10\x10\x11\x12" + b"\x80" * 5
    assert recording.advance(1.001, room=True) == b""
    assert len(recording.advance(2.001, room=True)) == 8000


def test_a_pair_of_samples_can_come_as_one_code() -> None:
    sound = LineSound("US")
    sound.speak(1.0, b"\x10\x10\x10")
    assert (
        recorder(sound, model=replace(MODEL, pairs_as_sub=True))
        .advance(1.0005, room=True)
        .startswith(b"\x10\x1a\x10\x10\x80")
    )


def test_sound_that_finds_no_room_is_lost_and_told_afterwards() -> None:
    recording = recorder(LineSound("US"))
    assert recording.advance(1.1, room=False) == b""
    assert recording.advance(1.2, room=True) == b"\x10o" + b"\x80" * 800


@pytest.mark.parametrize(
    ("codes", "speech", "told"),
    [
        ({b"q", b"s"}, b"", b"\x10s"),
        ({b"q", b"s"}, b"\x01" * 800, b"\x10q"),
        ({b"s"}, b"\x01" * 800, b"\x10s"),
        (set(), b"\x01" * 800, b""),
    ],
)
def test_silence_is_told_once_as_its_model_does(codes: set[bytes], speech: bytes, told: bytes) -> None:
    sound = LineSound("US")
    sound.speak(1.0, speech)
    recording = recorder(sound, model=replace(MODEL, codes=frozenset(codes)), silent_after=2.0)
    heard = b"".join(recording.advance(1.0 + turn / 10, room=True) for turn in range(1, 60))
    assert heard.replace(speech, b"").replace(b"\x80", b"") == told


def test_a_recorder_without_the_line_hears_silence() -> None:
    sound = LineSound("US")
    sound.speak(1.0, b"\x01" * 80)
    assert recorder(sound, deaf=True).advance(1.01, room=True) == b"\x80" * 80
