"""Everything that can be recognised on a line, from its samples: tones, keys and silence. Pure: samples in, facts out.

For modems that do not tell of tones themselves, or not of those of this country, and for silence, which the commonest
modem chip claims to know and never reports. Frames are measured once; three ears listen to what was measured.
"""

from collections.abc import Sequence

from hardware.sound.frames import FRAME, Frame, measure
from hardware.sound.hear_cadence import CadenceEar
from hardware.sound.hear_keys import KeyEar
from hardware.sound.hear_single import SingleEar
from hardware.sound.heard import Heard, SilenceLasted
from hardware.sound.samples import RATE
from hardware.sound.spectrum import mean_square
from hardware.sound.tone_tables import tones_of

SILENCE_S = 5.0
"""What ITU-T V.253 has for +VSD if nothing is said."""
SILENT_DBFS = -40.0
"""The same: -40 dBm is what modems call silence unless told otherwise."""
CLICK_FRAMES = 2
"""Frames of sound that do not break a silence: relays and lines click, nobody speaks for 40 ms."""


class Listener:
    """One line being listened to, from its first sample on. `country` is ISO 3166 alpha-2, "" for any."""

    def __init__(self, country: str = "", *, silence: float = SILENCE_S, silent_below: float = SILENT_DBFS) -> None:
        """`silence` in seconds, `silent_below` in dBFS (a full sine is 0)."""
        self._keys = KeyEar()
        tones = tones_of(country)
        self._cadence = CadenceEar(tones.patterns())
        self._single = SingleEar(tones.special_information)
        self._silence = _SilenceEar(round(silence * RATE), mean_square(silent_below))
        self._rest: list[int] = []
        self._at = 0  # of the first sample in _rest

    def feed(self, samples: Sequence[int]) -> list[Heard]:
        """What became certain with these samples (16 bits, 8,000 a second), in any pieces, in the order it began.

        How the stream is cut into pieces changes nothing but when something is told.
        """
        heard: list[Heard] = list(self._keys.hear(samples))
        rest = self._rest
        rest.extend(samples)
        end = len(rest) - len(rest) % FRAME
        for begin in range(0, end, FRAME):
            frame = measure(self._at + begin, rest[begin : begin + FRAME])
            found = self._cadence.hear(frame), self._single.hear(frame), self._silence.hear(frame)
            heard += [one for one in found if one]
        self._at += end
        del rest[:end]
        return sorted(heard, key=lambda one: one.at + one.lasted)


class _SilenceEar:
    def __init__(self, length: int, silent_below: float) -> None:
        self._length = length
        self._silent_below = silent_below
        self._since = 0
        self._loud = 0  # frames in a row
        self._after_sound = False
        self._told = False

    def hear(self, frame: Frame) -> SilenceLasted | None:
        now = frame.at + FRAME
        self._loud = self._loud + 1 if frame.loudness > self._silent_below else 0
        if self._loud > CLICK_FRAMES:
            self._since, self._after_sound, self._told = now, True, False
        if self._told or now - self._since < self._length:
            return None
        self._told = True
        return SilenceLasted(self._since, now - self._since, self._after_sound)
