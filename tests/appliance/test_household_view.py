"""The household as the line sees it, on a real store: it follows changes, and trouble lets the phone ring."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance import household_view
from appliance.config import Config
from appliance.core.caller import identify
from appliance.core.history import KEPT_OF_ONE, PastCall
from appliance.core.household import Category, EntryKind, ListName, Mode
from appliance.core.screening import screen
from appliance.household_view import HouseholdView
from appliance.store import CallRecord, Store, restore
from hardware.events import CallerIdReported

SELLER = identify(CallerIdReported(number="2125550123"), "US")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


@pytest.fixture
def view(tmp_path: Path, store: Store) -> Iterator[HouseholdView]:
    view = HouseholdView(Config(data=tmp_path, country="US"))
    view.refresh()
    yield view
    view.close()


def now() -> datetime:
    return datetime.now(UTC)


def block(store: Store, value: str, kind: EntryKind = EntryKind.EXACT) -> None:
    store.lists.add(ListName.BLOCK, kind, value, source="page", now=now())


def test_it_begins_with_the_configuration_and_the_defaults(view: HouseholdView) -> None:
    household = view.household
    assert (household.country, household.mode) == ("US", Mode.ON)
    assert not household.policy.chosen, "nothing but the preset"
    assert view.faults == ()


def test_a_change_is_seen_at_the_next_look_and_nothing_is_news_after_that(view: HouseholdView, store: Store) -> None:
    assert not view.refresh()
    store.settings.set("mode", "rehearsal", by="page", now=now())
    assert view.refresh()
    assert view.household.mode is Mode.REHEARSAL
    assert not view.refresh()


def test_a_call_written_to_the_log_is_no_news_for_the_household(view: HouseholdView, store: Store) -> None:
    store.events.add("modem", now(), text="The modem is back.")
    assert not view.refresh()


@pytest.mark.parametrize(
    ("kind", "value"),
    [(EntryKind.EXACT, "+12125550123"), (EntryKind.PREFIX, "+1212"), (EntryKind.PATTERN, "+1???5550123")],
)
def test_a_new_entry_decides_the_next_call(view: HouseholdView, store: Store, kind: EntryKind, value: str) -> None:
    assert screen(SELLER, view.household, now()).category is Category.UNKNOWN
    block(store, value, kind)
    view.refresh()
    assert screen(SELLER, view.household, now()).category is Category.BLOCKED


def test_permit_next_is_armed_until_its_time(view: HouseholdView, store: Store) -> None:
    assert not view.permit_next_armed()
    store.settings.set("permit_next_until", (now() + timedelta(minutes=5)).isoformat(), by="button", now=now())
    view.refresh()
    assert view.permit_next_armed()
    store.settings.set("permit_next_until", (now() - timedelta(seconds=1)).isoformat(), by="button", now=now())
    view.refresh()
    assert not view.permit_next_armed()


def test_a_used_permit_stays_used_though_the_store_still_says_otherwise(view: HouseholdView, store: Store) -> None:
    store.settings.set("permit_next_until", (now() + timedelta(minutes=5)).isoformat(), by="button", now=now())
    view.refresh()
    view.use_permit_next()
    assert not view.permit_next_armed()
    block(store, "+12125550123")  # some other change, while the errand that clears the setting is still under way
    assert view.refresh()
    assert not view.permit_next_armed()
    store.settings.set("permit_next_until", (now() + timedelta(minutes=9)).isoformat(), by="button", now=now())
    view.refresh()
    assert view.permit_next_armed()  # armed anew


def test_a_store_that_cannot_be_read_keeps_the_last_snapshot_and_lets_every_number_ring(
    tmp_path: Path, view: HouseholdView, store: Store
) -> None:
    block(store, "+12125550123")
    store.settings.set("mode", "rehearsal", by="page", now=now())
    view.refresh()
    with closing(sqlite3.connect(tmp_path / "quietline.db")) as damage:
        damage.execute("DROP TABLE entry")  # what a reader meets on a torn file, without waiting for one
    assert view.matching(["+12125550123"]) == ()
    assert view.faults[0].startswith("The lists cannot be read, so every call rings.")
    assert view.household.mode is Mode.REHEARSAL
    assert screen(SELLER, view.household, now()).category is Category.UNKNOWN


def test_a_restored_backup_is_taken_over_without_a_restart(tmp_path: Path, store: Store) -> None:
    data, copy = tmp_path, tmp_path / "copy.db"
    block(store, "+12125550123")
    store.backup_to(copy)
    store.lists.remove(1, now(), "page")
    view = HouseholdView(replace(Config(), data=data))
    view.refresh()
    assert screen(SELLER, view.household, now()).category is Category.UNKNOWN
    store.close()
    restore(data, copy)
    assert view.refresh()
    assert screen(SELLER, view.household, now()).category is Category.BLOCKED
    view.close()


def looked_at(folder: Path, *, clock_set: bool = False) -> HouseholdView:
    """The view of a process that has just been started."""
    view = HouseholdView(Config(data=folder, country="US"), clock_set=lambda: clock_set)
    view.refresh()
    return view


def test_a_clock_behind_what_the_store_has_seen_is_raised_to_it_until_it_is_set(tmp_path: Path, store: Store) -> None:
    mark = tmp_path / "mark"
    ahead = now().replace(microsecond=0) + timedelta(hours=3)
    store.events.add("modem", ahead, text="The modem is ready.")
    store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550123", source="page", now=now(), expires_at=ahead)
    with closing(HouseholdView(Config(data=tmp_path, country="US"), clock_set=mark.exists)) as view:
        assert view.now() == view.household.clock_floor == ahead
        assert screen(SELLER, view.household, now()).category is Category.UNKNOWN, "what has run out acts no more"
        mark.touch()
        view.refresh()
        assert screen(SELLER, view.household, now()).category is Category.BLOCKED


def test_a_clock_that_a_time_server_has_set_needs_no_floor(tmp_path: Path, store: Store) -> None:
    store.events.add("modem", now() + timedelta(days=30_000), text="A clock was wrong.")
    with closing(looked_at(tmp_path, clock_set=True)) as view:
        assert view.household.clock_floor is None
        assert view.faults == ()


def test_a_clock_that_stays_unset_is_a_fault_after_a_while(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.events.add("modem", now() + timedelta(hours=3), text="The modem is ready.")
    with closing(looked_at(tmp_path)) as view:
        assert not view.faults
        monkeypatch.setattr(household_view, "CLOCK_SETTLES_S", 0.0)
        assert household_view.CLOCK_NOT_SET in view.faults


def rang(store: Store, uid: str, at: datetime, *, line: str = "main", **known: Any) -> None:
    facts: dict[str, Any] = {"rings": 2, "shown": "2125550123", "number": "+12125550123", "presentation": "allowed"}
    facts |= {"category": "unknown", "verdict": "screen", "outcome": "rang_out", **known}
    store.calls.put(CallRecord(uid, line, at, ended_at=at + timedelta(seconds=30), **facts))


def before(view: HouseholdView) -> list[tuple[bool, bool]]:
    return [(call.short, call.blocked) for call in view.household.past.of_caller(SELLER.keys)]


def test_the_calls_of_the_last_two_days_are_known_after_a_restart(tmp_path: Path, store: Store) -> None:
    rang(store, "a", now() - timedelta(hours=1))
    rang(store, "b", now() - timedelta(minutes=5), rings=7)
    rang(store, "c", now() - timedelta(minutes=4), outcome="dropped", verdict="block", category="blocked")
    rang(store, "d", now() - timedelta(minutes=3), handset=True)
    rang(store, "e", now() - timedelta(days=3))
    rang(store, "f", now() + timedelta(days=300))  # by a clock that was wrong
    rang(store, "g", now() - timedelta(minutes=1), line="office")
    rang(store, "h", now() - timedelta(minutes=1), outcome=None)  # still ringing when the process was killed
    with closing(looked_at(tmp_path, clock_set=True)) as view:
        assert before(view) == [(False, False), (False, True), (False, False), (True, False)]
        blocked = view.household.past.newest_blocked(now())
        assert blocked is not None
        assert blocked.category is Category.BLOCKED


def test_many_calls_are_read(tmp_path: Path, store: Store) -> None:
    with store.writing():
        for number in range(120):
            rang(store, str(number), now() - timedelta(minutes=200 - number))
    with closing(looked_at(tmp_path)) as view:
        found = view.household.past.of_caller(SELLER.keys)
        assert len(found) == KEPT_OF_ONE
        assert now() - found[0].at < timedelta(minutes=82)  # the last of them


def test_a_call_that_ended_is_remembered(view: HouseholdView) -> None:
    view.remember(PastCall(now(), SELLER.keys, Category.UNKNOWN, blocked=False, short=True))
    assert before(view) == [(True, False)]


def test_calls_at_a_time_that_cannot_be_count_as_of_now(tmp_path: Path, store: Store) -> None:
    ahead = now().replace(microsecond=0) + timedelta(hours=3)
    store.events.add("modem", ahead, text="The modem is ready.")
    with closing(looked_at(tmp_path)) as view:
        view.remember(PastCall(now(), SELLER.keys, Category.UNKNOWN, blocked=False, short=True))
        assert [call.at for call in view.household.past.of_caller(SELLER.keys)] == [ahead]


def test_waiting_for_a_call_ends_by_itself(view: HouseholdView, store: Store) -> None:
    assert not view.expecting()
    for ends, waits in ((5, True), (-5, False)):
        moment = now() + timedelta(seconds=ends)
        store.settings.set("expecting_until", moment.isoformat(), by="page", now=now())
        view.refresh()
        assert view.expecting() is waits


def test_what_could_not_be_read_once_is_read_again_and_the_fault_goes(
    tmp_path: Path, view: HouseholdView, store: Store
) -> None:
    block(store, "+12125550123")
    view.refresh()
    with closing(sqlite3.connect(tmp_path / "quietline.db")) as damage:
        damage.execute("ALTER TABLE entry RENAME TO hidden")
        assert view.matching(["+12125550123"]) == ()
        assert view.faults
        damage.execute("ALTER TABLE hidden RENAME TO entry")
    assert view.refresh()
    assert view.faults == ()
    assert screen(SELLER, view.household, now()).category is Category.BLOCKED


def test_a_damaged_file_of_reported_numbers_is_told_and_reports_nothing(tmp_path: Path, store: Store) -> None:
    (tmp_path / "reports.db").write_bytes(b"no database at all" * 100)
    with closing(looked_at(tmp_path)) as view:
        assert view.faults[0].startswith(
            "The file of reported numbers cannot be read, so no number counts as reported."
        )
        assert screen(SELLER, view.household, now()).category is Category.UNKNOWN


def test_a_beginning_of_a_length_that_no_other_has_counts_from_the_next_look_on(
    view: HouseholdView, store: Store
) -> None:
    for value in ("+1212", "+12125550", "+44"):
        block(store, value, EntryKind.PREFIX)
        view.refresh()
    assert {entry.value for entry in view.matching(SELLER.keys)} == {"+1212", "+12125550"}
