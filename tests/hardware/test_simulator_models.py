"""What each simulated modem makes of each country's network, held to the documented shapes byte by byte."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.simulator import MODELS, NETWORKS, VARIANTS, ModemModel, Script
from hardware.simulator.answers import RefusedError
from hardware.simulator.caller_id_commands import RAW
from hardware.simulator.commands import Settings, tokens
from hardware.simulator.models import COUNTRY_CODE
from hardware.simulator.signalling import Signalling, network_of
from hardware.simulator.signalling_heard import hears, ring
from hardware.simulator.signalling_plan import RingStarted, RingStopped
from tests.hardware.told_modem import CALL, prints, told

COUNTRIES = ("US", "CA", "GB", "DE", "FR", "AU", "NL", "SE", "DK", "BR", "JP", "XX")

# What a host that knows its modem says to it first, beyond Caller ID, by the way a country's network reports.
BEFOREHAND: dict[str, dict[Signalling, str]] = {
    "zoom3095": {Signalling.SIN227: "+GCI=B4", Signalling.DTMF: "!4886=05"},
    "usr-eu": {Signalling.SIN227: "+GCI=B4"},
    "rd02-d400": {
        Signalling.BELL: "!4886=00", Signalling.ETSI: "!4886=02", Signalling.SIN227: "!4886=03",
        Signalling.DTMF: "!4886=05",
    },
    "si24xx": {Signalling.SIN227: "+VCDT=2", Signalling.JCLIP: "+VCDT=3", Signalling.DTMF: "+VCDT=4"},
    **{name: {Signalling.DTMF: "!4886=05"} for name in ("cx93001", "cx93010", "tfm561u")},
}  # fmt: skip
DIGITS = {"NL": b"D2125550123C", "DK": b"2125550123#", "SE": b"A2125550123C", "BR": b"A2125550123C"}
SPACED = {"usr", "usr-old", "usr5639", "usr-eu"}
HEARS_DIGITS = {"cx93001", "cx93010", "zoom3095", "rd02-d400", "tfm561u"}
PRINTS_NO_OTHERS = {*SPACED, "plain", "old", "si24xx"}


def ready(model: ModemModel, country: str) -> Settings:
    settings = Settings(model, country)
    command = BEFOREHAND.get(model.name, {}).get(network_of(country).signalling)
    if command:
        assert told(settings, command) == ""
    return settings


def documented(model: ModemModel, country: str) -> bytes:
    """The report of CALL as the manuals and captures of modems show it."""
    equals = b"=" if model.name in SPACED else b" = "
    fields = [(b"DATE", b"0117"), (b"TIME", b"1452"), (b"NMBR", b"2125550123"), (b"NAME", b"JORDAN AVERY")]
    if country not in ("US", "CA"):
        fields.pop()
    if country == "GB" and model.name not in PRINTS_NO_OTHERS:
        fields.insert(0, (b"MESG", b"110101"))
    text = b"\r\n" + b"".join(tag + equals + value + b"\r\n" for tag, value in fields) + b"\r\n"
    if country in DIGITS:
        text = b"\r\nNMBR = 2125550123\r\n\r\n" if model.name in HEARS_DIGITS else b""
    if model.name != "si24xx":
        return text if country != "JP" else b""
    if country in DIGITS:
        return b"\r\nFLASH\r\n\r\n" + DIGITS[country] + b"\r\n"
    announced = b"\r\nFLASH\r\n\r\nSTAS\r\n" if country == "GB" else b""
    return announced + b"\r\nCIDM\r\n" + text + b"\r\nNO CARRIER\r\n"


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", sorted(set(MODELS) - {"agrees"}))
def test_each_modem_reports_each_countrys_calls_in_its_documented_way(name: str, country: str) -> None:
    settings = ready(MODELS[name], country)
    assert prints(settings, CALL, network_of(country)) == documented(MODELS[name], country)


def test_a_software_modem_puts_the_name_first_and_says_none() -> None:
    settings = Settings(MODELS["agrees"], "US")
    assert prints(settings, replace(CALL, name="DOE JOHN", dialled="5550100"), network_of("US")) == (
        b"\r\nDATE=0117\r\n\r\nTIME=1452\r\n\r\nNAME=DOE JOHN\r\n\r\nNMBR=2125550123\r\n\r\nANID=<NONE>\r\n"
        b"\r\nUSER=<NONE>\r\n\r\nPASS=<NONE>\r\n\r\nCDID=<NONE>\r\n\r\nNDID=5550100\r\n"
    )
    nobody = prints(settings, Script(), network_of("US"))
    assert b"\r\nNMBR=<NONE>\r\n" in nobody


@pytest.mark.parametrize(
    ("name", "country", "wrong"),
    [
        ("zoom3095", "GB", None),
        ("usr-eu", "GB", None),
        ("rd02-d400", "US", None),
        ("rd02-d400", "DE", None),
        ("cx93001", "NL", None),
        ("si24xx", "GB", None),
        ("si24xx", "SE", None),
        ("usr", "GB", "+GCI=B5"),
        ("usr", "US", "+GCI=00"),
        ("cx93001", "US", "!4886=05"),
        ("si24xx", "US", "+VCDT=4"),
        ("usr", "NL", "+GCI=7B"),
        ("cx93001", "JP", "!4886=01"),
    ],
)
def test_a_modem_that_was_not_told_the_country_or_was_told_another_says_nothing(
    name: str, country: str, wrong: str | None
) -> None:
    settings = Settings(MODELS[name], country)
    if wrong:
        told(settings, wrong)
    assert prints(settings, CALL, network_of(country)) == b""


@pytest.mark.parametrize(("network", "heard"), [("etsi-before-ring", True), ("etsi-short-ring", True), ("bell", True)])
def test_a_modem_set_for_europe_hears_announced_reports_and_one_set_for_america_only_later_ones(
    network: str, heard: bool
) -> None:
    assert hears(Settings(MODELS["usr"], "DE"), VARIANTS[network]) is heard
    assert hears(Settings(MODELS["usr"], "US"), VARIANTS[network]) is (network == "bell")


def test_a_silabs_modem_set_to_listen_always_hears_what_comes_before_the_ring() -> None:
    settings = Settings(MODELS["si24xx"], "DE")
    assert not hears(settings, VARIANTS["etsi-before-ring"])
    told(settings, "+VCDT=1")
    assert hears(settings, VARIANTS["etsi-before-ring"])
    assert hears(settings, VARIANTS["british"])


def test_every_model_can_be_told_apart_and_says_what_it_is() -> None:
    for name, model in MODELS.items():
        assert name == model.name
        assert model.says
        assert ("8" in model.classes.split(",")) is (model.voice is not None)


def test_every_country_with_a_way_of_its_own_has_a_code_or_is_known_by_none() -> None:
    assert set(NETWORKS) - set(COUNTRY_CODE) <= {"CN", "HK", "TW", "SG", "KW", "IS", "SA", "UY"}


COMMANDS = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(("+VCID", "#CID", "+GCI", "!4886", "!4892", "+VCDT", "+PCW", "-STE", "-SCID", "-SDR", "+VDR",
                         "+VRID", "+VCIDR", "S41", "H", "A", "D")),
        st.sampled_from(("", "?", "=?", "=")),
        st.text("0123456789ABCDEF,-;x", max_size=6),
    ),
    st.text(max_size=12),
)  # fmt: skip


@given(st.sampled_from(sorted(MODELS)), st.lists(COMMANDS, max_size=6), st.booleans())
def test_whatever_a_modem_is_told_it_obeys_or_refuses_and_hears_the_next_call(
    name: str, commands: list[str], handset_up: bool
) -> None:
    settings = Settings(MODELS[name], "US")
    settings.telephone.handset_up = lambda: handset_up
    for command in commands:
        for token in tokens("".join(command.upper().split())) or ():
            with suppress(RefusedError):
                settings.perform(token)
    for network in VARIANTS.values():
        prints(settings, CALL, network, raw=settings.caller_id == RAW)
    for step in (RingStarted(new_ring=True), RingStopped(2.0), RingStarted(new_ring=False, short=True)):
        assert all(line.isascii() for line in ring(settings, step))
