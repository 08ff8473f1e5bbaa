"""The rules about the caller's name: labels are words, places are places, and a mark of trust calms all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import identify
from appliance.core.numbering.reading import BadData
from appliance.core.numbering.wording import Labels, labels, places
from appliance.core.rule import Opinion, Rule, Verdict
from appliance.core.rules import names
from appliance.core.rules.names import CARRIER_LABEL, NAME_IS_NUMBER, NAME_IS_PLACE
from appliance.core.screening import case_of
from appliance.core.terms import Category
from tests.core.reports import NOW, Home, Shown, Why, unsaid

NUMBER = "2125550123"


def judged(rule: Rule, name: str | None, country: str = "US", number: str | None = NUMBER) -> Opinion:
    report = Shown(number, name, absence=None if number else Why.PRIVATE)
    return rule.judge(case_of(identify(report, country), Home(country=country).household(), NOW))


FLAGGED = [
    ("SPAM?", "SPAM?"), ("Spam? ACME", "SPAM?"), ("ACME SPAM?", "SPAM?"), ("Scam Likely", "SCAM LIKELY"),
    ("SCAM  LIKELY", "SCAM LIKELY"), ("Suspected Spam", "SUSPECTED SPAM"), ("SUSPECTED SPAM 4", "SUSPECTED SPAM"),
    ("ROBO?", "ROBO?"), ("Robocaller", "ROBOCALLER"), ("Telemarketer", "TELEMARKETER"), ("Fraud Risk", "FRAUD RISK"),
    ("V123456789012345", "V123456789012345"), ("V1234567", "V1234567"), ("SCAM WARNING", "SCAM WARNING"),
    ("V12345678901234", "V12345678901234"), ("High Spam Risk", "HIGH SPAM RISK"),
    ("v123456789012345", "V123456789012345"), ("[SPAM] ACME", "[SPAM]"),
    ("ACME (SPAM)", "(SPAM)"), ("SPAM: ACME", "SPAM"), ("SPAM", "SPAM"), ("POTENTIAL SPAM", "POTENTIAL SPAM"),
    ("Möglicher Betrug", "MÖGLICHER BETRUG"), ("[V] SCAM LIKELY", "SCAM LIKELY"), ("Nuisance", "NUISANCE"),
]  # fmt: skip
PLAIN = [
    "SPAMALOT THEATRE", "THE SPAM MUSEUM", "SPAM MUSEUM", "ROBOTICS CLUB", "SCAMPI HOUSE", "FRAUD RISK ADVISERS",
    "TELEMARKETING ASSOC", "V123456", "V 1234567", "V1234567A", "VICTOR 12", "ACME ROOFING", "JUNKERS", "", "?",
    "UNSUSPECTED SPAM", "SCAM LIKELYHOOD",
]  # fmt: skip


@pytest.mark.parametrize(("name", "label"), FLAGGED)
def test_a_warning_of_the_telephone_company_is_read(name: str, label: str) -> None:
    opinion = judged(CARRIER_LABEL, name)
    assert (opinion.verdict, opinion.category) == (Verdict.SCREEN, Category.CARRIER_FLAGGED)
    assert opinion.saw == f"The telephone company warns of this caller: the name says {label}."


@pytest.mark.parametrize("name", PLAIN)
def test_a_name_that_only_looks_like_a_warning_is_a_name(name: str) -> None:
    assert judged(CARRIER_LABEL, name).verdict is None


@pytest.mark.parametrize(
    "name", ["[V] DOE JANE", "[VER] DOE JANE", "VER DOE JANE", "ver doe jane", "✓ DOE JANE", "[V]DOE"]
)
def test_a_mark_of_trust_is_seen_and_lets_nobody_through(name: str) -> None:
    assert labels().verified(name)
    opinion = judged(CARRIER_LABEL, name)
    assert (opinion.verdict, opinion.saw) == (None, "The telephone company vouches for the caller in the name.")


@pytest.mark.parametrize("name", ["VERA DOE", "VERMEER", "V DOE", "DOE [V]", "VER", ""])
def test_a_name_that_only_looks_like_a_mark_is_a_name(name: str) -> None:
    assert not labels().verified(name)


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("2125550123", "2125550123", True),
        ("12125550123", "2125550123", True),
        ("212-555-0123", "+12125550123", True),
        ("555-0123", "2125550123", True),
        ("+1 (212) 555-0123", "12125550123", True),
        ("２１２５５５０１２３", "2125550123", True),
        ("0123", "2125550123", False),
        ("2125550124", "2125550123", False),
        ("ACME 2125550123", "2125550123", False),
        ("ACME", "2125550123", False),
        ("2125550123", None, False),
        ("[V] 2125550123", "2125550123", False),
    ],
)
def test_a_name_that_only_repeats_the_number_is_none(name: str, number: str | None, found: bool) -> None:
    opinion = judged(NAME_IS_NUMBER, name, number=number)
    assert opinion.category is (Category.NAMELESS if found else None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("SPRINGFIELD IL", True),
        ("Springfield, IL", True),
        ("SPRINGFIELD,IL", True),
        ("NEW YORK     NY", True),
        ("ST. CLOUD MN", True),
        ("TORONTO ON", True),
        ("BALTIMORE MD", True),
        ("ROCKY FORD   CO", True),
        ("DOE JOHN MD", False),
        ("ACME SUPPLY CO", False),
        ("DOE AL", False),
        *((name, False) for name in ("KIM HI", "LEE OK", "DOE JOHN IN", "DIAZ ID", "JONES VA", "BROWN OR", "HELLO ME")),
        *((name, False) for name in ("ROE NE", "WU WA", "DOE MI", "ROE JANE MS", "JONES DC")),
        *((name, True) for name in ("HONOLULU HI", "TULSA OK", "INDIANAPOLIS IN", "BOISE ID", "RICHMOND VA")),
        *((name, True) for name in ("PORTLAND OR", "PORTLAND ME", "OMAHA NE", "SEATTLE WA", "DETROIT MI")),
        ("WIRELESS CALLER", False),
        ("CELL PHONE NY", False),
        ("CELL PHONE   NY", False),
        ("TOLL FREE CALLER", False),
        ("UNKNOWN NAME", False),
        ("STUDIO 54 NY", False),
        ("IL", False),
        ("SPRINGFIELD", False),
        ("SPRINGFIELDIL", False),
        ("[V] SPRINGFIELD IL", False),
    ],
)
def test_a_name_that_is_only_a_town_and_state_is_none(name: str, found: bool) -> None:
    assert judged(NAME_IS_PLACE, name).category is (Category.NAMELESS if found else None)
    assert judged(NAME_IS_PLACE, name, "CA").category is (Category.NAMELESS if found else None)
    assert judged(NAME_IS_PLACE, name, "GB").category is None


def test_every_rule_about_names_may_speak_late_and_says_each_of_its_sentences() -> None:
    said = []
    for rule in (CARRIER_LABEL, NAME_IS_NUMBER, NAME_IS_PLACE):
        assert rule.by_name
        for name in ("SPAM?", NUMBER, "SPRINGFIELD IL", "ACME", None):
            opinion = judged(rule, name)
            said.append((rule.name, opinion.saw))
    marked = [(CARRIER_LABEL, "[V] DOE"), (NAME_IS_NUMBER, f"VER {NUMBER}"), (NAME_IS_PLACE, "[V] SPRINGFIELD IL")]
    said += [(rule.name, judged(rule, name).saw) for rule, name in marked]
    assert unsaid(names.SAW, said) == set()
    assert set(names.BECAUSE) == {(rule.name, None) for rule in (CARRIER_LABEL, NAME_IS_NUMBER, NAME_IS_PLACE)}


@given(st.text(max_size=300))
def test_no_name_that_a_caller_can_send_upsets_a_rule(name: str) -> None:
    for rule in (CARRIER_LABEL, NAME_IS_NUMBER, NAME_IS_PLACE):
        opinion = judged(rule, name)
        assert opinion.saw.endswith(".")
        assert len(opinion.saw) < 200


def test_the_data_is_in_the_form_in_which_names_are_compared() -> None:
    found = labels()
    assert isinstance(found, Labels)
    assert "SPAM?" in found.anywhere
    assert places().countries == {"US", "CA"}
    assert len(places().states) == 52 + 14
    assert issubclass(BadData, ValueError)
