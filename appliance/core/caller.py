"""Who is calling: from the text of a number field to one caller. No list and no verdict may enter.

The same number is the same caller in whatever dress it comes: with or without the trunk prefix, the country code, "+",
"00", "011" or the area code. The raw text is kept beside it. What the digits mean in the plans is asked of `plans.py`.
"""

from appliance.core import dress, number_text
from appliance.core.called import plain_ring
from appliance.core.numbering import SHORT, Meaning, Range, facts_of
from appliance.core.plans import (
    MADE_UP,
    Resolved,
    country_code,
    display,
    known_countries,
    local,
    plan_of,
    prefix_abroad,
    quick_key,
    resolve,
    trunk_of,
    valid,
    warm,
)
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


def identify(
    report: Report | None, country: str, area_code: str = "", *, ring: str | None = None, damaged: bool = False
) -> Caller:
    """Who the report speaks of, at home in `country` (ISO 3166 alpha-2); None means that no report came. Never raises.

    `area_code` (national digits without trunk prefix) completes local numbers. `ring` and `damaged`: see Caller.
    """
    ring = plain_ring(ring) if ring else None
    if report is None:
        return Caller(Presentation.NONE, "", None, None, (), None, possible=True, ring=ring, damaged=damaged)
    dialled = spellings(report.dialled, country, area_code) if report.dialled else ()
    shown = (report.number or "")[: number_text.SHOWN_LIMIT]
    name = (report.name or "").strip() or None
    cleaned = number_text.clean(shown)
    if report.absence is not None or not number_text.has_digit(cleaned):
        return Caller(number_text.absent(shown, report.absence), shown, name, None, (), None, True, dialled, ring)
    cleaned, found = resolve(cleaned, country, area_code)
    fact, undressed = _fact(found, cleaned, country)
    possible = found.possible or (fact is not None and fact.meaning not in MADE_UP)
    keys, how = _keys(found, cleaned, country), Presentation.ALLOWED
    e164 = None if found.number is None else keys[0]
    kind, others = NumberKind.UNKNOWN if undressed else found.kind, _perhaps(found, cleaned, keys, country, area_code)
    return Caller(how, shown, name, e164, keys, found.region, possible, dialled, ring, False, kind, fact, others)


def _fact(found: Resolved, cleaned: str, country: str) -> tuple[Range | None, bool]:
    """What our own data knows of the number, by its own country's plan; by this one's when it is no whole number.

    Numbers for sales that are dialled with a trunk prefix show it: without, the digits are as likely a foreign number
    that lost its country code, so nothing is known of them, and the second value is true.
    """
    home = facts_of(country)
    if found.number is None:
        national, fact = home.find(cleaned) or (cleaned, None)
    else:
        national = found.national
        fact = plan_of(found.code, home).match(national)
    bare = fact is not None and fact.meaning is Meaning.TELEMARKETING and fact.trunk != "" and cleaned == national
    return (None if bare else fact), bare


def _perhaps(found: Resolved, digits: str, keys: tuple[str, ...], country: str, area_code: str) -> tuple[str, ...]:
    """Other numbers that undressed digits may stand for: the "+" is lost, or the trunk prefix, or the area code."""
    if not digits.isdigit() or digits[0] == "0" or len(digits) == number_text.SHORTEST:
        return ()
    code, trunk = country_code(country), trunk_of(country)
    if code == 1 and found.code == 1 and found.kind is not NumberKind.UNKNOWN:
        return ()  # here the length tells them apart
    texts: tuple[str | None, ...] = dress.without_plus(digits, str(code))
    if code != 1:
        others = (valid(text + digits, country) for text in (area_code, trunk) if text)
        texts += tuple([one.e164 for one in others if one is not None])
    return tuple(text for text in dict.fromkeys(texts) if text is not None and text not in keys)


def spellings(text: str, country: str, area_code: str = "") -> tuple[str, ...]:
    """The keys of a number as a network sent it, best first; none when the text holds no digit. Never raises."""
    cleaned = number_text.clean(text[: number_text.SHOWN_LIMIT])
    if not number_text.has_digit(cleaned):
        return ()
    cleaned, found = resolve(cleaned, country, area_code)
    return _keys(found, cleaned, country)


def _keys(found: Resolved, cleaned: str, country: str) -> tuple[str, ...]:
    """E.164, what can be dialled of the shown text, and of a number at home the national spelling with trunk prefix."""
    e164 = found.e164
    if e164 is None:
        return (cleaned,)
    if country_code(country) != found.code:
        return tuple(dict.fromkeys((e164, cleaned)))
    return tuple(dict.fromkeys((e164, cleaned, trunk_of(country) + found.national)))


def list_key(text: str, country: str, area_code: str = "") -> str:
    """The normal form of one number typed by a person: E.164 where it can be formed, else what can be dialled of it.

    It equals `identify(...).keys[0]` of the caller who shows that number. Raises ValueError with a sentence.
    """
    if (quick := quick_key(text, country)) is not None:
        return quick
    cleaned, found = resolve(number_text.typed_number(text, facts_of(country).services), country, area_code)
    return found.e164 or cleaned


def prefix_key(text: str, country: str, area_code: str = "") -> str:
    """The normal form of the beginning of numbers, typed by a person; a "*" at the end is allowed and dropped.

    "0900" becomes "+31900" in the Netherlands, "0212" stays "+390212" in Italy, and a whole local number gets its area
    code. What cannot be placed safely stays bare digits, and is compared with the number as shown and as dialled at
    home. Raises ValueError with a sentence.
    """
    cleaned = number_text.typed_beginning(text)
    abroad, code = prefix_abroad(country), country_code(country)
    if abroad is None or cleaned.startswith("+") or "#" in cleaned:
        return cleaned
    whole = local(cleaned, country, area_code) if len(cleaned) > SHORT else None
    if whole is not None and whole.e164 is not None and not (code == 1 and _begins_a_longer_one(cleaned)):
        return whole.e164
    return dress.beginning(cleaned, str(code), trunk_of(country), abroad)


def _begins_a_longer_one(digits: str) -> bool:
    """Whether seven digits in North America may be an area code and more."""
    return valid(digits + "123", "US") is not None
