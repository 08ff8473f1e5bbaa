"""What a number alone settles, before the rest of the report: early where it can be, never where it must not be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appliance.core.caller import identify
from appliance.core.household import Category, Entry, EntryKind, ListName
from appliance.core.policy import Policy
from appliance.core.screening import screen, settled_by_number, whole
from appliance.core.terms import Treatment
from tests.core.reports import NOW, Home, Shown, entry, past_call, reported

PERMIT, CONTACT, BLOCK = ListName.PERMIT, ListName.CONTACT, ListName.BLOCK
NAME, DIALLED, RING = EntryKind.NAME, EntryKind.DIALLED, EntryKind.RING
NUMBER = "+12125550123"
HOUR = timedelta(hours=1)
STRANGER = Shown("2125550123")


def settled(home: Home, shown: Shown = STRANGER, ring: str | None = None) -> Category | None:
    decision = settled_by_number(identify(shown, home.country, ring=ring), home.household(), NOW)
    return decision.category if decision else None


# Names may only matter where the number left it open.


PERMITTED, BLOCKED = Category.PERMITTED, Category.BLOCKED

BY_LISTS: list[tuple[list[Entry], Category | None]] = [
    ([entry(BLOCK, NUMBER)], BLOCKED),
    ([entry(BLOCK, NUMBER), entry(BLOCK, "ACME", NAME)], BLOCKED),
    ([entry(BLOCK, NUMBER), entry(PERMIT, "AUNT*", NAME)], None),
    ([entry(BLOCK, NUMBER), entry(CONTACT, "AUNT*", NAME)], None),
    ([entry(BLOCK, NUMBER), entry(PERMIT, "AUNT*", NAME, until=NOW)], BLOCKED),
    ([entry(PERMIT, NUMBER)], PERMITTED),
    ([entry(PERMIT, NUMBER), entry(BLOCK, "ACME", NAME)], PERMITTED),
    ([entry(CONTACT, NUMBER)], Category.CONTACT),
    ([entry(CONTACT, NUMBER), entry(BLOCK, "ACME", NAME)], Category.CONTACT),
    ([entry(CONTACT, NUMBER), entry(PERMIT, "ACME", NAME)], None),
    ([entry(PERMIT, "+12125550124")], Category.NEAR_CONTACT),
    ([entry(PERMIT, "+12125550124"), entry(BLOCK, "ACME", NAME)], None),
    ([entry(BLOCK, "ACME", NAME)], None),
    ([], None),
    ([entry(BLOCK, NUMBER), entry(PERMIT, "5550142", DIALLED)], None),
    ([entry(BLOCK, NUMBER), entry(BLOCK, "5550142", DIALLED)], BLOCKED),
    ([entry(BLOCK, "5550142", DIALLED)], None),
    ([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING)], None),
    ([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING, until=NOW)], BLOCKED),
]


@pytest.mark.parametrize(("entries", "category"), BY_LISTS)
def test_a_number_settles_the_call_when_nothing_that_follows_can_change_it(
    entries: list[Entry], category: Category | None
) -> None:
    assert settled(Home(entries)) is category


SALES = Shown("+33162000000")
BY_RULES: list[tuple[Shown, Home, Category | None]] = [
    (SALES, Home(country="FR"), Category.TELEMARKETING),
    (SALES, Home([entry(PERMIT, "AUNT*", NAME)], country="FR"), None),
    (SALES, Home(country="FR", switched={"telemarketing": False}), None),
    (Shown("0000000000"), Home(), Category.IMPOSSIBLE),
    (STRANGER, Home(numbers=(NUMBER,)), Category.OWN_NUMBER),
    (STRANGER, Home(permit_next_until=NOW + HOUR), Category.PERMITTED_NEXT),
    (STRANGER, Home(expecting_until=NOW + HOUR), Category.EXPECTED),
    (STRANGER, Home([entry(PERMIT, "ACME", NAME)], expecting_until=NOW + HOUR), Category.EXPECTED),
    (STRANGER, Home([entry(BLOCK, "ACME", NAME)], expecting_until=NOW + HOUR), None),
    # A warning in the name may still come before any of these.
    (STRANGER, Home(reports={NUMBER: reported()}), None),
    (STRANGER, Home(reports={NUMBER: reported()}, switched={"carrier_label": False}), Category.REPORTED),
    (STRANGER, Home(calls=[past_call("2125550123", 600)]), None),
    # What a verified mark in the name would silence.
    (STRANGER, Home(numbers=("+12125550177",), switched={"carrier_label": False}), None),
]


@pytest.mark.parametrize(("shown", "home", "category"), BY_RULES)
def test_a_number_settles_the_call_when_no_rule_before_waits_for_a_name(
    shown: Shown, home: Home, category: Category | None
) -> None:
    assert settled(home, shown) is category


def test_a_ring_that_is_known_already_leaves_nothing_open() -> None:
    home = Home([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING)])
    assert settled(home, ring="A") is BLOCKED


def test_who_is_permitted_by_the_ring_may_still_turn_out_to_be_a_vip_by_name() -> None:
    by_ring = entry(PERMIT, "B", RING)
    assert settled(Home([by_ring]), ring="B") is PERMITTED
    assert settled(Home([by_ring, entry(PERMIT, "AUNT*", NAME, vip=True)]), ring="B") is None


def test_where_known_people_do_not_ring_the_number_waits_for_the_name_of_one_who_always_does() -> None:
    by_night = Policy(chosen={("day", PERMITTED): Treatment.VOICEMAIL})
    listed = [entry(PERMIT, NUMBER), entry(CONTACT, "AUNT*", NAME, vip=True)]
    assert settled(Home(listed)) is PERMITTED
    assert settled(Home(listed, policy=by_night)) is None
    assert settled(Home([replace(listed[0], vip=True), listed[1]], policy=by_night)) is PERMITTED
    assert settled(Home([listed[0], entry(BLOCK, "ACME", NAME)], policy=by_night)) is PERMITTED


def test_a_name_that_came_before_its_time_is_not_gone_by() -> None:
    """The early decision is about the number: the name may be cut, and the rest of it still on its way."""
    home = Home([entry(PERMIT, "AUNT", NAME), entry(BLOCK, NUMBER)])
    assert settled(home, Shown("2125550123", "AUNT")) is None


EARLY = [
    (STRANGER, Home([entry(BLOCK, NUMBER)])),
    (STRANGER, Home([entry(PERMIT, NUMBER)], switched={"emergency": False, "reported": False})),
    (SALES, Home(country="FR")),
    (STRANGER, Home(reports={NUMBER: reported()}, switched={"carrier_label": False})),
]


@pytest.mark.parametrize(("shown", "home"), EARLY)
def test_what_is_settled_early_is_told_up_to_the_rule_that_decided_and_wholly_when_there_is_time(
    shown: Shown, home: Home
) -> None:
    caller, household = identify(shown, home.country), home.household()
    decision = settled_by_number(caller, household, NOW)
    assert decision is not None
    assert decision.trace[-1].rule == decision.reason
    assert whole(decision, caller, household, NOW) == screen(caller, household, NOW)


def test_the_rest_of_an_early_trace_does_not_go_by_a_name_either() -> None:
    home = Home([entry(BLOCK, NUMBER)]).household()
    early = identify(Shown("2125550123", "SCAM LIKELY"), "US")
    decision = settled_by_number(early, home, NOW)
    assert decision is not None
    assert whole(decision, early, home, NOW) == screen(identify(STRANGER, "US"), home, NOW)
