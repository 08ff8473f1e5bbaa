"""Reports, entries and households for the tests of the core, in as few words as possible."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum

from appliance.core.caller import identify
from appliance.core.history import History, PastCall
from appliance.core.household import (
    Category,
    Entry,
    EntryKind,
    Household,
    Limits,
    ListName,
    Mode,
    PatternIndex,
    ReportedNumber,
    Treatment,
)
from appliance.core.policy import DAY, Policy
from appliance.core.rule import Decision
from appliance.core.screening import screen

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Why(Enum):
    """Why a report holds no number, as the hardware room spells it."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Shown:
    """A Caller ID report."""

    number: str | None = None
    name: str | None = None
    absence: Why | None = None
    dialled: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """A NumberIndex over a handful of entries, as slow and as plain as can be."""

    entries: tuple[Entry, ...] = ()

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        begins = [e for e in self.entries if e.kind is EntryKind.PREFIX and any(n.startswith(e.value) for n in numbers)]
        return [*begins, *(e for e in self.entries if e.kind is EntryKind.EXACT and e.value in numbers)]

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        return [
            e
            for e in self.entries
            if e.kind is EntryKind.EXACT
            and e.list is not ListName.BLOCK
            and len(e.value) == len(number)
            and e.value != number
            and e.value[:-digits] == number[:-digits]
        ]


@dataclass(frozen=True, slots=True)
class Told:
    """Reports over a handful of numbers, E.164."""

    numbers: Mapping[str, ReportedNumber]

    def reported(self, number: str) -> ReportedNumber | None:
        return self.numbers.get(number)


def entry(
    on: ListName,
    value: str,
    kind: EntryKind = EntryKind.EXACT,
    *,
    label: str = "",
    until: datetime | None = None,
    hours: str = "",
    vip: bool = False,
) -> Entry:
    return Entry(1, on, kind, value, label, "", "test", NOW, until, hours, vip)


def reported(score: int = 80, count: int = 12, *, days_ago: int = 19) -> ReportedNumber:
    """What others say, the newest of it so many days before NOW."""
    return ReportedNumber(score, count, date(NOW.year, NOW.month, NOW.day) - timedelta(days=days_ago))


def past_call(
    number: str | None,
    seconds_ago: float,
    *,
    country: str = "US",
    area_code: str = "",
    category: Category | None = Category.UNKNOWN,
    blocked: bool = False,
    short: bool = False,
) -> PastCall:
    """An earlier call of the number as shown, so many seconds before NOW."""
    keys = identify(Shown(number), country, area_code).keys if number else ()
    return PastCall(NOW - timedelta(seconds=seconds_ago), keys, category, blocked, short)


@dataclass(frozen=True, slots=True)
class Home:
    """What a household has on its lists and has switched; `household()` freezes it.

    `treatments` are its choices by day, unless a whole `policy` is given. `calls` are those before, in any order.
    """

    entries: Iterable[Entry] = ()
    country: str = "US"
    mode: Mode = Mode.ON
    treatments: Mapping[Category, Treatment] = field(default_factory=dict)
    permit_next_until: datetime | None = None
    expecting_until: datetime | None = None
    area_code: str = ""
    numbers: tuple[str, ...] = ()
    known_countries: frozenset[str] = frozenset()
    reports: Mapping[str, ReportedNumber] = field(default_factory=dict)
    calls: Sequence[PastCall] = ()
    switched: Mapping[str, bool] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    policy: Policy | None = None
    zone: tzinfo = UTC
    clock_floor: datetime | None = None

    def household(self) -> Household:
        entries = tuple(self.entries)
        by_day = Policy(chosen={(DAY, category): treatment for category, treatment in self.treatments.items()})
        past = History()
        for call in sorted(self.calls, key=lambda call: call.at):
            past.add(call)
        return Household(
            country=self.country,
            area_code=self.area_code,
            mode=self.mode,
            policy=self.policy or by_day,
            index=Index(entries),
            reports=Told(self.reports),
            past=past,
            patterns=PatternIndex(e for e in entries if e.kind is EntryKind.PATTERN),
            names=PatternIndex(e for e in entries if e.kind is EntryKind.NAME),
            dialled=tuple(e for e in entries if e.kind is EntryKind.DIALLED),
            rings=tuple(e for e in entries if e.kind is EntryKind.RING),
            permit_next_until=self.permit_next_until,
            expecting_until=self.expecting_until,
            numbers=self.numbers,
            known_countries=self.known_countries,
            switched=self.switched,
            limits=self.limits,
            zone=self.zone,
            clock_floor=self.clock_floor,
        )

    def decide(self, report: Shown | None, at: datetime = NOW) -> Decision:
        """What comes of a call that shows this; None is a call without Caller ID."""
        return screen(identify(report, self.country, self.area_code), self.household(), at)


def saw(decision: Decision, rule: str) -> str:
    """What one rule said of it, for people."""
    return next(opinion.saw for opinion in decision.trace if opinion.rule == rule)


def unsaid(sentences: Mapping[tuple[str, str], str], said: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of a rule file's SAW table, the keys whose sentence none of the (rule, text) pairs is."""
    pairs = set(said)
    forms = {key: ".+".join(map(re.escape, re.split(r"\{\w+\}", text))) for key, text in sentences.items()}
    return {key for key in forms if not any(key[0] == rule and re.fullmatch(forms[key], text) for rule, text in pairs)}
