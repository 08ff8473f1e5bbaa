"""How calls end, seen by a plain program on the pty."""

import time

from hardware.simulator import SimulatedModem
from tests.hardware.plain_program import Program, off_hook, until

SPEED = 40.0
READY = True
NUMBER = "2125550123"
LATE = 0.5  # seconds by which something may come late on two busy cores


def test_a_call_dropped_by_the_modem_is_answered_and_then_dropped(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER, "JORDAN AVERY")
    program.wait_for(b"NMBR=2125550123\r\n")
    read_at = time.monotonic()
    program.ask(b"ATH1")
    assert call.outcome == "answered"
    assert off_hook(sim)
    assert not sim.line.ringing
    rings = program.seen.count(b"RING")
    program.read_for(10.0 / SPEED)
    assert program.seen.count(b"RING") == rings
    program.ask(b"ATH0")
    assert call.wait(5) == "dropped"
    assert (call.rings, call.seizures) == (1, 1)
    assert call.number_sending_at is not None
    assert call.number_sent_at is not None
    assert call.off_hook_at is not None
    assert call.on_hook_at is not None
    assert call.number_sending_at <= read_at <= call.off_hook_at < call.on_hook_at
    assert call.number_sending_at <= call.number_sent_at
    assert call.on_hook_at - call.off_hook_at >= 10.0 / SPEED
    assert sim.line.free


def test_a_caller_who_hangs_up_stops_the_ringing(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR=")
    call.hang_up()
    assert call.outcome == "gave_up"
    assert program.read_for(8.0 / SPEED).count(b"RING") == 0
    call.hang_up()


def test_a_caller_gives_up_after_the_rings_ordered_and_after_the_report(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER, rings=1)
    assert call.wait(5) == "gave_up"
    seen = program.read_for(0.05)
    assert seen.count(b"RING") == 1
    assert b"NMBR=" in seen


def test_an_exchange_ends_a_call_that_nobody_takes() -> None:
    with SimulatedModem(speed=2000.0) as sim:
        call = sim.call(NUMBER)
        assert call.wait(5) == "gave_up"
        assert call.rings == 30


def test_a_report_without_a_ring_is_a_call_that_never_rang(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER, rings=0, before_ring=True)
    assert call.wait(5) == "gave_up"
    seen = program.read_for(0.05)
    assert b"NMBR=" in seen
    assert b"RING" not in seen
    assert call.rings == 0


def test_a_lifted_handset_takes_the_call_and_no_report_follows(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"RING\r\n")
    sim.lift_handset()
    assert call.wait(5) == "taken"
    assert not sim.line.ringing
    assert program.read_for(10.0 / SPEED) == b""
    assert not sim.line.disturbed


def test_a_modem_that_touches_a_taken_call_does_not_end_it_and_is_found_out(
    sim: SimulatedModem, program: Program
) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR=")
    sim.lift_handset()
    program.ask(b"ATH1")
    program.ask(b"ATH0")
    assert call.outcome == "taken"
    until(lambda: call.ended_at is None and sim.line.disturbed)
    sim.replace_handset()
    assert call.ended_at is not None
    sim.call(NUMBER)
    assert not sim.line.disturbed


def test_going_on_hook_does_not_disturb_anybody(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"RING")
    program.ask(b"ATH0")
    assert call.outcome == "ringing"
    sim.lift_handset()
    program.ask(b"ATH0")
    assert call.outcome == "taken"
    assert not sim.line.disturbed


def test_a_handset_lifted_while_the_modem_holds_the_call_keeps_it(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR=")
    program.ask(b"ATH1")
    sim.lift_handset()
    program.ask(b"ATH0")
    assert call.wait(5) == "taken"
    assert not sim.line.disturbed


def test_a_caller_who_leaves_while_the_modem_holds_the_line_gave_up(sim: SimulatedModem, program: Program) -> None:
    call = sim.call(NUMBER)
    program.wait_for(b"NMBR=")
    program.ask(b"ATH1")
    call.hang_up()
    assert call.wait(5) == "gave_up"
    assert off_hook(sim)
    program.ask(b"ATH0")
    assert call.on_hook_at is not None
    assert sim.line.free


def test_the_rest_of_a_report_in_pieces_is_printed_after_the_modem_answered(
    sim: SimulatedModem, program: Program
) -> None:
    sim.call(NUMBER, "JORDAN AVERY", pieces=3.0)
    program.wait_for(b"NMBR=")
    program.write(b"ATH1\r")
    program.wait_for(b"NAME=JORDAN AVERY")
    assert off_hook(sim)


def test_a_modem_that_answers_before_the_report_never_gets_it(sim: SimulatedModem, program: Program) -> None:
    sim.call(NUMBER)
    program.wait_for(b"RING")
    program.ask(b"ATH1")
    assert b"NMBR" not in program.read_for(6.0 / SPEED)


def test_a_caller_finds_an_engaged_line_engaged(sim: SimulatedModem, program: Program) -> None:
    first = sim.call(NUMBER)
    second = sim.call("2125550124")
    assert (first.outcome, second.outcome, second.rings) == ("ringing", "gave_up", 0)
    first.hang_up()
    sim.lift_handset()
    assert sim.call(NUMBER).outcome == "gave_up"
    sim.replace_handset()
    program.ask(b"ATH1")
    assert sim.call(NUMBER).outcome == "gave_up"
    program.ask(b"ATH0")
    assert sim.call(NUMBER).outcome == "ringing"


def test_a_second_caller_comes_three_seconds_after_the_first_was_dropped(sim: SimulatedModem, program: Program) -> None:
    first = sim.call(NUMBER)
    second = sim.call("2125550124", after=3.0)
    program.wait_for(b"NMBR=2125550123")
    assert second.outcome == "ringing"
    until(lambda: second.started_at is None)
    program.ask(b"ATH1")
    program.ask(b"ATH0")
    program.wait_for(b"NMBR=2125550124")
    assert first.on_hook_at is not None
    assert second.started_at is not None
    assert 0 <= second.started_at - first.on_hook_at - 3.0 / SPEED < LATE
    second.hang_up()
    assert second.outcome == "gave_up"


def test_a_caller_who_has_not_got_through_yet_can_think_better_of_it(sim: SimulatedModem, program: Program) -> None:
    first = sim.call(NUMBER, rings=1)
    second = sim.call("2125550124", after=3.0)
    second.hang_up()
    assert second.outcome == "gave_up"
    assert first.wait(5) == "gave_up"
    assert b"2125550124" not in program.read_for(8.0 / SPEED)


def test_a_caller_may_ask_to_follow_when_nobody_called_before(sim: SimulatedModem) -> None:
    call = sim.call(NUMBER, after=3.0)
    until(lambda: call.rings == 1)
