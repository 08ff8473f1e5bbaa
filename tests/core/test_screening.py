"""May this caller through? The order of the rules, the weight of entries, the words, and what must always hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import Caller, identify
from appliance.core.explaining import sentence, sentence_for
from appliance.core.household import Category, Entry, EntryKind, ListName, Treatment
from appliance.core.rule import Decision, Verdict
from appliance.core.screening import RULES, screen, settled_by_number
from appliance.core.treatment import treatment_for
from tests.core.reports import NOW, Home, Shown, Why, entry

PERMIT, BLOCK = ListName.PERMIT, ListName.BLOCK
EXACT, PREFIX, PATTERN, NAME = EntryKind.EXACT, EntryKind.PREFIX, EntryKind.PATTERN, EntryKind.NAME
DIALLED, RING = EntryKind.DIALLED, EntryKind.RING
NUMBER = "+12125550123"
HOUR = timedelta(hours=1)


def decide(report: Shown | None, *entries: Entry, country: str = "US") -> Decision:
    return screen(identify(report, country), Home(entries, country).household(), NOW)


ACME = Shown("2125550123", "ACME ROOFING")
CLINIC = Shown(name="CLINIC", absence=Why.PRIVATE)


@pytest.mark.parametrize(
    ("report", "entries", "verdict", "category", "reason"),
    [
        (ACME, [], Verdict.SCREEN, Category.UNKNOWN, "unknown"),
        (ACME, [entry(BLOCK, NUMBER)], Verdict.BLOCK, Category.BLOCKED, "block_list"),
        (ACME, [entry(BLOCK, "+1212", PREFIX)], Verdict.BLOCK, Category.BLOCKED, "block_list"),
        (ACME, [entry(BLOCK, "2125*", PATTERN)], Verdict.BLOCK, Category.BLOCKED, "block_list"),
        (ACME, [entry(BLOCK, "*ROOF*", NAME)], Verdict.BLOCK, Category.BLOCKED, "block_list"),
        (ACME, [entry(PERMIT, NUMBER)], Verdict.ALLOW, Category.PERMITTED, "permit_list"),
        (ACME, [entry(BLOCK, NUMBER), entry(PERMIT, "ACME*", NAME)], Verdict.ALLOW, Category.PERMITTED, "permit_list"),
        (ACME, [entry(BLOCK, NUMBER, until=NOW)], Verdict.SCREEN, Category.UNKNOWN, "unknown"),
        (ACME, [entry(BLOCK, "+1213", PREFIX)], Verdict.SCREEN, Category.UNKNOWN, "unknown"),
        (Shown(absence=Why.PRIVATE), [], Verdict.SCREEN, Category.WITHHELD, "withheld"),
        (Shown(absence=Why.UNAVAILABLE), [], Verdict.SCREEN, Category.UNAVAILABLE, "unavailable"),
        (Shown(name="ACME"), [], Verdict.SCREEN, Category.UNAVAILABLE, "unavailable"),
        (None, [], Verdict.SCREEN, Category.NO_CALLER_ID, "no_caller_id"),
        (Shown("0000000000"), [], Verdict.SCREEN, Category.IMPOSSIBLE, "impossible"),
        (Shown("911"), [], Verdict.SCREEN, Category.UNKNOWN, "unknown"),
        (Shown("0000000000"), [entry(PERMIT, "0000000000")], Verdict.ALLOW, Category.PERMITTED, "permit_list"),
        (CLINIC, [entry(PERMIT, "CLINIC", NAME)], Verdict.ALLOW, Category.PERMITTED, "permit_list"),
    ],
)  # fmt: skip
def test_a_call_is_decided_by_the_first_rule_that_knows_it(
    report: Shown | None, entries: list[Entry], verdict: Verdict, category: Category, reason: str
) -> None:
    decision = decide(report, *entries)
    assert (decision.verdict, decision.category, decision.reason) == (verdict, category, reason)


@pytest.mark.parametrize("shown", ["2125550123", "12125550123", "+12125550123", "01112125550123", "(212) 555-0123"])
def test_a_listed_number_is_found_in_every_dress(shown: str) -> None:
    assert decide(Shown(shown), entry(BLOCK, NUMBER)).category is Category.BLOCKED


def test_a_prefix_kept_in_national_digits_still_finds_the_number_in_every_dress() -> None:
    for shown in ("0900123456", "900123456", "0031900123456"):
        assert decide(Shown(shown), entry(BLOCK, "0900", PREFIX), country="NL").category is Category.BLOCKED


def test_exact_beats_prefix_beats_pattern_beats_name_and_the_longest_prefix_wins() -> None:
    entries = [
        entry(BLOCK, "*", NAME),
        entry(BLOCK, "+1*", PATTERN),
        entry(BLOCK, "+1", PREFIX),
        entry(BLOCK, "+1212", PREFIX),
        entry(BLOCK, NUMBER),
    ]
    expected = [EXACT, PREFIX, PREFIX, PATTERN, NAME]
    values = []
    for kind in expected:
        found = decide(ACME, *entries).entry
        assert found is not None
        assert found.kind is kind
        values.append(found.value)
        entries.remove(found)
    assert values == [NUMBER, "+1212", "+1", "+1*", "*"]


def test_an_expired_entry_does_not_hide_a_live_one_behind_it() -> None:
    decision = decide(ACME, entry(BLOCK, "+1212", PREFIX, until=NOW - HOUR), entry(BLOCK, "+1", PREFIX))
    assert decision.entry is not None
    assert decision.entry.value == "+1"


@pytest.mark.parametrize("number", [None, "2125550188", "0000000000"])
def test_calls_to_a_number_of_ours_can_be_dropped_and_let_through_whoever_calls(number: str | None) -> None:
    report = Shown(number, absence=None if number else Why.PRIVATE, dialled="2125550142")
    block, permit = entry(BLOCK, "+12125550142", DIALLED, label="Fax"), entry(PERMIT, "+12125550142", DIALLED)
    dropped = decide(report, block)
    assert dropped.verdict is Verdict.BLOCK
    assert sentence(dropped, Treatment.DROP) == (
        "Blocked because the number that was called is on your block list (Fax)."
    )
    assert decide(report, block, permit).verdict is Verdict.ALLOW
    assert decide(replace(report, dialled="2125550143"), block).verdict is Verdict.SCREEN
    assert decide(replace(report, dialled=None), block).verdict is Verdict.SCREEN


@pytest.mark.parametrize("heard", ["B", "b", "RING B"])
def test_calls_that_ring_in_a_way_can_be_dropped_and_let_through_also_without_caller_id(heard: str) -> None:
    home = Home([entry(BLOCK, "B", RING)]).household()
    dropped = screen(identify(None, "US", ring=heard), home, NOW)
    assert (dropped.verdict, dropped.trace[2].saw) == (
        Verdict.BLOCK,
        "Calls that ring as B are on your block list.",
    )
    assert screen(identify(None, "US", ring="A"), home, NOW).verdict is Verdict.SCREEN
    assert screen(identify(None, "US"), home, NOW).verdict is Verdict.SCREEN
    permitted = Home([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING)]).household()
    assert screen(identify(ACME, "US", ring=heard), permitted, NOW).verdict is Verdict.ALLOW


def test_who_calls_is_named_before_what_was_called_and_the_networks_word_before_the_ring() -> None:
    entries = [entry(BLOCK, "B", RING), entry(BLOCK, "0142", DIALLED), entry(BLOCK, "ACME*", NAME)]
    caller = identify(replace(ACME, dialled="2125550142"), "US", ring="B")
    for kind in (NAME, DIALLED, RING):
        found = screen(caller, Home(entries).household(), NOW).entry
        assert found is not None
        assert found.kind is kind
        entries.remove(found)


def test_a_damaged_report_is_judged_as_none_and_says_why() -> None:
    home = Home([entry(BLOCK, NUMBER)], treatments={Category.NO_CALLER_ID: Treatment.DROP}).household()
    decision = screen(identify(None, "US", damaged=True), home, NOW)
    assert (decision.category, decision.reason) == (Category.NO_CALLER_ID, "damaged_caller_id")
    assert treatment_for(decision, home, NOW) is Treatment.DROP
    assert sentence(decision, Treatment.DROP) == (
        "Blocked because the Caller ID arrived damaged and tells nothing that can be trusted."
    )


def test_the_next_call_is_permitted_whoever_it_is_until_that_runs_out() -> None:
    home = Home([entry(BLOCK, NUMBER)], permit_next_until=NOW + HOUR).household()
    caller = identify(ACME, "US")
    assert screen(caller, home, NOW).category is Category.PERMITTED_NEXT
    assert screen(caller, home, NOW + HOUR).category is Category.BLOCKED


def test_the_trace_has_every_rule_in_order_also_after_the_winner() -> None:
    decision = decide(ACME, entry(PERMIT, NUMBER, label="Aunt May"), entry(BLOCK, "+1212", PREFIX))
    assert [opinion.rule for opinion in decision.trace] == [rule.name for rule in RULES]
    assert [o.rule for o in decision.trace if o.verdict] == ["permit_list", "block_list", "unknown"]
    assert decision.trace[1].saw == "The number is on your permit list (Aunt May)."
    assert decision.trace[2].saw == "Numbers that begin with +1212 are on your block list."


def test_every_line_of_every_trace_is_one_plain_sentence() -> None:
    reports = [ACME, Shown("0000000000"), Shown(absence=Why.PRIVATE), Shown(absence=Why.UNAVAILABLE), None]
    for report in reports:
        for opinion in decide(report, entry(BLOCK, "*{0}*", NAME, label="{braces}")).trace:
            assert opinion.saw.endswith(".")
            assert len(opinion.saw) < 100


# Names may only matter where the number left it open.


@pytest.mark.parametrize(
    ("entries", "settled"),
    [
        ([entry(BLOCK, NUMBER)], Verdict.BLOCK),
        ([entry(BLOCK, NUMBER), entry(BLOCK, "ACME", NAME)], Verdict.BLOCK),
        ([entry(BLOCK, NUMBER), entry(PERMIT, "AUNT*", NAME)], None),
        ([entry(BLOCK, NUMBER), entry(PERMIT, "AUNT*", NAME, until=NOW)], Verdict.BLOCK),
        ([entry(PERMIT, NUMBER), entry(BLOCK, "ACME", NAME)], Verdict.ALLOW),
        ([entry(BLOCK, "ACME", NAME)], None),
        ([], Verdict.SCREEN),
        ([entry(BLOCK, NUMBER), entry(PERMIT, "5550142", DIALLED)], None),
        ([entry(BLOCK, NUMBER), entry(BLOCK, "5550142", DIALLED)], Verdict.BLOCK),
        ([entry(BLOCK, "5550142", DIALLED)], None),
        ([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING)], None),
        ([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING, until=NOW)], Verdict.BLOCK),
    ],
)
def test_a_number_settles_the_call_when_no_name_can_change_it(entries: list[Entry], settled: Verdict | None) -> None:
    decision = settled_by_number(identify(Shown("2125550123"), "US"), Home(entries).household(), NOW)
    assert (decision.verdict if decision else None) is settled


def test_a_ring_that_is_known_already_leaves_nothing_open() -> None:
    home = Home([entry(BLOCK, NUMBER), entry(PERMIT, "B", RING)]).household()
    early = identify(Shown("2125550123"), "US", ring="A")
    assert settled_by_number(early, home, NOW) is not None


@pytest.mark.parametrize(
    ("category", "treatment"),
    [
        (Category.PERMITTED_NEXT, Treatment.RING),
        (Category.PERMITTED, Treatment.RING),
        (Category.BLOCKED, Treatment.DROP),
        (Category.WITHHELD, Treatment.DROP),
        (Category.UNKNOWN, Treatment.RING),
    ],
)
def test_permitted_always_rings_blocked_is_dropped_and_the_rest_is_the_households_choice(
    category: Category, treatment: Treatment
) -> None:
    wish = {Category.WITHHELD: Treatment.DROP, Category.PERMITTED: Treatment.DROP, Category.BLOCKED: Treatment.RING}
    decision = Decision(Verdict.SCREEN, category, "", None, ())
    assert treatment_for(decision, Home(treatments=wish).household(), NOW) is treatment


def test_the_reason_is_one_sentence() -> None:
    blocked = decide(ACME, entry(BLOCK, NUMBER, label="Roof sellers"))
    assert sentence(blocked, Treatment.DROP) == "Blocked because the number is on your block list (Roof sellers)."
    assert sentence(decide(ACME), Treatment.RING) == "Let through because the caller is on neither of your lists."
    assert sentence_for("block_list", Treatment.DROP) == "Blocked because the caller is on your block list."
    assert sentence_for("impossible", Treatment.RING) == "Let through, although no telephone has such a number."
    assert sentence_for("gone", Treatment.RING) == "Let through because of a rule that no longer exists."


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_its_reason_in_words(rule: str) -> None:
    assert "no longer exists" not in sentence_for(rule, Treatment.RING)


# What must always hold.

NUMBERS = st.sampled_from(["2125550123", "12125550123", "+12125550199", "442079460123", "911", "0000000000", "885"])
CALLED = st.sampled_from([None, "2125550142", "5550143", "0142", "P", ""])
REPORTS = st.one_of(
    st.none(),
    st.builds(Shown, NUMBERS, st.sampled_from([None, "ACME ROOFING", "AUNT MAY", "SPAM?"]), st.none(), CALLED),
    st.builds(Shown, st.none(), st.sampled_from([None, "ACME ROOFING"]), st.sampled_from(Why), CALLED),
)
PATTERNS = st.sampled_from([None, "A", "B", "ring b"])
VALUES = {
    EXACT: st.sampled_from([NUMBER, "+12125550199", "911", "885", "0000000000"]),
    PREFIX: st.sampled_from(["+1", "+1212", "+44", "9", "0"]),
    PATTERN: st.sampled_from(["*", "+1*", "*0123", "???", "0*"]),
    NAME: st.sampled_from(["*", "ACME*", "AUNT MAY", "*?"]),
    DIALLED: st.sampled_from(["+12125550142", "5550143", "0142"]),
    RING: st.sampled_from(["A", "B"]),
}
UNTIL = st.sampled_from([None, None, NOW - HOUR, NOW, NOW + HOUR])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    kind = draw(st.sampled_from(EntryKind))
    return entry(draw(st.sampled_from(ListName)), draw(VALUES[kind]), kind, until=draw(UNTIL))


LISTS = st.lists(entries(), max_size=6)
HOMES = st.builds(Home, LISTS, permit_next_until=UNTIL)


def caller_of(report: Shown | None) -> Caller:
    return identify(report, "US")


@given(REPORTS, HOMES)
def test_permit_always_beats_block(report: Shown | None, home: Home) -> None:
    caller = caller_of(report)
    permits = replace(home, entries=[e for e in home.entries if e.list is PERMIT])
    if screen(caller, permits.household(), NOW).verdict is Verdict.ALLOW:
        assert screen(caller, home.household(), NOW).verdict is Verdict.ALLOW


@given(REPORTS, HOMES, entries())
def test_adding_a_permit_entry_never_blocks_anyone(report: Shown | None, home: Home, more: Entry) -> None:
    caller = caller_of(report)
    before = screen(caller, home.household(), NOW)
    after = screen(caller, replace(home, entries=[replace(more, list=PERMIT), *home.entries]).household(), NOW)
    assert after.verdict in {before.verdict, Verdict.ALLOW}


@given(REPORTS, HOMES)
def test_expired_entries_never_act(report: Shown | None, home: Home) -> None:
    caller = caller_of(report)
    live = replace(home, entries=[e for e in home.entries if e.live(NOW)])
    assert screen(caller, home.household(), NOW) == screen(caller, live.household(), NOW)


@given(REPORTS, HOMES)
def test_the_first_opinion_of_the_trace_is_the_decision(report: Shown | None, home: Home) -> None:
    decision = screen(caller_of(report), home.household(), NOW)
    winner = next(o for o in decision.trace if o.verdict is not None)
    assert (winner.rule, winner.verdict, winner.category, winner.entry) == (
        decision.reason,
        decision.verdict,
        decision.category,
        decision.entry,
    )
    assert decision.entry is None or decision.entry.live(NOW)


@given(REPORTS, HOMES, st.sampled_from([None, "ACME ROOFING", "AUNT MAY", "SPAM?"]), CALLED, PATTERNS, PATTERNS)
def test_what_the_number_settled_nothing_that_follows_changes(
    report: Shown | None, home: Home, name: str | None, dialled: str | None, ring: str | None, later: str | None
) -> None:
    early = identify(replace(report, name=None, dialled=None) if report else None, "US", ring=ring)
    settled = settled_by_number(early, home.household(), NOW)
    if settled is not None:
        whole = identify(replace(report, name=name, dialled=dialled) if report else None, "US", ring=ring or later)
        assert screen(whole, home.household(), NOW).verdict is settled.verdict


def test_every_treatment_is_covered_by_the_words_of_the_page() -> None:
    for treatment in Treatment:
        assert sentence_for("unknown", treatment).endswith(".")
