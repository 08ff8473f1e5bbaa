"""Which line of text is a raw Caller ID message in hex, or a piece of one: text goes in, bytes come out.

Modems print raw messages (+VCID=2, #CID=2, +VCIDR?) with blanks between the bytes or without, in either case, on one
line or wrapped, with or without the channel seizure (55 55 ...) in front. A line without any tag could be anything, so
it must look like a message; what the message says, and whether it is right, is hardware/mdmf.py.
"""

import re

from . import mdmf

# Half a byte at the end is what is left of one that was lost.
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)+[0-9A-Fa-f]?")
# What a modem prints of the channel seizure.
SEIZURE = b"\x55"
# Bytes by which a piece can be told from other text: unspaced digits may also be a telephone number (15 digits at most)
# or a serial number, which no modem prints with blanks between pairs.
_ENOUGH, _ENOUGH_SPACED = 8, 4
# Type, length, one parameter without value and the checksum.
_SHORTEST = 5
# The parameters, and the lengths of their values, with which a message begins (EN 300 659-3, 5.4: at most 50).
_FIRST_PARAMETERS = frozenset(range(0x01, 0x25))
_LONGEST_VALUE = 50


def bytes_of(text: str) -> bytes | None:
    """The bytes a line of hex spells, None when it is no hex."""
    if _HEX.fullmatch(text) is None:
        return None
    digits = "".join(text.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def begins_message(text: str) -> bytes | None:
    """The bytes of a line that is a raw message, its beginning, or a damaged one; None when it is something else."""
    data = bytes_of(text)
    if data is None:
        return None
    message = data.lstrip(SEIZURE)
    if len(message) < (_ENOUGH_SPACED if " " in text.strip() else _ENOUGH):
        return data if _is_whole(message) else None
    if _is_whole(message) or _begins(message):
        return data
    if mdmf.has_even_parity(message) and _begins(mdmf.without_parity(message)):
        return data
    fits = len(message) > _SHORTEST and len(message) == message[1] + 3
    return data if fits and len(message) >= _ENOUGH else None


def continues_message(text: str, missing: int) -> bytes | None:
    """The bytes of a line that can go on with a message `missing` bytes short."""
    data = bytes_of(text) if missing else None
    return data if data is not None and len(data) <= missing else None


def _is_whole(message: bytes) -> bool:
    if len(message) < _SHORTEST or message[0] not in mdmf.MESSAGE_TYPES:
        return False
    return isinstance(mdmf.read(message)[0], mdmf.Whole)


def _begins(message: bytes) -> bool:
    """Whether type and first part are those of a message. The length may be damaged, so it is not asked."""
    kind, first, second = message[0], message[2], message[3]
    if kind in (mdmf.MDMF_CALL, mdmf.MDMF_WAITING):
        return first in _FIRST_PARAMETERS and second <= _LONGEST_VALUE
    if kind == mdmf.SDMF_CALL:
        return bytes((first, second)).isdigit()
    return kind == mdmf.SDMF_WAITING and first == second and first in b"\x42\x6f"
