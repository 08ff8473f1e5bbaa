"""The table: the household's own choices, profiles of its own, the preset below, and the settings they are kept in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.policy import DAY, Policy, cell_of, chosen_of, setting_of
from appliance.core.presets import BASES, DEFAULT_PRESET, PRESETS
from appliance.core.terms import Category, Treatment

RING, VOICEMAIL, DROP = Treatment.RING, Treatment.VOICEMAIL, Treatment.DROP
WITHHELD, UNKNOWN = Category.WITHHELD, Category.UNKNOWN


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("base", BASES)
def test_without_choices_the_preset_decides(preset: str, base: str) -> None:
    policy = Policy(preset=preset)
    assert all(policy.wanted(base, category) is PRESETS[preset].tables[base][category] for category in Category)


def test_a_choice_counts_in_its_profile_only() -> None:
    policy = Policy(chosen={("night", UNKNOWN): DROP})
    assert policy.wanted("night", UNKNOWN) is DROP
    assert policy.wanted(DAY, UNKNOWN) is PRESETS[DEFAULT_PRESET].tables[DAY][UNKNOWN]


def test_a_profile_of_ones_own_goes_by_its_choices_then_by_those_it_starts_from_then_by_the_preset() -> None:
    policy = Policy(own={"guests": "night"}, chosen={("night", UNKNOWN): DROP})
    assert policy.profiles == (*BASES, "guests")
    assert policy.wanted("guests", UNKNOWN) is DROP
    assert policy.wanted("guests", Category.FOREIGN) is VOICEMAIL
    mine = Policy(own={"guests": "night"}, chosen={("night", UNKNOWN): DROP, ("guests", UNKNOWN): RING})
    assert mine.wanted("guests", UNKNOWN) is RING
    assert mine.wanted("night", UNKNOWN) is DROP


def test_a_profile_or_preset_that_is_gone_counts_as_day_and_as_the_default() -> None:
    assert Policy(chosen={(DAY, UNKNOWN): DROP}).wanted("guests", UNKNOWN) is DROP
    assert Policy(preset="paranoid").wanted("night", UNKNOWN) is PRESETS[DEFAULT_PRESET].tables["night"][UNKNOWN]


def test_settings_become_choices_and_what_is_empty_or_unreadable_is_none() -> None:
    settings = {
        "treatment.day.unknown": "drop",
        "treatment.guests.withheld": "voicemail",
        "treatment.night.unknown": "",
        "treatment.night.withheld": "explode",
        "treatment.night.nobody": "drop",
        "treatment.unknown": "drop",
        "mode": "on",
    }
    assert chosen_of(settings) == {(DAY, UNKNOWN): DROP, ("guests", WITHHELD): VOICEMAIL}


@given(st.sampled_from([*BASES, "guests", "a-1"]), st.sampled_from(Category))
def test_the_name_of_a_setting_round_trips(profile: str, category: Category) -> None:
    assert cell_of(setting_of(profile, category)) == (profile, category)


@given(st.one_of(st.text(), st.text().map("treatment.".__add__)))
def test_no_name_raises(name: str) -> None:
    cell = cell_of(name)
    assert cell is None or setting_of(*cell) == name
