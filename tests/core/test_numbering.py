"""The facts about numbers: every file is sound and reads well, ranges are found in every dress, slips are named."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core import numbering
from appliance.core.caller import identify, known_countries
from appliance.core.numbering import (
    ALWAYS_THROUGH,
    Action,
    BadData,
    Facts,
    Meaning,
    Range,
    countries_with_facts,
    facts_of,
    groups,
    text_of,
)
from appliance.core.numbering.facts import WILD
from appliance.core.numbering.reading import read_facts, read_groups
from tests.core.reports import Shown

PROMISED = [
    "US", "CA", "GB", "IE", "NL", "BE", "DE", "AT", "CH", "FR", "ES", "IT", "PT", "DK", "SE", "NO", "FI", "PL", "AU",
    "NZ", "IN", "BR", "CL", "AE", "EG", "MA",
]  # fmt: skip
COUNTRIES = countries_with_facts()


def test_every_promised_country_has_facts() -> None:
    assert set(PROMISED) <= set(COUNTRIES) <= set(known_countries())


def test_a_damaged_file_is_as_none_and_says_why_for_a_call_must_not_fail_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"groups.toml": text_of("groups.toml"), "fr.toml": text_of("fr.toml").replace("[[range]]", "[[rage]]")}
    monkeypatch.setattr(numbering, "text_of", lambda name: texts[name])
    facts_of.cache_clear()
    try:
        facts = facts_of("FR")
        caller = identify(Shown("0162123456"), "FR")
    finally:
        facts_of.cache_clear()
    assert facts.damage.startswith("fr.toml: unknown ['rage']")
    assert (caller.number, caller.fact) == ("+33162123456", None)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_facts_of_a_country_are_sound_and_read_well(country: str) -> None:
    facts = facts_of(country)
    assert not facts.damage
    assert facts.code
    assert facts.abroad
    assert 3 <= facts.neighbour_digits <= 6
    assert 2 <= facts.direct_dial_digits <= 3
    for one in facts.ranges:
        assert re.fullmatch(r"[A-Z].* (is|are|cannot|cost|belong|may|have|were) .*[^.,;]\.", one.sentence), one
        assert one.source
        assert one.lengths, f"{one.prefix} could be the beginning of anything"
        assert one.checked >= date(2026, 11, 22)
        assert one.since is None or one.since <= one.checked
        assert (one.meaning in ALWAYS_THROUGH) <= (one.action is Action.ALLOW)
        assert (one.meaning is Meaning.FICTITIOUS) <= (one.action is Action.OFF)
        assert (one.meaning is Meaning.SERVICE) <= (one.action is Action.ALLOW), "a hint decides nothing"


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_knows_its_emergency_numbers(country: str) -> None:
    assert any(one.meaning is Meaning.EMERGENCY for one in facts_of(country).ranges)


def test_countries_of_one_plan_share_their_facts_and_one_without_a_file_has_none() -> None:
    assert facts_of("JE") == facts_of("GB")
    assert facts_of("YT") == facts_of("RE")
    for stranger in ("ZW", "ZZ", "", "..", "../x", "us", "\u00df\u00df"):
        assert stranger == "us" or facts_of(stranger).ranges == ()
        assert facts_of(stranger).match("911") is None or stranger == "us"


def sample(one: Range) -> str:
    """A national number of a range."""
    told = one.prefix.replace(WILD, "2")
    return (told + "1234567890123")[: one.lengths[0]]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_range_is_found_in_every_dress_of_its_numbers(country: str) -> None:
    facts = facts_of(country)
    for one in facts.ranges:
        national = sample(one)
        found = facts.match(national)
        assert found is not None
        assert len(found.prefix) >= len(one.prefix) or (found.speaks and one.action is Action.OFF)
        for dress in (national, f"+{facts.code}{national}", f"{facts.abroad}{facts.code}{national}"):
            assert facts.find(dress) == (national, found)
        if len(national) > 6:
            assert facts.find(facts.trunk + national) == (national, found)


MANDATED = {
    "FR": "162 163 270 271 377 378 424 425 568 569 948 949 9475 9476 9477 9478 9479",
    "GP": "9475",
    "GF": "9476",
    "MQ": "9477",
    "RE": "9478 9479",
    "ES": "400",
    "CL": "809",
    "IN": "140",
    "BR": "303",
    "IT": "0844 0843",
}


@pytest.mark.parametrize(("country", "prefix"), [(c, prefix) for c in MANDATED for prefix in MANDATED[c].split()])
def test_a_prefix_that_law_sets_aside_for_sales_is_known_in_every_dress_and_never_impossible(
    country: str, prefix: str
) -> None:
    facts = facts_of(country)
    length = max(facts.ranges, key=lambda one: one.prefix == prefix).lengths
    national = (prefix + "1234567890")[: 10 if 10 in length else length[0]]
    trunk = facts.match(national).trunk  # type: ignore[union-attr]
    dresses = {trunk + national, facts.trunk + national, f"+{facts.code}{national}", f"{facts.code}{national}"}
    dresses |= {f"{facts.abroad}{facts.code}{national}"}
    callers = [identify(Shown(dress), country) for dress in sorted(dresses)]
    assert {caller.number for caller in callers} == {f"+{facts.code}{national}"}
    for caller in callers:
        assert caller.possible
        assert caller.fact is not None
        doubtful = (country, prefix) in {("BR", "303"), ("IT", "0843")}
        action = Action.SCREEN if doubtful else Action.BLOCK
        assert (caller.fact.meaning, caller.fact.action) == (Meaning.TELEMARKETING, action)
        assert caller.fact.prefix == prefix


@pytest.mark.parametrize(
    ("country", "shown", "meaning", "action"),
    [
        ("FR", "0937123456", Meaning.SERVICE, Action.ALLOW),
        ("IN", "1600123456", Meaning.SERVICE, Action.ALLOW),
        ("IN", "1601123456", Meaning.SERVICE, Action.ALLOW),
        ("IT", "456", Meaning.SERVICE, Action.ALLOW),
        ("CL", "6001234567", Meaning.SHARED_COST, Action.SCREEN),
        ("PE", "500123456", Meaning.TELEMARKETING, Action.OFF),
        ("US", "2125550123", Meaning.FICTITIOUS, Action.OFF),
        ("GB", "02079460123", Meaning.FICTITIOUS, Action.OFF),
        ("DE", "03023125123", Meaning.FICTITIOUS, Action.OFF),
        ("US", "2122110123", Meaning.RESERVED, Action.SCREEN),
        ("US", "9112550123", Meaning.RESERVED, Action.SCREEN),
        ("US", "3795560123", Meaning.RESERVED, Action.OFF),
        ("US", "2129765432", Meaning.PREMIUM, Action.SCREEN),
        ("US", "9005550199", Meaning.PREMIUM, Action.SCREEN),  # of films too, which hides nothing
        ("GB", "09098790123", Meaning.PREMIUM, Action.SCREEN),
        ("NL", "09008844", Meaning.HELPLINE, Action.ALLOW),
        ("DE", "19222", Meaning.HELPLINE, Action.ALLOW),
        ("DE", "+49110", Meaning.EMERGENCY, Action.ALLOW),
        ("IT", "112", Meaning.EMERGENCY, Action.ALLOW),
        ("AU", "000", Meaning.EMERGENCY, Action.ALLOW),
        ("FR", "15", Meaning.EMERGENCY, Action.ALLOW),
    ],
)
def test_a_number_is_known_for_what_it_is(country: str, shown: str, meaning: Meaning, action: Action) -> None:
    caller = identify(Shown(shown), country, "30" if country == "DE" else "")
    assert caller.fact is not None
    assert (caller.fact.meaning, caller.fact.action) == (meaning, action)
    assert caller.possible


def test_a_foreign_number_is_known_by_its_own_countrys_plan() -> None:
    caller = identify(Shown("0033162123456"), "BE")
    assert caller.fact is not None
    assert caller.fact.sentence == (
        "Numbers that begin with 0162 are set aside for sales and automatic calls in France (since 2023)."
    )
    assert identify(Shown("+390844123456"), "DE").fact is not None


PREFIXES = st.lists(st.text("0123", min_size=1, max_size=5), min_size=1, max_size=12, unique=True)


@given(PREFIXES, st.text("0123", min_size=1, max_size=8))
def test_the_longest_prefix_wins_as_the_plainest_search_finds_it(prefixes: list[str], digits: str) -> None:
    facts = facts_from("\n".join(fact(prefix) for prefix in prefixes))
    plainest = max((prefix for prefix in prefixes if digits.startswith(prefix)), key=len, default=None)
    found = facts.match(digits)
    assert (found.prefix if found else None) == plainest


def test_a_digit_weighs_more_than_any_digit_and_a_length_that_differs_counts_for_nothing() -> None:
    facts = facts_from(fact("xx9", called="Some") + fact("129") + fact("1") + fact("19", digits=[4]))
    assert [facts.match(digits) and facts.match(digits).prefix for digits in ("229", "129", "199", "1999", "28")] == [  # type: ignore[union-attr]
        "xx9", "129", "xx9", "xx9", None,
    ]  # fmt: skip
    assert facts_from(fact("19", digits=[4])).match("199") is None


def test_neighbours_begin_alike_and_nobody_is_a_neighbour_of_himself() -> None:
    us, unknown = facts_of("US"), facts_of("ZW")
    assert us.is_neighbour("+12125550188", "+12125550123")
    assert not us.is_neighbour("+12125560123", "+12125550123")
    assert not us.is_neighbour("+12125550123", "+12125550123")
    assert not us.is_neighbour("+442125550", "+442125551")
    assert not unknown.is_neighbour("+26342123456", "+26342123457")


def test_the_groups_name_countries_that_exist() -> None:
    together, known = groups(), {*known_countries(), "001"}
    named = {*together.shares, *together.shares.values(), *together.lures, *together.near}
    for members in (*together.domestic.values(), *together.near.values(), *together.neighbours.values()):
        named |= members
    assert named | {*together.domestic, *together.neighbours} <= known
    assert "FR" in together.near["BE"]
    assert "BE" not in together.near["BE"]


HEAD = """
country = "Nowhere"
code = 999
trunk = "0"
abroad = "00"
neighbour_digits = 4
direct_dial_digits = 2
checked = 2026-11-22
source = "somebody"
"""


def fact(prefix: str, *, called: str = "", digits: list[int] | None = None, **changed: str) -> str:
    values = {"meaning": '"premium"', "action": '"screen"', "note": '"are dear"', **changed}
    if called:
        values["called"] = f'"{called}"'
    if digits:
        values["digits"] = str(digits)
    lines = "\n".join(f"{key} = {value}" for key, value in values.items())
    return f'\n[[range]]\nprefixes = ["{prefix}"]\n{lines}\n'


def facts_from(ranges: str, head: str = HEAD) -> Facts:
    def nothing_shared(name: str) -> str:
        raise AssertionError(name)

    return read_facts(head + ranges, "XX", "xx.toml", nothing_shared)


@pytest.mark.parametrize(
    ("ranges", "complaint"),
    [
        (fact("12", meaning='"spam"'), "xx.toml, range 1: meaning 'spam' is none of"),
        (fact("12", action='"drop"'), "range 1: action 'drop' is none of"),
        (fact("12", note='"are dear."'), "range 1: note must be the rest of a sentence"),
        (fact("12", note="7"), "range 1: note must be of type str, not 7"),
        (fact("12", url='"http://nowhere.test"'), "url must begin with https://"),
        (fact("12", since='"2023"'), "since must be of type date"),
        (fact("12", colour='"red"'), r"unknown \['colour'\]"),
        (fact("12", digits=[1]), "digits must be a list of lengths"),
        (fact("1234", digits=[3]), "is no beginning of a number"),
        (fact("1x2"), "is no beginning of a number"),
        (fact("+12"), "is no beginning of a number"),
        (fact("xx2"), "needs a `called`"),
        (fact("12") + fact("12"), "two facts about '12'"),
        ("[range]\nprefixes = []", "range must be of type list"),
        ("\n[[range]]\nprefixes = [12]", "needs|note must be"),
        ("= what", "xx.toml: Invalid"),
    ],
)
def test_a_slip_in_a_data_file_is_named_with_its_place(ranges: str, complaint: str) -> None:
    with pytest.raises(BadData, match=complaint):
        facts_from(ranges)


@pytest.mark.parametrize("missing", ["country", "code", "abroad", "neighbour_digits", "direct_dial_digits", "checked"])
def test_a_file_without_one_of_its_values_is_refused(missing: str) -> None:
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith(missing))
    with pytest.raises(BadData, match=missing):
        facts_from(fact("12"), head)


def test_a_range_without_any_source_is_refused() -> None:
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith("source"))
    with pytest.raises(BadData, match="needs a source"):
        facts_from(fact("12"), head)
    assert facts_from(fact("12", source='"the regulator"'), head).ranges[0].source == "the regulator"


def test_groups_with_a_slip_are_refused() -> None:
    whole = 'lures = ["HT"]\n[shares]\n[domestic]\n[parts]\n[neighbours]\n'
    assert read_groups(whole, "g.toml").lures == {"HT"}
    for slip in (whole.replace("HT", ""), whole.replace("[parts]", "[party]"), whole + "ES = 7\n"):
        with pytest.raises(BadData, match=r"g\.toml"):
            read_groups(slip, "g.toml")
