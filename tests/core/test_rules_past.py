"""Rules about time and about earlier calls, one table of rows for each; every sentence is said by one of the rows."""

from datetime import UTC, datetime, timedelta

import pytest

from appliance.core.household import Category, Limits, ListName
from appliance.core.rule import Verdict
from appliance.core.rules import past
from tests.core.reports import NOW, Home, Shown, Why, entry, past_call, saw, unsaid

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
WOKE = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
NUMBER = "2125550123"
STRANGER = Shown(NUMBER)
WITHHELD = Shown(absence=Why.PRIVATE)
BLOCKING = entry(ListName.BLOCK, "+12125550123")
BURST_ON = {"burst": True}

Row = tuple[Shown | None, Home, Category | None, str]


def earlier(*seconds: float, short: bool = False, blocked: bool = False, number: str = NUMBER) -> Home:
    """A household that this number has called so many seconds ago."""
    calls = [past_call(number, ago, short=short, blocked=blocked) for ago in seconds]
    return Home(calls=calls, switched=BURST_ON)


NOT_NOW = "This caller has not rung lately."
GAVE_UP = "This caller has rung before, but gave up after a ring or two."
TOO_SOON = "This caller rang only just now; machines ring twice in a row, so that does not count."
TOO_LONG_AGO = "This caller has rung before, but too long ago to count as trying again."
NO_PINGS = "Nobody with a number like this rang once or twice and was gone."
ONE_PING = "This number, or one close to it, rang once or twice and was gone, but not often."
TWO_PINGS = "This number, or one close to it, rang once or twice and was gone, 2 times lately."
NO_BURST = "No other call was blocked just before this one."

ROWS: dict[str, list[Row]] = {
    "permit_next": [
        (STRANGER, Home(), None, "You did not ask for the next call to be let through."),
        (STRANGER, Home([BLOCKING], permit_next_until=NOW + SECOND), Category.PERMITTED_NEXT,
         "You asked for the next call to be let through."),
        (STRANGER, Home(permit_next_until=NOW), None,
         "You asked for the next call to be let through, but that has run out."),
    ],
    "expected_call": [
        (STRANGER, Home(), None, "You did not say that you are waiting for a call."),
        (STRANGER, Home(expecting_until=NOW), None,
         "You said that you were waiting for a call, but that time is over."),
        (STRANGER, Home(expecting_until=NOW + HOUR), Category.EXPECTED,
         "You are waiting for a call, so callers whom you do not know ring too."),
        (WITHHELD, Home(expecting_until=NOW + HOUR), Category.EXPECTED,
         "You are waiting for a call, so callers whom you do not know ring too."),
        (STRANGER, Home([BLOCKING], expecting_until=NOW + HOUR), None,
         "You are waiting for a call, but this caller is on your block list."),
    ],
    "burst": [
        (STRANGER, Home(switched=BURST_ON), None, NO_BURST),
        (STRANGER, earlier(45, blocked=True, number="2125550188"), Category.BURST,
         "Another call was blocked 45 seconds before this one."),
        (STRANGER, earlier(1, blocked=True, number="2125550188"), Category.BURST,
         "Another call was blocked 1 second before this one."),
        (WITHHELD, earlier(60, blocked=True), Category.BURST, "Another call was blocked 60 seconds before this one."),
        (STRANGER, earlier(61, blocked=True), None, NO_BURST),
        (STRANGER, earlier(45), None, NO_BURST),
        (STRANGER, earlier(-5, blocked=True), None, NO_BURST),
    ],
    "repeat_caller": [
        (WITHHELD, Home(), None, "Without a number nobody can tell whether this caller has rung before."),
        (STRANGER, Home(), None, NOT_NOW),
        (STRANGER, earlier(600, number="2125550124"), None, NOT_NOW),
        (STRANGER, earlier(119), None, TOO_SOON),
        (STRANGER, earlier(120), Category.REPEAT, "The same caller rang 2 minutes ago and now tries again."),
        (STRANGER, earlier(1_800), Category.REPEAT, "The same caller rang 30 minutes ago and now tries again."),
        (STRANGER, earlier(1_801), None, TOO_LONG_AGO),
        (STRANGER, earlier(1_801, 20), None, TOO_SOON),
        (STRANGER, earlier(1_200, 20), Category.REPEAT, "The same caller rang 20 minutes ago and now tries again."),
        (STRANGER, earlier(600, short=True), None, GAVE_UP),
        (STRANGER, earlier(-600), None, NOT_NOW),
        (STRANGER, earlier(600, -600), Category.REPEAT, "The same caller rang 10 minutes ago and now tries again."),
    ],
    "ping_caller": [
        (WITHHELD, Home(), None, "There is no number of which earlier short calls could be known."),
        (STRANGER, Home(), None, NO_PINGS),
        (STRANGER, earlier(600, 60), None, NO_PINGS),
        (STRANGER, earlier(600, short=True), None, ONE_PING),
        (STRANGER, earlier(600, 60, short=True), Category.PING, TWO_PINGS),
        (STRANGER, earlier(600, 60, short=True, number="2125550999"), Category.PING, TWO_PINGS),
        (STRANGER, earlier(600, 60, short=True, number="2125551123"), None, NO_PINGS),
        (STRANGER, earlier(86_400, 86_401, short=True), None, ONE_PING),
        (STRANGER, earlier(-60, 60, short=True), None, ONE_PING),
        (Shown("8855"), earlier(600, 60, short=True, number="8855"), Category.PING,
         "This number, or one close to it, rang once or twice and was gone, 2 times lately."),
        (Shown("8855"), earlier(600, 60, short=True, number="8856"), None, NO_PINGS),
    ],
}  # fmt: skip  # one row, one line as far as it goes


@pytest.mark.parametrize(("rule", "row"), [(rule, row) for rule, rows in ROWS.items() for row in rows])
def test_what_each_rule_makes_of_the_hour_and_of_earlier_calls(rule: str, row: Row) -> None:
    report, home, category, text = row
    opinion = next(o for o in home.decide(report).trace if o.rule == rule)
    assert (opinion.category, opinion.saw) == (category, text)
    allows = {Category.PERMITTED_NEXT, Category.EXPECTED, Category.REPEAT}
    assert opinion.verdict is (None if category is None else Verdict.ALLOW if category in allows else Verdict.SCREEN)


def test_every_sentence_of_these_rules_is_said_by_some_row() -> None:
    assert unsaid(past.SAW, [(rule, row[3]) for rule, rows in ROWS.items() for row in rows]) == set()


@pytest.mark.parametrize("shown", ["2125550123", "12125550123", "+12125550123", "01112125550123", "5550123"])
def test_a_caller_who_shows_the_number_in_other_dress_is_the_same_caller(shown: str) -> None:
    calls = [past_call(NUMBER, 600)]
    assert Home(area_code="212", calls=calls).decide(Shown(shown)).category is Category.REPEAT
    pings = [past_call(NUMBER, 600, short=True), past_call(shown, 300, area_code="212", short=True)]
    assert Home(area_code="212", calls=pings).decide(Shown(shown)).category is Category.PING


def test_the_households_own_figures_count() -> None:
    limits = Limits(repeat_after_s=10, repeat_within_s=20, burst_s=5, ping_calls=1, ping_within_s=30)
    calls = [past_call(NUMBER, 15)]
    assert Home(calls=calls, limits=limits).decide(STRANGER).category is Category.REPEAT
    assert Home(calls=[past_call(NUMBER, 25)], limits=limits).decide(STRANGER).category is Category.UNKNOWN
    once = Home(calls=[past_call(NUMBER, 25, short=True)], limits=limits).decide(STRANGER)
    assert saw(once, "ping_caller").endswith("and was gone, once lately.")
    burst = Home(calls=[past_call(NUMBER, 6, blocked=True)], limits=limits, switched=BURST_ON).decide(STRANGER)
    assert burst.category is Category.UNKNOWN


def test_a_burst_is_off_until_the_household_wants_it() -> None:
    calls = [past_call("2125550188", 30, blocked=True)]
    assert saw(Home(calls=calls).decide(STRANGER), "burst") == "This rule is switched off."


def test_a_burst_ends_a_minute_after_the_call_that_began_it_however_many_came_since() -> None:
    calls = [
        past_call("2125550188", 70, blocked=True, category=Category.BLOCKED),
        past_call("2125550189", 40, blocked=True, category=Category.BURST),
        past_call(NUMBER, 5, blocked=True, category=Category.BURST),
    ]
    assert Home(calls=calls, switched=BURST_ON).decide(STRANGER).category is Category.UNKNOWN


def test_a_clock_that_was_never_set_ends_nothing_and_begins_nothing() -> None:
    """A Pi without a clock wakes in 1970; it is surely not earlier than the newest thing in the store."""
    home = Home(expecting_until=NOW, permit_next_until=NOW, clock_floor=NOW)
    assert home.decide(STRANGER, WOKE).category is Category.UNKNOWN
    waiting = Home(expecting_until=NOW + HOUR, clock_floor=NOW)
    assert waiting.decide(STRANGER, WOKE).category is Category.EXPECTED
