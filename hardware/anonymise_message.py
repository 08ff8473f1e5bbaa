"""The bytes of raw Caller ID messages with other values, as many as came: no text, no hex and no log.

The checksum keeps its error if it had one, so that what was whole or damaged before is so after. Of a whole message,
one that mdmf.py reads, what is known to be harmless stays; of anything else no printable character but the moment.
"""

import re
from collections.abc import Iterable

from . import mdmf
from .hex_lines import SEIZURE
from .stand_ins import StandIns, blurred

# Those of mdmf.py, and that of the Japanese service, whose parameters are the same.
_TYPES = mdmf.MESSAGE_TYPES | {0x40}
# Parameters (EN 300 659-3, 5.4) that tell of nobody, of at most two bytes: why there is no number or name, qualifier,
# indicator, message count, type of call and of forwarding. And the moment, 01, MMDDHHMM.
_HARMLESS = frozenset({0x04, 0x06, 0x08, 0x0B, 0x0D, 0x11, 0x13, 0x15, 0x16})
_HARMLESS_LENGTH = 2
_MOMENT, _MOMENT_LENGTH = 0x01, 8
_MARKS = frozenset({b"", b"\x42", b"\x6f"})

LONGEST = 258
"""Bytes: type, length, 255 of body and the checksum."""
_PLAUSIBLE = rb"(?:0[0-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
_MOMENT_INSIDE = re.compile(rb"\x01\x08" + _PLAUSIBLE)
_SDMF_MOMENT = re.compile(rb"(?s:..)" + _PLAUSIBLE)
_FIRST_PARAMETERS, _LONGEST_VALUE = range(0x01, 0x25), 50


def is_whole(data: bytes) -> bool:
    if not data:
        return False
    message = data[:LONGEST]
    return _whole(message, 0xFF) > 0 or (
        mdmf.has_even_parity(message) and _whole(mdmf.without_parity(message), 0x7F) > 0
    )


def _whole(message: bytes, counted: int) -> int:
    """The size of the whole message that these bytes begin with, 0 when there is none."""
    size = message[1] + 3 if len(message) > 1 and message[0] in _TYPES else 0
    if not size or len(message) < size or sum(message[:size]) & counted:
        return 0
    body = message[2 : size - 1]
    if message[0] == mdmf.SDMF_CALL:
        fits = len(body) >= _MOMENT_LENGTH
    else:
        fits = message[0] == mdmf.SDMF_WAITING or _parameters(body) is not None
    return size if fits else 0


def _parameters(body: bytes) -> list[slice] | None:
    """Where each parameter of a body is, head and value; None unless they fill it. Zeros at its end fill it, too."""
    found: list[slice] = []
    start, end = 0, len(body.rstrip(b"\x00"))
    while start < end:
        size = 2 + body[start + 1] if start + 1 < len(body) else LONGEST
        if start + size > len(body):
            return None
        found.append(slice(start, start + size))
        start += size
    return found


def scrubbed(data: bytes, stand_ins: StandIns) -> tuple[bytes, frozenset[int]]:
    """The bytes with other values, and which of them need no further look."""
    even = mdmf.has_even_parity(data)
    done, kept = bytearray(), set[int]()
    start = 0
    while start < len(data):
        if data[start : start + 1] == SEIZURE:
            done.append(data[start])
            kept.add(start)
            start += 1
            continue
        piece = data[start : start + LONGEST]
        new, known = _message(piece, stand_ins, even) or _bare(data, start, stand_ins) or _damaged(data, start)
        kept.update(start + place for place in known)
        done += new
        start += len(new)
    return bytes(done), frozenset(kept)


def _message(piece: bytes, stand_ins: StandIns, even: bool) -> tuple[bytes, Iterable[int]] | None:
    size = _whole(piece, 0xFF)
    if size:
        return _rewritten(piece[:size], stand_ins, 0xFF), range(size)
    plain = mdmf.without_parity(piece) if even else b""
    size = _whole(plain, 0x7F)
    if not size:
        return None
    return bytes(_with_parity_of(0, byte & 0x7F) for byte in _rewritten(plain[:size], stand_ins, 0x7F)), range(size)


def _bare(data: bytes, start: int, stand_ins: StandIns) -> tuple[bytes, Iterable[int]] | None:
    """Parameters that the modem took out of their message."""
    if start or len(data) > LONGEST or not _parameters(data):
        return None
    return _values(data, stand_ins), range(len(data))


def _rewritten(message: bytes, stand_ins: StandIns, counted: int) -> bytes:
    """A whole message with other values and the checksum that makes it whole."""
    body = message[2:-1]
    if message[0] == mdmf.SDMF_CALL:
        new = body[:_MOMENT_LENGTH] + stand_ins.private(body[_MOMENT_LENGTH:])
    elif message[0] == mdmf.SDMF_WAITING:
        new = body if bytes(set(body)) in _MARKS else blurred(body)
    else:
        new = _values(body, stand_ins)
    return message[:2] + new + bytes(((message[-1] + sum(body) - sum(new)) & counted,))


def _values(body: bytes, stand_ins: StandIns) -> bytes:
    new = bytearray(body)
    for where in _parameters(body) or ():
        kind, value = body[where.start], body[where.start + 2 : where.stop]
        harmless = kind in _HARMLESS and len(value) <= _HARMLESS_LENGTH
        moment = kind == _MOMENT and len(value) == _MOMENT_LENGTH and value.isdigit()
        if not harmless and not moment:
            new[where.start + 2 : where.stop] = _value(value, stand_ins)
    return bytes(new)


def _value(value: bytes, stand_ins: StandIns) -> bytes:
    """Parity may have been left on a value alone."""
    if value.isascii() or not mdmf.has_even_parity(value):
        return stand_ins.private(value)
    plain = stand_ins.private(bytes(byte & 0x7F for byte in value))
    return bytes(_with_parity_of(0, byte) for byte in plain)


def _damaged(data: bytes, start: int) -> tuple[bytes, Iterable[int]]:
    """What cannot be told apart: only type, length and a moment stay of what is printable, with or without parity."""
    plain = bytes(byte & 0x7F for byte in data[start : start + 2])
    typed = data[start] in _TYPES or plain[0] in (0x00, 0x02, mdmf.SDMF_CALL)
    size = (data[start + 1] if data[start] in _TYPES else plain[1]) + 3 if len(plain) > 1 else 0
    sized = typed and 0 < size <= len(data) - start
    piece = data[start : start + size] if sized else data[start:]
    plain = bytes(byte & 0x7F for byte in piece)
    kept = _structure(piece, plain) if typed else set()
    parity = any(byte & 0x80 for byte in piece[2:-1])
    new = bytearray(
        old if place in kept or old & 0x7F == byte else (_with_parity_of(old.bit_count(), byte) if parity else byte)
        for place, (old, byte) in enumerate(zip(piece, blurred(plain), strict=True))
    )
    if sized:
        counted = 0x7F if parity else 0xFF
        last = (piece[-1] + sum(piece[:-1]) - sum(new[:-1])) & counted
        new[-1] = _with_parity_of(piece[-1].bit_count(), last) if parity else last
    return bytes(new), kept


def _structure(piece: bytes, plain: bytes) -> set[int]:
    """The places of type, length, the first parameter's head, and a moment that looks like one."""
    kept = {0, 1}
    if len(plain) > 3 and plain[2] in _FIRST_PARAMETERS and plain[3] <= _LONGEST_VALUE:
        kept |= {2, 3}
    moment = _SDMF_MOMENT.match(plain) if piece[0] & 0x7F == mdmf.SDMF_CALL else _MOMENT_INSIDE.search(plain)
    return kept | set(range(moment.start(), moment.end())) if moment else kept


def _with_parity_of(ones: int, byte: int) -> int:
    """Seven bits and an eighth that makes the number of ones even, or odd, as `ones` is."""
    return byte | ((byte.bit_count() ^ ones) & 1) << 7
