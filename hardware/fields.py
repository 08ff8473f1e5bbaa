"""What one fact of a Caller ID report is, and how its value is read: shared by every way in which a report comes.

No spelling of any modem and no message format. Nothing a value holds may raise.
"""

import re
from enum import Enum

from .events import Absence, CallerNumberReceived, CallerType, CallType, ForwardReason

# Characters. ETSI allows 50 for a name and 20 digits for a number; software modems pass on whatever they are sent.
MAX_VALUE_LENGTH = 200


class Kind(Enum):
    """What a field of a report says, and in brackets what its value is."""

    DATE = "date"  # "MM-DD" or None
    TIME = "time"  # "HH:MM" or None
    NUMBER = "number"  # who calls: CallerNumberReceived
    DIALABLE = "dialable"  # the number to call back: CallerNumberReceived; the caller's when no NUMBER comes
    NAME = "name"  # text, why there is none, or None when it is merely empty
    DIALLED = "dialled"  # which number was called: text or None
    FORWARDED_BY = "forwarded_by"  # which number passed the call on: text or None
    FORWARDED_BECAUSE = "forwarded_because"  # ForwardReason
    CALL_TYPE = "call_type"  # CallType
    CALLER_TYPE = "caller_type"  # CallerType
    LONG_DISTANCE = "long_distance"  # True
    # These are not of a call, or not yet.
    RANG = "rang"  # a ring whose line ran into this one: None
    UNUSED = "unused"  # a whole raw message that says nothing to us: its bytes in hex
    WAITING = "waiting"  # the mailbox of the network: True when it holds messages
    RAW = "raw"  # bytes of a raw message, whole or a piece of it
    HALF = "half"  # the first digit of a byte that a line end cut in two; follows RAW
    DAMAGED = "damaged"  # a message was lost: one plain sentence
    STARTS = "starts"  # frame lines of Pace modems
    ENDS = "ends"  # nothing more comes of this report


Value = str | bytes | bool | CallerNumberReceived | Absence | CallType | CallerType | ForwardReason | None
Field = tuple[Kind, Value]

# ETSI EN 300 659-3 has the letters P and O (and C, S, I for numbers that cannot be shown); the words are networks'
# and adapters' own.
_PRIVATE = frozenset(
    {"P", "A", "PRIVATE", "ANONYMOUS", "RESTRICTED", "WITHHELD", "BLOCKED", "SECRET", "CONFIDENTIAL"}
    | {"PRIVATE NUMBER", "PRIVATE CALLER", "PRIVATE CALL", "NUMBER WITHHELD", "WITHHELD NUMBER", "CALLER WITHHELD"}
)
# What stands in place of a name. <NONE> is iaxmodem's.
_NO_NAME = {"": None, "<NONE>": None, "O": Absence.UNAVAILABLE, "P": Absence.PRIVATE}

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # reports give no year: 29 February is a day


def date_of(text: str) -> str | None:
    """`MM-DD` from MMDD, MM-DD or YYMMDD; None when there is no such day. The order in 10/05 is not known: None."""
    match = re.fullmatch(r"(?:[0-9]{2})?([0-9]{2})-?([0-9]{2})", text)
    if match is None:
        return None
    month, day = int(match[1]), int(match[2])
    return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] else None


def time_of(text: str) -> str | None:
    """`HH:MM` from HHMM or HH:MM, None when there is no such time."""
    match = re.fullmatch(r"([0-9]{2}):?([0-9]{2})", text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return f"{match[1]}:{match[2]}"


def number_of(text: str) -> CallerNumberReceived:
    """The number as sent, without blanks, or why there is none. Without a single digit it is no number."""
    if not re.search("[0-9]", text):
        return CallerNumberReceived(None, absence_of(text))
    return CallerNumberReceived("".join(text.split())[:MAX_VALUE_LENGTH], None)


def absence_of(text: str) -> Absence:
    """Private when the words say so; whatever else stands in place of a value means that it is unavailable."""
    return Absence.PRIVATE if " ".join(text.upper().split()) in _PRIVATE else Absence.UNAVAILABLE


def name_of(text: str) -> str | Absence | None:
    """The name as sent, why there is none, or None when it is merely empty. Only the letters O and P are no name."""
    return _NO_NAME[text.upper()] if text.upper() in _NO_NAME else text[:MAX_VALUE_LENGTH]
