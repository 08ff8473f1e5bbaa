"""Which tone a rhythm of beeps and pauses is, by the rows of a country. Pure: beats in, an answer out."""

from collections.abc import Sequence
from dataclasses import dataclass

from hardware.sound.samples import RATE
from hardware.sound.tone_tables import Pattern, Tone

SLACK, SLACK_S = 0.13, 0.025
"""How far a beep or a pause may be off: exchanges keep within 10 %, and edges are known to a frame (20 ms)."""
ANY_BUSY_S = (0.14, 0.9)
"""On and off times of busy and reorder anywhere (0.15 to 0.75 s), above the 0.1 s of dial tones that stutter."""
ANY_BUSY_BEATS = 6
MOST_BEATS = 12
"""Spain's reorder twice (six beats), Turkey's once and a half (eight); by then there is no doubt."""
SAME_TONE = 0.03
"""How far beeps of one tone may be apart: half a semitone, so that no melody, and hardly a voice, is that even."""
FALL = 2.5
"""Pauses are softer than beeps by this much (4 dB), or something else goes on in them."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A beep, or a pause (`hz` 0). `at` and `length` in samples, `loudness` as mean square."""

    at: int
    length: int
    loudness: float
    hz: float = 0.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence (seconds on, off, ...) and how many beats of it make sure."""

    tone: Tone
    cadence: tuple[float, ...]

    @property
    def beats(self) -> int:
        """Busy and the like three times round, or about twice if a round has several beeps; the slow ringback once."""
        if self.tone is Tone.RINGBACK:
            return len(self.cadence)
        return min(max(ANY_BUSY_BEATS, 2 * len(self.cadence)), MOST_BEATS)


def rhythms_of(patterns: dict[Tone, Pattern]) -> list[Rhythm]:
    """The tones of a country that have a rhythm."""
    return [Rhythm(tone, pattern.cadence) for tone, pattern in patterns.items() if pattern.cadence]


def recognise(beats: Sequence[Beat], rhythms: Sequence[Rhythm]) -> tuple[Tone, int] | None:
    """The tone that the last beats are, and where it began; None when they are none.

    `beats` begin with a beep, end with a whole pause and alternate. Of several rhythms that fit the nearest counts; an
    even one that fits none is busy, whatever the country.
    """
    fits: list[tuple[float, int, Tone, int]] = []
    for rhythm in rhythms:
        heard = _one_tone(beats, rhythm.beats)
        if heard:
            fits.append((_nearest(heard, rhythm), len(fits), rhythm.tone, heard[0].at))
    if fits and min(fits)[0] <= 1:
        return min(fits)[2:]
    heard = _one_tone(beats, ANY_BUSY_BEATS)
    if not heard or any(_nearest(heard, rhythm) <= 1 for rhythm in rhythms):
        return None  # if it fits, it is the even part of a longer round, which will be sure later
    even = sum(beat.length for beat in heard) / len(heard) / RATE
    fits_any = ANY_BUSY_S[0] <= even <= ANY_BUSY_S[1] and _off(heard, (even,)) <= 1
    return (Tone.BUSY, heard[0].at) if fits_any else None


def _nearest(heard: Sequence[Beat], rhythm: Rhythm) -> float:
    """How far they are off if the first stands where in the round it fits best."""
    cadence = rhythm.cadence
    return min(_off(heard, cadence[turn:] + cadence[:turn]) for turn in range(0, len(cadence), 2))


def _one_tone(beats: Sequence[Beat], count: int) -> Sequence[Beat]:
    """The last `count` beats if their beeps are the same tone and the pauses are pauses; else none."""
    heard = beats[-count:]
    beeps, pauses = heard[0::2], heard[1::2]
    if len(heard) < count:
        return ()
    same = max(beep.hz for beep in beeps) <= (1 + SAME_TONE) * min(beep.hz for beep in beeps)
    falls = max(pause.loudness for pause in pauses) * FALL <= max(beep.loudness for beep in beeps)
    return heard if same and falls else ()


def _off(beats: Sequence[Beat], cadence: Sequence[float]) -> float:
    """How far the worst beat is off, as a part of what it may be."""
    expected = [cadence[n % len(cadence)] for n in range(len(beats))]
    return max(abs(beat.length / RATE - s) / (SLACK * s + SLACK_S) for beat, s in zip(beats, expected, strict=True))
