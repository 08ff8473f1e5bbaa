import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.simulator import SimulatedModem
from hardware.simulator.models import MODELS
from hardware.simulator.voice_sound import Misreports, Speaks
from tests.hardware.plain_program import Program, off_hook, until
from tests.hardware.voice_program import CX, END, answered, answered_with, stream

SPEED = 20.0
MODEL = CX
SPEECH = bytes(range(256)) * 8


def test_what_the_caller_says_is_recorded_byte_for_byte() -> None:
    # Slow enough that a program which is not let run for a second loses nothing.
    with SimulatedModem(model=CX, speed=4.0) as sim, Program(sim.port) as program:
        call, start = answered_with(b"AT+VRX", sim, program, Speaks(0.5, SPEECH), Misreports(1.0, b"l"))
        program.wait_for(b"\x10l", start=start)
        program.write(b"\x10!")
        heard = program.wait_for(END + b"\r\nOK\r\n", start=start)
        assert SPEECH.replace(b"\x10", b"\x10\x10") in heard
        assert program.ask(b"ATH") == b"\r\nOK\r\n"
        assert call.wait(5) == "dropped"
        assert program.ask(b"AT+FCLASS?") == b"\r\n0\r\n\r\nOK\r\n"


def test_what_is_played_is_heard_by_the_caller_however_the_host_cuts_it(sim: SimulatedModem, program: Program) -> None:
    call = answered(sim, program)
    stream(program, b"AT+VTX")
    wire = SPEECH.replace(b"\x10", b"\x10\x10") + END
    for piece in (wire[:17], wire[17:18], wire[18:19], *(wire[at : at + 7] for at in range(19, len(wire), 7))):
        program.write(piece)
    program.wait_for(b"OK\r\n", start=program.seen.index(b"CONNECT"))
    assert call.heard == SPEECH
    assert sim.played == SPEECH


def test_the_answer_to_a_played_stream_comes_when_it_was_played(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = stream(program, b"AT+VTX")
    program.write(b"\x7f" * 16000 + END)
    program.wait_for(b"OK\r\n", start=start)
    begun = program.when(b"CONNECT\r\n")
    assert program.arrivals[-1][0] - begun >= 2.0 / 20 * 0.9
    assert sim.played == b"\x7f" * 16000


def test_commands_behind_the_end_of_a_stream_are_obeyed(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = stream(program, b"AT+VRX")
    program.write(b"\x10!AT+FCLASS?\r")
    program.wait_for(END + b"\r\nOK\r\n\r\n8\r\n\r\nOK\r\n", start=start)


def test_playing_that_is_cancelled_ends_at_once(sim: SimulatedModem, program: Program) -> None:
    call = answered(sim, program)
    start = stream(program, b"AT+VTX")
    program.write(b"\x01" * 3000)
    until(lambda: bool(sim.played))
    program.write(b"\x10\x18" + END)
    program.wait_for(b"OK\r\n", start=start)
    assert len(call.heard) <= 3000
    assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_a_gap_in_what_is_played_is_told_once(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = stream(program, b"AT+VTX")
    program.write(b"\x01" * 100)
    program.wait_for(b"\x10u", start=start)
    assert program.read_for(0.05) == b""


def test_both_directions_run_at_once(sim: SimulatedModem, program: Program) -> None:
    call, start = answered_with(b"AT+VTR", sim, program, Speaks(0.0, b"\x33" * 400_000))
    program.write(b"\x44" * 800)
    program.wait_for(b"\x33" * 800, start=start)
    until(lambda: call.heard == b"\x44" * 800)
    program.write(b"\x10^")
    program.wait_for(END + b"\r\nOK\r\n", start=start)


def test_a_host_that_does_not_read_loses_sound_and_is_told(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = stream(program, b"AT+VRX")
    # Half a minute of the line does not fit into terminal and chip.
    since = time.monotonic()
    until(lambda: time.monotonic() - since > 1.6)
    program.wait_for(b"\x10o", start=start)


def test_a_host_that_writes_faster_than_sound_is_made_to_wait(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = stream(program, b"AT+VTX")
    program.write(b"\x01" * 50_000)
    program.write(END)
    program.wait_for(b"OK\r\n", start=start)
    assert len(sim.played) == 50_000


def test_an_idle_modem_hangs_up_when_its_timer_says_so_and_not_before(sim: SimulatedModem, program: Program) -> None:
    call = answered(sim, program)
    program.ask(b"AT+VIT=15")
    program.ask(b"AT")
    assert off_hook(sim)
    assert call.wait(5) == "dropped"
    assert program.ask(b"AT+FCLASS?") == b"\r\n0\r\n\r\nOK\r\n"


def test_a_modem_that_records_does_not_take_its_host_for_gone(sim: SimulatedModem, program: Program) -> None:
    _, start = answered_with(b"AT+VIT=2\rAT+VRX", sim, program, Misreports(10.0, b"l"))
    program.wait_for(b"\x10l", start=start)
    assert off_hook(sim)


def test_a_beep_takes_its_time_and_commands_wait_for_it(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    start = len(program.seen)
    program.write(b"AT+VTS=[933,933,200]\rAT+VLS?\r")
    answer = program.wait_for(b"1\r\n\r\nOK\r\n", start=start)
    assert answer.startswith(b"\r\nOK\r\n")
    asked = next(entry.at for entry in reversed(sim.log) if b"+VTS" in entry.data)
    assert program.arrivals[-1][0] - asked >= 2.0 / 20 * 0.9


def test_a_rockwell_modem_shields_rings_and_reports_in_voice_class() -> None:
    with SimulatedModem(model=MODELS["rockwell"], speed=20.0) as sim, Program(sim.port) as program:
        for command in (b"ATE0", b"AT#CLS=8#CID=1"):
            program.ask(command)
        start = len(program.seen)
        call = sim.call("2125550123", "BRIAR QUINN")
        report = program.wait_for(b"\x10.", start=start)
        assert b"\x10R" in report
        assert b"\r\nRING\r\n" not in report
        assert b"2125550123" in report[report.index(b"\x10X") :]
        program.write(b"ATA\r")
        program.wait_for(b"\r\nVCON\r\n", start=start)
        assert call.wait(5, until=("answered",)) == "answered"


@pytest.mark.parametrize(("command", "ends"), [(b"AT&D2", True), (b"AT&D0", False)])
def test_a_closed_port_ends_the_stream_unless_the_modem_ignores_dtr(command: bytes, ends: bool) -> None:
    told: list[str] = []
    with SimulatedModem(model=CX, speed=20.0, tell=told.append) as sim:
        with Program(sim.port) as program:
            for line in (b"ATE0", command, b"AT+FCLASS=8", b"AT+VSM=1,8000", b"AT+VLS=1"):
                program.ask(line)
            stream(program, b"AT+VTX")
        until(lambda: "the program closed the port" in told)  # a terminal that is opened again at once hides that
        with Program(sim.port) as program:
            program.write(b"AT\r")
            assert (b"OK" in program.read_for(0.2)) == ends


def test_an_unplugged_modem_has_forgotten_its_stream(sim: SimulatedModem, program: Program) -> None:
    call = answered(sim, program)
    stream(program, b"AT+VRX")
    sim.unplug()
    assert call.wait(5) == "dropped"
    program.close()
    sim.plug()
    with Program(sim.port) as again:
        assert again.ask(b"AT+FCLASS?").endswith(b"\r\n0\r\n\r\nOK\r\n")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from([
                b"\rAT+FCLASS=8\r", b"AT+VLS=1\r", b"AT+VTX\r", b"AT+VRX\r", b"AT+VTR\r", b"AT+VTS=[933,933,9]\r",
                b"\x10!", END, b"\x10\x18", b"\x10", b"\x10^", b"\x10p", b"AT+VLS=0\r", b"ATH\r", b"ATZ\r", b"ATA\r",
            ]),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_no_bytes_of_the_host_end_the_simulator(sim: SimulatedModem, pieces: list[bytes]) -> None:
    with Program(sim.port) as program:
        for piece in pieces:
            program.write(piece)
            program.read_for(0.002)
    until(lambda: sim.device is not None)
    sim.unplug()
    sim.plug()
    with Program(sim.port) as program:
        assert program.ask(b"AT").endswith(b"OK\r\n")
