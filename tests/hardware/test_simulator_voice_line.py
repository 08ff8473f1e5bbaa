from dataclasses import replace

import pytest

from hardware.simulator import Script, SimulatedModem
from hardware.simulator.models import MODELS
from hardware.simulator.voice_sound import (
    HangsUpWith,
    LiftsHandset,
    Misreports,
    PlaysTone,
    Presses,
    ReplacesHandset,
    Speaks,
)
from tests.hardware.plain_program import Program, off_hook
from tests.hardware.voice_program import CX, END, answered, answered_with, codes, stream, voice, wait_for_sound

SPEED = 20.0
MODEL = CX


@pytest.mark.parametrize(
    ("marks", "repeat", "told"),
    [
        (True, 0.07, [b"/", b"5", b"5", b"5", b"~"]),
        (True, None, [b"/", b"5", b"~"]),
        (False, None, [b"5"]),
    ],
)
@pytest.mark.parametrize("command", [b"AT+VRX", b"AT+VTX", b""])
def test_a_key_is_told_as_its_model_does_in_a_stream_or_out_of_it(
    marks: bool, repeat: float | None, told: list[bytes], command: bytes
) -> None:
    model = replace(CX, voice=replace(voice(CX), key_marks=marks, key_repeat=repeat, codes=frozenset({b"l"})))
    with SimulatedModem(model=model, speed=5.0) as sim, Program(sim.port) as program:
        acts = (Presses(1.0, "5", 0.2), Misreports(2.0, b"l"))
        if command:
            _, start = answered_with(command, sim, program, *acts)
        else:
            answered(sim, program, *acts)
            start = 0
        assert codes(program.wait_for(b"\x10l", start=start)) == [*told, b"l"]


def test_the_tone_of_a_hung_up_line_is_told_and_heard(sim: SimulatedModem, program: Program) -> None:
    call, start = answered_with(b"AT+VRX", sim, program, HangsUpWith(2.0, b"b"))
    assert call.wait(5) == "gave_up"
    wait_for_sound(program)
    assert (b"b" in codes(program.seen[start:])) == (b"b" in voice(CX).codes)
    assert off_hook(sim)


@pytest.mark.parametrize(("letter", "told"), [(b"l", [b"l"]), (None, [])])
def test_a_line_may_fall_silent_when_the_caller_hangs_up(letter: bytes | None, told: list[bytes]) -> None:
    model = replace(CX, voice=replace(voice(CX), codes=frozenset({b"l"})))
    with SimulatedModem(model=model, speed=20.0) as sim, Program(sim.port) as program:
        acts = (Speaks(0.0, b"\x22" * 8000 * 60), HangsUpWith(2.0, letter))
        call, start = answered_with(b"AT+VRX", sim, program, *acts)
        assert call.wait(5) == "gave_up"
        program.wait_for(b"\x80" * 2000, start=start)
        assert codes(program.seen[start:]) == told


def test_a_caller_who_is_made_to_hang_up_leaves_a_busy_tone(sim: SimulatedModem, program: Program) -> None:
    call, start = answered_with(b"AT+VRX", sim, program)
    program.wait_for(b"\x80" * 200, start=start)
    call.hang_up()
    wait_for_sound(program)


def test_tones_and_handsets_are_told_by_their_letters() -> None:
    letters = frozenset({b"c", b"P", b"p", b"H", b"d"})
    model = replace(CX, voice=replace(voice(CX), codes=letters))
    with SimulatedModem(model=model, speed=20.0) as sim, Program(sim.port) as program:
        acts = (
            PlaysTone(2.0, b"c", 1.0), PlaysTone(3.0, b"J", 1.0), LiftsHandset(4.0), ReplacesHandset(5.0),
            LiftsHandset(6.0, b"H"), Misreports(7.0, b"d"),
        )  # fmt: skip
        _, start = answered_with(b"AT+VRX", sim, program, *acts)
        assert codes(program.wait_for(b"\x10d", start=start)) == [b"c", b"P", b"p", b"H", b"d"]
        assert sim.line.handset_lifted


def test_a_tone_that_lasts_is_told_again_and_again() -> None:
    model = replace(CX, voice=replace(voice(CX), codes=frozenset({b"b", b"l"})))
    with SimulatedModem(model=model, speed=20.0) as sim, Program(sim.port) as program:
        answered(sim, program, PlaysTone(2.0, b"b", 9.0), Misreports(14.0, b"l"))
        assert codes(program.wait_for(b"\x10l")) == [b"b", b"b", b"b", b"l"]


def test_an_off_hook_modem_on_a_quiet_line_hears_dial_tone(sim: SimulatedModem, program: Program) -> None:
    program.ready()
    program.ask(b"AT+FCLASS=8")
    program.ask(b"AT+VSM=1,8000")
    program.ask(b"AT+VLS=1")
    stream(program, b"AT+VRX")
    wait_for_sound(program)


def test_a_usr_modem_hears_the_line_only_with_its_speaker_open() -> None:
    for device, hears in ((b"1", False), (b"5", True)):
        with SimulatedModem(model=MODELS["usr"], speed=20.0) as sim, Program(sim.port) as program:
            program.ready()
            sim.play(Script(number="2125550123", after_answer=(Speaks(0.0, b"\x33" * 8000 * 600),)))
            program.wait_for(b"RING\r\n")
            for command in (b"AT+FCLASS=8", b"AT+VSM=128,8000", b"AT+VLS=" + device):
                program.ask(command)
            start = stream(program, b"AT+VRX")
            program.wait_for(b"\x33" * 100 if hears else b"\x80" * 100, start=start)


def test_silence_is_told_and_may_end_the_recording() -> None:
    codes_ = frozenset({b"q", b"s"})
    model = replace(CX, voice=replace(voice(CX), silence_detector=True, silence_ends_recording=True, codes=codes_))
    with SimulatedModem(model=model, speed=20.0) as sim, Program(sim.port) as program:
        _, start = answered_with(b"AT+VSD=128,20\rAT+VRX", sim, program, Speaks(0.0, b"\x33" * 80_000))
        heard = program.wait_for(END + b"\r\nOK\r\n", start=start)
        assert codes(heard) == [b"q", b"\x03"]
