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

from appliance.core import number_text
from appliance.core.called import plain_ring
from appliance.core.numbering import SHORT, Meaning, Range, facts_of, load_facts
from appliance.core.report import Absence, Caller, NumberKind, Presentation, Report
from appliance.core.wildcard import name_key, pattern_key

__all__ = [
    "Absence",
    "Caller",
    "NumberKind",
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

_MADE_UP = frozenset({Meaning.RESERVED, Meaning.FICTITIOUS})
_TYPES = phonenumbers.PhoneNumberType
_KINDS = {
    _TYPES.FIXED_LINE: NumberKind.FIXED, _TYPES.MOBILE: NumberKind.MOBILE, _TYPES.VOIP: NumberKind.VOIP,
    _TYPES.FIXED_LINE_OR_MOBILE: NumberKind.FIXED_OR_MOBILE, _TYPES.TOLL_FREE: NumberKind.TOLL_FREE,
    _TYPES.PREMIUM_RATE: NumberKind.PREMIUM, _TYPES.SHARED_COST: NumberKind.SHARED_COST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Resolved:
    number: PhoneNumber | None
    possible: bool
    region: str | None = None
    kind: NumberKind = NumberKind.UNKNOWN


_NOWHERE, _SHORT_OR_LOCAL = _Resolved(None, possible=False), _Resolved(None, possible=True)


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
    shown = (report.number or "")[: number_text.SHOWN_LIMIT]
    name = (report.name or "").strip() or None
    cleaned = number_text.clean(shown)
    if report.absence is not None or not number_text.has_digit(cleaned):
        return Caller(number_text.absent(shown, report.absence), shown, name, None, (), None, True, dialled, ring)
    cleaned, found = _resolve(cleaned, country, area_code)
    fact = _fact(found.number, cleaned, country)
    possible = found.possible or (fact is not None and fact.meaning not in _MADE_UP)
    keys = _keys(found.number, cleaned, country)
    e164, how = None if found.number is None else keys[0], Presentation.ALLOWED
    return Caller(how, shown, name, e164, keys, found.region, possible, dialled, ring, kind=found.kind, fact=fact)


def _fact(number: PhoneNumber | None, cleaned: str, country: str) -> Range | None:
    """What our own data knows of the number, by its own country's plan; by this one's when it is no whole number."""
    home = facts_of(country)
    if number is None or len(cleaned) <= SHORT:  # a short one is a service, even if an area code could complete it
        found = home.find(cleaned)
        return found[1] if found else None
    national = phonenumbers.national_significant_number(number)
    if home.code == str(number.country_code):
        return home.match(national)
    return facts_of(phonenumbers.region_code_for_country_code(number.country_code or 0)).match(national)


def spellings(text: str, country: str, area_code: str = "") -> tuple[str, ...]:
    """The keys of a number as a network sent it, best first; none when the text holds no digit. Never raises."""
    cleaned = number_text.clean(text[: number_text.SHOWN_LIMIT])
    if not number_text.has_digit(cleaned):
        return ()
    cleaned, found = _resolve(cleaned, country, area_code)
    return _keys(found.number, cleaned, country)


def _keys(number: PhoneNumber | None, cleaned: str, country: str) -> tuple[str, ...]:
    if number is None:
        return (cleaned,)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return tuple(dict.fromkeys((e164, cleaned, _as_dialled_at_home(number, country))))


def list_key(text: str, country: str, area_code: str = "") -> str:
    """The normal form of one number typed by a person: E.164 where it can be formed, else what can be dialled of it.

    It equals `identify(...).keys[0]` of the caller who shows that number. Raises ValueError with a sentence.
    """
    if (quick := _quick_key(text, country)) is not None:
        return quick
    cleaned, resolved = _resolve(number_text.typed_number(text, facts_of(country).services), country, area_code)
    if resolved.number is None:
        return cleaned
    return phonenumbers.format_number(resolved.number, PhoneNumberFormat.E164)


def _quick_key(text: str, country: str) -> str | None:
    return number_text.quick_key(text, str(_country_code(country)), _trunk(country))


def prefix_key(text: str, country: str) -> str:
    """The normal form of the beginning of numbers, typed by a person; a "*" at the end is allowed and dropped.

    "0900" becomes "+31900" in the Netherlands, "0212" stays "+390212" in Italy. What cannot be placed safely stays bare
    digits, and is compared with the number as shown and as dialled at home. Raises ValueError with a sentence.
    """
    cleaned = number_text.typed_beginning(text)
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
            _found(str(example.national_number), region, "")
    _is_short_service("112", country)
    load_facts(country)


def known_countries() -> Iterable[str]:
    """ISO 3166 alpha-2 codes that identify knows, sorted."""
    return sorted(phonenumbers.SUPPORTED_REGIONS)


def _resolve(cleaned: str, country: str, area_code: str) -> tuple[str, _Resolved]:
    """Which number the cleaned text stands for, and that text, or the short number of help behind its dress."""
    home = facts_of(country)
    plain = home.plain(cleaned)
    found = _found(plain, country, area_code)
    if found.number is not None and (found.number.national_number or 0) < 10**SHORT:
        national = phonenumbers.national_significant_number(found.number)
        if home.code == str(found.number.country_code) and home.is_help(national):
            return national, _SHORT_OR_LOCAL
    return plain, found


def _found(cleaned: str, country: str, area_code: str) -> _Resolved:
    if number_text.OF_THE_HOUSE.fullmatch(cleaned):
        return _SHORT_OR_LOCAL
    digits = cleaned.strip("*#") if len(cleaned) > SHORT + 1 else cleaned
    bare = digits.lstrip("+")
    if not bare.isdigit() or len(bare) < number_text.SHORTEST or not bare.strip("0"):
        return _NOWHERE
    if (quick := _quick_key(digits, country)) is not None and quick.startswith("+1"):
        number = PhoneNumber(country_code=1, national_number=int(quick[2:]))
        return _listed(number) or _Resolved(number, True, phonenumbers.region_code_for_number(number))
    parsed = _parse(digits, country)
    valid = None if parsed is None else _listed(parsed)
    return valid or _resolve_the_odd(digits, parsed, country, area_code)


def _listed(number: PhoneNumber) -> _Resolved | None:
    """The number, if a plan lists it."""
    kind = phonenumbers.number_type(number)  # the same look-up as validity, and it tells more
    if kind == _TYPES.UNKNOWN:
        return None
    region = phonenumbers.region_code_for_number(number)
    return _Resolved(number, possible=True, region=region, kind=_KINDS.get(kind, NumberKind.OTHER))


def _resolve_the_odd(digits: str, parsed: PhoneNumber | None, country: str, area_code: str) -> _Resolved:
    """Numbers that no plan lists: short, local, foreign without "+", unknown to the library, impossible."""
    short = len(digits) <= SHORT
    if not short and (ranged := _ranged(digits, country)) is not None:
        return ranged
    if not digits.startswith("+"):
        if len(digits) == number_text.SHORTEST or (short and _is_short_service(digits, country)):
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
        in_plan = number_text.NORTH_AMERICAN.fullmatch(phonenumbers.national_significant_number(parsed))
        return _Resolved(parsed, possible=True) if in_plan else _NOWHERE
    return _Resolved(parsed, possible=True, region=phonenumbers.region_code_for_country_code(parsed.country_code))


def _ranged(digits: str, country: str) -> _Resolved | None:
    """A number of a range that our own data knows and the library does not, whatever its dress."""
    found = facts_of(country).find(digits)
    if found is None or len(found[0]) <= SHORT or found[1].meaning in _MADE_UP or not found[1].lengths:
        return None
    number = PhoneNumber(country_code=_country_code(country), national_number=int(found[0]))
    zeros = len(found[0]) - len(found[0].lstrip("0"))
    if zeros:  # Italy's, which belong to the number
        number.italian_leading_zero, number.number_of_leading_zeros = True, zeros
    return (_listed(number) or _Resolved(number, True, country)) if _is_stable(number) else None


def _parse(digits: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, country)
    except NumberParseException:
        return None


def _valid(digits: str, country: str) -> _Resolved | None:
    parsed = _parse(digits, country)
    return None if parsed is None else _listed(parsed)


def _is_stable(parsed: PhoneNumber) -> bool:
    """Whether its E.164 text reads back as itself; the library strips a 0 from some invalid ones at each reading."""
    return _parse(phonenumbers.format_number(parsed, PhoneNumberFormat.E164), "ZZ") == parsed


def _is_short_service(digits: str, country: str) -> bool:
    short = PhoneNumber(country_code=_country_code(country), national_number=int(digits))
    return phonenumbers.is_valid_short_number_for_region(short, country)


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
