"""A household with one entry more or less on its lists, as if it were stored. Pure: for what-if, before it is saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from appliance.core.household import Entry, EntryKind, Household, ListName, NumberIndex, PatternIndex


def with_entry(household: Household, entry: Entry) -> Household:
    """The household with that entry; one of the same list, kind and value goes."""
    rest = without_entry(household, entry)
    match entry.kind:
        case EntryKind.EXACT | EntryKind.PREFIX:
            return replace(rest, index=_OneMore(rest.index, entry))
        case EntryKind.PATTERN:
            return replace(rest, patterns=PatternIndex((*rest.patterns, entry)))
        case EntryKind.NAME:
            return replace(rest, names=PatternIndex((*rest.names, entry)))
        case EntryKind.DIALLED:
            return replace(rest, dialled=(*rest.dialled, entry))
        case EntryKind.RING:
            return replace(rest, rings=(*rest.rings, entry))


def without_entry(household: Household, entry: Entry) -> Household:
    """The household without an entry of that list, kind and value."""
    match entry.kind:
        case EntryKind.EXACT | EntryKind.PREFIX:
            return replace(household, index=_OneLess(household.index, entry))
        case EntryKind.PATTERN:
            return replace(household, patterns=PatternIndex(_others(household.patterns, entry)))
        case EntryKind.NAME:
            return replace(household, names=PatternIndex(_others(household.names, entry)))
        case EntryKind.DIALLED:
            return replace(household, dialled=_others(household.dialled, entry))
        case EntryKind.RING:
            return replace(household, rings=_others(household.rings, entry))


def _others(held: Iterable[Entry], entry: Entry) -> tuple[Entry, ...]:
    return tuple(other for other in held if not _same(other, entry))


def _same(one: Entry, other: Entry) -> bool:
    return (one.list, one.kind, one.value) == (other.list, other.kind, other.value)


@dataclass(frozen=True, slots=True)
class _OneMore:
    """An index that also holds `entry`, an EXACT or PREFIX one."""

    index: NumberIndex
    entry: Entry

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """See NumberIndex."""
        value, exact = self.entry.value, self.entry.kind is EntryKind.EXACT
        fits = any(number == value if exact else number.startswith(value) for number in numbers)
        return (*self.index.matching(numbers), *((self.entry,) if fits else ()))

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        """See NumberIndex."""
        value = self.entry.value
        close = len(value) == len(number) and value != number and value[:-digits] == number[:-digits]
        wanted = self.entry.kind is EntryKind.EXACT and self.entry.list is not ListName.BLOCK
        return (*self.index.near(number, digits), *((self.entry,) if close and wanted else ()))


@dataclass(frozen=True, slots=True)
class _OneLess:
    """An index without entries like `entry`."""

    index: NumberIndex
    entry: Entry

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """See NumberIndex."""
        return _others(self.index.matching(numbers), self.entry)

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        """See NumberIndex."""
        return _others(self.index.near(number, digits), self.entry)
