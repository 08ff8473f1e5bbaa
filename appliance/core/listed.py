"""Which entries of the household's lists hold a caller at a moment. No rule and no verdict may enter."""

from collections.abc import Sequence
from datetime import datetime

from appliance.core.called import is_called
from appliance.core.caller import Caller
from appliance.core.hours import within
from appliance.core.household import Entry, EntryKind, Household, ListName
from appliance.core.wildcard import plain_name

NAME_LIMIT = 200
"""Characters of a caller name that are compared. No wire carries 100; what is longer is noise, and would cost time."""


def listed(
    caller: Caller, household: Household, at: datetime, local: datetime | None
) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """The entries of all lists that hold the caller: those that count at that moment, and those whose hours it is not.

    The weightiest first. `local` is the wall time, None when the clock is not set: then hours are no reason to leave
    out whoever is wanted, but an entry of the block list that has hours does not count.
    """
    held = [entry for entry in _held(caller, household) if entry.live(at)]
    resting = [entry for entry in held if entry.hours and not counts(entry, at, local)]
    return [entry for entry in held if entry not in resting] if resting else held, resting


def counts(entry: Entry, at: datetime, local: datetime | None) -> bool:
    """Whether the entry has not expired and is in its hours; `local` as above."""
    if not entry.live(at):
        return False
    if not entry.hours:
        return True
    return entry.list is not ListName.BLOCK if local is None else within(entry.hours, local)


def _held(caller: Caller, household: Household) -> list[Entry]:
    """By weight: exact, then the longest prefix, then pattern, then name, then what was called.

    Weight only says which entry of a list is named as the reason. Who calls tells more than which of our numbers was
    called, and the network's word for that number more than a modem's ear for the rhythm of the bell.
    """
    held: list[Entry] = []
    keys = caller.keys
    if keys:
        numbers = (*keys, *caller.perhaps)
        found = household.index.matching(numbers)
        if caller.perhaps:
            found = [entry for entry in found if _holds(entry, caller)]
        held += sorted(found, key=lambda entry: _weight(entry, numbers))
        held += household.patterns.fitting(keys)
    if caller.name and household.names:
        held += household.names.fitting([plain_name(caller.name[:NAME_LIMIT])])
    if caller.dialled:
        held += [entry for entry in household.dialled if is_called(entry.value, caller.dialled)]
    if caller.ring is not None:
        held += [entry for entry in household.rings if entry.value == caller.ring]
    return held


def _holds(entry: Entry, caller: Caller) -> bool:
    """Whether it holds the caller. One for a number that only may be the caller's counts when that number is wanted."""
    if entry.kind is EntryKind.EXACT:
        return entry.value in caller.keys or entry.list is not ListName.BLOCK
    return any(key.startswith(entry.value) for key in caller.keys)


def _weight(entry: Entry, keys: Sequence[str]) -> tuple[bool, int]:
    """Exact before prefix; of these, by the best spelling and by length."""
    if entry.kind is EntryKind.EXACT:
        return False, keys.index(entry.value)
    return True, -len(entry.value)
