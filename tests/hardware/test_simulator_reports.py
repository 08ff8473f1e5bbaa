"""Raw and damaged reports, messages that wait, names and tones as simulated modems print them, byte by byte."""

from dataclasses import replace

import pytest

from hardware.events import Absence
from hardware.simulator import MODELS, VARIANTS, Damage, Script
from hardware.simulator.commands import Settings
from hardware.simulator.signalling import network_of
from hardware.simulator.signalling_heard import report
from hardware.simulator.signalling_sent import notice
from tests.hardware.told_modem import CALL, prints, told

ORDINARY = {
    "usr": b"\r\nDATE=0117\r\nTIME=1452\r\nNMBR=2125550123\r\nNAME=JORDAN AVERY\r\n\r\n",
    "cx93001": b"\r\nDATE = 0117\r\nTIME = 1452\r\nNMBR = 2125550123\r\nNAME = JORDAN AVERY\r\n\r\n",
}
AMERICAN = "802401083031313731343532020A32313235353530313233070C4A4F5244414E20415645525940"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("usr", b"\r\nMESG=" + bytes.fromhex(AMERICAN).hex(" ").upper().encode() + b"\r\n"),
        ("cx93001", b"\r\n" + AMERICAN.encode() + b"\r\n"),
        ("lucent", b"\r\nMESG = " + AMERICAN.encode() + b"\r\n"),
        ("si24xx", b"\r\nCIDM\r\n\r\n" + AMERICAN.encode() + b"\r\n\r\nNO CARRIER\r\n"),
        ("usr-ti", b"\r\n" + AMERICAN.encode() + b"\r\n"),
    ],
)
def test_raw_reports_are_the_message_in_each_modems_hex(name: str, text: bytes) -> None:
    assert prints(Settings(MODELS[name], "US"), CALL, network_of("US"), raw=True) == text


@pytest.mark.parametrize(
    ("script", "raw"),
    [
        (Script(absence=Absence.PRIVATE), "800E0108303131373134353204015008015014"),
        (Script(number="2125550123", name_absence=Absence.UNAVAILABLE), None),
        (Script(name="A B", order=("NAME", "NMBR"), number="2125550123"), None),
    ],
)
def test_raw_reports_hold_the_reasons_for_what_is_missing(script: Script, raw: str | None) -> None:
    text = prints(Settings(MODELS["cx93001"], "US"), script, network_of("US"), raw=True).strip().decode()
    octets = bytes.fromhex(text)
    assert sum(octets) % 256 == 0
    if raw is not None:
        body = octets[2:-1]
        assert body == bytes.fromhex(raw)[2:-1]
    elif script.name_absence:
        assert octets[:-1].endswith(b"\x02\x0a2125550123\x08\x01O")
    else:
        assert octets[:-1].endswith(b"\x07\x03A B\x02\x0a2125550123")


def test_a_british_message_begins_with_the_call_type() -> None:
    text = prints(Settings(MODELS["cx93001"], "GB"), CALL, network_of("GB"), raw=True)
    assert text.startswith(b"\r\n8019110101" + b"010830313137")


@pytest.mark.parametrize(
    ("extra", "lines"),
    [
        ({"dialable": "18005550188"}, b"DDN_NMBR= 18005550188\r\n"),
        ({"long_distance": True}, b"MESG = 06014C\r\n"),
        ({"call_type": 2}, b"MESG = 110102\r\n"),
        ({"forwarded_by": "2125550190"}, b"MESG = 120A32313235353530313930\r\nMESG = 150101\r\n"),
    ],
)
def test_a_conexant_prints_parameters_that_have_no_tag_of_their_own(extra: dict[str, object], lines: bytes) -> None:
    script = replace(CALL, **extra)  # type: ignore[arg-type]  # each row holds one field of a script
    assert lines in prints(Settings(MODELS["cx93001"], "US"), script, network_of("US"))
    assert prints(Settings(MODELS["usr"], "US"), script, network_of("US")) == ORDINARY["usr"]


def test_the_number_that_was_called_travels_where_the_network_tells_it() -> None:
    script = replace(CALL, dialled="+493023125099")
    german = prints(Settings(MODELS["cx93001"], "DE"), script, network_of("DE"), raw=True)
    assert b"+493023125099".hex().upper().encode() in german
    assert b"DDN_NMBR= +493023125099" in prints(Settings(MODELS["cx93001"], "DE"), script, network_of("DE"))
    american = prints(Settings(MODELS["cx93001"], "US"), script, network_of("US"), raw=True)
    assert american == b"\r\n" + AMERICAN.encode() + b"\r\n"


@pytest.mark.parametrize(
    ("charset", "octets"),
    [
        ("latin-1", b"V\xc4H\xc4L\xc4"),
        ("cp437", b"V\x8eH\x8eL\x8e"),
        ("utf-8", "VÄHÄLÄ".encode()),
        ("ascii", b"V?H?L?"),
    ],
)
def test_a_name_is_sent_in_the_networks_character_set(charset: str, octets: bytes) -> None:
    script = Script(number="2125550123", name="VÄHÄLÄ", charset=charset)
    assert b"NAME=" + octets + b"\r\n" in prints(Settings(MODELS["usr"], "US"), script, network_of("US"))
    assert octets.hex().upper().encode() in prints(
        Settings(MODELS["cx93001"], "US"), script, network_of("US"), raw=True
    )


@pytest.mark.parametrize("damage", [Damage.BIT_FLIPPED, Damage.CHECKSUM, Damage.TRUNCATED])
@pytest.mark.parametrize("name", ["usr", "cx93001", "lucent", "plain"])
def test_a_damaged_report_is_kept_back_and_printed_only_raw(name: str, damage: Damage) -> None:
    settings = Settings(MODELS[name], "US")
    script = replace(CALL, damage=damage)
    assert prints(settings, script, network_of("US")) == b""
    if MODELS[name].caller_id.raw is not None:
        lines = prints(settings, script, network_of("US"), raw=True).strip().splitlines()
        octets = bytes.fromhex(lines[0].decode().rpartition("=")[2].replace(" ", ""))
        assert sum(octets) % 256 != 0 or len(octets) != octets[1] + 3


def test_repeated_copies_are_told_once_formatted_and_one_by_one_raw() -> None:
    settings = Settings(MODELS["cx93001"], "US")
    for damage in (Damage.TWICE, Damage.BAD_THEN_GOOD):
        script = replace(CALL, damage=damage)
        assert prints(settings, script, network_of("US")) == ORDINARY["cx93001"]
        lines = prints(settings, script, network_of("US"), raw=True).split()
        assert len(lines) == 2
        assert lines[1] == AMERICAN.encode()
        assert (lines[0] == lines[1]) is (damage is Damage.TWICE)


def test_only_the_opening_of_a_report_is_told_by_some_with_a_word_of_their_own() -> None:
    script = replace(CALL, damage=Damage.SEIZURE_ONLY)
    assert prints(Settings(MODELS["cx93001"], "US"), script, network_of("US")) == b"\r\nMESG = CALID_202\r\n\r\n"
    assert prints(Settings(MODELS["usr"], "US"), script, network_of("US")) == b""


@pytest.mark.parametrize(
    ("network", "on", "formatted", "raw"),
    [
        ("bell", True, b"\r\nMESG = 0B01FF\r\n\r\n", b"\r\n82030B01FF70\r\n"),
        ("bell", False, b"\r\nMESG = 0B0100\r\n\r\n", b"\r\n82030B01006F\r\n"),
        ("bell-single", True, b"\r\nMESG = 060342424231\r\n\r\n", b"\r\n060342424231\r\n"),
        ("bell-single", False, b"\r\nMESG = 06036F6F6FAA\r\n\r\n", b"\r\n06036F6F6FAA\r\n"),
    ],
)
def test_waiting_messages_are_told_as_in_the_transcripts(network: str, on: bool, formatted: bytes, raw: bytes) -> None:
    signal = notice(on, VARIANTS[network])
    assert b"".join(report(MODELS["cx93001"], signal, raw=False)) == formatted
    assert b"".join(report(MODELS["cx93001"], signal, raw=True)) == raw
    assert report(MODELS["plain"], signal, raw=False) == []


def test_the_older_format_holds_no_name() -> None:
    script = Script(number="2125550123", name="JORDAN AVERY", date="0321", time="1409")
    settings = Settings(MODELS["cx93001"], "US")
    assert b"NAME" not in prints(settings, script, VARIANTS["bell-single"])
    withheld = Script(absence=Absence.PRIVATE, date="0321", time="1409")
    assert prints(settings, withheld, VARIANTS["bell-single"], raw=True) == b"\r\n04093033323131343039500F\r\n"


@pytest.mark.parametrize(
    ("network", "number", "absence", "text", "fields"),
    [
        ("dtmf-a-c", "0201234567", None, b"A0201234567C", b"0201234567"),
        ("dtmf-a-c", None, Absence.PRIVATE, b"B10C", b"P"),
        ("dtmf-a-c", None, Absence.UNAVAILABLE, b"B00C", b"O"),
        ("dtmf-a-hash", "20000142", None, b"A20000142#", b"20000142"),
        ("dtmf-a-hash", None, Absence.PRIVATE, b"D1#", b"P"),
        ("dtmf-d-c", None, Absence.PRIVATE, b"D0000000000C", b"0000000000"),
        ("dtmf-hash", None, Absence.UNAVAILABLE, b"D2#", b"O"),
    ],
)
def test_tones_are_printed_as_text_or_as_a_field_by_the_modems_that_hear_them(
    network: str, number: str | None, absence: Absence | None, text: bytes, fields: bytes
) -> None:
    script = Script(number=number, absence=absence)
    silabs, conexant = Settings(MODELS["si24xx"], "SE"), Settings(MODELS["cx93001"], "SE")
    told(silabs, "+VCDT=6")
    told(conexant, "!4886=05")
    assert prints(silabs, script, VARIANTS[network]) == b"\r\nFLASH\r\n\r\n" + text + b"\r\n"
    assert prints(conexant, script, VARIANTS[network]) == b"\r\nNMBR = " + fields + b"\r\n\r\n"
    assert prints(Settings(MODELS["usr"], "SE"), script, VARIANTS[network]) == b""
