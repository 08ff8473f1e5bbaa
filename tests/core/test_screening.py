"""May this caller through? The order of the rules, the weight of entries, and the trace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appliance.core.caller import identify
from appliance.core.explaining import sentence
from appliance.core.household import Category, Entry, EntryKind, ListName, Treatment
from appliance.core.rule import Decision, Verdict
from appliance.core.screening import RULES, screen
from tests.core.reports import NOW, Home, Shown, Why, entry, past_call, reported, saw

PERMIT, BLOCK = ListName.PERMIT, ListName.BLOCK
EXACT, PREFIX, PATTERN, NAME = EntryKind.EXACT, EntryKind.PREFIX, EntryKind.PATTERN, EntryKind.NAME
DIALLED, RING = EntryKind.DIALLED, EntryKind.RING
NUMBER = "+12125550123"
HOUR = timedelta(hours=1)


def decide(report: Shown | None, *entries: Entry, country: str = "US") -> Decision:
    return screen(identify(report, country), Home(entries, country).household(), NOW)


ACME = Shown("2125550123", "ACME ROOFING")
CLINIC = Shown(name="CLINIC", absence=Why.PRIVATE)


def test_the_rules_are_asked_in_this_order() -> None:
    assert [rule.name for rule in RULES] == [
        "permit_next",
        "expected_call",
        "permit_list",
        "contacts",
        "near_contact",
        "block_list",
        "emergency",
        "burst",
        "withheld",
        "unavailable",
        "no_caller_id",
        "damaged_caller_id",
        "impossible",
        "own_number",
        "telemarketing",
        "reserved",
        "carrier_label",
        "reported",
        "repeat_caller",
        "neighbour_spoofing",
        "name_is_number",
        "name_is_place",
        "ping_caller",
        "premium",
        "toll_free",
        "foreign",
        "unknown",
    ]


def test_every_category_is_given_by_some_rule_and_few_rules_are_off_as_delivered() -> None:
    assert {category for rule in RULES for category in rule.categories} == set(Category)
    assert {rule.name for rule in RULES if not rule.on} == {"burst", "toll_free"}
    assert all(rule.on for rule in RULES if not rule.switch)


ALL = Home(
    [
        entry(PERMIT, NUMBER),
        entry(ListName.CONTACT, NUMBER),
        entry(PERMIT, "+12125550124"),
        entry(BLOCK, NUMBER),
    ],
    expecting_until=NOW + HOUR,
    permit_next_until=NOW + HOUR,
    reports={NUMBER: reported()},
    calls=[
        past_call("2125550123", 600),
        past_call("2125550123", 500, short=True),
        past_call("2125550123", 400, short=True),
        past_call("2125550188", 10, blocked=True),
    ],
    switched={"burst": True},
)


def test_of_many_reasons_the_first_in_the_order_decides() -> None:
    """One household in which much speaks about one caller: what decided is taken away, one by one."""
    home, decided = ALL, [""]
    while decided[-1] != "unknown":
        decided.append(home.decide(Shown("2125550123", "SPAM? 2125550123")).reason)
        home = _without(decided[-1], home)
    assert decided[1:] == [
        "permit_next",
        "permit_list",
        "contacts",
        "block_list",  # while the block list holds the caller, neither of the next two speaks
        "expected_call",
        "near_contact",
        "burst",
        "carrier_label",
        "reported",
        "repeat_caller",
        "ping_caller",
        "unknown",
    ]


def _without(reason: str, home: Home) -> Home:
    """The same household, in which that rule has nothing to say any more."""
    gone = {"permit_list": PERMIT, "contacts": ListName.CONTACT, "block_list": BLOCK}.get(reason)
    if reason == "permit_next":
        return replace(home, permit_next_until=None)
    if reason == "expected_call":
        return replace(home, expecting_until=None)
    if gone is not None:
        return replace(home, entries=[e for e in home.entries if (e.list, e.value) != (gone, NUMBER)])
    return replace(home, switched={**home.switched, reason: False})


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
        (Shown("911"), [], Verdict.ALLOW, Category.EMERGENCY, "emergency"),
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


def test_of_two_spellings_of_a_number_the_whole_one_is_named() -> None:
    for entries in (
        [entry(BLOCK, NUMBER), entry(BLOCK, "2125550123")],
        [entry(BLOCK, "2125550123"), entry(BLOCK, NUMBER)],
    ):
        found = decide(ACME, *entries).entry
        assert found is not None
        assert found.value == NUMBER


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
    assert (dropped.verdict, saw(dropped, "block_list")) == (
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


def test_the_trace_has_every_rule_in_order_also_after_the_winner() -> None:
    decision = decide(ACME, entry(PERMIT, NUMBER, label="Aunt May"), entry(BLOCK, "+1212", PREFIX))
    assert [opinion.rule for opinion in decision.trace] == [rule.name for rule in RULES]
    assert [o.rule for o in decision.trace if o.verdict] == ["permit_list", "block_list", "unknown"]
    assert saw(decision, "permit_list") == "The number is on your permit list (Aunt May)."
    assert saw(decision, "block_list") == "Numbers that begin with +1212 are on your block list."


def test_every_line_of_every_trace_is_one_plain_sentence() -> None:
    reports = [ACME, Shown("0000000000"), Shown(absence=Why.PRIVATE), Shown(absence=Why.UNAVAILABLE), None]
    for report in reports:
        for opinion in decide(report, entry(BLOCK, "*{0}*", NAME, label="{braces}")).trace:
            assert opinion.saw.endswith(".")
            assert len(opinion.saw) < 200
