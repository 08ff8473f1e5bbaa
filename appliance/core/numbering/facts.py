"""What a country's numbering plan says, as values: ranges of numbers and their use. No file and no library here.

Ranges are matched on national digits as they are dialled within the country, less the trunk prefix: "162123456" for the
French 0162 123456; Italy keeps its 0. So they match whatever a library of numbers thinks of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

WILD = "x"
"""Any digit, at the beginning of a prefix: "xxx976" is exchange 976 behind every area code."""

SHORT = 6
"""Digits; up to here a number may be a service of one country or carrier (112, 116117, 885), so it is never impossible,
and it is dialled without a trunk prefix."""


_PREFIXES_ABROAD = ("0011", "011", "00")  # a number may keep that of the country which it came through
_SHORTEST_LOCAL = 3  # digits of a service behind an area code; two are the rest of anything


class Meaning(Enum):
    """What a range is for."""

    TELEMARKETING = "telemarketing"  # by law, for sales or automatic calls
    SERVICE = "service"  # for calls that are no sales: deliveries, banks, authorities; a hint, it decides nothing
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    TOLL_FREE = "toll_free"
    RESERVED = "reserved"  # given to nobody, so a number that shows it is made up
    FICTITIOUS = "fictitious"  # kept free for films and books
    EMERGENCY = "emergency"
    HELPLINE = "helpline"  # not for emergencies, but for people in need; also the police on quiet days
    OPERATOR = "operator"  # of the telephone company or of the state


class Action(Enum):
    """What is done about a range unless the household wants it otherwise. BLOCK and SCREEN let a rule speak."""

    BLOCK = "block"  # a rule speaks; the fact is as firm as law
    SCREEN = "screen"  # a rule speaks; calls that are wanted come from here too
    ALLOW = "allow"
    OFF = "off"  # known, and shown on the page, but no rule speaks


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that begin with `prefix`; `lengths` are the digits such a number has in all, () for any.

    `called` and `note` make a sentence for people; `since`: in force from; `checked`: when a person last looked.
    `trunk`: what is dialled before such a number at home, "" for nothing.
    """

    prefix: str
    lengths: tuple[int, ...]
    meaning: Meaning
    action: Action
    called: str
    note: str
    source: str
    url: str
    since: date | None
    checked: date
    trunk: str = ""

    @property
    def sentence(self) -> str:
        """What it is, for people: "Numbers that begin with 0162 are reserved for sales calls in France."."""
        return f"{self.called} {self.note}."

    @property
    def speaks(self) -> bool:
        """Whether a rule goes by it."""
        return self.action in (Action.BLOCK, Action.SCREEN)


ALWAYS_THROUGH = frozenset({Meaning.EMERGENCY, Meaning.HELPLINE, Meaning.OPERATOR})
"""Nothing but an entry for the very number keeps these out."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The ranges whose prefixes tell the digits from `start` to `end`."""

    start: int
    end: int
    ranges: Mapping[str, tuple[Range, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """A country's plan; `country` is its ISO 3166 code.

    `code`: its country code; `trunk` and `abroad`: what is dialled there before a national and a foreign number.
    `neighbour_digits`: as many first digits alike make a neighbour, 0 where nothing is known. `direct_dial_digits`: as
    many last digits differ among the lines of one company. `services` are the ranges that are one whole number, such as
    112; some have two digits. `damage`: what is wrong with the file, so that nothing is known.
    """

    country: str
    name: str = ""
    code: str = ""
    trunk: str = ""
    abroad: str = ""
    neighbour_digits: int = 0
    direct_dial_digits: int = 2
    ranges: tuple[Range, ...] = ()
    damage: str = ""
    services: frozenset[str] = field(init=False, repr=False, compare=False)
    _shelves: tuple[_Shelf, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        whole = (one.prefix for one in self.ranges if one.lengths == (len(one.prefix),) and WILD not in one.prefix)
        object.__setattr__(self, "services", frozenset(whole))
        object.__setattr__(self, "_shelves", _shelves(self.ranges))

    def match(self, digits: str) -> Range | None:
        """The range with the longest prefix that national `digits` begin with; a digit weighs more than WILD.

        One that is off hides none that a rule goes by: numbers of films may be expensive too.
        """
        off = None
        for shelf in self._shelves:
            for one in shelf.ranges.get(digits[shelf.start : shelf.end], ()):
                if not one.lengths or len(digits) in one.lengths:
                    if one.action is not Action.OFF:
                        return one if off is None or one.speaks else off
                    off = off or one
        return off

    def find(self, dialled: str) -> tuple[str, Range] | None:
        """The national digits and the range of a number in any dress: with "+", country code, trunk prefix, or bare."""
        for national in self.nationals(dialled):
            found = self.match(national)
            if found is not None:
                return national, found
        return None

    def plain(self, dialled: str, area_code: str = "") -> str:
        """A number of help out of a dress that leaves no doubt: "+", a prefix for calls abroad, the area code after a
        trunk prefix; any other unchanged.
        """
        return self._first_help((dialled, *self._undressed(dialled, area_code)), dialled)

    def plain_short(self, dialled: str, area_code: str = "") -> str:
        """The same out of any dress, also a mere country or area code in front, for what is no whole number."""
        local = (dialled.removeprefix(area_code),) if len(dialled) - len(area_code) >= _SHORTEST_LOCAL else ()
        return self._first_help((*self.nationals(dialled), *local), dialled)

    def _first_help(self, texts: Iterable[str], otherwise: str) -> str:
        return next((text for text in texts if len(text) <= SHORT and self.is_help(text)), otherwise)

    def _undressed(self, dialled: str, area_code: str) -> Iterator[str]:
        for prefix in ("+", self.abroad, *_PREFIXES_ABROAD):
            if prefix and dialled.startswith(prefix):
                rest = dialled[len(prefix) :]
                yield rest
                if self.code and rest.startswith(self.code):
                    yield rest[len(self.code) :]
                    yield from _behind(self.code + area_code, rest) if area_code else ()
        if area_code and self.trunk:
            yield from _behind(self.trunk + area_code, dialled)

    def is_help(self, national: str) -> bool:
        """Whether national digits are those of a short number of help, which is never dialled in other dress."""
        found = self.match(national) if len(national) <= SHORT else None
        return found is not None and found.meaning in ALWAYS_THROUGH

    def nationals(self, dialled: str) -> Iterator[str]:
        """What the national digits of a number may be, likeliest first; `dialled` holds digits, "+" only in front."""
        if dialled.startswith("+"):
            if self.code and dialled.startswith(self.code, 1):
                yield dialled[1 + len(self.code) :]
            return
        yield dialled
        if self.abroad and dialled.startswith(self.abroad + self.code):
            yield dialled[len(self.abroad) + len(self.code) :]
        if self.trunk and dialled.startswith(self.trunk):
            yield dialled[len(self.trunk) :]
        if self.code and dialled.startswith(self.code):
            yield dialled[len(self.code) :]

    def is_neighbour(self, number: str, own: str) -> bool:
        """Whether two E.164 numbers begin alike, as far as neighbours do; never one and the same number."""
        beginning = 1 + len(self.code) + self.neighbour_digits
        return (
            self.neighbour_digits > 0
            and own.startswith(self.code, 1)
            and number != own
            and len(number) > beginning
            and number[:beginning] == own[:beginning]
        )


@dataclass(frozen=True, slots=True)
class Groups:
    """Which countries belong together, as ISO 3166 codes.

    `shares`: country -> the one whose facts it shares. `domestic`: at home in -> those that are no foreigners there.
    `near`: country -> others of the same part of the world. `lures`: often used to lure people into dear call-backs;
    `neighbours`: at home in -> countries that are no lures there.
    """

    shares: Mapping[str, str]
    domestic: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]
    lures: frozenset[str]
    neighbours: Mapping[str, frozenset[str]]


def _behind(prefix: str, dialled: str) -> Iterator[str]:
    rest = dialled[len(prefix) :]
    if dialled.startswith(prefix) and len(rest) >= _SHORTEST_LOCAL:
        yield rest


def _shelves(ranges: tuple[Range, ...]) -> tuple[_Shelf, ...]:
    sorted_in: dict[tuple[int, int], dict[str, tuple[Range, ...]]] = {}
    for one in ranges:
        told = one.prefix.lstrip(WILD)
        end = len(one.prefix)
        shelf = sorted_in.setdefault((end, end - len(told)), {})
        shelf[told] = (*shelf.get(told, ()), one)
    longest_first = sorted(sorted_in.items(), key=lambda item: (-item[0][0], item[0][1]))
    return tuple(_Shelf(start, end, shelf) for (end, start), shelf in longest_first)
