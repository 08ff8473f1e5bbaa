"""What a network or a modem told of a call beyond its caller, as sentences of its row. No request or SQL may enter."""

from collections.abc import Sequence
from typing import Protocol

from appliance.core.called import is_called, plain_ring
from appliance.core.caller import display, spellings
from appliance.core.household import Entry
from appliance.store import CallRecord
from appliance.store.lists import Lists
from web import words


class Home(Protocol):
    """Where a row is read."""

    @property
    def country(self) -> str: ...

    @property
    def area_code(self) -> str: ...


def sentences(call: CallRecord, lists: Lists, home: Home) -> tuple[str, ...]:
    """One sentence for each thing that was told; most calls have none."""
    found = (
        _called(call, lists, home),
        _ring(call, lists),
        f"Passed on by {_number(call.forwarded_by, home)}." if call.forwarded_by else "",
        words.CALL_TYPES.get(call.call_type or "", ""),
        "A long-distance call." if call.long_distance else "",
        f"To call back, dial {_number(call.dialable, home)}." if call.dialable else "",
        words.NO_NAME.get(call.name_absence or "", ""),
        _damage(call, home),
    )
    return tuple(filter(None, found))


def _called(call: CallRecord, lists: Lists, home: Home) -> str:
    if not call.dialled:
        return ""
    keys = spellings(call.dialled, home.country, home.area_code)
    ours = [entry for entry in lists.dialled() if is_called(entry.value, keys)]
    return f"Called your number {_number(call.dialled, home)}{_label(ours)}."


def _ring(call: CallRecord, lists: Lists) -> str:
    if not call.ring_pattern:
        return ""
    pattern = plain_ring(call.ring_pattern)
    return f"It rang as {words.isolated(pattern)}{_label([e for e in lists.rings() if e.value == pattern])}."


def _damage(call: CallRecord, home: Home) -> str:
    if not call.damaged:
        return ""
    number = _number(call.readable_number, home) if call.readable_number else ""
    name = words.isolated(call.readable_name) if call.readable_name else ""
    guess = f"it could be {' '.join(filter(None, (number, name)))} (not trusted)"
    readable = guess if number or name else "nothing of it could be read"
    return f"The Caller ID arrived damaged; {readable}. {words.isolated(call.damaged, 200)}"


def _label(entries: Sequence[Entry]) -> str:
    """What the household calls that number of its own, if an entry of a list says so."""
    return next((f" ({words.isolated(entry.label)})" for entry in entries if entry.label), "")


def _number(text: str, home: Home) -> str:
    best = next(iter(spellings(text, home.country, home.area_code)), text)
    return words.isolated(display(best, home.country))
