"""Who is calling: the traps of number fields, country by country."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.caller import (
    Presentation,
    display,
    identify,
    known_countries,
    list_key,
    prefix_key,
    warm,
)
from tests.core.reports import Shown, Why


class Row(NamedTuple):
    why: str
    country: str
    shown: str
    key: str
    area: str = ""


ROWS = [
    Row("plain", "US", "2125550123", "+12125550123"),
    Row("leading 1", "US", "12125550123", "+12125550123"),
    Row("plus", "US", "+12125550123", "+12125550123"),
    Row("011 and our own country", "US", "01112125550123", "+12125550123"),
    Row("letter in front is no keypad digit", "US", "V2125550123", "+12125550123"),
    Row("dashes and brackets", "US", "(212) 555-0123", "+12125550123"),
    Row("NULs and noise in front", "US", "\x00\x00\x812125550123", "+12125550123"),
    Row("fullwidth digits", "US", "\uff0b１２１２５５５０１２３", "+12125550123"),
    Row("Arabic digits", "US", "٢١٢٥٥٥٠١٢٣", "+12125550123"),
    Row("seven digits with area code", "US", "5550123", "+12125550123", "212"),
    Row("seven digits without", "US", "5550123", "5550123"),
    Row("DTMF terminator", "US", "2125550123#", "+12125550123"),
    Row("British number by 011", "US", "011442079460123", "+442079460123"),
    Row("British number, bare", "US", "442079460123", "+442079460123"),
    Row("Dutch number by 00", "US", "0031205550123", "+31205550123"),
    Row("three digits", "US", "885", "885"),
    Row("emergency centre, area code known", "US", "911", "911", "212"),
    Row("plus and too little", "US", "+49", "+49"),
    Row("hashes", "US", "#########8", "#########8"),
    Row("zeros", "US", "0000000000", "0000000000"),
    Row("fifteen digits", "US", "123456789012345", "123456789012345"),
    Row("area code that cannot be", "US", "1125550123", "1125550123"),
    Row("exchange that cannot be", "US", "2120000123", "2120000123"),
    Row("nine digits", "US", "212555012", "212555012"),
    Row("a Canadian seen from home", "CA", "6045550123", "+16045550123"),
    Row("a Canadian with 1", "CA", "16045550123", "+16045550123"),
    Row("seven digits in Canada", "CA", "5550123", "+16045550123", "604"),
    Row("abroad from Canada", "CA", "011442079460123", "+442079460123"),
    Row("trunk 0", "GB", "02079460123", "+442079460123"),
    Row("without trunk 0", "GB", "2079460123", "+442079460123"),
    Row("00 and our own country", "GB", "00442079460123", "+442079460123"),
    Row("bare country code", "GB", "442079460123", "+442079460123"),
    Row("mobile", "GB", "07700900123", "+447700900123"),
    Row("Sheffield is not 011", "GB", "01144960123", "+441144960123"),
    Row("local with area code", "GB", "79460123", "+442079460123", "20"),
    Row("999 calls back", "GB", "999", "999", "20"),
    Row("112 calls back", "GB", "112", "112", "20"),
    Row("trunk 0", "NL", "0205550123", "+31205550123"),
    Row("without trunk 0", "NL", "205550123", "+31205550123"),
    Row("mobile without trunk 0", "NL", "612345678", "+31612345678"),
    Row("country code", "NL", "31612345678", "+31612345678"),
    Row("00", "NL", "0031612345678", "+31612345678"),
    Row("local with area code", "NL", "5550123", "+31205550123", "20"),
    Row("Belgian by 00", "NL", "003225550123", "+3225550123"),
    Row("trunk 0", "DE", "03012345678", "+493012345678"),
    Row("without trunk 0", "DE", "3012345678", "+493012345678"),
    Row("00", "DE", "00493012345678", "+493012345678"),
    Row("plus", "DE", "+49 30 12345678", "+493012345678"),
    Row("zeros", "DE", "0000000000", "0000000000"),
    Row("medical service on call", "DE", "116117", "116117", "30"),
    Row("110 calls back", "DE", "110", "110", "30"),
    Row("trunk 0", "FR", "0123456789", "+33123456789"),
    Row("without trunk 0", "FR", "123456789", "+33123456789"),
    Row("telemarketing range", "FR", "0162123456", "+33162123456"),
    Row("00", "FR", "0033123456789", "+33123456789"),
    Row("too long here, but British", "FR", "442079460123", "+442079460123"),
    Row("leading zero belongs to the number", "IT", "0212345678", "+390212345678"),
    Row("no zero is invented", "IT", "212345678", "+39212345678"),
    Row("country code and zero", "IT", "390212345678", "+390212345678"),
    Row("00 and zero", "IT", "00390212345678", "+390212345678"),
    Row("mobile", "IT", "3123456789", "+393123456789"),
    Row("marketing code unknown to the library", "IT", "0844123456", "+390844123456"),
    Row("nine digits", "ES", "912345678", "+34912345678"),
    Row("commercial calls", "ES", "400123456", "+34400123456"),
    Row("00", "ES", "0034912345678", "+34912345678"),
    Row("too long here, but British", "ES", "442079460123", "+442079460123"),
    Row("mass calls unknown to the library", "CL", "8091234567", "+568091234567"),
    Row("service calls", "IN", "1600123456", "+911600123456"),
    Row("operator, star, number", "BR", "15*1155550123", "15*1155550123"),
    Row("trunk 8", "RU", "84951234567", "+74951234567"),
    Row("trunk 06", "HU", "0612345678", "+3612345678"),
    Row("no trunk", "DK", "32123456", "+4532123456"),
    Row("Austrian", "AT", "0151234567", "+43151234567"),
    Row("Irish", "IE", "0123456789", "+353123456789"),
    Row("Australian by 0011", "AU", "0011442079460123", "+442079460123"),
    Row("country without a plan", "ZZ", "2125550123", "2125550123"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.country}-{row.shown!r}-{row.why}")
def test_a_number_field_becomes_this_key(row: Row) -> None:
    caller = identify(Shown(row.shown), row.country, row.area)
    assert caller.presentation is Presentation.ALLOWED
    assert caller.shown == row.shown
    assert caller.keys[0] == row.key
    assert caller.number == (row.key if len(row.key) > 7 and row.key.startswith("+") else None)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if len(row.key) > 7 and row.key.startswith("+")], ids=lambda row: row.shown
)
def test_the_same_number_in_every_dress_is_the_same_caller(row: Row) -> None:
    dresses = [row.key, "00" + row.key[1:], display(row.key, row.country), display(row.key, "ZZ")]
    if row.country in {"US", "CA"}:
        dresses += ["011" + row.key[1:]]
    if row.country == "AU":
        dresses[1] = "0011" + row.key[1:]
    if row.country == "RU":
        dresses[1] = "810" + row.key[1:]
    assert {identify(Shown(dress), row.country, row.area).number for dress in dresses} == {row.key}


@pytest.mark.parametrize("shown", ["**11", "**611", "*11", "11"])
@pytest.mark.parametrize("country", ["DE", "US", "NL"])
def test_the_door_or_an_extension_of_a_home_router_is_not_impossible(shown: str, country: str) -> None:
    assert identify(Shown(shown), country).possible


IMPOSSIBLE = ["+49", "#########8", "0000000000", "123456789012345", "1125550123", "2120000123", "212555012", "8", "0"]
POSSIBLE = ["112", "911", "999", "885", "3900", "116117", "5550123", "2125550123", "442079460123"]


@pytest.mark.parametrize("shown", IMPOSSIBLE)
def test_no_telephone_has_such_a_number(shown: str) -> None:
    assert not identify(Shown(shown), "US").possible


@pytest.mark.parametrize("shown", POSSIBLE)
def test_short_local_and_foreign_numbers_are_not_impossible(shown: str) -> None:
    assert identify(Shown(shown), "US").possible


@pytest.mark.parametrize(
    ("report", "presentation"),
    [
        (None, Presentation.NONE),
        (Shown(absence=Why.PRIVATE), Presentation.RESTRICTED),
        (Shown(absence=Why.UNAVAILABLE), Presentation.UNAVAILABLE),
        (Shown("2125550123", absence=Why.PRIVATE), Presentation.RESTRICTED),
        (Shown("PRIVATE"), Presentation.RESTRICTED),
        (Shown("Anonymous"), Presentation.RESTRICTED),
        (Shown("OUT OF AREA"), Presentation.UNAVAILABLE),
        (Shown("FLOWERS"), Presentation.UNAVAILABLE),
        (Shown(""), Presentation.UNAVAILABLE),
        (Shown("*#"), Presentation.UNAVAILABLE),
        (Shown(name="SPRINGFIELD IL"), Presentation.UNAVAILABLE),
    ],
)
def test_a_call_without_a_number_has_no_keys(report: Shown | None, presentation: Presentation) -> None:
    caller = identify(report, "US")
    assert (caller.presentation, caller.number, caller.keys, caller.possible) == (presentation, None, (), True)


def test_a_home_caller_can_be_looked_up_as_shown_and_as_dialled_at_home() -> None:
    assert identify(Shown("31900123456"), "NL").keys == ("+31900123456", "31900123456", "0900123456")
    assert identify(Shown("12125550123"), "US").keys == ("+12125550123", "12125550123", "2125550123")


def test_the_region_is_told_within_shared_plans() -> None:
    shown = {"+12125550123": "US", "+16045550123": "CA", "+18765550123": "JM", "+442079460123": "GB"}
    assert {number: identify(Shown(number), "US").region for number in shown} == shown


@given(st.text(max_size=200), st.text(max_size=50), st.sampled_from(["US", "CA", "GB", "DE", "IT", "BR", "ZZ", ""]))
def test_identify_never_raises_whatever_is_sent(number: str, name: str, country: str) -> None:
    identify(Shown(number, name), country, "212")


@given(st.text(alphabet="0123456789+*#- P", max_size=24), st.sampled_from(sorted(known_countries())))
def test_identify_never_raises_on_digits_in_any_country(number: str, country: str) -> None:
    identify(Shown(number), country, "30")


def test_a_megabyte_in_the_number_field_is_cut_short() -> None:
    assert len(identify(Shown("1" * 1_000_000), "US").shown) == 64


COUNTRIES = st.sampled_from(["US", "CA", "GB", "NL", "DE", "FR", "IT", "ES", "BE", "RU", "MX", "BR", "IN", "AU", "HU"])
DIGITS = st.text(alphabet="0123456789", min_size=3, max_size=16)


@given(st.sampled_from(["", "+", "0", "00", "1", "011", "+44", "+49", "+39", "+1"]), DIGITS, COUNTRIES)
def test_normalising_a_number_twice_changes_nothing(dress: str, digits: str, country: str) -> None:
    once = list_key(dress + digits, country)
    assert list_key(once, country) == once


@given(st.sampled_from(["", "+", "0", "00", "+44", "+49", "+39", "+1", "+32"]), DIGITS, COUNTRIES)
def test_what_a_person_types_and_what_a_line_shows_get_the_same_key(dress: str, digits: str, country: str) -> None:
    assert identify(Shown(dress + digits), country).keys[0] == list_key(dress + digits, country)


PLANS = ["+1", "+31", "+32", "+33", "+34", "+351", "+39", "+41", "+44", "+45", "+46", "+47", "+48", "+49", "+61", "+91"]


@given(st.sampled_from([*PLANS, "0", "", "1"]), st.text(alphabet="0123456789", min_size=7, max_size=11), COUNTRIES)
def test_the_short_cut_for_plain_spellings_agrees_with_the_library(dress: str, digits: str, country: str) -> None:
    # A blank in front leaves the short cut out.
    assert list_key(dress + digits, country) == list_key(" " + dress + digits, country)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "0 digits"),
        ("  ", "0 digits"),
        ("12", "2 digits"),
        ("1-800-FLOWERS", "letters"),
        ("P", "letters"),
        ("0900*", "wildcard"),
        ("212555012?", "wildcard"),
        ("123456789012345678901", "21 digits"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(typed: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        list_key(typed, "US")


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("0900", "NL", "+31900"),
        ("0900*", "NL", "+31900"),
        ("900", "NL", "900"),
        ("0212", "IT", "+390212"),
        ("02", "IT", "+3902"),
        ("212", "US", "+1212"),
        ("1 (212) 555", "US", "+1212555"),
        ("011", "US", "011"),
        ("01144", "US", "+44"),
        ("0044", "DE", "+44"),
        ("00", "DE", "00"),
        ("0", "GB", "0"),
        ("0162", "FR", "+33162"),
        ("806", "ES", "+34806"),
        ("+44 (0)20", "US", "+4420"),
        ("+39 02", "US", "+3902"),
        ("#", "US", None),
        ("+", "US", None),
        ("", "US", None),
        ("abc", "US", None),
        ("2*5", "US", None),
    ],
)
def test_a_prefix_is_placed_in_its_country_where_that_is_safe(typed: str, country: str, key: str | None) -> None:
    if key is None:
        with pytest.raises(ValueError, match=r"\."):
            prefix_key(typed, country)
    else:
        assert prefix_key(typed, country) == key


@given(st.text(alphabet="0123456789", min_size=1, max_size=12), COUNTRIES)
def test_normalising_a_prefix_twice_changes_nothing(typed: str, country: str) -> None:
    once = prefix_key(typed, country)
    assert prefix_key(once, country) == once


def test_numbers_are_shown_as_people_write_them() -> None:
    assert display("+12125550123", "US") == "(212) 555-0123"
    assert display("+442079460123", "US") == "+44 20 7946 0123"
    assert display("+442079460123", "GB") == "020 7946 0123"
    assert display("+12125550123", "GB") == "+1 212-555-0123"
    assert [display(text, "US") for text in ("885", "", "+49", "PRIVATE")] == ["885", "", "+49", "PRIVATE"]


@pytest.mark.parametrize("country", ["US", "CA", "GB", "ZZ", ""])
def test_warming_up_works_for_every_country_a_person_may_set(country: str) -> None:
    warm(country)
    assert identify(Shown("+12125550123"), country).number == "+12125550123"
