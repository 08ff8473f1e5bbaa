"""Sound of other rates made 8 kHz. Pure. Only ever down, from the rates that sound files have.

Each output sample is the input seen through a window (a sine cardinal under a Kaiser window) that lets the telephone's
band pass up to 3.4 kHz and holds back by 60 dB what would fold into it.
"""

import math
from array import array
from collections.abc import Iterable
from functools import cache
from operator import mul

from hardware.sound.samples import LOUDEST, RATE, Samples

RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""What recorders, phones and speech programs write. Others would make the tables below as large as they liked."""
CUT_HZ = 4000.0
WIDTH_HZ = 1200.0
"""From the last frequency that passes (3.4 kHz) to the first that is held back; what folds is above the band."""
STOP_DB = 60.0
_BETA = 0.1102 * (STOP_DB - 8.7)  # Kaiser's formula for more than 50 dB


class Resampler:
    """From one rate to 8 kHz, in pieces of any length; in all exactly as long as what came in, to the sample below.

    Raises ValueError for a rate that is not one of RATES.
    """

    def __init__(self, rate: int) -> None:
        if rate not in RATES:
            raise ValueError(f"{rate} samples per second cannot be made {RATE}.")
        self._step, self._phases = (part // math.gcd(rate, RATE) for part in (rate, RATE))
        self._half = 0
        self._windows = [[1.0]]
        if rate != RATE:
            self._half = math.ceil((STOP_DB - 8) / (2.285 * math.tau * WIDTH_HZ / rate) / 2)
            self._windows = _windows(self._half, self._phases, rate)
        self._held = array("d", bytes(8 * self._half))
        self._dropped = 0  # of what came in, from the front of _held
        self._came = 0
        self._made = 0

    def take(self, sound: Iterable[float]) -> Samples:
        """What can be made so far; values beyond 16 bits are clipped."""
        before = len(self._held)
        self._held.extend(iter(sound))
        self._came += len(self._held) - before
        return self._make()

    def finish(self) -> Samples:
        """The end, for which silence follows."""
        self._held.extend([0.0] * (self._half + 1))
        return self._make()

    def _make(self) -> Samples:
        made = array("h")
        width = 2 * self._half + 1
        end = self._came * self._phases // self._step
        while self._made < end:
            begin, phase = divmod(self._made * self._step, self._phases)
            seen = self._held[begin - self._dropped : begin - self._dropped + width]
            if len(seen) < width:
                break
            made.append(_clipped(sum(map(mul, self._windows[phase], seen))))
            self._made += 1
        done = self._made * self._step // self._phases - self._dropped
        del self._held[:done]
        self._dropped += done
        return made


@cache  # 11,200 weights at most, a tenth of a second, and the same for every file of that rate
def _windows(half: int, phases: int, rate: int) -> list[list[float]]:
    return [_window(half, phase / phases, rate) for phase in range(phases)]


def _window(half: int, late: float, rate: int) -> list[float]:
    """The weights of the samples around one that is `late` by a part of a sample; together they are 1."""
    weights = []
    for n in range(-half, half + 1):
        time = n - late
        edge = 1 - (time / (half + 1)) ** 2
        turn = math.tau * CUT_HZ * time / rate
        weights.append(_bessel(_BETA * math.sqrt(edge)) * (math.sin(turn) / turn if turn else 1.0))
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _bessel(x: float) -> float:
    """The modified Bessel function of the first kind and order nought; the series is exact enough after 30 terms."""
    term = total = 1.0
    for n in range(1, 30):
        term *= (x / 2 / n) ** 2
        total += term
    return total


def _clipped(value: float) -> int:
    return max(-LOUDEST - 1, min(LOUDEST, round(value)))
