"""The pace of what is written: never dry, never far ahead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import LineSignal
from hardware.playback import LEAST, LONGEST_PAUSE, PIECE, Playback

RATE = 8000.0


def playing(seconds: float, rate: float = RATE, at: float = 100.0) -> Playback:
    playback = Playback()
    playback.add(bytes(int(seconds * rate)), rate)
    playback.start(at)
    return playback


def filled(playback: Playback, now: float) -> int:
    """Bytes written at `now`, in as many pieces as are due."""
    count = 0
    while piece := playback.next_piece(now):
        count += len(piece)
    return count


def leads(playback: Playback, now: float, late: float = 0.0, rate: float = RATE) -> list[float]:
    """Seconds the modem has in hand around each piece but the first two, written `late` seconds after it is due."""
    found, began, written = [], now, 0
    while (due := playback.due()) is not None:
        now = max(now, due + late)
        before, started = written / rate - (now - began), written > PIECE * rate
        written += len(playback.next_piece(now))
        if started:
            found += [before, written / rate - (now - began)]
    return found


def test_two_pieces_are_written_at_once_and_the_rest_at_the_pace_of_the_line() -> None:
    playback = playing(10.0)
    assert filled(playback, 100.0) == 2 * PIECE * RATE
    assert playback.next_piece(100.0) == b""
    assert playback.due() == pytest.approx(100.0 + 2 * PIECE - LEAST)


@pytest.mark.parametrize("rate", [4000.0, 8000.0, 16000.0])
@pytest.mark.parametrize("late", [0.0, 0.02, 0.1])
def test_the_lead_stays_between_two_tenths_and_half_a_second(rate: float, late: float) -> None:
    found = leads(playing(20.0, rate), 100.0, late, rate)
    assert len(found) > 100
    assert min(found) >= max(0.2, LEAST - late) - 1e-6
    assert max(found) <= LEAST + PIECE + 1e-6


def test_a_machine_that_slept_starts_again_instead_of_catching_up() -> None:
    playback = playing(10.0)
    filled(playback, 100.0)
    assert filled(playback, 105.0) <= (LEAST + PIECE) * RATE
    assert playback.dry_at(105.0) > 105.2


def test_an_underrun_is_filled_up_at_once_but_not_more_often_than_pieces_are_due() -> None:
    playback = playing(10.0)
    filled(playback, 100.0)
    playback.told(LineSignal.UNDERRUN, 100.05)
    assert filled(playback, 100.05) > LEAST * RATE
    for _ in range(50):
        playback.told(LineSignal.UNDERRUN, 100.06)
    assert filled(playback, 100.06) == 0


def test_nothing_is_written_while_the_modem_asks_to_wait() -> None:
    playback = playing(10.0)
    playback.told(LineSignal.SENDING_PAUSED, 100.0)
    assert filled(playback, 100.0) == 0
    assert playback.due() == 100.0 + LONGEST_PAUSE
    playback.told(LineSignal.SENDING_RESUMED, 100.5)
    assert filled(playback, 100.5) > 0


def test_a_word_to_go_on_that_is_lost_does_not_stop_the_sound_for_good() -> None:
    playback = playing(10.0)
    for tenth in range(int(LONGEST_PAUSE * 10)):
        playback.told(LineSignal.SENDING_PAUSED, 100.0 + tenth / 10)
    assert filled(playback, 100.0 + LONGEST_PAUSE) > 0


def test_what_is_dropped_is_not_written() -> None:
    playback = playing(10.0)
    filled(playback, 100.0)
    playback.drop()
    assert (playback.empty, playback.ended, playback.due()) == (True, True, None)
    assert playback.next_piece(200.0) == b""


@pytest.mark.parametrize("rate", [0.0, -8000.0, float("nan")])
def test_a_rate_that_is_none_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        Playback().add(b"\x80", rate)


@given(
    st.lists(st.binary(max_size=5000), max_size=6),
    st.floats(1.0, 50_000.0),
    st.lists(
        st.tuples(
            st.floats(0, 5),
            st.sampled_from([None, LineSignal.UNDERRUN, LineSignal.SENDING_PAUSED, LineSignal.SENDING_RESUMED]),
        ),
        max_size=30,
    ),
)
def test_every_sample_is_written_once_and_in_order(
    sounds: list[bytes], rate: float, steps: list[tuple[float, LineSignal | None]]
) -> None:
    playback, now, written = Playback(), 0.0, b""
    playback.start(now)
    for sound in sounds:
        playback.add(sound, rate)
    for wait, signal in steps:
        now += wait
        if signal is not None:
            playback.told(signal, now)
        written += playback.next_piece(now)
    while (due := playback.due()) is not None:
        now = max(now, due)
        piece = playback.next_piece(now)
        assert piece  # what is due is written: its owner does not spin
        written += piece
    assert written == b"".join(sounds)
