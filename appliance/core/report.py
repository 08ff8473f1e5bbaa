"""What a Caller ID report is to this room, and the caller it becomes. Types only; `caller.py` does the work."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from appliance.core.numbering.facts import Range


class Presentation(Enum):
    """What the network let us see of the number."""

    ALLOWED = "allowed"
    RESTRICTED = "restricted"  # withheld by the caller ("P")
    UNAVAILABLE = "unavailable"  # not known to the network ("O"), or a report without a number
    NONE = "none"  # no report came at all


class NumberKind(Enum):
    """What sort of line has the number, as far as its country's plan tells."""

    FIXED = "fixed"
    MOBILE = "mobile"
    FIXED_OR_MOBILE = "fixed_or_mobile"  # North America does not tell them apart
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    VOIP = "voip"
    OTHER = "other"  # personal numbers, pagers, company-wide numbers
    UNKNOWN = "unknown"  # no plan lists it


class Absence(Protocol):
    """Why a report holds no number; `value` is "private" or "unavailable"."""

    @property
    def value(self) -> str: ...


class Report(Protocol):
    """A Caller ID report, as far as this room cares."""

    @property
    def number(self) -> str | None: ...

    @property
    def name(self) -> str | None: ...

    @property
    def absence(self) -> Absence | None: ...

    @property
    def dialled(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller. `keys` are its spellings, best first: E.164, what can be dialled of `shown`, as dialled at home.

    `number` is E.164, or None when the digits make none (short, local without area code, impossible). `possible` is
    false only when the numbering plan has no such number; a number merely unknown to libphonenumber is possible.
    `dialled` are the spellings of the number that was called, where the network told it; `ring` is how it rings, where
    the modem told it. `damaged`: a report came, but not one that can be believed, so presentation is NONE. `fact` is
    what our own data says of the number's range, whatever libphonenumber thinks of it; `kind` is libphonenumber's word.
    `perhaps` are other numbers that undressed digits may stand for: whoever is wanted is looked up by them too.
    """

    presentation: Presentation
    shown: str
    name: str | None
    number: str | None
    keys: tuple[str, ...]
    region: str | None
    possible: bool
    dialled: tuple[str, ...] = ()
    ring: str | None = None
    damaged: bool = False
    kind: NumberKind = NumberKind.UNKNOWN
    fact: Range | None = None
    perhaps: tuple[str, ...] = ()
