"""Tones made: a pattern of tone_tables.py in, samples out. Nothing is recognised here.

Levels are in dBm0, the telephone network's measure: a sine that just fits into 16 bits is +3.14 dBm0 (ITU-T G.711).
"""

import math
from array import array
from itertools import accumulate

from hardware.sound.samples import LOUDEST, RATE, Samples
from hardware.sound.tone_tables import Part, Pattern, key

FULL_SCALE_DBM0 = 3.14
LEVEL_DBM0 = -10.0
"""What networks send their tones at (ITU-T E.180: -10 dBm0 +- 5 dB), and telephones their keys."""
LOUDEST_DBM0 = -2.0
"""Two sines together, or one that swells, still fit into 16 bits at this level."""
RAMP = RATE * 4 // 1000
"""Samples in which a sound comes and goes: 4 ms. A tone cut off hard clicks; keys must be there within 5 ms (Q.24)."""
SWELL_DEPTH = 0.9


def make(pattern: Pattern, seconds: float | None = None, level: float = LEVEL_DBM0) -> Samples:
    """One round of a pattern, or exactly `seconds` of it, repeated and cut as needed. `level` in dBm0.

    Raises ValueError for a level above LOUDEST_DBM0, which could be distorted.
    """
    if level > LOUDEST_DBM0:
        raise ValueError(f"A tone of {level:g} dBm0 would be distorted; the loudest is {LOUDEST_DBM0:g} dBm0.")
    if pattern.steady:
        only = pattern.parts[0]
        return _sound(only, round((only.seconds if seconds is None else seconds) * RATE), level)
    ends = [round(end * RATE) for end in accumulate(part.seconds for part in pattern.parts)]
    one_round = array("h")
    for part, begin, end in zip(pattern.parts, [0, *ends], ends, strict=False):
        one_round += _sound(part, end - begin, level)
    if seconds is None:
        return one_round
    wanted = round(seconds * RATE)
    whole = one_round * (wanted // len(one_round))
    return whole + _cut(one_round[: wanted - len(whole)])


def make_keys(keys: str, level: float = LEVEL_DBM0) -> Samples:
    """Key presses one after the other, 70 ms each with 70 ms between. Raises ValueError for what is no key."""
    return sum((make(key(name), level=level) for name in keys), array("h"))


def pause(seconds: float) -> Samples:
    """Silence."""
    return array("h", bytes(2 * round(seconds * RATE)))


def _sound(part: Part, length: int, level: float) -> Samples:
    if not part.frequencies:
        return array("h", bytes(2 * length))
    size = LOUDEST * 10 ** ((level + part.level - FULL_SCALE_DBM0) / 20) / math.sqrt(len(part.frequencies))
    turns = [math.tau * frequency / RATE for frequency in part.frequencies]
    sound = [size * sum(math.sin(turn * n) for turn in turns) for n in range(length)]
    if part.swell:
        turn, as_loud = math.tau * part.swell / RATE, math.sqrt(1 + SWELL_DEPTH**2 / 2)
        sound = [value * (1 + SWELL_DEPTH * math.sin(turn * n)) / as_loud for n, value in enumerate(sound)]
    return _ramped(sound)


def _cut(sound: Samples) -> Samples:
    """The end of a round that was broken off: it fades, where it was not silent there anyway."""
    for n in range(min(RAMP, len(sound))):
        sound[-1 - n] = round(sound[-1 - n] * _RISE[n])
    return sound


def _ramped(sound: list[float]) -> Samples:
    for n in range(min(RAMP, len(sound) // 2)):
        sound[n] *= _RISE[n]
        sound[-1 - n] *= _RISE[n]
    return array("h", map(round, sound))


_RISE = tuple((1 - math.cos(math.pi * (n + 0.5) / RAMP)) / 2 for n in range(RAMP))
