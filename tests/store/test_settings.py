"""Settings: named once, checked, told, and frozen together for a decision."""

import pytest

from appliance.core.household import Category, EntryKind, ListName, Mode, Treatment
from appliance.core.policy import DAY
from appliance.errors import InvalidValue
from appliance.store import SETTINGS, Store
from tests.store.rows import ANN, NOW


def test_every_default_is_allowed() -> None:
    assert [name for name, setting in SETTINGS.items() if not setting.fits(setting.default)] == []


def test_a_setting_has_its_default_until_it_is_set(store: Store) -> None:
    assert store.settings.get("mode") == "on"
    assert store.settings.set("mode", "off", by="page", now=NOW) == "on"
    assert store.settings.get("mode") == "off"
    assert store.settings.all() == {name: setting.default for name, setting in SETTINGS.items()} | {"mode": "off"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "On"),
        ("mode", ""),
        ("country", "us"),
        ("country", "USA"),
        ("area_code", "0x"),
        ("area_code", "\u0663"),
        ("treatment.unknown", "explode"),
        ("permit_next_until", "soon"),
        ("permit_next_until", "2026-03-04T12:30"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(store: Store, name: str, value: str) -> None:
    with pytest.raises(InvalidValue, match=f"{name} cannot be .* it may be "):
        store.settings.set(name, value, by="page", now=NOW)
    assert store.settings.get(name) == SETTINGS[name].default
    assert store.events.page().rows == ()


def test_an_unknown_setting_is_refused_with_the_nearest_name(store: Store) -> None:
    with pytest.raises(InvalidValue, match=r"Did you mean treatment\.unknown\?"):
        store.settings.set("treatment.unknwon", "drop", by="page", now=NOW)
    with pytest.raises(InvalidValue, match="There are: mode, country"):
        store.settings.get("xyzzy")


def test_a_change_is_an_event_and_the_same_value_again_is_none(store: Store) -> None:
    version = store.household_version()
    store.settings.set("mode", "off", by="page", now=NOW)
    moved = store.household_version()
    store.settings.set("mode", "off", by="page", now=NOW)
    told = [(event.kind, event.who, event.text) for event in store.events.page().rows]
    assert told == [("setting", "page", "The setting mode was changed from on to off.")]
    assert store.household_version() == moved > version


def test_the_household_is_everything_a_decision_needs(store: Store) -> None:
    store.settings.set("mode", "rehearsal", by="page", now=NOW)
    store.settings.set("treatment.withheld", "drop", by="page", now=NOW)
    store.settings.set("permit_next_until", NOW.isoformat(), by="page", now=NOW)
    store.lists.add(ListName.BLOCK, EntryKind.PATTERN, "*900*", source="page", now=NOW)
    store.lists.add(ListName.PERMIT, EntryKind.NAME, "ANN*", source="page", now=NOW)
    store.lists.permit_caller(ANN, by="page", now=NOW)
    household = store.settings.household("GB", "20")
    assert (household.country, household.area_code, household.mode) == ("GB", "20", Mode.REHEARSAL)
    assert household.policy.chosen[DAY, Category.WITHHELD] is Treatment.DROP
    assert household.policy.chosen[DAY, Category.UNKNOWN] is Treatment.RING
    assert household.permit_next_until == NOW
    assert [entry.value for entry in (*household.patterns, *household.names)] == ["*900*", "ANN*"]
    assert [entry.value for entry in household.index.matching([ANN])] == [ANN]


def test_the_households_country_goes_before_the_installers(store: Store) -> None:
    store.settings.set("country", "NL", by="page", now=NOW)
    store.settings.set("area_code", "20", by="page", now=NOW)
    household = store.settings.household("US", "212")
    assert (household.country, household.area_code) == ("NL", "20")


def test_a_stored_value_that_fits_no_more_counts_as_the_default(store: Store) -> None:
    # As after going back to a version that knows fewer treatments.
    store._database.run("INSERT INTO setting VALUES ('treatment.unknown', 'answer_bot', 'page', 0)")
    assert store.settings.get("treatment.unknown") == "ring"
    assert store.settings.household("US", "").policy.chosen[DAY, Category.UNKNOWN] is Treatment.RING
