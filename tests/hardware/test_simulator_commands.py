from dataclasses import replace

import pytest

from hardware.simulator import OLD, PLAIN, USR, SimulatedModem
from tests.hardware.plain_program import Program, off_hook, until

SPEED = 100.0


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (b"AT", b"\r\nOK\r\n"),
        (b"at", b"\r\nOK\r\n"),
        (b"ATV1Q0", b"\r\nOK\r\n"),
        (b"ATX4", b"\r\nOK\r\n"),
        (b"ATX5", b"\r\nERROR\r\n"),
        (b"AT&C1&D2", b"\r\nOK\r\n"),
        (b"ATS0=0", b"\r\nOK\r\n"),
        (b"ATS7?", b"\r\n050\r\n\r\nOK\r\n"),
        (b"AT S 0 = 3 S0?", b"\r\n003\r\n\r\nOK\r\n"),
        (b"ATS300=1", b"\r\nERROR\r\n"),
        (b"AT&F", b"\r\nOK\r\n"),
        (b"ATI0", b"\r\n5601\r\n\r\nOK\r\n"),
        (b"ATI3", b"\r\nU.S. Robotics 56K FAX USB V1.2.23\r\n\r\nOK\r\n"),
        (b"ATI4", b"\r\nERROR\r\n"),
        (b"AT+GMI", b"\r\nU.S. Robotics\r\n\r\nOK\r\n"),
        (b"AT+GMM", b"\r\nUSR5637\r\n\r\nOK\r\n"),
        (b"AT+GMR", b"\r\n1.2.23\r\n\r\nOK\r\n"),
        (b"AT+FCLASS=?", b"\r\n0,1,1.0,2,8\r\n\r\nOK\r\n"),
        (b"AT+FCLASS=8;+FCLASS?", b"\r\n8\r\n\r\nOK\r\n"),
        (b"AT+FCLASS=9", b"\r\nERROR\r\n"),
        (b"AT+VCID=?", b"\r\n0,1,2\r\n\r\nOK\r\n"),
        (b"AT+VCID?", b"\r\n0\r\n\r\nOK\r\n"),
        (b"AT+VCID=1;+VCID?", b"\r\n1\r\n\r\nOK\r\n"),
        (b"AT+VCID=7", b"\r\nERROR\r\n"),
        (b"AT+GCI?", b"\r\nB5\r\n\r\nOK\r\n"),
        (b"AT+GCI=B4;+GCI?", b"\r\nB4\r\n\r\nOK\r\n"),
        (b"ATH2", b"\r\nERROR\r\n"),
        (b"AT#CID=1", b"\r\nERROR\r\n"),
        (b"AT!4886=00", b"\r\nERROR\r\n"),
        (b"AT-STE=7", b"\r\nERROR\r\n"),
        (b"ATDT2125550123", b"\r\nERROR\r\n"),
        (b"AT\xff\x00?!", b"\r\nERROR\r\n"),
        (b"AT" + b"X" * 300, b"\r\nERROR\r\n"),
        (b"X\x08AT", b"\r\nOK\r\n"),
    ],
)
def test_a_command_is_answered_as_a_usr_modem_answers_it(program: Program, command: bytes, answer: bytes) -> None:
    program.ask(b"ATE0")
    assert program.ask(command) == answer


def test_commands_are_echoed_until_the_host_turns_it_off(program: Program) -> None:
    assert program.ask(b"AT") == b"AT\r\r\nOK\r\n"
    assert program.ask(b"ATE0") == b"ATE0\r\r\nOK\r\n"
    assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_result_codes_are_digits_when_the_host_wants_them_so(sim: SimulatedModem, program: Program) -> None:
    program.ask(b"ATE0")
    program.write(b"ATV0\r")
    program.wait_for(b"0\r")
    start = len(program.seen)
    program.write(b"ATI4\r")
    program.wait_for(b"4\r", start=start)
    start = len(program.seen)
    sim.call(rings=1)
    assert program.wait_for(b"2\r", start=start) == b"2\r"


def test_a_quiet_modem_answers_and_rings_without_a_word(sim: SimulatedModem, program: Program) -> None:
    program.ask(b"ATE0")
    program.write(b"ATQ1\r")
    until(lambda: b"ATQ1\r" in b"".join(entry.data for entry in sim.log if entry.direction == "in"))
    call = sim.call("2125550123", rings=1)
    assert call.wait(5) == "gave_up"
    assert program.read_for(0.05) == b""


def test_a_line_that_is_no_command_is_not_answered(program: Program) -> None:
    program.ask(b"ATE0")
    program.write(b"HELLO\r")
    assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_nothing_after_the_refused_command_of_a_line_is_carried_out(program: Program) -> None:
    program.ask(b"ATE0")
    assert program.ask(b"ATX9+VCID=1") == b"\r\nERROR\r\n"
    assert program.ask(b"AT+VCID?") == b"\r\n0\r\n\r\nOK\r\n"


def test_a_command_may_come_byte_by_byte(program: Program) -> None:
    for octet in b"AT+GMM":
        program.write(bytes([octet]))
    assert program.ask(b"") == b"AT+GMM\r\r\nUSR5637\r\n\r\nOK\r\n"


def test_a_reset_loses_the_caller_id_setting_and_lets_go_of_the_line(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    assert program.ask(b"ATH1") == b"\r\nOK\r\n"
    assert off_hook(sim)
    program.ask(b"ATZ")
    assert not off_hook(sim)
    assert program.ask(b"AT+VCID?").endswith(b"\r\n0\r\n\r\nOK\r\n")


def test_an_answering_modem_without_a_carrier_lets_go_at_the_next_key(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    program.write(b"ATA\r")
    until(lambda: off_hook(sim))
    program.write(b"x")
    assert program.wait_for(b"NO CARRIER") == b"\r\nNO CARRIER\r\n"
    assert not off_hook(sim)
    assert program.ask(b"AT") == b"\r\nOK\r\n"


def test_an_answering_modem_lets_go_by_itself_when_its_register_says_so(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    program.ask(b"ATS7=2")
    program.write(b"ATA\r")
    assert program.wait_for(b"NO CARRIER").endswith(b"\r\nNO CARRIER\r\n")
    assert not off_hook(sim)


def test_the_plain_modem_has_no_voice_class_and_names_its_settings_in_answers() -> None:
    with SimulatedModem("GB", model=PLAIN) as sim, Program(sim.port) as program:
        program.ready()
        assert program.ask(b"AT+FCLASS=?") == b"\r\n0,1\r\n\r\nOK\r\n"
        assert program.ask(b"AT+FCLASS=8") == b"\r\nERROR\r\n"
        assert program.ask(b"AT+VCID?") == b"\r\n+VCID: 1\r\n\r\nOK\r\n"
        assert program.ask(b"AT+VCID=?") == b"\r\n+VCID: (0,1)\r\n\r\nOK\r\n"
        assert program.ask(b"AT+GCI?") == b"\r\n+GCI: B4\r\n\r\nOK\r\n"
        assert program.ask(b"AT+GMI") == b"\r\n+GMI: QUIETLINE\r\n\r\nOK\r\n"


def test_the_old_modem_wants_the_older_caller_id_command() -> None:
    with SimulatedModem(model=OLD, speed=50.0) as sim, Program(sim.port) as program:
        program.ask(b"ATE0")
        assert program.ask(b"AT+VCID=1") == b"\r\nERROR\r\n"
        assert program.ask(b"AT#CID=1") == b"\r\nOK\r\n"
        sim.call("2125550123")
        program.wait_for(b"NMBR = 2125550123\r\n")


def test_a_modem_that_heeds_the_end_of_its_session_hangs_up_when_the_port_closes() -> None:
    with SimulatedModem(model=replace(USR, hangs_up_when_closed=True)) as sim:
        program = Program(sim.port)
        program.ask(b"ATH1")
        assert off_hook(sim)
        program.close()
        until(lambda: not off_hook(sim))


def test_a_modem_as_delivered_stays_off_hook_when_the_port_closes_until_it_is_told() -> None:
    with SimulatedModem() as sim:
        with Program(sim.port) as program:
            program.ask(b"ATH1")
        with Program(sim.port) as program:
            program.ask(b"AT")
            assert off_hook(sim)
            program.ask(b"ATH0")
            assert not off_hook(sim)
