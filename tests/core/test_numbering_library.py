"""What the installed libphonenumber says of the ranges that we keep facts about, so that a change is noticed.

When one of these fails after an update of the library, compare its release notes with the source of the fact, correct
the data file if the plan has changed, and then the row here.
"""

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberType

from appliance.core.numbering import ALWAYS_THROUGH, Meaning, countries_with_facts, facts_of
from appliance.core.numbering.facts import WILD

KINDS = {value: name.lower() for name, value in vars(PhoneNumberType).items() if isinstance(value, int)}
LOOKED_AT = {Meaning.TELEMARKETING, Meaning.SERVICE, Meaning.PREMIUM, Meaning.SHARED_COST}

TAILS = ("1234567890123", "2525252525252", "7070707070707", "0000000000000")

# "unknown" is what the library calls invalid: our data is all there is. Short numbers are another table of the library.
SAYS = {
    "AE": {"premium_rate": "900", "shared_cost": "700"},
    "AT": {"premium_rate": "900 901 930 931 939", "shared_cost": "810 820 821 828"},
    "AU": {"premium_rate": "190", "shared_cost": "1300"},
    "BE": {"premium_rate": "900 901 902 903 904 905 906 907 908 909 70"},
    "BR": {"shared_cost": "303 300 3003 4003 4004", "premium_rate": "500 900"},
    "CA": {"premium_rate": "900"},
    "CH": {"premium_rate": "900 901 906", "shared_cost": "840 842 844 848"},
    "CL": {"fixed_line": "809", "fixed_line shared_cost": "600"},
    "DE": {"premium_rate": "900", "premium_rate shared_cost": "137", "shared_cost": "180"},
    "DK": {"premium_rate": "90"},
    "EG": {"premium_rate": "900"},
    "ES": {"fixed_line": "400", "premium_rate": "803 806 807", "unknown": "905", "shared_cost": "901 902"},
    "FI": {"premium_rate": "600 700"},
    "FR": {
        "fixed_line": "162 163 270 271 377 378 424 425 568 569",
        "voip": "948 949 9475 9476 9477 9478 9479 937 938 939",
        "premium_rate": "89 83 88",
        "premium_rate shared_cost": "81 82",
        "shared_cost": "84",
    },
    "GB": {"premium_rate": "90 91 98 871 872 873 842 843 844 845 870", "uan": "300"},
    "GF": {
        "unknown": "162 163 270 271 377 378 424 425 568 569 948 949 9475 9477 9478 9479 937 938 939 83 84 88",
        "voip": "9476",
        "premium_rate": "89 81 82",
    },
    "GP": {
        "unknown": "162 163 270 271 377 378 424 425 568 569 948 949 9476 9477 9478 9479 937 938 83 84 88",
        "voip": "9475 939",
        "premium_rate": "89 81 82",
    },
    "IE": {"premium_rate": "15", "shared_cost": "1850 1890"},
    "IN": {"uan": "140", "mobile": "1600 1601", "premium_rate": "1861 1862", "shared_cost": "1860"},
    "IT": {
        "unknown": "0844 0843",
        "premium_rate": "0878 892 893 894 895 899 144 163 164 166",
        "shared_cost": "840 841 847 848",
        "personal_number": "199",
    },
    "MA": {"premium_rate": "89"},
    "MQ": {
        "unknown": "162 163 270 271 377 378 424 425 568 569 948 949 9475 9476 9478 9479 937 938 83 84 88",
        "fixed_line voip": "9477",
        "voip": "939",
        "premium_rate": "89 81 82",
    },
    "NL": {"premium_rate": "900 906 909"},
    "NO": {"premium_rate": "820 829", "shared_cost uan": "810"},
    "NZ": {"premium_rate": "900"},
    "PE": {"unknown": "500", "premium_rate": "805", "shared_cost": "801"},
    "PL": {"premium_rate": "700 701 703 704 706 707 708", "shared_cost": "801"},
    "PT": {"premium_rate": "601 607 608 646 648 760 761 762", "uan": "707 708", "shared_cost": "808 809"},
    "RE": {
        "unknown": "162 163 270 271 377 378 424 425 568 569 948 949 9475 9476 9477 937 938 939 83 84 88",
        "voip": "9478 9479",
        "premium_rate shared_cost": "89",
        "shared_cost": "81 82",
    },
    "SE": {"premium_rate": "900 939 944", "shared_cost": "77"},
    "US": {"premium_rate": "900"},
}

# Helplines and the like that the library has never heard of; every other short number of ours is known to it.
UNHEARD = {
    "AE": "996 901 991 992",
    "AT": "116111",
    "AU": "131444 132500 131114 131126",
    "BE": "70245245 116006 116111 116123",
    "BR": "188",
    "CH": "116006 116117 116123",
    "DE": "19222",
    "DK": "116117 116123",
    "EG": "112 126 121 129 128",
    "ES": "116006 116117 116123",
    "FR": "116123",
    "GB": "116006 116117",
    "GF": "112 114 115 119 191 196 197 116000 116006 116111 116117 116123",
    "GP": "112 114 115 119 191 196 197 116000 116006 116111 116117 116123",
    "IT": "116006 116117 116123",
    "MA": "112 141",
    "MQ": "114 115 119 191 196 197 116000 116006 116111 116117 116123",
    "NL": "113 144 9008844 116117",
    "NO": "02800 116000 116006",
    "NZ": "112 105 010",
    "PE": "106 911 112 113 100",
    "PL": "116006 116117",
    "PT": "808242424 116117 116123",
    "RE": "114 115 119 191 196 197 3114 3919 116000 116006 116111 116117 116123",
}


def kind(country: str, national: str) -> str:
    number = PhoneNumber(country_code=int(facts_of(country).code), national_number=int(national))
    zeros = len(national) - len(national.lstrip("0"))
    if zeros:
        number.italian_leading_zero, number.number_of_leading_zeros = True, zeros
    return KINDS[phonenumbers.number_type(number)]


def said(country: str) -> dict[str, str]:
    found = {}
    for one in facts_of(country).ranges:
        if one.meaning in LOOKED_AT and WILD not in one.prefix and max(one.lengths) > 6:
            kinds = {kind(country, (one.prefix + tail)[:length]) for length in one.lengths for tail in TAILS}
            found[one.prefix] = " ".join(sorted(kinds - {"unknown"} or kinds))
    return found


@pytest.mark.parametrize("country", countries_with_facts())
def test_the_library_says_of_our_ranges_what_it_said_when_they_were_checked(country: str) -> None:
    expected = {prefix: kind for kind, prefixes in SAYS.get(country, {}).items() for prefix in prefixes.split()}
    assert said(country) == expected


@pytest.mark.parametrize("country", countries_with_facts())
def test_the_library_knows_our_emergency_numbers_but_for_those_named(country: str) -> None:
    unheard = set()
    for one in facts_of(country).ranges:
        if one.meaning in ALWAYS_THROUGH and one.lengths == (len(one.prefix),):
            national = PhoneNumber(country_code=int(facts_of(country).code), national_number=int(one.prefix))
            national.italian_leading_zero = one.prefix.startswith("0")
            known = phonenumbers.is_valid_short_number_for_region(national, country)
            if not known and not phonenumbers.is_emergency_number(one.prefix, country):
                unheard.add(one.prefix)
    assert unheard == set(UNHEARD.get(country, "").split())


@pytest.mark.parametrize("country", countries_with_facts())
def test_the_codes_that_begin_a_number_are_those_of_the_library(country: str) -> None:
    facts, plan = facts_of(country), phonenumbers.PhoneMetadata.metadata_for_region(country)
    assert plan is not None
    assert facts.code == str(plan.country_code)
    assert facts.trunk == (plan.national_prefix or "")
