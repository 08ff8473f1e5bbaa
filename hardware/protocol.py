"""The dialogue with a voice modem in text mode: bytes and `now` go in, events and bytes to write come out.

Sans-IO: no port, no clock, no thread; one owner. It tells the modem's answers from what it says unasked (rings, Caller
ID) in every interleaving. Nothing the wire brings can raise, and everything held is bounded. Sound streams and shielded
codes do not come in here.
"""

from collections import deque
from dataclasses import dataclass, field

from . import at
from .caller_id import fields_of
from .events import CommandTimedOut, ReplyReceived, RingDetected, UnsolicitedLine, WireEvent
from .report import ReportAssembly

# Seconds after which a line begun and never ended is noise. Above the 3 s that pieces of a report are known to take,
# below the shortest gap between two calls (8 s), so that noise of one call never spoils the first line of the next.
STALE_LINE = 5.0
# Lines kept of one reply; AT&V and AT+VLS=? of real modems have 20. More is noise that fell into a reply.
MAX_REPLY_LINES = 64
# Characters kept of a line that means nothing to us.
MAX_UNSOLICITED_TEXT = 200


@dataclass(slots=True)
class _Command:
    text: str
    timeout: float
    due: float = 0.0
    lines: list[str] = field(default_factory=list)


class ModemProtocol:
    """One modem's text dialogue. Call `advance` at `deadline()`, and `data_to_send` after anything that was called."""

    def __init__(self) -> None:
        self._now = float("-inf")
        self._urgent: deque[_Command] = deque()
        self._queue: deque[_Command] = deque()
        self._start_over()

    def _start_over(self) -> None:
        self._assembler = at.LineAssembler()
        self._report = ReportAssembly()
        self._line_begun_at = 0.0
        self._outstanding: _Command | None = None
        self._urgent.clear()
        self._queue.clear()

    def receive_data(self, data: bytes, now: float) -> list[WireEvent]:
        """Bytes read at `now` (monotonic seconds): what they say, in order, after the timers that ran out before."""
        events = self.advance(now)
        goes_on = self._assembler.begun and b"\r" not in data and b"\n" not in data
        for line in self._assembler.feed(data):
            text = at.text_of(line)
            if text:
                events += self._take(text)
        if not goes_on:
            self._line_begun_at = self._now
        return events

    def send(self, command: str, now: float, *, timeout: float = 3.0, urgent: bool = False) -> None:
        """Queue a command without its line end; `timeout` (seconds) counts from when it is written.

        Urgent ones overtake the queue but keep their order among themselves: an off-hook must never be written after
        the on-hook that was asked for later. None overtakes the one outstanding: a modem drops a command interrupted.
        """
        if not (command.isascii() and command.isprintable()):
            raise ValueError(f"not one line of plain text: {command!r}")
        self._clock(now)
        (self._urgent if urgent else self._queue).append(_Command(command, timeout))

    def data_to_send(self) -> bytes:
        """The bytes to write now; b"" while a command is outstanding or when none is queued."""
        if self._outstanding is not None or not (self._urgent or self._queue):
            return b""
        command = (self._urgent or self._queue).popleft()
        command.due = self._now + command.timeout
        self._outstanding = command
        return command.text.encode("ascii") + b"\r"

    def deadline(self) -> float | None:
        """When `advance` wants to be called (monotonic seconds), None when nothing is waited for."""
        dues = [self._report.due()]
        if self._outstanding is not None:
            dues.append(self._outstanding.due)
        if self._assembler.begun:
            dues.append(self._line_begun_at + STALE_LINE)
        return min((due for due in dues if due is not None), default=None)

    def advance(self, now: float) -> list[WireEvent]:
        """Let every timer run out that is due at `now`."""
        self._clock(now)
        events: list[WireEvent] = [*self._report.advance(self._now)]
        if self._assembler.begun and self._line_begun_at + STALE_LINE <= self._now:
            self._assembler.forget()
        if self._outstanding is not None and self._outstanding.due <= self._now:
            events.append(CommandTimedOut(self._outstanding.text))
            self._outstanding = None
        return events

    def reset(self) -> None:
        """The port was opened anew: drop what was read, queued and asked."""
        self._start_over()

    @property
    def idle(self) -> bool:
        """Whether nothing is outstanding, queued or half reported."""
        return self._outstanding is None and not self._urgent and not self._queue and not self._report.open

    def _clock(self, now: float) -> None:
        """Time never runs backwards here, whatever the caller's clock does."""
        if now > self._now:
            self._now = now

    def _take(self, text: str) -> list[WireEvent]:
        """One line: a ring or Caller ID before anything else, because those come in the middle of replies too."""
        events: list[WireEvent] = []
        if at.is_ring(text):
            events += self._report.rang()
            events.append(RingDetected(at.ring_pattern(text)))
        fields = fields_of(text)
        if fields is not None:
            events += self._report.take(fields, self._now)
        elif not events:
            events += self._take_reply(text)
        return events

    def _take_reply(self, text: str) -> list[WireEvent]:
        command = self._outstanding
        if command is None or at.comes_unasked(text):
            return [UnsolicitedLine(text[:MAX_UNSOLICITED_TEXT])]
        result = at.result_code(text)
        if result is None:
            if not at.is_echo(text, command.text) and len(command.lines) < MAX_REPLY_LINES:
                command.lines.append(text)
            return []
        if not at.ends_command(result, command.text):
            return [UnsolicitedLine(result)]
        self._outstanding = None
        return [ReplyReceived(command.text, result, tuple(command.lines))]
