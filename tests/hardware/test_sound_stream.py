"""The life of one stream: which commands open one, how it is left, and that every state ends."""

import pytest

from hardware.playback import STARVED, Playback
from hardware.profiles import PROFILES, ModemProfile
from hardware.sound_stream import (
    RESULT,
    STALLED,
    STEP,
    TABLE,
    Direction,
    Happening,
    SoundStream,
    State,
    direction_of,
    words_to_leave,
)
from hardware.voice_commands import ROCKWELL_VOICE, USR_TI_VOICE, V253_VOICE

PLAYS, HEARS = Direction.PLAYS, Direction.HEARS
BOTH = PLAYS | HEARS
DIRECTIONS = [PLAYS, HEARS, BOTH]


def stream(direction: Direction, seconds: float = 0.0, *, ended: bool = False) -> SoundStream:
    playback = Playback()
    playback.add(bytes(int(seconds * 8000)), 8000.0)
    if ended:
        playback.end()
    return SoundStream(direction, playback, V253_VOICE, 0.0)


def silent_from(one: SoundStream, now: float = 0.0) -> tuple[float, bytes]:
    """When it is over if the modem says nothing more, and what was written until then."""
    written = one.data_to_send(now)
    for _ in range(1000):
        due = one.deadline()
        if due is None:
            return now, written
        now = max(now, due)
        one.advance(now)
        written += one.data_to_send(now)
    raise AssertionError("it never ends")


@pytest.mark.parametrize(
    ("command", "direction"),
    [
        ("AT+VTX", PLAYS),
        ("at+vtx", PLAYS),
        ("ATE0#VTX", PLAYS),
        ("AT#VRX", HEARS),
        ("AT+VRX", HEARS),
        ("AT+VTR", BOTH),
        ("AT+VLS=1+VTX", PLAYS),
        ("AT+VRX=?", None),
        ("AT+VTS=[933,933,120]", None),
        ("AT+VRR", None),
        ("AT", None),
        ("ATH0", None),
    ],
)
def test_the_commands_that_open_a_stream(command: str, direction: Direction | None) -> None:
    assert direction_of(command) == direction


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_what_the_profiles_play_and_record_with_opens_a_stream(profile: ModemProfile) -> None:
    assert direction_of(profile.voice.play) == PLAYS
    assert direction_of(profile.voice.record) == HEARS


def test_every_family_is_left_by_its_own_word_first() -> None:
    assert words_to_leave(PLAYS, V253_VOICE)[0] == b"\x00\x10\x18\x10\x03"
    assert words_to_leave(HEARS, V253_VOICE)[0] == b"\x10!"
    assert words_to_leave(BOTH, V253_VOICE)[0] == b"\x10^"
    assert words_to_leave(HEARS, ROCKWELL_VOICE)[0] == b"!"
    assert words_to_leave(PLAYS, USR_TI_VOICE)[0] == b"\x00\x10\x18"


CAN_HAPPEN = {
    State.RUNNING: {
        Happening.ALL_WRITTEN,
        Happening.STARVED,
        Happening.STALLED,
        Happening.LEAVE_ASKED,
        Happening.ENDED,
    },
    State.DRAINING: {Happening.LEAVE_ASKED, Happening.ENDED, Happening.DEADLINE},
    State.LEAVING: {Happening.LEAVE_ASKED, Happening.ENDED, Happening.DEADLINE, Happening.NO_WORD_LEFT},
    State.SETTLING: {Happening.LEAVE_ASKED, Happening.ENDED, Happening.DEADLINE},
    State.OVER: set(),
}


def test_the_table_speaks_of_everything_that_can_happen_and_of_nothing_else() -> None:
    assert set(CAN_HAPPEN) == set(State)
    assert set(TABLE) == {(state, happening) for state, happenings in CAN_HAPPEN.items() for happening in happenings}


def test_a_playback_is_ended_behind_its_last_sample() -> None:
    one = stream(PLAYS, 0.1, ended=True)
    assert one.data_to_send(0.0) == bytes(800) + b"\x10\x03"
    assert one.state is State.DRAINING
    assert one.deadline() == pytest.approx(0.1 + RESULT)


def test_a_dle_among_the_samples_is_written_twice() -> None:
    one = stream(PLAYS)
    one.playback.add(b"\x10\x03\x10", 8000.0)
    assert one.data_to_send(0.0) == b"\x10\x10\x03\x10\x10"


def test_a_modem_that_ignores_the_end_of_a_playback_is_left() -> None:
    over, written = silent_from(stream(PLAYS, 1.0, ended=True))
    assert written == bytes(8000) + b"\x10\x03" + b"\x00\x10\x18\x10\x03" + b"\x10\x03" + b"\r"
    assert over == pytest.approx(1.0 + RESULT + 2 * STEP)


def test_a_playback_that_nobody_ends_is_ended() -> None:
    over, written = silent_from(stream(PLAYS))
    assert written.startswith(b"\x10\x03")
    assert over == STARVED + RESULT + 2 * STEP


@pytest.mark.parametrize("direction", [HEARS, BOTH])
def test_a_modem_that_stops_sending_sound_is_told_to_stop_and_given_up(direction: Direction) -> None:
    one = stream(direction)
    one.heard(10.0)
    assert one.deadline() == 10.0 + STALLED
    assert silent_from(one) == (10.0 + STALLED, words_to_leave(direction, V253_VOICE)[0] + b"\r")
    assert one.state is State.OVER


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_leaving_tries_every_word_and_then_gives_up(direction: Direction) -> None:
    one = stream(direction, 60.0)
    one.data_to_send(0.0)
    one.leave(0.5)
    words = words_to_leave(direction, V253_VOICE)
    assert silent_from(one, 0.5) == (0.5 + STEP * len(words), b"".join(words) + b"\r")


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_leaving_twice_says_it_once(direction: Direction) -> None:
    one = stream(direction)
    one.leave(0.0)
    one.leave(0.1)
    assert one.data_to_send(0.1) == words_to_leave(direction, V253_VOICE)[0]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_modem_that_ended_the_stream_has_three_seconds_for_its_result(direction: Direction) -> None:
    one = stream(direction, 60.0)
    one.ended(1.0)
    assert silent_from(one, 1.0) == (1.0 + RESULT, b"\r")
