"""How a ring sounds, from the DRON and DROF lines of a modem: lines and `now` go in, the name of its pattern comes out.

Sans-IO. DRON tells how long the bell has sounded, DROF how long it was silent before that, in tenths of a second
(V.253 +VDR; MultiTech S000263C page 116). Only the cadence is looked at; letters and digits behind RING are at.py.

The names, as a rule in a list has them: the number of bursts of one ring, "1" to "9", so that the American patterns
1 (2 s), 2 (0.8-0.4-0.8 s) and 3 (0.4-0.2-0.4-0.2-0.8 s) keep their numbers; and "SLS" for short-long-short, the
American pattern 4 (0.3-0.2-1.0-0.2-0.3 s; Telcordia GR-506), which has three bursts, too.
"""

import re

from hardware.events import RingDetected

_LINE = re.compile(r"(?:\s*DRO[NF]\s*[=:]\s*[0-9]{1,4})+", re.IGNORECASE)
_MEASURE = re.compile(r"DRO([NF])\s*[=:]\s*([0-9]{1,4})", re.IGNORECASE)

# Seconds of silence within a ring; a longer one parts two rings. NCID's notes on Lucent chips have 1.1 s between two
# bursts of one ring, and no country has less than 2 s between two rings (cadence.py).
LONGEST_PAUSE = 1.3
# Seconds from a DROF line, which comes as the bell begins to sound, to the DRON of that burst. No burst lasts longer.
LONGEST_BURST = 3.0
# Seconds for which the pattern of one ring is told with the next: below the shortest gap between two calls (8 s).
FRESH = 7.5
# Bursts that are counted; no ring has more than four, and what has more is noise.
MOST_BURSTS = 9


def pattern_of(bursts: list[int]) -> str | None:
    """The name of a ring with bursts of these lengths (any unit), None for no burst."""
    if not bursts:
        return None
    if len(bursts) == 3 and bursts[1] >= 2 * max(bursts[0], bursts[2]):
        return "SLS"
    return str(len(bursts))


class RingCadence:
    """Collects the bursts of one ring. Call `advance` at `due()`.

    A modem asked for AT+VDR=1,5 says RING half a second after the last burst, and that RING is given its pattern. Some
    say RING as the bell begins, and are given the pattern of the ring before; some say none for the first ring of a
    call, or none at all: such a ring is told once it is over, so that no call goes unseen.
    """

    def __init__(self) -> None:
        self._bursts: list[int] = []
        self._told = False  # this ring was told, by RING or by us
        self._over = False  # the silence behind this ring was measured
        self._edge = float("-inf")  # when the bell was last known to start or stop
        self._due: float | None = None
        self._before: str | None = None  # the pattern of the ring before

    def take(self, text: str, now: float) -> list[RingDetected]:
        """A line of any content: what DRON and DROF in it say. Returns a ring that ended without being told."""
        rings: list[RingDetected] = []
        for letter, digits in _MEASURE.findall(text) if _LINE.fullmatch(text.rstrip()) else ():
            if letter in "Nn":
                rings += self._sounded(int(digits), now)
            else:
                self._was_silent(int(digits) / 10, now)
            self._edge = now
        return rings

    def rang(self, now: float) -> str | None:
        """The modem said RING: the pattern it is known to have."""
        if self._over or now - self._edge > LONGEST_PAUSE:
            untold = pattern_of(self._bursts) if self._due is not None else None
            self._begin(now)
            pattern = untold or self._before
        else:
            pattern = pattern_of(self._bursts) or self._before
        self._told, self._due, self._edge = True, None, now
        return pattern

    def due(self) -> float | None:
        """When a ring ends that no RING has told; None when there is none."""
        return self._due

    def advance(self, now: float) -> list[RingDetected]:
        """The ring that is over without a RING, if its time is up."""
        return self._tell() if self._due is not None and self._due <= now else []

    def _sounded(self, tenths: int, now: float) -> list[RingDetected]:
        rings: list[RingDetected] = []
        if self._over or now - tenths / 10 - self._edge > LONGEST_PAUSE:
            rings = self._tell() if self._due is not None else []
            self._begin(now)
        if len(self._bursts) < MOST_BURSTS:
            self._bursts.append(tenths)
        if not self._told:
            self._due = now + LONGEST_PAUSE
        return rings

    def _was_silent(self, seconds: float, now: float) -> None:
        if seconds > LONGEST_PAUSE:
            self._over = True
        elif self._due is not None:
            self._due = now + LONGEST_BURST

    def _begin(self, now: float) -> None:
        """A ring begins; the one before is kept for as long as it can be of the same call."""
        self._before = pattern_of(self._bursts) or self._before if now - self._edge <= FRESH else None
        self._bursts.clear()
        self._told = self._over = False
        self._due = None

    def _tell(self) -> list[RingDetected]:
        self._told, self._due = True, None
        return [RingDetected(pattern_of(self._bursts))]
