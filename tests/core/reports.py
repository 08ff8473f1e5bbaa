"""Reports, entries and households for the tests of the core, in as few words as possible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

from appliance.core.household import Category, Entry, EntryKind, Household, ListName, Mode, Treatment
from appliance.core.policy import DAY, Policy

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


def entry(
    on: ListName, value: str, kind: EntryKind = EntryKind.EXACT, *, label: str = "", until: datetime | None = None
) -> Entry:
    return Entry(1, on, kind, value, label, "", "test", NOW, until)


@dataclass(frozen=True, slots=True)
class Home:
    """What a household has on its lists; `household()` freezes it."""

    entries: Iterable[Entry] = ()
    country: str = "US"
    mode: Mode = Mode.ON
    treatments: Mapping[Category, Treatment] = field(default_factory=dict)
    permit_next_until: datetime | None = None

    def household(self) -> Household:
        entries = tuple(self.entries)
        return Household(
            country=self.country,
            area_code="",
            mode=self.mode,
            policy=Policy(chosen={(DAY, category): treatment for category, treatment in self.treatments.items()}),
            index=Index(entries),
            patterns=tuple(e for e in entries if e.kind is EntryKind.PATTERN),
            names=tuple(e for e in entries if e.kind is EntryKind.NAME),
            dialled=tuple(e for e in entries if e.kind is EntryKind.DIALLED),
            rings=tuple(e for e in entries if e.kind is EntryKind.RING),
            permit_next_until=self.permit_next_until,
        )
