"""The two directions of a sound stream at their real pace. Sans-IO: `now` is an argument, bytes come out.

All times are seconds of the telephone line, so that a fast simulator needs nothing here.
"""

from collections.abc import Callable

from hardware.simulator.voice_line import LineSound, byte_rate, position
from hardware.simulator.voice_model import VoiceFormat, VoiceModel
from hardware.simulator.voice_shield import code, shield
from hardware.simulator.voice_tones import is_silence


class Player:
    """From the host to the line: a buffer that drains at the pace of the samples. `played` gets what left it."""

    def __init__(
        self, model: VoiceModel, form: VoiceFormat, rate: int, *, begin: float, played: Callable[[bytes], None]
    ) -> None:
        self.ending = False
        self._pace = byte_rate(form, rate)
        self._limit = max(1, int(self._pace * model.buffer_s))
        self._flow_codes = model.flow_codes
        self._reports_gap = b"u" in model.codes
        self._played = played
        self._buffer = bytearray()
        self._drained_to = begin
        self._gap = True  # before the first sample there is no underrun
        self._paused = False
        self._told_to_wait = False

    @property
    def room(self) -> int:
        """Bytes it would take now. It asks for more only when an eighth is free, as chips do, not byte by byte."""
        free = self._limit - len(self._buffer)
        return free if free * 8 >= self._limit else 0

    @property
    def done(self) -> bool:
        """Whether the host ended the stream and all of it was played."""
        return self.ending and not self._buffer

    def take(self, samples: bytes, now: float) -> bytes:
        """Samples from the host; what to tell it. After the end of the stream they are lost."""
        if self.ending:
            return b""
        told = self.advance(now)
        self._buffer += samples
        self._gap = False
        if self._flow_codes and not self._told_to_wait and not self.room:
            self._told_to_wait = True
            told += code(b"S")
        return told

    def obey(self, letter: bytes, now: float) -> bytes:
        """A code from the host; what to tell it. Volume, marks and codes not known change nothing."""
        told = self.advance(now)
        if letter == b"\x03":
            self.ending, self._paused = True, False
        elif letter == b"\x18":
            self._buffer.clear()
            self._gap, self._paused = True, False
        elif letter == b"p":
            self._paused = True
        elif letter == b"r":
            self._paused = False
        return told

    def advance(self, now: float) -> bytes:
        """Play on; what to tell the host."""
        if self._paused:
            self._drained_to = max(self._drained_to, now)
            return b""
        count = max(0, int((now - self._drained_to) * self._pace + 1e-6))
        part = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._played(part)
        self._drained_to += len(part) / self._pace
        told = b""
        if count > len(part):  # it ran dry on the way
            self._drained_to = now
            if not self._gap and not self.ending:
                self._gap = True
                told += code(b"u") if self._reports_gap else b""
        if self._told_to_wait and len(self._buffer) * 2 <= self._limit:
            self._told_to_wait = False
            told += code(b"Q")
        return told


class Recorder:
    """From the line to the host. `silent_after`: seconds without a sound that are told, 0 for never.

    `deaf`: nothing of the line reaches it (a device was chosen that does not hold the line).
    """

    def __init__(
        self,
        model: VoiceModel,
        form: VoiceFormat,
        rate: int,
        sound: LineSound,
        *,
        begin: float,
        silent_after: float,
        deaf: bool,
    ) -> None:
        self.silence_told = False
        self._model = model
        self._form = form
        self._rate = rate
        self._sound = sound if not deaf else LineSound("")
        self._next = position(form, rate, begin)
        self._silent_after = silent_after
        self._silent_since = begin
        self._heard_any = False
        self._lost = False

    def advance(self, now: float, *, room: bool) -> bytes:
        """What the line said since, shielded. Without `room` on the wire it is lost, and that is told afterwards."""
        until = position(self._form, self._rate, now)
        if until <= self._next:
            return b""
        piece = self._sound.piece(self._form, self._rate, self._next, until - self._next)
        self._next = until
        if not room:
            self._lost = True
            return b""
        told = code(b"o") if self._lost and b"o" in self._model.codes else b""
        self._lost = False
        return told + shield(piece, pairs_as_sub=self._model.pairs_as_sub) + self._silence(piece, now)

    def _silence(self, piece: bytes, now: float) -> bytes:
        if not is_silence(self._form, piece):
            self._heard_any, self._silent_since, self.silence_told = True, now, False
            return b""
        if self.silence_told or not self._silent_after or now - self._silent_since < self._silent_after:
            return b""
        self.silence_told = True
        letter = b"q" if self._heard_any and b"q" in self._model.codes else b"s"
        return code(letter) if letter in self._model.codes else b""
