"""Times as people type and read them. The computer's own time zone; the store keeps UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta

import click

_STEP = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
LONGEST = timedelta(days=36_500)  # a hundred years; a longer wish is "never", and datetime ends at year 9999


def expiry(text: str, now: datetime) -> datetime:
    """When an entry ends: "30d", "12h", "2w" from now, or a date, whose whole day still counts.

    Raises click.BadParameter with what is allowed, also for times that have passed.
    """
    ends = _after(text, now) or _end_of_day(text)
    if ends is None:
        raise click.BadParameter(
            f"{text!r} is not a time: write a date such as 2026-12-31, or 30d, 2w or 12h from now."
        )
    if ends <= now:
        raise click.BadParameter(f"{text} has already passed.")
    return ends


def _after(text: str, now: datetime) -> datetime | None:
    match = re.fullmatch(r"([0-9]{1,6})([hdw])", text.strip().lower())
    return now + min(int(match[1]) * _STEP[match[2]], LONGEST) if match else None


def _end_of_day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text.strip()) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time()).astimezone(UTC)


def local(at: datetime | None) -> str:
    """A time for a table: "2026-11-22 18:05" where we are, "" for none."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at is not None else ""
