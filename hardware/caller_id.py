"""Formatted Caller ID (+VCID=1, #CID=1): one line of text goes in, its fields come out.

Every spelling known of modems is a row of a table here. Which fields make one report is hardware/report.py; raw hex
messages do not come in here. Nothing a line holds may raise.
"""

import re
from enum import Enum

from .events import Absence, CallerNumberReceived

# Characters. ETSI allows 50 for a name and 20 digits for a number; software modems pass on whatever they are sent.
MAX_VALUE_LENGTH = 200


class Kind(Enum):
    """What a field of a report says."""

    DATE = "date"
    TIME = "time"
    NUMBER = "number"  # who calls
    DIALABLE = "dialable"  # the number to call back; stands for the caller when no NUMBER comes
    NAME = "name"
    DIALLED = "dialled"  # which number was called
    STARTS = "starts"  # frame lines of Pace modems
    ENDS = "ends"


Value = str | CallerNumberReceived | None
Field = tuple[Kind, Value]

_REASON = "reason"  # why there is no number, in a line of its own
_MESSAGE = "message"  # parameters in hex that the modem did not name
_QUOTED = "quoted"  # +CLIP: "number",type

# Spellings: mgetty cnd.c, NCID, and the captures in tests/transcripts. None: belongs to a report, says nothing to us.
# The run from ANID to CDID is iaxmodem's; DRON and DROF are Lucent's ring cadence, ERRM a line error.
TAGS: dict[str, Kind | str | None] = {
    "DATE": Kind.DATE,
    "TIME": Kind.TIME,
    "DATE TIME": Kind.TIME,
    "NMBR": Kind.NUMBER,
    "NBR": Kind.NUMBER,
    "CALLER NUMBER": Kind.NUMBER,
    "CALLERID": Kind.NUMBER,
    "FM": Kind.NUMBER,
    "DDN_NMBR": Kind.DIALABLE,
    "NAME": Kind.NAME,
    "CALLER NAME": Kind.NAME,
    "NDID": Kind.DIALLED,
    "TO": Kind.DIALLED,
    "+CLIP": _QUOTED,
    "MESG": _MESSAGE,
    "REASON FOR NO CALLER NUMBER": _REASON,
    "NO MESSAGE REASON": _REASON,
    "REASON FOR NO CALLER NAME": None,
    "DIVERTING NUMBER": None,
    "ANID": None,
    "USER": None,
    "PASS": None,
    "CDID": None,
    "ERRM": None,
    "DRON": None,
    "DROF": None,
}

_WORDS = "|".join(re.escape(tag).replace(r"\ ", r"\s+") for tag in sorted(TAGS, key=len, reverse=True))
_FIRST_TAG = re.compile(rf"({_WORDS})\s*[=:]", re.IGNORECASE | re.ASCII)
# Some modems put several fields on a line. Behind a name a tag counts only after padding, so that a caller named
# "FULL TIME=JOBS" keeps his name. (The blanks stand in a look-behind: matched, a line full of them takes 0.2 s.)
_NEXT_TAG = re.compile(rf"(?<=\s)({_WORDS})\s*[=:]", re.IGNORECASE | re.ASCII)
_NEXT_TAG_AFTER_NAME = re.compile(r"(?<=\s\s)(DATE|TIME|NMBR|DDN_NMBR)\s*=")

# ETSI EN 300 659-3 has the letters P and O (and C, S, I for numbers that cannot be shown); the words are networks'
# and adapters' own. <NONE> is iaxmodem's.
_PRIVATE = frozenset(
    {"P", "A", "PRIVATE", "ANONYMOUS", "RESTRICTED", "WITHHELD", "BLOCKED", "SECRET", "CONFIDENTIAL"}
    | {"PRIVATE NUMBER", "PRIVATE CALLER", "PRIVATE CALL", "NUMBER WITHHELD", "WITHHELD NUMBER", "CALLER WITHHELD"}
)
_NO_NAME = frozenset({"", "O", "P", "<NONE>"})

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # reports give no year: 29 February is a day


def fields_of(text: str) -> tuple[Field, ...] | None:
    """The fields of one line, () when it belongs to a report but says nothing of use, None when it is no Caller ID."""
    if text in ("CALLING MSG", "END MSG"):
        return ((Kind.STARTS if text == "CALLING MSG" else Kind.ENDS, None),)
    if text.startswith("RING;"):
        return _elsa_fields(text)
    first = _FIRST_TAG.match(text)
    if first is None:
        return None
    fields: list[Field] = []
    while first is not None:
        tag = " ".join(first[1].upper().split())
        rest = _NEXT_TAG_AFTER_NAME if TAGS[tag] is Kind.NAME else _NEXT_TAG
        following = rest.search(text, first.end())
        fields += _fields_of_tag(tag, text[first.end() : following.start() if following else None].strip())
        first = following
    return tuple(fields)


def _fields_of_tag(tag: str, value: str) -> list[Field]:
    kind = TAGS[tag]
    value = value[:MAX_VALUE_LENGTH]
    if kind is Kind.DATE:
        return [(kind, date_of(value))]
    if kind is Kind.TIME:
        return _moment(value)
    if kind is Kind.NAME:
        return [(kind, None if value.upper() in _NO_NAME else value)]
    if kind is Kind.DIALLED:
        return [(kind, number_of(value).number)]
    if kind is _MESSAGE:
        return _parameters(value)
    if kind is _REASON:
        return [(Kind.NUMBER, CallerNumberReceived(None, absence_of(value)))]
    if kind is _QUOTED:
        return [(Kind.NUMBER, number_of(value.split(",")[0].strip('"')))]
    return [(kind, number_of(value))] if isinstance(kind, Kind) else []


def _moment(value: str) -> list[Field]:
    """TIME=HHMM, or date and time in one: `03-21 14:05` (ZyXEL), `10/05 11:39` (Pace)."""
    *date, time = value.split() or [""]
    fields: list[Field] = [(Kind.DATE, date_of(date[-1]))] if date else []
    return [*fields, (Kind.TIME, time_of(time))]


def _elsa_fields(text: str) -> tuple[Field, ...]:
    _, caller, *called = text.split(";")
    fields: list[Field] = [(Kind.NUMBER, number_of(caller[:MAX_VALUE_LENGTH]))]
    return (*fields, *((Kind.DIALLED, number_of(number[:MAX_VALUE_LENGTH]).number) for number in called[:1]))


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
    text = "".join(text.split()) if re.search("[0-9]", text) else text
    if re.search("[0-9]", text):
        return CallerNumberReceived(text, None)
    return CallerNumberReceived(None, absence_of(text))


def absence_of(text: str) -> Absence:
    """Private when the words say so; whatever else stands in place of a number means that none is available."""
    return Absence.PRIVATE if " ".join(text.upper().split()) in _PRIVATE else Absence.UNAVAILABLE


def _parameters(text: str) -> list[Field]:
    """MESG= with bare parameters `<type><length><value>` in hex (EN 300 659-3): the numbers and why they are missing.

    Line noise also comes as MESG lines, so a value counts only when the lengths fit exactly and it is what it must be.
    """
    try:
        data = bytes.fromhex(text)
    except ValueError:
        return []
    fields: list[Field] = []
    while data:
        if len(data) < 2 or len(data) < 2 + data[1]:
            return []
        parameter, value, data = data[0], data[2 : 2 + data[1]], data[2 + data[1] :]
        if parameter in (0x02, 0x03) and re.fullmatch(rb"\+?[0-9]+", value):
            kind = Kind.NUMBER if parameter == 0x02 else Kind.DIALABLE
            fields.append((kind, CallerNumberReceived(value.decode("ascii"), None)))
        elif parameter == 0x04 and value in (b"O", b"P"):
            fields.append((Kind.NUMBER, CallerNumberReceived(None, absence_of(value.decode("ascii")))))
    return fields
