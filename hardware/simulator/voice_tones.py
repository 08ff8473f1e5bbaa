"""The tones of a telephone line as samples in a modem's encodings. Pure; written for the simulator alone.

Frequencies and cadences: Asterisk's indications, ITU-T E.180; DTMF: ITU-T Q.23; encodings: ITU-T G.711
and the IMA's ADPCM with the first sample in the low nibble, as V.253 modems send it.
"""

import math
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hardware.simulator.voice_model import A_LAW, IMA, LINEAR_16, MU_LAW, SIGNED, UNSIGNED, VoiceFormat

# (frequencies in Hz, none for silence; seconds), again and again.
Pattern = tuple[tuple[tuple[int, ...], float], ...]


def _beat(*frequencies: int, on: float, off: float) -> Pattern:
    return ((frequencies, on), ((), off))


AMERICA: dict[bytes, Pattern] = {
    b"d": (((350, 440), 1.0),),
    b"b": _beat(480, 620, on=0.5, off=0.5),
    b"r": _beat(440, 480, on=2.0, off=4.0),
}
BRITAIN: dict[bytes, Pattern] = {
    b"d": (((350, 440), 1.0),),
    b"b": _beat(400, on=0.375, off=0.375),
    b"r": (((400, 450), 0.4), ((), 0.2), ((400, 450), 0.4), ((), 2.0)),
}
EUROPE: dict[bytes, Pattern] = {
    b"d": (((425,), 1.0),),
    b"b": _beat(425, on=0.48, off=0.48),
    b"r": _beat(425, on=1.0, off=4.0),
}
EXCHANGES: dict[str, dict[bytes, Pattern]] = {"US": AMERICA, "CA": AMERICA, "GB": BRITAIN, "IE": BRITAIN}
EVERYWHERE: dict[bytes, Pattern] = {
    b"c": _beat(1100, on=0.5, off=3.0),
    b"a": (((2100,), 3.0), ((), 1.0)),
    b"e": (((1300,), 0.5), ((), 2.0)),
    b"f": (((2225,), 1.0),),
    b"J": (((950,), 0.33), ((1400,), 0.33), ((1800,), 0.33), ((), 1.0)),
}
SAME_SOUND = {b"i": b"d", b"K": b"b", b"m": b"c"}
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEYS = {
    key.encode(): (((row, column), 1.0),)
    for row, keys in zip(ROWS, ("123A", "456B", "789C", "*0#D"), strict=True)
    for column, key in zip(COLUMNS, keys, strict=True)
}
# Of full scale, for each frequency: -12 dB, so that two together stay well below clipping.
LEVEL = 0.25
SILENCE = {
    UNSIGNED: b"\x80", SIGNED: b"\x00", LINEAR_16: b"\x00\x00", MU_LAW: b"\xff", A_LAW: b"\xd5", IMA: b"\x00",
}  # fmt: skip
# Values beside silence that a quiet line gives, too.
NEAR_SILENCE = {UNSIGNED: b"\x7f\x80\x81", SIGNED: b"\xff\x00\x01", MU_LAW: b"\xff\x7f\xfe\x7e", A_LAW: b"\xd5\x55"}
IMA_STEPS = [
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107,
    118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963,
    1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894,
    6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794,
    32767,
]  # fmt: skip


def pattern_of(letter: bytes, country: str) -> Pattern | None:
    """The tone of a modem's letter, or of a key; None for what makes no sound."""
    letter = SAME_SOUND.get(letter, letter)
    exchange = EXCHANGES.get(country, EUROPE)
    return exchange.get(letter) or EVERYWHERE.get(letter) or KEYS.get(letter)


def silence(form: VoiceFormat, count: int) -> bytes:
    """So many bytes of a quiet line."""
    unit = SILENCE.get(form.encoding, b"\x00")
    return (unit * (count // len(unit) + 1))[:count]


def is_silence(form: VoiceFormat, samples: bytes) -> bool:
    """Whether nothing is to be heard in them."""
    return not samples.strip(NEAR_SILENCE.get(form.encoding, SILENCE.get(form.encoding, b"\x00")))


@lru_cache(maxsize=64)
def loop(pattern: Pattern, form: VoiceFormat, rate: int) -> bytes:
    """One round of a tone, encoded; silence for an encoding that is not known here."""
    if form.encoding not in SILENCE:
        return silence(form, int(sum(seconds for _, seconds in pattern) * rate * form.bits / 8))
    return encoded(list(_samples(pattern, rate)), form.encoding)


def _samples(pattern: Pattern, rate: int) -> Iterator[int]:
    for frequencies, seconds in pattern:
        turns = [2 * math.pi * frequency / rate for frequency in frequencies]
        for index in range(round(seconds * rate)):
            yield round(32767 * LEVEL * sum(math.sin(turn * index) for turn in turns))


def encoded(samples: list[int], encoding: str) -> bytes:
    """Samples of 16 bits as a modem writes them. ValueError for an encoding not known here."""
    if encoding == UNSIGNED:
        return bytes((sample >> 8) + 128 for sample in samples)
    if encoding == SIGNED:
        return bytes((sample >> 8) & 0xFF for sample in samples)
    if encoding == LINEAR_16:
        return struct.pack(f"<{len(samples)}h", *samples)
    if encoding == MU_LAW:
        return bytes(_mu_law(sample) for sample in samples)
    if encoding == A_LAW:
        return bytes(_a_law(sample) for sample in samples)
    if encoding == IMA:
        return _ima(samples)
    raise ValueError(f"no encoding is called {encoding}")


def _mu_law(sample: int) -> int:
    size = min(abs(sample >> 2), 8158) + 33  # G.711 knows 14 bits of a sample
    segment = size.bit_length() - 6
    return 0xFF ^ ((0x80 if sample < 0 else 0) | segment << 4 | size >> (segment + 1) & 0x0F)


def _a_law(sample: int) -> int:
    size = (sample if sample >= 0 else ~sample) >> 3
    segment = max(0, size.bit_length() - 5)
    value = segment << 4 | (size >> max(1, segment) & 0x0F)
    return value ^ (0xD5 if sample >= 0 else 0x55)


def _ima(samples: Iterable[int]) -> bytes:
    nibbles, guess, index = [], 0, 0
    for sample in samples:
        step = IMA_STEPS[index]
        difference = sample - guess
        nibble = min(7, abs(difference) * 4 // step)
        change = step * (2 * nibble + 1) // 8
        guess = max(-32768, min(32767, guess + (change if difference >= 0 else -change)))
        index = max(0, min(88, index + (-1 if nibble < 4 else 2 * (nibble - 3))))
        nibbles.append(nibble | (8 if difference < 0 else 0))
    if len(nibbles) % 2:
        nibbles.append(0)
    return bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
