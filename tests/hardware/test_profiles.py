import re

import pytest

from hardware.country import Signalling
from hardware.dle import END
from hardware.profiles import (
    CONEXANT,
    CONEXANT_ACF,
    INIT,
    LUCENT,
    MULTITECH,
    PROFILES,
    ROCKWELL,
    SILABS,
    USR,
    USR_TI,
    V253,
    ModemProfile,
    profile_for,
    profile_named,
)


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("5601\nU.S. Robotics 56K FAX USB V1.2.23", USR),
        ("5601", USR),
        ("U.S. Robotics 56K FAX USB NPA1F01", USR),
        ("56000\nCX93001-EIS_V0.2013-V92\nCONEXANT", CONEXANT),
        ("56000\nCX93001-EIS_V0.2002-V92", CONEXANT),
        ("RD02-D400", CONEXANT),
        ("56000", CONEXANT_ACF),
        ("56000\nCONEXANT ACF", CONEXANT_ACF),
        ("ACF3_V1.200-V90_2M_SCF", CONEXANT_ACF),
        ("56000/33600", ROCKWELL),
        ("33600\nRCV336DPFSP Rev 44BC", ROCKWELL),
        ("14400", ROCKWELL),
        ("LT V.90 1.0 MT5634ZBAV Serial Data/Fax/Voice Modem Version 4.09a", MULTITECH),
        ("MT9234ZBA-USB", MULTITECH),
        ("MultiTech Systems\nMT9234MU", MULTITECH),
        ("ZOOM V.90 kfav163 Serial s73198V -L Z207", LUCENT),
        ("Venus V.90 USB U052099a", LUCENT),
        ("Agere OCM V.92", LUCENT),
        ("Si2457", SILABS),
        ("C\n18F\n2457", SILABS),
        ("5601\nU.S. Robotics 56K FAX EXT V1.1.6", USR_TI),
        ("3362\nSportster 33600/Fax V5.0", USR_TI),
        ("1445", USR_TI),
        ("", V253),
        ("modem", V253),
        ("18F\nC", V253),
        ("156000\n56001", V253),
        ("<NONE>", V253),
    ],
)
def test_a_modem_is_recognised_by_what_it_says_of_itself(said: str, row: ModemProfile) -> None:
    assert profile_for(said) is row
    assert profile_for(said.lower()) is row
    assert profile_for(said.upper()) is row


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row.name)
def test_every_row_begins_with_the_safe_words_and_speaks_plain_text(row: ModemProfile) -> None:
    assert row.init == INIT
    assert (row.off_hook, row.on_hook) == ("ATH1", "ATH0")
    texts = [step.command for step in row.init] + [*row.extras, *row.signalling.values(), row.distinctive_ring]
    texts += [text for switch in row.caller_id for text in (switch.on, switch.query, switch.modes)]
    voice = row.voice
    texts += [voice.enter, voice.leave, voice.answer, voice.hang_up, voice.play, voice.record, *voice.prepare]
    texts += [voice.select.format(code=1, rate=8000), voice.beep.format(hertz=900, duration=120)]
    assert all(re.fullmatch("AT[!-~]{1,56}", text) for text in texts)


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row.name)
def test_no_row_dials_answers_or_listens_for_second_callers_while_it_is_set_up(row: ModemProfile) -> None:
    texts = [step.command for step in row.init] + [*row.extras, *row.signalling.values(), row.distinctive_ring]
    assert not [text for text in texts if re.match(r"AT([AD]|H1|S0=[^0]|-SCID)", text)]


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row.name)
def test_the_hash_command_for_caller_id_comes_after_the_plus_command_and_raw_before_formatted(
    row: ModemProfile,
) -> None:
    names = [switch.on[2] for switch in row.caller_id]
    assert names == sorted(names, key="+#".index)
    assert [switch.mode for switch in row.caller_id] == [2, 1] * (len(names) // 2)


def test_names_are_unique_and_lead_back_to_their_row() -> None:
    assert len({row.name for row in PROFILES}) == len(PROFILES)
    assert all(profile_named(row.name) is row for row in PROFILES)
    assert profile_named("auto") is None


def test_the_way_numbers_are_sent_is_told_to_the_chips_that_can_be_told() -> None:
    assert {row.name for row in PROFILES if row.signalling} == {"Conexant", "Si24xx"}
    assert set(CONEXANT.signalling) == set(SILABS.signalling) == set(Signalling)
    assert CONEXANT.signalling[Signalling.BRITAIN] == "AT!4886=03"
    assert SILABS.signalling[Signalling.ETSI_DTMF] == "AT+VCDT=6"


def test_an_abort_drops_what_is_queued_before_it_ends_the_stream() -> None:
    for row in PROFILES:
        assert row.voice.abort_playing.startswith(b"\x10\x18")
        assert row.voice.abort_playing.removeprefix(b"\x10\x18") in (b"", END)
    assert V253.voice.stop_recording == CONEXANT.voice.stop_recording == b"\x10!"
