"""WAV files in and out: anything a person may upload becomes 8 kHz samples or one plain sentence. No paths.

The standard library's `wave` is not used: until Python 3.12 it refuses what Audacity and sox call a 24-bit WAV, it
never takes telephone recordings (mu-law, A-law) or floats, and takes a truncated file for a short one.
Source: Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0", 1991; RFC 2361 for the codes.
"""

import struct
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from hardware.errors import HardwareError
from hardware.sound import audio
from hardware.sound.formats import Encoding
from hardware.sound.resample import RATES, Resampler
from hardware.sound.samples import RATE, Samples, from_little_endian, to_little_endian

LONGEST_S = 180.0
"""No greeting is longer. Converting takes a tenth of the time that it plays (44.1 kHz, on the reference machine)."""
UNKNOWN_SIZE = 0x7FFF0000
"""Programs that write to a pipe leave such a size, or more, in the header: the sound goes on to the end of the file."""
MOST_BEFORE = 1 << 20
"""Bytes of other chunks (titles, pictures) before the sound; more is no sound file of a person."""
BLOCK_FRAMES = 4096
"""Converted at once; so memory grows only with the 8 kHz samples."""
SAVE_AS = "Save it as a WAV file with 16 bits, mono, 8000 or 44100 Hz."
NOT_WHOLE = "This WAV file is not whole: {} Copy or record it again."
_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE


class NotASound(HardwareError, ValueError):
    """A file that cannot be used. The text is for the person who sent it, and says what to do."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The fmt chunk: how samples are written."""

    code: int
    channels: int
    rate: int
    bits: int

    @property
    def frame(self) -> int:
        """Bytes of one sample of every channel."""
        return self.channels * self.bits // 8


def read_wav(file: BinaryIO, longest: float = LONGEST_S) -> Samples:
    """The sound of a WAV file as 8 kHz samples; two channels are mixed, other rates converted.

    Takes PCM of 8, 16, 24 or 32 bits, floats of 32 bits, mu-law and A-law at the rates in resample.py. Raises NotASound
    for everything else, for files that are not whole, and for more than `longest` seconds. Reads no more than it needs.
    """
    form, size = _header(file)
    read = _reader(form)
    most = int(longest * form.rate) * form.frame
    if most < size < UNKNOWN_SIZE:
        raise NotASound(f"This sound is {size / form.rate / form.frame:.0f} s long; the longest is {longest:g} s.")
    resampler, made = Resampler(form.rate), array("h")
    left = min(size, most + 1)
    while left > 0:
        wanted = min(left, BLOCK_FRAMES * form.frame)
        block = _exactly(file, wanted)
        if len(block) < wanted and size < UNKNOWN_SIZE:
            raise NotASound(NOT_WHOLE.format("its end is missing."))
        made += resampler.take(_mixed(read(block[: len(block) // form.frame * form.frame]), form.channels))
        left = left - wanted if len(block) == wanted else -1
    if left == 0 and size >= UNKNOWN_SIZE:
        raise NotASound(f"This sound is too long; the longest is {longest:g} s.")
    made += resampler.finish()
    if not made:
        raise NotASound("There is no sound in this file.")
    return made


def write_wav(samples: Samples) -> bytes:
    """A WAV file of 16 bits, mono, 8 kHz."""
    sound = to_little_endian(samples)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, _PCM, 1, RATE, RATE * 2, 2, 16)
    header = struct.pack("<4sI4s", b"RIFF", 4 + len(form) + 8 + len(sound), b"WAVE")
    return header + form + struct.pack("<4sI", b"data", len(sound)) + sound


def _header(file: BinaryIO) -> tuple[_Form, int]:
    """The form, and how many bytes of sound the file says that it has; the file stands where they begin."""
    top = _exactly(file, 12)
    if top[:4] != b"RIFF" or top[8:] != b"WAVE":
        raise NotASound(f"This is not a WAV file. {SAVE_AS}")
    form, before = None, 0
    while len(head := _exactly(file, 8)) == 8:
        name, size = struct.unpack("<4sI", head)
        if name == b"data" and form:
            return form, size
        before += size + (size & 1)
        if before > MOST_BEFORE:
            break
        body = _exactly(file, size + (size & 1))
        form = _form(body) if name == b"fmt " else form
    raise NotASound(NOT_WHOLE.format("its sound is missing."))


def _form(body: bytes) -> _Form:
    if len(body) < 16:
        raise NotASound(NOT_WHOLE.format("its header is too short."))
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if code == _EXTENSIBLE and len(body) >= 26:
        code = struct.unpack_from("<H", body, 24)[0]  # the long name begins with the old code
    return _Form(code, channels, rate, bits)


def _reader(form: _Form) -> Callable[[bytes], Sequence[float]]:
    read = _READERS.get((form.code, form.bits))
    if read is None:
        raise NotASound(f"This WAV file is written in a way that cannot be read here. {SAVE_AS}")
    if form.channels not in (1, 2):
        raise NotASound(f"This WAV file has {form.channels} channels; it must have one or two. {SAVE_AS}")
    if form.rate not in RATES:
        raise NotASound(f"This WAV file has {form.rate} samples per second, which is unusual. {SAVE_AS}")
    return read


def _exactly(file: BinaryIO, count: int) -> bytes:
    """That many bytes, fewer only at the end; a single read of a pipe may bring less."""
    parts, missing = [], count
    while missing and (part := file.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _mixed(samples: Sequence[float], channels: int) -> Sequence[float]:
    if channels == 1:
        return samples
    return [(left + right) / 2 for left, right in zip(samples[0::2], samples[1::2], strict=True)]


def _high_bytes(width: int, sound: bytes) -> Samples:
    """The two high bytes of samples of `width` bytes."""
    high = bytearray(len(sound) // width * 2)
    high[0::2] = sound[width - 2 :: width]
    high[1::2] = sound[width - 1 :: width]
    return from_little_endian(high)


def _floats(sound: bytes) -> list[float]:
    """1.0 is the loudest; what is no number is silence."""
    values = (value for (value,) in struct.iter_unpack("<f", sound))
    return [min(1.0, max(-1.0, value)) * 32768 if value == value else 0.0 for value in values]


_READERS: dict[tuple[int, int], Callable[[bytes], Sequence[float]]] = {
    (_PCM, 8): partial(audio.decode, Encoding.UNSIGNED_8),
    (_PCM, 16): from_little_endian,
    (_PCM, 24): partial(_high_bytes, 3),
    (_PCM, 32): partial(_high_bytes, 4),
    (_FLOAT, 32): _floats,
    (_MU_LAW, 8): partial(audio.decode, Encoding.MU_LAW),
    (_A_LAW, 8): partial(audio.decode, Encoding.A_LAW),
}
