"""Which profile is in force at a moment, why, and which comes next. No text is read here, and no clock.

A profile chosen by hand beats the exceptions, these beat the weekly periods, and where nothing is set it is Day. All
but the first go by wall time: a period in the hour that is left out when the clocks change never comes, and one in the
hour that is repeated comes twice. Nothing is remembered from call to call, so a clock that jumps, either way, simply
puts the profile in force that belongs to the time it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from appliance.core.policy import DAY, Exceptional, Period, Schedule
from appliance.core.profiles import profile_title
from appliance.core.time_words import date_text, days_words, until_words, when_words
from appliance.core.wall_time import WHOLE_DAY, change_after, midnight, moments_of
from appliance.core.week import DAY_MINUTES, clock_text

AHEAD_DAYS = 8
"""How far ahead the week is looked through: every weekly period begins and ends within seven days, and the day on which
the clocks change may put it off."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The profile in force, and why, as a sentence for the household."""

    profile: str
    because: str


def profile_at(schedule: Schedule, local: datetime, at: datetime) -> InForce:
    """The profile in force. `at` is aware; `local` is the same moment in the household's zone."""
    override = schedule.override
    if override is not None and at.astimezone(UTC) < override[1].astimezone(UTC):
        until = until_words(override[1].astimezone(local.tzinfo), local)
        return InForce(override[0], f"{profile_title(override[0])}, as chosen by hand until {until}.")
    wall = local.replace(tzinfo=None)
    for exceptional in reversed(schedule.exceptions):
        if exceptional.start <= wall < exceptional.end:
            return InForce(exceptional.profile, _exception_words(exceptional))
    minute = local.hour * 60 + local.minute
    for period in reversed(schedule.weekly):
        if period.span.covers(local.weekday(), minute):
            return InForce(period.profile, _period_words(period))
    return InForce(DAY, "Day, because nothing else is set for this time.")


def next_change(schedule: Schedule, local: datetime) -> tuple[datetime, str] | None:
    """When another profile comes into force, in the zone of `local` (aware), and which; None if none is due."""
    zone = local.tzinfo
    assert zone is not None
    now = profile_at(schedule, local, local).profile
    for moment in _edges(schedule, local.astimezone(UTC), zone):
        then = moment.astimezone(zone)
        profile = profile_at(schedule, then, moment).profile
        if profile != now:
            return then, profile
    return None


def change_words(change: tuple[datetime, str], local: datetime) -> str:
    """The next change as a sentence: "Night begins at 22:00."."""
    moment, profile = change
    return f"{profile_title(profile)} begins {when_words(moment, local)}."


def _edges(schedule: Schedule, now: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The moments (UTC, ascending) at which another profile may come into force."""
    begin = now
    if schedule.override is not None and schedule.override[1].astimezone(UTC) > now:
        begin = schedule.override[1].astimezone(UTC)
        yield begin
    walls = {wall for exceptional in schedule.exceptions for wall in (exceptional.start, exceptional.end)}
    later = sorted(moment for moment in {m for wall in walls for m in moments_of(wall, zone)} if moment > begin)
    for start, stop in pairwise([begin, *later, None]):
        assert start is not None
        if start is not begin:
            yield start
        week_on = start + AHEAD_DAYS * WHOLE_DAY
        yield from _weekly_edges(schedule, zone, start, week_on if stop is None else min(stop, week_on))


def _weekly_edges(schedule: Schedule, zone: tzinfo, start: datetime, stop: datetime) -> list[datetime]:
    """Those of the week, and the change of the clocks: it leaves out, or repeats, what stands in its hour."""
    minutes = {minute % DAY_MINUTES for period in schedule.weekly for minute in (period.span.start, period.span.end)}
    today = midnight(start.astimezone(zone).date())
    walls = [today + day * WHOLE_DAY + timedelta(minutes=minute) for day in range(AHEAD_DAYS + 1) for minute in minutes]
    moments = {moment for wall in walls for moment in moments_of(wall, zone)}
    change = change_after(start, zone, AHEAD_DAYS)
    return sorted(moment for moment in moments | ({change} if change else set()) if start < moment < stop)


def _period_words(period: Period) -> str:
    span = period.span
    if span.start == 0 and span.end == DAY_MINUTES:
        times = "all day"
    else:
        times = f"from {clock_text(span.start)} to {clock_text(span.end)}"
    return f"{profile_title(period.profile)}, as {days_words(span.days)} {times}."


def _exception_words(exceptional: Exceptional) -> str:
    start, end = exceptional.start, exceptional.end
    named = f" ({exceptional.note})" if exceptional.note else ""
    whole = start == midnight(start.date()) and end == midnight(end.date())
    if not whole:
        when = f"from {date_text(start)}, {start:%H:%M}, to {date_text(end)}, {end:%H:%M}"
    elif end - start == WHOLE_DAY:
        when = f"for {date_text(start)}"
    else:
        when = f"from {date_text(start)} to {date_text(end - WHOLE_DAY)}"
    return f"{profile_title(exceptional.profile)}, as set {when}{named}."
