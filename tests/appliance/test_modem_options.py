import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config import MODEM_PROFILES, Config, ModemConfig
from appliance.extra_commands import MAX_LENGTH, why_refused
from appliance.modem_options import modem_options
from hardware.profiles import CONEXANT, PROFILES, ModemOptions


def test_the_profiles_that_can_be_named_are_those_that_there_are() -> None:
    assert sorted(MODEM_PROFILES) == sorted(row.name for row in PROFILES)


def test_the_defaults_leave_everything_to_be_found_out() -> None:
    assert modem_options(Config(data=Path("/nowhere"))) == ModemOptions()


def test_what_the_installer_says_reaches_the_modem() -> None:
    modem = ModemConfig(profile="Conexant", caller_id="raw", distinctive_ring=True, extra=("AT-STE=0",))
    assert modem_options(Config(country="NL", modem=modem)) == ModemOptions(
        country="NL", profile=CONEXANT, raw_caller_id=True, distinctive_ring=True, extra=("AT-STE=0",)
    )


@pytest.mark.parametrize(
    "command",
    [
        "AT-STE=0",
        "AT!4886=05",
        "AT!4892=FF",
        "AT+GCI=B4",
        "ATS41=1",
        "AT M0 L1",
        "at-sdr=7",
        "AT&K3",
        "AT\\Q3%C0",
        "AT+VDR=1,1;+VGR=121",
        "ATX3S7=30",
    ],
)
def test_settings_may_be_sent(command: str) -> None:
    assert why_refused(command) is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("ATD2025550123", "not hold D: it would dial, answer, or take or use the line"),
        ("ATDT", "not hold D"),
        ("ATA", "not hold A"),
        ("ATM0A", "not hold A"),
        ("AT M0 D 5", "not hold D"),
        ("ata", "not hold A"),
        ("AT+GCI=B5;D5", "not hold D"),
        ("ATH1", "not hold H"),
        ("ATO", "not hold O"),
        ("AT&T3", "not hold &T"),
        ("AT+VLS=1", "not hold +VLS"),
        ("AT-STE=3;+VLS=1", "not hold +VLS"),
        ("AT#VLS=0", "not hold #VLS"),
        ("ATS0=1", "not set S0: it would make the modem answer calls by itself"),
        ("ATM0S000=2", "not set S0"),
        ("ATS3=59", "not set S3"),
        ("ATE1", "not hold E: it would change how the modem answers Quietline"),
        ("ATV0", "not hold V"),
        ("ATQ1", "not hold Q"),
        ("ATZ", "not hold Z"),
        ("AT&F", "not hold &F"),
        ("AT&D0", "not hold &D"),
        ("AT+FCLASS=8", "not hold +FCLASS"),
        ("AT#CLS=8", "not hold #CLS"),
        ("AT+VCID=0", 'not hold +VCID: it is what modem.caller_id is for ("formatted" or "raw")'),
        ("AT#CID=1D5551234", "hold settings only"),  # Rockwell takes a second command without a semicolon
        ("AT+GCI=B5D5", "hold settings only"),
        ("AT!4886=0D5", "hold settings only"),
        ("ATS=1", "hold settings only"),
        ("AT-STE?", "hold settings only"),
        ("A/", 'begin with "AT"'),
        ("", 'begin with "AT"'),
        ("+++", 'begin with "AT"'),
        ("ATM0\rATD5", "be plain printable characters"),
        ("ATM\u0661", "be plain printable characters"),
        ("AT" + "M0" * 30, "have at most 60 characters"),
    ],
)
def test_what_could_take_the_line_or_make_the_modem_deaf_is_refused(command: str, said: str) -> None:
    assert (why_refused(command) or "").startswith(said)


@given(st.text(st.sampled_from("ADHSEVQZO019=;,+-#!&%*$? FT"), max_size=20).map(lambda rest: "AT" + rest))
def test_no_command_that_may_be_sent_holds_a_letter_that_acts(command: str) -> None:
    if why_refused(command) is not None:
        return
    body = command[2:].replace(" ", "").upper()
    while body:
        if body[0] in "+-#!$*":  # a name with a value of its own, up to the semicolon
            _, _, body = body.partition(";")
        elif body[0] in "&%":
            body = body[2:].lstrip(string.digits)
        else:
            assert body[0] not in "ADHEVQZO"
            assert not body.startswith(("S0=", "S00=", "S000="))
            body = body[1:].lstrip(string.digits + "=;")


@given(st.text(max_size=80))
def test_any_text_is_answered_and_nothing_unprintable_may_be_sent(command: str) -> None:
    if why_refused(command) is None:
        assert command.isascii()
        assert command.isprintable()
        assert len(command) <= MAX_LENGTH
        assert command.upper().replace(" ", "").startswith("AT")
