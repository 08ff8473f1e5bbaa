"""The voice side of a simulated modem: streams at their pace, keys and signals behind DLE, and what breaks in it.

For the simulator's thread only. No line of a command may enter: `voice_commands.py` has those.
"""

from collections.abc import Callable
from typing import Protocol

from hardware.simulator.answers import StreamBegun
from hardware.simulator.caller_id_commands import tells
from hardware.simulator.commands import Settings
from hardware.simulator.voice_far_end import FarEnd
from hardware.simulator.voice_shield import END, Unshielder, code, shield
from hardware.simulator.voice_stream import Player, Recorder

# Seconds of the line between two pieces of sound; chips hand over 20 to 50 ms at a time. Not below the second figure
# in real seconds, so that a fast simulator still has a thread to spare.
PIECE_S, PIECE_FLOOR_S = 0.02, 0.004
# Bytes that wait for a host which does not read, beyond what the terminal itself holds; then sound is lost.
CHIP_BUFFER = 2048
# Bytes kept of what was played: a quarter of an hour at 8000 a second.
PLAYED_LIMIT = 8 * 1024 * 1024
# Seconds into a stream at which noise breaks in, when it was ordered before.
NOISE_AT_S = 0.2


class Surroundings(Protocol):
    """The body that this is a part of."""

    @property
    def waiting(self) -> int: ...
    def say(self, data: bytes) -> None: ...
    def stream_over(self) -> None: ...
    def lock_up(self) -> None: ...
    def hang_up(self) -> None: ...


class VoiceSide:
    """Class 8 of one modem. `played`: all samples that it played, newest, whoever heard them.

    Faults: `stuck` ignores what ends a stream; `connect_delay` (seconds) is added before CONNECT; `noise` breaks into
    the next or present stream, once; `locks_up_after` so many seconds of a stream, None for never.
    """

    def __init__(
        self,
        body: Surroundings,
        settings: Settings,
        far_end: Callable[["VoiceSide"], FarEnd],
        *,
        speed: float,
        clock: Callable[[], float],
        at: Callable[[float, Callable[[], None]], None],
        result: Callable[[str], bytes],
    ) -> None:
        self.played = bytearray()
        self.stuck = False
        self.connect_delay = 0.0
        self.noise = b""
        self.locks_up_after: float | None = None
        self.far_end = far_end(self)
        self._body = body
        self._settings = settings
        self._speed = speed
        self._clock = clock
        self._at = at
        self._result = result
        self._player: Player | None = None
        self._recorder: Recorder | None = None
        self._unshielder = Unshielder()
        self._stream_since = 0.0
        self._key: object | None = None
        self._last_word = clock()
        self._watching = False

    @property
    def streaming(self) -> bool:
        """Whether bytes from the host are a stream's."""
        return self._player is not None or self._recorder is not None

    @property
    def room(self) -> int | None:
        """How many bytes it would take from the host now; None when it does not matter."""
        if self._player is None or self._player.ending:
            return None
        return self._player.room

    # From the line

    def tell_of(self, letter: bytes) -> None:
        """The chip recognised something. It says so when it knows the letter and is in voice class."""
        voice = self._settings.voice
        if voice is not None and letter in voice.model.codes and tells(self._settings, letter):
            self.say_code(letter)

    def say_code(self, letter: bytes) -> None:
        """A code behind DLE, at its place among the samples. Nothing outside voice class."""
        if self._settings.in_voice_class:
            self._body.say(self._advance() + code(letter))

    def key_down(self, key: bytes, held: float) -> None:
        """A key of the caller's telephone goes down for `held` seconds."""
        voice = self._settings.voice
        if voice is None:
            return
        press = self._key = object()
        start = self.far_end.seconds(self._clock())
        if voice.model.key_marks:
            self.say_code(b"/")
        self.say_code(key)
        every = voice.model.key_repeat
        count = 0 if every is None else int(held / every)
        for turn in range(1, count + 1):
            self.far_end.later(start + turn * (every or 0.0), lambda: self._key_held(press, key))
        if voice.model.key_marks:
            self.far_end.later(start + held, lambda: self._key_up(press))

    def _key_held(self, press: object, key: bytes) -> None:
        if press is self._key:
            self.say_code(key)

    def _key_up(self, press: object) -> None:
        if press is self._key:
            self._key = None
            self.say_code(b"~")

    # From the host

    def begin(self, stream: StreamBegun, at: float) -> None:
        """A stream begins with the CONNECT that the host reads at clock time `at`."""
        voice = self._settings.voice
        assert voice is not None
        begin = self.far_end.seconds(at)
        self._unshielder, self._stream_since = Unshielder(), begin
        if stream.plays:
            self._player = Player(voice.model, voice.form, voice.rate, begin=begin, played=self._play)
        if stream.records:
            hears = voice.model.records_on is None or voice.device in voice.model.records_on
            self._recorder = Recorder(
                voice.model,
                voice.form,
                voice.rate,
                self.far_end.sound,
                begin=begin,
                silent_after=voice.silent_after,
                deaf=not hears,
            )
        begun = self._player, self._recorder
        if at > self._clock():
            # With the CONNECT and after it: a turn of before, let run late, would say something of the stream first.
            self._at(at, lambda: self._turn(begun))
        else:
            self._turn(begun)

    def take(self, data: bytes, at: float) -> bytes:
        """Bytes of the host's in a stream; what is left of them when it ended on the way."""
        now = self.far_end.seconds(at)
        for part in self._unshielder.parts(data):
            if self._player is not None:
                letter = END if self._ends(part.code) else part.code
                told = self._player.obey(letter, now) if letter else self._player.take(part.samples, now)
                self._body.say(told)
                self._finish_when_done()
            elif self._stops(part.code):
                self._finish()
            if not self.streaming:
                return data[part.end :]
        return b""

    def _ends(self, letter: bytes) -> bool:
        # V.253: DLE ^ ends both directions of a duplex stream.
        return letter == b"^" and self._recorder is not None

    def _stops(self, letter: bytes) -> bool:
        voice = self._settings.voice
        if voice is None or self.stuck:
            return False
        return letter in voice.model.stops if letter else voice.model.any_byte_stops

    def cut(self) -> None:
        """The stream is over without a word."""
        if self.streaming:
            self._player = self._recorder = None
            self._body.stream_over()

    def word(self) -> None:
        """The host wrote something: the timer of its absence begins anew."""
        self._last_word = self._clock()
        self._watch()

    # The pace

    def _turn(self, stream: tuple[Player | None, Recorder | None]) -> None:
        if stream != (self._player, self._recorder) or not self.streaming:
            return
        told = self._advance()
        elapsed = self.far_end.seconds(self._clock()) - self._stream_since
        if self.noise and elapsed >= NOISE_AT_S:
            told, self.noise = told + self.noise, b""
        self._body.say(told)
        if self.locks_up_after is not None and elapsed >= self.locks_up_after:
            self.locks_up_after = None
            self._body.lock_up()
        self._finish_when_done()
        self._at(self._clock() + max(PIECE_S / self._speed, PIECE_FLOOR_S), lambda: self._turn(stream))

    def _advance(self) -> bytes:
        now = self.far_end.seconds(self._clock())
        told = self._player.advance(now) if self._player is not None else b""
        if self._recorder is not None:
            told += self._recorder.advance(now, room=self._body.waiting <= CHIP_BUFFER)
        return told

    def _finish_when_done(self) -> None:
        voice = self._settings.voice
        if self.stuck or voice is None:
            return
        if self._player is not None:
            if self._player.done:
                self._finish()
        elif self._recorder is not None and self._recorder.silence_told and voice.model.silence_ends_recording:
            self._finish()

    def _finish(self) -> None:
        voice = self._settings.voice
        if voice is None:
            return
        said = self._advance()
        if self._recorder is not None or voice.model.echoes_end:
            said += code(END)
        self._player = self._recorder = None
        self._last_word = self._clock()
        self._body.say(said + self._result(voice.model.final))
        self._body.stream_over()

    def _play(self, samples: bytes) -> None:
        if not samples:
            return
        self._last_word = self._clock()
        self.played += samples
        del self.played[:-PLAYED_LIMIT]
        call = self.far_end.call
        if call is not None and not call.over:
            call.hear(samples)

    # The timer of the host's absence (+VIT)

    def _watch(self) -> None:
        patience = self._patience()
        if patience and not self._watching:
            self._watching = True
            self._at(self._last_word + patience, self._look)

    def _patience(self) -> float:
        voice = self._settings.voice
        if voice is None or not self._settings.in_voice_class or not self.far_end.connected:
            return 0.0
        return voice.inactivity_s / self._speed

    def _look(self) -> None:
        self._watching = False
        patience = self._patience()
        if not patience:
            return
        if self._recorder is not None:  # sound goes to the host: it is there
            self._last_word = self._clock()
        if self._clock() - self._last_word < patience:
            self._watch()
            return
        self.cut()
        self._settings.leave_voice_class()
        self._body.hang_up()


def shielded_report(data: bytes, *, first: bool, last: bool) -> bytes:
    """A part of a Caller ID report as a chip sends it that shields what it says in voice class."""
    text = shield(data.lstrip(b"\r\n") if first else data)
    return (code(b"X") if first else b"") + text + (code(b".") if last else b"")
