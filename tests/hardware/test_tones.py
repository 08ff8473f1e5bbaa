"""Tones are made as long, as loud and as high as asked, begin and end without a click, and rows have sources."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.cadence import CADENCES
from hardware.sound import tones
from hardware.sound.samples import LOUDEST, RATE, Samples
from hardware.sound.spectrum import coefficient, power
from hardware.sound.tone_tables import (
    EUROPE,
    FAX_ANSWERING,
    FAX_CALLING,
    KEYPAD,
    NORTH_AMERICA,
    RECORD_BEEP,
    SPECIAL_INFORMATION,
    TONES,
    Part,
    Pattern,
    key,
    tones_of,
)

ALL = [*SPECIAL_INFORMATION.values(), FAX_CALLING, FAX_ANSWERING, RECORD_BEEP, *(key(k) for k in "".join(KEYPAD))]
ALL += {pattern: None for row in TONES.values() for pattern in row.patterns().values()}


def level(sound: Samples) -> float:
    """In dBm0."""
    full = LOUDEST / math.sqrt(2)
    return 20 * math.log10(math.sqrt(sum(value * value for value in sound) / len(sound)) / full) + tones.FULL_SCALE_DBM0


@pytest.mark.parametrize("pattern", ALL)
def test_one_round_is_as_long_as_its_parts(pattern: Pattern) -> None:
    assert len(tones.make(pattern)) == round(sum(part.seconds for part in pattern.parts) * RATE)


@given(pattern=st.sampled_from(ALL), count=st.integers(0, RATE))
@settings(deadline=None, max_examples=50)
def test_any_length_is_made_to_the_sample(pattern: Pattern, count: int) -> None:
    assert len(tones.make(pattern, count / RATE)) == count


@pytest.mark.parametrize("pattern", ALL)
def test_a_tone_sounds_at_its_frequencies_and_nowhere_else(pattern: Pattern) -> None:
    sound = tones.make(pattern)
    begin = 0
    for part in pattern.parts:
        end = begin + round(part.seconds * RATE)
        steady = sound[begin + tones.RAMP : end - tones.RAMP]
        begin = end
        if not part.frequencies:
            assert not any(steady)
        elif not part.swell:
            whole = sum(value * value for value in steady)
            shares = [power(steady, coefficient(hz)) / whole for hz in part.frequencies]
            assert sum(shares) == pytest.approx(1, abs=0.12)
            assert max(shares) - min(shares) < 0.1


@pytest.mark.parametrize("pattern", ALL)
@pytest.mark.parametrize("wanted", [-35.0, tones.LOUDEST_DBM0])
def test_a_tone_is_as_loud_as_asked_and_never_clipped(pattern: Pattern, wanted: float) -> None:
    first = Pattern((pattern.parts[0],))
    sound = tones.make(first, level=wanted)
    assert level(sound[tones.RAMP : -tones.RAMP]) == pytest.approx(wanted, abs=0.5)
    assert max(map(abs, sound)) < LOUDEST


def test_louder_than_two_sines_can_be_is_refused() -> None:
    with pytest.raises(ValueError, match="would be distorted; the loudest is -2 dBm0"):
        tones.make(FAX_CALLING, level=0)


@pytest.mark.parametrize("pattern", [NORTH_AMERICA.busy, FAX_CALLING, key("1"), RECORD_BEEP])
@pytest.mark.parametrize("seconds", [None, 0.33, 2.6])
def test_there_is_no_click_at_any_edge(pattern: Pattern, seconds: float | None) -> None:
    sound = [0, *tones.make(pattern, seconds), 0]
    highest = max(max(part.frequencies, default=0) for part in pattern.parts)
    steepest = max(map(abs, sound)) * 2 * math.pi * highest / RATE
    assert max(abs(a - b) for a, b in itertools.pairwise(sound)) <= steepest * 1.05
    assert max(abs(sound[1]), abs(sound[-2])) < 400


def test_a_steady_tone_has_no_seam() -> None:
    sound = tones.make(NORTH_AMERICA.dial, 3.5)
    low, high = (power(sound[4000:24000], coefficient(hz)) for hz in (350, 440))
    assert low == pytest.approx(high, rel=0.02)
    assert sound[8000:9000] == sound[16000:17000]


def test_a_part_may_be_softer_than_the_rest() -> None:
    sound = tones.make(Pattern((Part(0.5, (425,)), Part(0.5, (425,), level=-10))))
    assert level(sound[200:3800]) - level(sound[4200:7800]) == pytest.approx(10, abs=0.1)


def test_keys_take_70_ms_and_as_much_again() -> None:
    assert len(tones.make_keys("0123456789*#ABCD")) == 16 * 2 * 560
    assert key("5").parts[0].frequencies == (770, 1336)


@pytest.mark.parametrize("wrong", ["", "E", "12", "a", " "])
def test_what_is_no_key_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="There is no key"):
        key(wrong)


def test_every_country_whose_rings_are_known_has_tones_and_unknown_ones_have_those_of_europe() -> None:
    assert set(CADENCES) <= set(TONES)
    assert tones_of("XX") is EUROPE
    assert all(row.source in {"E180", "SIN350", "S002", "TNA102", "AST", "PTP"} for row in TONES.values())
