"""What a household has decided, as the pure core sees it: lists, switches and treatments at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class ListName(Enum):
    """The two lists. Permit beats block."""

    PERMIT = "permit"
    BLOCK = "block"


class EntryKind(Enum):
    """How an entry matches; in this order of weight within one list."""

    EXACT = "exact"  # one number, E.164 with "+" where it can be known, else the bare digits
    PREFIX = "prefix"  # every number that starts so, same spelling as EXACT
    PATTERN = "pattern"  # "*" any run, "?" one character, over the number
    NAME = "name"  # "*" and "?" over the caller name, case ignored
    DIALLED = "dialled"  # the number that was called, of several that ring here; same spelling as EXACT
    RING = "ring"  # how it rings: the letter or digit that a modem prints after RING, upper case


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the permit or block list. `value` is in the normal form of its kind; times are aware UTC."""

    id: int
    list: ListName
    kind: EntryKind
    value: str
    label: str  # who it is, for people
    note: str
    source: str  # "page", "button", "command", "import:FILE", ...
    created_at: datetime
    expires_at: datetime | None = None

    def live(self, at: datetime) -> bool:
        """Whether the entry still counts at that time."""
        return self.expires_at is None or at < self.expires_at


class Category(Enum):
    """What kind of call it is."""

    PERMITTED_NEXT = "permitted_next"
    PERMITTED = "permitted"
    BLOCKED = "blocked"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    NO_CALLER_ID = "no_caller_id"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


class Treatment(Enum):
    """What happens to a call. More come with voice."""

    RING = "ring"
    DROP = "drop"


class Mode(Enum):
    """The household's main switch."""

    ON = "on"
    REHEARSAL = "rehearsal"  # decide and record, never touch the line
    OFF = "off"


class NumberIndex(Protocol):
    """Exact numbers and prefixes of both lists; may hold millions, so it is asked, not iterated."""

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """Entries of kind EXACT whose value is one of `numbers`, and of kind PREFIX whose value begins one."""


@dataclass(frozen=True, slots=True)
class Household:
    """Everything a decision may depend on, frozen at one moment (the index is read at the moment of the call)."""

    country: str  # ISO 3166 alpha-2
    area_code: str  # national digits without trunk prefix, "" when not given
    mode: Mode
    treatments: Mapping[Category, Treatment]
    index: NumberIndex
    patterns: tuple[Entry, ...] = ()
    names: tuple[Entry, ...] = ()
    dialled: tuple[Entry, ...] = ()
    rings: tuple[Entry, ...] = ()
    permit_next_until: datetime | None = None
