"""Every rule with its switch and its figures, where the family lives, and the number ranges in force."""

import html
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from appliance.core.caller import known_countries
from appliance.core.numbering import countries_with_facts, facts_of
from appliance.core.screening import RULES
from appliance.rule_words import rule_title
from tests.web.house import Browser, House
from web import countries

HERE = "/rules/order"
SWITCHED = [rule for rule in RULES if rule.switch]


def form_of(browser: Browser, **changes: Any) -> dict[str, Any]:
    """What the form sends as it stands, but for the changes; None leaves a field out."""
    page = browser.text(HERE)
    fields: dict[str, Any] = {"rule": [rule.name for rule in SWITCHED], "countries": "1"}
    fields["on"] = re.findall(r'name="on" value="(\w+)" checked', page)
    fields |= dict(re.findall(r'class="figure" name="(\w+)" value="([^"]*)"', page))
    fields["country"] = re.findall(r'name="country" value="(\w+)" checked', page)
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def send(browser: Browser, **changes: Any) -> TestResponse:
    return browser.post(HERE, form_of(browser, **changes), token_from=HERE)


def test_every_rule_stands_there_in_its_order_with_its_sentence_and_its_switch(browser: Browser) -> None:
    page = html.unescape(browser.text(HERE))
    shown = re.findall(r'id="rule-(\w+)"', page)

    assert shown == [rule.name for rule in RULES]
    assert [name for name in shown if f'name="on" value="{name}"' in page] == [rule.name for rule in SWITCHED]
    for rule in RULES:
        assert f"<h3>{rule_title(rule.name)}</h3>" in page
        assert (f'value="{rule.name}" checked' in page) == (rule.switch and rule.on)


def test_the_form_as_it_stands_changes_nothing(house: House, browser: Browser) -> None:
    before = house.store.settings.all()

    send(browser)

    assert house.store.settings.all() == before
    assert "Nothing was changed." in browser.text(HERE)


def test_a_rule_is_switched_off_and_back_to_how_it_was_delivered(house: House, browser: Browser) -> None:
    on = [rule.name for rule in SWITCHED if rule.on]

    send(browser, on=[name for name in on if name != "withheld"])
    assert house.store.settings.get("rule.withheld") == "off"
    assert 'class="card rule off" id="rule-withheld"' in browser.text(HERE)

    send(browser, on=on)
    assert house.store.settings.get("rule.withheld") == ""


def test_a_rule_that_is_delivered_off_is_switched_on(house: House, browser: Browser) -> None:
    send(browser, on=[rule.name for rule in SWITCHED])

    own = house.store.settings.own()
    assert {name: value for name, value in own.items() if name.startswith("rule.")} == {
        f"rule.{rule.name}": "on" for rule in SWITCHED if not rule.on
    }


def test_a_rule_that_the_form_does_not_hold_stays_as_it_is(house: House, browser: Browser) -> None:
    browser.post(HERE, {"rule": "withheld", "on": "withheld"}, token_from=HERE)

    assert not [name for name in house.store.settings.own() if name.startswith("rule.")]


def test_figures_are_asked_for_in_the_units_of_people(house: House, browser: Browser) -> None:
    send(browser, repeat_after_s="1.5", repeat_within_s="45", ping_within_s="0,5", burst_s=" 90 ")

    get = house.store.settings.get
    assert [get(name) for name in ("repeat_after_s", "repeat_within_s", "ping_within_s", "burst_s")] == [
        "90", "2700", "1800", "90",
    ]  # fmt: skip  # one row
    page = browser.text(HERE)
    assert 'name="repeat_after_s" value="1.5"' in page
    assert 'name="ping_within_s" value="0.5"' in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("repeat_after_s", "soon", "please write a number from 1 to 1,440"),
        ("repeat_after_s", "", "please write a number from"),
        ("repeat_after_s", "-1", "please write a number from"),
        ("repeat_after_s", "1e3", "please write a number from"),
        ("repeat_after_s", "٣", "please write a number from"),
        ("reported_score", "101", "please write a number from 1 to 100"),
        ("ping_calls", "9" * 400, "please write a number from 1 to 20"),
        ("repeat_after_s", "30", "The first of the two must be less than the second"),
    ],
)
def test_a_figure_that_does_not_fit_changes_nothing_and_is_told_at_its_rule(
    name: str, value: str, said: str, house: House, browser: Browser
) -> None:
    before = house.store.settings.all()

    answer = browser.post(HERE, form_of(browser, **{name: value}, on=[]), token_from=HERE)

    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert said in page.split('class="figures"', 1)[1]
    assert 'value="withheld" checked' not in page, "the form keeps what was chosen"
    assert house.store.settings.all() == before


def test_countries_where_the_family_lives_are_chosen_and_none_is_possible(house: House, browser: Browser) -> None:
    send(browser, country=["MA", "DE", "XX", "US"])
    assert house.store.settings.get("known_countries") == "DE,MA,US"
    assert "Your family lives in Germany, Morocco, United States" in browser.text(HERE)

    send(browser, country=None)
    assert house.store.settings.get("known_countries") == ""


def test_the_look_before_saving_shows_what_a_rule_did(house: House, browser: Browser) -> None:
    house.call("2065550188", "SPAM? EXAMPLE")
    house.store.settings.set("treatment.day.carrier_flagged", "drop", by="page", now=house.now)
    before = house.store.data_version()
    on = [rule.name for rule in SWITCHED if rule.on and rule.name != "carrier_label"]

    looked = send(browser, on=on, do="preview", known_countries=None)

    page = html.unescape(looked.text)
    assert "Of 1 call in the last 30 days 1 would have been treated otherwise" in page
    assert "SPAM? EXAMPLE" in page
    assert page.count('type="hidden" name="on"') == len(on)
    assert house.store.data_version() == before


def test_the_own_number_is_shown_where_rules_go_by_it(house: House, browser: Browser) -> None:
    assert "Your own number is not known yet, so this rule does nothing." in browser.text(HERE)
    house.store.settings.set("home_number", "+12125550150", by="page", now=house.now)
    assert "(212) 555-0150" in browser.text(HERE)


def test_the_ranges_of_each_country_are_shown_with_source_and_what_is_done(house: House, browser: Browser) -> None:
    for country in countries_with_facts():
        house.store.settings.set("country", country, by="page", now=house.now)

        page = html.unescape(browser.text("/rules/ranges"))

        for one in facts_of(country).ranges:
            assert one.source in page
            assert one.note in page
            assert one.prefix in page or one.called in page
        assert ("Always rings, unless you block exactly that number." in page) or not facts_of(country).ranges


def test_a_country_without_ranges_says_so(house: House, browser: Browser) -> None:
    bare = next(code for code in sorted(known_countries()) if not facts_of(code).ranges)
    house.store.settings.set("country", bare, by="page", now=house.now)

    assert f"No ranges are known yet for {countries.name(bare)}." in html.unescape(browser.text("/rules/ranges"))


def test_a_range_from_which_wanted_calls_come_too_is_not_dropped_with_the_sales_calls(
    house: House, browser: Browser
) -> None:
    """Italy: 0844 is for sales, 0843 for polls. Settings, country Italy, then Rules, number ranges."""
    house.store.settings.set("country", "IT", by="page", now=house.now)
    page = browser.text("/rules/ranges")
    assert "Such a call is dropped." in page
    assert "Such a call rings." not in page
    house.store.settings.set("treatment.day.mass_calls", "ring", by="page", now=house.now)
    page = browser.text("/rules/ranges")
    assert page.index("Such a call is dropped.") < page.index("0843") < page.index("Such a call rings.")


def test_what_is_done_about_a_range_follows_the_table_and_the_switch(house: House, browser: Browser) -> None:
    house.store.settings.set("country", "FR", by="page", now=house.now)
    assert "Such a call is dropped." in browser.text("/rules/ranges")

    house.store.settings.set("treatment.day.telemarketing", "ring", by="page", now=house.now)
    assert "Such a call rings." in browser.text("/rules/ranges")

    house.store.settings.set("rule.telemarketing", "off", by="page", now=house.now)
    assert "Nothing, because the rule for such numbers is switched off." in browser.text("/rules/ranges")
