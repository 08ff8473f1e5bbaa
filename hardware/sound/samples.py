"""Sound inside Quietline: 8 kHz, mono, 16 bits signed, in an `array("h")`. What that is, and nothing done to it."""

import sys
from array import array
from typing import TypeAlias

Samples: TypeAlias = "array[int]"
"""Always of type code "h"."""

RATE = 8000
"""Samples per second: what telephone networks carry and every voice modem offers."""

LOUDEST = 32767


def from_little_endian(data: bytes | bytearray) -> Samples:
    """Samples from pairs of bytes, low byte first; an odd last byte is left out."""
    samples = array("h", bytes(memoryview(data)[: len(data) & ~1]))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def to_little_endian(samples: Samples) -> bytes:
    """Two bytes a sample, low byte first."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()
