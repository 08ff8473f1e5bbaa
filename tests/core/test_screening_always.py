"""What must hold whoever calls and whatever a household has listed, switched and been called by before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import identify
from appliance.core.household import Category, Entry, EntryKind, ListName
from appliance.core.presets import ALWAYS_RING, KNOWN
from appliance.core.rule import Rule, Verdict
from appliance.core.rules.opinions import OFF
from appliance.core.screening import RULES, screen, settled_by_number
from appliance.core.terms import Treatment
from appliance.core.treatment import treated
from tests.core.chance import CALLED, HOMES, NAMES, REPORTS, RINGS, entries
from tests.core.reports import NOW, Home, Shown, entry, past_call, reported

# A household that drops who is close to a wanted number, and lets strangers ring, would be blocked by a permit entry.
DROPPED = st.sets(st.sampled_from(sorted(set(Category) - {Category.NEAR_CONTACT}, key=str)))


@given(REPORTS, HOMES)
def test_permit_always_beats_block(report: Shown | None, home: Home) -> None:
    decision = home.decide(report)
    wanted = {o.rule for o in decision.trace if o.verdict} & {"permit_list", "contacts"}
    assert not wanted or (decision.verdict is Verdict.ALLOW and decision.category in ALWAYS_RING | KNOWN)


@given(REPORTS, HOMES, entries(st.sampled_from([ListName.PERMIT, ListName.CONTACT])), DROPPED)
def test_adding_a_permit_entry_never_blocks_anyone(
    report: Shown | None, home: Home, more: Entry, dropped: set[Category]
) -> None:
    before = replace(home, treatments=dict.fromkeys(dropped, Treatment.DROP))
    after = replace(before, entries=[more, *home.entries])
    caller = identify(report, home.country)
    was, now = (treated(screen(caller, h, NOW), h, NOW).treatment for h in (before.household(), after.household()))
    assert now in {was, Treatment.RING}


@given(REPORTS, HOMES)
def test_expired_entries_never_act(report: Shown | None, home: Home) -> None:
    live = replace(home, entries=[e for e in home.entries if e.live(NOW)])
    assert home.decide(report) == live.decide(report)


@given(REPORTS, HOMES)
def test_the_winner_of_the_trace_is_the_decision_and_every_rule_has_its_line(report: Shown | None, home: Home) -> None:
    decision = home.decide(report)
    assert [opinion.rule for opinion in decision.trace] == [rule.name for rule in RULES]
    assert all(opinion.saw.endswith(".") for opinion in decision.trace)
    winner = next(o for o in decision.trace if o.verdict is not None)
    assert (winner.rule, winner.verdict, winner.category, winner.entry) == (
        decision.reason,
        decision.verdict,
        decision.category,
        decision.entry,
    )
    assert decision.entry is None or decision.entry.live(NOW)


@given(REPORTS, HOMES, st.sampled_from([rule for rule in RULES if rule.switch]))
def test_a_rule_that_is_switched_off_never_decides_and_changes_nothing_else(
    report: Shown | None, home: Home, rule: Rule
) -> None:
    name = rule.name
    before, after = (replace(home, switched={**home.switched, name: on}).decide(report) for on in (True, False))
    assert after.reason != name
    assert after.reason == before.reason or before.reason == name
    assert next(o for o in after.trace if o.rule == name).saw == OFF


@given(REPORTS, HOMES)
def test_every_opinion_is_of_a_category_that_its_rule_may_give(report: Shown | None, home: Home) -> None:
    may = {rule.name: {None, *rule.categories} for rule in RULES}
    assert all(opinion.category in may[opinion.rule] for opinion in home.decide(report).trace)


@given(REPORTS, HOMES, NAMES, CALLED, RINGS, RINGS)
def test_what_the_number_settled_nothing_that_follows_changes(
    report: Shown | None, home: Home, name: str | None, dialled: str | None, ring: str | None, later: str | None
) -> None:
    early = identify(replace(report, name=None, dialled=None) if report else None, "US", ring=ring)
    settled = settled_by_number(early, home.household(), NOW)
    if settled is not None:
        whole = identify(replace(report, name=name, dialled=dialled) if report else None, "US", ring=ring or later)
        decision = screen(whole, home.household(), NOW)
        assert (decision.category, decision.verdict) == (settled.category, settled.verdict)


DRESSES = [
    ("US", "212", "+12125550123", ["2125550123", "12125550123", "01112125550123", "(212) 555-0123", "5550123"]),
    ("GB", "20", "+442079460123", ["02079460123", "2079460123", "00442079460123", "020 7946 0123", "79460123"]),
    ("DE", "30", "+493023125123", ["03023125123", "004930 23125123", "+49 (0)30 23125-123"]),
]


@pytest.mark.parametrize(
    ("country", "area", "number", "shown"),
    [(country, area, number, dress) for country, area, number, dresses in DRESSES for dress in (number, *dresses)],
)
@pytest.mark.parametrize("kind", [EntryKind.EXACT, EntryKind.PREFIX, EntryKind.PATTERN])
def test_a_number_in_other_dress_is_the_same_caller_in_every_list_and_rule(
    country: str, area: str, number: str, shown: str, kind: EntryKind
) -> None:
    value = {EntryKind.EXACT: number, EntryKind.PREFIX: number[:-3], EntryKind.PATTERN: f"{number[:-3]}*"}[kind]
    home = Home(country=country, area_code=area)
    for name, category in (
        (ListName.PERMIT, Category.PERMITTED),
        (ListName.CONTACT, Category.CONTACT),
        (ListName.BLOCK, Category.BLOCKED),
    ):
        assert replace(home, entries=[entry(name, value, kind)]).decide(Shown(shown)).category is category
    assert replace(home, reports={number: reported()}).decide(Shown(shown)).category is Category.REPORTED
    calls = [past_call(number, 600)]
    assert replace(home, calls=calls).decide(Shown(shown)).category is Category.REPEAT
