"""When an entry counts: what people write, the one form it is kept in, and the minutes it means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.hours import hours_key, within
from appliance.core.week import DAY_MINUTES, EVERY_DAY, Span, clock_text, days_text, spans_of

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def wall(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mon-fri 08:00-17:00; sat 09:00-12:00", "mon-fri 08:00-17:00; sat 09:00-12:00"),
        ("Mon-Fri 8-17", "mon-fri 08:00-17:00"),
        ("weekdays 8:00-17:00", "mon-fri 08:00-17:00"),
        ("Weekends 10.30-12", "sat,sun 10:30-12:00"),
        ("daily 22-7", "mon-sun 22:00-07:00"),
        ("every day 22-7", "mon-sun 22:00-07:00"),
        ("22-7", "mon-sun 22:00-07:00"),
        ("sat,sun 10-12", "sat,sun 10:00-12:00"),
        ("Saturdays and Sundays from 10 to 12", "sat,sun 10:00-12:00"),
        ("Mon. – Fri. 8 a.m. to 5:30 P.M.", "mon-fri 08:00-17:30"),
        ("Tues, Thurs 12am-12pm", "tue,thu 00:00-12:00"),
        ("mon-fri 8-12, 14-17", "mon-fri 08:00-12:00; mon-fri 14:00-17:00"),
        ("mon 8-12 tue 9-13", "mon 08:00-12:00; tue 09:00-13:00"),
        ("mon 8-12; wed 8-12\nfri 8-12;", "mon,wed,fri 08:00-12:00"),
        ("fri-mon 8-9", "mon,fri-sun 08:00-09:00"),
        ("sun", "sun 00:00-24:00"),
        ("mon 22-0", "mon 22:00-24:00"),
        ("mon noon-midnight", "mon 12:00-24:00"),
        ("mon ８-９", "mon 08:00-09:00"),
        ("", ""),
        ("  ", ""),
        ("Always", ""),
        ("daily 0-24", ""),
        ("mon-sun 7-7", ""),
    ],
)
def test_hours_are_taken_as_people_write_them_and_kept_in_one_form(typed: str, kept: str) -> None:
    assert hours_key(typed) == kept
    assert hours_key(kept) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("in the morning", '"in" is no day and no time: write it such as "mon-fri 08:00-17:00".'),
        ("mon 8", '"8" is no day and no time'),
        ("mon 8-", '"8-" is no day and no time'),
        ("mon 8-25", '"25" is no time of day: a day goes from 00:00 to 24:00.'),
        ("mon 8:60-9", '"8:60" is no time of day'),
        ("mon 13pm-14pm", "an hour from 1 to 12"),
        ("mon 9am-5", "write am or pm behind both times, or behind neither"),
        ("mon 24-8", "write 00:00 of the next day"),
        ("8-17 mon-fri", "Write the days before the times"),
        ("mo-fr-sa 8-9", "is no time of day"),
        (";", "Write the hours such as"),
        ("mon 8-9;" * 200, "too long"),
        (";".join(f"mon {hour}:{minute}0-24" for hour in range(10) for minute in range(5)), "at most 40"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_what_to_write_instead(typed: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        hours_key(typed)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("hours", "day", "clock", "counts"),
    [
        ("mon-fri 08:00-17:00", 0, "07:59", False),
        ("mon-fri 08:00-17:00", 0, "08:00", True),
        ("mon-fri 08:00-17:00", 4, "16:59", True),
        ("mon-fri 08:00-17:00", 4, "17:00", False),
        ("mon-fri 08:00-17:00", 5, "10:00", False),
        ("fri 22:00-07:00", 4, "22:00", True),
        ("fri 22:00-07:00", 5, "06:59", True),
        ("fri 22:00-07:00", 5, "07:00", False),
        ("fri 22:00-07:00", 4, "06:00", False),
        ("sun 22:00-07:00", 0, "06:00", True),
        ("sat 22:00-24:00", 5, "23:59", True),
        ("sat 22:00-24:00", 6, "00:00", False),
        ("sat 08:00-08:00", 6, "07:59", True),
        ("sat 08:00-08:00", 5, "07:59", False),
        ("", 3, "03:00", True),
    ],
)
def test_an_entry_counts_in_its_hours_also_past_midnight(hours: str, day: int, clock: str, counts: bool) -> None:
    assert within(hours, wall(day, clock)) is counts


@pytest.mark.parametrize(
    ("zone", "day", "hours", "minutes"),
    [
        ("Europe/Amsterdam", "2027-03-28", "daily 2-3", 0),
        ("Europe/Amsterdam", "2026-10-25", "daily 2:30-2:45", 30),
        ("America/New_York", "2027-03-14", "daily 2-3", 0),
        ("America/New_York", "2026-11-01", "daily 1:30-1:45", 30),
    ],
)
def test_an_hour_left_out_when_the_clocks_change_never_counts_and_one_repeated_counts_twice(
    zone: str, day: str, hours: str, minutes: int
) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    moments = [(start + timedelta(minutes=step)).astimezone(ZoneInfo(zone)) for step in range(6 * 60)]
    assert sum(within(hours_key(hours), moment) for moment in moments) == minutes


def test_a_stored_text_that_can_no_longer_be_read_counts_as_always() -> None:
    assert within("whenever it suits", MONDAY)
    assert within(";;", MONDAY)


# What must always hold.

MINUTES = st.integers(0, DAY_MINUTES - 1)
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
SPANS = st.builds(Span, st.frozensets(st.integers(0, 6), min_size=1, max_size=2), MINUTES, MINUTES)
PIECES = st.sampled_from(
    ["mon", "Fri", "sat-sun", "daily", "8-17", "22:00-7", "12am-3pm", ",", ";", " ", "-", "9", "to"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map(" ".join))


def minute_by_minute(span: Span) -> set[tuple[int, int]]:
    """Every (weekday, minute) of a span, by walking through it."""
    covered = set()
    for day in span.days:
        minute, weekday = span.start, day
        while True:
            covered.add((weekday, minute))
            minute += 1
            if minute == DAY_MINUTES:
                minute, weekday = 0, (weekday + 1) % 7
            if minute == span.end % DAY_MINUTES:
                break
    return covered


@given(st.lists(SPANS, min_size=1, max_size=3), st.integers(0, 7 * DAY_MINUTES - 1))
def test_hours_mean_exactly_the_minutes_from_each_start_to_its_end(spans: list[Span], later: int) -> None:
    local = MONDAY + timedelta(minutes=later)
    minutes = set().union(*map(minute_by_minute, spans))
    key = hours_key("; ".join(map(str, spans)))
    assert within(key, local) is ((local.weekday(), local.hour * 60 + local.minute) in minutes)


def kept_or_refused(text: str) -> tuple[str, str]:
    try:
        return hours_key(text), ""
    except ValueError as error:
        return "", str(error)


@given(TEXTS, MINUTES)
def test_no_text_raises_but_for_a_refusal_and_the_normal_form_is_stable(text: str, minute: int) -> None:
    within(text, MONDAY + timedelta(minutes=minute))
    kept, refused = kept_or_refused(text)
    assert kept_or_refused(kept) == (kept, "")
    assert not refused or refused.endswith(".")


@given(DAYS)
def test_days_round_trip(days: frozenset[int]) -> None:
    assert spans_of(days_text(days)) == (Span(days, 0, DAY_MINUTES),)


@given(MINUTES, MINUTES)
def test_times_round_trip(start: int, end: int) -> None:
    assert spans_of(f"{clock_text(start)}-{clock_text(end)}") == (Span(EVERY_DAY, start, end or DAY_MINUTES),)
