"""What is done with a call: the profile in force, who always gets through, what can be done, what is offered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import identify
from appliance.core.household import EntryKind, Household, ListName
from appliance.core.policy import Policy
from appliance.core.presets import ALWAYS_RING, BASES, KNOWN, PRESETS
from appliance.core.rule import Decision, Verdict
from appliance.core.schedule_text import schedule_of
from appliance.core.screening import screen
from appliance.core.terms import Category, Treatment
from appliance.core.treatment import (
    EXISTING,
    STAND_INS,
    allowed,
    next_profile,
    profile_now,
    refusal,
    selectable,
    treated,
)
from tests.core.reports import NOW, Home, Index, Shown, entry

RING, CHALLENGE, VOICEMAIL, DROP = Treatment.RING, Treatment.CHALLENGE, Treatment.VOICEMAIL, Treatment.DROP
DISCONNECTED = Treatment.DISCONNECTED
NUMBER = "+12125550123"
NIGHTS = schedule_of("night mon-sun 22:00-07:00", "", "", BASES)
NEW_YORK = ZoneInfo("America/New_York")
AT_NIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # three in the morning in New York
TALKING = frozenset(Treatment)


def home(policy: Policy, clock_floor: datetime | None = None) -> Household:
    return Home(policy=policy, zone=NEW_YORK, clock_floor=clock_floor).household()


def call(category: Category) -> Decision:
    return Decision(Verdict.SCREEN, category, "", None, ())


def listed(category: Category, on: ListName, *, vip: bool) -> Decision:
    return Decision(Verdict.ALLOW, category, "", entry(on, NUMBER, vip=vip), (), vip)


# The profile in force.


def test_the_profile_goes_by_the_wall_at_home_and_is_told_with_the_treatment() -> None:
    house = home(Policy(schedule=NIGHTS, chosen={("night", Category.UNKNOWN): DROP, ("day", Category.UNKNOWN): RING}))
    night = treated(call(Category.UNKNOWN), house, AT_NIGHT)
    assert (night.treatment, night.wanted, night.profile) == (DROP, DROP, "night")
    assert night.because == "Night, as every day from 22:00 to 07:00."
    day = treated(call(Category.UNKNOWN), house, AT_NIGHT + timedelta(hours=4))
    assert (day.treatment, day.profile, day.because) == (RING, "day", "Day, because nothing else is set for this time.")


def test_a_clock_that_is_not_set_makes_it_day_whatever_the_schedule_says() -> None:
    """A Pi without a clock wakes up in the past, until the network tells it the time."""
    override = schedule_of("", "", "away 2026-12-01T00:00+00:00", BASES)
    for schedule in (NIGHTS, override):
        house = home(Policy(schedule=schedule), clock_floor=AT_NIGHT)
        for woken in (AT_NIGHT - timedelta(seconds=1), datetime(1970, 1, 1, 8, tzinfo=UTC)):
            assert profile_now(house, woken).profile == "day"
            assert profile_now(house, woken).because == "Day, because the clock of this box is not set yet."
            assert next_profile(house, woken) is None
        assert profile_now(house, AT_NIGHT).profile != "day"
        assert next_profile(house, AT_NIGHT) is not None


def test_the_next_profile_comes_at_a_time_of_the_wall_at_home() -> None:
    change = next_profile(home(Policy(schedule=NIGHTS)), AT_NIGHT)
    assert change == (datetime(2026, 11, 23, 7, 0, tzinfo=NEW_YORK), "day")


# Who always gets through, and who never does.


def test_what_the_household_asked_for_and_emergencies_ring_whatever_was_chosen() -> None:
    for category in ALWAYS_RING:
        house = home(Policy(preset="strict", chosen={("day", category): DROP}))
        assert treated(call(category), house, NOW).treatment is RING


@pytest.mark.parametrize("category", [category for category in Category if category in KNOWN])
def test_people_who_are_known_may_be_kept_quiet_by_night_but_are_never_turned_away(category: Category) -> None:
    quiet = home(Policy(schedule=NIGHTS, chosen={("night", category): VOICEMAIL}))
    assert treated(call(category), quiet, AT_NIGHT, existing=TALKING).treatment is VOICEMAIL
    for wish in (DROP, DISCONNECTED, Treatment.ANNOUNCE, Treatment.ANSWER_BOT):
        house = home(Policy(schedule=NIGHTS, chosen={("night", category): wish}))
        assert treated(call(category), house, AT_NIGHT, existing=TALKING).treatment is RING


def test_a_vip_rings_at_all_hours_and_a_plain_entry_as_was_chosen() -> None:
    house = home(Policy(schedule=NIGHTS, chosen={("night", category): VOICEMAIL for category in KNOWN}))
    for category, on in ((Category.PERMITTED, ListName.PERMIT), (Category.CONTACT, ListName.CONTACT)):
        assert treated(listed(category, on, vip=True), house, AT_NIGHT, existing=TALKING).wanted is RING
        assert treated(listed(category, on, vip=False), house, AT_NIGHT, existing=TALKING).wanted is VOICEMAIL


VOICEMAIL_AT_NIGHT = {("night", Category.PERMITTED): VOICEMAIL, ("night", Category.CONTACT): VOICEMAIL}


@pytest.mark.parametrize("on", [ListName.PERMIT, ListName.CONTACT])
def test_a_vip_stays_one_when_another_entry_is_named_as_the_reason(on: ListName) -> None:
    """As after `quietline permit add 2125550123` for a contact with --vip, or for one of a school's numbers."""
    entries = [entry(ListName.PERMIT, NUMBER), entry(on, "+1212", EntryKind.PREFIX, vip=True)]
    for vip in (True, False):
        house = replace(
            home(Policy(schedule=NIGHTS, chosen=VOICEMAIL_AT_NIGHT)), index=Index(tuple(entries[: 1 + vip]))
        )
        decision = screen(identify(Shown("2125550123"), "US"), house, AT_NIGHT)
        assert (decision.entry, decision.vip) == (entries[0], vip)
        assert treated(decision, house, AT_NIGHT, existing=TALKING).wanted is (RING if vip else VOICEMAIL)


def test_an_entry_of_the_block_list_makes_nobody_a_vip() -> None:
    entries = (entry(ListName.CONTACT, NUMBER), entry(ListName.BLOCK, "+1212", EntryKind.PREFIX, vip=True))
    assert not Home(entries).decide(Shown("2125550123")).vip


def test_who_is_near_to_a_vip_is_no_vip() -> None:
    near = listed(Category.NEAR_CONTACT, ListName.CONTACT, vip=True)
    house = home(Policy(schedule=NIGHTS, chosen={("night", Category.NEAR_CONTACT): DROP}))
    assert treated(near, house, AT_NIGHT).treatment is DROP


def test_who_is_blocked_never_rings_not_even_as_a_vip() -> None:
    house = home(Policy(chosen={("day", Category.BLOCKED): RING}))
    blocked = listed(Category.BLOCKED, ListName.BLOCK, vip=True)
    assert treated(blocked, house, NOW).treatment is DROP
    choice = home(Policy(chosen={("day", Category.BLOCKED): DISCONNECTED}))
    assert treated(blocked, choice, NOW, existing=TALKING).treatment is DISCONNECTED


# What this version can do.


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("base", BASES)
def test_a_preset_takes_effect_as_soon_as_its_treatments_exist_and_is_stood_in_for_until_then(
    preset: str, base: str
) -> None:
    schedule = schedule_of("", "", f"{base} 2026-12-01T00:00+00:00", BASES)
    house = home(Policy(preset=preset, schedule=schedule))
    for category, wanted in PRESETS[preset].tables[base].items():
        now = treated(call(category), house, NOW)
        assert (now.profile, now.wanted) == (base, wanted)
        assert now.treatment is (wanted if wanted in EXISTING else STAND_INS[wanted])
        assert treated(call(category), house, NOW, existing=TALKING).treatment is wanted
        assert treated(call(category), house, NOW, existing=EXISTING | {wanted}).treatment is wanted


def test_what_stands_in_exists_and_no_doubt_ends_in_a_drop() -> None:
    assert set(STAND_INS) == set(Treatment) - {RING, DROP}
    assert set(STAND_INS.values()) <= {RING, DROP} <= EXISTING
    assert {STAND_INS[CHALLENGE], STAND_INS[VOICEMAIL], STAND_INS[Treatment.ANNOUNCE]} == {RING}


# What can be chosen.


@pytest.mark.parametrize(
    ("category", "today", "later"),
    [
        (Category.UNKNOWN, (RING, DROP), tuple(Treatment)),
        (Category.REPEAT, (RING, DROP), tuple(Treatment)),
        (Category.BLOCKED, (DROP,), tuple(Treatment)[1:]),
        (Category.PERMITTED, (RING,), (RING, CHALLENGE, VOICEMAIL)),
        (Category.CONTACT, (RING,), (RING, CHALLENGE, VOICEMAIL)),
        (Category.EMERGENCY, (RING,), (RING,)),
        (Category.EXPECTED, (RING,), (RING,)),
    ],
)
def test_a_household_chooses_among_what_exists_and_makes_sense(
    category: Category, today: tuple[Treatment, ...], later: tuple[Treatment, ...]
) -> None:
    assert selectable(category, existing=frozenset({RING, DROP})) == today
    assert selectable(category, existing=TALKING) == later


@pytest.mark.parametrize("treatment", list(STAND_INS))
def test_what_does_not_exist_yet_is_refused_in_a_sentence_until_it_does(treatment: Treatment) -> None:
    said = refusal(treatment, existing=frozenset({RING, DROP}))
    assert said is not None
    assert said.endswith("cannot be chosen yet: Quietline cannot talk to callers in this version.")
    assert refusal(treatment, existing=TALKING) is None


def test_a_choice_that_makes_no_sense_is_refused_in_a_sentence_that_says_what_to_do() -> None:
    assert refusal(CHALLENGE, existing=frozenset({RING, DROP})) == (
        "Asking the caller to press a key cannot be chosen yet: Quietline cannot talk to callers in this version."
    )
    assert refusal(RING, Category.BLOCKED) == (
        "A caller on your block list never rings: take the caller off the list instead."
    )
    assert refusal(DROP, Category.CONTACT) == (
        "People on your permit list and contacts are never turned away: take them off the list instead."
    )
    assert refusal(DROP, Category.EMERGENCY) == (
        "These calls always ring: you asked for them, or they may be a matter of life."
    )


CATEGORIES, TREATMENTS = st.sampled_from(Category), st.sampled_from(Treatment)
EXIST = st.frozensets(TREATMENTS).map({RING, DROP}.union).map(frozenset)


@given(CATEGORIES, TREATMENTS, EXIST)
def test_a_treatment_is_refused_exactly_when_it_cannot_be_selected(
    category: Category, treatment: Treatment, existing: frozenset[Treatment]
) -> None:
    refused = refusal(treatment, category, existing=existing) is not None
    assert refused is (treatment not in selectable(category, existing=existing))


@given(CATEGORIES, st.dictionaries(st.tuples(st.sampled_from(BASES), CATEGORIES), TREATMENTS), EXIST)
def test_whatever_is_stored_only_what_exists_is_done_and_only_what_is_allowed_is_wanted(
    category: Category, chosen: dict[tuple[str, Category], Treatment], existing: frozenset[Treatment]
) -> None:
    found = treated(call(category), home(Policy(chosen=chosen)), NOW, existing=existing)
    assert found.treatment in existing
    assert found.wanted in allowed(category)
