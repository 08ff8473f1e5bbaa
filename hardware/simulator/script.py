"""What a caller and the network do in one call, as a plan of timed steps. No thread, clock or port may enter.

Sources of the times: modems.md 4.1 and 4.2 are measured on real lines; the sentence beside each constant says which.
"""

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hardware.cadence import Cadence
from hardware.events import Absence

# Seconds from the end of the first ring to the report. Recorded American lines end the FSK burst 1.2 to 1.4 s after
# the ring; the modem prints at once. A longer wait would make a decision before the second ring look harder than it is.
REPORT_AFTER_RING_S = 1.3
# Seconds from a report that precedes the ringing to the first ring: BT promises at least 0.2 s, 0.5 s is usual.
REPORT_BEFORE_RING_S = 0.5
# Where in the last silence a caller hangs up. Late in it, so that even one ring leaves room for the whole report.
LEAVES_AT = 0.9
# Seconds of ringing after which an exchange ends a call that nobody answers; there is no ringing without end.
EXCHANGE_LIMIT_S = 180.0
# Countries whose network reports before the first ring (modems.md 3.1; the DTMF countries are out of reach of modems).
REPORTS_BEFORE_RING = frozenset({"GB"})

FIELDS = ("DATE", "TIME", "NMBR", "NAME")
ABSENCE_LETTER = {Absence.PRIVATE: b"P", Absence.UNAVAILABLE: b"O"}
NUMBER_LINE = re.compile(rb"NMBR ?=[^\r\n]*[\r\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One call: who it is and how the network and the modem tell it. Durations in seconds of the telephone line.

    `number` and `name` are text (sent as UTF-8) or the very bytes; without both, absence and raw, no report comes.
    `absence`: why the number is missing (P or O is sent for it, and for a name that was not given).
    `rings`: the caller hangs up after so many, 0 for a report without any ring; None: rings until the exchange ends it.
    `order`: which fields come, in this order. `spacing`: "usr" (NMBR=1) or "conexant" (NMBR = 1), None: as the model.
    `before_ring`: report before the first ring, None: as in the country. `late`: the report comes so much later.
    `pieces`: seconds between the lines of the report, None for all in one write.
    `mask`: a second NMBR line with this text follows the first, as some networks send it.
    `raw`: these bytes instead of a composed report. `date` (MMDD) and `time` (HHMM): None for now.
    """

    number: str | bytes | None = None
    name: str | bytes | None = None
    absence: Absence | None = None
    rings: int | None = None
    order: tuple[str, ...] = FIELDS
    spacing: str | None = None
    before_ring: bool | None = None
    late: float = 0.0
    pieces: float | None = None
    mask: str | bytes | None = None
    raw: bytes | None = None
    date: str | None = None
    time: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no line could do: ValueError with a sentence."""
        if strange := set(self.order) - set(FIELDS):
            raise ValueError(f"order: no field is called {sorted(strange)}; there are {FIELDS}")
        if self.spacing not in (None, "usr", "conexant"):
            raise ValueError(f"spacing is {self.spacing!r}; it can be 'usr', 'conexant' or None")
        if self.rings is not None and self.rings < 0:
            raise ValueError(f"rings is {self.rings}; it can be 0 or more, or None")
        if self.late < 0 or (self.pieces is not None and self.pieces < 0):
            raise ValueError("late and pieces are seconds and cannot be negative")


@dataclass(frozen=True, slots=True)
class RingStarted:
    """The bell begins to sound; `new_ring` is false for the second burst of a double ring."""

    new_ring: bool


@dataclass(frozen=True, slots=True)
class RingStopped:
    """The bell is silent again."""


@dataclass(frozen=True, slots=True)
class ReportPrinted:
    """The modem prints a part of the report."""

    data: bytes
    first: bool
    last: bool

    @property
    def ends_number(self) -> bool:
        """Whether the line with the number is complete with these bytes."""
        return NUMBER_LINE.search(self.data) is not None


@dataclass(frozen=True, slots=True)
class CallerLeft:
    """The caller hangs up."""


Step = RingStarted | RingStopped | ReportPrinted | CallerLeft
Plan = Iterator[tuple[float, Step]]


def plan(script: Script, country: str, cadence: Cadence, *, blanks: bool, now: datetime) -> Plan:
    """The steps of a call in order, each with its time in seconds from the start of the call.

    `blanks`: how the modem writes when the script does not say; `now`: local time, for DATE and TIME.
    """
    before = script.before_ring if script.before_ring is not None else country in REPORTS_BEFORE_RING
    ring_at = REPORT_BEFORE_RING_S if before else 0.0
    report_at = script.late + (0.0 if before else cadence.sounding + REPORT_AFTER_RING_S)
    report = list(_report_steps(report_lines(script, blanks=blanks, now=now), report_at, script.pieces))
    if script.rings == 0:
        left_at = (report[-1][0] if report else 0.0) + REPORT_BEFORE_RING_S
        return iter([*report, (left_at, CallerLeft())])
    rings = script.rings if script.rings is not None else int(EXCHANGE_LIMIT_S / cadence.period)
    return heapq.merge(_ring_steps(cadence, rings, ring_at), iter(report), key=lambda step: step[0])


def _ring_steps(cadence: Cadence, rings: int, at: float) -> Plan:
    for _ in range(rings):
        new_ring = True
        for on, off in zip(cadence.pattern[::2], cadence.pattern[1::2], strict=True):
            yield at, RingStarted(new_ring)
            yield at + on, RingStopped()
            at += on + off
            new_ring = False
    yield at - cadence.pattern[-1] * (1 - LEAVES_AT), CallerLeft()


def _report_steps(lines: list[bytes], at: float, pieces: float | None) -> Plan:
    chunks = lines if pieces is not None else [b"".join(lines)] if lines else []
    for index, chunk in enumerate(chunks):
        yield at + index * (pieces or 0.0), ReportPrinted(chunk, first=index == 0, last=index == len(chunks) - 1)


def report_lines(script: Script, *, blanks: bool, now: datetime) -> list[bytes]:
    """The bytes of the report, line by line; joined they are what a modem prints. Empty when the network sends none."""
    if script.raw is not None:
        return script.raw.splitlines(keepends=True)
    if script.number is None and script.name is None and script.absence is None:
        return []
    equals = b" = " if (script.spacing == "conexant" or (script.spacing is None and blanks)) else b"="
    lines = [tag.encode() + equals + value + b"\r\n" for tag, value in _fields(script, now)]
    if lines:
        lines[0] = b"\r\n" + lines[0]
        lines[-1] += b"\r\n"
    return lines


def _fields(script: Script, now: datetime) -> Iterator[tuple[str, bytes]]:
    letter = ABSENCE_LETTER[script.absence] if script.absence else None
    values = {
        "DATE": _octets(script.date or now.strftime("%m%d")),
        "TIME": _octets(script.time or now.strftime("%H%M")),
        "NMBR": letter if script.number is None else _octets(script.number),
        "NAME": letter if script.name is None else _octets(script.name),
    }
    for tag in script.order:
        value = values[tag]
        if value is not None:
            yield tag, value
        if tag == "NMBR" and script.mask is not None:
            yield tag, _octets(script.mask)


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
