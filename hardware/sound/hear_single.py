"""Special information, fax calling and fax answering: single tones one after the other. Fed with frames.

A single tone is one sine with nearly nothing beside it. Speech has it for a frame or two; here it must hold its
frequency for a fifth of a second at least.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pvariance

from hardware.sound.frames import FRAME, Frame
from hardware.sound.heard import ToneHeard
from hardware.sound.samples import RATE
from hardware.sound.tone_tables import SPECIAL_INFORMATION, Tone

SAME_HZ = 40.0
"""Frames of one tone are no further from its first than this: noise makes them jump by 15 Hz, echoes at the start more;
two tones of special information are 360 Hz apart."""
BRIDGED = 2
"""Frames that a tone may miss: an answering modem turns its phase round every 0.45 s (ITU-T V.25)."""
SHORTEST = RATE * 18 // 100
"""Shorter is no tone of anything here: the shortest has 0.26 s in ITU-T E.180, less 10 % and the frames at its ends."""
SIT_LONGEST = RATE // 2
SIT_GAP = RATE // 10
"""ITU-T E.180 allows 30 ms between segments; a frame at either end is lost to the change, and one to the line."""
SIT_BANDS = ((880.0, 1020.0), (1330.0, 1480.0), (1730.0, 1880.0))
"""ITU-T E.180: 950, 1400 and 1800 Hz, 50 Hz off at most; Austria is 50 Hz off, and 1.5 % more is heard here."""
LENGTH_COUNTS = 0.03
"""Beside frequencies, which lines leave alone. Lengths of two kinds are 40 % apart, frequencies hardly 4 %."""
CNG_HZ, CNG_OFF_HZ = 1100.0, 50.0
"""ITU-T T.30: 38 Hz off at most; the rest is for noise."""
CNG_S, CNG_PAUSE_S, CNG_SLACK = 0.5, 3.0, 0.15
"""ITU-T T.30: each within 15 %."""
CNG_SLACK_S = 0.04
CED_HZ, CED_OFF_HZ = 2100.0, 45.0
"""ITU-T T.30: 15 Hz off; 1.5 % and noise are heard here."""
CED_SURE = RATE * 3 // 2
"""Half of what the shortest lasts (2.6 s): before the caller's own machine would answer it."""


@dataclass(slots=True)
class _Segment:
    at: int
    end: int
    hz: list[float]

    @property
    def length(self) -> int:
        return self.end - self.at

    @property
    def middle(self) -> float:
        return fmean(self.hz)


class SingleEar:
    """Keeps the last three tones that held on. `kinds` are those of special information that the network has."""

    def __init__(self, kinds: Sequence[Tone]) -> None:
        self._kinds = kinds
        self._now: _Segment | None = None
        self._past: deque[_Segment] = deque(maxlen=3)
        self._told_at = -1  # where the tone began that was told last

    def hear(self, frame: Frame) -> ToneHeard | None:
        """The next 20 ms."""
        now = self._now
        if now and frame.pitch and abs(frame.pitch - now.middle) <= SAME_HZ:
            now.hz.append(frame.pitch)
            now.end = frame.at + FRAME
            return self._answering(now)
        if now and not frame.pitch and frame.at - now.end < BRIDGED * FRAME:
            return None
        self._now = _Segment(frame.at, frame.at + FRAME, [frame.pitch]) if frame.pitch else None
        return self._ended(now) if now and now.length >= SHORTEST else None

    def _answering(self, now: _Segment) -> ToneHeard | None:
        if now.length < CED_SURE or self._told_at == now.at or abs(now.middle - CED_HZ) > CED_OFF_HZ:
            return None
        self._told_at = now.at
        return ToneHeard(Tone.FAX_ANSWERING, now.at, now.length)

    def _ended(self, segment: _Segment) -> ToneHeard | None:
        self._past.append(segment)
        if _is_special_information(segments := list(self._past)):
            self._past.clear()
            kind = min(self._kinds, key=lambda tone: _distance(segments, tone))
            return ToneHeard(kind, segments[0].at, segment.end - segments[0].at)
        before = self._past[-2] if len(self._past) > 1 else None
        if not before or not _calls_twice(before, segment):
            return None
        goes_on, self._told_at = self._told_at == before.at, segment.at
        return None if goes_on else ToneHeard(Tone.FAX_CALLING, before.at, segment.end - before.at)


def _calls_twice(before: _Segment, segment: _Segment) -> bool:
    beeps = all(abs(one.middle - CNG_HZ) <= CNG_OFF_HZ and _is(one.length, CNG_S) for one in (before, segment))
    return beeps and _is(segment.at - before.end, CNG_PAUSE_S)


def _is(length: int, seconds: float) -> bool:
    return abs(length / RATE - seconds) <= CNG_SLACK * seconds + CNG_SLACK_S


def _is_special_information(segments: list[_Segment]) -> bool:
    if len(segments) < len(SIT_BANDS):
        return False
    gaps = [after.at - before.end for before, after in pairwise(segments)]
    fits = [low < one.middle < high for one, (low, high) in zip(segments, SIT_BANDS, strict=True)]
    return max(gaps) <= SIT_GAP and all(fits) and max(one.length for one in segments) <= SIT_LONGEST


def _distance(segments: list[_Segment], tone: Tone) -> float:
    """How far three tones are from a row. What a line does to all frequencies alike counts for nothing."""
    rows = list(zip(segments, SPECIAL_INFORMATION[tone].parts, strict=True))
    moved = [one.middle / part.frequencies[0] - 1 for one, part in rows]
    longer = [one.length / RATE / part.seconds - 1 for one, part in rows]
    return len(rows) * (pvariance(moved) + fmean((LENGTH_COUNTS * part) ** 2 for part in longer))
