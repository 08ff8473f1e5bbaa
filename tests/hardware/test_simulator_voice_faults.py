import pytest

from hardware.simulator import FAULTS, SimulatedModem
from hardware.simulator.voice_sound import Misreports, Speaks
from tests.hardware.plain_program import Program, off_hook, until
from tests.hardware.voice_program import CX, END, answered, stream

SPEED = 20.0
MODEL = CX
LOUD = Speaks(0.0, b"\x33" * 8000 * 600)


def begin(sim: SimulatedModem, fault: str, argument: str = "") -> None:
    FAULTS[fault].begin(sim, argument)


def end(sim: SimulatedModem, fault: str) -> None:
    cure = FAULTS[fault].end
    assert cure is not None
    cure(sim, "")


def test_voice_class_is_refused_until_it_is_accepted_again(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    begin(sim, "refuses-voice")
    assert program.ask(b"AT+FCLASS=8") == b"\r\nERROR\r\n"
    assert program.ask(b"AT+VLS=1") == b"\r\nERROR\r\n"
    end(sim, "refuses-voice")
    assert program.ask(b"AT+FCLASS=8") == b"\r\nOK\r\n"


@pytest.mark.parametrize("command", [b"AT+VRX", b"AT+VTX"])
def test_a_stuck_stream_does_not_end_until_the_port_is_closed(command: bytes) -> None:
    told: list[str] = []
    with SimulatedModem(model=CX, speed=20.0, tell=told.append) as sim:
        with Program(sim.port) as program:
            answered(sim, program)
            begin(sim, "stuck-stream")
            start = stream(program, command)
            program.write(b"\x10!" + END + b"\x10\x18" + END)
            program.read_for(0.2)
            assert b"OK" not in program.seen[start:]
        until(lambda: "the program closed the port" in told)  # a terminal that is opened again at once hides that
        with Program(sim.port) as again:
            assert again.ask(b"AT") == b"\r\nOK\r\n"
            assert off_hook(sim)


def test_a_stream_that_was_stuck_ends_when_it_is_well_again(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    begin(sim, "stuck-stream")
    start = stream(program, b"AT+VTX")
    program.write(b"\x01" * 800 + END)
    program.read_for(0.1)
    end(sim, "stuck-stream")
    program.wait_for(b"\r\nOK\r\n", start=start)


def test_a_cut_stream_ends_without_a_word_and_leaves_a_modem_that_obeys(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program, LOUD)
    start = stream(program, b"AT+VRX")
    program.wait_for(b"\x33" * 800, start=start)
    begin(sim, "cut-stream")
    program.read_for(0.1)
    heard = program.seen[start:]
    assert END not in heard
    assert b"OK" not in heard
    assert program.ask(b"AT").endswith(b"\r\nOK\r\n")


@pytest.mark.parametrize("command", [b"AT+VRX", b"AT+VTX"])
def test_connect_comes_late_and_nothing_of_the_stream_before_it(
    sim: SimulatedModem, program: Program, command: bytes
) -> None:
    answered(sim, program, LOUD)
    begin(sim, "slow-connect", "4")
    start = len(program.seen)
    program.write(command + b"\r")
    if command == b"AT+VTX":
        program.write(b"\x01" * 800)
    program.wait_for(b"CONNECT\r\n", start=start)
    asked = next(entry.at for entry in reversed(sim.log) if command in entry.data)
    assert program.when(b"CONNECT\r\n") - asked >= 4.0 / 20 * 0.9
    assert program.seen[start:].startswith(b"\r\nCONNECT\r\n")
    if command == b"AT+VTX":
        until(lambda: sim.played == b"\x01" * 800)


def test_noise_breaks_into_a_stream_once_and_unshielded(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program)
    begin(sim, "stream-noise", "NOISE")
    start = stream(program, b"AT+VRX")
    program.wait_for(b"NOISE", start=start)
    program.read_for(0.1)
    program.write(b"\x10!")
    assert program.wait_for(END + b"\r\nOK\r\n", start=start).count(b"NOISE") == 1


def test_the_list_of_formats_may_be_a_lie(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    program.ask(b"AT+FCLASS=8")
    begin(sim, "wrong-formats")
    assert b'77,"UNSIGNED PCM",8,0,8000,0,0\r\n' in program.ask(b"AT+VSM=?")
    assert program.ask(b"AT+VSM=77,8000") == b"\r\nERROR\r\n"
    end(sim, "wrong-formats")
    assert b"77," not in program.ask(b"AT+VSM=?")


def test_a_modem_that_locks_up_in_a_stream_says_nothing_more_and_keeps_the_line() -> None:
    told: list[str] = []
    with SimulatedModem(model=CX, speed=20.0, tell=told.append) as sim, Program(sim.port) as program:
        call = answered(sim, program, LOUD)
        begin(sim, "silent-in-stream", "1")
        start = stream(program, b"AT+VRX")
        until(lambda: "the modem locks up" in told)
        program.wait_for(b"\x33" * 800, start=start)
        until(lambda: program.read_for(0.02) == b"")
        program.write(b"\x10!\rAT\r")
        assert program.read_for(0.1) == b""
        assert off_hook(sim)
        sim.unplug()
        assert call.wait(5) == "dropped"


def test_a_report_without_a_reason_is_told_as_any_other(sim: SimulatedModem, program: Program) -> None:
    answered(sim, program, Misreports(2.0, b"P"))
    program.wait_for(b"\x10P")
    assert not sim.line.handset_lifted
