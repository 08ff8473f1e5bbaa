"""Shielding of a sound stream (ITU-T V.253, IS-101), both ways. Pure; written for the simulator alone.

DLE (0x10) opens a pair. DLE DLE is the sample 0x10, DLE SUB two of them, DLE and anything else is a code.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

DLE, SUB = 0x10, 0x1A
END = b"\x03"  # ETX, behind DLE
_LONE_OR_PAIR = re.compile(rb"\x10\x10?")


def shield(samples: bytes, *, pairs_as_sub: bool = False) -> bytes:
    """Samples as they pass the wire. `pairs_as_sub`: two of 0x10 in a row become DLE SUB."""
    if not pairs_as_sub:
        return samples.replace(b"\x10", b"\x10\x10")
    return _LONE_OR_PAIR.sub(lambda match: b"\x10\x1a" if len(match[0]) == 2 else b"\x10\x10", samples)


def code(letter: bytes) -> bytes:
    """A code as it passes the wire."""
    return b"\x10" + letter


class Part(NamedTuple):
    """A stretch of samples, or one code: the byte behind DLE. `end` is where it ended in the bytes just taken."""

    samples: bytes
    code: bytes
    end: int


class Unshielder:
    """Takes the bytes of a stream apart, wherever the reads cut them."""

    def __init__(self) -> None:
        self._after_dle = False

    def parts(self, data: bytes) -> Iterator[Part]:
        """The parts of the next bytes, in order. What is not asked for is not taken."""
        position = 0
        while position < len(data):
            if self._after_dle:
                self._after_dle = False
                octet, position = data[position], position + 1
                if octet in (DLE, SUB):
                    yield Part(b"\x10" if octet == DLE else b"\x10\x10", b"", position)
                else:
                    yield Part(b"", bytes([octet]), position)
                continue
            end = data.find(b"\x10", position)
            stop = len(data) if end < 0 else end
            self._after_dle = end >= 0
            start, position = position, stop + self._after_dle
            if stop > start:
                yield Part(data[start:stop], b"", position)
