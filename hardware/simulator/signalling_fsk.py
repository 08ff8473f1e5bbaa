"""Caller ID messages as octets, written for the simulator alone (Telcordia GR-30, ETSI EN 300 659-3). Pure.

A message is type, length, body and a checksum that makes the sum of all octets a multiple of 256.
"""

from collections.abc import Sequence
from enum import Enum, IntEnum

LONGEST = 255  # octets of a body, and of a parameter's value: the length is one octet
NAME_LIMIT = 50  # octets of a name (ETSI EN 300 659-3; American exchanges stop at 15)


class Kind(IntEnum):
    """The first octet of a message."""

    SINGLE = 0x04
    SINGLE_WAITING = 0x06
    MULTIPLE = 0x80
    MULTIPLE_WAITING = 0x82


class Parameter(IntEnum):
    """The first octet of a parameter in a multiple-data message."""

    TIME = 0x01
    NUMBER = 0x02
    DIALABLE = 0x03
    NUMBER_ABSENCE = 0x04
    QUALIFIER = 0x06
    NAME = 0x07
    NAME_ABSENCE = 0x08
    WAITING = 0x0B
    CALL_TYPE = 0x11
    FIRST_CALLED = 0x12
    FORWARD_TYPE = 0x15


class Damage(Enum):
    """What the line does to the message on its way."""

    BIT_FLIPPED = "one bit of a digit is wrong"
    CHECKSUM = "the checksum is wrong"
    TRUNCATED = "the end is missing"
    BAD_THEN_GOOD = "a damaged copy, then a good one"
    TWICE = "two good copies"
    SEIZURE_ONLY = "only the opening signal is heard"


Parameters = Sequence[tuple[int, bytes]]

# The single-format notices: three octets each, as exchanges send them (Askey's manual).
WAITING_SINGLE = {True: b"\x42\x42\x42", False: b"\x6f\x6f\x6f"}
WAITING_MULTIPLE = {True: b"\xff", False: b"\x00"}


def message(kind: int, body: bytes) -> bytes:
    """A whole message. ValueError for a body that no length octet can tell."""
    if len(body) > LONGEST:
        raise ValueError(f"a message holds {LONGEST} octets, not {len(body)}")
    head = bytes([kind, len(body)]) + body
    return head + bytes([-sum(head) % 256])


def multiple(parameters: Parameters, kind: int = Kind.MULTIPLE) -> bytes:
    """A multiple-data message; a value or parameter for which there is no more room is cut, as an exchange does."""
    body = b""
    for name, value in parameters:
        room = LONGEST - len(body) - 2
        if room < 0:
            break
        kept = value[: min(room, NAME_LIMIT if name == Parameter.NAME else LONGEST)]
        body += bytes([name, len(kept)]) + kept
    return message(kind, body)


def single(when: bytes, number: bytes) -> bytes:
    """A single-data message: month, day, hour and minute as eight digits, and the number or the letter for its lack."""
    return message(Kind.SINGLE, (when + number)[:LONGEST])


def waiting(on: bool, *, single_format: bool) -> bytes:
    """The notice that messages wait, or wait no more."""
    if single_format:
        return message(Kind.SINGLE_WAITING, WAITING_SINGLE[on])
    return multiple([(Parameter.WAITING, WAITING_MULTIPLE[on])], Kind.MULTIPLE_WAITING)


def copies(whole: bytes, damage: Damage | None, number: bytes) -> tuple[bytes, ...]:
    """What arrives of a message, one entry per copy. `number`: the octets whose last digit a flipped bit hits."""
    match damage:
        case None:
            return (whole,)
        case Damage.BIT_FLIPPED:
            return (_flipped(whole, number),)
        case Damage.CHECKSUM:
            return (whole[:-1] + bytes([(whole[-1] + 5) % 256]),)
        case Damage.TRUNCATED:
            return (whole[:-6],)
        case Damage.BAD_THEN_GOOD:
            return (_flipped(whole, number), whole)
        case Damage.TWICE:
            return (whole, whole)
        case Damage.SEIZURE_ONLY:
            return ()


def sound(octets: bytes) -> bool:
    """Whether the modem finds length and checksum right."""
    return len(octets) >= 3 and len(octets) == octets[1] + 3 and sum(octets) % 256 == 0


def _flipped(whole: bytes, number: bytes) -> bytes:
    # The lowest bit of the last digit: 3 becomes 2, so that the wrong number looks as good as the right one.
    found = whole.rfind(number) if number else -1
    position = found + len(number) - 1 if found >= 0 else 2
    return whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
