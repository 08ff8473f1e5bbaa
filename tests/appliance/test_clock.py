"""The floor under a clock that may not be set: what it is taken from, and how it goes away again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance import clock
from appliance.clock import NEWEST_ROWS, newest_seen, synchronised
from appliance.store import CallRecord, LineStatus, Store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BEFORE_ALL = datetime(1970, 1, 1, 0, 3, tzinfo=UTC)  # three minutes after a start without a clock
FAR_AHEAD = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def called(store: Store, number: int, at: datetime) -> None:
    store.calls.put(CallRecord(f"call-{number}", "main", at, ended_at=at + timedelta(minutes=1)))


def beat(store: Store, at: datetime) -> None:
    store.status.put(LineStatus("main", 1, at, at, "1", "idle"))


def test_a_new_store_has_seen_nothing(store: Store) -> None:
    assert newest_seen(store) is None


def test_the_newest_of_calls_events_and_heartbeats_counts(store: Store) -> None:
    store.events.add("modem", NOON, text="The modem is ready.")
    assert newest_seen(store) == NOON
    called(store, 1, NOON)
    assert newest_seen(store) == NOON + timedelta(minutes=1)
    beat(store, NOON + timedelta(hours=1))
    assert newest_seen(store) == NOON + timedelta(hours=1)


def test_what_was_written_after_a_start_without_a_clock_takes_nothing_away(store: Store) -> None:
    called(store, 1, NOON)
    beat(store, BEFORE_ALL)
    for _ in range(NEWEST_ROWS - 1):
        store.events.add("modem", BEFORE_ALL, text="The modem is ready.")
    assert newest_seen(store) == NOON + timedelta(minutes=1)


def test_a_clock_that_was_years_ahead_is_outnumbered_by_what_came_since(store: Store) -> None:
    called(store, 1, FAR_AHEAD)
    store.events.add("modem", FAR_AHEAD, text="The modem is ready.")
    store.settings.set("mode", "rehearsal", by="page", now=FAR_AHEAD)
    beat(store, NOON)
    assert newest_seen(store) == FAR_AHEAD + timedelta(minutes=1), "it may as well be the clock that is behind"
    for number in range(NEWEST_ROWS):
        called(store, 2 + number, NOON)
        store.events.add("modem", NOON, text="The modem is ready.")
    assert newest_seen(store) == NOON + timedelta(minutes=1)


def test_a_time_server_has_set_the_clock_when_its_mark_is_there(tmp_path: Path) -> None:
    assert not synchronised(str(tmp_path / "synchronized"))
    (tmp_path / "synchronized").touch()
    assert synchronised(str(tmp_path / "synchronized"))
    assert not synchronised(str(tmp_path / "synchronized" / "below a file"))


def test_the_mark_is_that_of_systemd() -> None:
    assert clock.SYNCHRONISED == "/run/systemd/timesync/synchronized"
