"""Which profile is in force, why, and which comes next: the week, the holidays, a choice by hand, new clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.core.policy import Exceptional, Period, Schedule
from appliance.core.presets import BASES
from appliance.core.schedule import change_words, next_change, profile_at
from appliance.core.schedule_text import schedule_of
from appliance.core.wall_time import moments_of
from appliance.core.week import Span

AMSTERDAM, NEW_YORK = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York")
NIGHTS = "night mon-sun 22:00-07:00; away sat 10:00-12:00"
HOLIDAYS = "away 2026-12-24..2026-12-26 Christmas; night 2026-12-31T20:00..2027-01-01T09:00"


def scheduled(weekly: str = NIGHTS, exceptions: str = HOLIDAYS, until: str = "") -> Schedule:
    return schedule_of(weekly, exceptions, until, (*BASES, "guests"))


def at_home(text: str, zone: ZoneInfo = AMSTERDAM, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def profile(schedule: Schedule, local: datetime) -> str:
    return profile_at(schedule, local, local).profile


@pytest.mark.parametrize(
    ("wall", "because"),
    [
        ("2026-11-23 12:00", "Day, because nothing else is set for this time."),
        ("2026-11-23 22:00", "Night, as every day from 22:00 to 07:00."),
        ("2026-11-23 06:59", "Night, as every day from 22:00 to 07:00."),
        ("2026-11-23 07:00", "Day, because nothing else is set for this time."),
        ("2026-11-28 10:00", "Away, as on Saturdays from 10:00 to 12:00."),
        ("2026-12-24 00:00", "Away, as set from 24 December 2026 to 26 December 2026 (Christmas)."),
        ("2026-12-26 23:59", "Away, as set from 24 December 2026 to 26 December 2026 (Christmas)."),
        ("2026-12-27 00:00", "Night, as every day from 22:00 to 07:00."),
        ("2026-12-31 20:00", "Night, as set from 31 December 2026, 20:00, to 1 January 2027, 09:00."),
        ("2027-01-01 08:59", "Night, as set from 31 December 2026, 20:00, to 1 January 2027, 09:00."),
        ("2027-01-01 09:00", "Day, because nothing else is set for this time."),
    ],
)
def test_the_profile_in_force_and_why_as_the_page_says_it(wall: str, because: str) -> None:
    local = at_home(wall)
    found = profile_at(scheduled(), local, local)
    assert found.because == because
    assert found.profile == because.split(",")[0].lower()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("guests mon-fri 8-17", "Guests, as from Monday to Friday from 08:00 to 17:00."),
        ("night mon,wed,thu 8-17", "Night, as on Mondays, Wednesdays and Thursdays from 08:00 to 17:00."),
        ("away mon", "Away, as on Mondays all day."),
    ],
)
def test_the_days_of_a_period_are_said_in_words(line: str, said: str) -> None:
    local = at_home("2026-11-23 12:00")
    assert profile_at(scheduled(line), local, local).because == said


def test_a_choice_by_hand_beats_exceptions_they_beat_the_week_and_the_later_line_beats_the_earlier() -> None:
    christmas = at_home("2026-12-25 23:00")
    assert profile(scheduled(), christmas) == "away"
    assert profile(scheduled(until="guests 2026-12-25T22:30+00:00"), christmas) == "guests"
    assert profile(scheduled(until="guests 2026-12-25T22:00+00:00"), christmas) == "away"
    assert profile(scheduled(exceptions=f"{HOLIDAYS}; day 2026-12-25"), christmas) == "day"
    assert profile(scheduled(exceptions=f"day 2026-12-25; {HOLIDAYS}"), christmas) == "away"
    saturday = at_home("2026-11-28 11:00")
    assert profile(scheduled("night sat 9-12; day sat 10-11:30"), saturday) == "day"
    assert profile(scheduled("day sat 10-11:30; night sat 9-12"), saturday) == "night"


def test_a_choice_by_hand_says_until_when_at_home() -> None:
    schedule = scheduled(until="away 2026-11-30T08:00+00:00")
    said = {
        "2026-11-30 08:30": "Away, as chosen by hand until 09:00.",
        "2026-11-29 08:30": "Away, as chosen by hand until tomorrow at 09:00.",
        "2026-11-24 08:30": "Away, as chosen by hand until Monday at 09:00.",
        "2026-11-23 08:30": "Away, as chosen by hand until 30 November 2026 at 09:00.",
    }
    for wall, because in said.items():
        assert profile_at(schedule, at_home(wall), at_home(wall)).because == because


def test_a_choice_by_hand_ends_at_its_moment_also_in_the_hour_that_comes_twice() -> None:
    schedule = scheduled("", "", "away 2026-10-25T01:15+00:00")  # the second 02:15 in Amsterdam
    assert profile(schedule, at_home("2026-10-25 02:30")) == "away"
    assert profile(schedule, at_home("2026-10-25 02:10", fold=1)) == "away"
    assert profile(schedule, at_home("2026-10-25 02:15", fold=1)) == "day"


# The clocks change.


@pytest.mark.parametrize(
    ("zone", "start", "line", "changes"),
    [
        (AMSTERDAM, "2027-03-28 01:00", "night sun 2:00-3:00", ""),
        (AMSTERDAM, "2027-03-28 01:00", "night sun 2:30-4:00", "03:00 night 04:00 day"),
        (AMSTERDAM, "2027-03-28 01:00", "night sun 1:30-2:30", "01:30 night 03:00 day"),
        (AMSTERDAM, "2026-10-25 01:00", "night sun 2:15-2:30", "02:15 night 02:30 day 02:15 night 02:30 day"),
        (AMSTERDAM, "2026-10-25 01:00", "night sun 2:30-4:00", "02:30 night 02:00 day 02:30 night 04:00 day"),
        (NEW_YORK, "2027-03-14 01:00", "night sun 2:00-3:00", ""),
        (NEW_YORK, "2027-03-14 01:00", "night sun 1:00-7:00", "07:00 day"),
        (NEW_YORK, "2026-11-01 00:30", "night sun 1:15-1:30", "01:15 night 01:30 day 01:15 night 01:30 day"),
        (NEW_YORK, "2026-11-01 00:30", "night sun 0:00-1:30", "01:30 day 01:00 night 01:30 day"),
    ],
)  # fmt: skip
def test_an_hour_left_out_never_comes_one_repeated_comes_twice_and_the_next_change_knows(
    zone: ZoneInfo, start: str, line: str, changes: str
) -> None:
    schedule, local = scheduled(line, ""), at_home(start, zone)
    end, found = local.astimezone(UTC) + timedelta(hours=9), []
    while (change := next_change(schedule, local)) is not None and change[0].astimezone(UTC) < end:
        local = change[0]
        found.append(f"{local:%H:%M} {change[1]}")
    assert " ".join(found) == changes


def test_a_wall_time_comes_once_twice_or_as_the_clock_jumps_over_it() -> None:
    def come(wall: str, zone: ZoneInfo) -> list[str]:
        return [f"{moment:%H:%M}" for moment in moments_of(datetime.fromisoformat(wall), zone)]

    assert come("2026-11-23 02:30", AMSTERDAM) == ["01:30"]
    assert come("2026-10-25 02:30", AMSTERDAM) == ["00:30", "01:30"]
    assert come("2027-03-28 02:30", AMSTERDAM) == ["01:00"]
    assert come("2026-11-01 01:30", NEW_YORK) == ["05:30", "06:30"]
    assert come("2027-03-14 02:30", NEW_YORK) == ["07:00"]
    assert come("2027-04-04 01:45", ZoneInfo("Australia/Lord_Howe")) == ["14:45", "15:15"]  # half an hour, not one


# A clock that jumps.


def test_a_clock_that_jumps_back_and_forth_has_the_profile_of_the_time_it_shows() -> None:
    walls = ["2026-11-23 12:00", "2026-11-23 23:00", "2026-12-25 12:00", "2026-11-28 10:30"]
    schedule = scheduled(until="guests 2026-11-23T12:00+00:00")
    alone = {wall: profile(scheduled(until="guests 2026-11-23T12:00+00:00"), at_home(wall)) for wall in walls}
    assert alone == dict(zip(walls, ["guests", "night", "away", "away"], strict=True))
    for wall in [*walls, *reversed(walls), walls[2], walls[0], walls[2]]:
        assert profile(schedule, at_home(wall)) == alone[wall]


# What comes next.


@pytest.mark.parametrize(
    ("wall", "until", "said"),
    [
        ("2026-11-23 12:00", "", "Night begins at 22:00."),
        ("2026-11-23 23:00", "", "Day begins tomorrow at 07:00."),
        ("2026-11-28 08:00", "", "Away begins at 10:00."),
        ("2026-12-23 23:00", "", "Away begins tomorrow at 00:00."),
        ("2026-12-24 12:00", "", "Night begins on Sunday at 00:00."),
        ("2026-11-23 12:00", "night 2026-11-23T19:00+00:00", "Day begins at 20:00."),
        ("2026-11-23 12:00", "night 2026-11-23T22:00+00:00", "Day begins tomorrow at 07:00."),
        ("2026-11-23 12:00", "away 2026-12-05T10:00+00:00", "Day begins on 5 December 2026 at 12:00."),
    ],
)
def test_the_next_change_as_the_page_says_it(wall: str, until: str, said: str) -> None:
    local = at_home(wall)
    change = next_change(scheduled(until=until), local)
    assert change is not None
    assert change_words(change, local) == said


def test_where_nothing_is_set_nothing_changes() -> None:
    assert next_change(Schedule(), at_home("2026-11-23 12:00")) is None
    assert next_change(scheduled("day mon-sun 8-20", "day 2026-12-24"), at_home("2026-11-23 12:00")) is None
    assert next_change(scheduled("night mon-sun 0-24", ""), at_home("2026-11-23 12:00")) is None


def test_an_exception_of_next_year_is_found_when_every_week_is_alike() -> None:
    local = at_home("2026-11-23 12:00")
    change = next_change(scheduled("", "away 2027-07-01..2027-07-20 Summer"), local)
    assert change is not None
    assert change_words(change, local) == "Away begins on 1 July 2027 at 00:00."


# What must always hold.

START = datetime(2026, 10, 24, tzinfo=UTC)  # the day before the clocks change in Amsterdam
QUARTERS = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)
SPANS = st.builds(Span, st.frozensets(st.integers(0, 6), min_size=1), QUARTERS, QUARTERS)
PERIODS = st.builds(Period, st.sampled_from(BASES), SPANS)
WALLS = st.integers(0, 4 * 24 * 4).map(lambda quarter: datetime(2026, 10, 24) + timedelta(minutes=15 * quarter))  # noqa: DTZ001
EXCEPTIONS = st.builds(Exceptional, st.sampled_from(BASES), WALLS, WALLS)
OVERRIDES = st.none() | st.tuples(st.sampled_from(BASES), st.integers(0, 72).map(lambda h: START + timedelta(hours=h)))
SCHEDULES = st.builds(
    Schedule, st.lists(PERIODS, max_size=3).map(tuple), st.lists(EXCEPTIONS, max_size=2).map(tuple), OVERRIDES
)


@settings(max_examples=50)  # each walks through the quarters of twelve days
@given(SCHEDULES, st.sampled_from([AMSTERDAM, NEW_YORK]), st.integers(0, 3 * 24 * 4))
def test_the_next_change_is_the_first_moment_with_another_profile(
    schedule: Schedule, zone: ZoneInfo, quarters: int
) -> None:
    start = START + timedelta(minutes=15 * quarters)
    now = profile(schedule, start.astimezone(zone))
    later = (start + timedelta(minutes=15 * step) for step in range(1, 12 * 24 * 4))
    profiles = ((moment, profile(schedule, moment.astimezone(zone))) for moment in later)
    change = next_change(schedule, start.astimezone(zone))
    assert (change and (change[0].astimezone(UTC), change[1])) == next((it for it in profiles if it[1] != now), None)
