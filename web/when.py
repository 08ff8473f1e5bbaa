"""Times in words, as a person in the house would say them. Aware datetimes and `now` go in, text comes out.

The zone of `now` is the household's: its wall clock is meant wherever a time of day or a day is told.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

# Where people read "2:05 pm" rather than "14:05" (CLDR, time formats with "a").
TWELVE_HOURS = frozenset({"US", "CA", "AU", "NZ", "PH", "IN", "PK", "EG", "SA", "CO", "MX"})

_DAY = timedelta(days=1)
_CLOCK = re.compile(r"\b([01][0-9]|2[0-4]):([0-5][0-9])\b")


def clock(at: datetime, now: datetime, country: str) -> str:
    """The time of day: "2:05 pm" or "14:05"."""
    local = at.astimezone(now.tzinfo)
    return wall(local.hour * 60 + local.minute, country)


def wall(minute: int, country: str) -> str:
    """A minute of the day (0 to 1440) as the clock on the wall shows it: "2:05 pm" or "14:05"."""
    hour, rest = divmod(minute % (24 * 60), 60)
    if country in TWELVE_HOURS:
        return f"{hour % 12 or 12}:{rest:02d} {'am' if hour < 12 else 'pm'}"
    return f"{hour:02d}:{rest:02d}"


def spoken(text: str, country: str) -> str:
    """A sentence of the core, with its times of day ("22:00") as that country writes them."""
    return _CLOCK.sub(lambda found: wall(int(found[1]) * 60 + int(found[2]), country), text)


def stretch(start: datetime, end: datetime, country: str) -> str:
    """Days or times from `start` to before `end`, both wall times: "24 December 2026 to 26 December 2026"."""
    whole = (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0)
    if not whole:
        return f"{_wall_moment(start, country)} to {_wall_moment(end, country)}"
    last = end - _DAY
    return _long_date(start) if last <= start else f"{_long_date(start)} to {_long_date(last)}"


def _wall_moment(at: datetime, country: str) -> str:
    return f"{_long_date(at)}, {wall(at.hour * 60 + at.minute, country)}"


def _long_date(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def day(at: datetime, now: datetime) -> str:
    """The day: "Today", "Yesterday", "Tomorrow", "Mon 3 Mar", with the year when it is not this year's."""
    local, today = at.astimezone(now.tzinfo).date(), now.date()
    if local == today:
        return "Today"
    if local == today - _DAY:
        return "Yesterday"
    if local == today + _DAY:
        return "Tomorrow"
    text = f"{local:%a} {local.day} {local:%b}"
    return text if local.year == today.year else f"{text} {local.year}"


def moment(at: datetime, now: datetime, country: str) -> str:
    """Day and time together: "Today, 2:05 pm"."""
    return f"{day(at, now)}, {clock(at, now, country)}"


def within_sentence(at: datetime, now: datetime, country: str) -> str:
    """The same inside a sentence: "today, 2:05 pm"."""
    text = moment(at, now, country)
    return text[0].lower() + text[1:] if text.startswith(("Today", "Yesterday", "Tomorrow")) else text


def ago(at: datetime, now: datetime) -> str:
    """How long ago, roughly: "just now", "3 minutes ago", "2 days ago"."""
    return f"{_span(now - at)} ago" if now - at >= timedelta(minutes=1) else "just now"


def until(expires: datetime | None, now: datetime) -> str:
    """When an entry stops counting, in words; for ever when it does not."""
    if expires is None:
        return "For ever"
    if expires <= now:
        return f"Ended {ago(expires, now)}; it no longer counts"
    last, today = last_day(expires, now.tzinfo), now.date()
    left = (last - today).days
    if left == 0:
        return "Until the end of today"
    if left == 1:
        return "Until tomorrow"
    return f"Until {_date(last, today)} ({left} more days)"


def last_day(expires: datetime, zone: tzinfo | None) -> date:
    """The last day, at home in `zone`, on which something with that end counts."""
    return (expires - timedelta(seconds=1)).astimezone(zone).date()


def end_of(chosen: date, zone: tzinfo | None) -> datetime:
    """The moment that day ends at home in `zone`, in UTC. Raises OverflowError at the end of time."""
    return datetime.combine(chosen + _DAY, datetime.min.time(), zone).astimezone(UTC)


def _date(local: date, today: date) -> str:
    text = f"{local:%A} {local.day} {local:%B}"
    return text if local.year == today.year else f"{text} {local.year}"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "less than a minute"
