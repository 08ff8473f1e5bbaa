from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.core.terms import Treatment
from appliance.rehearsal import report
from appliance.store import CallRecord, Store

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def call(
    store: Store,
    hours_ago: float,
    wanted: str,
    *,
    mode: str = "rehearsal",
    outcome: str = "rang_out",
    kind: str = "unknown",
) -> None:
    at = AT - timedelta(hours=hours_ago)
    row = CallRecord(str(hours_ago), "main", at, at, 3, category=kind, treatment=wanted, wanted=wanted)
    store.calls.put(replace(row, mode=mode, outcome=outcome))


def test_a_week_without_a_rehearsal_says_so(store: Store) -> None:
    call(store, 1, "drop", mode="on", outcome="dropped")
    found = report(store, AT - WEEK, AT)
    assert (found.counted, found.stopped) == (0, ())
    assert found.sentences == ("No call came during a rehearsal in the last 7 days.",)


def test_what_would_have_been_stopped_is_counted_and_listed(store: Store) -> None:
    call(store, 1, "drop", outcome="would_drop")
    call(store, 2, "ring", kind="permitted")
    call(store, 3, "ring", kind="contact")
    call(store, 4, "challenge")
    call(store, 5, "disconnected", outcome="would_drop")
    call(store, 6, "drop", outcome="waiting_call")
    call(store, 24 * 8, "drop", outcome="would_drop")
    found = report(store, AT - WEEK, AT)
    assert found.wanted == {
        Treatment.RING: 2,
        Treatment.DROP: 1,
        Treatment.CHALLENGE: 1,
        Treatment.DISCONNECTED: 1,
    }
    assert {record.uid for record in found.stopped} == {"1", "5"}
    assert found.sentences[0] == "In the last 7 days 5 calls came during the rehearsal, and all of them rang."
    assert "1 would have been dropped" in found.sentences[1]
    assert "1 would be asked to press a key" in found.sentences[2]
    assert found.sentences[3] == "All 2 from people you know would have rung."


def test_a_rehearsal_that_would_have_stopped_nothing_says_so(store: Store) -> None:
    call(store, 1, "ring")
    assert report(store, AT - WEEK, AT).sentences[1] == "Not one of them would have been stopped."


def test_calls_that_come_later_belong_to_the_next_week(store: Store) -> None:
    call(store, 0, "drop")
    assert report(store, AT - WEEK, AT).counted == 0
    assert report(store, AT, AT + WEEK).counted == 1


def test_a_row_of_another_version_is_left_out(store: Store) -> None:
    call(store, 1, "send_to_the_moon")
    assert report(store, AT - WEEK, AT).counted == 0
