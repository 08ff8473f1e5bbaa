"""A moment that a person types: "tomorrow 8:00", "2h", "Sat 23:30", "2026-11-23 08:00". What time it is is an argument.

A wall time that is left out when the clocks change is the moment of the change; of one that comes twice it is the next.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from appliance.core.wall_time import WHOLE_DAY, YEARS, midnight, moments_of
from appliance.core.week import joined_halves, minute_of, plain_text, weekday_of

LONGEST = timedelta(days=366)
"""A profile by hand for more than a year was a slip of the finger: what lasts belongs into the schedule."""

_HOW = 'write it such as "8:00", "tomorrow 8:00", "Monday 8:00", "2h" or "2026-11-23 08:00"'
_TOO_LATE = '"{}" is more than a year ahead: choose an earlier time.'
_PIECE = re.compile(r"([0-9]{1,5})\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": WHOLE_DAY, "w": 7 * WHOLE_DAY}
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_DATE = re.compile(r"(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:t|\s|$)")
_WEEK = 7


def until_text(text: str, local: datetime) -> datetime:
    """The end of something that begins now, in UTC. `local` is aware: now, in the household's zone.

    Raises ValueError with a sentence, also for a moment that is past, or more than a year ahead.
    """
    moment = moment_of(re.sub(r"^\s*(?:until|till)\s", "", text, flags=re.IGNORECASE), local)
    now = local.astimezone(UTC)
    if moment <= now:
        raise ValueError(f'"{text.strip()[:40]}" is over already: {_HOW}.')
    if moment - now > LONGEST:
        raise ValueError(_TOO_LATE.format(text.strip()[:40]))
    return moment


def moment_of(text: str, local: datetime) -> datetime:
    """The moment that is meant, in UTC; a time or a weekday is the next such. `local` is aware: now at home.

    Raises ValueError with a sentence.
    """
    plain = " ".join(joined_halves(plain_text(text)).split())
    if plain == "now":
        return local.astimezone(UTC)
    ahead = _ahead(plain)
    if ahead is not None:
        return local.astimezone(UTC) + ahead
    exact = _exact(plain)
    if exact is not None:
        return exact
    return _on_the_wall(plain, local)


def _ahead(plain: str) -> timedelta | None:
    """So long from now: "2h", "1h 30m", "in 90 minutes"."""
    pieces = _PIECE.findall(plain)
    if not pieces or _PIECE.sub("", plain.removeprefix("in ")).replace("and", "").strip():
        return None
    ahead = sum((int(count) * _UNITS[unit[0]] for count, unit in pieces), timedelta())
    if ahead > LONGEST:
        raise ValueError(_TOO_LATE.format(plain[:40]))
    return ahead


def _exact(plain: str) -> datetime | None:
    """A moment with its zone, as programs write it."""
    try:
        moment = datetime.fromisoformat(plain.upper())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None and moment.year in YEARS else None


def _on_the_wall(plain: str, local: datetime) -> datetime:
    """A time with a date, a day, or neither; the day may stand on either side."""
    today = midnight(local)
    date = _DATE.match(plain)
    if date is not None:
        return _next([_date(date)], plain[date.end() :], plain, local)
    first, *others = words = plain.replace(",", " ").split() or [""]
    if not _is_day(first) and _is_day(words[-1]):
        first, others = words[-1], words[:-1]
    if first in _DAYS:
        return _next([today + _DAYS[first] * WHOLE_DAY], " ".join(others), plain, local)
    weekday = weekday_of(first)
    if weekday is not None:
        soon = today + (weekday - local.weekday()) % _WEEK * WHOLE_DAY
        return _next([soon, soon + _WEEK * WHOLE_DAY], " ".join(others), plain, local)
    return _next([today, today + WHOLE_DAY, today + 2 * WHOLE_DAY], plain, plain, local)


def _is_day(word: str) -> bool:
    return word in _DAYS or weekday_of(word) is not None


def _date(found: re.Match[str]) -> datetime:
    year, month, day = map(int, found.groups())
    try:
        return datetime(year, month, day)  # noqa: DTZ001  # a wall time has no zone
    except ValueError:
        raise ValueError(f'"{found[0].strip()}" is no date of the calendar: {_HOW}.') from None


def _next(days: Sequence[datetime], time: str, plain: str, local: datetime) -> datetime:
    """The first moment after `local` with that time on one of the days; when all are past, the first of them."""
    time = time.strip().removeprefix("at ")
    if not time:
        raise ValueError(f'"{plain[:40]}" does not say at what time: {_HOW}.')
    zone, now = local.tzinfo, local.astimezone(UTC)
    assert zone is not None
    try:
        minute = timedelta(minutes=minute_of(time))
    except ValueError:
        raise ValueError(f'"{plain[:40]}" is no moment: {_HOW}.') from None
    moments = [moment for day in days for moment in moments_of(day + minute, zone)]
    return next((moment for moment in moments if moment > now), moments[0])
