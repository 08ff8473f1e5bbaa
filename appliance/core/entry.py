"""One row of a list: what it holds, how it matches, and until when. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ListName(Enum):
    """The lists. Permit and contacts beat block."""

    PERMIT = "permit"
    BLOCK = "block"
    CONTACT = "contact"  # the household's address book


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
    """One row of a list. `value` is in the normal form of its kind; times are aware UTC.

    `hours` says when it counts ("" always), in the normal form of hours.py; `vip`: gets through in every profile.
    """

    id: int
    list: ListName
    kind: EntryKind
    value: str
    label: str  # who it is, for people
    note: str
    source: str  # "page", "button", "command", "import:FILE", "auto:RULE" (never without an expiry) ...
    created_at: datetime
    expires_at: datetime | None = None
    hours: str = ""
    vip: bool = False

    def live(self, at: datetime) -> bool:
        """Whether the entry has not expired at that time; its hours are another matter."""
        return self.expires_at is None or at < self.expires_at
