"""Which line of text is a raw Caller ID message in hex, or a piece of one: text goes in, bytes come out.

Modems print raw messages (+VCID=2, #CID=2, +VCIDR?) with blanks between the bytes or without, in either case, on one
line or wrapped, with or without the channel seizure (55 55 ...) in front. A line without any tag could be anything, so
it must look like a message; what the message says, and whether it is right, is hardware/mdmf.py.
"""

import re

from . import mdmf

# Half a byte at the end is what is left of one that was lost, or that goes on in the next line.
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)+[0-9A-Fa-f]?")
# What a modem prints of the channel seizure.
SEIZURE = b"\x55"
# Bytes by which a piece can be told from other text: unspaced digits may also be a telephone number (15 digits at most)
# or a serial number, which no modem prints with blanks between pairs. Fewer do if their first part is flawless.
_ENOUGH, _ENOUGH_SPACED = 8, 4
# Bytes in a line of nothing but decimal digits that no number or serial number has (ICCID: 20 digits).
_NO_NUMBER = 12
# Type, length, one parameter without value and the checksum.
_SHORTEST = 5
# The parameters, and the lengths of their values, with which a message begins (EN 300 659-3, 5.4: at most 50).
_FIRST_PARAMETERS = frozenset(range(0x01, 0x25))
_LONGEST_VALUE = 50
# The same for those that exchanges begin with: moment, numbers, name, what stands in place of one, the type of call.
_USUAL_LENGTHS = {
    0x01: range(8, 9),
    **dict.fromkeys((0x02, 0x03), range(21)),
    0x07: range(1, 51),
    **dict.fromkeys((0x04, 0x08, 0x0B, 0x11), range(1, 2)),
}
_OF_DIGITS = frozenset({0x01, 0x02, 0x03})
# JCLIP, of Japan: its CRC is lost on the way, so nothing tells a good message from a bad one.
_JAPANESE = 0x40


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
    if is_whole(message):
        return data
    if len(message) < _ENOUGH_SPACED or (text.isdecimal() and len(message) < _ENOUGH):
        return None
    if text.isdecimal() and len(message) < _NO_NUMBER:
        return data if _begins_well(message) else None
    if len(message) < _ENOUGH and " " not in text.strip():
        return data if _begins_well(message) else None
    if _begins(message) or (mdmf.has_even_parity(message) and _begins(mdmf.without_parity(message))):
        return data
    fits = message[0] != _JAPANESE and len(message) == message[1] + 3
    return data if fits and len(message) >= _ENOUGH else None


def continues_message(text: str, missing: int, half: str = "") -> bytes | None:
    """The bytes of a line that can go on with a message `missing` bytes short, and the `half` of one."""
    data = bytes_of(half + text) if missing else None
    return data if data is not None and len(data) <= missing else None


def half_of(text: str) -> str:
    """The digit of a line of hex that is half a byte, "" when there is none."""
    digits = "".join(text.split())
    return digits[-1] if len(digits) % 2 else ""


def is_whole(message: bytes) -> bool:
    """Whether bytes begin with a message of a known type, to its last byte and right."""
    if len(message) < _SHORTEST:
        return False
    kind = message[0]
    if kind not in mdmf.MESSAGE_TYPES and len(message) >= _ENOUGH and mdmf.has_even_parity(message):
        kind = mdmf.without_parity(message)[0]
    return kind in mdmf.MESSAGE_TYPES and isinstance(mdmf.read(message)[0], mdmf.Whole)


def _begins(message: bytes) -> bool:
    """Whether type and first part are those of a message. The length may be damaged, so it is not asked."""
    kind, first, second = message[0], message[2], message[3]
    if kind in (mdmf.MDMF_CALL, mdmf.MDMF_WAITING):
        return first in _FIRST_PARAMETERS and second <= _LONGEST_VALUE
    if kind == mdmf.SDMF_CALL:
        return bytes((first, second)).isdigit()
    return kind == mdmf.SDMF_WAITING and first == second and first in b"\x42\x6f"


def _begins_well(message: bytes) -> bool:
    """Whether the beginning of a call's message is what an exchange sends, as far as it goes."""
    kind, length, first, second = message[:4]
    if kind == mdmf.SDMF_CALL:
        return length >= 8 and message[2:10].isdigit()
    if kind not in (mdmf.MDMF_CALL, mdmf.MDMF_WAITING):
        return False
    if second not in _USUAL_LENGTHS.get(first, ()) or second + 2 > length:
        return False
    return first not in _OF_DIGITS or re.fullmatch(rb"\+?[0-9]*", message[4 : 4 + second]) is not None
