"""Real bytes over a real pseudo-terminal: the dialogue plays, hears a key, aborts and records with simulated modems."""

import select
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import pytest

from hardware.events import KeyPressed, ReplyReceived, SoundEnded, SoundReceived, WireEvent
from hardware.profiles import PROFILES
from hardware.protocol import ModemProtocol
from hardware.simulator import MODELS, SimulatedModem
from hardware.simulator.voice_sound import Presses, Speaks
from hardware.voice_commands import VoiceCommands
from tests.hardware.plain_program import PATIENCE_S, Program

# How each is spoken to, and its linear format of eight bits at 8000 a second.
FAMILIES = {"usr": ("USR5637", 128), "cx93001": ("Conexant", 1), "si24xx": ("Si24xx", 1), "lucent": ("Lucent", 128)}
VOICES = {profile.name: profile.voice for profile in PROFILES}
# Every byte there is, a run of DLEs, and what looks like codes and text.
SOUND = bytes(range(256)) * 10 + b"\x10" * 9 + b"\x10b\x10\x03\r\nRING\r\n\r\nOK\r\n" * 40


class Dialogue(Program):
    """A program whose bytes the protocol writes and reads."""

    def __init__(self, port: str, voice: VoiceCommands) -> None:
        super().__init__(port)
        self.voice = voice
        self.protocol = ModemProtocol()
        self.protocol.voice = voice
        self.events: list[WireEvent] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, condition: Callable[[], bool]) -> None:
        """Read and write until the condition holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            now = time.monotonic()
            assert now < end, f"it did not come to be, only {self.events[-5:]}"
            self.protocol_turn(now)

    def protocol_turn(self, now: float) -> None:
        data = self.protocol.data_to_send(now)
        if data:
            self.write(data)
        wait = max(0.0, min((self.protocol.deadline() or now + 0.05) - now, 0.05))
        readable, _, _ = select.select([self.fd], [], [], wait)
        now = time.monotonic()
        if readable:
            start = len(self.seen)
            self._read(0.0)
            self.events += self.protocol.receive_data(self.seen[start:], now)
        self.events += self.protocol.advance(now)

    def answered(self, command: str, *, urgent: bool = False) -> str:
        """Give a command and wait for its result, of a stream the first."""
        start = len(self.events)
        self.protocol.send(command, time.monotonic(), urgent=urgent)
        return self.result(command, start)

    def result(self, command: str, start: int) -> str:
        self.run(lambda: any(_answers(event, command) for event in self.events[start:]))
        return next(e.result for e in self.events[start:] if isinstance(e, ReplyReceived) and e.command == command)

    def heard(self) -> bytes:
        return b"".join(event.data for event in self.events if isinstance(event, SoundReceived))


def _answers(event: WireEvent, command: str) -> bool:
    return isinstance(event, ReplyReceived) and event.command == command


@pytest.fixture(params=FAMILIES)
def model(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sim(model: str) -> Iterator[SimulatedModem]:
    with SimulatedModem(model=MODELS[model]) as sim:
        yield sim


@pytest.fixture
def dialogue(sim: SimulatedModem, model: str) -> Iterator[Dialogue]:
    family, code = FAMILIES[model]
    voice = VOICES[family]
    with Dialogue(sim.port, voice) as dialogue:
        for command in ("ATE0", voice.enter, voice.select.format(code=code, rate=8000)):
            assert dialogue.answered(command) == "OK"
        yield dialogue


def test_a_greeting_is_heard_byte_for_byte_and_a_key_pressed_meanwhile_is_told_once(
    sim: SimulatedModem, dialogue: Dialogue
) -> None:
    call = sim.call("2025550117", after_answer=(Presses(0.2, "5", held=0.2),))
    assert dialogue.answered(dialogue.voice.answer) == "OK"
    protocol = dialogue.protocol
    assert dialogue.answered(dialogue.voice.play) == "CONNECT"
    start = len(dialogue.events)
    protocol.play(SOUND, time.monotonic())
    protocol.end_playback(time.monotonic())
    assert dialogue.result(dialogue.voice.play, start) == "OK"
    assert call.heard == SOUND
    assert [event.key for event in dialogue.events if isinstance(event, KeyPressed)] == ["5"]


def test_an_abort_is_quick_and_the_line_is_let_go_of(sim: SimulatedModem, dialogue: Dialogue) -> None:
    call = sim.call("2025550117")
    assert dialogue.answered(dialogue.voice.answer) == "OK"
    assert dialogue.answered(dialogue.voice.play) == "CONNECT"
    start, protocol = len(dialogue.events), dialogue.protocol
    protocol.play(bytes(80_000), time.monotonic())
    dialogue.run(lambda: len(call.heard) > 1000)
    protocol.abort_playback(time.monotonic())
    assert dialogue.result(dialogue.voice.play, start) == "OK"
    assert len(call.heard) < 40_000
    assert dialogue.answered(dialogue.voice.hang_up) == "OK"
    assert not sim.line.off_hook


def test_a_recording_holds_every_sample_and_stops_when_told(sim: SimulatedModem, dialogue: Dialogue) -> None:
    # Three times: a machine too busy to read loses sound, as it would with a real modem, but not all of it.
    sim.call("2025550117", after_answer=(Speaks(0.3, SOUND * 3),))
    assert dialogue.answered(dialogue.voice.answer) == "OK"
    if dialogue.voice.before_recording:
        assert dialogue.answered(dialogue.voice.before_recording) == "OK"
    assert dialogue.answered(dialogue.voice.record) == "CONNECT"
    dialogue.run(lambda: SOUND in dialogue.heard())
    start = len(dialogue.events)
    dialogue.protocol.stop_recording(time.monotonic())
    assert dialogue.result(dialogue.voice.record, start) == "OK"
    assert SoundEnded() in dialogue.events
    assert not any(isinstance(event, KeyPressed) for event in dialogue.events)


@pytest.mark.parametrize("stream", ["play", "record"])
def test_an_urgent_on_hook_ends_the_stream_and_lets_go(sim: SimulatedModem, dialogue: Dialogue, stream: str) -> None:
    sim.call("2025550117")
    assert dialogue.answered(dialogue.voice.answer) == "OK"
    assert dialogue.answered(getattr(dialogue.voice, stream)) == "CONNECT"
    dialogue.protocol.play(bytes(80_000), time.monotonic())
    assert dialogue.answered("ATH0", urgent=True) == "OK"
    assert not sim.line.off_hook
