"""What networks tell beside a plain report: patterns of rings, second callers, the mailbox; and other telephones."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hardware.simulator import MODELS, VARIANTS, Damage, Script, SimulatedModem
from tests.hardware.plain_program import Program, off_hook, until

SPEED = 40.0
NUMBER = "2125550123"


@contextmanager
def scene(model: str, country: str = "US", *commands: bytes) -> Iterator[tuple[SimulatedModem, Program]]:
    """A modem that was told `commands`, and a program that has read the answers."""
    with SimulatedModem(country, model=MODELS[model], speed=SPEED) as sim, Program(sim.port) as program:
        program.ask(b"ATE0")
        for command in commands:
            assert program.ask(command).endswith(b"\r\nOK\r\n"), command
        program.seen = b""
        program.arrivals.clear()
        yield sim, program


@pytest.mark.parametrize(
    ("model", "command", "ring"),
    [
        ("usr", b"ATS41=1", b"\r\nRING B\r\n"),
        ("usr", b"ATS41=0", b"\r\nRING\r\n\r\nRING\r\n"),
        ("cx93001", b"AT-SDR=7", b"\r\nRING 2\r\n"),
        ("cx93001", b"AT-SDR=0", b"\r\nRING\r\n"),
        ("plain", b"AT", b"\r\nRING\r\n"),
        ("lucent", b"AT+VDR=0", b"\r\nRING\r\n"),
    ],
)
def test_a_second_numbers_ring_is_told_as_each_modem_was_asked_to(model: str, command: bytes, ring: bytes) -> None:
    with scene(model, "US", command) as (sim, program):
        call = sim.call(rings=1, ring_pattern=2)
        assert call.wait(5) == "gave_up"
        assert program.read_for(0.05) == ring


def test_an_ordinary_ring_has_the_first_letter_and_the_first_number() -> None:
    for model, command, ring in (("usr", b"ATS41=1", b"\r\nRING A\r\n"), ("cx93001", b"AT-SDR=7", b"\r\nRING 1\r\n")):
        with scene(model, "US", command) as (sim, program):
            assert sim.call(rings=1).wait(5) == "gave_up"
            assert program.read_for(0.05) == ring


def test_a_lucent_modem_measures_the_bursts_and_prints_ring_when_it_knows_one() -> None:
    with scene("lucent", "US", b"AT+VDR=1,0") as (sim, program):
        assert sim.call(rings=2, ring_pattern=2).wait(5) == "gave_up"
        first = b"\r\nDRON=8\r\n\r\nDROF=4\r\n\r\nDRON=8\r\n"
        assert program.read_for(0.05) == first + b"\r\nDROF=40\r\n\r\nRING\r\n" + first


@pytest.mark.parametrize("model", ["lucent", "mt9234zba", "si24xx"])
def test_asked_so_they_print_ring_behind_the_last_burst(model: str) -> None:
    with scene(model, "US", b"AT+VDR=1,5") as (sim, program):
        assert sim.call(rings=1, ring_pattern=2).wait(5) == "gave_up"
        assert program.read_for(0.05) == b"\r\nDRON=8\r\n\r\nDROF=4\r\n\r\nDRON=8\r\n\r\nRING\r\n"


def test_some_modems_print_ring_when_the_bell_stops() -> None:
    with scene("lucent", "DE") as (sim, program):
        call = sim.call(rings=1)
        program.wait_for(b"RING")
        assert call.started_at is not None
        assert program.when(b"RING") - call.started_at >= 1.0 / SPEED


def test_a_short_ring_announces_the_report_and_counts_as_none() -> None:
    with scene("usr", "DE", b"AT+VCID=1") as (sim, program):
        call = sim.call(NUMBER, network=VARIANTS["etsi-short-ring"], rings=1, date="0117", time="1452")
        assert call.wait(5) == "gave_up"
        report = b"\r\nDATE=0117\r\nTIME=1452\r\nNMBR=2125550123\r\n\r\n"
        assert program.read_for(0.05) == b"\r\nRING\r\n" + report + b"\r\nRING\r\n"
        assert call.rings == 1


def test_a_report_by_tones_comes_before_the_ring() -> None:
    with scene("si24xx", "SE", b"AT+VCID=1", b"AT+VCDT=4") as (sim, program):
        call = sim.call("0201234567", rings=1)
        assert call.wait(5) == "gave_up"
        assert program.read_for(0.05) == b"\r\nFLASH\r\n\r\nA0201234567C\r\n\r\nRING\r\n"
        assert call.number_sent_at is not None


def test_a_software_modem_knows_who_calls_before_it_rings() -> None:
    with scene("agrees", "US", b"AT+VCID=1", b"AT+XYZ", b"AT#CID=1", b"AT+VSM=?") as (sim, program):
        sim.call(NUMBER, "DOE JOHN", dialled="5550100", rings=1).wait(5)
        seen = program.read_for(0.05)
        assert seen.index(b"NAME=DOE JOHN") < seen.index(b"NMBR=2125550123") < seen.index(b"NDID=5550100\r\n\r\nRING")
        assert program.ask(b"AT+FCLASS=8") == b"\r\nERROR\r\n"


def test_a_dell_modem_reports_only_after_its_own_command() -> None:
    with scene("rd02-d400", "US", b"AT+VCID=1") as (sim, program):
        sim.call(NUMBER, rings=1).wait(5)
        assert program.read_for(0.05) == b"\r\nRING\r\n"
        program.ask(b"AT!4886=00")
        sim.call(NUMBER, rings=1).wait(5)
        assert b"NMBR = 2125550123" in program.read_for(0.05)


def test_a_zoom_modem_in_britain_needs_the_country() -> None:
    with scene("zoom3095", "GB", b"AT+VCID=1") as (sim, program):
        assert program.ask(b"AT+GCI?") == b"\r\n+GCI: B5\r\n\r\nOK\r\n"
        call = sim.call("02079460123", rings=1)
        call.wait(5)
        assert b"NMBR" not in program.read_for(0.05)
        assert call.number_sent_at is None
        program.ask(b"AT+GCI=B4")
        sim.call("02079460123", rings=1).wait(5)
        assert b"NMBR = 02079460123" in program.read_for(0.05)


def test_a_european_usr_knows_four_countries() -> None:
    with scene("usr-eu", "DE") as (_, program):
        assert program.ask(b"AT+GCI?") == b"\r\nF6\r\n\r\nOK\r\n"
        assert program.ask(b"AT+GCI=?") == b"\r\nB4,3D,42,F6\r\n\r\nOK\r\n"
        assert program.ask(b"AT+GCI=B5") == b"\r\nERROR\r\n"


def test_the_last_report_can_be_asked_for_again() -> None:
    with scene("si24xx", "US", b"AT+VCID=1") as (sim, program):
        assert program.ask(b"AT+VCIDR?") == b"\r\nNO DATA\r\n\r\nOK\r\n"
        sim.call("5125550134", "JANE_ROE", date="0911", time="1621", rings=1).wait(5)
        program.read_for(0.05)
        assert program.ask(b"AT+VCIDR?") == (
            b"\r\n+VCIDR:\r\n80 20 01 08 30 39 31 31 31 36 32 31 02 0A 35 31\r\n"
            b"32 35 35 35 30 31 33 34 07 08 4A 41 4E 45 5F 52\r\n4F 45 45\r\n\r\nOK\r\n"
        )
    with scene("cx93001", "US", b"AT+VCID=1") as (sim, program):
        assert program.ask(b"AT+VRID=0") == b"\r\nOK\r\n"
        sim.call(NUMBER, date="0911", time="1621", rings=1).wait(5)
        program.read_for(0.05)
        again = program.ask(b"AT+VRID=0")
        assert again == b"\r\nDATE = 0911\r\nTIME = 1621\r\nNMBR = 2125550123\r\n\r\n\r\nOK\r\n"


def test_raw_reports_show_a_damaged_copy_and_the_good_one_after_it() -> None:
    with scene("cx93001", "US", b"AT+VCID=2") as (sim, program):
        call = sim.call(NUMBER, damage=Damage.BAD_THEN_GOOD, rings=1, date="0117", time="1452")
        call.wait(5)
        lines = program.read_for(0.05).split()
        assert [line[:2] for line in lines] == [b"RI", b"80", b"80"]
        assert lines[1] != lines[2]
        assert call.number_sent_at is not None


# The mailbox


def test_waiting_messages_are_told_without_a_call_and_only_when_asked_for() -> None:
    with scene("cx93001", "US", b"AT+VCID=1") as (sim, program):
        sim.message_waiting(True)
        assert program.wait_for(b"0B01FF\r\n\r\n") == b"\r\nMESG = 0B01FF\r\n\r\n"
        sim.message_waiting(False)
        program.wait_for(b"0B0100\r\n")
        program.ask(b"AT+VCID=0")
        start = len(program.seen)
        sim.message_waiting(True)
        assert program.read_for(0.05) == b""
        assert len(program.seen) == start


def test_the_mailbox_waits_until_the_line_is_free() -> None:
    with scene("cx93001", "US", b"AT+VCID=1") as (sim, program):
        sim.lift_handset()
        sim.message_waiting(True)
        assert program.read_for(0.05) == b""
        sim.replace_handset()
        program.wait_for(b"MESG = 0B01FF\r\n")


# A second caller


def test_a_modem_that_listens_in_tells_of_a_second_caller_without_a_ring() -> None:
    with scene("cx93001", "US", b"AT-SCID=1") as (sim, program):
        assert program.ask(b"AT+VCID?") == b"\r\n+VCID: 1\r\n\r\nOK\r\n"
        first = sim.call(NUMBER)
        program.wait_for(b"RING")
        sim.lift_handset()
        start = len(program.seen)
        second = sim.call_waiting("2125550199", "AVERY QUINN")
        assert b"NAME = AVERY QUINN" in program.wait_for(b"NAME = AVERY QUINN", start=start)
        assert b"RING" not in program.seen[start:]
        assert (first.outcome, second.outcome) == ("taken", "ringing")
        assert second.wait(5) == "gave_up"
        assert (second.rings, first.ended_at) == (0, None)


@pytest.mark.parametrize(("model", "command"), [("cx93001", b"AT+VCID=1"), ("usr", b"AT+VCID=1")])
def test_a_modem_that_does_not_listen_in_says_nothing_of_a_second_caller(model: str, command: bytes) -> None:
    with scene(model, "US", command) as (sim, program):
        sim.call(NUMBER)
        program.wait_for(b"RING")
        sim.lift_handset()
        program.read_for(0.02)
        start = len(program.seen)
        second = sim.call_waiting("2125550199")
        second.hang_up()
        assert second.outcome == "gave_up"
        program.read_for(0.02)
        assert b"2125550199" not in program.seen[start:]


def test_a_second_caller_rings_when_the_handset_goes_back_in_time() -> None:
    with scene("cx93001", "US", b"AT+VCID=1") as (sim, program):
        sim.call(NUMBER)
        program.wait_for(b"RING")
        sim.lift_handset()
        second = sim.call_waiting("2125550199")
        sim.replace_handset()
        until(lambda: second.rings > 0)
        program.wait_for(b"2125550199")
        program.ask(b"ATH1")
        assert second.outcome == "answered"
        third = sim.call_waiting("2125550188")
        assert third.wait(5) == "gave_up"


def test_a_second_caller_on_a_free_line_just_rings() -> None:
    with scene("cx93001", "US", b"AT+VCID=1") as (sim, program):
        sim.call_waiting("2125550199")
        program.wait_for(b"RING")


# Extensions


def test_a_modem_told_to_look_finds_the_line_in_use() -> None:
    with scene("cx93001", "US", b"AT-STE=1") as (sim, program):
        sim.lift_handset()
        for command in (b"ATH1", b"ATA", b"ATDT5550123"):
            program.write(command + b"\r")
            program.wait_for(b"\r\nLINE-IN-USE\r\n", start=len(program.seen))
            assert not off_hook(sim)
        sim.replace_handset()
        assert program.ask(b"ATH1") == b"\r\nOK\r\n"
        assert off_hook(sim)


def test_a_modem_that_was_not_told_to_look_goes_off_hook_all_the_same() -> None:
    with scene("cx93001") as (sim, program):
        sim.lift_handset()
        assert program.ask(b"ATH1") == b"\r\nOK\r\n"
        assert off_hook(sim)


@pytest.mark.parametrize(("senses", "told"), [(b"AT-STE=7", b"\x10P\x10p"), (b"AT-STE=1", b"")])
def test_a_lifted_handset_is_told_in_voice_class_where_it_was_asked_for(senses: bytes, told: bytes) -> None:
    with scene("cx93001", "US", senses, b"AT+FCLASS=8", b"AT+VLS=1") as (sim, program):
        start = len(program.seen)
        sim.lift_handset()
        sim.replace_handset()
        program.read_for(0.05)
        assert program.seen[start:].replace(b"\x10d", b"") == told


def test_a_report_that_the_modem_has_decoded_is_printed_to_the_end_whatever_the_line_does() -> None:
    with scene("usr", "US", b"AT+VCID=1") as (sim, program):
        call = sim.play(Script(number=NUMBER, name="JORDAN AVERY", pieces=1.0))
        program.wait_for(b"DATE=")
        program.ask(b"ATH1")
        program.ask(b"ATH0")
        assert call.outcome == "dropped"
        program.wait_for(b"NAME=JORDAN AVERY\r\n")
