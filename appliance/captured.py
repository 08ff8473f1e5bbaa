"""Which calls a captured modem log holds: timed chunks in, one value per call out. No list, no verdict, no file."""

from collections.abc import Iterable
from dataclasses import dataclass

from hardware.cadence import cadence_of
from hardware.events import CallerIdDamaged, CallerIdReported, RingDetected
from hardware.replay import Chunk, replay_events


@dataclass(slots=True)
class CapturedCall:
    """One call of a log; times in seconds of the log. `report` is the last whole one, None when none came."""

    began: float
    heard: float  # when it was last heard of
    rings: int = 0
    rang: float | None = None
    report: CallerIdReported | None = None
    pattern: str | None = None  # how it rang, from the first ring that told
    damaged: CallerIdDamaged | None = None  # what came instead of a report


def calls_in(chunks: Iterable[Chunk], country: str) -> list[CapturedCall]:
    """The calls of a log in their order. A log without times is told apart by its reports."""
    cadence = cadence_of(country)
    calls: list[CapturedCall] = []
    for at, event in replay_events(chunks):
        if not isinstance(event, RingDetected | CallerIdReported | CallerIdDamaged):
            continue
        call = calls[-1] if calls else None
        if call is None or at - call.heard > cadence.gap or _another(call, event):
            call = CapturedCall(began=at, heard=at)
            calls.append(call)
        call.heard = at
        if isinstance(event, CallerIdReported):
            call.report, call.damaged = event, None
            continue
        if isinstance(event, CallerIdDamaged):
            call.damaged = event if call.report is None else None
            continue
        call.pattern = call.pattern or event.pattern
        if call.rang is None or at - call.rang > cadence.same_ring:
            call.rings += 1
            call.rang = at
    return calls


def _another(call: CapturedCall, event: RingDetected | CallerIdReported | CallerIdDamaged) -> bool:
    """A second report that completes nothing and names somebody else is the next caller's."""
    if call.report is None or not isinstance(event, CallerIdReported) or event.amends:
        return False
    return (event.number, event.absence) != (call.report.number, call.report.absence)
