"""What in a log tells of nobody: results, rings, labels of carriers, moments, what a modem says of itself.

The text of a line or of a value goes in, yes or no comes out. What is not known here is private. Nothing is changed.
"""

import re

from .fields import date_of

# ITU-T V.250 and V.253, letter for letter: "CONNECT 3125557788" and "+CME ERROR: JOHN" are no results.
_RESULT = (
    r"OK|ERROR|VCON|LINE-IN-USE|NO DIAL ?TONE|NO CARRIER|NO ANSWER|BUSY|DELAYED|"
    r"CONNECT(?: (?:[0-9]{1,5}|115200|230400|460800|921600))?|\+CM[ES] ERROR: ?[0-9]{1,3}"
)
_RINGS = r"RING(?: [A-Z0-9])?"
_FRAMES = r"CIDM|FLASH|CID RING|CALLING MSG|END MSG|DTMF ?= ?[0-9A-D*#]|ACTIVE PROFILE:"
# The formats of sound (+VSM=?): also when a ring came in the midst of their list.
_FORMAT = r'[0-9]{1,3},"(?:(?:UN)?SIGNED PCM|IMA ADPCM|MU-LAW|A-LAW|14 BIT PCM|8-BIT LINEAR)"(?:,\(?[0-9]{1,5}\)?)*'
# A line of fewer digits than a number has.
_CODE = "[0-9]{1,4}"
_SAYS_NOTHING = re.compile(f"(?:{_CODE}|{_RESULT}|{_RINGS}|{_FRAMES}|{_FORMAT})", re.IGNORECASE)

# What stands in place of a name or a number (EN 300 659-3 has the letters; the words are networks' and adapters' own).
_WHOLE = frozenset({
    "", "O", "P", "A", "C", "S", "I", "NONE", "<NONE>", "CALID_202", "SECRET", "CONFIDENTIAL", "RESTRICTED", "BLOCKED",
    "PRIVATE", "PRIVATE NAME", "PRIVATE NUMBER", "PRIVATE CALLER", "PRIVATE CALL", "ANONYMOUS", "ANONYMOUS CALLER",
    "WITHHELD", "NUMBER WITHHELD", "WITHHELD NUMBER", "CALLER WITHHELD", "UNAVAILABLE", "NOT AVAILABLE", "UNKNOWN",
    "NAME UNAVAILABLE", "NUMBER UNAVAILABLE", "UNKNOWN NAME", "UNKNOWN CALLER", "UNKNOWN NUMBER", "WIRELESS",
    "INTERNATIONAL", "SPAM", "SCAM", "TOLL FREE", "PAYPHONE", "PAY PHONE",
})  # fmt: skip
# Known phrases at the beginning of a name, which the name or the place follows.
_LABEL = re.compile(
    r"\s*(?:\[(?:V|VER)\]|(?:SPAM|SCAM|FRAUD|SPOOF|ROBO)\?|V(?=[0-9]{8,14}\s*$)|"
    r"(?:(?:SCAM|SPAM|FRAUD)\s+(?:LIKELY|RISK)|(?:POTENTIAL|SUSPECTED)\s+(?:SPAM|SCAM|FRAUD)|OUT\s+OF\s+AREA|"
    r"WIRELESS\s+CALLER|CELL\s+PHONE|TOLL\s+FREE\s+CALL|UNKNOWN\s+(?:NAME|CALLER)|ROBO\s*CALLER|TELEMARKETER)"
    r"(?![^\W\d_]))",
    re.IGNORECASE | re.ASCII,
)
# 0321, 03-21, 14:05, 03-21 14:05 (ZyXEL), 10/05 11:39 (Pace); YYMMDD and the like are asked of date_of.
_MOMENT = re.compile(
    r"[0-9]{1,4}|[0-9]{1,2}[-/:.][0-9]{2}(?:[:][0-9]{2})?|[0-9]{2}[-/.][0-9]{2}\s+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?",
    re.ASCII,
)
# Six digits that only marks, blanks or controls stand between are a number, unless commas or quotes make it a list.
_LONG = re.compile(r'\d(?:(?:[^\w",;:=]|_){0,16}\d){5,}')
# A row of +VSM=? or +VLS=?: a code, its label, and small numbers, spans of them, or masks of events (32 bits).
_ITEM = r"\(?(?:[0-9]{1,5}(?:-[0-9]{1,5})?|[0B]0[0-9A-F]{6})\)?"
_ROW = re.compile(rf'[0-9]{{1,3}},"[0-9]{{0,2}}[A-Z -]{{0,30}}"(?:,{_ITEM})+', re.IGNORECASE | re.ASCII)
_VERSION = re.compile(
    r"(?:\b|_)V(?:ER(?:SION)?)?[ .]?[0-9]{1,3}(?:\.[0-9]{1,4}){1,3}(?![0-9])", re.IGNORECASE | re.ASCII
)
# Bytes in hex that are no list of country codes (+GCI), which stands in brackets.
_SPELLED = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[\W_]{1,4}[0-9A-Fa-f]{2}){3}|[0-9A-Fa-f]{16}", re.ASCII)
_COUNTRIES = re.compile(r"(?:\+GCI: ?)?\([0-9A-F,\- ]*\)", re.ASCII)
# Characters. The lists of a modem are far below it.
_LONGEST_REPLY = 1024


def says_nothing(text: str) -> bool:
    """Whether the line tells of nobody, wherever it stands."""
    return _SAYS_NOTHING.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether the whole value stands in place of a name or a number."""
    return " ".join(text.split()).upper() in _WHOLE


def label_length(name: str) -> int:
    """How many characters at the beginning of a name are a carrier's label."""
    match = _LABEL.match(name)
    return match.end() if match else 0


def is_moment(text: str) -> bool:
    """Whether a date or a time has the form of one, even of one that cannot be (0000, 9999)."""
    return _MOMENT.fullmatch(text) is not None or date_of(text) is not None


def is_spelled(text: str) -> bool:
    """Whether the line has bytes in hex in it, whatever stands between them, and is no list of countries."""
    return _COUNTRIES.fullmatch(text) is None and _SPELLED.search(text) is not None


def is_identification(text: str) -> bool:
    """Whether a line of a reply is what modems say of themselves: names, versions, settings, lists; and no number."""
    if len(text) > _LONGEST_REPLY:
        return False
    return _ROW.fullmatch(text) is not None or _LONG.search(_VERSION.sub("v", text)) is None
