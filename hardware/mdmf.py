"""One raw Caller ID message: bytes go in, its fields come out, or what is wrong with it. No text and no clock.

A message is `<type><length><body><checksum>`, and all its bytes add up to 0 modulo 256. The body is date, time and
number (SDMF), marks (message waiting), or parameters `<type><length><value>` in any order (MDMF). Sources: Bellcore
GR-30-CORE, ETSI EN 300 659-3 (message types 5.2, parameters 5.3 and 5.4).

Not read, and skipped by their length: display text (50) and the network's own (E0 and above), which are for a screen
and may say anything; charges (20 to 23), of calls that we make; service information and message ids (0D, 55), which
mean something to the network alone. A message of type 40 (JCLIP, Japan) ends in a CRC, which modems do not hand on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .at import text_of
from .events import CallerNumberReceived, CallerType, CallType, ForwardReason
from .fields import Field, Kind, absence_of, date_of, name_of, number_of, time_of

SDMF_CALL, SDMF_WAITING, MDMF_CALL, MDMF_WAITING = 0x04, 0x06, 0x80, 0x82
# Told apart only to be passed over: charges (86) and short messages (89).
MESSAGE_TYPES = frozenset({SDMF_CALL, SDMF_WAITING, MDMF_CALL, MDMF_WAITING, 0x86, 0x89})

# Parameters of a message.
_MOMENT, _CALLER, _THIRD, _NO_CALLER, _REDIRECTED = 0x01, 0x02, 0x03, 0x04, 0x05
_QUALIFIER, _NAME, _NO_NAME, _FORWARDED, _CALLING_USER = 0x06, 0x07, 0x08, 0x15, 0x16
_INDICATOR, _COMPLEMENTARY, _CALL_TYPE, _FIRST_CALLED, _STATUS, _REDIRECTING = 0x0B, 0x10, 0x11, 0x12, 0x13, 0x1A

_CALL_TYPES = {
    0x01: CallType.VOICE,
    0x02: CallType.RING_BACK,
    0x03: CallType.NAME_DELIVERY,
    0x04: CallType.CALL_RETURN,
    0x05: CallType.ALARM,
    0x07: CallType.REVERSE_CHARGE,
    0x10: CallType.EXTERNAL,
    0x11: CallType.INTERNAL,
    0x50: CallType.MONITORING,
    0x81: CallType.MESSAGE_WAITING,
}

# Zero is "not known" in both.
_FORWARDED_BECAUSE = dict(enumerate(ForwardReason, start=1))
_CALLER_TYPES = dict(enumerate(CallerType, start=1))
# Bellcore's parameter has a digit for the three reasons it knows.
_REDIRECTED_BECAUSE = {b"0": ForwardReason.ALWAYS, b"1": ForwardReason.BUSY, b"2": ForwardReason.NO_ANSWER}

# What a parameter must be to be believed without a checksum: line noise comes as parameters, too.
_WELL_FORMED = {
    _MOMENT: rb"[0-9]{8}",
    **dict.fromkeys((_CALLER, _THIRD, _COMPLEMENTARY, _FIRST_CALLED, _REDIRECTING), rb"\+?[0-9]+"),
    **dict.fromkeys((_NO_CALLER, _NO_NAME), rb"[OP]"),
    _QUALIFIER: rb"L",
    _NAME: rb"[ -~]+",
    _INDICATOR: rb"[\x00\xFF]",
    _CALL_TYPE: rb"[\x01-\x05\x07\x10\x11\x50\x81]",
    _STATUS: rb"(?s:.)",
    _REDIRECTED: rb"[0-2]",
    _FORWARDED: rb"[\x01-\x06]",
    _CALLING_USER: rb"[\x01-\x0F]",
}

# Digits at the end of two numbers by which they are the same line, however the area is written.
_SAME_LINE = 7
# A bare notice of message waiting has no more than three bytes in it (42 42 42, or 0B 01 FF).
_NOTICE_BODY = 3


@dataclass(frozen=True, slots=True)
class Whole:
    """A message whose length and checksum are right. One that says nothing to us has UNUSED as its only field."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A message that is not to be believed: what could be read of it, and why not, as one plain sentence."""

    why: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The beginning of a message as it came, `missing` bytes (of at most 258) short."""

    data: bytes
    missing: int


def read(data: bytes) -> tuple[Whole | Damaged | Unfinished, int]:
    """The message at the start of at least one byte, and how many bytes it takes."""
    first = _read(data, 0xFF)
    if isinstance(first[0], Whole) or not has_even_parity(data):
        return first
    message, size = _read(without_parity(data), 0x7F)
    if isinstance(message, Whole) or data[0] not in MESSAGE_TYPES:
        return (Unfinished(data, message.missing) if isinstance(message, Unfinished) else message), size
    return first


def _read(data: bytes, counted: int) -> tuple[Whole | Damaged | Unfinished, int]:
    """The same for bytes of which the bits `counted` are the message's."""
    size = data[1] + 3 if len(data) > 1 else 3
    if len(data) < size:
        return Unfinished(data, size - len(data)), len(data)
    message = data[:size]
    if sum(message) & counted:
        return Damaged("The Caller ID message came with a wrong checksum.", readable(message)), size
    fields = _fields_of_body(message[0], message[2:-1])
    if fields is None:
        why = "The parts of the Caller ID message do not add up to its length."
        return Damaged(why, readable(message)), size
    return Whole(fields or ((Kind.UNUSED, message.hex(" ").upper()),)), size


def cut_short(message: Unfinished) -> Damaged:
    """The same once it is known that nothing more comes."""
    data, size = message.data, len(message.data) + message.missing
    plain = data if data[0] in MESSAGE_TYPES or not has_even_parity(data) else without_parity(data)
    return Damaged(f"The Caller ID message was cut short: {len(data)} of {size} bytes came.", readable(plain))


def is_notice(data: bytes) -> bool:
    """Whether the message tells of waiting messages only: damaged, it says nothing about any call."""
    return data[0] in (SDMF_WAITING, MDMF_WAITING) and (len(data) < 2 or data[1] <= _NOTICE_BODY)


def readable(message: bytes) -> tuple[Field, ...]:
    """The fields of a damaged or unfinished message, whole values only."""
    if len(message) < 2:
        return ()
    body = message[2 : 2 + message[1]]
    if message[0] == SDMF_CALL:
        single = _single(body)
        fields = _fields_of_call(single if len(body) == message[1] else {_MOMENT: single[_MOMENT]})
    else:
        fields = _fields_of_call(_parameters(body)[0])
    return tuple(field for field in fields if field[0] is not Kind.WAITING)


def bare_parameters(data: bytes) -> tuple[Field, ...]:
    """The fields of parameters that came without message and checksum; none unless the lengths fit exactly."""
    parameters, whole = _parameters(data)
    if not whole:
        return ()
    believed = {
        parameter: value
        for parameter, value in parameters.items()
        if parameter in _WELL_FORMED and re.fullmatch(_WELL_FORMED[parameter], value)
    }
    if not _is_notice(believed):
        return _fields_of_call(believed)
    # Number and indicator may be on lines of their own, so whoever puts them together must know that nobody calls.
    on = _waiting(believed)
    told: tuple[Field, ...] = () if on is None else ((Kind.WAITING, on),)
    return (*told, (Kind.CALL_TYPE, CallType.MESSAGE_WAITING))


def has_even_parity(data: bytes) -> bool:
    """Whether every byte has an even number of ones: the message was sent, or passed on, as 7 bits and parity.

    No message of a call is so by nature: its first byte, 04 or 80, has a single one.
    """
    return all(byte.bit_count() % 2 == 0 for byte in data)


def without_parity(data: bytes) -> bytes:
    """The seven bits of each byte. The type lost its eighth as well, so 80 and 82 have come as 00 and 82."""
    plain = bytes(byte & 0x7F for byte in data)
    return bytes(({0x00: MDMF_CALL, 0x02: MDMF_WAITING}.get(plain[0], plain[0]), *plain[1:]))


def _fields_of_body(kind: int, body: bytes) -> tuple[Field, ...] | None:
    """What a message of that type says, None when its parts do not fit."""
    if kind == SDMF_CALL:
        return _fields_of_call(_single(body)) if len(body) >= 8 else None
    if kind == SDMF_WAITING:
        on = {b"\x42": True, b"\x6f": False}.get(bytes(set(body)))
        return () if on is None else ((Kind.WAITING, on),)
    parameters, whole = _parameters(body)
    if not whole or not body:
        return None
    if kind == MDMF_CALL:
        return _fields_of_call(parameters)
    waiting = _waiting(parameters) if kind == MDMF_WAITING else None
    return () if waiting is None else ((Kind.WAITING, waiting),)


def _single(body: bytes) -> dict[int, bytes]:
    """The body of an SDMF message: MMDDHHMM and the number, or P or O in its place."""
    return {_MOMENT: body[:8], _CALLER: body[8:]}


def _parameters(body: bytes) -> tuple[dict[int, bytes], bool]:
    """The parameters of a body, the first of each, and whether they fill it. Zeros at its end fill it, too."""
    found: dict[int, bytes] = {}
    while body.strip(b"\x00"):
        if len(body) < 2 or len(body) < 2 + body[1]:
            return found, False
        found.setdefault(body[0], body[2 : 2 + body[1]])
        body = body[2 + body[1] :]
    return found, True


def _fields_of_call(parameters: Mapping[int, bytes]) -> tuple[Field, ...]:
    """The fields of a call in an order of our own: the number first, what completes a report last."""
    waiting = _waiting(parameters)
    if _is_notice(parameters):
        return ((Kind.WAITING, True if waiting is None else waiting),)
    fields = _numbers(parameters)
    call_type = _call_type(parameters)
    if call_type is not None:
        fields.append((Kind.CALL_TYPE, call_type))
    fields += _kinds(parameters)
    if parameters.get(_QUALIFIER) == b"L":
        fields.append((Kind.LONG_DISTANCE, True))
    if waiting is not None:
        fields.append((Kind.WAITING, waiting))
    if _NAME in parameters:
        fields.append((Kind.NAME, name_of(text_of(parameters[_NAME]))))
    elif _NO_NAME in parameters:
        fields.append((Kind.NAME, absence_of(_digits(parameters[_NO_NAME]))))
    if _MOMENT in parameters:
        moment = _digits(parameters[_MOMENT])
        fields += [(Kind.DATE, date_of(moment[:4])), (Kind.TIME, time_of(moment[4:]))]
    return tuple(fields)


def _call_type(parameters: Mapping[int, bytes]) -> CallType | None:
    return _CALL_TYPES.get(int.from_bytes(parameters.get(_CALL_TYPE, b"")[:1]))


def _kinds(parameters: Mapping[int, bytes]) -> list[Field]:
    """Why the call was passed on, by ETSI's parameter or else by Bellcore's, and from what it comes."""
    because = _FORWARDED_BECAUSE.get(int.from_bytes(parameters.get(_FORWARDED, b"")[:1]))
    because = because or _REDIRECTED_BECAUSE.get(parameters.get(_REDIRECTED, b""))
    caller_type = _CALLER_TYPES.get(int.from_bytes(parameters.get(_CALLING_USER, b"")[:1]))
    fields: list[Field] = [] if because is None else [(Kind.FORWARDED_BECAUSE, because)]
    return fields if caller_type is None else [*fields, (Kind.CALLER_TYPE, caller_type)]


def _is_notice(parameters: Mapping[int, bytes]) -> bool:
    return _call_type(parameters) is CallType.MESSAGE_WAITING


def _numbers(parameters: Mapping[int, bytes]) -> list[Field]:
    """Who calls, whom to call back, who was called, and who passed the call on."""
    read_as = {parameter: number_of(_digits(value)) for parameter, value in parameters.items()}
    caller = read_as.get(_CALLER)
    if _NO_CALLER in parameters and (caller is None or caller.number is None):
        caller = CallerNumberReceived(None, absence_of(_digits(parameters[_NO_CALLER])))
    fields: list[Field] = [] if caller is None else [(Kind.NUMBER, caller)]
    third, complementary = read_as.get(_THIRD), read_as.get(_COMPLEMENTARY)
    if third is not None and third.number is not None:
        # Bellcore's number to call back, and ETSI's number that was called, share this parameter.
        calls_back = caller is None or (caller.number is not None and _same_line(caller.number, third.number))
        fields.append((Kind.DIALABLE, third) if calls_back else (Kind.DIALLED, third.number))
    if complementary is not None and complementary.number is not None and fields[-1:] != [(Kind.DIALABLE, third)]:
        fields.append((Kind.DIALABLE, complementary))
    forwarder = read_as.get(_REDIRECTING) or read_as.get(_FIRST_CALLED)
    if forwarder is not None:
        fields.append((Kind.FORWARDED_BY, forwarder.number))
    return fields


def _digits(value: bytes) -> str:
    """The text of a value that is digits or a letter, "" when it can be neither. Parity may be left on it alone."""
    if not value.isascii() and has_even_parity(value):
        value = bytes(byte & 0x7F for byte in value)
    return text_of(value) if value.isascii() else ""


def _same_line(one: str, other: str) -> bool:
    length = min(_SAME_LINE, len(one), len(other))
    return one[-length:] == other[-length:]


def _waiting(parameters: Mapping[int, bytes]) -> bool | None:
    """The visual indicator FF or 00, else whether the mailbox counts any message; None when neither is told."""
    indicated = {b"\xff": True, b"\x00": False}.get(parameters.get(_INDICATOR, b""))
    if indicated is not None:
        return indicated
    count = parameters.get(_STATUS, b"")
    return None if len(count) != 1 else count[0] > 0
