"""What a review asks of the past calls."""

from dataclasses import replace

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.store import Store, calls, number_index, second_look
from tests.store.rows import ANN, BOB, NOW, call, later

CAROL = "+12125550103"
SINCE = later(days=-30)


def rang(store: Store, uid: str, number: str | None, *, days: float, treatment: str = "drop", entry: int = 0) -> None:
    at = later(days=days)
    store.calls.put(replace(call(uid, number=number), started_at=at, treatment=treatment, entry_id=entry or None))


def test_who_was_turned_away_often_and_lately_is_told_most_often_first(store: Store) -> None:
    for count in range(4):
        rang(store, f"a{count}", ANN, days=-count)
        rang(store, f"b{count}", BOB, days=-count, treatment="announce" if count else "ring")
        rang(store, f"n{count}", None, days=-count)
    for count in range(5):
        rang(store, f"c{count}", CAROL, days=-29 - count)
    found = store.second_look.turned_away_often(SINCE, at_least=3)
    assert [(away.number, away.calls) for away in found] == [(ANN, 4), (BOB, 3)]
    assert [away.number for away in store.second_look.turned_away_often(SINCE, at_least=2)] == [ANN, BOB, CAROL]
    assert [away.number for away in store.second_look.turned_away_often(SINCE, limit=1)] == [ANN]


def test_an_entry_no_call_has_been_about_is_told_once_it_is_old_enough(store: Store) -> None:
    def permit(kind: EntryKind, value: str, days: float = -400) -> int:
        entry = store.lists.add(ListName.PERMIT, kind, value, source="page", now=later(days=days)).entry
        assert entry is not None
        return entry.id

    permit(EntryKind.EXACT, ANN)  # calls, though another rule decided
    seen = permit(EntryKind.PREFIX, "+44")  # decided a call
    permit(EntryKind.EXACT, BOB)  # called long ago
    permit(EntryKind.NAME, "SCHOOL*")
    permit(EntryKind.EXACT, CAROL, days=-10)
    rang(store, "u1", ANN, days=-5, treatment="ring")
    rang(store, "u2", "+442079460123", days=-5, treatment="ring", entry=seen)
    rang(store, "u3", BOB, days=-380, treatment="ring")
    found = store.second_look.never_seen(ListName.PERMIT, later(days=-365))
    assert [entry.value for entry in found] == [BOB, "SCHOOL*"]
    assert store.second_look.never_seen(ListName.CONTACT, later(days=-365)) == ()


def test_a_number_permitted_after_it_was_turned_away_is_told(store: Store) -> None:
    rang(store, "a1", ANN, days=-3)
    rang(store, "a2", ANN, days=-2)
    rang(store, "b1", BOB, days=-2, treatment="ring")
    rang(store, "c1", CAROL, days=0)
    for number in (ANN, BOB, CAROL):
        store.lists.permit_caller(number, by="page", now=later(days=-1))
    found = store.second_look.wanted_after_all(ListName.PERMIT, SINCE)
    assert [(after.entry.value, after.calls) for after in found] == [(ANN, 2)]
    assert store.second_look.wanted_after_all(ListName.PERMIT, NOW) == ()


def test_of_very_many_calls_turned_away_the_newest_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "COUNTED", 3)
    for day in (-9, -8, -7):
        rang(store, f"a{day}", ANN, days=day)
    for day in (-3, -2, -1):
        rang(store, f"b{day}", BOB, days=day)
    assert [(away.number, away.calls) for away in store.second_look.turned_away_often(SINCE)] == [(BOB, 3)]


def test_automatic_entries_that_end_soon_are_told_and_a_persons_are_not(store: Store) -> None:
    for value, days, source in ((ANN, 3, "auto:ping_caller"), (BOB, 2, "page"), (CAROL, 30, "auto:ping_caller")):
        store.lists.add(ListName.BLOCK, EntryKind.EXACT, value, source=source, expires_at=later(days=days), now=NOW)
    assert [entry.value for entry in store.second_look.automatic_ending(NOW, later(days=7))] == [ANN]


@pytest.mark.parametrize(
    ("question", "indexes"),
    [
        (second_look.OFTEN, {"call_turned_away"}),
        (second_look.UNSEEN, {"entry_by_list", "call_by_entry", "call_by_number"}),
        (second_look.WANTED_AFTER_ALL, {"entry_by_list", "call_by_number"}),
        (second_look.AUTOMATIC_ENDING, {"entry_by_expiry"}),
        (calls.BETWEEN, {"call_by_time"}),
        (calls.FROM_NUMBERS, {"call_by_number"}),
        (calls.WITHOUT_NUMBER, {"call_by_time"}),
        (calls.BLOCKED, {"call_by_time"}),
        (number_index.NEAR, {"entry_wanted"}),
    ],
)
def test_every_question_about_many_rows_is_answered_by_its_indexes(
    store: Store, question: str, indexes: set[str]
) -> None:
    plan = store._database.rows(f"EXPLAIN QUERY PLAN {question}", (1,) * question.count("?"))
    steps = [row["detail"] for row in plan]
    assert {index for index in indexes if any(index in step for step in steps)} == indexes
    assert [step for step in steps if step.startswith("SCAN") and not step.endswith(("old", "new"))] == []
