"""Telephone keys (DTMF, ITU-T Q.23) in a stream of samples, by the rules of Q.24. No other tone is known here."""

from collections.abc import Sequence
from itertools import product
from operator import mul

from hardware.sound.heard import KeyHeard
from hardware.sound.spectrum import coefficient, mean_square, power
from hardware.sound.tone_tables import KEY_COLUMNS, KEY_ROWS, KEYPAD

BLOCK = 102
"""Samples (12.75 ms) that are looked at together: a press of 40 ms, which must be heard, holds two of them whole."""
HITS = 2
"""Blocks in a row that must show the same key, and blocks without it that end a press: 25.5 ms, so that neither a press
under 23 ms counts nor a gap under 10 ms parts one (Q.24)."""
QUIET_DBFS = -45.0
COLUMN_OVER_ROW = (10 ** (-8 / 10), 10 ** (8 / 10))
"""Twist: telephones send columns 2 dB louder, long lines take more from them; Q.24 asks for 4 and 8 dB."""
OVER_OTHERS = 5.0
"""How much stronger (7 dB) a row is than the other rows, and a column than the others."""
ROUGH, SURE = 0.6, 0.78
"""The part of the sound on the two frequencies: in one block, where 1.5 % off costs up to 0.2, and then in the two
blocks of the press together, on the frequencies as they really are. Noise 10 dB below takes 0.1. Voices have less."""
OFF = (0.0, -0.0075, 0.0075, -0.015, 0.015, -0.0225, 0.0225)
"""How far a frequency may be off: Q.24 asks for 1.5 to 1.8 %, and wants more than 3 to 3.5 % refused."""


class KeyEar:
    """Feed it any pieces; it tells of a press after the second block."""

    def __init__(self) -> None:
        self._rest: list[int] = []
        self._at = 0  # of the first sample in _rest
        self._before: list[float] = []  # the block before
        self._seen = ""  # the key of the last block
        self._pressed = ""
        self._without = 0  # blocks without the pressed key

    def hear(self, samples: Sequence[int]) -> list[KeyHeard]:
        """The presses that became certain."""
        rest = self._rest
        rest.extend(samples)
        end = len(rest) - len(rest) % BLOCK
        heard = [
            KeyHeard(key, self._at + begin - BLOCK, HITS * BLOCK)
            for begin in range(0, end, BLOCK)
            if (key := self._block(rest[begin : begin + BLOCK]))
        ]
        self._at += end
        del rest[:end]
        return heard

    def _block(self, samples: Sequence[int]) -> str:
        """The key that is certain from this block on, or ""."""
        middle = sum(samples) / BLOCK
        energy = sum(map(mul, samples, samples)) - BLOCK * middle * middle
        sound: list[float] = []
        key = ""
        if energy > _QUIET:
            sound = [sample - middle for sample in samples]
            key = _key_in(sound, energy)
        if self._pressed:
            self._without = 0 if key == self._pressed else self._without + 1
            if self._without == HITS:
                self._pressed = ""
        certain = key if key and key == self._seen and not self._pressed and _really(key, self._before + sound) else ""
        self._pressed = certain or self._pressed
        self._without = 0 if certain else self._without
        self._seen, self._before = key, sound
        return certain


_QUIET = mean_square(QUIET_DBFS) * BLOCK
_ROWS = [coefficient(hz) for hz in KEY_ROWS]
_COLUMNS = [coefficient(hz) for hz in KEY_COLUMNS]


def _key_in(sound: Sequence[float], energy: float) -> str:
    rows = [power(sound, c) for c in _ROWS]
    row = max(rows)
    if row < energy * ROUGH * COLUMN_OVER_ROW[0] / (1 + COLUMN_OVER_ROW[0]):
        return ""  # most of speech ends here, at half the cost
    columns = [power(sound, c) for c in _COLUMNS]
    column = max(columns)
    low, high = COLUMN_OVER_ROW
    if row + column < ROUGH * energy or not low * row <= column <= high * row:
        return ""
    if sorted(rows)[-2] * OVER_OTHERS > row or sorted(columns)[-2] * OVER_OTHERS > column:
        return ""
    return KEYPAD[rows.index(row)][columns.index(column)]


def _near(frequency: float) -> list[float]:
    return [coefficient(frequency * (1 + off)) for off in OFF]


_NEAR = {
    KEYPAD[row][column]: (_near(KEY_ROWS[row]), _near(KEY_COLUMNS[column]))
    for row, column in product(range(4), range(4))
}


def _really(key: str, sound: Sequence[float]) -> bool:
    """Whether there is next to nothing else in two blocks than the key's two frequencies, near enough to right."""
    row, column = (max(power(sound, c) for c in near) for near in _NEAR[key])
    energy = sum(value * value for value in sound)
    return row + column > SURE * energy
