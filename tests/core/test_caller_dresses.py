"""The same number in other dress is the same caller, in every country that libphonenumber knows."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from appliance.core.caller import NumberKind, identify, known_countries, list_key
from appliance.core.numbering import facts_of
from tests.core.reports import Shown


def dresses(number: phonenumbers.PhoneNumber) -> list[str]:
    forms = (PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL)
    return [phonenumbers.format_number(number, form) for form in forms]


def key_of(number: phonenumbers.PhoneNumber, region: str) -> str:
    national = phonenumbers.national_significant_number(number)
    return national if facts_of(region).is_help(national) else dresses(number)[0]


def test_every_regions_example_numbers_of_every_kind_keep_their_key_in_every_dress() -> None:
    odd = []
    for region in known_countries():
        for kind in PhoneNumberType.values():
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None:
                keys = {identify(Shown(dress), region).keys[0] for dress in dresses(example)}
                if keys != {key_of(example, region)}:
                    odd.append((region, kind, keys))
    assert odd == []


@given(st.sampled_from(list(known_countries())), st.sampled_from(PhoneNumberType.values()), st.sampled_from([0, 1, 2]))
def test_normalising_an_example_number_twice_changes_nothing(region: str, kind: int, form: int) -> None:
    example = phonenumbers.example_number_for_type(region, kind)
    if example is not None:
        once = list_key(dresses(example)[form], region)
        assert list_key(once, region) == once == key_of(example, region)


@pytest.mark.parametrize(
    ("country", "shown", "kind"),
    [
        ("US", "2125550123", NumberKind.FIXED_OR_MOBILE),
        ("US", "8005550123", NumberKind.TOLL_FREE),
        ("US", "9005550123", NumberKind.PREMIUM),
        ("US", "2995550123", NumberKind.UNKNOWN),
        ("DE", "03012345678", NumberKind.FIXED),
        ("DE", "01701234567", NumberKind.MOBILE),
        ("FR", "0948123456", NumberKind.VOIP),
        ("FR", "0820123456", NumberKind.SHARED_COST),
        ("GB", "03001234567", NumberKind.OTHER),
        ("GB", "999", NumberKind.UNKNOWN),
        ("US", "0000000000", NumberKind.UNKNOWN),
        ("US", "442079460123", NumberKind.FIXED),
    ],
)
def test_a_number_tells_what_sort_of_line_it_is(country: str, shown: str, kind: NumberKind) -> None:
    assert identify(Shown(shown), country).kind is kind


def test_the_shared_plan_of_north_america_is_told_apart_as_the_library_does_it() -> None:
    named = {value: name for name, value in vars(PhoneNumberType).items() if isinstance(value, int)}
    kinds = {
        "FIXED_LINE_OR_MOBILE": NumberKind.FIXED_OR_MOBILE, "FIXED_LINE": NumberKind.FIXED,
        "TOLL_FREE": NumberKind.TOLL_FREE, "PREMIUM_RATE": NumberKind.PREMIUM, "VOIP": NumberKind.VOIP,
        "MOBILE": NumberKind.MOBILE, "UNKNOWN": NumberKind.UNKNOWN,
    }  # fmt: skip
    for area in range(200, 1000):
        number = phonenumbers.parse(f"+1{area}5550123")
        caller = identify(Shown(f"+1{area}5550123"), "US")
        assert caller.kind is kinds.get(named[phonenumbers.number_type(number)], NumberKind.OTHER), area
        assert caller.region == phonenumbers.region_code_for_number(number), area


@pytest.mark.parametrize(
    ("country", "number", "dresses"),
    [
        ("DE", "110", ["110", "+49110", "0049110"]),
        ("DE", "116117", ["116117", "+49116117", "0049116117", "116 117"]),
        ("FR", "3919", ["3919", "+333919", "00333919"]),
        ("FR", "17", ["17", "+3317", "003317"]),
        ("US", "911", ["911", "+1911", "0111911"]),
        ("AU", "000", ["000", "+61000", "001161000"]),
        ("NL", "14020", ["14020", "+3114020", "003114020"]),
    ],
)
def test_a_short_number_behind_its_country_code_is_the_short_number(
    country: str, number: str, dresses: list[str]
) -> None:
    assert {identify(Shown(dress), country, "30").keys[0] for dress in dresses} == {number}
    assert {list_key(dress, country, "30") for dress in dresses} == {number}
    assert list_key(number, country, "30") == number
