"""The household's schedule as texts that are kept: the week, the exceptions, the profile by hand. Wall time; no clock.

week:       "night mon-sun 22:00-07:00; away sat 10:00-12:00"
exceptions: "away 2026-12-24..2026-12-26 Christmas; night 2026-12-31T20:00..2027-01-01T09:00"
by hand:    "away 2026-11-23T07:00+00:00", or ""

A day without time is the whole day, the last one included. What a person types is taken in many forms and kept in one.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from appliance.core.policy import Exceptional, Period, Schedule
from appliance.core.wall_time import WHOLE_DAY, YEARS, midnight
from appliance.core.week import SPAN_LIMIT, ascii_text, minute_of, spans_of

EXCEPTION_LIMIT = 40
"""A year's holidays of a country, and the household's own; those that are over can go."""

SCHEDULE_LIMIT = 5_000  # characters of a whole text: 40 lines with everything in them

NOTE_LIMIT = 40  # characters of what an exception is called

_MOMENT = r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})(?:(?:[T ]| at )([0-9]{1,2}(?:[:.][0-9]{2})(?::00)?))?"
_EXCEPTION = re.compile(rf"{_MOMENT}(?:\s*(?:\.\.+|-|to|till|until)\s*{_MOMENT})?(?:\s+(.*))?", re.IGNORECASE)
_HOW_WEEK = 'write it such as "night mon-sun 22:00-07:00"'
_HOW_EXCEPTION = 'write it such as "away 2026-12-24..2026-12-26 Christmas"'
_HOW_UNTIL = 'write it such as "away 2026-11-23T08:00+00:00"'


_Found = TypeVar("_Found")


def schedule_key(text: str, profiles: Collection[str]) -> str:
    """The normal form of a week's schedule; "" for none. Raises ValueError with a sentence."""
    periods = [period for line in _typed(text) for period in _periods(line, profiles)]
    if len(periods) > SPAN_LIMIT:
        raise ValueError(f"That is too much for one week: at most {SPAN_LIMIT} times.")
    return "; ".join(f"{period.profile} {period.span}" for period in periods)


def exceptions_key(text: str, profiles: Collection[str]) -> str:
    """The normal form of the exceptions; "" for none. Raises ValueError with a sentence."""
    exceptions = [_exceptional(line, profiles) for line in _typed(text)]
    if len(exceptions) > EXCEPTION_LIMIT:
        raise ValueError(f"At most {EXCEPTION_LIMIT} exceptions are possible: take out those that are over.")
    return "; ".join(map(_exception_text, exceptions))


def until_key(text: str, profiles: Collection[str]) -> str:
    """The normal form of a profile chosen by hand, with the moment it ends; "" for none. Raises ValueError."""
    return until_value(*_until(text, profiles)) if text.strip() else ""


def until_value(profile: str, until: datetime) -> str:
    """What is kept for a profile chosen by hand until an aware moment."""
    return f"{profile} {until.astimezone(UTC).isoformat(timespec='minutes')}"


def schedule_of(weekly: str, exceptions: str, until: str, profiles: Collection[str]) -> Schedule:
    """The schedule of three stored texts. Never raises: a line that cannot be read (any more) is left out.

    So is one whose profile was deleted. Where nothing is left it is Day.
    """
    override = next(_readable([until] if until.strip() else [], lambda text: _until(text, profiles)), None)
    periods = (period for found in _readable(_lines(weekly), lambda text: _periods(text, profiles)) for period in found)
    exceptional = _readable(_lines(exceptions), lambda text: _exceptional(text, profiles))
    return Schedule(tuple(periods)[:SPAN_LIMIT], tuple(exceptional)[:EXCEPTION_LIMIT], override)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in re.split("[;\n]", text) if line.strip()]


def _typed(text: str) -> list[str]:
    if len(text) > SCHEDULE_LIMIT:
        raise ValueError(f"That is too long: at most {SCHEDULE_LIMIT} characters.")
    return _lines(text)


def _readable(lines: list[str], read: Callable[[str], _Found]) -> Iterator[_Found]:
    for line in lines:
        with suppress(ValueError):
            yield read(line)


def _periods(line: str, profiles: Collection[str]) -> list[Period]:
    profile, rest = _named(line, profiles, _HOW_WEEK)
    return [Period(profile, span) for span in spans_of(rest)]


def _exceptional(line: str, profiles: Collection[str]) -> Exceptional:
    profile, rest = _named(line, profiles, _HOW_EXCEPTION)
    found = _EXCEPTION.fullmatch(ascii_text(rest))
    if found is None:
        raise ValueError(f'"{rest[:40]}" does not begin with a date such as 2026-12-24: {_HOW_EXCEPTION}.')
    first_day, first_time, last_day, last_time, note = found.groups()
    if first_time and not last_day:
        raise ValueError(
            f'"{rest[:40]}" does not say until when: write it such as "away 2026-12-24T18:00..2026-12-26".'
        )
    start = _wall(first_day, first_time or "0:00")
    end = _wall(last_day or first_day, last_time or "24:00")
    if end <= start:
        raise ValueError(f'"{rest[:40]}" is over before it begins: write the earlier date first.')
    return Exceptional(profile, start, end, _note(note or ""))


def _wall(day: str, time: str) -> datetime:
    try:
        start = midnight(date.fromisoformat(day))
    except ValueError:
        raise ValueError(f'"{day}" is no date of the calendar: write year, month and day such as 2026-12-24.') from None
    return start + timedelta(minutes=minute_of(time))


def _note(text: str) -> str:
    """What an exception is called. It begins with a letter, so that it is never taken for a date or a time."""
    note = " ".join(text.split())
    if note and not (note[0].isalpha() and note.isprintable()):
        raise ValueError(f'"{note[:40]}" cannot stand behind the dates: what they are called begins with a letter.')
    if len(note) > NOTE_LIMIT:
        raise ValueError(f"What the days are called has at most {NOTE_LIMIT} characters.")
    return note


def _exception_text(exceptional: Exceptional) -> str:
    start, end = exceptional.start, exceptional.end
    begins = f"{start:%Y-%m-%d}" if start == midnight(start) else f"{start:%Y-%m-%dT%H:%M}"
    ends = f"{end - WHOLE_DAY:%Y-%m-%d}" if end == midnight(end) else f"{end:%Y-%m-%dT%H:%M}"
    return f"{exceptional.profile} {begins}..{ends} {exceptional.note}".rstrip()


def _until(text: str, profiles: Collection[str]) -> tuple[str, datetime]:
    profile, rest = _named(text, profiles, _HOW_UNTIL)
    try:
        moment = datetime.fromisoformat(rest)
    except ValueError:
        raise ValueError(f'"{rest[:40]}" is no moment: {_HOW_UNTIL}.') from None
    if moment.year not in YEARS:
        raise ValueError(f'"{rest[:40]}" does not lie in this century: {_HOW_UNTIL}.')
    if moment.tzinfo is None:
        raise ValueError(f'"{rest[:40]}" does not say in which zone it is: {_HOW_UNTIL}.')
    return profile, moment.astimezone(UTC)


def _named(line: str, profiles: Collection[str], how: str) -> tuple[str, str]:
    """The profile at the beginning, and the rest."""
    first, *rest = line.split(None, 1)
    profile = first.lower().rstrip(":=")
    if profile not in profiles:
        raise ValueError(f'There is no profile "{first[:40]}": there are {", ".join(profiles)}; {how}.')
    if not rest:
        raise ValueError(f'"{first}" does not say when: {how}.')
    return profile, rest[0]
