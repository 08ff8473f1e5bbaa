"""One line of Caller ID: text goes in, its fields come out, whichever way the modem prints it.

Formatted reports (+VCID=1, #CID=1) are read here: every spelling known of modems is a row of a table. Strings of DTMF
digits and raw messages in hex are told apart here and read in dtmf_clip.py and mdmf.py. Which fields make one report is
report.py. Nothing a line holds may raise.
"""

import re

from . import hex_lines, mdmf
from .dtmf_clip import clip_fields
from .events import CallerNumberReceived
from .fields import MAX_VALUE_LENGTH, Field, Kind, absence_of, date_of, name_of, number_of, time_of

_REASON = "reason"  # why there is no number, in a line of its own
_NAME_REASON = "name reason"
_MESSAGE = "message"  # in hex: parameters that the modem did not name, or a whole message
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
    "+VCIDR": _MESSAGE,
    "REASON FOR NO CALLER NAME": _NAME_REASON,
    "DIVERTING NUMBER": Kind.FORWARDED_BY,
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
# A ring whose line end was lost, and what noise made of the bytes before a tag.
_BEFORE_TAG = re.compile(rf"(?:[^ -~]+\s*(?:RING\s*)?|RING\s*)(?=(?:{_WORDS})\s*[=:])", re.IGNORECASE | re.ASCII)
# Some modems put several fields on a line. Behind a name a tag counts only after padding, so that a caller named
# "FULL TIME=JOBS" keeps his name. (The blanks stand in a look-behind: matched, a line full of them takes 0.2 s.)
_NEXT_TAG = re.compile(rf"(?<=\s)({_WORDS})\s*[=:]", re.IGNORECASE | re.ASCII)
_NEXT_TAG_AFTER_NAME = re.compile(r"(?<=\s\s)(DATE|TIME|NMBR|DDN_NMBR)\s*=")

# What an Intel 536EX or MD566x writes when it heard the channel seizure and no correct message (manuals, chapter 8).
_NOTHING_BUT_SEIZURE = "CALID_202"


# The command that asks for the last raw message; it is answered in lines of 16 bytes (Silicon Labs AN93).
_ASKS_FOR_MESSAGE = re.compile(r"\+VCIDR", re.IGNORECASE)


def fields_of(text: str, missing: int = 0, half: str = "", *, command: str | None = None) -> tuple[Field, ...] | None:
    """The fields of one line, () when it belongs to a report but says nothing of use, None when it is no Caller ID.

    `missing` is how many bytes a raw message begun on the lines before is short of, and `half` the first digit of the
    next (ReportAssembly's): only then is a line of hex that is no message by itself taken for its continuation.
    `command` is the one that the modem has not answered yet: until then a line of hex is information, unless it is a
    whole message.
    """
    going_on = _continuation(text, missing, half) if missing else None
    if going_on is not None:
        return going_on
    noise = _BEFORE_TAG.match(text)
    if noise is not None:
        rest = fields_of(text[noise.end() :]) or ()
        return ((Kind.RANG, None), *rest) if "RING" in noise[0].upper() else rest
    if text in ("CALLING MSG", "END MSG"):
        return ((Kind.STARTS if text == "CALLING MSG" else Kind.ENDS, None),)
    if text.startswith("RING;"):
        return _elsa_fields(text)
    if _FIRST_TAG.match(text) is not None:
        return _tagged_fields(text)
    fields = clip_fields(text) or _raw_fields(text)
    if fields is None or command is None or fields[0][0] is not Kind.RAW or _ASKS_FOR_MESSAGE.search(command):
        return fields
    data = fields[0][1]
    return fields if isinstance(data, bytes) and hex_lines.is_whole(data.lstrip(hex_lines.SEIZURE)) else None


def _continuation(text: str, missing: int, half: str) -> tuple[Field, ...] | None:
    if half and hex_lines.begins_message(text) is not None:
        half = ""  # the next copy, and that digit was all that came of its byte
    piece = hex_lines.continues_message(text, missing, half)
    if piece is None and half:
        half, piece = "", hex_lines.continues_message(text, missing)
    return None if piece is None else _piece(piece, hex_lines.half_of(half + text))


def _piece(data: bytes, half: str) -> tuple[Field, ...]:
    return ((Kind.RAW, data), (Kind.HALF, half)) if half else ((Kind.RAW, data),)


def _tagged_fields(text: str) -> tuple[Field, ...]:
    first = _FIRST_TAG.match(text)
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
    if kind is _MESSAGE:
        return _message(value)
    value = value[:MAX_VALUE_LENGTH]
    if kind is Kind.DATE:
        return [(kind, date_of(value))]
    if kind is Kind.TIME:
        return _moment(value)
    if kind is Kind.NAME:
        return [(kind, name_of(value))]
    if kind in (Kind.DIALLED, Kind.FORWARDED_BY):
        return [(kind, caller.number) for _, caller in _number(value)[:1] if isinstance(caller, CallerNumberReceived)]
    if kind is _REASON:
        return [(Kind.NUMBER, CallerNumberReceived(None, absence_of(value)))]
    if kind is _NAME_REASON:
        return [(Kind.NAME, absence_of(value))]
    if kind is _QUOTED:
        return _number(value.split(",")[0].strip('"'))
    if not isinstance(kind, Kind):
        return []
    return [(kind if told is Kind.NUMBER else told, what) for told, what in _number(value)]


def _number(value: str) -> list[Field]:
    """Some modems print Caller ID that came as DTMF in place of the number, letters and all."""
    spelled = clip_fields("".join(value.upper().split()))
    if spelled is None:
        return [(Kind.NUMBER, number_of(value))]
    return [field for field in spelled if field[0] is not Kind.ENDS]


def _moment(value: str) -> list[Field]:
    """TIME=HHMM, or date and time in one: `03-21 14:05` (ZyXEL), `10/05 11:39` (Pace)."""
    *date, time = value.split() or [""]
    fields: list[Field] = [(Kind.DATE, date_of(date[-1]))] if date else []
    return [*fields, (Kind.TIME, time_of(time))]


def _elsa_fields(text: str) -> tuple[Field, ...]:
    _, caller, *called = text.split(";")
    fields: list[Field] = [(Kind.NUMBER, number_of(caller[:MAX_VALUE_LENGTH]))]
    return (*fields, *((Kind.DIALLED, number_of(number[:MAX_VALUE_LENGTH]).number) for number in called[:1]))


def _message(value: str) -> list[Field]:
    """MESG= with a raw message, or with bare parameters (EN 300 659-3), or with line noise, which says nothing."""
    if value.upper() == _NOTHING_BUT_SEIZURE:
        return [(Kind.DAMAGED, "The modem heard the beginning of a Caller ID message and no more.")]
    data = hex_lines.bytes_of(value)
    if data is None:
        return []
    return list(mdmf.bare_parameters(data) or _raw_fields(value) or ())


def _raw_fields(text: str) -> tuple[Field, ...] | None:
    """A raw message in hex. A DTMF string is also passed on so, as the codes of its characters."""
    data = hex_lines.bytes_of(text)
    if data is None:
        return None
    spelled = clip_fields(data.decode("ascii")) if data.isascii() else None
    if spelled is not None:
        return spelled
    piece = hex_lines.begins_message(text)
    return None if piece is None else _piece(piece, hex_lines.half_of(text))
