"""Calls that show no number; every sentence is said by one of the rows."""

import pytest

from appliance.core.caller import identify
from appliance.core.explaining import sentence
from appliance.core.household import Category
from appliance.core.rules.absence import SAW
from appliance.core.screening import screen
from appliance.core.terms import Treatment
from tests.core.reports import NOW, Home, Shown, Why, saw, unsaid

NUMBER, WITHHELD, UNAVAILABLE = Shown("2125550123"), Shown(absence=Why.PRIVATE), Shown(absence=Why.UNAVAILABLE)

ROWS = [
    ("withheld", WITHHELD, False, Category.WITHHELD, "The caller withheld the number."),
    ("withheld", Shown("P"), False, Category.WITHHELD, "The caller withheld the number."),
    ("withheld", NUMBER, False, None, "Nothing says that the caller withheld the number."),
    ("unavailable", UNAVAILABLE, False, Category.UNAVAILABLE, "The network did not know the number."),
    ("unavailable", Shown(name="ACME"), False, Category.UNAVAILABLE, "The network did not know the number."),
    ("unavailable", WITHHELD, False, None, "The network did not say that the number is unknown to it."),
    ("no_caller_id", None, False, Category.NO_CALLER_ID, "No Caller ID came with the call."),
    ("no_caller_id", UNAVAILABLE, False, None, "Caller ID came with the call."),
    ("no_caller_id", None, True, None, "Caller ID came with the call, but it arrived damaged."),
    ("damaged_caller_id", None, True, Category.NO_CALLER_ID,
     "The Caller ID arrived damaged, so nothing in it is trusted."),
    ("damaged_caller_id", NUMBER, False, None, "No damage to the Caller ID was noticed."),
]  # fmt: skip  # one row, one line as far as it goes


@pytest.mark.parametrize(("rule", "report", "damaged", "category", "text"), ROWS)
def test_why_there_is_no_number_is_told_apart(
    rule: str, report: Shown | None, damaged: bool, category: Category | None, text: str
) -> None:
    decision = screen(identify(report, "US", damaged=damaged), Home().household(), NOW)
    assert saw(decision, rule) == text
    assert (decision.reason == rule) is (category is not None)
    assert category in {None, decision.category}


def test_every_sentence_of_these_rules_is_said_by_some_row() -> None:
    assert unsaid(SAW, [(row[0], row[4]) for row in ROWS]) == set()


def test_a_damaged_report_is_judged_as_none_and_says_why() -> None:
    decision = screen(identify(None, "US", damaged=True), Home().household(), NOW)
    assert sentence(decision, Treatment.DROP) == (
        "Blocked because the Caller ID arrived damaged and tells nothing that can be trusted."
    )
