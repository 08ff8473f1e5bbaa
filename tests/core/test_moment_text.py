"""Moments as people type them: until when, and at what time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.moment_text import LONGEST, moment_of, until_text

AMSTERDAM, NEW_YORK = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York")
SUNDAY = datetime(2026, 11, 22, 12, 0, 30, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:00", "2026-11-23 08:00:00"),
        ("13:00", "2026-11-22 13:00:00"),
        ("12:00", "2026-11-23 12:00:00"),
        ("8pm", "2026-11-22 20:00:00"),
        ("noon", "2026-11-23 12:00:00"),
        ("midnight", "2026-11-23 00:00:00"),
        ("today at 18.30", "2026-11-22 18:30:00"),
        ("tomorrow 8:00", "2026-11-23 08:00:00"),
        ("Tomorrow at 8 a.m.", "2026-11-23 08:00:00"),
        ("8:00 tomorrow", "2026-11-23 08:00:00"),
        ("until tomorrow 8:00", "2026-11-23 08:00:00"),
        ("monday 8:00", "2026-11-23 08:00:00"),
        ("Sat 23:30", "2026-11-28 23:30:00"),
        ("Sunday, 11:59", "2026-11-29 11:59:00"),
        ("sunday 12:01", "2026-11-22 12:01:00"),
        ("2h", "2026-11-22 14:00:30"),
        ("30m", "2026-11-22 12:30:30"),
        ("1h 30m", "2026-11-22 13:30:30"),
        ("in 90 minutes", "2026-11-22 13:30:30"),
        ("2 hours and 5 min", "2026-11-22 14:05:30"),
        ("3 days", "2026-11-25 12:00:30"),
        ("1 week", "2026-11-29 12:00:30"),
        ("2026-11-23 08:00", "2026-11-23 08:00:00"),
        ("2026-12-1T8:00", "2026-12-01 08:00:00"),
        ("2026-11-23 at 8pm", "2026-11-23 20:00:00"),
        ("2026-11-23T08:00+00:00", "2026-11-23 09:00:00"),
        ("2026-11-23T08:00:00Z", "2026-11-23 09:00:00"),
    ],
)
def test_a_moment_is_taken_as_people_type_it(typed: str, meant: str) -> None:
    assert str(until_text(typed, SUNDAY).astimezone(AMSTERDAM).replace(tzinfo=None)) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", '"" does not say at what time: write it such as "8:00", "tomorrow 8:00"'),
        ("tomorrow", '"tomorrow" does not say at what time'),
        ("2026-11-23", '"2026-11-23" does not say at what time'),
        ("soon", '"soon" is no moment'),
        ("25:00", '"25:00" is no moment'),
        ("2026-02-30 08:00", '"2026-02-30" is no date of the calendar'),
        ("yesterday 8:00", '"yesterday 8:00" is over already'),
        ("2026-11-22 11:00", "is over already"),
        ("0m", "is over already"),
        ("now", "is over already"),
        ("99999 days", '"99999 days" is more than a year ahead'),
        ("2028-01-01 8:00", "is more than a year ahead"),
        ("x" * 1_001, "too long"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_what_to_write_instead(typed: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        until_text(typed, SUNDAY)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_moment_to_ask_about_may_be_past() -> None:
    assert moment_of("yesterday 8:00", SUNDAY) == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert moment_of("2024-02-29 23:30", SUNDAY) == datetime(2024, 2, 29, 22, 30, tzinfo=UTC)
    assert moment_of("now", SUNDAY) == SUNDAY


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        # In Amsterdam 02:00 to 03:00 is left out on 28 March 2027, and comes twice on 25 October 2026.
        ("2027-03-27T12:00+01:00", "tomorrow 2:30", "2027-03-28T03:00+02:00"),
        ("2027-03-27T12:00+01:00", "tomorrow 8:00", "2027-03-28T08:00+02:00"),
        ("2027-03-28T01:30+01:00", "1h", "2027-03-28T03:30+02:00"),
        ("2026-10-24T12:00+02:00", "tomorrow 2:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:45+02:00", "2:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:45+02:00", "2026-10-25 2:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:45+01:00", "2:30", "2026-10-26T02:30+01:00"),
        ("2026-10-25T02:45+01:00", "2:50", "2026-10-25T02:50+01:00"),
        ("2026-10-25T02:45+02:00", "30m", "2026-10-25T02:15+01:00"),
    ],
)
def test_a_moment_is_right_also_when_the_clocks_change(now: str, typed: str, meant: str) -> None:
    local = datetime.fromisoformat(now).astimezone(AMSTERDAM)
    assert until_text(typed, local) == datetime.fromisoformat(meant).astimezone(UTC)


# What must always hold.

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2098, 1, 1)).map(lambda wall: wall.replace(tzinfo=UTC))  # noqa: DTZ001
PIECES = st.sampled_from(
    ["tomorrow", "Mon", "8:00", "2h", "2099-12-31", "-", "at", "in", "9pm", "1", "until", "+23:59"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=5).map(" ".join))


def understood(text: str, local: datetime) -> datetime | None:
    try:
        return until_text(text, local)
    except ValueError as error:
        if not str(error).endswith("."):
            raise
        return None


@given(TEXTS, MOMENTS, st.sampled_from([AMSTERDAM, NEW_YORK]))
def test_no_text_raises_but_for_a_refusal_and_the_moment_is_ahead(text: str, now: datetime, zone: ZoneInfo) -> None:
    moment = understood(text, now.astimezone(zone))
    assert moment is None or (moment.utcoffset() == timedelta(0) and now < moment <= now + LONGEST)


@given(MOMENTS, st.integers(0, 23), st.integers(0, 59), st.sampled_from([AMSTERDAM, NEW_YORK]))
def test_a_time_is_the_next_such_time_whenever_it_is_typed(
    now: datetime, hour: int, minute: int, zone: ZoneInfo
) -> None:
    moment = until_text(f"{hour}:{minute:02}", now.astimezone(zone))
    assert now < moment <= now + timedelta(hours=25)
    wall = moment.astimezone(zone)
    assert (wall.hour, wall.minute) == (
        hour,
        minute,
    ) or wall.minute == 0  # the time was left out: the clock jumped then
