"""Dial tone, busy, reorder and ringback: low tones that stay what they are, and their rhythm. Fed with frames.

What all of them have in common, in every country: nearly all of the sound lies between 300 and 650 Hz, on one
frequency or two, and on the same ones in each beep. Speech and music get that far for a moment, hardly ever in an even
rhythm, and never for seconds.
"""

import math
from collections import deque
from collections.abc import Sequence
from statistics import fmean, median

from hardware.sound.frames import DECIMATION, FRAME, LOW_HZ, SLOW_RATE, Frame
from hardware.sound.heard import ToneHeard
from hardware.sound.rhythm import MOST_BEATS, SAME_TONE, Beat, recognise, rhythms_of
from hardware.sound.samples import RATE
from hardware.sound.spectrum import coefficient, power
from hardware.sound.tone_tables import Pattern, Tone

STEADY = RATE * 5 // 2
"""A tone without a pause is dial tone after 2.5 s: no ringback has a longer burst (2 s, 10 % slow: 2.2 s)."""
LONGEST_PAUSE = 7 * RATE
"""After that much without a beep a rhythm is over; the longest pause in any ringback is 5 s."""
SURE = 3
"""Frames without it, in a row, that end a beep; two among as many with it begin one. A swelling tone (16 times a second
in Japan, 25 in India) is gone for two frames or every other one; the shortest pause in use lasts seven."""
CHUNK_FRAMES = 5
"""A beep is looked at closely every 0.1 s, which tells 10 Hz apart; the shortest in use (0.15 s) has one such chunk."""
PURE = 0.8
"""The part of the band's sound on the two strongest frequencies; a chord of three notes has 0.67."""
NEAR_HZ = 30
"""What belongs to a frequency: 20 Hz either side for the shortness of the chunk, and what swelling adds."""
KEPT_PAUSE = 350
"""Frames of a pause whose loudness is kept: all of LONGEST_PAUSE."""


class CadenceEar:
    """Knows the rhythms of one country; an even rhythm that is none of them is busy all the same."""

    def __init__(self, patterns: dict[Tone, Pattern]) -> None:
        self._rhythms = rhythms_of(patterns)
        self._beats: deque[Beat] = deque(maxlen=MOST_BEATS)
        self._sounding = False
        self._since = 0  # where this beep or pause began
        self._doubt: list[Frame] = []  # the last frames, if they say that it is over
        self._chunk: list[float] = []
        self._middles: list[float] = []  # of the chunks of this beep, Hz
        self._loudness: deque[float] = deque(maxlen=KEPT_PAUSE)  # of its frames
        self._told: Tone | None = None

    def hear(self, frame: Frame) -> ToneHeard | None:
        """The next 20 ms."""
        if self._changed(frame):
            return self._turn()
        self._loudness.append(frame.loudness)
        if self._sounding:
            return self._listen_closely(frame)
        if frame.at - self._since > LONGEST_PAUSE:
            self._forget()
        return None

    def _changed(self, frame: Frame) -> bool:
        """Whether it is certain now that a beep began or ended, where the doubt did."""
        doubt = self._doubt
        if self._sounding:
            if frame.low:
                doubt.clear()
            else:
                doubt.append(frame)
            return len(doubt) == SURE
        if doubt or frame.low:
            doubt.append(frame)
        if frame.low and len(doubt) > 1:
            return True
        if len(doubt) == SURE:
            doubt.clear()
        return False

    def _turn(self) -> ToneHeard | None:
        frames, self._doubt = self._doubt, []
        at = frames[0].at
        heard = self._pause_ended(at, frames[-1].at + FRAME) if self._beats and not self._sounding else None
        if self._sounding:
            self._beep_ended(at)
        self._sounding, self._since = not self._sounding, at
        self._chunk, self._middles = [], []
        self._loudness.clear()
        for frame in frames[1:]:  # the first is only partly what the others are
            self._loudness.append(frame.loudness)
            self._chunk += frame.slow or _NOTHING
        return heard

    def _beep_ended(self, at: int) -> None:
        if self._middles:
            self._beats.append(Beat(self._since, at - self._since, median(self._loudness), fmean(self._middles)))
        else:
            self._forget()

    def _pause_ended(self, at: int, now: int) -> ToneHeard | None:
        self._beats.append(Beat(self._since, at - self._since, median(self._loudness)))
        found = recognise(list(self._beats), self._rhythms)
        if found is None or found[0] is self._told:
            return None
        self._told, begun = found
        return ToneHeard(self._told, begun, now - begun)

    def _listen_closely(self, frame: Frame) -> ToneHeard | None:
        self._chunk += frame.slow or _NOTHING
        if len(self._chunk) < _CHUNK:
            return None
        middle = _middle(self._chunk)
        self._chunk = []
        now = frame.at + FRAME
        if middle is None or abs(middle - (self._middles or [middle])[0]) > SAME_TONE * middle:
            self._forget()
            self._since, self._middles = now, []
            return None
        self._middles.append(middle)
        if now - self._since < STEADY or self._told is Tone.DIAL_TONE:
            return None
        self._told = Tone.DIAL_TONE
        return ToneHeard(self._told, self._since, now - self._since)

    def _forget(self) -> None:
        self._beats.clear()
        self._told = None


_NOTHING = [0.0] * (FRAME // DECIMATION)
_CHUNK = CHUNK_FRAMES * len(_NOTHING)
_STEP = SLOW_RATE // _CHUNK
_FINE = [(hz, coefficient(hz, SLOW_RATE)) for hz in range(LOW_HZ[0] - _STEP, LOW_HZ[1] + _STEP + 1, _STEP)]
_WINDOW = [1 - math.cos(math.tau * (n + 0.5) / _CHUNK) for n in range(_CHUNK)]


def _middle(chunk: Sequence[float]) -> float | None:
    """The middle frequency (Hz) of a tone of one or two frequencies; None for anything else."""
    faded = [value * weight for value, weight in zip(chunk, _WINDOW, strict=False)]
    powers = [power(faded, c) for _, c in _FINE]
    whole = sum(powers)
    if not whole:
        return None
    middle = sum(hz * part for (hz, _), part in zip(_FINE, powers, strict=True)) / whole
    near = NEAR_HZ // _STEP
    for _ in range(2):
        peak = powers.index(max(powers))
        powers = [0.0 if abs(n - peak) <= near else part for n, part in enumerate(powers)]
    return middle if sum(powers) <= (1 - PURE) * whole else None
