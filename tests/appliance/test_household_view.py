"""The household as the line sees it, on a real store: it follows changes, and trouble lets the phone ring."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.core.caller import identify
from appliance.core.household import Category, EntryKind, ListName, Mode, Treatment
from appliance.core.policy import DAY
from appliance.core.screening import screen
from appliance.household_view import HouseholdView
from appliance.store import Store, restore
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
    assert household.policy.chosen[DAY, Category.WITHHELD] is Treatment.RING
    assert view.fault is None


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
    assert view.fault is not None
    assert view.fault.startswith("The lists cannot be read, so every call rings.")
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
