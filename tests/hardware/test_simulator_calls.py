"""Calls as a plain program sees them on the pty, their times held to what the line promises."""

import time
from dataclasses import replace

import pytest

from hardware.events import Absence
from hardware.simulator import CALLS, PLAIN, Script, SimulatedModem
from hardware.simulator.cases import CallCase
from tests.hardware.plain_program import Program

SPEED = 40.0
READY = True
NUMBER = "2125550123"
# Seconds by which an arrival may be late on two busy cores; earlier than promised it may not be at all.
LATE = 0.5


def began(sim: SimulatedModem) -> float:
    assert sim.line.call is not None
    assert sim.line.call.started_at is not None
    return sim.line.call.started_at


def test_an_american_line_rings_two_seconds_in_six_and_reports_between_the_first_rings(
    sim: SimulatedModem, program: Program
) -> None:
    sim.call(NUMBER, "JORDAN AVERY", date="0117", time="1452")
    program.wait_for(b"RING\r\n")
    assert sim.line.ringing
    assert sim.line.sounding
    seen = program.wait_for(b"\r\n\r\n\r\nRING\r\n")
    assert seen == (
        b"\r\nRING\r\n\r\nDATE=0117\r\nTIME=1452\r\nNMBR=2125550123\r\nNAME=JORDAN AVERY\r\n\r\n\r\nRING\r\n"
    )
    start = began(sim)
    for wanted, occurrence, due in ((b"RING\r\n", 1, 0.0), (b"NAME=", 1, 3.3), (b"RING\r\n", 2, 6.0)):
        late = program.when(wanted, occurrence) - (start + due / SPEED)
        assert 0 <= late < LATE


def test_a_british_line_reports_first_and_rings_twice_in_each_ring() -> None:
    with SimulatedModem("GB", speed=SPEED) as sim, Program(sim.port) as program:
        program.ready()
        call = sim.call("02079460123", rings=2, date="0124", time="1534")
        report = b"\r\nDATE=0124\r\nTIME=1534\r\nNMBR=02079460123\r\n\r\n"
        assert program.wait_for(4 * b"\r\nRING\r\n") == report + 4 * b"\r\nRING\r\n"
        assert call.wait(5) == "gave_up"
        assert call.rings == 2
        for occurrence, due in ((1, 0.5), (2, 0.5 + 0.6), (3, 0.5 + 3.0), (4, 0.5 + 3.6)):
            assert 0 <= program.when(b"RING\r\n", occurrence) - (began(sim) + due / SPEED) < LATE


def test_the_plain_modem_prints_one_line_for_a_double_ring() -> None:
    with SimulatedModem("GB", model=PLAIN, speed=SPEED) as sim, Program(sim.port) as program:
        program.ready()
        call = sim.call(rings=3)
        assert call.wait(5) == "gave_up"
        assert program.read_for(0.05) == 3 * b"\r\nRING\r\n"


@pytest.mark.parametrize(
    ("script", "report"),
    [
        (Script(number=NUMBER), b"\r\nDATE=0117\r\nTIME=1452\r\nNMBR=2125550123\r\n\r\n"),
        (
            Script(number=NUMBER, name="A B", spacing="conexant"),
            b"\r\nDATE = 0117\r\nTIME = 1452\r\nNMBR = 2125550123\r\nNAME = A B\r\n\r\n",
        ),
        (Script(number=NUMBER, name="A B", order=("NAME", "NMBR")), b"\r\nNAME=A B\r\nNMBR=2125550123\r\n\r\n"),
        (Script(name="A B", order=("NMBR", "NAME")), b"\r\nNAME=A B\r\n\r\n"),
        (Script(number="", name="A B", order=("NMBR", "NAME")), b"\r\nNMBR=\r\nNAME=A B\r\n\r\n"),
        (Script(absence=Absence.PRIVATE, order=("NMBR", "NAME")), b"\r\nNMBR=P\r\nNAME=P\r\n\r\n"),
        (Script(absence=Absence.UNAVAILABLE, order=("NMBR", "NAME")), b"\r\nNMBR=O\r\nNAME=O\r\n\r\n"),
        (
            Script(number=NUMBER, absence=Absence.PRIVATE, order=("NMBR", "NAME")),
            b"\r\nNMBR=2125550123\r\nNAME=P\r\n\r\n",
        ),
        (
            Script(number=NUMBER, mask="O", name="A B", order=("NMBR", "NAME")),
            b"\r\nNMBR=2125550123\r\nNMBR=O\r\nNAME=A B\r\n\r\n",
        ),
        (Script(number=NUMBER, name=b"\xe4\x00\r\n\xff", order=("NAME",)), b"\r\nNAME=\xe4\x00\r\n\xff\r\n\r\n"),
        (Script(raw=b"\r\nMESG = 060342424231\r\n\r\n"), b"\r\nMESG = 060342424231\r\n\r\n"),
    ],
)
@pytest.mark.parametrize("pieces", [None, 0.5])
def test_a_report_comes_as_it_was_ordered(
    sim: SimulatedModem, program: Program, script: Script, report: bytes, pieces: float | None
) -> None:
    call = sim.play(replace(script, date="0117", time="1452", pieces=pieces, rings=1))
    call.wait(5)
    assert program.read_for(0.05) == b"\r\nRING\r\n" + report


def test_the_lines_of_a_report_in_pieces_come_as_far_apart_as_ordered(sim: SimulatedModem, program: Program) -> None:
    sim.call(NUMBER, "JORDAN AVERY", pieces=3.0)
    program.wait_for(b"NAME=JORDAN AVERY")
    tags = (b"DATE=", b"TIME=", b"NMBR=", b"NAME=")
    for index, tag in enumerate(tags):
        assert 0 <= program.when(tag) - (began(sim) + (3.3 + index * 3.0) / SPEED) < LATE
    assert program.seen.index(b"NMBR=") < program.seen.rindex(b"RING")


def test_a_late_report_comes_after_the_second_ring(sim: SimulatedModem, program: Program) -> None:
    sim.call(NUMBER, late=5.0)
    seen = program.wait_for(b"NMBR=")
    assert seen.count(b"RING") == 2


def test_the_date_and_time_of_a_report_are_those_of_now(sim: SimulatedModem, program: Program) -> None:
    before = time.strftime("DATE=%m%d\r\nTIME=%H%M\r\n").encode()
    sim.call(NUMBER)
    seen = program.wait_for(b"NMBR=")
    after = time.strftime("DATE=%m%d\r\nTIME=%H%M\r\n").encode()
    assert before in seen or after in seen


def test_without_caller_id_asked_for_the_line_only_rings(sim: SimulatedModem, program: Program) -> None:
    program.ask(b"AT+VCID=0")
    start = len(program.seen)
    call = sim.call(NUMBER, rings=2)
    call.wait(5)
    program.read_for(0.05)
    assert program.seen[start:] == 2 * b"\r\nRING\r\n"
    assert call.number_sent_at is None


@pytest.mark.parametrize("case", CALLS.values(), ids=CALLS.keys())
def test_every_call_of_the_table_is_played_to_its_end(case: CallCase) -> None:
    with SimulatedModem(speed=2000.0) as sim, Program(sim.port) as program:
        program.ready()
        call = sim.play(case.script)
        end = time.monotonic() + 5
        while not call.over:
            assert time.monotonic() < end
            program.read_for(0.01)
        program.read_for(0.02)
        assert call.outcome == "gave_up"
        assert sim.line.free
        wanted = case.script.number
        told = case.told and (wanted is not None or case.script.absence is not None)
        assert (call.number_sent_at is not None) == told
        if told and wanted is not None:
            assert str(wanted).encode() in program.seen
        if not case.told:
            assert b"NMBR" not in program.seen
        assert program.ask(b"AT").endswith(b"\r\nOK\r\n")
