"""The schedule as texts: what people write, the one form it is kept in, what a stored text still means."""

from collections.abc import Callable, Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.policy import Schedule
from appliance.core.presets import BASES
from appliance.core.schedule_text import exceptions_key, schedule_key, schedule_of, until_key

PROFILES = (*BASES, "guests")
Key = Callable[[str, Collection[str]], str]


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        (schedule_key, "night mon 22:00-07:00; away sat 10:00-12:00", "night mon 22:00-07:00; away sat 10:00-12:00"),
        (schedule_key, "Night: mon 22-7\nguests Saturdays 10am-noon", "night mon 22:00-07:00; guests sat 10:00-12:00"),
        (schedule_key, "night mon-fri 13-14, sat 14-15;", "night mon-fri 13:00-14:00; night sat 14:00-15:00"),
        (schedule_key, "away sun", "away sun 00:00-24:00"),
        (schedule_key, " ", ""),
        (exceptions_key, "away 2026-12-24..2026-12-26 Christmas", "away 2026-12-24..2026-12-26 Christmas"),
        (exceptions_key, "Away 2026-12-05 Saint  Nicholas", "away 2026-12-05..2026-12-05 Saint Nicholas"),
        (exceptions_key, "away 2026-12-24 to 2026-12-26", "away 2026-12-24..2026-12-26"),
        (exceptions_key, "night 2026-12-31 20:00 – 2027-01-01 9:00", "night 2026-12-31T20:00..2027-01-01T09:00"),
        (exceptions_key, "day 2026-12-31T18:00..2026-12-31", "day 2026-12-31T18:00..2026-12-31"),
        (exceptions_key, "day 2026-12-31..2027-01-01 at 24:00", "day 2026-12-31..2027-01-01"),
        (exceptions_key, "", ""),
        (until_key, "Away 2026-11-23T08:00+00:00", "away 2026-11-23T08:00+00:00"),
        (until_key, "guests 2026-11-23 08:00:30+01:00", "guests 2026-11-23T07:00+00:00"),
        (until_key, "", ""),
    ],
)  # fmt: skip
def test_a_schedule_is_taken_as_people_write_it_and_kept_in_one_form(key: Key, typed: str, kept: str) -> None:
    assert key(typed, PROFILES) == kept
    assert key(kept, PROFILES) == kept


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        (schedule_key, "nigth mon 22-7", 'There is no profile "nigth": there are day, night, away, guests; write it'),
        (schedule_key, "night", '"night" does not say when: write it such as "night mon-sun 22:00-07:00".'),
        (schedule_key, "night 22", '"22" is no day and no time'),
        (schedule_key, "night mon;" * 41, "at most 40 times"),
        (schedule_key, "x" * 5_001, "too long"),
        (exceptions_key, "away 24.12.2026", "does not begin with a date such as 2026-12-24"),
        (exceptions_key, "away 2026-02-30", '"2026-02-30" is no date of the calendar'),
        (exceptions_key, "away 2026-12-26..2026-12-24", "write the earlier date first"),
        (exceptions_key, "away 2026-12-24T18:00 Christmas", "does not say until when"),
        (exceptions_key, "away 2026-12-24T18:70..2026-12-25", '"18:70" is no time of day'),
        (exceptions_key, "away 2026-12-24 12", "begins with a letter"),
        (exceptions_key, f"away 2026-12-24 {'x' * 41}", "at most 40 characters"),
        (exceptions_key, "away 2026-12-24;" * 41, "At most 40 exceptions"),
        (until_key, "away tomorrow", '"tomorrow" is no moment: write it such as "away 2026-11-23T08:00+00:00".'),
        (until_key, "away 2026-11-23T08:00", "does not say in which zone"),
        (until_key, "away 0001-01-01T00:00+14:00", "does not lie in this century"),
        (until_key, "2026-11-23T08:00+00:00", "There is no profile"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_refused_with_what_to_write_instead(key: Key, typed: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        key(typed, PROFILES)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_of_a_stored_schedule_what_can_no_longer_be_read_is_left_out() -> None:
    weekly, exceptions = "guests mon 8-9; night sun 22-7; rubbish", "away 2026-12-24; guests 2026-12-25; away whenever"
    whole = schedule_of(weekly, exceptions, "guests 2026-11-23T08:00+00:00", PROFILES)
    assert [period.profile for period in whole.weekly] == ["guests", "night"]
    assert [exceptional.profile for exceptional in whole.exceptions] == ["away", "guests"]
    assert whole.override is not None
    deleted = schedule_of(weekly, exceptions, "guests 2026-11-23T08:00+00:00", BASES)
    assert [period.profile for period in deleted.weekly] == ["night"]
    assert [exceptional.profile for exceptional in deleted.exceptions] == ["away"]
    assert deleted.override is None
    assert schedule_of("", "", "", PROFILES) == Schedule()


# What must always hold.

PIECES = st.sampled_from(
    ["night", "Guests", "mon-fri", "22-7", ";", "\n", "2026-12-24", "..", "2026-12-26T20:00", " to ", "20:00", "Yule"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=6).map("".join))


def kept_or_refused(key: Key, text: str) -> tuple[str, str]:
    try:
        return key(text, PROFILES), ""
    except ValueError as error:
        return "", str(error)


@given(st.sampled_from([schedule_key, exceptions_key, until_key]), st.one_of(TEXTS, TEXTS.map("night ".__add__)))
def test_no_text_raises_but_for_a_refusal_and_the_normal_form_is_stable(key: Key, text: str) -> None:
    kept, refused = kept_or_refused(key, text)
    assert kept_or_refused(key, kept) == (kept, "")
    assert not refused or refused.endswith(".")


@given(TEXTS, TEXTS, TEXTS)
def test_no_stored_text_raises(weekly: str, exceptions: str, until: str) -> None:
    schedule = schedule_of(weekly, exceptions, until, PROFILES)
    assert all(period.profile in PROFILES for period in schedule.weekly)


@given(TEXTS)
def test_what_is_kept_reads_back_as_the_same_schedule(text: str) -> None:
    weekly, _ = kept_or_refused(schedule_key, f"night {text}")
    exceptions, _ = kept_or_refused(exceptions_key, f"night {text}")
    schedule = schedule_of(weekly, exceptions, "", PROFILES)
    assert "; ".join(f"{period.profile} {period.span}" for period in schedule.weekly) == weekly
    assert len(schedule.exceptions) == len(exceptions.split(";") if exceptions else [])
    assert all(exceptional.start < exceptional.end for exceptional in schedule.exceptions)
