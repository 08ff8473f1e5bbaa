"""The calls before, asked of the store one by one, against the history that a line holds in memory."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.calls_before import CallsBefore
from appliance.core.history import KEPT, KEPT_CALLS, History
from appliance.core.household import Household, Mode
from appliance.core.policy import Policy
from appliance.core.terms import Category
from appliance.judging import Judged, Reported, Withheld, judge, past_call_of
from appliance.store import CallRecord, Store

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
HOME = Household(country="US", area_code="212", mode=Mode.ON, policy=Policy())
SHOWN = ("2125550100", "2125550101", "+442079460123", "+44207946012", "5550199", "*11", "11", "1112223333333")
REPORTS = (*map(Reported, SHOWN), Reported(absence=Withheld.PRIVATE), None)
OUTCOMES = ("rang_out", "dropped", "would_drop", "answered", "drop_failed", None)
CATEGORIES = ("blocked", "burst", "unknown", "of_mars", None)


def row(chance: random.Random, uid: int) -> CallRecord:
    judged: Judged = judge(chance.choice(REPORTS), HOME, AT)
    caller = judged.caller
    return CallRecord(
        f"call-{uid}",
        "main",
        AT - timedelta(minutes=chance.randrange(-60, 3_200)),
        rings=chance.randrange(5),
        shown=caller.shown,
        number=caller.number,
        presentation=caller.presentation.value,
        category=chance.choice(CATEGORIES),
        verdict=chance.choice(("block", "screen", None)),
        outcome=chance.choice(OUTCOMES),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.open(tmp_path)
    chance = random.Random(7)
    for uid in range(400):
        made.calls.put(row(chance, uid))
    return made


def test_the_store_answers_as_the_memory_of_a_line_that_has_just_started(store: Store) -> None:
    memory = History()
    for record in store.calls.between(AT - KEPT, AT, newest=KEPT_CALLS):
        if record.outcome is not None:
            memory.add(past_call_of(record))
    before = CallsBefore(store, AT)

    found = 0
    for report in REPORTS:
        caller = judge(report, HOME, AT).caller
        assert list(before.of_caller(caller.keys)) == list(memory.of_caller(caller.keys))
        found += len(before.of_caller(caller.keys))
        if caller.number:
            assert list(before.of_range(caller.number)) == list(memory.of_range(caller.number))
            assert len(before.of_range(caller.number)) > 0
    assert found > 100
    for minutes in (0, 7, 90, 2_000, 5_000):
        at = AT - timedelta(minutes=minutes)
        over = [call for call in store.calls.between(AT - KEPT, at) if call.outcome is not None]
        blocked = [call for call in map(past_call_of, over) if call.blocked and call.category is not Category.BURST]
        assert before.newest_blocked(at) == (blocked[-1] if blocked else None)
    assert before.newest_blocked(AT) == memory.newest_blocked(AT)
    store.close()


def test_a_call_that_still_goes_on_is_none_before(store: Store) -> None:
    going_on = replace(row(random.Random(1), 1), uid="now", shown="2065550188", number="+12065550188", outcome=None)
    store.calls.put(replace(going_on, presentation="allowed", started_at=AT - timedelta(minutes=5)))
    assert CallsBefore(store, AT).of_caller(("+12065550188",)) == []
    store.close()
