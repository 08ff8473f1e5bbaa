"""Telephone keys are recognised by the rules of ITU-T Q.24: long enough, pure enough, near enough; once per press."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.sound import tone_tables, tones
from hardware.sound.samples import RATE
from hardware.sound.tone_tables import KEYPAD, Part, Pattern
from tests.hardware.line_sounds import CONDITIONS, Condition, heard, names, noisy, off, through

KEYS = "".join(KEYPAD)


@pytest.mark.parametrize("condition", [row for row in CONDITIONS if row[2] == 1.0 or row[3]])
def test_every_key_is_recognised_however_it_comes(condition: Condition) -> None:
    level, frequency, _, snr, encoding = condition
    sound = tones.pause(0.1)
    for key in KEYS:
        sound += tones.make(off(tone_tables.key(key), frequency), level=level)
    sound = through(encoding, noisy(sound, snr) if snr else sound)
    assert "".join(map(str, names(heard(sound)))) == KEYS


@given(key=st.sampled_from(KEYS), milliseconds=st.integers(40, 600), before=st.integers(0, 400))
@settings(deadline=None, max_examples=25)
def test_one_press_is_one_key_however_long_it_is_held(key: str, milliseconds: int, before: int) -> None:
    held = Pattern((Part(milliseconds / 1000, tone_tables.key(key).parts[0].frequencies),))
    found = heard(tones.pause(before / 1000) + tones.make(held) + tones.pause(0.1))
    assert names(found) == [key]
    assert abs(found[0].at - before * RATE // 1000) <= 102


@pytest.mark.parametrize("milliseconds", [5, 10, 15, 20])
def test_a_press_too_short_to_be_one_is_none(milliseconds: int) -> None:
    for before in range(100, 130, 3):
        short = Pattern((Part(milliseconds / 1000, tone_tables.key("5").parts[0].frequencies),))
        assert heard(tones.pause(before / 1000) + tones.make(short) + tones.pause(0.1)) == []


def test_the_same_key_twice_with_40_ms_between_is_two() -> None:
    press = Pattern((Part(0.05, (770, 1336)), Part(0.04)))
    assert names(heard(tones.make(press, 0.9))) == ["5"] * 10


def test_a_gap_of_5_ms_does_not_make_two_presses_of_one() -> None:
    press = Pattern((Part(0.1, (770, 1336)), Part(0.005), Part(0.1, (770, 1336))))
    assert names(heard(tones.make(press) + tones.pause(0.1))) == ["5"]


@pytest.mark.parametrize(("row", "column", "told"), [(0, -4, True), (0, -7, True), (0, 6, True), (0, -14, False)])
def test_keys_are_taken_with_as_much_twist_as_lines_bring_and_no_more(row: float, column: float, told: bool) -> None:
    low, high = (tones.make(Pattern((Part(0.08, (hz,)),)), level=-20 + db) for hz, db in ((770, row), (1336, column)))
    both = array("h", map(sum, zip(low, high, strict=True)))
    assert names(heard(both + tones.pause(0.1))) == (["5"] if told else [])


@pytest.mark.parametrize("off_by", [0.955, 1.045])
def test_keys_whose_frequencies_are_4_and_a_half_percent_off_are_none(off_by: float) -> None:
    assert not heard(sum((tones.make(off(tone_tables.key(key), off_by)) for key in KEYS), array("h")))
