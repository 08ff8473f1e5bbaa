"""Twenty milliseconds of sound, measured: how loud, whether it is a low tone, whether it is a single one. No meaning.

Quiet frames cost next to nothing, and what costs most is measured only where the cheaper measures left it open.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from hardware.sound.samples import RATE
from hardware.sound.spectrum import coefficient, likely_frequency, mean_square, power

FRAME = RATE // 50
QUIET_DBFS = -45.0
"""Softer than this is no tone: networks send at -10 dBm0, long lines take 20 dB of it, and 8 bits end at -45 dBFS."""
DECIMATION = 4
SLOW_RATE = RATE // DECIMATION
LOW_HZ = (300, 650)
IN_BAND = 0.7
"""The part of a frame's sound between the two that makes it a low tone; noise 10 dB below it takes 0.1."""
SINGLE = 0.65
"""The part of a frame's sound at one frequency that makes it a single tone; of a key's two each has 0.5."""
SINGLE_HZ = (800.0, 2300.0)
"""Where special information (from 900 Hz) and fax (to 2100 Hz) are, 1.5 % off at most, with room for noise."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What was measured, in a frame that begins at sample `at`.

    `loudness` is the mean square of the samples without what is constant in them; `slow` is the sound at 2 kHz (empty
    when quiet); `low` is whether nearly all of it lies in the band of dial and busy tones; `pitch` is the frequency of
    a single higher tone in Hz, or 0.
    """

    at: int
    loudness: float
    slow: Sequence[float] = ()
    low: bool = False
    pitch: float = 0.0


def measure(at: int, samples: Sequence[int]) -> Frame:
    """Measure FRAME samples."""
    middle = sum(samples) / FRAME
    loudness = sum(map(mul, samples, samples)) / FRAME - middle * middle
    if loudness < _QUIET:
        return Frame(at, max(loudness, 0.0))
    sound = [sample - middle for sample in samples]  # cheap modems have an offset, and 8 bits add to it
    slow = list(map(sum, zip(sound[0::4], sound[1::4], sound[2::4], sound[3::4], strict=True)))
    low = sum([power(slow, c) * gain for c, gain in _BAND]) > IN_BAND * loudness * FRAME
    return Frame(at, loudness, slow, low, 0.0 if low else _pitch(sound, loudness))


def _pitch(sound: Sequence[float], loudness: float) -> float:
    frequency = likely_frequency(sound)
    if not SINGLE_HZ[0] < frequency < SINGLE_HZ[1]:
        return 0.0
    return frequency if power(sound, coefficient(frequency)) > SINGLE * loudness * FRAME else 0.0


def _restored(frequency: float) -> float:
    """What makes up for the power that a tone loses when four samples are added up to one."""
    half = math.pi * frequency / RATE
    return DECIMATION * (math.sin(half) / math.sin(DECIMATION * half)) ** 2


_QUIET = mean_square(QUIET_DBFS)
_BAND = [(coefficient(hz, SLOW_RATE), _restored(hz)) for hz in range(LOW_HZ[0], LOW_HZ[1] + 1, RATE // FRAME)]
