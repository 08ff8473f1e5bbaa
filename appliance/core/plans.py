"""Which number the digits of a field stand for, by the plans of all countries. The only door to phonenumbers.

No report, no list and no verdict may enter. Never import phonenumbers' geocoder, carrier or timezone: the first alone
takes 100 MB.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, ValidationResult

from appliance.core import dress, number_text
from appliance.core.numbering import SHORT, Facts, Meaning, facts_of, load_facts
from appliance.core.report import NumberKind

MADE_UP = frozenset({Meaning.RESERVED, Meaning.FICTITIOUS})
_E164 = PhoneNumberFormat.E164
_TYPES = phonenumbers.PhoneNumberType
_KINDS = {
    _TYPES.FIXED_LINE: NumberKind.FIXED, _TYPES.MOBILE: NumberKind.MOBILE, _TYPES.VOIP: NumberKind.VOIP,
    _TYPES.FIXED_LINE_OR_MOBILE: NumberKind.FIXED_OR_MOBILE, _TYPES.TOLL_FREE: NumberKind.TOLL_FREE,
    _TYPES.PREMIUM_RATE: NumberKind.PREMIUM, _TYPES.SHARED_COST: NumberKind.SHARED_COST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    """What digits stand for. `number` None: nothing whole. `possible`: some plan may have it; `region`: ISO 3166."""

    number: PhoneNumber | None
    possible: bool
    region: str | None = None
    kind: NumberKind = NumberKind.UNKNOWN

    @property
    def e164(self) -> str | None:
        """E.164, None for what is no whole number."""
        return None if self.number is None else phonenumbers.format_number(self.number, _E164)

    @property
    def national(self) -> str:
        """The national digits without trunk prefix, "" for what is no whole number."""
        return "" if self.number is None else phonenumbers.national_significant_number(self.number)

    @property
    def code(self) -> int:
        """Its country code, 0 for what is no whole number."""
        return 0 if self.number is None else self.number.country_code or 0


_NOWHERE, _SHORT_OR_LOCAL = Resolved(None, possible=False), Resolved(None, possible=True)


def resolve(cleaned: str, country: str, area_code: str) -> tuple[str, Resolved]:
    """Which number the cleaned text stands for, and that text, or the short number of help behind its dress."""
    home = facts_of(country)
    plain = home.plain(cleaned, area_code)
    found = _found(plain, country, area_code)
    if found.number is None:
        return home.plain_short(plain, area_code), found
    if (found.number.national_number or 0) < 10**SHORT:
        national = phonenumbers.national_significant_number(found.number)
        if home.code == str(found.number.country_code) and home.is_help(national):
            return national, _SHORT_OR_LOCAL
    return plain, found


def quick_key(text: str, country: str) -> str | None:
    """E.164 of a plain spelling, told by its shape alone; None where the plans must be asked."""
    return number_text.quick_key(text, str(country_code(country)), trunk_of(country))


def _found(cleaned: str, country: str, area_code: str) -> Resolved:
    if number_text.OF_THE_HOUSE.fullmatch(cleaned):
        return _SHORT_OR_LOCAL
    digits = cleaned.strip("*#") if len(cleaned) > SHORT + 1 else cleaned
    bare = digits.lstrip("+")
    if not bare.isdigit() or len(bare) < number_text.SHORTEST or not bare.strip("0"):
        return _NOWHERE
    if (quick := quick_key(digits, country)) is not None and quick.startswith("+1"):
        number = PhoneNumber(country_code=1, national_number=int(quick[2:]))
        return _listed(number) or Resolved(number, True, phonenumbers.region_code_for_number(number))
    digits = dress.french(digits, country)
    if bare == digits and (undressed := _undressed(digits, country, area_code)) is not None:
        return undressed
    parsed = _parse(digits, country)
    listed = None if parsed is None else _listed(parsed)
    return listed or _resolve_the_odd(digits, parsed, country, area_code)


def _undressed(digits: str, country: str, area_code: str) -> Resolved | None:
    """A local number without its area code, or one at home that lost its "+", before it is taken for another's."""
    if (found := local(digits, country, area_code)) is not None:
        return found
    code, trunk = str(country_code(country)), trunk_of(country)
    lost = trunk and len(digits) >= dress.WHOLE and digits.startswith(code) and not digits.startswith(trunk)
    return valid("+" + digits, country) if lost else None


def local(digits: str, country: str, area_code: str) -> Resolved | None:
    """The number that the digits are behind the area code, if a plan lists it and they are no service."""
    if not area_code or not dress.may_be_local(digits):
        return None
    service, short = facts_of(country).match(digits), len(digits) <= SHORT
    if (service is not None and (short or not service.trunk)) or (short and _is_short_service(digits, country)):
        return None
    return valid(area_code + digits, country)


def _listed(number: PhoneNumber) -> Resolved | None:
    """The number, if a plan lists it."""
    kind = phonenumbers.number_type(number)
    if kind == _TYPES.UNKNOWN:
        return None
    region = phonenumbers.region_code_for_number(number)
    return Resolved(number, possible=True, region=region, kind=_KINDS.get(kind, NumberKind.OTHER))


def _resolve_the_odd(digits: str, parsed: PhoneNumber | None, country: str, area_code: str) -> Resolved:
    """Numbers that no plan lists: short, local, foreign without "+", unknown to the library, impossible."""
    short = len(digits) <= SHORT
    if (mainland := dress.from_mainland(digits, country)) and (french := valid(mainland, country)) is not None:
        return french
    if not short and (ranged := _ranged(digits, country)) is not None:
        return ranged
    if not digits.startswith("+"):
        known = short and (facts_of(country).match(digits) is not None or _is_short_service(digits, country))
        if known or len(digits) == number_text.SHORTEST:
            return _SHORT_OR_LOCAL
        completed = valid(area_code + digits, country) if area_code and digits[0] != "0" else None
        if completed is not None:
            return completed
    verdict = None if parsed is None else phonenumbers.is_possible_number_with_reason(parsed)
    other = _elsewhere(digits, country, fits_home=verdict == ValidationResult.IS_POSSIBLE)
    if other is not None or verdict == ValidationResult.TOO_LONG:
        return other or _NOWHERE
    if short or (verdict == ValidationResult.IS_POSSIBLE_LOCAL_ONLY and not digits.startswith("+")):
        return _SHORT_OR_LOCAL
    if parsed is None or verdict != ValidationResult.IS_POSSIBLE or not _is_stable(parsed):
        return _NOWHERE
    if parsed.country_code is None or parsed.country_code == 1:
        in_plan = number_text.NORTH_AMERICAN.fullmatch(phonenumbers.national_significant_number(parsed))
        return Resolved(parsed, possible=True) if in_plan else _NOWHERE
    return Resolved(parsed, possible=True, region=phonenumbers.region_code_for_country_code(parsed.country_code))


def _elsewhere(digits: str, country: str, *, fits_home: bool) -> Resolved | None:
    """A number that a plan lists behind odd dress, or one of this country that is at least possible."""
    parsed = ((text, _parse(text, country)) for text in dress.elsewhere(digits, fits_home=fits_home))
    # The library drops prefixes of other countries out of the midst of a number; that is one guess too many.
    whole = [one for text, one in parsed if one is not None and phonenumbers.format_number(one, _E164) == text]
    listed = next((found for one in whole if (found := _listed(one)) is not None), None)
    if listed is not None or fits_home or country_code(country) == 1:
        return listed
    ours = (one for one in whole if one.country_code == country_code(country) and phonenumbers.is_possible_number(one))
    return next((Resolved(one, possible=True, region=country) for one in ours), None)


def _ranged(digits: str, country: str) -> Resolved | None:
    """A number of a range that our own data knows and the library does not, whatever its dress."""
    found = facts_of(country).find(digits)
    if found is None or len(found[0]) <= SHORT or found[1].meaning in MADE_UP or not found[1].lengths:
        return None
    number = PhoneNumber(country_code=country_code(country), national_number=int(found[0]))
    zeros = len(found[0]) - len(found[0].lstrip("0"))
    if zeros:  # Italy's, which belong to the number
        number.italian_leading_zero, number.number_of_leading_zeros = True, zeros
    return (_listed(number) or Resolved(number, True, country)) if _is_stable(number) else None


def _parse(digits: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, country)
    except NumberParseException:
        return None


def valid(digits: str, country: str) -> Resolved | None:
    """The number that the digits are, if a plan lists it."""
    parsed = _parse(digits, country)
    return None if parsed is None else _listed(parsed)


def _is_stable(parsed: PhoneNumber) -> bool:
    """Whether its E.164 text reads back as itself; the library strips a 0 from some invalid ones at each reading."""
    return _parse(phonenumbers.format_number(parsed, _E164), "ZZ") == parsed


def _is_short_service(digits: str, country: str) -> bool:
    short = PhoneNumber(country_code=country_code(country), national_number=int(digits))
    return phonenumbers.is_valid_short_number_for_region(short, country)


@lru_cache(maxsize=300)  # asked once for each row of an import; there are 245 regions
def country_code(country: str) -> int:
    """The country code, 0 for an unknown country."""
    return phonenumbers.country_code_for_region(country)


def trunk_of(country: str) -> str:
    """What is dialled before a national number; nothing in North America, where the 1 is half country code."""
    plan = PhoneMetadata.metadata_for_region(country)
    return "" if plan is None or plan.country_code == 1 else plan.national_prefix or ""


def plan_of(code: int, home: Facts) -> Facts:
    """Our own data for a country code; `home` wherever its code is the same."""
    return home if home.code == str(code) else facts_of(phonenumbers.region_code_for_country_code(code))


def prefix_abroad(country: str) -> str | None:
    """The expression for what is dialled before a foreign number; None for a country without a plan."""
    plan = PhoneMetadata.metadata_for_region(country)
    return None if plan is None else plan.international_prefix or "(?!)"


@lru_cache(maxsize=2048)  # a page shows fifty rows and is drawn again every few seconds
def display(number: str, country: str) -> str:
    """A number for people: "(212) 555-0123" at home, "+44 20 7946 0123" abroad, other text unchanged."""
    if not number.startswith("+"):
        return number
    parsed = _parse(number, country)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return number
    home = country_code(country) == parsed.country_code
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def warm(country: str) -> None:
    """Load what identify needs at home and in North America's shared plan, so that the first real call is quick.

    About 40 ms and 2 MB. A first caller from another country costs a few milliseconds, once.
    """
    for region in dict.fromkeys((country, *phonenumbers.region_codes_for_country_code(1))):
        example = phonenumbers.example_number(region)
        if example is not None:
            phonenumbers.region_code_for_number(example)
            display(phonenumbers.format_number(example, _E164), country)
            _found(str(example.national_number), region, "")
    _is_short_service("112", country)
    load_facts(country)


def known_countries() -> Iterable[str]:
    """ISO 3166 alpha-2 codes that identify knows, sorted."""
    return sorted(phonenumbers.SUPPORTED_REGIONS)
