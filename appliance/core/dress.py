"""What the dress of a number tells: which other numbers its digits may stand for. Text only; no plan, library or list.

"Digits" are those of a number field, "+" only in front. Whether such a number exists is for the caller of these to ask.
"""

import re
from collections.abc import Iterator

from appliance.core.number_text import NORTH_AMERICAN

LOCAL = 8
"""Digits; no number that is dialled without its area code has more (London, Berlin, Cairo: eight)."""

WHOLE = 9
"""Digits; fewer may be a local number, so that they are never read as a foreign number that lost its "+"."""

# The overseas departments have country codes of their own, and France and they dial each other with a mere 0.
_BEGINNINGS = {
    "262": "262", "263": "262", "269": "262", "639": "262", "692": "262", "693": "262",
    "590": "590", "690": "590", "691": "590", "594": "594", "694": "594", "596": "596", "696": "596", "697": "596",
}  # fmt: skip
_OVERSEAS = frozenset({"GP", "BL", "MF", "MQ", "GF", "RE", "YT"})
_FRENCH = re.compile(r"(?:0|\+33|0033|33)?(([1-9]\d\d)\d{6})", re.ASCII)


def french(digits: str, country: str) -> str:
    """The number of an overseas department with its country code, at home in France or there; any other unchanged."""
    if country != "FR" and country not in _OVERSEAS:
        return digits
    found = _FRENCH.fullmatch(digits)
    code = _BEGINNINGS.get(found[2]) if found else None
    return f"+{code}{found[1]}" if found and code else digits


def from_mainland(digits: str, country: str) -> str | None:
    """What an overseas department's home reads as a number of mainland France, unless it is one of its own."""
    found = _FRENCH.fullmatch(digits) if country in _OVERSEAS else None
    return f"+33{found[1]}" if found and digits.startswith("0") else None


def elsewhere(digits: str, *, fits_home: bool) -> Iterator[str]:
    """International numbers that digits without a meaning at home may stand for, likeliest first.

    Exchanges and adapters drop the "+" or put a 0 before it, and a number keeps the prefix for calls abroad of the
    country that it comes from. Where the digits could be a number at home (`fits_home`), a 0 in front is its trunk
    prefix.
    """
    bare = digits.lstrip("+")
    for prefix in ("0011", "011", "00", "" if fits_home else "0", ""):
        rest = bare.removeprefix(prefix)
        if bare.startswith(prefix) and len(rest) >= WHOLE and rest[0] != "0":
            yield f"+{rest}"


def without_plus(digits: str, code: str) -> tuple[str, ...]:
    """International numbers, as text, that bare digits are when only the "+" or the +1 is lost."""
    if len(digits) < WHOLE or not digits.isdigit() or digits[0] == "0":
        return ()
    american = NORTH_AMERICAN.fullmatch(digits) if code != "1" and len(digits) == LOCAL + 2 else None
    return (f"+{digits}", f"+1{american[1]}") if american else (f"+{digits}",)


def may_be_local(digits: str) -> bool:
    """Whether the dress leaves open that the area code is missing."""
    return 3 < len(digits) <= LOCAL and digits.isdigit() and digits[0] != "0"


def beginning(digits: str, code: str, trunk: str, abroad: str) -> str:
    """The beginning of numbers with its country code, where that is safe; else bare digits.

    `abroad` is the expression for what is dialled before a foreign number; of the library, never a person's.
    """
    foreign = re.match(abroad, digits)
    if foreign is not None:
        rest = digits[foreign.end() :]
        return f"+{rest}" if rest and rest[0] != "0" else digits
    if code == "1":
        rest = digits.removeprefix("1")
        return f"+1{rest}" if rest and rest[0] not in "01" else digits
    if not trunk:
        return f"+{code}{digits}"
    rest = digits.removeprefix(trunk)
    # Without its trunk prefix it may as well be a short number or a foreign one: left alone.
    return f"+{code}{rest}" if rest and rest != digits and rest[0] != "0" else digits
