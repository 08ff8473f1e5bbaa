import re

import pytest

from hardware.cadence import CADENCES
from hardware.country import SIGNALLING, T35, TBR_21, TBR_21_COUNTRIES, Signalling, codes_for
from hardware.simulator import signalling as simulated

# The countries of two Conexant manuals (1199 page 3-7; 100722A page 3-6), as printed there.
MANUAL = {
    "AU": "09", "AT": "0A", "BE": "0F", "BR": "16", "BG": "1B", "CA": "20", "CN": "26", "CZ": "2E", "DK": "31",
    "FI": "3C", "FR": "3D", "DE": "42", "GR": "46", "HK": "50", "HU": "51", "IN": "53", "IE": "57", "IL": "58",
    "IT": "59", "JP": "00", "KR": "61", "LU": "69", "MY": "6C", "MX": "73", "NL": "7B", "NZ": "7E", "NO": "82",
    "PH": "89", "PL": "8A", "PT": "8B", "RU": "B8", "SG": "9C", "ZA": "9F", "ES": "A0", "SE": "A5", "CH": "A6",
    "TW": "FE", "GB": "B4", "US": "B5",
}  # fmt: skip


def test_the_codes_are_those_of_the_manuals() -> None:
    assert {country: T35[country] for country in MANUAL} == MANUAL


def test_every_code_is_two_hexadecimal_digits_and_stands_for_one_country() -> None:
    assert all(re.fullmatch("[A-Z]{2}", country) for country in T35)
    assert all(re.fullmatch("[0-9A-F]{2}", code) for code in T35.values())
    assert len(set(T35.values())) == len(T35)
    assert TBR_21 not in T35.values()


def test_every_country_whose_ring_we_know_has_a_code_and_a_way_of_sending_numbers() -> None:
    assert not set(CADENCES) - set(T35)
    assert not set(CADENCES) - set(SIGNALLING)


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        ("US", ("B5",)),
        ("CA", ("20", "B5")),
        ("GB", ("B4", "F6")),
        ("DE", ("42", "F6")),
        ("LV", ("F6",)),
        ("JP", ("00",)),
        ("XX", ()),
    ],
)
def test_a_country_is_served_by_its_own_code_first_and_by_its_regions_next(
    country: str, codes: tuple[str, ...]
) -> None:
    assert codes_for(country) == codes


def test_a_family_may_have_another_code_for_europe() -> None:
    assert codes_for("FR", "B5") == ("3D", "B5")


@pytest.mark.parametrize(
    ("country", "signalling"),
    [
        ("US", Signalling.BELL),
        ("AU", Signalling.BELL),
        ("GB", Signalling.BRITAIN),
        ("DE", Signalling.ETSI_FSK),
        ("BE", Signalling.ETSI_FSK),
        ("NL", Signalling.ETSI_DTMF),
        ("BR", Signalling.ETSI_DTMF),
        ("JP", Signalling.JAPAN),
    ],
)
def test_the_way_numbers_are_sent_is_known(country: str, signalling: Signalling) -> None:
    assert SIGNALLING[country] is signalling


SAME_AS = {
    Signalling.BELL: simulated.Signalling.BELL,
    Signalling.JAPAN: simulated.Signalling.JCLIP,
    Signalling.ETSI_FSK: simulated.Signalling.ETSI,
    Signalling.BRITAIN: simulated.Signalling.SIN227,
    Signalling.ETSI_DTMF: simulated.Signalling.DTMF,
}


def test_modems_are_told_what_the_simulated_networks_do() -> None:
    assert set(simulated.NETWORKS) <= set(SIGNALLING)
    for country, signalling in SIGNALLING.items():
        assert simulated.network_of(country).signalling is SAME_AS[signalling], country
    assert SIGNALLING["NZ"] is SIGNALLING["SG"] is Signalling.BELL
    assert SIGNALLING["KW"] is Signalling.ETSI_DTMF
    assert "MX" not in SIGNALLING, "no source says how Mexico sends numbers"


def test_every_country_named_anywhere_is_one() -> None:
    assert {"EE", "LT", "LV"} == TBR_21_COUNTRIES - set(T35), "T.35 has no code for the Baltic states"
    assert set(SIGNALLING) <= set(T35)
