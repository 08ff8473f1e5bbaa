"""The dialogue with a voice modem: bytes and `now` go in, events and bytes to write come out.

Sans-IO: no port, no clock, no thread; one owner. It tells the modem's answers from what it says unasked (rings, Caller
ID, shielded codes) in every interleaving. Nothing the wire brings can raise, and everything held of it is bounded.

A command that opens a sound stream is answered twice: with CONNECT when sound begins, and with OK or VCON when the
modem is back in text mode; CommandTimedOut stands for either. In between come SoundReceived and, whatever ended it,
one SoundEnded for a stream that hears. Sound may spell anything, RING as well as NO CARRIER: while it comes, nothing
ends it but DLE ETX or its standing still. A modem that only plays says what it says in text and codes.
"""

from collections import deque
from dataclasses import dataclass, field

from . import at
from .caller_id import fields_of
from .events import (
    CommandTimedOut,
    ReplyReceived,
    RingDetected,
    SignalHeard,
    SoundEnded,
    UnsolicitedLine,
    WireEvent,
)
from .playback import Playback
from .report import ReportAssembly
from .ring_pattern import RingCadence
from .sound_stream import LINE_END, Direction, SoundStream, State, direction_of, words_to_leave
from .voice_commands import V253_VOICE, VoiceCommands
from .wire_reader import Item, WireReader

# Lines kept of one reply; AT&V and AT+VLS=? of real modems have 20. More is noise that fell into a reply.
MAX_REPLY_LINES = 64
# Characters kept of a line that means nothing to us.
MAX_UNSOLICITED_TEXT = 200


@dataclass(slots=True)
class _Command:
    text: str
    timeout: float
    direction: Direction | None = None  # of the stream it opens
    due: float = 0.0
    lines: list[str] = field(default_factory=list)
    playback: Playback = field(default_factory=Playback)
    unwanted: bool = False  # its stream is to be left as soon as it opens


class ModemProtocol:
    """One modem's dialogue. Call `advance` at `deadline()`, and `data_to_send` after anything that was called.

    `voice` is how the modem's family is spoken to inside a stream; `byte_rate` is the pace of the chosen sound format
    in bytes per second. Both may be set at any time outside a stream.
    """

    def __init__(self) -> None:
        self.voice: VoiceCommands = V253_VOICE
        self.byte_rate = 8000.0
        self._now = float("-inf")
        self._urgent: deque[_Command] = deque()
        self._queue: deque[_Command] = deque()
        self._start_over()

    def _start_over(self) -> None:
        self._reader = WireReader()
        self._report = ReportAssembly()
        self._cadence = RingCadence()
        self._outstanding: _Command | None = None
        self._stream: SoundStream | None = None
        self._never_opened: Direction | None = None  # of a stream given up, whose CONNECT may still come
        self._last_words = b""  # to a stream that is over for us
        self._urgent.clear()
        self._queue.clear()

    def receive_data(self, data: bytes, now: float) -> list[WireEvent]:
        """Bytes read at `now` (monotonic seconds): what they say, in order, after the timers that ran out before.

        A stream's own timers run after the bytes: a machine that slept finds its sound waiting, not a silent modem.
        """
        self._clock(now)
        events = self._advance_text()
        if self._stream is not None and data:
            self._stream.heard(self._now)
        for item in self._reader.feed(data, self._now):
            events += self._take(item)
        return events + self._advance_stream()

    def send(self, command: str, now: float, *, timeout: float = 3.0, urgent: bool = False) -> None:
        """Queue a command without its line end; `timeout` (seconds) counts from when it is written.

        Urgent ones overtake the queue but keep their order among themselves: an off-hook must never be written after
        the on-hook that was asked for later. None overtakes the one outstanding: a modem drops a command interrupted.
        Commands wait for the end of a sound stream; an urgent one ends it.
        """
        if not (command.isascii() and command.isprintable()):
            raise ValueError(f"not one line of plain text: {command!r}")
        self._clock(now)
        (self._urgent if urgent else self._queue).append(_Command(command, timeout, direction_of(command)))
        if urgent and self._stream is not None:
            self._stream.leave(self._now)

    def play(self, samples: bytes, now: float, *, rate: float | None = None) -> bool:
        """Samples for the stream that a +VTX or +VTR sent before opens, at `rate` bytes per second (else `byte_rate`).

        They are written at the pace of the line. False when there is no such stream, or no longer, because we or the
        modem ended it; then nothing is kept. How much is held at once is up to the caller.
        """
        self._clock(now)
        command = self._playing()
        if command is not None:
            command.playback.add(samples, self.byte_rate if rate is None else rate)
        return command is not None

    def end_playback(self, now: float) -> None:
        """Nothing follows what was given to `play`: the stream ends when that is played. A duplex one goes on."""
        self._clock(now)
        command = self._playing()
        if command is not None:
            command.playback.end()

    def abort_playback(self, now: float) -> None:
        """Be silent at once: what was not played is dropped, and the stream is left."""
        self._leave(Direction.PLAYS, now)

    def stop_recording(self, now: float) -> None:
        """Leave the stream that hears. Sound may still come until SoundEnded."""
        self._leave(Direction.HEARS, now)

    def data_to_send(self, now: float | None = None) -> bytes:
        """The bytes to write now: a command, or what belongs into a stream; b"" while a command is outstanding."""
        if now is not None:
            self._clock(now)
        words, self._last_words = self._last_words, b""
        if self._stream is not None:
            return words + self._stream.data_to_send(self._now)
        if self._outstanding is not None or not (self._urgent or self._queue):
            return words
        command = (self._urgent or self._queue).popleft()
        command.due = self._now + command.timeout
        self._outstanding = command
        return words + command.text.encode("ascii") + b"\r"

    def deadline(self) -> float | None:
        """When `advance` wants to be called (monotonic seconds), None when nothing is waited for."""
        dues = [self._report.due(), self._cadence.due(), self._reader.deadline()]
        if self._stream is not None:
            dues.append(self._stream.deadline())
        elif self._outstanding is not None:
            dues.append(self._outstanding.due)
        return min((due for due in dues if due is not None), default=None)

    def advance(self, now: float) -> list[WireEvent]:
        """Let every timer run out that is due at `now`."""
        self._clock(now)
        return self._advance_text() + self._advance_stream()

    def reset(self) -> None:
        """The port was opened anew: drop what was read, queued and asked."""
        self._start_over()

    @property
    def idle(self) -> bool:
        """Whether nothing is outstanding, queued or half reported."""
        return self._outstanding is None and not self._urgent and not self._queue and not self._report.open

    @property
    def streaming(self) -> Direction | None:
        """Which way sound goes now; None in text mode."""
        return self._stream.direction if self._stream is not None else None

    def _clock(self, now: float) -> None:
        """Time never runs backwards here, whatever the caller's clock does."""
        if now > self._now:
            self._now = now

    def _advance_text(self) -> list[WireEvent]:
        events: list[WireEvent] = [*self._report.advance(self._now), *self._cadence.advance(self._now)]
        self._reader.advance(self._now)
        command = self._outstanding
        if self._stream is None and command is not None and command.due <= self._now:
            self._give_up(command)
            events.append(CommandTimedOut(command.text))
        return events

    # -- what was read

    def _take(self, item: Item) -> list[WireEvent]:
        match item:
            case str():
                return self._take_line(item)
            case RingDetected():
                return [*self._report.rang(), RingDetected(self._cadence.rang(self._now))]
            case SoundEnded():
                return self._sound_ended()
            case SignalHeard(signal=signal) if self._stream is not None:
                self._stream.playback.told(signal, self._now)
        return [item]

    def _take_line(self, text: str) -> list[WireEvent]:
        """One line: a ring or Caller ID before anything else, because those come in the middle of replies too."""
        events: list[WireEvent] = [*self._cadence.take(text, self._now)]
        if at.is_ring(text):
            events += self._report.rang()
            measured = self._cadence.rang(self._now)
            events.append(RingDetected(at.ring_pattern(text) or measured))
        asked = self._outstanding.text if self._outstanding is not None and self._stream is None else None
        fields = fields_of(text, self._report.missing, self._report.half, command=asked)
        if fields is not None:
            events += self._report.take(fields, self._now)
        elif not events:
            events += self._take_reply(text)
        return events

    def _take_reply(self, text: str) -> list[WireEvent]:
        command, result = self._outstanding, at.result_code(text)
        opens = result in self.voice.streaming
        late = opens and self._opened_late(command)
        if command is None or late or self._reader.in_sound or at.comes_unasked(text):
            return [UnsolicitedLine(text[:MAX_UNSOLICITED_TEXT])]
        if self._stream is not None:
            # Whatever result it says now, but CONNECT a second time, a modem says outside the stream.
            if result is None or opens:
                return [UnsolicitedLine(text[:MAX_UNSOLICITED_TEXT])]
            self._stream = self._outstanding = None
            return [ReplyReceived(command.text, result)]
        if result is None:
            if not at.is_echo(text, command.text) and len(command.lines) < MAX_REPLY_LINES:
                command.lines.append(text)
            return []
        if not at.ends_command(result, command.text):
            return [UnsolicitedLine(result)]
        if opens and command.direction is not None:
            self._open(command, command.direction)
        else:
            self._outstanding = None
            self._never_opened = command.direction or self._never_opened
        return [ReplyReceived(command.text, result, tuple(command.lines))]

    # -- the stream

    def _open(self, command: _Command, direction: Direction) -> None:
        self._never_opened = None
        self._stream = SoundStream(direction, command.playback, self.voice, self._now)
        if Direction.HEARS in direction:
            self._reader.sound_begins(self.byte_rate)
        if command.unwanted or self._urgent:
            self._stream.leave(self._now)

    def _opened_late(self, command: _Command | None) -> bool:
        """Whether a stream opens that was given up: it is left, else what we say next would be taken for sound."""
        if self._never_opened is None or (command is not None and command.direction is not None):
            return False
        self._last_words += words_to_leave(self._never_opened, self.voice)[0] + LINE_END
        self._never_opened = None
        return True

    def _sound_ended(self) -> list[WireEvent]:
        if self._stream is not None:
            self._stream.ended(self._now)
        return self._deafen()

    def _deafen(self) -> list[WireEvent]:
        return [*self._reader.sound_ends(), SoundEnded()] if self._reader.in_sound else []

    def _advance_stream(self) -> list[WireEvent]:
        stream, command = self._stream, self._outstanding
        if stream is None or command is None:
            return []
        stream.advance(self._now)
        if stream.state is not State.OVER:
            return []
        self._last_words += stream.data_to_send(self._now)
        self._stream = self._outstanding = None
        return [*self._deafen(), CommandTimedOut(command.text)]

    def _give_up(self, command: _Command) -> None:
        """No answer came to it. Its stream may have opened all the same, or do so later."""
        self._outstanding = None
        if command.direction is not None:
            self._last_words += words_to_leave(command.direction, self.voice)[0] + LINE_END
            self._never_opened = command.direction

    def _commands(self, direction: Direction) -> list[_Command]:
        """Those that open such a stream, the one outstanding first."""
        commands = (*([self._outstanding] if self._outstanding else ()), *self._urgent, *self._queue)
        return [command for command in commands if command.direction is not None and direction in command.direction]

    def _playing(self) -> _Command | None:
        """The command whose stream takes samples, or will."""
        return next((one for one in self._commands(Direction.PLAYS) if not one.playback.ended), None)

    def _leave(self, direction: Direction, now: float) -> None:
        self._clock(now)
        if self._stream is not None and direction in self._stream.direction:
            self._stream.leave(self._now)
        for command in self._commands(direction):
            command.unwanted = True
            command.playback.drop()
