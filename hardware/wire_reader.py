"""The bytes of a voice modem, in text mode or in a sound stream: lines, samples, keys and signals come out, in order.

Sans-IO. Whether plain bytes are text or samples is told to it; what a line means, and what is to be answered, stays
out. Everything held is bounded, and nothing raises.
"""

import re
from collections.abc import Iterator

from . import at
from .dle import ETX, Unshielder
from .events import KeyPressed, RingDetected, SignalHeard, SoundEnded, SoundReceived
from .stream import REPORT_BEGINS, REPORT_ENDS, RING, SIGNALS, KeyPresses, ReportInSound

# Seconds after which a line begun and never ended is noise. Above the 3 s that pieces of a report are known to take,
# below the shortest gap between two calls (8 s), so that noise of one call never spoils the first line of the next.
STALE_LINE = 5.0
# The same for a DLE whose code does not come. A modem writes both at once, and the bus parts them for milliseconds.
STALE_DLE = 1.0

_TO_LINE_END = re.compile(rb"[^\r\n]*[\r\n]?")
_LINE_ENDS = frozenset(b"\r\n")

Item = str | RingDetected | KeyPressed | SignalHeard | SoundReceived | SoundEnded
"""A line of text without control characters, or an event. SoundEnded is any DLE ETX, in whatever mode."""


class WireReader:
    """`in_sound` is whether plain bytes are samples; its owner may change it at any line."""

    def __init__(self) -> None:
        self.in_sound = False
        self._unshielder = Unshielder()
        self._dle_at = 0.0
        self._assembler = at.LineAssembler()
        self._line_begun_at = 0.0
        self._line_ended = False
        self._keys = KeyPresses()
        self._sound_report = ReportInSound()
        self._line_feed_follows = False
        self._now = 0.0
        self._sound_began = 0.0
        self._samples = 0
        self._rate = 1.0

    def feed(self, data: bytes, now: float) -> Iterator[Item]:
        """What `data`, read at `now`, says. To be taken up to its end."""
        self._now = now
        begun, self._line_ended = self._assembler.begun, False
        for token in self._unshielder.feed(data):
            yield from self._code(token) if isinstance(token, int) else self._plain(token)
        if not begun or self._line_ended:
            self._line_begun_at = now
        if data:
            self._dle_at = now

    def sound_begins(self, rate: float) -> None:
        """The line just heard was the last: samples follow, `rate` bytes of them per second."""
        self.in_sound = True
        self._sound_began, self._samples, self._rate = self._now, 0, rate

    def sound_ends(self) -> list[SoundReceived]:
        """Text follows. Samples that were kept for a report which never ended."""
        self.in_sound = False
        return self._sound(self._sound_report.give_back())

    def deadline(self) -> float | None:
        """When `advance` wants to be called, in text mode."""
        dues = []
        if self._assembler.begun:
            dues.append(self._line_begun_at + STALE_LINE)
        if self._unshielder.pending:
            dues.append(self._dle_at + STALE_DLE)
        return min(dues, default=None) if not self.in_sound else None

    def advance(self, now: float) -> None:
        """Forget what was begun in text and never ended."""
        if self.in_sound:
            return
        if self._assembler.begun and self._line_begun_at + STALE_LINE <= now:
            self._assembler.forget()
        if self._unshielder.pending and self._dle_at + STALE_DLE <= now:
            self._unshielder.forget()

    def _plain(self, plain: bytes) -> Iterator[Item]:
        begin = 0
        while begin < len(plain) and not self.in_sound:
            piece = _TO_LINE_END.match(plain, begin)
            assert piece is not None  # it matches anything
            begin = piece.end()
            self._line_feed_follows = piece[0].endswith(b"\r")
            self._line_ended = self._line_ended or piece[0][-1] in _LINE_ENDS
            yield from _texts(self._assembler.feed(piece[0]))
        if begin < len(plain):
            # The CONNECT line ends in CR and LF; the LF is no sample, whenever it is read.
            skip = self._line_feed_follows and plain.startswith(b"\n", begin)
            self._line_feed_follows = False
            yield from self._sound(self._sound_report.take(plain[begin + skip :]))

    def _code(self, code: int) -> Iterator[Item]:
        if self.in_sound:
            self._line_feed_follows = False
            if code == REPORT_BEGINS:
                yield from self._sound(self._sound_report.begin())
            elif code in (REPORT_ENDS, ETX):  # a modem may leave the first out when the call ends meanwhile
                text, samples = self._sound_report.end() if code == REPORT_ENDS else self._sound_report.cut_off()
                yield from self._sound(samples)
                yield from _texts(at.LineAssembler().feed(text + b"\n"))
        elif code in (REPORT_BEGINS, REPORT_ENDS) or code in _LINE_ENDS:
            # In text mode a report is lines like any other; and a line end is one, also behind a stray DLE.
            yield from self._plain(b"\n")
        if code == RING:
            yield RingDetected()
        elif code == ETX:
            yield SoundEnded()
        elif code in SIGNALS:
            yield SignalHeard(SIGNALS[code])
        else:
            # In a recording the samples are the clock: they cannot come in lumps, as reads of a busy machine do.
            moment = self._sound_began + self._samples / self._rate if self.in_sound else self._now
            key = self._keys.take(code, moment)
            if key is not None:
                yield KeyPressed(key)

    def _sound(self, samples: bytes) -> list[SoundReceived]:
        self._samples += len(samples)
        return [SoundReceived(samples)] if samples else []


def _texts(lines: list[bytes]) -> Iterator[str]:
    for line in lines:
        text = at.text_of(line)
        if text:
            yield text
