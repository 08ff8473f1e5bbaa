"""The rules about the number itself: one row for each thing that each can say."""

from dataclasses import replace

import pytest

from appliance.core.caller import identify
from appliance.core.numbering import ALWAYS_THROUGH, countries_with_facts, facts_of
from appliance.core.rule import Opinion, Rule, Verdict
from appliance.core.rules import numbers
from appliance.core.rules.numbers import (
    EMERGENCY,
    IMPOSSIBLE,
    NEIGHBOUR_SPOOFING,
    OWN_NUMBER,
    RESERVED,
    TELEMARKETING,
    is_emergency,
)
from appliance.core.screening import case_of
from appliance.core.terms import Category
from tests.core.reports import NOW, Home, Shown, Why

OURS = "+12125550142"
WITHHELD = Shown(absence=Why.PRIVATE)


def judged(rule: Rule, report: Shown | None, home: Home) -> Opinion:
    return rule.judge(case_of(identify(report, home.country, home.area_code), home.household(), NOW))


NONE_SHOWN = "No number was shown, so this cannot be told."


def home(country: str, *own: str) -> Home:
    return Home(country=country, numbers=own)


@pytest.mark.parametrize(
    ("rule", "country", "own", "report", "category", "saw"),
    [
        (IMPOSSIBLE, "US", "", Shown("0000000000"), Category.IMPOSSIBLE, "No telephone has such a number."),
        (IMPOSSIBLE, "US", "", Shown("1125550123"), Category.IMPOSSIBLE, "No telephone has such a number."),
        (IMPOSSIBLE, "US", "", Shown("2125550123"), None, "Nothing says that the number was made up."),
        (IMPOSSIBLE, "IT", "", Shown("0844123456"), None, "Nothing says that the number was made up."),
        (IMPOSSIBLE, "CL", "", Shown("8091234567"), None, "Nothing says that the number was made up."),
        (IMPOSSIBLE, "AU", "", Shown("000"), None, "Nothing says that the number was made up."),
        (IMPOSSIBLE, "US", "", WITHHELD, None, NONE_SHOWN),
        (OWN_NUMBER, "US", OURS, Shown("2125550142"), Category.OWN_NUMBER, "The number shown is your own."),
        (OWN_NUMBER, "US", OURS, Shown("0112125550142"), None, "The number shown is not your own."),
        (OWN_NUMBER, "US", OURS, Shown("01112125550142"), Category.OWN_NUMBER, "The number shown is your own."),
        (OWN_NUMBER, "US", OURS, Shown("2125550143"), None, "The number shown is not your own."),
        (OWN_NUMBER, "US", OURS, WITHHELD, None, NONE_SHOWN),
        (OWN_NUMBER, "US", "", Shown("2125550142"), None, "You have not entered your own number, so nothing"),
        (TELEMARKETING, "FR", "", Shown("0162123456"), Category.TELEMARKETING, "Numbers that begin with 0162 are set"),
        (TELEMARKETING, "FR", "", Shown("33948123456"), Category.TELEMARKETING, "Numbers that begin with 0948 are set"),
        (TELEMARKETING, "FR", "", Shown("0947712345"), Category.TELEMARKETING, "Numbers that begin with 09477 are set"),
        (TELEMARKETING, "BE", "", Shown("0033162123456"), Category.TELEMARKETING, "Numbers that begin with 0162 are"),
        (TELEMARKETING, "ES", "", Shown("400123456"), Category.TELEMARKETING, "Numbers that begin with 400 are set"),
        (TELEMARKETING, "CL", "", Shown("8091234567"), Category.TELEMARKETING, "Numbers that begin with 809 are set"),
        (TELEMARKETING, "IN", "", Shown("1401234567"), Category.TELEMARKETING, "Numbers that begin with 140 are set"),
        (TELEMARKETING, "IT", "", Shown("0843123456"), Category.MASS_CALLS, "Numbers that begin with 0843 are"),
        (TELEMARKETING, "BR", "", Shown("03031234567"), Category.MASS_CALLS, "Numbers that begin with 0303 are"),
        (TELEMARKETING, "IT", "", Shown("0844123456"), Category.TELEMARKETING, "Numbers that begin with 0844 are"),
        (TELEMARKETING, "FR", "", Shown("0937123456"), None, "Numbers that begin with 0937 are for deliveries"),
        (TELEMARKETING, "IN", "", Shown("1600123456"), None, "Numbers that begin with 1600 are for calls from"),
        (TELEMARKETING, "CL", "", Shown("6001234567"), None, "The number is not in a range that is set aside"),
        (TELEMARKETING, "PE", "", Shown("500123456"), None, "Numbers that begin with 500 were proposed for"),
        (TELEMARKETING, "US", "", Shown("2125550123"), None, "The number is not in a range that is set aside"),
        (TELEMARKETING, "US", "", WITHHELD, None, NONE_SHOWN),
        (RESERVED, "US", "", Shown("9115570123"), Category.RESERVED, "Numbers that begin with 911 cannot exist"),
        (RESERVED, "US", "", Shown("2124110123"), Category.RESERVED, "Numbers with a code like 211 or 911 after"),
        (RESERVED, "GB", "", Shown("+12124110123"), Category.RESERVED, "Numbers with a code like 211 or 911 after"),
        (RESERVED, "CA", "", Shown("6985570123"), Category.RESERVED, "Numbers that begin with 69 belong to nobody"),
        (RESERVED, "US", "", Shown("3725570123"), None, "Numbers that begin with 37 have not been given out so far."),
        (RESERVED, "US", "", Shown("2125550123"), None, "Numbers that begin with 555-01 after the area code"),
        (RESERVED, "US", "", Shown("2125570123"), None, "The number is not in a range that belongs to nobody."),
        (RESERVED, "GB", "", Shown("02079460123"), None, "Numbers that begin with 02079460 are kept free"),
        (RESERVED, "US", "", WITHHELD, None, NONE_SHOWN),
        (NEIGHBOUR_SPOOFING, "US", OURS, Shown("2125550199"), Category.SPOOFED, "The number begins like yours."),
        (NEIGHBOUR_SPOOFING, "US", OURS, Shown("2125560199"), None, "The number does not begin like yours."),
        (NEIGHBOUR_SPOOFING, "US", OURS, Shown("2125550142"), None, "The number does not begin like yours."),
        (NEIGHBOUR_SPOOFING, "US", OURS, WITHHELD, None, NONE_SHOWN),
        (NEIGHBOUR_SPOOFING, "US", OURS, Shown("2125550199", "[V] ACME"), None, "The number begins like yours, and"),
        (NEIGHBOUR_SPOOFING, "US", "", Shown("2125550199"), None, "You have not entered your own number, so nothing"),
        (NEIGHBOUR_SPOOFING, "ZW", "+26342123456", Shown("+26342123457"), None, "It is not known how the numbers of"),
        (NEIGHBOUR_SPOOFING, "GB", "+442079460123", Shown("02079469999"), Category.SPOOFED, "The number begins like"),
        (NEIGHBOUR_SPOOFING, "FR", "+33199001234", Shown("0199009999"), Category.SPOOFED, "The number begins like"),
        (NEIGHBOUR_SPOOFING, "DE", "+493023125123", Shown("03023125999"), Category.SPOOFED, "The number begins like"),
        (NEIGHBOUR_SPOOFING, "GB", "+442079460123", Shown("02079479999"), None, "The number does not begin like"),
    ],
)  # fmt: skip
def test_a_rule_says_what_it_makes_of_the_number(
    rule: Rule, country: str, own: str, report: Shown, category: Category | None, saw: str
) -> None:
    opinion = judged(rule, report, home(country, *([own] if own else [])))
    assert opinion.saw.startswith(saw)
    assert opinion.saw.endswith(".")
    assert (opinion.rule, opinion.category) == (rule.name, category)
    assert opinion.verdict is (None if category is None else Verdict.SCREEN)


def test_neighbour_spoofing_goes_by_any_number_of_the_household_and_never_by_its_own_ones() -> None:
    two = home("US", OURS, "+12125550143")
    assert judged(NEIGHBOUR_SPOOFING, Shown("2125550143"), two).verdict is None
    assert judged(NEIGHBOUR_SPOOFING, Shown("2125550144"), two).category is Category.SPOOFED


@pytest.mark.parametrize(
    ("country", "shown"),
    [
        ("US", "911"), ("US", "988"), ("US", "611"), ("CA", "811"), ("GB", "999"), ("GB", "101"), ("GB", "111"),
        ("IE", "999"), ("NL", "112"), ("NL", "09008844"), ("BE", "100"), ("DE", "110"), ("DE", "116117"),
        ("DE", "+49116117"), ("AT", "144"), ("CH", "1414"), ("FR", "15"), ("FR", "3114"), ("ES", "061"),
        ("IT", "118"), ("PT", "808242424"), ("DK", "114"), ("SE", "11414"), ("NO", "02800"), ("FI", "112"),
        ("PL", "997"), ("AU", "000"), ("AU", "131444"), ("NZ", "111"), ("IN", "1098"), ("BR", "190"), ("CL", "133"),
        ("AE", "999"), ("EG", "123"), ("MA", "19"), ("JE", "999"), ("NL", "14020"),
    ],
)  # fmt: skip
def test_a_number_of_help_always_gets_through(country: str, shown: str) -> None:
    opinion = judged(EMERGENCY, Shown(shown), home(country))
    assert (opinion.verdict, opinion.category) == (Verdict.ALLOW, Category.EMERGENCY)
    assert is_emergency(case_of(identify(Shown(shown), country), home(country).household(), NOW))


@pytest.mark.parametrize("report", [Shown("2125550123"), Shown("110"), WITHHELD, None, Shown("2129110123")])
def test_any_other_number_is_no_number_of_help(report: Shown | None) -> None:
    opinion = judged(EMERGENCY, report, home("US"))
    assert opinion.verdict is None
    assert opinion.saw == numbers.SAW["emergency", "no" if report and report.number else "no_number"]
    assert not is_emergency(case_of(identify(report, "US"), home("US").household(), NOW))


def test_the_police_number_that_swindlers_show_in_germany_comes_with_a_warning() -> None:
    saw = judged(EMERGENCY, Shown("110"), home("DE")).saw
    assert saw == (
        "The number 110 is the emergency number of the police. "
        "The police never call from it: hang up when somebody asks for money or valuables."
    )


@pytest.mark.parametrize("country", countries_with_facts())
def test_every_emergency_number_of_every_country_gets_through_and_is_never_impossible(country: str) -> None:
    for one in facts_of(country).ranges:
        if one.meaning in ALWAYS_THROUGH and one.lengths == (len(one.prefix),):
            case = case_of(identify(Shown(one.prefix), country), home(country).household(), NOW)
            assert EMERGENCY.judge(case).verdict is Verdict.ALLOW, one.prefix
            assert IMPOSSIBLE.judge(case).verdict is None, one.prefix


def test_the_numbers_of_films_stay_ordinary_callers() -> None:
    for country, shown in [("US", "2125550123"), ("GB", "07700900123"), ("FR", "0199001234"), ("AU", "0255501234")]:
        for rule in (IMPOSSIBLE, TELEMARKETING, RESERVED, EMERGENCY):
            assert judged(rule, Shown(shown), home(country)).verdict is None


def test_the_rules_that_a_household_may_switch_off_are_those() -> None:
    rules = (IMPOSSIBLE, OWN_NUMBER, TELEMARKETING, RESERVED, NEIGHBOUR_SPOOFING, EMERGENCY)
    assert [rule.name for rule in rules if rule.switch] == [
        "impossible", "own_number", "telemarketing", "reserved", "neighbour_spoofing",
    ]  # fmt: skip
    off = replace(Home(), switched={"telemarketing": False}).household()
    assert not TELEMARKETING.switched_on(off)
    assert set(numbers.BECAUSE) == {(rule.name, None) for rule in rules}
