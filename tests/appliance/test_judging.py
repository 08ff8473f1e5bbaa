from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import identify
from appliance.core.household import Household, Mode
from appliance.core.policy import Policy
from appliance.core.report import Presentation
from appliance.core.screening import screen
from appliance.core.terms import Category, Treatment
from appliance.core.treatment import treated
from appliance.judging import (
    Judged,
    Reported,
    Withheld,
    caller_of,
    gave_up,
    judge,
    past_call,
    past_call_of,
)
from appliance.store.records import CallRecord

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
at_home = partial(identify, country="US", area_code="212")
HOME = Household(country="US", area_code="212", mode=Mode.ON, policy=Policy())


def record_of(judged: Judged) -> CallRecord:
    """The row of a call, as far as judging reads it."""
    caller, decision = judged.caller, judged.decision
    return CallRecord(
        "one",
        "main",
        AT,
        shown=caller.shown,
        number=caller.number,
        name=caller.name,
        presentation=caller.presentation.value,
        ring_pattern=caller.ring,
        damaged="It broke." if caller.damaged else None,
        category=decision.category.value,
        verdict=decision.verdict.value,
        outcome="rang_out",
        rings=2,
    )


@pytest.mark.parametrize("text", ["2125550100", "5550100", "+442079460123", "911", "1112223333333", "*11", ""])
@pytest.mark.parametrize("name", [None, "ACME"])
def test_a_stored_call_is_the_same_caller_again(text: str, name: str | None) -> None:
    judged = judge(Reported(text, name), HOME, AT)
    record = record_of(judged)
    assert caller_of(record, at_home) == judged.caller
    assert past_call_of(record).keys[:1] == judged.caller.keys[:1]


@given(st.text(max_size=20), st.none() | st.text(max_size=20), st.sampled_from([None, *Withheld]), st.booleans())
def test_any_stored_call_is_the_same_caller_again(
    number: str, name: str | None, absence: Withheld | None, damaged: bool
) -> None:
    report = None if damaged else Reported(number, name, absence)
    judged = judge(report, HOME, AT, damaged=damaged)
    record = record_of(judged)
    assert caller_of(record, at_home) == judged.caller
    assert past_call_of(record).keys[:1] == judged.caller.keys[:1]


def test_a_judgement_is_the_decision_and_its_treatment() -> None:
    judged = judge(Reported("2125550100"), HOME, AT)
    decision = screen(judged.caller, HOME, AT)
    assert (judged.decision, judged.treated) == (decision, treated(decision, HOME, AT))


def test_a_row_of_another_version_is_read_as_far_as_it_goes() -> None:
    row = CallRecord("one", "main", AT, shown="2125550100", presentation="hologram", category="from_mars")
    assert caller_of(row, at_home).presentation is Presentation.ALLOWED
    assert past_call_of(row).category is None
    assert caller_of(replace(row, shown=""), at_home).presentation is Presentation.NONE


def test_a_house_that_has_moved_still_knows_who_called() -> None:
    record = record_of(judge(Reported("5550100"), HOME, AT))
    moved = partial(identify, country="US", area_code="415")
    assert record.number == "+12125550100"
    assert caller_of(record, moved).number == "+12125550100"
    assert caller_of(replace(record, number=None), moved).number == "+14155550100"


@pytest.mark.parametrize(
    ("outcome", "rings", "handset", "short"),
    [
        ("rang_out", 1, False, True),
        ("rang_out", 2, False, True),
        ("rang_out", 3, False, False),
        ("rang_out", 2, True, False),
        ("rang_out", 0, False, False),
        ("dropped", 1, False, False),
        ("waiting_call", 1, False, False),
    ],
)
def test_who_rang_twice_and_was_taken_by_nobody_gave_up(outcome: str, rings: int, handset: bool, short: bool) -> None:
    row = CallRecord("one", "main", AT, outcome=outcome, rings=rings, handset=handset)
    assert gave_up(row) is short
    assert past_call_of(row).short is short


def test_a_dropped_call_was_blocked_and_did_not_give_up() -> None:
    dropping = replace(HOME, policy=Policy(chosen={("day", Category.WITHHELD): Treatment.DROP}))
    judged = judge(Reported(absence=Withheld.PRIVATE), dropping, AT)
    call = past_call(judged, AT, gave_up=True)
    assert (call.blocked, call.short, call.keys) == (True, False, ())
    ringing = replace(HOME, policy=Policy(chosen={("day", Category.WITHHELD): Treatment.RING}))
    call = past_call(judge(Reported(absence=Withheld.PRIVATE), ringing, AT), AT, gave_up=True)
    assert (call.blocked, call.short) == (False, True)


@pytest.mark.parametrize("outcome", ["dropped", "drop_failed", "would_drop"])
def test_a_call_that_was_to_be_dropped_counts_as_blocked(outcome: str) -> None:
    assert past_call_of(CallRecord("one", "main", AT, verdict="screen", outcome=outcome)).blocked
