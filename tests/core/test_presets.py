"""The three presets: complete, and as their sentences promise."""

import pytest

from appliance.core.presets import ALWAYS_RING, BASES, DEFAULT_PRESET, KNOWN, PRESETS
from appliance.core.terms import Category, Treatment
from appliance.core.treatment import STAND_INS, allowed

RING, CHALLENGE, VOICEMAIL, DROP = Treatment.RING, Treatment.CHALLENGE, Treatment.VOICEMAIL, Treatment.DROP

# From the friendliest on. An answer bot and an announcement stand in no preset.
HARDNESS = [RING, CHALLENGE, VOICEMAIL, Treatment.DISCONNECTED, DROP]

BY_LAW_OR_BLOCKED = {Category.BLOCKED, Category.TELEMARKETING}
ALL = [(preset, base) for preset in PRESETS for base in BASES]


def hardness(preset: str, base: str, category: Category) -> int:
    return HARDNESS.index(PRESETS[preset].tables[base][category])


@pytest.mark.parametrize(("preset", "base"), ALL)
def test_every_preset_says_for_every_profile_and_every_category_something_that_is_allowed(
    preset: str, base: str
) -> None:
    table = PRESETS[preset].tables[base]
    assert list(table) == list(Category)
    assert all(treatment in allowed(category) for category, treatment in table.items())


@pytest.mark.parametrize(("preset", "base"), ALL)
def test_known_people_ring_and_what_is_blocked_or_for_sales_by_law_is_dropped_at_all_hours(
    preset: str, base: str
) -> None:
    table = PRESETS[preset].tables[base]
    assert {table[category] for category in ALWAYS_RING | KNOWN} == {RING}
    assert {table[category] for category in BY_LAW_OR_BLOCKED} == {DROP}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("preset", ["gentle", "balanced"])
def test_gentle_and_balanced_turn_away_nobody_who_could_be_wanted(preset: str, base: str) -> None:
    """Neither when everything exists, nor by what stands in until then."""
    table = PRESETS[preset].tables[base]
    turned_away = {category for category, treatment in table.items() if treatment not in {RING, CHALLENGE, VOICEMAIL}}
    stood_in = {category for category, treatment in table.items() if STAND_INS.get(treatment, treatment) is not RING}
    assert turned_away == stood_in == BY_LAW_OR_BLOCKED


def test_balanced_lets_by_day_only_people_ring_who_are_known_or_insist_and_challenges_the_rest() -> None:
    day = PRESETS["balanced"].tables["day"]
    ring = {category for category, treatment in day.items() if treatment is RING}
    assert ring == ALWAYS_RING | KNOWN | {Category.NEAR_CONTACT, Category.REPEAT}
    assert {day[category] for category in set(Category) - ring - BY_LAW_OR_BLOCKED} == {CHALLENGE}


def test_ranges_for_polls_and_charities_are_doubtful_and_only_who_wants_it_strict_turns_them_away() -> None:
    """`quietline check 0843123456` in Italy, `check 03031234567` in Brazil."""
    wanted = {preset: PRESETS[preset].tables["day"][Category.MASS_CALLS] for preset in PRESETS}
    assert wanted == {"gentle": CHALLENGE, "balanced": CHALLENGE, "strict": Treatment.DISCONNECTED}


def test_an_insistent_caller_rings_at_night_and_an_empty_house_is_not_rung_for_strangers() -> None:
    balanced = PRESETS["balanced"].tables
    assert balanced["night"][Category.REPEAT] is RING
    assert balanced["away"][Category.REPEAT] is VOICEMAIL
    assert CHALLENGE not in balanced["away"].values()


@pytest.mark.parametrize("preset", PRESETS)
def test_who_does_not_show_a_number_can_always_make_it_ring_while_somebody_is_at_home(preset: str) -> None:
    for base in ("day", "night"):
        table = PRESETS[preset].tables[base]
        assert {table[Category.WITHHELD], table[Category.NO_CALLER_ID]} <= {RING, CHALLENGE}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("category", Category)
def test_a_stricter_preset_is_never_friendlier(base: str, category: Category) -> None:
    gentle, balanced, strict = (hardness(preset, base, category) for preset in ("gentle", "balanced", "strict"))
    assert gentle <= balanced <= strict


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("category", Category)
def test_night_is_never_friendlier_than_day_and_away_never_friendlier_than_night(
    preset: str, category: Category
) -> None:
    day, night, away = (hardness(preset, base, category) for base in BASES)
    assert day <= night <= away


def test_every_preset_says_what_it_means_in_one_sentence_and_one_for_each_profile() -> None:
    for preset in PRESETS.values():
        sentences = [preset.meaning, *preset.meanings.values()]
        assert list(preset.meanings) == list(BASES)
        assert all(sentence.endswith(".") and sentence.count(".") == 1 for sentence in sentences)
    assert DEFAULT_PRESET in PRESETS
