import os
import threading
import time
from pathlib import Path

import pytest

from hardware.simulator import CALLS, FAULTS, SimulatedModem
from hardware.simulator.faulty_cases import FaultCase
from hardware.simulator.output import LOG_LIMIT
from tests.hardware.plain_program import Program, off_hook, until

SPEED = 40.0
READY = True
NUMBER = "2125550123"


def open_descriptors() -> set[Path]:
    return set(Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("spelling", ["ATH1", "ath1", "H1", "H"])
def test_a_refused_command_gets_error_until_it_is_accepted_again(
    sim: SimulatedModem, program: Program, spelling: str
) -> None:
    command = b"ATH0" if spelling == "H" else b"ATH1"
    sim.refuse(spelling)
    assert program.ask(command) == b"\r\nERROR\r\n"
    assert not off_hook(sim)
    assert program.ask(b"AT") == b"\r\nOK\r\n"
    sim.accept(spelling)
    assert program.ask(command) == b"\r\nOK\r\n"


def test_a_command_refused_by_name_is_refused_in_every_form(sim: SimulatedModem, program: Program) -> None:
    sim.refuse("+VCID")
    for command in (b"AT+VCID=1", b"AT+VCID?", b"AT+VCID=?"):
        assert program.ask(command) == b"\r\nERROR\r\n"


def test_even_the_empty_command_can_be_refused(sim: SimulatedModem, program: Program) -> None:
    sim.refuse("AT")
    assert program.ask(b"AT") == b"\r\nERROR\r\n"
    assert program.ask(b"ATH0") == b"\r\nOK\r\n"


def test_what_is_no_command_cannot_be_refused(sim: SimulatedModem) -> None:
    with pytest.raises(ValueError, match="say it as ATH1"):
        sim.refuse("?!")


def test_a_silent_modem_neither_hears_nor_rings_while_the_line_goes_on(sim: SimulatedModem, program: Program) -> None:
    program.ask(b"ATH1")
    sim.go_silent()
    program.write(b"ATH0\r")
    assert program.read_for(0.1) == b""
    assert off_hook(sim)
    sim.speak_again()
    assert program.ask(b"ATH0") == b"\r\nOK\r\n"
    sim.go_silent()
    call = sim.call(NUMBER, rings=2)
    assert call.wait(5) == "gave_up"
    assert call.rings == 2
    assert program.read_for(0.05) == b""


def test_a_replug_ends_a_lock_up(sim: SimulatedModem) -> None:
    sim.go_silent()
    sim.unplug()
    sim.plug()
    with Program(sim.port) as program:
        assert program.ask(b"AT").endswith(b"OK\r\n")


def test_a_modem_that_insists_on_echo_repeats_even_the_command_against_it(
    sim: SimulatedModem, program: Program
) -> None:
    sim.echo(True)
    assert program.ask(b"ATE0") == b"ATE0\r\r\nOK\r\n"
    assert program.ask(b"AT") == b"AT\r\r\nOK\r\n"
    sim.echo(False)
    assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_an_unplugged_modem_ends_the_port_and_comes_back_as_a_new_device_on_the_same_path(
    sim: SimulatedModem, program: Program
) -> None:
    port, device = sim.port, sim.device
    sim.unplug()
    assert not os.path.lexists(port)
    until(lambda: sim.device is None)
    assert program.lost()
    sim.plug()
    assert sim.port == port
    assert sim.device == os.path.realpath(port) != ""
    assert device is not None
    with Program(port) as again:
        assert again.ask(b"AT+VCID?") == b"AT+VCID?\r\r\n0\r\n\r\nOK\r\n"


def test_the_line_rings_on_without_its_modem_and_an_answered_call_is_dropped(
    sim: SimulatedModem, program: Program
) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"RING")
    sim.unplug()
    until(lambda: call.rings >= 2)
    sim.plug()
    with Program(sim.port) as again:
        again.wait_for(b"RING")
        again.ask(b"ATH1")
        assert call.outcome == "answered"
        sim.unplug()
        assert call.outcome == "dropped"
    assert not off_hook(sim)


def test_fifty_times_unplugged_and_back_it_answers_fifty_times(sim: SimulatedModem) -> None:
    for _ in range(50):
        with Program(sim.port) as program:
            program.ready()
            sim.unplug()
        sim.plug()
        sim.plug()


def test_the_caller_id_setting_can_get_lost(sim: SimulatedModem, program: Program) -> None:
    sim.lose_caller_id_setting()
    assert program.ask(b"AT+VCID?") == b"\r\n0\r\n\r\nOK\r\n"
    program.ask(b"AT+VCID=1")
    assert program.ask(b"AT+VCID?") == b"\r\n1\r\n\r\nOK\r\n"


def test_a_megabyte_of_noise_comes_whole_and_the_modem_answers_after_it(sim: SimulatedModem, program: Program) -> None:
    noise = os.urandom(1_000_000)
    sim.garbage(noise)
    while len(program.seen) < len(noise):
        assert program.read_for(0.05)
    assert program.seen == noise
    assert program.ask(b"AT").endswith(b"\r\nOK\r\n")
    assert sum(len(entry.data) for entry in sim.log) <= LOG_LIMIT


def test_noise_for_nobody_does_not_grow_without_end(sim: SimulatedModem, program: Program) -> None:
    for _ in range(10):
        sim.garbage(bytes(1_000_000))
    total = 0
    while data := program.read_for(0.02):
        total += len(data)
    assert 1_000_000 <= total < 5_000_000


def test_a_line_may_ring_on_after_the_modem_said_ok(sim: SimulatedModem, program: Program) -> None:
    sim.keeps_ringing(times=1)
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR=")
    assert program.ask(b"ATH1").endswith(b"\r\nOK\r\n")
    assert call.outcome == "ringing"
    program.wait_for(b"RING", start=len(program.seen))
    program.ask(b"ATH0")
    program.ask(b"ATH1")
    assert call.outcome == "answered"
    assert call.seizures == 2
    program.ask(b"ATH0")
    assert call.wait(5) == "dropped"
    sim.keeps_ringing()
    call = sim.call(NUMBER)
    for _ in range(3):
        program.ask(b"ATH1")
        program.ask(b"ATH0")
    assert (call.outcome, call.seizures) == ("ringing", 3)
    sim.keeps_ringing(False)
    program.ask(b"ATH1")
    assert call.outcome == "answered"


def test_a_slow_modem_acts_at_once_and_answers_later_in_order(sim: SimulatedModem, program: Program) -> None:
    sim.slow(8.0)
    asked_at = time.monotonic()
    program.write(b"ATH1\rATS0?\r")
    until(lambda: off_hook(sim))
    assert program.wait_for(b"000\r\n\r\nOK\r\n") == b"\r\nOK\r\n\r\n000\r\n\r\nOK\r\n"
    assert program.when(b"OK") - asked_at >= 8.0 / SPEED
    sim.slow(0.0)
    assert program.ask(b"ATH0") == b"\r\nOK\r\n"


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_of_the_table_begins_and_ends_and_leaves_a_working_modem(
    sim: SimulatedModem, case: FaultCase
) -> None:
    case.begin(sim, case.example)
    sim.play(CALLS["one-ring"].script).wait(5)
    if case.end:
        case.end(sim, case.example)
    with Program(sim.port) as program:
        program.ready()
        sim.call(NUMBER)
        program.wait_for(b"NMBR=")
        program.ask(b"ATH1")
        assert off_hook(sim)


def test_what_is_said_while_no_program_listens_is_lost(sim: SimulatedModem) -> None:
    with Program(sim.port) as program:
        program.ready()
        sim.garbage(b"not read before the port was closed")
    call = sim.call(NUMBER, rings=1)
    assert call.wait(5) == "gave_up"
    with Program(sim.port) as program:
        assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_the_last_words_of_a_program_that_closes_the_port_are_heard(sim: SimulatedModem) -> None:
    for _ in range(20):
        with Program(sim.port) as program:
            program.ask(b"ATH1")
            program.write(b"ATH0\r")
        until(lambda: not off_hook(sim))


def test_the_log_holds_what_passed_in_both_directions_with_times(sim: SimulatedModem, program: Program) -> None:
    before = time.monotonic()
    program.ask(b"ATI0")
    new = [entry for entry in sim.log if entry.at >= before]
    assert [entry.direction for entry in new] == ["in", "out"]
    assert [entry.data for entry in new] == [b"ATI0\r", b"\r\n5601\r\n\r\nOK\r\n"]
    assert new[0].at <= new[1].at <= time.monotonic()


def test_the_folder_of_the_port_holds_the_one_link_and_nothing_else(sim: SimulatedModem) -> None:
    assert list(sim.by_id.iterdir()) == [Path(sim.port)]
    assert os.path.realpath(sim.port) == sim.device


def test_stopping_leaves_no_thread_no_descriptor_and_no_folder() -> None:
    threads = set(threading.enumerate())
    descriptors = open_descriptors()
    with SimulatedModem(speed=SPEED) as sim:
        folder = sim.by_id
        with Program(sim.port) as program:
            program.ready()
            sim.call(NUMBER)
            program.wait_for(b"RING")
    assert set(threading.enumerate()) == threads
    assert open_descriptors() == descriptors
    assert not folder.exists()


def test_a_simulator_that_is_not_running_says_so() -> None:
    sim = SimulatedModem()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sim.port
    with pytest.raises(RuntimeError, match="not running"):
        sim.call(NUMBER)
    with sim:
        pass
    assert sim.log == ()
    with pytest.raises(RuntimeError, match="not running"):
        sim.lift_handset()
    with pytest.raises(ValueError, match="above 0"):
        SimulatedModem(speed=0)


def test_many_threads_may_play_with_one_line(sim: SimulatedModem, program: Program) -> None:
    def play() -> None:
        for _ in range(50):
            call = sim.call(NUMBER)
            sim.lift_handset()
            sim.replace_handset()
            call.hang_up()
            sim.garbage(b"x")

    threads = [threading.Thread(target=play) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    assert sim.line.free
    program.read_for(0.1)
    assert program.ask(b"AT").endswith(b"\r\nOK\r\n")
