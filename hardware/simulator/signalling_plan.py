"""What happens on the line in one call, as timed steps. No thread, clock or port may enter.

Sources of the times: measured on recordings of real lines; the sentence beside each constant says which.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.cadence import Cadence
from hardware.simulator.script import Script
from hardware.simulator.signalling import Network, Order
from hardware.simulator.signalling_model import FIELDS

# Seconds from the end of the first ring to the report. Recorded American lines end the FSK burst 1.2 to 1.4 s after
# the ring; the modem prints at once. A longer wait would make a decision before the second ring look harder than it is.
REPORT_AFTER_RING_S = 1.3
# Seconds from a report that precedes the ringing to the first ring: BT promises at least 0.2 s, 0.5 s is usual.
REPORT_BEFORE_RING_S = 0.5
# The short ring that only announces a report: ETSI EN 300 659-1 allows 0.2 to 0.3 s, and the report begins 0.5 to 0.8 s
# after it and lasts about as long as in America.
SHORT_RING_S = 0.25
REPORT_AFTER_SHORT_RING_S = 1.3
# Where in the last silence a caller hangs up. Late in it, so that even one ring leaves room for the whole report.
LEAVES_AT = 0.9
# Seconds of ringing after which an exchange ends a call that nobody answers; there is no ringing without end.
EXCHANGE_LIMIT_S = 180.0

# The rings of American exchanges that tell several numbers on one line apart (Telcordia GR-506), in seconds.
DISTINCTIVE: dict[int, Cadence] = {
    2: Cadence((0.8, 0.4, 0.8, 4.0)),
    3: Cadence((0.4, 0.2, 0.4, 0.2, 0.8, 4.0)),
    4: Cadence((0.3, 0.2, 1.0, 0.2, 0.3, 4.0)),
}


@dataclass(frozen=True, slots=True)
class RingStarted:
    """The bell begins to sound; `new_ring` is false for the second burst of a double ring, and for a short ring.

    `silence`: seconds since it stopped, None for the first of a call. `short`: it announces a report and is no ring.
    """

    new_ring: bool
    silence: float | None = None
    short: bool = False
    pattern: int = 1


@dataclass(frozen=True, slots=True)
class RingStopped:
    """The bell is silent again, after so many seconds of `sound`; `last` burst of its ring."""

    sound: float
    last: bool = True
    short: bool = False
    pattern: int = 1


@dataclass(frozen=True, slots=True)
class CallerIdSent:
    """The last of the report has arrived."""


@dataclass(frozen=True, slots=True)
class CallerLeft:
    """The caller hangs up."""


@dataclass(frozen=True, slots=True)
class ReportPrinted:
    """The modem prints a part of the report. `ends_number`: with these bytes the line with the number is complete."""

    data: bytes
    first: bool
    last: bool
    ends_number: bool


Step = RingStarted | RingStopped | CallerIdSent | CallerLeft
Plan = Iterator[tuple[float, Step]]


def cadence_of_call(script: Script, usual: Cadence) -> Cadence:
    """How the bell rings in this call; `usual` is the country's."""
    return DISTINCTIVE.get(script.ring_pattern, usual)


def plan(script: Script, network: Network, cadence: Cadence, *, report: bool, before: bool) -> Plan:
    """The steps of a call in order, each with its time in seconds from the start of the call.

    `report`: whether the network sends one; `before`: before the first ring whatever the network does.
    """
    order = _order(script, network, before=before)
    start = 0.0 if not report or order is Order.AFTER_RING else REPORT_BEFORE_RING_S
    announced: list[tuple[float, Step]] = []
    at = cadence.sounding + REPORT_AFTER_RING_S
    if order is Order.BEFORE_RING:
        at = 0.0
    elif order is Order.AFTER_SHORT_RING:
        announced = [
            (0.0, RingStarted(new_ring=False, short=True)),
            (SHORT_RING_S, RingStopped(SHORT_RING_S, short=True)),
        ]
        at = SHORT_RING_S + REPORT_AFTER_SHORT_RING_S
        start += at
    told: list[tuple[float, Step]] = [(at + script.late, CallerIdSent())] if report else []
    if script.rings == 0:
        printed = told[0][0] + len(FIELDS) * (script.pieces or 0.0) if told else 0.0
        return iter([*announced, *told, (printed + REPORT_BEFORE_RING_S, CallerLeft())])
    rings = script.rings if script.rings is not None else int(EXCHANGE_LIMIT_S / cadence.period)
    ringing = _ring_steps(cadence, rings, start, script.ring_pattern)
    return heapq.merge(iter(announced), ringing, iter(told), key=lambda step: step[0])


def _order(script: Script, network: Network, *, before: bool) -> Order:
    if script.before_ring is None:
        return Order.BEFORE_RING if before else network.order
    return Order.BEFORE_RING if script.before_ring else Order.AFTER_RING


def _ring_steps(cadence: Cadence, rings: int, at: float, pattern: int) -> Plan:
    bursts = list(zip(cadence.pattern[::2], cadence.pattern[1::2], strict=True))
    silence = None
    for _ in range(rings):
        for index, (on, off) in enumerate(bursts):
            yield at, RingStarted(index == 0, silence, pattern=pattern)
            yield at + on, RingStopped(on, index == len(bursts) - 1, pattern=pattern)
            at += on + off
            silence = off
    yield at - cadence.pattern[-1] * (1 - LEAVES_AT), CallerLeft()
