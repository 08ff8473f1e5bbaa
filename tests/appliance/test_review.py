from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.review import Advice, Finding, Kind, review
from appliance.store import CallRecord, Store

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
NUMBER = "+12125550100"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def call(
    store: Store, days_ago: float, number: str = NUMBER, treatment: str = "drop", entry: int | None = None
) -> None:
    at = AT - timedelta(days=days_ago)
    uid = f"{number} {days_ago}"
    row = CallRecord(uid, "main", at, at, 1, number[2:], number, presentation="allowed", treatment=treatment)
    store.calls.put(replace(row, outcome="dropped" if treatment == "drop" else "rang_out", entry_id=entry))


def add(
    store: Store,
    name: ListName,
    value: str = NUMBER,
    days_ago: float = 0,
    *,
    label: str = "",
    days: float | None = None,
) -> None:
    """An entry made so many days ago; one for so many `days` was made by a rule."""
    made = AT - timedelta(days=days_ago)
    expires = None if days is None else made + timedelta(days=days)
    source = "command" if days is None else "auto:ping_caller"
    store.lists.add(name, EntryKind.EXACT, value, label=label, source=source, now=made, expires_at=expires)


def findings(store: Store, country: str = "US") -> tuple[Finding, ...]:
    return review(store, store.settings.household(country, ""), AT)


def test_a_household_without_calls_has_nothing_to_look_at(store: Store) -> None:
    assert findings(store) == ()


def test_who_was_turned_away_three_times_and_keeps_calling_is_found(store: Store) -> None:
    for days_ago in (1, 2):
        call(store, days_ago)
    assert findings(store) == ()
    add(store, ListName.BLOCK, label="Clinic?", days_ago=3)
    call(store, 3)
    (found,) = findings(store)
    assert (found.kind, found.advice, found.number, found.label) == (
        Kind.CALLS_AGAIN,
        Advice.PERMIT,
        NUMBER,
        "Clinic?",
    )
    assert found.sentence == (
        "(212) 555-0100 (Clinic?) was turned away 3 times in the last 30 days, and keeps calling. Do you know it?"
    )


def test_calls_long_ago_and_calls_that_rang_do_not_count(store: Store) -> None:
    for days_ago in (1, 2, 31, 32):
        call(store, days_ago)
    call(store, 3, treatment="ring")
    assert findings(store) == ()


def test_who_was_turned_away_and_then_permitted_is_told_once(store: Store) -> None:
    for days_ago in (5, 6, 7):
        call(store, days_ago)
    add(store, ListName.PERMIT, days_ago=1)
    (found,) = findings(store)
    assert (found.kind, found.advice) == (Kind.WANTED_AFTER_ALL, Advice.NOTHING)
    assert "had been turned away 3 times before you put it on your permit list" in found.sentence


def test_what_quietline_entered_itself_is_told_before_it_ends(store: Store) -> None:
    add(store, ListName.BLOCK, "+12125550133", days_ago=25, days=30)
    add(store, ListName.BLOCK, "+12125550134", days_ago=1, days=30)
    (found,) = findings(store)
    assert (found.kind, found.advice, found.number) == (Kind.ENDS_SOON, Advice.KEEP, "+12125550133")
    assert found.sentence.endswith("goes from it on 27 November 2026.")


def test_a_permit_that_nobody_used_for_a_year_is_found(store: Store) -> None:
    add(store, ListName.PERMIT, "+12125550111", days_ago=500)
    add(store, ListName.CONTACT, "+12125550122", days_ago=500)
    add(store, ListName.PERMIT, "+12125550133", days_ago=100)
    call(store, 200, number="+12125550122", treatment="ring")
    (found,) = findings(store)
    assert (found.kind, found.advice, found.number) == (Kind.NEVER_SEEN, Advice.REMOVE, "+12125550111")


@pytest.mark.parametrize(("country", "number"), [("US", "911"), ("GB", "999")])
def test_an_emergency_number_on_the_block_list_comes_first(store: Store, country: str, number: str) -> None:
    for days_ago in (1, 2, 3):
        call(store, days_ago)
    add(store, ListName.BLOCK, number)
    found = findings(store, country)
    assert [finding.kind for finding in found] == [Kind.BLOCKED_EMERGENCY, Kind.CALLS_AGAIN]
    assert found[0].advice is Advice.REMOVE
