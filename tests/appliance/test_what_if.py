from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appliance.core.household import Entry, EntryKind, Household, ListName, Mode
from appliance.core.policy import Period, Policy, Schedule
from appliance.core.terms import Category, Treatment
from appliance.core.week import EVERY_DAY, Span
from appliance.judging import Reported, Withheld, judge
from appliance.store.records import CallRecord
from appliance.trial import with_entry, without_entry
from appliance.what_if import became, what_if

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
RINGS = Policy("gentle", {("day", category): Treatment.RING for category in Category if category.value != "blocked"})
HOME = Household(country="US", area_code="212", mode=Mode.ON, policy=RINGS)


def choosing(category: Category, treatment: Treatment) -> Household:
    chosen = {**RINGS.chosen, ("day", category): treatment}
    return replace(HOME, policy=replace(RINGS, chosen=chosen))


def calls(*numbers: str | None, minutes: int = 600, rings: int = 4, name: str | None = None) -> list[CallRecord]:
    """Calls so many minutes apart; None withholds the number. They rang, and rang out."""
    found = []
    for place, number in enumerate(numbers):
        report = Reported(number, name) if number else Reported(absence=Withheld.PRIVATE)
        at = AT + timedelta(minutes=minutes * place)
        caller = judge(report, HOME, at).caller
        row = CallRecord(str(place), "main", at, at, rings, caller.shown, caller.number, caller.name)
        found.append(replace(row, presentation=caller.presentation.value, outcome="rang_out"))
    return found


def entry(list_name: ListName, kind: EntryKind, value: str) -> Entry:
    return Entry(0, list_name, kind, value, "", "", "test", AT)


def uids(records: Iterable[CallRecord], after: Household) -> list[str]:
    return [call.uid for call in what_if(records, HOME, after).changed]


def test_nothing_changes_for_the_same_household() -> None:
    found = what_if(calls("2125550100", None), HOME, HOME)
    assert (found.changed, found.counted) == ((), 2)
    assert found.summary(30) == "Of 2 calls in the last 30 days none would have been treated otherwise."


def test_another_treatment_is_told_call_by_call_and_in_a_sentence() -> None:
    found = what_if(calls("2125550100", None, None), HOME, choosing(Category.WITHHELD, Treatment.DROP))
    assert [(call.uid, call.then, call.now) for call in found.changed] == [
        ("1", Treatment.RING, Treatment.DROP),
        ("2", Treatment.RING, Treatment.DROP),
    ]
    assert found.summary(1) == (
        "Of 3 calls in the last day 2 would have been treated otherwise: 2 would have been dropped instead of ringing."
    )
    assert found.changed[0].who == "number withheld"
    assert found.changed[0].why == "Blocked because the caller withheld the number."
    assert became(found.changed[0]) == "would have been dropped instead of ringing"


def test_what_can_not_be_done_yet_is_said() -> None:
    found = what_if(calls(None), HOME, choosing(Category.WITHHELD, Treatment.CHALLENGE))
    assert "1 would have been asked to press a key instead of ringing." in found.summary(30)
    assert "cannot talk to callers" in found.summary(30)


def test_each_household_has_its_own_history() -> None:
    """The second call comes right after one that only the other household would have dropped."""
    records = calls(None, "2125550100", minutes=0)
    dropping = choosing(Category.WITHHELD, Treatment.DROP)
    bursts = replace(dropping, switched={"burst": True})
    drops_bursts = replace(
        bursts, policy=replace(RINGS, chosen={**dropping.policy.chosen, ("day", Category.BURST): Treatment.DROP})
    )
    assert uids(records, drops_bursts) == ["0", "1"]
    assert uids(records[1:], drops_bursts) == []


def test_short_calls_of_the_log_count_as_pings() -> None:
    dropping = choosing(Category.PING, Treatment.DROP)
    assert uids(calls(*["6465550100"] * 3, minutes=60, rings=1), dropping) == ["2"]
    assert uids(calls(*["6465550100"] * 3, minutes=60, rings=4), dropping) == []


def test_what_holds_for_this_moment_only_says_nothing_about_the_past() -> None:
    later = AT + timedelta(days=30)
    away = replace(RINGS, schedule=Schedule(override=("away", later)))
    now = replace(HOME, permit_next_until=later, expecting_until=later, policy=away)
    assert uids(calls(None, "2125550100"), now) == []
    dropping = choosing(Category.WITHHELD, Treatment.DROP)
    assert uids(calls(None), replace(dropping, expecting_until=later, permit_next_until=later)) == ["0"]


def test_a_schedule_is_tried_at_the_times_of_the_calls() -> None:
    night = Period("night", Span(EVERY_DAY, 22 * 60, 7 * 60))
    chosen = {**RINGS.chosen, ("night", Category.WITHHELD): Treatment.DROP}
    after = replace(HOME, policy=replace(RINGS, chosen=chosen, schedule=Schedule(weekly=(night,))))
    assert uids(calls(None, None, None, minutes=300), after) == ["1", "2"]  # 18:05, 23:05, 04:05


def test_the_main_switch_is_a_difference_of_its_own() -> None:
    dropping = choosing(Category.WITHHELD, Treatment.DROP)
    found = what_if(calls(None, "2125550100"), dropping, replace(dropping, mode=Mode.OFF))
    assert [(call.then, call.now) for call in found.changed] == [(Treatment.DROP, Treatment.RING)]
    rehearsing = (replace(HOME, mode=Mode.REHEARSAL), replace(dropping, mode=Mode.REHEARSAL))
    assert len(what_if(calls(None), *rehearsing).changed) == 1


def test_call_waiting_is_never_touched_and_not_counted() -> None:
    waiting = [replace(call, outcome="waiting_call") for call in calls(None)]
    found = what_if(waiting, HOME, choosing(Category.WITHHELD, Treatment.DROP))
    assert (found.changed, found.counted) == ((), 0)
    assert found.summary(30).startswith("There was no call")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (EntryKind.EXACT, "+12125550100"),
        (EntryKind.PREFIX, "+1212555"),
        (EntryKind.PATTERN, "*5550100"),
        (EntryKind.NAME, "ROOF*"),
    ],
)
def test_an_entry_can_be_tried_and_taken_away_again(kind: EntryKind, value: str) -> None:
    records = calls("2125550100", name="ROOF SELLERS") + calls("6465550177")
    blocking = entry(ListName.BLOCK, kind, value)
    after = with_entry(HOME, blocking)
    assert uids(records, after) == ["0"]
    assert uids(records, without_entry(after, blocking)) == []
    assert uids(records, with_entry(after, entry(ListName.PERMIT, kind, value))) == []


def test_an_entry_for_what_was_called_or_how_it_rang_can_be_tried() -> None:
    (call,) = calls("2125550100")
    for kind, value in ((EntryKind.DIALLED, "+12125550142"), (EntryKind.RING, "B")):
        blocking = entry(ListName.BLOCK, kind, value)
        after = with_entry(HOME, blocking)
        assert uids([replace(call, dialled="2125550142", ring_pattern="B")], after) == ["0"]
        assert uids([call], after) == []
        assert without_entry(after, blocking) == HOME


def test_a_permit_that_is_tried_is_close_to_its_neighbours() -> None:
    dropping = choosing(Category.UNKNOWN, Treatment.DROP)
    office = with_entry(dropping, entry(ListName.PERMIT, EntryKind.EXACT, "+12125550100"))
    assert [entry.value for entry in office.index.near("+12125550101", 2)] == ["+12125550100"]
    assert office.index.near("+12125550100", 2) == ()
    assert office.index.near("+12125551100", 2) == ()
    blocked = with_entry(dropping, entry(ListName.BLOCK, EntryKind.EXACT, "+12125550100"))
    assert blocked.index.near("+12125550101", 2) == ()
