"""What a household has decided, as the pure core sees it: lists, switches and treatments at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol

from appliance.core.entry import Entry, EntryKind, ListName
from appliance.core.history import NOTHING_BEFORE, Past
from appliance.core.pattern_index import NO_PATTERNS, PatternIndex
from appliance.core.policy import Policy
from appliance.core.terms import Category, Mode, Treatment

__all__ = [
    "NO_NUMBERS",
    "NO_REPORTS",
    "Category",
    "Entry",
    "EntryKind",
    "Household",
    "Limits",
    "ListName",
    "Mode",
    "NumberIndex",
    "PatternIndex",
    "ReportedNumber",
    "Reports",
    "Treatment",
]


class NumberIndex(Protocol):
    """Exact numbers and prefixes of all lists; may hold millions, so it is asked, not iterated."""

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """Entries of kind EXACT whose value is one of `numbers`, and of kind PREFIX whose value begins one."""

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        """Some EXACT entries of permit list and contacts that differ from `number` (E.164) in the last `digits` only.

        Same length, not the number itself; at most a hundred or so, also expired ones.
        """


@dataclass(frozen=True, slots=True)
class ReportedNumber:
    """What others say of a number. `score`: 0 (nobody minds) to 100 (surely unwanted); `count`: how many reports."""

    score: int
    count: int
    last: date  # of the newest report


class Reports(Protocol):
    """The reported numbers; may hold ten millions, so they are asked, not iterated."""

    def reported(self, number: str) -> ReportedNumber | None:
        """What is reported of an E.164 number, None for nothing."""


@dataclass(frozen=True, slots=True)
class _Empty:
    """Nothing on any list, nothing reported."""

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:  # noqa: ARG002  # the protocol names it
        """No entry."""
        return ()

    def near(self, number: str, digits: int) -> Sequence[Entry]:  # noqa: ARG002  # the protocol names them
        """No entry."""
        return ()

    def reported(self, number: str) -> ReportedNumber | None:  # noqa: ARG002  # the protocol names it
        """No report."""
        return None


NO_NUMBERS: NumberIndex = _Empty()
NO_REPORTS: Reports = _Empty()


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures that rules go by. Each is a setting of the household."""

    repeat_after_s: int = 120  # sooner than this is no insistence: diallers ring twice in a row
    repeat_within_s: int = 1_800
    burst_s: int = 60
    ping_calls: int = 2  # so many calls that gave up after two rings make the next a ping call
    ping_within_s: int = 86_400
    reported_score: int = 50
    reported_count: int = 3
    reported_days: int = 180  # numbers are spoofed and given to others: an older report says nothing


@dataclass(frozen=True, slots=True)
class Household:
    """Everything a decision may depend on, frozen at one moment.

    `index`, `reports` and `past` are read at the moment of the call.
    """

    country: str  # ISO 3166 alpha-2
    area_code: str  # national digits without trunk prefix, "" when not given
    mode: Mode
    policy: Policy
    index: NumberIndex = NO_NUMBERS
    reports: Reports = NO_REPORTS
    past: Past = NOTHING_BEFORE
    patterns: PatternIndex = NO_PATTERNS
    names: PatternIndex = NO_PATTERNS
    dialled: tuple[Entry, ...] = ()
    rings: tuple[Entry, ...] = ()
    permit_next_until: datetime | None = None
    expecting_until: datetime | None = None  # "I am waiting for a call"
    numbers: tuple[str, ...] = ()  # the household's own, E.164
    known_countries: frozenset[str] = frozenset()  # ISO 3166 alpha-2: family abroad, no foreigners here
    switched: Mapping[str, bool] = field(default_factory=dict)  # rules that the household switched on or off
    limits: Limits = Limits()
    zone: tzinfo = UTC  # schedules and hours are wall times here
    clock_floor: datetime | None = None  # it is surely not earlier than this; a clock that says so is not set
