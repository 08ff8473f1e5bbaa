"""What holds for any play, abort and record, whatever the modem says: it ends in text mode, in time, with few bytes."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hardware.dle import shield
from hardware.events import CommandTimedOut, KeyPressed, ReplyReceived, SoundEnded, SoundReceived, WireEvent
from hardware.playback import LONGEST_PAUSE, STARVED
from hardware.protocol import ModemProtocol
from hardware.sound_stream import RESULT, STALLED, STEP

RATE = 8000.0
COMMAND_TIMEOUT = 3.0
# Seconds that one command may take when the modem says nothing more, without the sound that it plays.
LONGEST_COMMAND = COMMAND_TIMEOUT + LONGEST_PAUSE + STARVED + STALLED + 2 * RESULT + 3 * STEP
# Bytes written for one command beside its samples: itself, and all words that end its stream, twice.
LONGEST_WORDS = 64

SAID = [
    b"\r\nCONNECT\r\n",
    b"\r\nOK\r\n",
    b"\r\nERROR\r\n",
    b"\r\nNO CARRIER\r\n",
    b"\r\nVCON\r\n",
    b"\x10\x03",
    b"\x10",
]
SHIELDED = [b"\x10u", b"\x10S", b"\x10Q", b"\x10/\x105\x10~", b"\x10X", b"\x10.", b"\x10R", b"\x10\x10", b"\x80" * 99]
wire = st.one_of(st.sampled_from(SAID), st.sampled_from(SAID), st.sampled_from(SHIELDED), st.binary(max_size=20))


class Streams(RuleBasedStateMachine):
    """Whoever owns the protocol does anything; the modem says anything."""

    def __init__(self) -> None:
        super().__init__()
        self.protocol = ModemProtocol()
        self.now = 0.0
        self.asked = self.answered = self.played = self.written = self.read = self.sound = 0

    @rule(command=st.sampled_from(["AT", "AT+VTX", "AT+VRX", "AT+VTR", "AT#VTX"]), urgent=st.booleans())
    def send(self, command: str, urgent: bool) -> None:
        self.protocol.send(command, self.now, timeout=COMMAND_TIMEOUT, urgent=urgent)
        self.asked += 1

    @rule(samples=st.one_of(st.binary(max_size=50), st.integers(0, 20_000).map(lambda count: b"\x10" * count)))
    def play(self, samples: bytes) -> None:
        if self.protocol.play(samples, self.now, rate=RATE):
            self.played += len(samples)

    @rule()
    def end_playback(self) -> None:
        self.protocol.end_playback(self.now)

    @rule()
    def abort_playback(self) -> None:
        self.protocol.abort_playback(self.now)

    @rule()
    def stop_recording(self) -> None:
        self.protocol.stop_recording(self.now)

    @rule(data=wire)
    def receive(self, data: bytes) -> None:
        self.read += len(data)
        self.note(self.protocol.receive_data(data, self.now))

    @rule(seconds=st.sampled_from([0.01, 0.3, 1.0, 4.0]))
    def wait(self, seconds: float) -> None:
        self.serve(self.now + seconds)

    @precondition(lambda self: self.protocol.streaming is None)
    @rule()
    def reset(self) -> None:
        self.protocol.reset()
        self.asked = self.answered = 0

    @invariant()
    def written_in_bounds(self) -> None:
        self.write()
        # A CONNECT, and each piece of text that looks like one, may cost a few words.
        assert self.written <= 2 * self.played + LONGEST_WORDS * (self.asked + self.read + 1)
        assert self.sound <= self.read + 2
        assert self.answered <= 2 * self.asked

    def teardown(self) -> None:
        limit = self.now + self.asked * LONGEST_COMMAND + 2 * self.played / RATE + 20.0
        self.serve(limit)
        assert self.protocol.streaming is None
        assert self.protocol.idle
        assert self.protocol.data_to_send() == b""
        assert self.protocol.receive_data(b"\r\nOK\r\n", self.now)[-1:] != []

    def serve(self, until: float) -> None:
        """Time passes, and the owner does what the deadlines ask for."""
        for _ in range(100_000):
            self.write()
            due = self.protocol.deadline()
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            self.note(self.protocol.advance(self.now))
        else:
            raise AssertionError("it spins")
        self.now = until
        self.note(self.protocol.advance(until))

    def write(self) -> None:
        while data := self.protocol.data_to_send(self.now):
            self.written += len(data)

    def note(self, events: list[WireEvent]) -> None:
        for event in events:
            match event:
                case SoundReceived(data=data):
                    self.sound += len(data)
                case ReplyReceived() | CommandTimedOut():
                    self.answered += 1


TestStreams = Streams.TestCase
TestStreams.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(1, 60))
def test_every_sample_that_a_modem_sends_is_received(recordings: list[bytes], size: int) -> None:
    protocol, now = ModemProtocol(), 0.0
    for samples in recordings:
        protocol.send("AT+VRX", now)
        protocol.data_to_send()
        data = b"\r\nCONNECT\r\n" + shield(samples) + b"\x10\x03\r\nOK\r\n"
        events = [e for n in range(0, len(data), size) for e in protocol.receive_data(data[n : n + size], now)]
        assert b"".join(e.data for e in events if isinstance(e, SoundReceived)) == samples
        others = [e for e in events if not isinstance(e, SoundReceived)]
        assert others == [ReplyReceived("AT+VRX", "CONNECT"), SoundEnded(), ReplyReceived("AT+VRX", "OK")]
        now += 1.0


@given(st.lists(st.binary(max_size=3000), max_size=4))
def test_every_sample_played_is_written_shielded_and_in_order(sounds: list[bytes]) -> None:
    protocol, now, written = ModemProtocol(), 0.0, b""
    protocol.send("AT+VTX", now)
    for sound in sounds:
        protocol.play(sound, now)
    protocol.end_playback(now)
    assert protocol.data_to_send() == b"AT+VTX\r"
    protocol.receive_data(b"\r\nCONNECT\r\n", now)
    while now < sum(map(len, sounds)) / RATE:
        written += protocol.data_to_send(now)
        now += 0.05
    written += protocol.data_to_send(now)
    assert written == shield(b"".join(sounds)) + b"\x10\x03"


marked = st.tuples(st.sampled_from("0123456789*#ABCD"), st.integers(1, 6), st.binary(max_size=3))


@given(st.lists(marked, max_size=8), st.sampled_from(["AT+VTX", "AT+VRX", "AT"]), st.randoms(use_true_random=False))
def test_keys_are_the_same_under_any_cut(
    presses: list[tuple[str, int, bytes]], command: str, chance: random.Random
) -> None:
    data = (
        b"".join(
            b"\x10/" + (b"\x10" + key.encode() + shield(noise)) * times + b"\x10~" for key, times, noise in presses
        )
        .replace(b"\r", b"")
        .replace(b"\n", b"")
    )
    protocol = ModemProtocol()
    protocol.send(command, 0.0)
    protocol.data_to_send()
    if command != "AT":
        protocol.receive_data(b"\r\nCONNECT\r\n", 0.0)
    events: list[WireEvent] = []
    at = 0
    while at < len(data):
        end = chance.randint(at, at + 4)
        events += protocol.receive_data(data[at:end], 0.0)
        at = end
    assert [e.key for e in events if isinstance(e, KeyPressed)] == [key for key, _, _ in presses]
