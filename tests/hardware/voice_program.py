"""A program in a call of voice class, for the tests of the simulator's voice side."""

from dataclasses import replace

from hardware.simulator import Call, Script, SimulatedModem
from hardware.simulator.models import MODELS, ModemModel
from hardware.simulator.voice_model import VoiceModel
from hardware.simulator.voice_sound import CallerAct
from tests.hardware.plain_program import Program, until

# Told of everything on the line without having to ask for it (-STE).
CX = replace(MODELS["cx93001"], caller_id=replace(MODELS["cx93001"].caller_id, senses_line=False))
END = b"\x10\x03"


def voice(model: ModemModel) -> VoiceModel:
    assert model.voice is not None
    return model.voice


def answered(sim: SimulatedModem, program: Program, *acts: CallerAct) -> Call:
    """A call that the program has answered in voice class with eight-bit samples."""
    call, _ = _answered(sim, program, acts, b"AT+VLS=1\r", b"OK\r\n")
    return call


def answered_with(command: bytes, sim: SimulatedModem, program: Program, *acts: CallerAct) -> tuple[Call, int]:
    """The same with a stream begun in the same breath, so that no act can come before it.

    Gives the call, and where the bytes of the stream begin in what the program has seen.
    """
    return _answered(sim, program, acts, b"AT+VLS=1\r" + command + b"\r", b"CONNECT\r\n")


def _answered(
    sim: SimulatedModem, program: Program, acts: tuple[CallerAct, ...], commands: bytes, wanted: bytes
) -> tuple[Call, int]:
    program.ready()
    call = sim.play(Script(number="2125550123", after_answer=acts))
    program.wait_for(b"RING\r\n")
    for command in (b"AT+FCLASS=8", b"AT+VSM=1,8000", b"AT+VIT=0"):
        assert program.ask(command).endswith(b"OK\r\n")
    start = len(program.seen)
    program.write(commands)
    return call, start + program.wait_for(wanted, start=start).index(wanted) + len(wanted)


def stream(program: Program, command: bytes) -> int:
    """Begin a stream; where its bytes begin in what the program has seen."""
    start = len(program.seen)
    program.write(command + b"\r")
    seen = program.wait_for(b"CONNECT\r\n", start=start)
    return start + seen.index(b"CONNECT\r\n") + len(b"CONNECT\r\n")


def wait_for_sound(program: Program) -> None:
    """Wait for samples that are not silence."""
    until(lambda: bool(program.read_for(0.02).replace(b"\x10", b"").strip(b"\x80")))


def codes(wire: bytes) -> list[bytes]:
    """The codes in a stream, told apart from shielded samples."""
    found, position = [], 0
    while (position := wire.find(b"\x10", position)) >= 0:
        if wire[position + 1 : position + 2] != b"\x10":
            found.append(wire[position + 1 : position + 2])
        position += 2
    return found
