"""The text of a number field, before anybody asks what number it is. No plan, no library and no list may enter."""

import re

from appliance.core.report import Absence, Presentation
from appliance.core.wildcard import ascii_digit

SHOWN_LIMIT = 64  # characters kept of a number field; the longest number has 15 digits, the rest is noise
SHORTEST = 3  # digits; 112, 911, 999 call back, and nothing shorter is a number
LONGEST_TYPED = 20  # digits; E.164 ends at 15, an international prefix takes up to 5

NORTH_AMERICAN = re.compile(r"1?([2-9]\d\d[2-9]\d{6})", re.ASCII)
# The door, or an extension of a home router: **11, *11, 11. A single digit is what adapters send in place of a number.
OF_THE_HOUSE = re.compile(r"\*{1,2}[0-9]{1,4}|[1-9][0-9]")

_DIALLED = frozenset("0123456789+*#")
# Plans of fixed length, where the shape alone tells the library's answer; a test compares both. Files of a million rows
# hold little else, and the library would take half a minute for them.
_CANONICAL = re.compile(
    r"\+(?:1[2-9]\d\d[2-9]\d{6}|(?:44|91)[1-9]\d{9}|(?:31|34|41|46|48|61|351)[1-9]\d{8}|(?:45|47)[1-9]\d{7}"
    r"|33(?!26[239]|59[046]|639|69[0-467])[1-9]\d{8}"  # but those of its overseas departments
    r"|32[1-9]\d{7,8}|39\d{9,10}|49[1-9]\d{9,10})",
    re.ASCII,
)
_RESTRICTED_WORDS = frozenset({"P", "PRIVATE", "ANONYMOUS", "RESTRICTED", "WITHHELD", "BLOCKED"})


def clean(text: str) -> str:
    """What can be dialled of a text; "+" only in front. Letters are dropped, for the library reads them as a keypad."""
    kept = "".join([c for c in (text if text.isascii() else map(ascii_digit, text)) if c in _DIALLED])
    return kept[:1] + kept[1:].replace("+", "")


def typed_number(text: str, services: frozenset[str]) -> str:
    """The same of one number that a person typed; `services` may be shorter than any other. Raises ValueError."""
    cleaned = _typed(text)
    if cleaned in services:
        return cleaned
    if "?" in text or cleaned.startswith("*") or cleaned.endswith("*"):
        raise ValueError(f'"{text.strip()}" holds a wildcard; add it as a pattern, not as a number.')
    digits = sum(map(str.isdigit, cleaned))
    if not SHORTEST <= digits <= LONGEST_TYPED:
        raise ValueError(f'"{text.strip()}" is no phone number: it has {digits} digits.')
    return cleaned


def typed_beginning(text: str) -> str:
    """The same of the beginning of numbers; a "*" at the end is dropped. Raises ValueError with a sentence."""
    cleaned = _typed(text.replace("(0)", "") if text.lstrip().startswith("+") and "+39" not in text else text)
    cleaned = cleaned.rstrip("*")
    if not has_digit(cleaned) or "*" in cleaned or len(cleaned) > LONGEST_TYPED:
        raise ValueError(f'"{text.strip()}" is no beginning of a phone number: write 1 to {LONGEST_TYPED} digits.')
    return cleaned


def quick_key(text: str, code: str, trunk: str) -> str | None:
    """E.164 of the plain spellings, or None: E.164 itself, ten digits in North America, trunk 0 elsewhere.

    `code` is the country code of home, `trunk` what is dialled there before a national number.
    """
    if text.startswith("+"):
        return text if _CANONICAL.fullmatch(text) else None
    if code == "1":
        found = NORTH_AMERICAN.fullmatch(text)
        return f"+1{found[1]}" if found else None
    if trunk == "0" and text.startswith("0"):
        candidate = f"+{code}{text[1:]}"
        return candidate if _CANONICAL.fullmatch(candidate) else None
    return None


def has_digit(cleaned: str) -> bool:
    """Whether anything can be looked up."""
    return any(map(str.isdigit, cleaned))


def absent(shown: str, absence: Absence | None) -> Presentation:
    """Why there is no number: what the report says of it, or the word that stands in its place."""
    if absence is not None:
        return Presentation.RESTRICTED if absence.value == "private" else Presentation.UNAVAILABLE
    words = shown.strip().upper()
    return Presentation.RESTRICTED if words in _RESTRICTED_WORDS else Presentation.UNAVAILABLE


def _typed(text: str) -> str:
    if any(map(str.isalpha, text)):
        raise ValueError(f'"{text.strip()}" holds letters; write the number in digits.')
    return clean(text)
