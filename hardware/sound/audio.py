"""How voice modems write sound, and how it is turned into 8 kHz samples and back. Pure; no port, clock or file.

Sound comes in pieces of any length, so every encoding is read by a decoder and written by an encoder that remember
what the next piece needs. IMA ADPCM, the only one with a real memory, is in adpcm.py.
"""

from array import array
from collections.abc import Callable, Iterable
from functools import cache
from typing import Protocol

from hardware.sound.adpcm import AdpcmDecoder, AdpcmEncoder
from hardware.sound.formats import Encoding
from hardware.sound.samples import Samples, from_little_endian, to_little_endian


class Decoder(Protocol):
    """Bytes of a modem in, samples out."""

    def decode(self, data: bytes) -> Samples:
        """The samples that `data` completes; bytes of a sample cut in two wait for the rest. Any bytes are sound."""


class Encoder(Protocol):
    """Samples in, bytes for a modem out."""

    def encode(self, samples: Samples) -> bytes:
        """What can be written so far."""

    def finish(self) -> bytes:
        """What is left when no more samples come: at most one byte."""


SILENCE: dict[Encoding, bytes] = {
    Encoding.UNSIGNED_8: b"\x80",
    Encoding.SIGNED_8: b"\x00",
    Encoding.LINEAR_16: b"\x00\x00",
    Encoding.MU_LAW: b"\xff",
    Encoding.A_LAW: b"\xd5",
    Encoding.IMA_ADPCM: b"\x80",  # smallest step up, smallest step down: it stays where it is
}
"""What to repeat for silence; never the byte 0x10, which would need shielding."""


def decoder(encoding: Encoding) -> Decoder:
    """A new decoder, at the start of a stream."""
    if encoding is Encoding.IMA_ADPCM:
        return AdpcmDecoder()
    return _LinearDecoder() if encoding is Encoding.LINEAR_16 else _TableDecoder(encoding)


def encoder(encoding: Encoding) -> Encoder:
    """A new encoder, at the start of a stream."""
    if encoding is Encoding.IMA_ADPCM:
        return AdpcmEncoder()
    return _LinearEncoder() if encoding is Encoding.LINEAR_16 else _TableEncoder(encoding)


def decode(encoding: Encoding, data: bytes) -> Samples:
    """A whole sound at once."""
    return decoder(encoding).decode(data)


def encode(encoding: Encoding, samples: Samples) -> bytes:
    """A whole sound at once, padded to a whole byte."""
    writer = encoder(encoding)
    return writer.encode(samples) + writer.finish()


class _LinearDecoder:
    def __init__(self) -> None:
        self._half = b""

    def decode(self, data: bytes) -> Samples:
        data = self._half + data
        self._half = data[len(data) & ~1 :]
        return from_little_endian(data)


class _LinearEncoder:
    def encode(self, samples: Samples) -> bytes:
        return to_little_endian(samples)

    def finish(self) -> bytes:
        return b""


class _TableDecoder:
    def __init__(self, encoding: Encoding) -> None:
        self._low, self._high = _decoding_tables(encoding)

    def decode(self, data: bytes) -> Samples:
        pairs = bytearray(2 * len(data))
        pairs[0::2] = data.translate(self._low)
        pairs[1::2] = data.translate(self._high)
        return from_little_endian(pairs)


class _TableEncoder:
    def __init__(self, encoding: Encoding) -> None:
        self._code_of = _encoding_table(encoding).__getitem__

    def encode(self, samples: Samples) -> bytes:
        return bytes(map(self._code_of, array("H", samples.tobytes())))

    def finish(self) -> bytes:
        return b""


def _unsigned_8(byte: int) -> int:
    return (byte - 0x80) << 8


def _signed_8(byte: int) -> int:
    return _unsigned_8(byte ^ 0x80)


def _mu_law(byte: int) -> int:
    """ITU-T G.711 table 2, its 14-bit values times 4; all bits are sent inverted."""
    code = byte ^ 0xFF
    size = (((code & 0x0F) << 3) + 132 << (code >> 4 & 0x07)) - 132
    return -size if code & 0x80 else size


def _a_law(byte: int) -> int:
    """ITU-T G.711 table 1, its 13-bit values times 8; even bits are sent inverted."""
    code = byte ^ 0x55
    segment, step = code >> 4 & 0x07, code & 0x0F
    size = (step << 4) + 8 if segment == 0 else (step << 4) + 264 << segment - 1
    return size if code & 0x80 else -size


_VALUE_OF: dict[Encoding, Callable[[int], int]] = {
    Encoding.UNSIGNED_8: _unsigned_8,
    Encoding.SIGNED_8: _signed_8,
    Encoding.MU_LAW: _mu_law,
    Encoding.A_LAW: _a_law,
}


@cache
def _decoding_tables(encoding: Encoding) -> tuple[bytes, bytes]:
    """For each byte the low and the high byte of its sample."""
    values = list(map(_VALUE_OF[encoding], range(256)))
    return bytes(value & 0xFF for value in values), bytes(value >> 8 & 0xFF for value in values)


@cache
def _encoding_table(encoding: Encoding) -> bytes:
    """For each sample, read as an unsigned number, its byte."""
    if encoding is Encoding.MU_LAW:
        positive = _by_size(range(0xFF, 0x7F, -1), [0, *(((16 | n & 15) << (n >> 4) + 3) - 132 for n in range(1, 128))])
        return positive[:32768] + positive[32768:0:-1].translate(bytes(code ^ 0x80 for code in range(256)))
    if encoding is Encoding.A_LAW:
        edges = [n << 4 if n < 16 else (16 | n & 15) << (n >> 4) + 3 for n in range(128)]
        positive = _by_size((n ^ 0xD5 for n in range(128)), edges)
        return positive[:32768] + positive[32767::-1].translate(bytes(code ^ 0x80 for code in range(256)))
    flip = 0x80 if encoding is Encoding.UNSIGNED_8 else 0
    nearest = (min(127, sample + 128 >> 8) for sample in (*range(32768), *range(-32768, 0)))
    return bytes(value & 0xFF ^ flip for value in nearest)


def _by_size(codes: Iterable[int], edges: list[int]) -> bytes:
    """For each size from 0 to 32768 the code whose interval holds it; code n begins at edges[n] (G.711 column 5)."""
    widths = [after - edge for edge, after in zip(edges, [*edges[1:], 32769], strict=True)]
    return b"".join(bytes([code]) * width for code, width in zip(codes, widths, strict=True))
