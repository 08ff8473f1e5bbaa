"""The household's own lists, and numbers close to a wanted one; every sentence is said by one of the rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from appliance.core.caller import Caller, identify
from appliance.core.explaining import sentence
from appliance.core.household import Category, Entry, EntryKind, ListName
from appliance.core.rule import Opinion, Verdict
from appliance.core.rules import lists, near
from appliance.core.screening import screen
from appliance.core.terms import Treatment
from tests.core.reports import NOW, Home, Shown, Why, entry, saw, unsaid

PERMIT, CONTACT, BLOCK = ListName.PERMIT, ListName.CONTACT, ListName.BLOCK
NUMBER = "+12125550123"
CALLER = identify(Shown("2125550123", "ACME ROOFING", dialled="2125550142"), "US", ring="B")
NAMELESS = identify(Shown(name="CLINIC", absence=Why.PRIVATE), "US")
LISTS = {
    "permit_list": (PERMIT, Verdict.ALLOW, Category.PERMITTED, "on your permit list"),
    "contacts": (CONTACT, Verdict.ALLOW, Category.CONTACT, "among your contacts"),
    "block_list": (BLOCK, Verdict.BLOCK, Category.BLOCKED, "on your block list"),
}
FITTING = [
    (EntryKind.EXACT, NUMBER, "The number is {on} (Fax)."),
    (EntryKind.PREFIX, "+1212", "Numbers that begin with +1212 are {on} (Fax)."),
    (EntryKind.PATTERN, "*0123", "The number fits *0123 {on} (Fax)."),
    (EntryKind.NAME, "ACME*", "The name fits ACME* {on} (Fax)."),
    (EntryKind.DIALLED, "0142", "Calls to your number 0142 are {on} (Fax)."),
    (EntryKind.RING, "B", "Calls that ring as B are {on} (Fax)."),
]
ABSENT = "Neither the number nor the name is {on}."
RESTING = "The caller is {on} (Fax), but only at some hours: {hours}."
OFFICE_HOURS = "mon-fri 08:00-17:00"
NO_NUMBER = "No number was shown, and no name that is {on}."
MUST_GET_THROUGH = (
    "Something on your block list fits, but only an entry for this very number could keep such a number out."
)


def opinion(rule: str, caller: Caller, *entries: Entry, home: Home | None = None) -> Opinion:
    household = replace(home or Home(), entries=entries).household()
    return next(o for o in screen(caller, household, NOW).trace if o.rule == rule)


@pytest.mark.parametrize("rule", LISTS)
@pytest.mark.parametrize(("kind", "value", "text"), FITTING)
def test_an_entry_that_fits_decides_for_its_list(rule: str, kind: EntryKind, value: str, text: str) -> None:
    on, verdict, category, words = LISTS[rule]
    found = opinion(rule, CALLER, entry(on, value, kind, label="Fax"))
    assert (found.verdict, found.category, found.saw) == (verdict, category, text.format(on=words))
    for other in set(LISTS) - {rule}:
        assert opinion(other, CALLER, entry(on, value, kind)).verdict is None


@pytest.mark.parametrize("rule", LISTS)
def test_a_list_that_holds_nobody_like_it_says_so(rule: str) -> None:
    words = LISTS[rule][3]
    assert opinion(rule, CALLER).saw == ABSENT.format(on=words)
    assert opinion(rule, NAMELESS).saw == NO_NUMBER.format(on=words)


def test_every_sentence_of_the_lists_is_said_in_these_tests() -> None:
    said = [
        (rule, t.format(on=LISTS[rule][3], hours=OFFICE_HOURS))
        for rule in LISTS
        for t in (*(f[2] for f in FITTING), RESTING, ABSENT, NO_NUMBER)
    ]
    assert unsaid(lists.SAW, [*said, ("block_list", MUST_GET_THROUGH)]) == set()


@pytest.mark.parametrize(
    ("kind", "value"), [(EntryKind.PREFIX, "9"), (EntryKind.PATTERN, "9*"), (EntryKind.NAME, "*POLICE*")]
)
def test_only_its_own_entry_keeps_out_an_emergency_service(kind: EntryKind, value: str) -> None:
    police = identify(Shown("911", "CITY POLICE"), "US")
    home = Home([entry(BLOCK, value, kind)])
    decision = screen(police, home.household(), NOW)
    assert (decision.category, saw(decision, "block_list")) == (Category.EMERGENCY, MUST_GET_THROUGH)
    own = screen(police, Home([*home.entries, entry(BLOCK, "911")]).household(), NOW)
    assert (own.category, own.entry and own.entry.kind) == (Category.BLOCKED, EntryKind.EXACT)
    waiting = replace(home, expecting_until=NOW + timedelta(hours=1))
    assert screen(police, waiting.household(), NOW).category is Category.EXPECTED


# When an entry counts

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2026, 11, 23, 12, 59, tzinfo=UTC), False),  # Monday 07:59 in New York
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), False),  # Sunday
        (datetime(2026, 7, 20, 12, 0, tzinfo=UTC), True),  # 08:00, for in summer the wall clock is another
    ],
)
@pytest.mark.parametrize("on", ListName)
def test_an_entry_counts_in_its_hours_by_the_clock_on_the_wall(on: ListName, at: datetime, counts: bool) -> None:
    for kind, value in ((EntryKind.EXACT, NUMBER), (EntryKind.NAME, "ACME*")):
        home = Home([entry(on, value, kind, label="Fax", hours=OFFICE_HOURS)], zone=NEW_YORK)
        decision = screen(CALLER, home.household(), at)
        assert (decision.category is not Category.UNKNOWN) is counts
        resting = [RESTING.format(on=words, hours=OFFICE_HOURS) for name, _, _, words in LISTS.values() if name is on]
        assert (saw(decision, next(rule for rule in LISTS if LISTS[rule][0] is on)) in resting) is not counts


def test_without_a_clock_hours_keep_nobody_out_and_let_the_wanted_in() -> None:
    """A Pi that wakes in 1970 cannot know whether it is office hours: a wanted call lost is the worse mistake."""
    woke = datetime(1970, 1, 1, tzinfo=UTC)
    for on, category in ((PERMIT, Category.PERMITTED), (CONTACT, Category.CONTACT), (BLOCK, Category.UNKNOWN)):
        home = Home([entry(on, NUMBER, hours=OFFICE_HOURS)], clock_floor=NOW)
        assert screen(CALLER, home.household(), woke).category is category


# Close to a wanted number

CLINIC = entry(PERMIT, "+442079460120", label="Clinic")
NOT_FIXED = "Only numbers of ordinary fixed lines can be close to one that you know."
FAR = "No number that you want to get through differs from this one only in its last digits."
NONE_SHOWN = "No number was shown, so this cannot be told."
CLOSE = "Only the last digits differ from 020 7946 0120 (Clinic), which you want to get through."

NO_LINES = "Numbers that begin like this are no ordinary lines, so being close to one you know says nothing."

NEAR: list[tuple[Shown | None, Home, bool, str]] = [
    (Shown("02079460199"), Home([CLINIC]), True, CLOSE),
    (Shown("02079460199"), Home([replace(CLINIC, list=CONTACT)]), True, CLOSE),
    (Shown("+442079460199"), Home([replace(CLINIC, label="")]), True,
     "Only the last digits differ from 020 7946 0120, which you want to get through."),
    (Shown("02079460220"), Home([CLINIC]), False, FAR),
    (Shown("02079460199"), Home([replace(CLINIC, list=BLOCK)]), False, FAR),
    (Shown("02079460199"), Home([replace(CLINIC, expires_at=NOW)]), False, FAR),
    (Shown("02079460199"), Home([replace(CLINIC, hours="mon-sun 13:00-14:00")]), False, FAR),
    (Shown("02079460199"), Home([CLINIC, entry(BLOCK, "+4420794601", EntryKind.PREFIX)]), False,
     "The number is close to one that you want, but this caller is on your block list."),
    (Shown("02079460199"), Home([CLINIC], numbers=("+442079460155",)), False,
     "The number is close to your own, so being close to others too says nothing."),
    (Shown("02079460199"), Home([CLINIC], numbers=("+442079460199",)), False,
     "The number is close to your own, so being close to others too says nothing."),
    (Shown("07700900199"), Home([replace(CLINIC, value="+447700900120")]), False, NOT_FIXED),
    (Shown("02079460199"), Home([CLINIC]), True, CLOSE),  # a range that is off says nothing against it
    (Shown("09061234567"), Home([replace(CLINIC, value="+449061234500")]), False, NO_LINES),
    (Shown("0033162123456"), Home([replace(CLINIC, value="+33162123400")]), False, NO_LINES),
    (Shown(absence=Why.PRIVATE), Home([CLINIC]), False, NONE_SHOWN),
    (None, Home([CLINIC]), False, NONE_SHOWN),
]  # fmt: skip  # one row, one line as far as it goes


@pytest.mark.parametrize(("report", "home", "near_by", "text"), NEAR)
def test_a_line_of_the_same_house_as_a_wanted_number_is_let_through(
    report: Shown | None, home: Home, near_by: bool, text: str
) -> None:
    decision = replace(home, country="GB").decide(report)
    assert saw(decision, near.RULE) == text
    assert (decision.category is Category.NEAR_CONTACT) is near_by
    if near_by:
        assert decision.entry is not None
        assert sentence(decision, Treatment.RING).startswith("Let through because only the last digits differ")


def test_every_sentence_of_the_rule_about_close_numbers_is_said_by_some_row() -> None:
    assert unsaid(near.SAW, [(near.RULE, row[3]) for row in NEAR]) == set()


@pytest.mark.parametrize("shown", ["02079460199", "2079460199", "00442079460199", "+442079460199", "79460199"])
def test_a_close_number_is_one_in_every_dress(shown: str) -> None:
    home = Home([CLINIC], country="GB", area_code="20")
    assert home.decide(Shown(shown)).category is Category.NEAR_CONTACT
