"""Moments and days of the week in the words of a sentence: "tomorrow at 08:00". No zone and no policy may enter."""

from collections.abc import Sequence
from datetime import date, datetime

from appliance.core.week import DAY_NAMES, EVERY_DAY

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_text(day: date) -> str:
    """A date: "24 December 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def until_words(moment: datetime, local: datetime) -> str:
    """A moment, seen from `local` (of the same zone): "22:00", "tomorrow at 08:00", "Saturday at 10:00"."""
    day = _day_from(moment.date(), local.date())
    return f"{day} at {moment:%H:%M}" if day else f"{moment:%H:%M}"


def when_words(moment: datetime, local: datetime) -> str:
    """The same as an answer to "when?": "at 22:00", "tomorrow at 08:00", "on Saturday at 10:00"."""
    day = _day_from(moment.date(), local.date())
    if not day:
        return f"at {moment:%H:%M}"
    return f"{'' if day == _TOMORROW else 'on '}{day} at {moment:%H:%M}"


def days_words(days: frozenset[int]) -> str:
    """Days of the week: "every day", "on Saturdays", "on Mondays, Tuesdays and Fridays", "from Monday to Friday"."""
    if days == EVERY_DAY:
        return "every day"
    first, last = min(days), max(days)
    if len(days) > 2 and len(days) == last - first + 1:
        return f"from {DAY_NAMES[first]} to {DAY_NAMES[last]}"
    return f"on {_listed([f'{DAY_NAMES[day]}s' for day in sorted(days)])}"


_TOMORROW = "tomorrow"


def _day_from(day: date, today: date) -> str:
    """Nothing for today; the name of a weekday as long as it can mean one day only."""
    ahead = (day - today).days
    if ahead == 0:
        return ""
    if ahead == 1:
        return _TOMORROW
    return DAY_NAMES[day.weekday()] if 0 < ahead < len(DAY_NAMES) else date_text(day)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
