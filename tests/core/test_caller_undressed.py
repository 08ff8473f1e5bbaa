"""Numbers whose dress is lost or odd: no "+", no trunk prefix, no area code, prefixes of other countries."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat

from appliance.core.caller import NumberKind, identify, list_key
from appliance.core.entry_keys import entry_key
from appliance.core.household import Entry, EntryKind, ListName
from appliance.core.numbering import Meaning
from appliance.core.rules.numbers import EMERGENCY
from appliance.core.screening import case_of
from appliance.core.terms import Category
from tests.core.reports import NOW, Home, Shown, entry


def home(country: str, area_code: str = "", *entries: Entry) -> Home:
    return Home(country=country, area_code=area_code, entries=entries)


@pytest.mark.parametrize(
    ("country", "shown"), [("FR", "948123456"), ("FR", "271123456"), ("BR", "3035550123"), ("RE", "947812345")]
)
def test_a_sales_range_is_silent_when_the_trunk_prefix_that_its_numbers_always_have_is_not_shown(
    country: str, shown: str
) -> None:
    caller = identify(Shown(shown), country)
    assert (caller.fact, caller.kind) == (None, NumberKind.UNKNOWN)
    assert home(country).decide(Shown(shown)).category is Category.UNKNOWN
    dressed = identify(Shown(f"0{shown}"), country)
    assert dressed.fact is not None
    assert dressed.fact.meaning is Meaning.TELEMARKETING


def test_no_number_for_sales_in_italy_has_eleven_digits_as_british_numbers_have() -> None:
    assert identify(Shown("08441234567"), "IT").fact is None
    assert identify(Shown("0844123456"), "IT").fact is not None


@pytest.mark.parametrize(
    ("country", "wanted", "shown"),
    [
        ("CL", "+18095550123", "8095550123"),
        ("CL", "+18095550123", "18095550123"),
        ("BR", "+13035550123", "3035550123"),
        ("FR", "+948123456789", "948123456789"),
        ("US", "+4512345678", "4512345678"),
        ("SE", "+46468123531", "468123531"),
        ("DE", "+494915112345678", "4915112345678"),
    ],
)
def test_whoever_is_wanted_is_known_without_plus_and_nobody_is_blocked_for_what_may_be_another_number(
    country: str, wanted: str, shown: str
) -> None:
    for wish, category in [(ListName.PERMIT, Category.PERMITTED), (ListName.CONTACT, Category.CONTACT)]:
        assert home(country, "", entry(wish, wanted)).decide(Shown(shown)).category is category
    other = identify(Shown(shown), country).keys[0]
    if other != wanted:
        blocks = [entry(ListName.BLOCK, wanted), entry(ListName.BLOCK, wanted[:-3], EntryKind.PREFIX)]
        assert home(country, "", *blocks).decide(Shown(shown)).category is not Category.BLOCKED
        begins = entry(ListName.PERMIT, wanted[:-3], EntryKind.PREFIX)
        assert home(country, "", begins).decide(Shown(shown)).category is not Category.PERMITTED


AREAS = [
    ("DE", "30"), ("DE", "7121"), ("FI", "9"), ("FI", "13"), ("SE", "8"), ("SE", "46"), ("AT", "1"), ("AT", "316"),
    ("EG", "2"), ("IE", "1"), ("IT", "06"), ("IT", "011"), ("NZ", "9"), ("NL", "20"), ("NL", "111"), ("GB", "20"),
    ("US", "212"), ("BR", "11"), ("AU", "2"), ("BE", "2"), ("IN", "22"), ("PL", "22"), ("MA", "522"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "area"), AREAS)
def test_a_local_number_is_never_read_as_one_of_another_area(country: str, area: str) -> None:
    chance = random.Random(f"{country}{area}")
    for size in (5, 6, 7, 8):
        for _ in range(25):
            local = str(chance.randint(2, 9)) + "".join(str(chance.randint(0, 9)) for _ in range(size - 1))
            whole = phonenumbers.parse(area + local, country)
            if not phonenumbers.is_valid_number(whole):
                continue
            key = phonenumbers.format_number(whole, PhoneNumberFormat.E164)
            caller = identify(Shown(local), country, area)
            assert list_key(local, country, area) == caller.keys[0]
            # A short one may be a service as well; a contact is known all the same.
            assert caller.number == key or (size < 7 and key in caller.perhaps)


def test_a_number_with_its_trunk_prefix_is_never_completed_by_the_area_code() -> None:
    assert identify(Shown("01169589768"), "DE", "30").keys[0] == list_key("01169589768", "DE", "30") == "+491169589768"


def test_a_contact_in_berlin_is_not_blocked_by_the_beginning_of_numbers_in_reutlingen() -> None:
    contact, block = entry(ListName.CONTACT, "+49307121347"), entry(ListName.BLOCK, "+497121", EntryKind.PREFIX)
    assert home("DE", "30", contact, block).decide(Shown("7121347")).category is Category.CONTACT
    assert home("DE", "30", block).decide(Shown("7121347")).category is Category.UNKNOWN
    assert identify(Shown("07121347"), "DE", "30").number == "+497121347"
    wanted = entry(ListName.CONTACT, "+497121347")
    assert home("DE", "30", wanted).decide(Shown("7121347")).category is Category.CONTACT


OVERSEAS = [
    ("FR", "0692123456", "+262692123456"), ("FR", "0693123456", "+262693123456"),
    ("FR", "0262123456", "+262262123456"), ("FR", "0263123456", "+262263123456"),
    ("FR", "0639123456", "+262639123456"), ("FR", "0269123456", "+262269123456"),
    ("FR", "0590901234", "+590590901234"), ("FR", "0690123456", "+590690123456"),
    ("FR", "0691123456", "+590691123456"), ("FR", "0594123456", "+594594123456"),
    ("FR", "0694123456", "+594694123456"), ("FR", "0596123456", "+596596123456"),
    ("FR", "0696123456", "+596696123456"), ("FR", "0697123456", "+596697123456"),
    ("FR", "+33692123456", "+262692123456"), ("FR", "0033692123456", "+262692123456"),
    ("FR", "0612345678", "+33612345678"), ("FR", "0123456789", "+33123456789"),
    ("RE", "0690123456", "+590690123456"), ("RE", "0692123456", "+262692123456"),
    ("YT", "0612345678", "+33612345678"), ("GP", "0690123456", "+590690123456"),
    ("GP", "0123456789", "+33123456789"), ("MQ", "0948123456", "+33948123456"),
    ("GF", "0692123456", "+262692123456"), ("GP", "0947512345", "+590947512345"),
    ("BE", "0692123456", None),
]  # fmt: skip


@pytest.mark.parametrize(("country", "shown", "number"), OVERSEAS)
def test_france_and_its_overseas_departments_dial_each_other_with_a_mere_zero(
    country: str, shown: str, number: str | None
) -> None:
    caller = identify(Shown(shown), country)
    assert caller.number == number or number is None
    assert list_key(shown, country) == list_key(" " + shown, country) == caller.keys[0]
    assert (caller.number or "").startswith("+262") <= (country != "BE")


@pytest.mark.parametrize(
    ("country", "area", "number", "dresses"),
    [
        ("DE", "30", "112", "+112 00112 0112 +49112 0049112 030112 011112 +4930112"),
        ("DE", "", "112", "49112 +112"),
        ("GB", "20", "999", "+999 00999 0999 +44999 020999"),
        ("US", "212", "911", "+911 011911 1911 +1911 212911 0111911"),
        ("AU", "2", "000", "+000 +61000 001161000"),
        ("AU", "", "112", "+112 00112 0011112"),
        ("FI", "", "112", "+358112 +112"),
        ("DE", "30", "19222", "03019222 +4919222"),
    ],
)
def test_a_number_of_help_gets_through_in_every_dress_and_no_pattern_keeps_it_out(
    country: str, area: str, number: str, dresses: str
) -> None:
    barred = home(country, area, entry(ListName.BLOCK, "*1*", EntryKind.PATTERN), entry(ListName.BLOCK, "+"))
    blocked = home(country, area, entry(ListName.BLOCK, number))
    for shown in [number, *dresses.split()]:
        caller = identify(Shown(shown), country, area)
        assert caller.keys[0] == list_key(number, country, area) == list_key(shown, country, area) == number
        assert EMERGENCY.judge(case_of(caller, barred.household(), NOW)).category is Category.EMERGENCY
        assert barred.decide(Shown(shown)).category is Category.EMERGENCY
        assert blocked.decide(Shown(shown)).category is Category.BLOCKED


@pytest.mark.parametrize(
    ("country", "area", "shown", "number"),
    [
        ("DE", "30", "49112", "+493049112"),
        ("FI", "9", "358112", "+3589358112"),
        ("MA", "522", "212112", "+212522212112"),
        ("AT", "1", "43144", "+43143144"),
    ],
)
def test_a_local_number_that_begins_like_the_country_code_is_no_number_of_help(
    country: str, area: str, shown: str, number: str
) -> None:
    caller = identify(Shown(shown), country, area)
    assert (caller.number, caller.fact) == (number, None)
    assert list_key(shown, country, area) == number


@pytest.mark.parametrize(
    ("country", "shown", "number"),
    [
        ("BR", "00551123068758", "+551123068758"), ("AU", "0061255501234", "+61255501234"),
        ("DE", "4915112345678", "+4915112345678"), ("SE", "468123531", "+468123531"),
        ("GB", "0442079460123", "+442079460123"), ("GB", "0447700900123", "+447700900123"),
        ("DE", "011442079460123", "+442079460123"), ("CL", "18095550123", "+18095550123"),
        ("NL", "0011442079460123", "+442079460123"), ("US", "0112125550142", None), ("US", "212555012", None),
    ],
)  # fmt: skip
def test_a_number_in_odd_dress_is_the_one_that_a_plan_lists(country: str, shown: str, number: str | None) -> None:
    caller = identify(Shown(shown), country)
    assert (caller.number, caller.possible) == (number, number is not None)
    assert list_key(shown, country) == caller.keys[0]
    assert list_key(caller.keys[0], country) == caller.keys[0]


@pytest.mark.parametrize(
    ("country", "area", "typed", "key"),
    [
        ("US", "212", "5550188", "+12125550188"),
        ("US", "212", "2125550", "+12125550"),
        ("US", "212", "8005550", "+18005550"),
        ("US", "212", "555", "+1555"),
        ("DE", "30", "7121347", "+49307121347"),
        ("DE", "30", "07121", "+497121"),
        ("DE", "30", "7121", "7121"),
        ("NL", "20", "900", "900"),
    ],
)
def test_a_whole_local_number_typed_as_a_beginning_gets_its_area_code(
    country: str, area: str, typed: str, key: str
) -> None:
    """quietline block add 5550188 --kind prefix"""
    assert entry_key(EntryKind.PREFIX, typed, country, area) == key


def test_a_local_number_blocked_as_a_beginning_is_blocked_when_it_calls() -> None:
    block = entry(ListName.BLOCK, entry_key(EntryKind.PREFIX, "5550188", "US", "212"), EntryKind.PREFIX)
    for shown in ("5550188", "2125550188", "12125550188"):
        assert home("US", "212", block).decide(Shown(shown)).category is Category.BLOCKED
