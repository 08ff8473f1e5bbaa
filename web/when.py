"""Times in words, as a person in the house would say them. Aware datetimes and `now` go in, text comes out."""

from datetime import date, datetime, timedelta

# Where people read "2:05 pm" rather than "14:05" (CLDR, time formats with "a").
TWELVE_HOURS = frozenset({"US", "CA", "AU", "NZ", "PH", "IN", "PK", "EG", "SA", "CO", "MX"})

_DAY = timedelta(days=1)


def clock(at: datetime, country: str) -> str:
    """The time of day in local time: "2:05 pm" or "14:05"."""
    local = at.astimezone()
    if country in TWELVE_HOURS:
        return f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"
    return f"{local.hour:02d}:{local.minute:02d}"


def day(at: datetime, now: datetime) -> str:
    """The day in local time: "Today", "Yesterday", "Mon 3 Mar", with the year when it is not this year's."""
    local, today = at.astimezone().date(), now.astimezone().date()
    if local == today:
        return "Today"
    if local == today - _DAY:
        return "Yesterday"
    text = f"{local:%a} {local.day} {local:%b}"
    return text if local.year == today.year else f"{text} {local.year}"


def moment(at: datetime, now: datetime, country: str) -> str:
    """Day and time together: "Today, 2:05 pm"."""
    return f"{day(at, now)}, {clock(at, country)}"


def within_sentence(at: datetime, now: datetime, country: str) -> str:
    """The same inside a sentence: "today, 2:05 pm"."""
    text = moment(at, now, country)
    return text[0].lower() + text[1:] if text.startswith(("Today", "Yesterday")) else text


def ago(at: datetime, now: datetime) -> str:
    """How long ago, roughly: "just now", "3 minutes ago", "2 days ago"."""
    return f"{_span(now - at)} ago" if now - at >= timedelta(minutes=1) else "just now"


def until(expires: datetime | None, now: datetime) -> str:
    """When an entry stops counting, in words; for ever when it does not."""
    if expires is None:
        return "For ever"
    if expires <= now:
        return f"Ended {ago(expires, now)}; it no longer counts"
    last, today = last_day(expires), now.astimezone().date()
    left = (last - today).days
    if left == 0:
        return "Until the end of today"
    if left == 1:
        return "Until tomorrow"
    return f"Until {_date(last, today)} ({left} more days)"


def last_day(expires: datetime) -> date:
    """The last local day on which something with that end counts."""
    return (expires - timedelta(seconds=1)).astimezone().date()


def end_of(chosen: date) -> datetime:
    """The moment that local day ends, aware."""
    return datetime.combine(chosen + _DAY, datetime.min.time()).astimezone()


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
