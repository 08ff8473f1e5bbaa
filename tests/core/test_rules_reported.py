"""Numbers that others have reported: how many, how bad, how long ago; every sentence is said by one of the rows."""

from datetime import date

import pytest

from appliance.core.household import Category, Limits, ReportedNumber
from appliance.core.rules.reported import RULE, SAW
from tests.core.reports import Home, Shown, Why, reported, saw, unsaid

NUMBER = "+12125550123"
STRANGER = Shown("2125550123")

ROWS: list[tuple[Shown | None, ReportedNumber | None, bool, str]] = [
    (STRANGER, reported(), True, "Reported by others 12 times, last on 3 November 2026."),
    (STRANGER, reported(50, 3, days_ago=180), True, "Reported by others 3 times, last on 26 May 2026."),
    (STRANGER, reported(100, 1_234, days_ago=0), True, "Reported by others 1,234 times, last on 22 November 2026."),
    (STRANGER, reported(days_ago=-40), True, "Reported by others 12 times, last on 22 November 2026."),
    (STRANGER, None, False, "Nobody has reported this number."),
    (STRANGER, reported(49), False, "Reported by others 12 times, but hardly anybody minded."),
    (STRANGER, reported(count=2), False, "Reported by others only 2 times, which is too few to go by."),
    (STRANGER, reported(count=1), False, "Reported by others only once, which is too few to go by."),
    (STRANGER, reported(days_ago=181), False,
     "Reported by others 12 times, but not since 25 May 2026; it may be somebody else's number by now."),
    (Shown(absence=Why.PRIVATE), reported(), False, "There is no number that others could have reported."),
    (Shown("8855"), reported(), False, "There is no number that others could have reported."),
    (None, reported(), False, "There is no number that others could have reported."),
]  # fmt: skip  # one row, one line as far as it goes


@pytest.mark.parametrize(("report", "told", "speaks", "text"), ROWS)
def test_a_report_counts_when_it_is_bad_and_frequent_and_recent_enough(
    report: Shown | None, told: ReportedNumber | None, speaks: bool, text: str
) -> None:
    home = Home(reports={} if told is None else {NUMBER: told, "8855": told})
    decision = home.decide(report)
    assert saw(decision, RULE) == text
    assert (decision.category is Category.REPORTED) is speaks


def test_every_sentence_of_the_rule_is_said_by_some_row() -> None:
    assert unsaid(SAW, [(RULE, row[3]) for row in ROWS]) == set()


@pytest.mark.parametrize("shown", ["2125550123", "12125550123", "+12125550123", "01112125550123", "(212) 555-0123"])
def test_a_reported_number_is_found_in_every_dress(shown: str) -> None:
    assert Home(reports={NUMBER: reported()}).decide(Shown(shown)).category is Category.REPORTED


def test_the_households_own_figures_count() -> None:
    home = Home(reports={NUMBER: reported(20, 1, days_ago=5)}, limits=Limits(reported_score=20, reported_count=1))
    assert home.decide(STRANGER).category is Category.REPORTED
    strict = Home(reports={NUMBER: reported(days_ago=5)}, limits=Limits(reported_days=4))
    assert strict.decide(STRANGER).category is Category.UNKNOWN


def test_the_oldest_date_there_is_does_no_harm() -> None:
    home = Home(reports={NUMBER: ReportedNumber(90, 9, date.min)})
    assert "not since 1 January 1;" in saw(home.decide(STRANGER), RULE)
