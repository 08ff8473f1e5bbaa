"""Wall times and the moments they stand for, also on the days when the clocks change. No text and no policy may enter.

Two aware times of one zone compare by what the wall shows, not by which is earlier; so everything here that compares
is UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

MINUTE = timedelta(minutes=1)
WHOLE_DAY = timedelta(days=1)


YEARS = range(2000, 2100)
"""Years that a person can mean; far outside of them a zone has no times any more."""


def moments_of(wall: datetime, zone: tzinfo) -> Sequence[datetime]:
    """When a wall time (naive) comes, in UTC: twice in the hour that is repeated, and never more than that.

    A wall time that is left out comes at the moment of the change: what was to begin then begins as the clock jumps.
    """
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return (first,)
    if first < second:
        return (first, second)
    return (_change_between(second, first, zone),)


def midnight(day: date) -> datetime:
    """The wall time (naive) with which a day begins."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a wall time has no zone


def change_after(moment: datetime, zone: tzinfo, days: int) -> datetime | None:
    """When the clocks change next within so many days, in UTC."""
    start = moment.astimezone(UTC)
    for step in range(days):
        early, late = start + step * WHOLE_DAY, start + (step + 1) * WHOLE_DAY
        if _offset(early, zone) != _offset(late, zone):
            return _change_between(early, late, zone)
    return None


def _change_between(early: datetime, late: datetime, zone: tzinfo) -> datetime:
    """The first minute of the new offset; offsets differ at the two moments."""
    before = _offset(early, zone)
    while late - early > MINUTE:
        middle = early + timedelta(minutes=(late - early) // MINUTE // 2)
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late


def _offset(moment: datetime, zone: tzinfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
