"""Numbers of a country, made up by its plan: fixed, mobile, free, foreign. No behaviour of callers enters.

phonenumbers is asked only whether such a number may exist, so that what is meant to be ordinary is ordinary.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

FILE = Path(__file__).with_name("plans.toml")
TRIES = 2_000  # draws until one is valid; plans are dense, so tens are enough, and an end is better than none
NEIGHBOUR_DIGITS = 4  # that differ between numbers of one exchange
FIXED = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


@dataclass(frozen=True, slots=True)
class Plan:
    """One country. Tables of numbers: how they begin, national digits -> how many digits follow."""

    region: str
    code: str
    trunk: str
    zone: str
    areas: Mapping[str, int]
    area_code: bool
    mobile: Mapping[str, int]
    emergency: Sequence[str]
    family: Sequence[str]
    lures: Sequence[str]
    abroad: Sequence[str]
    names: bool = False
    toll_free: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[str, int] = field(default_factory=dict)
    premium: Mapping[str, int] = field(default_factory=dict)
    mandated: Mapping[str, int] = field(default_factory=dict)
    services: Mapping[str, int] = field(default_factory=dict)
    fiction: Sequence[str] = ()

    def fixed(self, rng: Random, area: str = "") -> str:
        """The national digits of an ordinary fixed number."""
        return self._valid(rng, {area: self.areas[area]} if area else self.areas, FIXED)

    def mobile_number(self, rng: Random) -> str:
        """Of a mobile; where mobiles look like fixed ones, of any area."""
        return self._valid(rng, self.mobile or self.areas)

    def elsewhere(self, rng: Random, area: str) -> str:
        """A fixed number of another area."""
        return self.fixed(rng, rng.choice([other for other in self.areas if other != area]))

    def free(self, rng: Random) -> str:
        """A number that costs its caller nothing."""
        return self._valid(rng, self.toll_free)

    def company(self, rng: Random) -> str:
        """What a bank or a utility shows: free or shared cost."""
        return self._valid(rng, {**self.toll_free, **self.shared})

    def dear(self, rng: Random) -> str:
        """A premium number; a free one where the plan names none."""
        return _drawn(rng, self.premium or self.toll_free)

    def sales(self, rng: Random) -> str:
        """A number that law prescribes for sales calls."""
        return _drawn(rng, self.mandated)

    def service(self, rng: Random) -> str:
        """A number that law prescribes for wanted calls of companies."""
        return _drawn(rng, self.services)

    def beside(self, rng: Random, national: str, digits: int) -> str:
        """Another number that differs in its last digits only."""
        kept = national[:-digits]
        for _ in range(TRIES):
            found = kept + _digits(rng, digits)
            if found != national and not self._fictitious(found):
                return found
        raise AssertionError("every number beside it is kept for fiction")

    def unassigned(self, rng: Random) -> str:
        """Of a possible shape, and nobody's."""
        for _ in range(TRIES):
            found = _drawn(rng, {str(first): self._length() - 1 for first in range(2, 10)})
            number = PhoneNumber(country_code=int(self.code), national_number=int(found))
            if phonenumbers.is_possible_number(number) and not phonenumbers.is_valid_number(number):
                return found
        return self.fixed(rng)  # plans without gaps, such as the Italian one

    def e164(self, national: str) -> str:
        """With "+" and country code; Italy keeps its 0."""
        return f"+{self.code}{national}"

    def at_home(self, national: str) -> str:
        """As networks of the country show it."""
        return self.trunk + national

    def dressed(self, rng: Random, national: str, area: str) -> str:
        """As some networks show it: with "+", 00, bare country code, North America's 1, or without the area code."""
        dresses = [self.e164(national), self.code + national, f"00{self.code}{national}"]
        if self.trunk:
            dresses.append(self.trunk + national)
        if self.code == "1":
            dresses = [self.e164(national), self.code + national, f"011{self.code}{national}"]
        if self.area_code and area and national.startswith(area) and len(national) - len(area) > 6:
            dresses.append(national.removeprefix(area))
        return rng.choice(dresses)

    def abroad_number(self, rng: Random, region: str) -> str:
        """A number of another country, E.164: the plan's example with other last digits."""
        kind = rng.choice([phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE])
        example = phonenumbers.example_number_for_type(region, kind)
        assert example is not None, region
        text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        for _ in range(TRIES):
            found = text[:-5] + _digits(rng, 5)
            if phonenumbers.is_valid_number(phonenumbers.parse(found)):
                return found
        return text

    def shown_from_abroad(self, rng: Random, e164: str) -> str:
        """As networks show a foreign number: "+", 00 (011 in North America), or nothing before the country code."""
        digits = e164.removeprefix("+")
        if self.code == "1" and digits.startswith("1"):
            return digits[1:]
        return rng.choice([e164, e164, ("011" if self.code == "1" else "00") + digits, digits])

    def _valid(self, rng: Random, table: Mapping[str, int], kinds: frozenset[int] = frozenset()) -> str:
        for _ in range(TRIES):
            found = _drawn(rng, table)
            if not self._fictitious(found) and _valid(self.code, found, self.region, kinds):
                return found
        raise AssertionError(f"no valid number among {table} of {self.region}")

    def _fictitious(self, national: str) -> bool:
        return any(fits(beginning, national) for beginning in self.fiction)

    def _length(self) -> int:
        area, follow = next(iter(self.areas.items()))
        return len(area) + follow


def fits(beginning: str, national: str) -> bool:
    """Whether a number begins so; "*555" and "*?11" speak of the exchange behind an area code of three digits."""
    if beginning[0] != "*":
        return national.startswith(beginning)
    return all(wanted in ("?", digit) for wanted, digit in zip(beginning[1:], national[3:6], strict=True))


@lru_cache(maxsize=1)
def plans() -> dict[str, Plan]:
    """All countries of the benchmark."""
    with FILE.open("rb") as file:
        return {region: Plan(region, **row) for region, row in tomllib.load(file).items()}


def made_up(rng: Random, plan: Plan) -> str:
    """What no telephone has, in the ways it has been seen: zeros, one digit over and over, too short, far too long."""
    return rng.choice(
        [
            "0" * 10,
            str(rng.randrange(1, 10)) * 10 if plan.code == "1" else "0" * rng.randrange(5, 12),
            _digits(rng, 17),
            "1" + _digits(rng, 4),
            ("0" + _digits(rng, 9)) if plan.code == "1" else f"{plan.trunk}{'9' * 14}",
        ]
    )


def _valid(code: str, national: str, region: str, kinds: frozenset[int]) -> bool:
    number = PhoneNumber(
        country_code=int(code), national_number=int(national), italian_leading_zero=national.startswith("0") or None
    )
    if not phonenumbers.is_valid_number_for_region(number, region):
        return False
    return not kinds or phonenumbers.number_type(number) in kinds


def _drawn(rng: Random, table: Mapping[str, int]) -> str:
    prefix = rng.choice(list(table))
    return prefix + _digits(rng, table[prefix])


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))
