"""Which Caller ID fields make one report, and when it is complete: fields and `now` go in, events come out.

No spellings, and bytes only on their way to raw_messages.py. The rule above all others: a name must never land on
another caller's number. So fields that come late are gathered apart first, and join the report before them only when
nothing in them contradicts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .events import (
    Absence,
    CallerIdDamaged,
    CallerIdReported,
    CallerNumberReceived,
    CallerType,
    CallType,
    ForwardReason,
    MessageWaitingReported,
    RingDetected,
    UnsolicitedLine,
)
from .fields import Field, Kind, Value
from .mdmf import Damaged
from .raw_messages import LATE, LATE_AFTER_RING, RawMessages

# Seconds of silence that end a report which has its number. Modems pause up to 0.3 s between fields; half a second
# leaves two seconds until the second ring (measured: 2.6 s from the end of Caller ID to ring two in North America).
PAUSE = 0.5
# Seconds from the number to the end of its report, however the rest drips in; one second before the second ring.
DEADLINE = 1.5
# Seconds of silence that end a report which has no number yet. Fields up to 3 s apart are known; a caller who is
# about to be identified must not be taken for one who withheld his number.
PAUSE_WITHOUT_NUMBER = 3.5
# Characters told of a whole message that says nothing to us, as of any other line (protocol.py).
MAX_UNSOLICITED_TEXT = 200
# RING lines of one ring, of two bursts in Britain. A date that waits across more belonged to a call that went away.
LINES_OF_A_RING = 2

ReportEvent = (
    CallerNumberReceived | CallerIdReported | CallerIdDamaged | MessageWaitingReported | RingDetected | UnsolicitedLine
)

# They say when and what kind, and nothing of who.
_MOMENT = frozenset(
    {Kind.DATE, Kind.TIME, Kind.CALL_TYPE, Kind.LONG_DISTANCE, Kind.CALLER_TYPE, Kind.FORWARDED_BECAUSE}
)
# Two reports with the same number that differ in one of these are two.
_PLAIN = frozenset({*_MOMENT, Kind.NAME, Kind.DIALLED, Kind.FORWARDED_BY})


@dataclass(slots=True)
class _Gathering:
    """Fields that came together. `values` keeps their order: the first number wins."""

    opened: float
    in_time: bool  # came soon enough after the last report to complete it
    values: dict[Kind, Value] = field(default_factory=dict)
    last: float = 0.0
    number_at: float | None = None
    announced: bool = False
    rings: int = 0  # RING lines since its last field

    @property
    def waits_for_caller(self) -> bool:
        """Whether it tells no more than the moment, and has not waited across a ring yet."""
        return self.values.keys() <= _MOMENT and self.rings < LINES_OF_A_RING


class ReportAssembly:
    """One report at a time, and the one before it while late fields may still complete that."""

    def __init__(self) -> None:
        self._open: _Gathering | None = None
        self._reported: dict[Kind, Value] | None = None
        self._reported_at = 0.0
        self._rang_since = False
        self._raw = RawMessages()
        self._waiting: tuple[bool, float] | None = None  # the last notice of waiting messages, and when it came
        self._now = float("-inf")

    @property
    def open(self) -> bool:
        """Whether fields, or a piece of a raw message, are held that have not been reported."""
        return self._open is not None or self._raw.open

    @property
    def missing(self) -> int:
        """Bytes that a raw message begun is short of, 0 when none is. `fields_of` wants to know."""
        return self._raw.missing

    @property
    def half(self) -> str:
        """The first digit of the byte that it goes on with, "" when no line end cut one. `fields_of` as well."""
        return self._raw.half

    def due(self) -> float | None:
        """When the open report ends, or a damaged message is told, if nothing further comes."""
        return min((due for due in (self._gathering_due(), self._raw.due()) if due is not None), default=None)

    def _gathering_due(self) -> float | None:
        gathering = self._open
        if gathering is None:
            return None
        if gathering.number_at is not None:
            return min(gathering.last + PAUSE, gathering.number_at + DEADLINE)
        return gathering.last + (PAUSE if self._completes(gathering) else PAUSE_WITHOUT_NUMBER)

    def advance(self, now: float) -> list[ReportEvent]:
        """End the open report if its time is up, and tell of a damaged message of which no good copy came."""
        self._now = now
        due = self._gathering_due()
        events = self.close() if due is not None and due <= now else []
        damage = self._raw.advance(now)
        if damage is not None:
            events.append(CallerIdDamaged(damage.why, report_of(dict(damage.fields))))
        return events

    def rang(self) -> list[ReportEvent]:
        """A ring ends the open report, unless that tells no more than the moment: its caller is still to come.

        It came when `advance` was called last.
        """
        self._raw.rang(self._now)
        gathering = self._open
        if gathering is not None and gathering.waits_for_caller and not self._completes(gathering):
            gathering.in_time, self._reported = False, None  # what follows the ring may be of another call
            gathering.rings += 1
            return []
        events = self.close()
        self._rang_since = True
        return events

    def take(self, fields: tuple[Field, ...], now: float) -> list[ReportEvent]:
        """Add the fields of one line."""
        self._now = now
        events: list[ReportEvent] = []
        for kind, value in fields:
            if kind in (Kind.STARTS, Kind.ENDS):
                events += self.close()
            elif kind is Kind.RAW and isinstance(value, bytes):
                half = dict(fields).get(Kind.HALF)
                events += self._take_raw(value, now, half if isinstance(half, str) else "")
            elif kind is Kind.RANG:
                events += [*self.rang(), RingDetected()]
            elif kind is Kind.UNUSED and isinstance(value, str):
                events.append(UnsolicitedLine(value[:MAX_UNSOLICITED_TEXT]))
            elif kind is Kind.WAITING:
                events += self._notice(value is True, now)
            elif kind is Kind.DAMAGED and isinstance(value, str):
                self._raw.spoil(Damaged(value), now)
            elif kind is not Kind.HALF:
                events += self._add(kind, value, now)
        return events

    def _take_raw(self, piece: bytes, now: float, half: str) -> list[ReportEvent]:
        """Add a piece of a raw message. One that is whole is a whole report."""
        events: list[ReportEvent] = []
        for fields in self._raw.take(piece, now, half):
            events += self.take(fields, now)
            if any(kind not in (Kind.WAITING, Kind.UNUSED) for kind, _ in fields):
                events += self.close()
        return events

    def _notice(self, on: bool, now: float) -> list[ReportEvent]:
        """A notice of waiting messages, once: its copies come in one burst."""
        known, self._waiting = self._waiting, (on, now)
        return [] if known is not None and known[0] is on and now - known[1] <= LATE else [MessageWaitingReported(on)]

    def close(self) -> list[ReportEvent]:
        """End the open report. Without number and name it says nothing about anybody and is forgotten."""
        gathering, self._open = self._open, None
        if gathering is None:
            return []
        values = gathering.values
        if values.get(Kind.CALL_TYPE) is CallType.MESSAGE_WAITING:
            self._reported = None  # nobody calls
            return []
        if self._reported is not None and self._completes(gathering):
            # What came first stays: networks send a number and then O to hide it.
            values = self._reported | {kind: value for kind, value in values.items() if kind not in self._reported}
            events = _amendment(self._reported, values)
        elif number_in(values) is None and Kind.NAME not in values:
            self._reported = None  # another report began: nothing may join the one before any more
            return []
        else:
            number = number_in(values)
            events = [number] if number is not None and not gathering.announced else []
            events.append(report_of(values))
            self._raw.reported(gathering.last, number.number if number else None)
        self._reported, self._reported_at, self._rang_since = values, gathering.last, False
        return events

    def _add(self, kind: Kind, value: Value, now: float) -> list[ReportEvent]:
        events: list[ReportEvent] = []
        if value is CallType.MESSAGE_WAITING and not (self._waiting and now - self._waiting[1] <= LATE):
            events += self._notice(True, now)  # on or off may have been told beside it
        if self._open is not None and kind in self._open.values:
            if not _differs(self._open.values[kind], value):
                self._open.values[kind] = self._open.values[kind] or value  # why the name is missing
                return events
            events += self.close()
        if self._open is None:
            patience = LATE_AFTER_RING if self._rang_since else LATE
            self._open = _Gathering(now, self._reported is not None and now - self._reported_at <= patience)
        self._open.values[kind] = value
        self._open.last, self._open.rings = now, 0
        events += self._announce(self._open, now)
        if _complete(self._open.values):
            events += self.close()
        return events

    def _announce(self, gathering: _Gathering, now: float) -> list[ReportEvent]:
        """The number the moment it is known, once, unless it was reported already."""
        number = number_in(gathering.values)
        if number is None or gathering.number_at is not None:
            return []
        if gathering.values.get(Kind.CALL_TYPE) is CallType.MESSAGE_WAITING:
            return []
        if number.number is None and Kind.NUMBER not in gathering.values:
            return []  # an empty DDN_NMBR; the caller's own number may follow
        gathering.number_at = now
        if self._completes(gathering) and self._reported is not None and number_in(self._reported) is not None:
            return []
        gathering.announced = True
        return [number]

    def _completes(self, gathering: _Gathering) -> bool:
        """Whether these fields came in time to belong to the report before them, and nothing contradicts that."""
        before, values = self._reported, gathering.values
        if before is None or not gathering.in_time:
            return False
        number, known = number_in(values), number_in(before)
        twice = before.keys() & values.keys() & _PLAIN
        if number is None:
            return not twice  # a field repeated without its number begins another report
        if known is not None and number != known and (number.number is not None or self._rang_since):
            return False
        return not any(_differs(before[kind], values[kind]) for kind in twice)


def _differs(old: Value, new: Value) -> bool:
    """Whether a field that comes a second time must be another report's. With one number missing, the first wins."""
    if isinstance(old, CallerNumberReceived) and isinstance(new, CallerNumberReceived):
        return None not in (old.number, new.number) and old.number != new.number
    missing = (None, *Absence)
    return old != new and not (old in missing and new in missing)


def number_in(values: Mapping[Kind, Value]) -> CallerNumberReceived | None:
    """The number field that counts: the first that came, but an empty dialable number yields to the caller's own."""
    found = [value for value in values.values() if isinstance(value, CallerNumberReceived)]
    own = values.get(Kind.NUMBER)
    if found and found[0].number is None and isinstance(own, CallerNumberReceived):
        return own
    return found[0] if found else None


def report_of(values: Mapping[Kind, Value], *, amends: bool = False) -> CallerIdReported:
    """The fields as the event."""
    number = number_in(values)
    dialable = values.get(Kind.DIALABLE)
    beside = dialable.number if isinstance(dialable, CallerNumberReceived) and dialable is not number else None
    name, call_type = values.get(Kind.NAME), values.get(Kind.CALL_TYPE)
    because, caller_type = values.get(Kind.FORWARDED_BECAUSE), values.get(Kind.CALLER_TYPE)
    return CallerIdReported(
        number=number.number if number else None,
        name=_text(values, Kind.NAME),
        absence=number.absence if number else None,
        date=_text(values, Kind.DATE),
        time=_text(values, Kind.TIME),
        dialled=_text(values, Kind.DIALLED),
        dialable=beside,
        forwarded_by=_text(values, Kind.FORWARDED_BY),
        name_absence=name if isinstance(name, Absence) else None,
        call_type=call_type if isinstance(call_type, CallType) else None,
        long_distance=values.get(Kind.LONG_DISTANCE) is True,
        amends=amends,
        forwarded_because=because if isinstance(because, ForwardReason) else None,
        caller_type=caller_type if isinstance(caller_type, CallerType) else None,
    )


def _text(values: Mapping[Kind, Value], kind: Kind) -> str | None:
    value = values.get(kind)
    return value if isinstance(value, str) else None


def _complete(values: Mapping[Kind, Value]) -> bool:
    """Whether every field that modems send has come."""
    number = number_in(values)
    known = number is not None and (number.number is not None or Kind.NUMBER in values)
    return known and {Kind.DATE, Kind.TIME, Kind.NAME} <= values.keys()


def _amendment(before: Mapping[Kind, Value], after: Mapping[Kind, Value]) -> list[ReportEvent]:
    """The completed report, whole, or nothing when the fields only repeated it."""
    report = report_of(after, amends=True)
    return [] if report == report_of(before, amends=True) else [report]
