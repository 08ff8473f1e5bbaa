"""Every tone of every country is recognised as what it is, however off, soft, noisy or badly encoded it comes."""

from array import array
from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.sound import tones
from hardware.sound.heard import KeyHeard, SilenceLasted, ToneHeard
from hardware.sound.hearing import Listener
from hardware.sound.samples import RATE, Samples
from hardware.sound.tone_tables import FAX_ANSWERING, FAX_CALLING, SPECIAL_INFORMATION, TONES, Part, Pattern, Tone
from tests.hardware.line_sounds import CONDITIONS, Condition, enough, heard, hiss, names, noisy, off, through


def rows() -> Iterator[tuple[str, Tone, Pattern]]:
    for country, row in TONES.items():
        for tone, pattern in row.patterns().items():
            yield country, tone, pattern
    for tone, pattern in SPECIAL_INFORMATION.items():
        yield "US", tone, pattern
    yield "DE", Tone.FAX_CALLING, FAX_CALLING
    yield "DE", Tone.FAX_ANSWERING, FAX_ANSWERING


def as_it_comes(tone: Tone, pattern: Pattern, condition: Condition) -> Samples:
    level, frequency, cadence, snr, encoding = condition
    sound = enough(tone, off(pattern, frequency, cadence), level)
    return through(encoding, noisy(sound, snr) if snr else sound)


def unlike_others() -> list[tuple[str, Tone, Pattern]]:
    """The rows, without those that repeat what another country has."""
    return list({(tone, pattern): (country, tone, pattern) for country, tone, pattern in rows()}.values())


# One corner of the conditions for each tone, in turn; all of them together are in the slow test below.
@pytest.mark.parametrize(
    ("country", "tone", "pattern", "condition"),
    [(*row, condition) for row, condition in zip(unlike_others(), cycle(CONDITIONS), strict=False)],
)
def test_a_tone_is_recognised_once_and_no_other(
    country: str, tone: Tone, pattern: Pattern, condition: Condition
) -> None:
    assert names(heard(as_it_comes(tone, pattern, condition), country)) == [tone]


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(("country", "tone", "pattern"), list(rows()))
def test_a_tone_is_recognised_under_every_condition(
    country: str, tone: Tone, pattern: Pattern, condition: Condition
) -> None:
    assert names(heard(as_it_comes(tone, pattern, condition), country)) == [tone]


@pytest.mark.slow
@pytest.mark.parametrize("household", ["US", "DE", "GB", "ES", ""])
def test_a_foreign_tone_is_never_taken_for_one_of_another_meaning(household: str) -> None:
    gone = {Tone.BUSY, Tone.REORDER}
    for country, tone, pattern in rows():
        found = set(names(heard(enough(tone, pattern), household)))
        meant = gone if tone in gone else {tone, Tone.SPECIAL_INFORMATION} if tone in SPECIAL_INFORMATION else {tone}
        assert found <= meant, (country, tone, found)


@pytest.mark.parametrize("seconds", [0.15, 0.2, 0.25, 0.35, 0.5, 0.75])
@pytest.mark.parametrize("frequency", [400.0, 620.0])
def test_an_even_rhythm_of_a_country_not_in_the_tables_is_busy(seconds: float, frequency: float) -> None:
    unknown = Pattern(tuple(Part(seconds, at) for at in ((frequency,), ())))
    assert set(names(heard(enough(Tone.BUSY, unknown)))) <= {Tone.BUSY, Tone.REORDER}
    assert names(heard(enough(Tone.BUSY, unknown)))


def test_a_tone_is_told_with_where_it_began_and_how_long_it_took_to_be_sure() -> None:
    sound = tones.pause(1.0) + tones.make(TONES["DE"].busy, 10.0)
    [busy] = heard(sound, "DE")
    assert isinstance(busy, ToneHeard)
    assert abs(busy.at - RATE) <= 160
    assert abs(busy.lasted - 3 * 0.96 * RATE) <= 0.1 * RATE


def test_a_tone_is_told_again_only_after_it_had_stopped() -> None:
    busy = tones.make(TONES["DE"].busy, 6.0)
    assert names(heard(busy + tones.pause(8.0) + busy, "DE")) == [Tone.BUSY, Tone.BUSY]


def test_a_stuttering_dial_tone_is_dial_tone_when_it_has_settled() -> None:
    stutter = tones.make(Pattern((Part(0.1, (350, 440)), Part(0.1))), 2.0)
    assert names(heard(stutter + tones.make(TONES["US"].dial, 3.0), "US")) == [Tone.DIAL_TONE]


def test_what_the_network_sends_after_a_caller_left_is_told_in_order() -> None:
    sound = enough(Tone.INTERCEPT, SPECIAL_INFORMATION[Tone.INTERCEPT]) + tones.make(TONES["US"].busy, 4.0)
    sound += tones.pause(1.0) + tones.make(TONES["US"].dial, 3.0)
    assert names(heard(sound, "US")) == [Tone.INTERCEPT, Tone.BUSY, Tone.DIAL_TONE]


MIXED = (
    tones.make_keys("147#")
    + tones.make(TONES["GB"].reorder or TONES["GB"].busy, 3.3)
    + tones.pause(5.2)
    + enough(Tone.SPECIAL_INFORMATION, SPECIAL_INFORMATION[Tone.SPECIAL_INFORMATION])
)
EXPECTED = Listener("GB").feed(MIXED)


def test_keys_tones_and_silence_are_told_together() -> None:
    assert names(EXPECTED) == ["1", "4", "7", "#", Tone.REORDER, Tone.SPECIAL_INFORMATION]
    assert [type(one) for one in EXPECTED] == [*[KeyHeard] * 4, ToneHeard, SilenceLasted, ToneHeard]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
@settings(deadline=None, max_examples=6)
def test_how_the_sound_is_cut_into_pieces_changes_nothing(lengths: list[int]) -> None:
    listener, found, at = Listener("GB"), [], 0
    for length in cycle([*lengths, 37]):
        found += listener.feed(MIXED[at : at + length])
        at += length
        if at >= len(MIXED):
            break
    assert sorted(found, key=lambda one: (one.at, one.lasted)) == sorted(EXPECTED, key=lambda one: (one.at, one.lasted))


def test_silence_is_told_once_after_as_long_as_asked() -> None:
    [quiet] = Listener(silence=2.0).feed(tones.pause(10.0))
    assert quiet == SilenceLasted(0, 2 * RATE, after_sound=False)


def test_silence_after_sound_begins_where_the_sound_ended_and_clicks_do_not_break_it() -> None:
    click = tones.make(Pattern((Part(0.015, (1000,)),)))
    sound = hiss(1.0, -20) + tones.pause(1.0) + click + tones.pause(1.5) + hiss(0.5, -20) + tones.pause(3.0)
    first, second = Listener(silence=2.0).feed(sound)
    assert first == SilenceLasted(RATE, 2 * RATE, after_sound=True)
    assert abs(second.at - (len(sound) - 3 * RATE)) <= 160


def test_a_hum_below_the_threshold_and_an_offset_are_silence() -> None:
    hum = tones.make(Pattern((Part(1.0, (50,)),)), 3.0, level=-45)
    offset = array("h", [value + 700 for value in hum])
    assert [type(one) for one in Listener(silence=2.0).feed(offset)] == [SilenceLasted]
    assert Listener(silence=2.0, silent_below=-55).feed(offset) == []
