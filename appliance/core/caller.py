"""Who is calling: from the text of a number field to one caller. The only door to phonenumbers; no list, no verdict.

The same number is the same caller in whatever dress it comes: with or without the trunk prefix, the country code, "+",
"00", "011" or the area code. The raw text is kept beside it. Never import phonenumbers' geocoder, carrier or timezone
here: the first alone takes 100 MB.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, ValidationResult

from appliance.core.called import plain_ring
from appliance.core.report import Absence, Caller, Presentation, Report
from appliance.core.wildcard import ascii_digit, name_key, pattern_key

__all__ = [
    "Absence",
    "Caller",
    "Presentation",
    "Report",
    "display",
    "identify",
    "known_countries",
    "list_key",
    "name_key",
    "pattern_key",
    "prefix_key",
    "spellings",
    "warm",
]

SHOWN_LIMIT = 64  # characters kept of a number field; the longest number has 15 digits, the rest is noise
SHORTEST = 3  # digits; 112, 911, 999 call back, and nothing shorter is a number
SHORT = 6  # digits; up to here a number may be a service of one country or carrier (116117, 885), so never "impossible"
LONGEST_TYPED = 20  # digits; E.164 ends at 15, an international prefix takes up to 5

_DIALLED = frozenset("0123456789+*#")
_NORTH_AMERICAN = re.compile(r"1?([2-9]\d\d[2-9]\d{6})", re.ASCII)
# Plans of fixed length, where the shape alone tells the library's answer; a test compares both. Files of a million rows
# hold little else, and the library would take half a minute for them.
_CANONICAL = re.compile(
    r"\+(?:1[2-9]\d\d[2-9]\d{6}|(?:44|91)[1-9]\d{9}|(?:31|33|34|41|46|48|61|351)[1-9]\d{8}|(?:45|47)[1-9]\d{7}"
    r"|32[1-9]\d{7,8}|39\d{9,10}|49[1-9]\d{9,10})",
    re.ASCII,
)
_RESTRICTED_WORDS = frozenset({"P", "PRIVATE", "ANONYMOUS", "RESTRICTED", "WITHHELD", "BLOCKED"})


@dataclass(frozen=True, slots=True)
class _Resolved:
    number: PhoneNumber | None
    possible: bool
    region: str | None = None


# The door, or an extension of a home router: **11, *11, 11. A single digit is what adapters send in place of a number.
_OF_THE_HOUSE = re.compile(r"\*{1,2}[0-9]{1,4}|[1-9][0-9]")
_NOWHERE = _Resolved(None, possible=False)
_SHORT_OR_LOCAL = _Resolved(None, possible=True)


def identify(
    report: Report | None, country: str, area_code: str = "", *, ring: str | None = None, damaged: bool = False
) -> Caller:
    """Who the report speaks of, at home in `country` (ISO 3166 alpha-2); None means that no report came. Never raises.

    `area_code` (national digits without trunk prefix) completes local numbers. `ring` and `damaged`: see Caller.
    """
    ring = plain_ring(ring) if ring else None
    if report is None:
        return Caller(Presentation.NONE, "", None, None, (), None, possible=True, ring=ring, damaged=damaged)
    dialled = spellings(report.dialled or "", country, area_code)
    shown = (report.number or "")[:SHOWN_LIMIT]
    name = (report.name or "").strip() or None
    cleaned = _clean(shown)
    if report.absence is not None or not any(map(str.isdigit, cleaned)):
        return Caller(_absent(shown, report.absence), shown, name, None, (), None, True, dialled, ring)
    found = _resolve(cleaned, country, area_code)
    keys = _keys(found.number, cleaned, country)
    e164 = None if found.number is None else keys[0]
    return Caller(Presentation.ALLOWED, shown, name, e164, keys, found.region, found.possible, dialled, ring)


def spellings(text: str, country: str, area_code: str = "") -> tuple[str, ...]:
    """The keys of a number as a network sent it, best first; none when the text holds no digit. Never raises."""
    cleaned = _clean(text[:SHOWN_LIMIT])
    if not any(map(str.isdigit, cleaned)):
        return ()
    return _keys(_resolve(cleaned, country, area_code).number, cleaned, country)


def _keys(number: PhoneNumber | None, cleaned: str, country: str) -> tuple[str, ...]:
    if number is None:
        return (cleaned,)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return _distinct(e164, cleaned, _as_dialled_at_home(number, country))


def list_key(text: str, country: str, area_code: str = "") -> str:
    """The normal form of one number typed by a person: E.164 where it can be formed, else what can be dialled of it.

    It equals `identify(...).keys[0]` of the caller who shows that number. Raises ValueError with a sentence.
    """
    if (quick := _quick_key(text, country)) is not None:
        return quick
    cleaned = _typed(text)
    if "?" in text or cleaned.startswith("*") or cleaned.endswith("*"):
        raise ValueError(f'"{text.strip()}" holds a wildcard; add it as a pattern, not as a number.')
    digits = sum(map(str.isdigit, cleaned))
    if not SHORTEST <= digits <= LONGEST_TYPED:
        raise ValueError(f'"{text.strip()}" is no phone number: it has {digits} digits.')
    resolved = _resolve(cleaned, country, area_code)
    if resolved.number is None:
        return cleaned
    return phonenumbers.format_number(resolved.number, PhoneNumberFormat.E164)


def _quick_key(text: str, country: str) -> str | None:
    """The key of the plain spellings, or None: E.164, ten digits in North America, trunk 0 elsewhere."""
    if text.startswith("+"):
        return text if _CANONICAL.fullmatch(text) else None
    code = _country_code(country)
    if code == 1:
        found = _NORTH_AMERICAN.fullmatch(text)
        return f"+1{found[1]}" if found else None
    if text.startswith("0") and _trunk(country) == "0":
        candidate = f"+{code}{text[1:]}"
        return candidate if _CANONICAL.fullmatch(candidate) else None
    return None


def prefix_key(text: str, country: str) -> str:
    """The normal form of the beginning of numbers, typed by a person; a "*" at the end is allowed and dropped.

    "0900" becomes "+31900" in the Netherlands, "0212" stays "+390212" in Italy. What cannot be placed safely stays bare
    digits, and is compared with the number as shown and as dialled at home. Raises ValueError with a sentence.
    """
    cleaned = _typed(text.replace("(0)", "") if text.lstrip().startswith("+") and "+39" not in text else text)
    cleaned = cleaned.rstrip("*")
    if not any(map(str.isdigit, cleaned)) or not set(cleaned) <= _DIALLED - {"*"} or len(cleaned) > LONGEST_TYPED:
        raise ValueError(f'"{text.strip()}" is no beginning of a phone number: write 1 to {LONGEST_TYPED} digits.')
    plan = PhoneMetadata.metadata_for_region(country)
    if plan is None or cleaned.startswith("+") or "#" in cleaned:
        return cleaned
    abroad = re.match(plan.international_prefix or "(?!)", cleaned)  # the library's expression, not a person's
    if abroad is not None:
        rest = cleaned[abroad.end() :]
        return f"+{rest}" if rest and rest[0] != "0" else cleaned
    return _national_prefix_key(cleaned, plan)


def _national_prefix_key(digits: str, plan: PhoneMetadata) -> str:
    if plan.country_code == 1:
        rest = digits.removeprefix("1")
        return f"+1{rest}" if rest and rest[0] not in "01" else digits
    if not plan.national_prefix:
        return f"+{plan.country_code}{digits}"
    rest = digits.removeprefix(plan.national_prefix)
    # Without its trunk prefix it may as well be a short number or a foreign one: left alone.
    return f"+{plan.country_code}{rest}" if rest and rest != digits and rest[0] != "0" else digits


@lru_cache(maxsize=2048)  # a page shows fifty rows and is drawn again every few seconds
def display(number: str, country: str) -> str:
    """A number for people: "(212) 555-0123" at home, "+44 20 7946 0123" abroad, other text unchanged."""
    if not number.startswith("+"):
        return number
    parsed = _parse(number, country)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return number
    home = _country_code(country) == parsed.country_code
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def warm(country: str) -> None:
    """Load what identify needs at home and in North America's shared plan, so that the first real call is quick.

    About 40 ms and 2 MB. A first caller from another country costs a few milliseconds, once.
    """
    for region in dict.fromkeys((country, *phonenumbers.region_codes_for_country_code(1))):
        example = phonenumbers.example_number(region)
        if example is not None:
            phonenumbers.region_code_for_number(example)
            display(phonenumbers.format_number(example, PhoneNumberFormat.E164), country)
            _resolve(str(example.national_number), region, "")
    _is_short_service("112", country)


def known_countries() -> Iterable[str]:
    """ISO 3166 alpha-2 codes that identify knows, sorted."""
    return sorted(phonenumbers.SUPPORTED_REGIONS)


def _clean(text: str) -> str:
    """What can be dialled of a text; "+" only in front. Letters are dropped, for the library reads them as a keypad."""
    kept = "".join(c for c in map(ascii_digit, text) if c in _DIALLED)
    return kept[:1] + kept[1:].replace("+", "")


def _typed(text: str) -> str:
    if any(map(str.isalpha, text)):
        raise ValueError(f'"{text.strip()}" holds letters; write the number in digits.')
    return _clean(text)


def _absent(shown: str, absence: Absence | None) -> Presentation:
    if absence is not None:
        return Presentation.RESTRICTED if absence.value == "private" else Presentation.UNAVAILABLE
    words = shown.strip().upper()
    return Presentation.RESTRICTED if words in _RESTRICTED_WORDS else Presentation.UNAVAILABLE


def _distinct(*spellings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spellings))


def _resolve(cleaned: str, country: str, area_code: str) -> _Resolved:
    """Which number the cleaned text stands for."""
    if _OF_THE_HOUSE.fullmatch(cleaned):
        return _SHORT_OR_LOCAL
    digits = cleaned.strip("*#") if len(cleaned) > SHORT + 1 else cleaned
    bare = digits.lstrip("+")
    if not bare.isdigit() or len(bare) < SHORTEST or not bare.strip("0"):
        return _NOWHERE
    if (quick := _quick_key(digits, country)) is not None and quick.startswith("+1"):
        number = PhoneNumber(country_code=1, national_number=int(quick[2:]))
        return _Resolved(number, possible=True, region=phonenumbers.region_code_for_number(number))
    parsed = _parse(digits, country)
    if parsed is not None:
        region = phonenumbers.region_code_for_number(parsed)
        if region is not None and phonenumbers.is_valid_number_for_region(parsed, region):
            return _Resolved(parsed, possible=True, region=region)
    return _resolve_the_odd(digits, parsed, country, area_code)


def _resolve_the_odd(digits: str, parsed: PhoneNumber | None, country: str, area_code: str) -> _Resolved:
    """Numbers that no plan lists: short, local, foreign without "+", unknown to the library, impossible."""
    short = len(digits) <= SHORT
    if not digits.startswith("+"):
        if len(digits) == SHORTEST or (short and _is_short_service(digits, country)):
            return _SHORT_OR_LOCAL
        local = _valid(area_code + digits, country) if area_code else None
        if local is not None:
            return local
    verdict = None if parsed is None else phonenumbers.is_possible_number_with_reason(parsed)
    if verdict == ValidationResult.TOO_LONG:
        # Only now: any shorter, and a number of this country could be read as a foreign one.
        foreign = _valid("+" + digits.lstrip("+").removeprefix("00").removeprefix("011"), country)
        return foreign or _NOWHERE
    if short or (verdict == ValidationResult.IS_POSSIBLE_LOCAL_ONLY and not digits.startswith("+")):
        return _SHORT_OR_LOCAL
    if parsed is None or verdict != ValidationResult.IS_POSSIBLE or not _is_stable(parsed):
        return _NOWHERE
    if parsed.country_code is None or parsed.country_code == 1:
        in_plan = _NORTH_AMERICAN.fullmatch(phonenumbers.national_significant_number(parsed))
        return _Resolved(parsed, possible=True) if in_plan else _NOWHERE
    return _Resolved(parsed, possible=True, region=phonenumbers.region_code_for_country_code(parsed.country_code))


def _parse(digits: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, country)
    except NumberParseException:
        return None


def _valid(digits: str, country: str) -> _Resolved | None:
    parsed = _parse(digits, country)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return None
    return _Resolved(parsed, possible=True, region=phonenumbers.region_code_for_number(parsed))


def _is_stable(parsed: PhoneNumber) -> bool:
    """Whether its E.164 text reads back as itself; the library strips a 0 from some invalid ones at each reading."""
    return _parse(phonenumbers.format_number(parsed, PhoneNumberFormat.E164), "ZZ") == parsed


def _is_short_service(digits: str, country: str) -> bool:
    number = PhoneNumber(country_code=_country_code(country), national_number=int(digits))
    return phonenumbers.is_valid_short_number_for_region(number, country)


def _as_dialled_at_home(number: PhoneNumber, country: str) -> str:
    """The national spelling with trunk prefix for home numbers (without the North American 1), E.164 for others."""
    if _country_code(country) != number.country_code:
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return _trunk(country) + phonenumbers.national_significant_number(number)


@lru_cache(maxsize=300)  # asked once for each row of an import; there are 245 regions
def _country_code(country: str) -> int:
    return phonenumbers.country_code_for_region(country)


def _trunk(country: str) -> str:
    """What is dialled before a national number; nothing in North America, where the 1 is half country code."""
    plan = PhoneMetadata.metadata_for_region(country)
    return "" if plan is None or plan.country_code == 1 else plan.national_prefix or ""
