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
# Some modems put several fields on a line. Behind a name a tag counts only after padding, so that a caller named
# "FULL TIME=JOBS" keeps his name. (The blanks stand in a look-behind: matched, a line full of them takes 0.2 s.)
_NEXT_TAG = re.compile(rf"(?<=\s)({_WORDS})\s*[=:]", re.IGNORECASE | re.ASCII)
_NEXT_TAG_AFTER_NAME = re.compile(r"(?<=\s\s)(DATE|TIME|NMBR|DDN_NMBR)\s*=")

# What an Intel 536EX or MD566x writes when it heard the channel seizure and no correct message (manuals, chapter 8).
_NOTHING_BUT_SEIZURE = "CALID_202"


def fields_of(text: str, missing: int = 0) -> tuple[Field, ...] | None:
    """The fields of one line, () when it belongs to a report but says nothing of use, None when it is no Caller ID.

    `missing` is how many bytes a raw message begun on the lines before is short of (ReportAssembly.missing): only then
    is a line of hex that is no message by itself taken for its continuation.
    """
    piece = hex_lines.continues_message(text, missing) if missing else None
    if piece is not None:
        return ((Kind.RAW, piece),)
    if text in ("CALLING MSG", "END MSG"):
        return ((Kind.STARTS if text == "CALLING MSG" else Kind.ENDS, None),)
    if text.startswith("RING;"):
        return _elsa_fields(text)
    if _FIRST_TAG.match(text) is not None:
        return _tagged_fields(text)
    return clip_fields(text) or _raw_fields(text)


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
        return [(kind, number_of(value).number)]
    if kind is _REASON:
        return [(Kind.NUMBER, CallerNumberReceived(None, absence_of(value)))]
    if kind is _NAME_REASON:
        return [(Kind.NAME, absence_of(value))]
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
    return None if piece is None else ((Kind.RAW, piece),)
