"""A modem that is pulled out at a chosen moment, and other troubles of one moment."""

import pytest

from hardware.simulator import MODELS, Moment, SimulatedModem
from tests.hardware.plain_program import Program, off_hook, until

SPEED = 40.0
MODEL = MODELS["cx93001"]
READY = True
NUMBER = "2125550123"


def gone(sim: SimulatedModem, program: Program) -> bytes:
    """What was read until the modem was gone."""
    until(lambda: sim.device is None)
    assert not off_hook(sim)
    while not program.lost():
        pass
    return program.seen


def test_idle_it_is_gone_at_once(sim: SimulatedModem, program: Program) -> None:
    sim.unplug_when(Moment.IDLE)
    assert gone(sim, program) == b""


def test_it_goes_while_the_bell_sounds(sim: SimulatedModem, program: Program) -> None:
    sim.unplug_when(Moment.RINGING)
    call = sim.call(NUMBER)
    until(lambda: sim.device is None)
    assert sim.line.sounding
    assert call.rings == 1


def test_it_goes_between_two_rings(sim: SimulatedModem, program: Program) -> None:
    sim.unplug_when(Moment.BETWEEN_RINGS)
    call = sim.call(NUMBER)
    program.wait_for(b"\r\nRING\r\n")
    gone(sim, program)
    assert (call.rings, call.outcome, call.number_sent_at) == (1, "ringing", None)


def test_it_goes_in_the_middle_of_a_report(sim: SimulatedModem, program: Program) -> None:
    sim.unplug_when(Moment.HALF_REPORT)
    call = sim.call(NUMBER, "JORDAN AVERY")
    until(lambda: sim.device is None)
    (last,) = [entry.data for entry in sim.log if b"DATE" in entry.data]
    assert b"JORDAN AVERY" not in last
    assert call.report_sent_at is None


def test_it_goes_before_the_answer_to_the_off_hook_command(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR")
    sim.unplug_when(Moment.SEIZED)
    program.write(b"ATH1\r")
    assert not gone(sim, program).endswith(b"OK\r\n")
    assert (call.outcome, call.seizures) == ("dropped", 1)


def test_it_goes_while_it_holds_the_line(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR")
    sim.unplug_when(Moment.HELD)
    program.write(b"ATH1\r")
    program.wait_for(b"OK\r\n", start=program.seen.index(b"NMBR"))
    gone(sim, program)
    assert call.outcome == "dropped"
    assert call.on_hook_at is not None
    assert call.off_hook_at is not None
    assert call.on_hook_at - call.off_hook_at >= 1.0 / SPEED


def test_it_goes_in_a_stream_of_sound(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR")
    for command in (b"AT+FCLASS=8", b"AT+VLS=1"):
        program.ask(command)
    sim.unplug_when(Moment.STREAM)
    program.write(b"AT+VRX\r")
    until(lambda: sim.device is None)
    assert call.outcome == "dropped"
    assert any(b"CONNECT" in entry.data for entry in sim.log)


def test_a_moment_can_be_called_off_and_strikes_only_once(sim: SimulatedModem, program: Program) -> None:
    sim.unplug_when(Moment.RINGING)
    sim.unplug_when(None)
    sim.call(NUMBER, rings=1).wait(5)
    assert b"RING" in program.read_for(0.05)
    sim.unplug_when(Moment.RINGING)
    call = sim.call(NUMBER)
    until(lambda: sim.device is None)
    sim.plug()
    until(lambda: call.rings >= 3)
    assert sim.device is not None


def test_only_a_loss_of_power_ends_a_lock_up_for_good(sim: SimulatedModem, program: Program) -> None:
    sim.lock_up_for_good()
    program.write(b"ATZ\r")
    sim.speak_again()
    program.close()
    with Program(sim.port) as again:
        again.write(b"AT\r")
        assert again.read_for(0.1) == b""
        sim.unplug()
    sim.plug()
    with Program(sim.port) as again:
        assert again.ask(b"AT").endswith(b"OK\r\n")


def test_a_ring_falls_into_the_middle_of_one_reply(sim: SimulatedModem, program: Program) -> None:
    sim.collide()
    assert program.ask(b"ATI3") == b"\r\nCX93001-EIS_V0\r\nRING\r\n.2013-V92\r\n\r\nOK\r\n"
    assert program.ask(b"ATI0") == b"\r\n56000\r\n\r\nOK\r\n"


def test_no_carrier_can_come_for_no_reason(sim: SimulatedModem, program: Program) -> None:
    sim.no_carrier()
    assert program.wait_for(b"\r\nNO CARRIER\r\n") == b"\r\nNO CARRIER\r\n"


def test_voice_class_can_be_refused(sim: SimulatedModem, program: Program) -> None:
    sim.refuse_voice()
    assert program.ask(b"AT+FCLASS=8") == b"\r\nERROR\r\n"
    assert program.ask(b"AT+FCLASS=0") == b"\r\nOK\r\n"
    sim.refuse_voice(False)
    assert program.ask(b"AT+FCLASS=8") == b"\r\nOK\r\n"


def test_caller_id_can_be_silent_until_the_command_that_cures_it(sim: SimulatedModem, program: Program) -> None:
    sim.caller_id_silent()
    sim.call(NUMBER, rings=1).wait(5)
    assert program.read_for(0.05) == b"\r\nRING\r\n"
    program.ask(b"AT!4886=00")
    sim.call(NUMBER, rings=1).wait(5)
    assert b"NMBR" in program.read_for(0.05)


def test_a_modem_set_for_another_country_reports_nobody(sim: SimulatedModem, program: Program) -> None:
    sim.set_country("00")
    sim.call(NUMBER, rings=1).wait(5)
    assert program.read_for(0.05) == b"\r\nRING\r\n"
    assert program.ask(b"AT+GCI?") == b"\r\n+GCI: 00\r\n\r\nOK\r\n"
    assert sim.country_code == "B5"
    with pytest.raises(ValueError, match="two digits"):
        sim.set_country("B55")


def test_a_trendnet_modem_replies_in_two_styles() -> None:
    with SimulatedModem(model=MODELS["tfm561u"], speed=SPEED) as sim, Program(sim.port) as program:
        assert program.ask(b"AT+FCLASS?") == b"AT+FCLASS?\r\r\n0\r\nOK\r\n"
        assert program.ask(b"ATI3") == b"ATI3\r\r\nCX93001-EIS_V0.2002-V92\r\n\r\nOK\r\n"
        assert program.ask(b"AT+GMI") == b"AT+GMI\r\r\n+GMI: CONEXANT\r\n\r\nOK\r\n"


def test_a_multitech_modem_lets_go_when_its_port_is_closed() -> None:
    with SimulatedModem(model=MODELS["mt9234zba"], speed=SPEED) as sim:
        with Program(sim.port) as program:
            program.ask(b"ATH1")
            assert off_hook(sim)
        until(lambda: not off_hook(sim))
