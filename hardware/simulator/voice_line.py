"""What is to be heard on an off-hook line: the caller's samples and tones, by time. Pure; no act and no clock enters.

Times are seconds of the telephone line since the modem went off-hook.
"""

import math
from dataclasses import dataclass

from hardware.simulator.voice_model import LINEAR_16, VoiceFormat
from hardware.simulator.voice_tones import Pattern, loop, pattern_of, silence

FOREVER = math.inf


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing on the line, from `start` to `stop`. What began later drowns what began earlier."""

    start: float
    stop: float
    samples: bytes = b""
    pattern: Pattern | None = None


class LineSound:
    """All that is on the line. `country` says how its tones sound."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._heard: list[Heard] = []

    def speak(self, start: float, samples: bytes) -> None:
        """Samples of the modem's encoding begin."""
        self._heard.append(Heard(start, FOREVER, samples=samples))

    def tone(self, start: float, letter: bytes, seconds: float = FOREVER) -> None:
        """A tone by its letter, or that of a key, begins; nothing for a letter without a sound."""
        pattern = pattern_of(letter, self._country)
        if pattern is not None:
            self._heard.append(Heard(start, start + seconds, pattern=pattern))

    def hush(self, start: float) -> None:
        """Whatever is on the line ends then."""
        self._heard.append(Heard(start, FOREVER, pattern=(((), 1.0),)))

    def piece(self, form: VoiceFormat, rate: int, first: int, count: int) -> bytes:
        """`count` bytes of the line as the modem writes them, from byte `first` since it went off-hook."""
        piece = bytearray(silence(form, count))
        for heard in self._heard:
            begin = position(form, rate, heard.start)
            length = len(heard.samples)
            if heard.pattern is not None:
                tone = loop(heard.pattern, form, rate)
                length = count + first if heard.stop == FOREVER else position(form, rate, heard.stop) - begin
            start, stop = max(begin, first), min(begin + length, first + count)
            if start >= stop:
                continue
            if heard.pattern is None:
                piece[start - first : stop - first] = heard.samples[start - begin : stop - begin]
            else:
                offset = (start - begin) % len(tone)
                rounds = tone * ((offset + stop - start) // len(tone) + 1)
                piece[start - first : stop - first] = rounds[offset : offset + stop - start]
        return bytes(piece)


def byte_rate(form: VoiceFormat, rate: int) -> float:
    """Bytes per second of sound."""
    return rate * form.bits / 8


def position(form: VoiceFormat, rate: int, at: float) -> int:
    """The byte of the sound at a time, never within a sample."""
    byte = int(at * byte_rate(form, rate) + 0.5)
    return byte - byte % 2 if form.encoding == LINEAR_16 else byte
