"""Caller ID sent as a string of DTMF digits, as modems print it: one line of text goes in, its fields come out.

Used by telephone companies of the Netherlands, Belgium, Scandinavia, Iceland, Brazil, India, Taiwan, Kuwait and others
(ETSI EN 300 659-3 annex on DTMF; the variants are those of Dialogic's and Teltone's application notes):

    A<caller>[D<forwarded by>][B<code>]C   code 00: not available, 10: restricted; the parts come in any order
    A<caller>#   D1# restricted   D2# international, no number   D3# not available for technical reasons
    D<caller>C   <caller>#
"""

import re

from .events import Absence, CallerNumberReceived
from .fields import Field, Kind

# Digits of a number: at most the 20 of ETSI. Two are an extension behind a private exchange.
_PARTS = re.compile(r"(?:[ABD][0-9]{0,20}){1,3}[C#]")
_PART = re.compile(r"([ABD])([0-9]*)")
# Without letters only a shape that no reply of a modem has: three digits at least, and the closing mark.
_BARE = re.compile(r"([0-9]{3,20})#")
_SHORTEST = 2
# Times that exchanges send it, and modems print it on one line.
_COPIES = (2, 3)

_CODES = {"00": Absence.UNAVAILABLE, "10": Absence.PRIVATE}
_HASH_CODES = {"1": Absence.PRIVATE, "2": Absence.UNAVAILABLE, "3": Absence.UNAVAILABLE}


def clip_fields(text: str) -> tuple[Field, ...] | None:
    """The fields of a line that is such a string and nothing else, or None. The string is the whole report."""
    for copies in _COPIES:
        once = text[: len(text) // copies]
        text = once if once * copies == text else text
    bare = _BARE.fullmatch(text)
    if bare is not None:
        return (Kind.NUMBER, _number(bare[1])), (Kind.ENDS, None)
    if _PARTS.fullmatch(text) is None:
        return None
    found: list[tuple[str, str]] = _PART.findall(text)
    parts = dict(found)
    if len(parts) < len(found):
        return None
    caller = _caller(parts, closed_by=text[-1])
    if caller is None:
        return None
    fields: list[Field] = [(Kind.NUMBER, caller)]
    if parts.get("D") and ("A" in parts or "B" in parts):
        fields.append((Kind.FORWARDED_BY, _number(parts["D"]).number))
    return (*fields, (Kind.ENDS, None))


def _caller(parts: dict[str, str], closed_by: str) -> CallerNumberReceived | None:
    """Who calls, or None when the parts do not make a report. A number that was sent counts, whatever the code says."""
    if len(parts.get("A", "")) >= _SHORTEST:
        return _number(parts["A"])
    if parts.get("A"):
        return None
    if "B" in parts:
        known = re.fullmatch("[0-9]{2}", parts["B"]) is not None
        return CallerNumberReceived(None, _CODES.get(parts["B"], Absence.UNAVAILABLE)) if known else None
    if "A" in parts:
        return None
    if len(parts["D"]) >= _SHORTEST:
        return _number(parts["D"])
    if closed_by == "#" and parts["D"] in _HASH_CODES:
        return CallerNumberReceived(None, _HASH_CODES[parts["D"]])
    return None


def _number(digits: str) -> CallerNumberReceived:
    """Dutch exchanges send ten zeros for a caller they do not know (D0000000000C)."""
    if not digits.strip("0"):
        return CallerNumberReceived(None, Absence.UNAVAILABLE)
    return CallerNumberReceived(digits, None)
