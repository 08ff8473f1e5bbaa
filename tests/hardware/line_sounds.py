"""Sounds as a line brings them: tones that are off, noise, encodings, and what must not be taken for tones."""

import math
import random
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hardware.sound import audio, tones
from hardware.sound.formats import Encoding
from hardware.sound.heard import Heard, KeyHeard, SilenceLasted, ToneHeard
from hardware.sound.hearing import Listener
from hardware.sound.samples import LOUDEST, RATE, Samples
from hardware.sound.tone_tables import Part, Pattern, Tone

SPEECH = sorted((Path(__file__).parent / "sounds").glob("*.ul"))
QUIETEST_DBM0 = -35 + tones.FULL_SCALE_DBM0
LOUDEST_DBM0 = -10 + tones.FULL_SCALE_DBM0

# Level (dBm0), frequencies and times off, signal to noise (dB), encoding: the corners of what a line may do.
CONDITIONS = [
    (LOUDEST_DBM0, 1.0, 1.0, None, Encoding.LINEAR_16),
    (QUIETEST_DBM0, 1.015, 1.1, 10, Encoding.UNSIGNED_8),
    (QUIETEST_DBM0, 0.985, 0.9, 10, Encoding.MU_LAW),
    (QUIETEST_DBM0, 1.015, 0.9, 20, Encoding.A_LAW),
    (QUIETEST_DBM0, 0.985, 1.1, 10, Encoding.IMA_ADPCM),
    (LOUDEST_DBM0, 0.985, 0.9, 10, Encoding.SIGNED_8),
    (QUIETEST_DBM0, 1.0, 1.0, None, Encoding.UNSIGNED_8),
]
Condition = tuple[float, float, float, int | None, Encoding]


def off(pattern: Pattern, frequency: float = 1.0, cadence: float = 1.0) -> Pattern:
    """The same tone with its frequencies and times multiplied."""
    return Pattern(
        tuple(
            Part(part.seconds * cadence, tuple(hz * frequency for hz in part.frequencies), part.swell, part.level)
            for part in pattern.parts
        )
    )


def enough(tone: Tone, pattern: Pattern, level: float = tones.LEVEL_DBM0) -> Samples:
    """As much of a tone as a listener is promised to need, with a moment of silence around it."""
    one_round = sum(part.seconds for part in pattern.parts)
    if tone is Tone.RINGBACK:
        sound = tones.make(pattern, one_round + 0.3, level)
    elif pattern.steady:
        sound = tones.make(pattern, 2.75, level)
    elif not pattern.parts[-1].frequencies:
        rounds = 3 if len(pattern.parts) == 2 else 2
        sound = tones.make(pattern, rounds * one_round + 0.12, level)
    else:
        sound = tones.make(pattern, level=level)
    return tones.pause(0.3) + sound + tones.pause(0.25)


@cache
def _noise() -> list[float]:
    draw = random.Random(20261121).gauss
    return [draw(0, 1) for _ in range(3 * RATE)]


def noisy(sound: Samples, snr: float) -> Samples:
    """With white noise all over, `snr` dB below the sound where there is sound."""
    loud = [value for value in sound if value]
    size = math.sqrt(sum(value * value for value in loud) / len(loud)) * 10 ** (-snr / 20)
    noise = _noise() * (len(sound) // len(_noise()) + 1)
    return array("h", [max(-32768, min(32767, round(v + size * n))) for v, n in zip(sound, noise, strict=False)])


def hiss(seconds: float, dbfs: float) -> Samples:
    """White noise."""
    size = LOUDEST / math.sqrt(2) * 10 ** (dbfs / 20)
    noise = _noise() * (round(seconds * RATE) // len(_noise()) + 1)
    return array("h", [round(size * value) for value in noise[: round(seconds * RATE)]])


def through(encoding: Encoding, sound: Samples) -> Samples:
    """As it comes back from a modem that uses an encoding."""
    return audio.decode(encoding, audio.encode(encoding, sound))


def speech(path: Path) -> Samples:
    """One of the sentences kept in tests/hardware/sounds."""
    return audio.decode(Encoding.MU_LAW, path.read_bytes())


def voice(seconds: float, seed: int) -> Samples:
    """Speech-like sound: a gliding buzz through three moving resonances, hisses and pauses, in syllables."""
    draw = random.Random(seed)
    sound: list[float] = []
    base = draw.uniform(90, 280)
    while len(sound) < seconds * RATE:
        length = round(draw.uniform(0.06, 0.35) * RATE)
        kind = draw.random()
        if kind < 0.15:
            sound += [0.0] * length
        elif kind < 0.3:
            sound += [draw.gauss(0, 900) for _ in range(length // 2)]
        else:
            formants = draw.choice(
                [(300, 870, 2240), (390, 1990, 2550), (730, 1090, 2440), (270, 2290, 3010), (440, 1020, 2240)]
            )
            sound += _syllable(base * draw.uniform(0.85, 1.2), draw.uniform(-0.2, 0.2), formants, length)
    return array("h", [max(-32768, min(32767, round(value))) for value in sound[: round(seconds * RATE)]])


def _syllable(pitch: float, glide: float, formants: Sequence[float], length: int) -> list[float]:
    sound = [0.0] * length
    harmonics = [
        (n, sum(1 / (1 + ((n * pitch - hz) / 70) ** 2) for hz in formants) / math.sqrt(n)) for n in range(1, 13)
    ]
    turn = 0.0
    for at in range(length):
        turn += math.tau * pitch * (1 + glide * at / length) / RATE
        sound[at] = 3000 * math.sin(math.pi * at / length) * sum(size * math.sin(n * turn) for n, size in harmonics)
    return sound


def notes(*chords: tuple[float, ...], seconds: float = 0.4, overtones: int = 3) -> Samples:
    """Music: chord after chord, each note with overtones, fading like a plucked string."""
    sound: list[float] = []
    for chord in chords:
        for at in range(round(seconds * RATE)):
            turn = math.tau * at / RATE
            value = sum(math.sin(turn * hz * n) / n for hz in chord for n in range(1, overtones + 1))
            sound.append(5000 / len(chord) * value * math.exp(-1.5 * at / RATE))
    return array("h", [max(-32768, min(32767, round(value))) for value in sound])


def heard(sound: Samples, country: str = "", piece: int = 0) -> list[Heard]:
    """What a listener tells of it, without silences, fed in pieces of a length or at once."""
    listener = Listener(country)
    pieces = [sound[at : at + piece] for at in range(0, len(sound), piece)] if piece else [sound]
    return [one for part in pieces for one in listener.feed(part) if not isinstance(one, SilenceLasted)]


def names(events: Sequence[Heard]) -> list[Tone | str]:
    """Tones and keys only."""
    return [
        one.tone if isinstance(one, ToneHeard) else one.key for one in events if isinstance(one, ToneHeard | KeyHeard)
    ]
