"""A script of lines, each at its second, put through the assembly of reports with every timer in between."""

from hardware.caller_id import fields_of
from hardware.events import CallerIdReported, CallerNumberReceived
from hardware.report import ReportAssembly, ReportEvent

RING = "RING"
DATE, TIME, NMBR, NAME = "DATE=0117", "TIME=1452", "NMBR=2025550117", "NAME=AIRY LAYOUT"
NUMBER = CallerNumberReceived("2025550117", None)
FULL = CallerIdReported(number="2025550117", name="AIRY LAYOUT", date="01-17", time="14:52")


def told(*script: tuple[float, str]) -> list[tuple[float, ReportEvent]]:
    """Run lines at their seconds, with every timer in between, and give the events with the second they came."""
    assembly = ReportAssembly()
    events: list[tuple[float, ReportEvent]] = []
    for second, line in script:
        while (due := assembly.due()) is not None and due <= second:
            events += [(due, event) for event in assembly.advance(due)]
        assert assembly.advance(second) == []
        fields = fields_of(line, assembly.missing, assembly.half)
        new = assembly.rang() if fields is None else assembly.take(fields, second)
        events += [(second, event) for event in new]
    while (due := assembly.due()) is not None:
        events += [(due, event) for event in assembly.advance(due)]
    assert not assembly.open
    return events


def reports(*script: tuple[float, str]) -> list[ReportEvent]:
    return [event for _, event in told(*script) if isinstance(event, CallerIdReported)]


def said(*script: tuple[float, str]) -> list[ReportEvent]:
    return [event for _, event in told(*script)]
