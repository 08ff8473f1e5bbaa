"""Sums over a few milliseconds of sound: how loud, how much of it at one frequency, and which one. No meaning enters.

Nothing here keeps anything. Blocks are sequences of numbers at `rate` samples per second.
"""

import math
from collections.abc import Sequence
from operator import mul

from hardware.sound.samples import LOUDEST, RATE


def mean_square(dbfs: float) -> float:
    """The mean square of a sound of this level; 0 dBFS is the loudest sine that 16 bits hold."""
    return LOUDEST**2 / 2 * 10 ** (dbfs / 10)


def coefficient(frequency: float, rate: int = RATE) -> float:
    """What `power` needs to know of a frequency."""
    return 2 * math.cos(math.tau * frequency / rate)


def power(block: Sequence[float], coefficient: float) -> float:
    """The part of the block's sum of squares that lies at a frequency, by Goertzel's algorithm: all, for a pure sine.

    The frequency reaches as far as the block is short: rate / length to either side, where it is nought.
    """
    last = before = 0.0
    for value in block:
        last, before = value + coefficient * last - before, last
    return 2 * (last * last + before * before - coefficient * last * before) / len(block)


LAGS = 6


def likely_frequency(block: Sequence[float]) -> float:
    """The frequency (Hz, at 8,000 samples per second) of the sine that the block is, if it is one; else any number.

    A sine's autocorrelation r is itself a sine, r[k-1] + r[k+1] = 2 cos(w) r[k]; the least squares of that over a few
    lags, without r[0], where all of the noise is. In noise 10 dB below the sine it errs by 4 Hz in 20 ms.
    """
    count = len(block)
    r = [sum(map(mul, block, block[lag:])) / (count - lag) for lag in range(1, LAGS + 1)]
    squares = 2 * sum(map(mul, r[1:-1], r[1:-1]))
    if not squares:
        return 0.0
    cosine = sum(here * (left + right) for left, here, right in zip(r, r[1:], r[2:], strict=False)) / squares
    return math.acos(min(1.0, max(-1.0, cosine))) * RATE / math.tau
