"""When which profile is in force: the week, days that go another way, a profile by hand, waiting for a call."""

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.web.house import Browser, House

HERE = "/rules/schedule"
NIGHT = {"profile": "night", "day": "0", "start": "22:00", "end": "07:00"}
UNDO = re.compile(r'formaction="(/settings/undo/[^"]+)"')


def page(browser: Browser, path: str = HERE) -> str:
    return html.unescape(browser.text(path))


def now_in_force(browser: Browser) -> str:
    found = re.search(r'<h2 id="now-title">Now: ([^<]+)</h2>', page(browser))
    assert found
    return found[1]


def test_without_a_schedule_it_is_always_day(browser: Browser) -> None:
    shown = page(browser)

    assert now_in_force(browser) == "Day"
    assert "Nothing is set, so it is always Day." in shown
    assert "Back to the schedule" not in shown


def test_a_part_of_the_week_is_added_read_as_people_say_it_removed_and_undone(house: House, browser: Browser) -> None:
    browser.post(f"{HERE}/week", NIGHT, token_from=HERE)
    assert house.store.settings.get("schedule") == "night mon 22:00-07:00"
    assert "Monday, 10:00 pm to 7:00 am the next day" in page(browser)

    browser.post(f"{HERE}/week/remove", {"row": "night mon 22:00-07:00"}, token_from=HERE)
    assert house.store.settings.get("schedule") == ""
    undo = UNDO.search(page(browser))
    assert undo
    browser.post(undo[1])
    assert house.store.settings.get("schedule") == "night mon 22:00-07:00"


def test_what_is_added_goes_behind_the_rest(house: House, browser: Browser) -> None:
    browser.post(f"{HERE}/week", NIGHT, token_from=HERE)
    browser.post(f"{HERE}/week", {**NIGHT, "profile": "away", "day": "5"}, token_from=HERE)

    assert house.store.settings.get("schedule") == "night mon 22:00-07:00; away sat 22:00-07:00"


def test_a_part_of_the_week_that_holds_now_is_in_force_and_says_why(house: House, browser: Browser) -> None:
    house.store.settings.set("schedule", "night mon-sun 00:00-24:00", by="page", now=house.now)

    assert now_in_force(browser) == "Night"
    assert "Night, as every day all day." in page(browser)
    assert "In force: Night" in page(browser, "/status")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"start": "25:00"}, "is no time of day"),
        ({"start": ""}, "is no time of day"),
        ({"profile": "dusk"}, "Please choose one of the profiles."),
        ({"profile": "night; away"}, "Please choose one of the profiles."),
        ({"day": "9"}, "Please choose at least one day."),
        ({"end": "7:00; away sat 1:00-2:00"}, "is no"),
    ],
)
def test_a_part_of_the_week_that_cannot_be_is_refused_and_the_form_keeps_it(
    form: dict[str, str], said: str, house: House, browser: Browser
) -> None:
    answer = browser.post(f"{HERE}/week", {**NIGHT, **form}, token_from=HERE)

    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert 'value="07:00"' in answer.text or "end" in form
    assert house.store.settings.get("schedule") == ""


@pytest.mark.parametrize(
    ("form", "kept", "shown"),
    [
        ({"from_day": "2030-12-24"}, "away 2030-12-24..2030-12-24", "Tue 24 December 2030"),
        (
            {"from_day": "2030-12-24", "to_day": "2030-12-26", "note": "Christmas; again"},
            "away 2030-12-24..2030-12-26 Christmas, again",
            "Tue 24 December 2030 to Thu 26 December 2030",
        ),
        (
            {"from_day": "2030-12-31", "from_time": "20:00", "to_day": "2031-01-01", "to_time": "09:00"},
            "away 2030-12-31T20:00..2031-01-01T09:00",
            "Tue 31 December 2030, 8:00 pm to Wed 1 January 2031, 9:00 am",
        ),
        (
            {"from_day": "2030-12-31", "from_time": "20:00", "to_time": "22:00"},
            "away 2030-12-31T20:00..2030-12-31T22:00",
            "8:00 pm to Tue 31 December 2030, 10:00 pm",
        ),
    ],
)
def test_days_that_go_another_way_are_added_and_removed(
    form: dict[str, str], kept: str, shown: str, house: House, browser: Browser
) -> None:
    browser.post(f"{HERE}/exceptions", {"profile": "away", **form}, token_from=HERE)

    assert house.store.settings.get("exceptions") == kept
    assert shown in page(browser)
    browser.post(f"{HERE}/exceptions/remove", {"row": kept}, token_from=HERE)
    assert house.store.settings.get("exceptions") == ""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Please choose the first day."),
        ({"from_day": "2030-02-30"}, "is no date of the calendar"),
        ({"from_day": "2030-12-26", "to_day": "2030-12-24"}, "is over before it begins"),
        ({"from_day": "2030-12-26", "from_time": "20:00"}, "does not say until when"),
        ({"from_day": "2030-12-26", "note": "2030"}, "begins with a letter"),
        ({"from_day": "tomorrow"}, "does not begin with a date"),
        ({"from_day": "2030-12-24; night 2030-12-25"}, "does not begin with a date"),
        ({"from_day": "2030-12-24", "profile": "away 2030-12-23; night"}, "Please choose one of the profiles."),
    ],
)
def test_days_that_cannot_be_are_refused_with_a_sentence(
    form: dict[str, str], said: str, house: House, browser: Browser
) -> None:
    answer = browser.post(f"{HERE}/exceptions", {"profile": "away", **form}, token_from=HERE)

    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert house.store.settings.get("exceptions") == ""


def test_days_that_are_over_say_so(house: House, browser: Browser) -> None:
    house.store.settings.set("exceptions", "away 2020-01-01..2020-01-02 Long ago", by="page", now=house.now)

    assert "(over)" in page(browser)
    assert now_in_force(browser) == "Day"


def test_a_profile_is_chosen_by_hand_until_a_time_and_given_back(house: House, browser: Browser) -> None:
    browser.post(f"{HERE}/until", {"profile": "away", "until": "2h"}, token_from=HERE)

    kept = house.store.settings.get("profile_until")
    profile, until = kept.split()
    assert profile == "away"
    assert timedelta(minutes=118) < datetime.fromisoformat(until) - datetime.now(UTC) <= timedelta(hours=2)
    assert now_in_force(browser) == "Away"
    assert "“Away” is in force until" in page(browser, "/block"), "told on every page"

    browser.post(f"{HERE}/back", token_from="/status")
    assert house.store.settings.get("profile_until") == ""
    assert now_in_force(browser) == "Day"
    assert "is in force until" not in page(browser, "/block")


@pytest.mark.parametrize("until", ["", "yesterday 8:00", "soon", "2001-01-01 08:00", "400 days"])
def test_an_end_that_cannot_be_is_refused_with_a_sentence(until: str, house: House, browser: Browser) -> None:
    answer = browser.post(f"{HERE}/until", {"profile": "away", "until": until}, token_from=HERE)

    assert answer.status_code == 422
    assert 'id="wrong-until"' in answer.text
    assert house.store.settings.get("profile_until") == ""


def test_times_are_those_of_the_household_not_of_the_machine(house: House, browser: Browser) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        house.store.settings.set("time_zone", zone, by="page", now=house.now)
        house.call("2125550188", "JOE EXAMPLE")
        at = house.store.calls.page(limit=1).rows[0].started_at
        house.store.settings.set("country", "DE", by="page", now=house.now)
        assert f"{at.astimezone(ZoneInfo(zone)):%H:%M}" in page(browser, "/")


@pytest.mark.parametrize("hours", [1, 2, 4, 8])
def test_waiting_for_a_call_ends_by_itself_and_can_be_stopped(hours: int, house: House, browser: Browser) -> None:
    browser.post("/waiting", {"hours": str(hours)}, token_from="/status")

    until = datetime.fromisoformat(house.store.settings.get("expecting_until"))
    assert timedelta(0) <= house.now + timedelta(hours=hours, minutes=1) - until < timedelta(minutes=2)
    assert "You are waiting for a call." in page(browser, "/block")
    assert "While you wait for a call" in page(browser, "/check?ask=1&number=2065550188")

    browser.post("/waiting/stop", token_from="/status")
    assert house.store.settings.get("expecting_until") == ""
    assert "You are waiting for a call." not in page(browser, "/block")


def test_waiting_that_is_over_is_no_longer_told(house: House, browser: Browser) -> None:
    past = (house.now - timedelta(minutes=1)).isoformat()
    house.store.settings.set("expecting_until", past, by="page", now=house.now)

    assert "You are waiting for a call." not in page(browser, "/status")
    assert "Stop waiting" not in page(browser, "/status")


@pytest.mark.parametrize("hours", ["", "0", "3", "many", "1e9"])
def test_waiting_so_long_is_not_offered(hours: str, house: House, browser: Browser) -> None:
    assert browser.post("/waiting", {"hours": hours}, token_from="/status").status_code == 400
    assert house.store.settings.get("expecting_until") == ""
