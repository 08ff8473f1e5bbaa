"""How entries, calls and traces look on a terminal. Pure: values in, lines out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from appliance.commands.base import plain
from appliance.commands.when import local
from appliance.core.caller import Presentation, display, spellings
from appliance.core.household import Entry, EntryKind

if TYPE_CHECKING:
    from appliance.store import CallRecord, LineStatus

_PHRASES = {
    EntryKind.EXACT: "the number {}",
    EntryKind.PREFIX: "every number that begins with {}",
    EntryKind.PATTERN: "every number that matches {}",
    EntryKind.NAME: "every caller whose name matches {}",
    EntryKind.DIALLED: "every call to your number {}",
    EntryKind.RING: "every call that rings as {}",
}
_NUMBERS = frozenset({EntryKind.EXACT, EntryKind.DIALLED})
# Widths in columns. A cell is cut at its width: a name that a caller chose must not push the rest off the screen.
ENTRY_WIDTHS = (7, 22, 24, 16)
CALL_WIDTHS = (16, 20, 24, 16, 12)
OUTCOMES = {  # as the call table names them; a newer word is shown as it is
    None: "going on",
    "rang_out": "rang",
    "dropped": "dropped",
    "drop_failed": "drop failed",
    "would_drop": "would drop",
    "waiting_call": "call waiting",
    "line_in_use": "line in use",
    "interrupted": "not seen out",
}
_NO_NUMBER = {
    Presentation.RESTRICTED.value: "number withheld",
    Presentation.UNAVAILABLE.value: "not available",
    Presentation.NONE.value: "no caller ID",
}


def described(entry: Entry, country: str) -> str:
    """An entry in words: "the number (212) 555-0199 (Roof sellers) until 2026-12-31 00:00, only sat 08:00-17:00"."""
    label = f" ({plain(entry.label)})" if entry.label else ""
    until = f" until {local(entry.expires_at)}" if entry.expires_at else ""
    hours = f", only {entry.hours}" if entry.hours else ""
    vip = ", at any time" if entry.vip else ""
    return _PHRASES[entry.kind].format(_value(entry, country)) + label + until + hours + vip


def entry_line(entry: Entry, country: str) -> str:
    """One line of a list: kind, value, label, expiry; then VIP, hours and note."""
    until = f"until {local(entry.expires_at)[:10]}" if entry.expires_at else ""
    more = ", ".join(filter(None, ("VIP" if entry.vip else "", entry.hours, entry.note)))
    return row((entry.kind.value, _value(entry, country), entry.label, until, more), ENTRY_WIDTHS)


def entry_fields(entry: Entry) -> dict[str, Any]:
    """An entry for JSON; times are ISO 8601, UTC."""
    return asdict(entry) | {"list": entry.list.value, "kind": entry.kind.value}


def call_line(call: "CallRecord", country: str) -> str:
    """One line of the call log: time, who, name, category, outcome, and what else is known of it."""
    who = display(call.number, country) if call.number else call.shown or _NO_NUMBER.get(call.presentation, "")
    category = (call.category or "").replace("_", " ")
    outcome = OUTCOMES.get(call.outcome, call.outcome or "")
    return row((local(call.started_at), who, call.name or "", category, outcome, _more(call, country)), CALL_WIDTHS)


def _more(call: "CallRecord", country: str) -> str:
    """What most calls do not have: another mode, the number that was called, how it rang, who passed it on."""
    said = (
        ("({})", "" if call.mode == "on" else call.mode),
        ("{} was wanted", _wanted(call)),
        ("to {}", _own_number(call.dialled, country)),
        ("ring {}", call.ring_pattern),
        ("passed on by {}", _own_number(call.forwarded_by, country)),
        ("{}", (call.call_type or "").replace("_", " ") if call.call_type != "voice" else ""),
        ("{}", "long distance" if call.long_distance else ""),
        ("call back {}", _own_number(call.dialable, country)),
        ("{}", "damaged caller ID" if call.damaged else ""),
        ("could be {}", " ".join(filter(None, (call.readable_number, call.readable_name))) if call.damaged else ""),
    )
    return ", ".join(form.format(what) for form, what in said if what)


def _wanted(call: "CallRecord") -> str:
    """What the household wanted done, where this version did something else."""
    return (call.wanted or "").replace("_", " ") if call.wanted != call.treatment else ""


def _own_number(text: str | None, country: str) -> str:
    """A number as a network sent it, in the spelling of people."""
    return display(next(iter(spellings(text, country)), text), country) if text else ""


def line_status(line: "LineStatus", alive: bool) -> str:
    """One phone line in one line of text."""
    state = line.state if alive else f"not running since {local(line.heartbeat_at)}"
    caller_id = {True: ", caller ID on", False: ", caller ID off", None: ""}[line.caller_id]
    modem = f", modem {line.modem_name} on {line.port}" if line.modem_name else ""
    rang = f", last ring {local(line.last_ring_at)}" if line.last_ring_at else ""
    return f"line {line.line}: {state}{modem}{caller_id}{rang}"


def json_array(rows: Iterable[Any]) -> Iterator[str]:
    """A JSON array with one row a line, written as it is read."""
    yield "["
    before = None
    for item in rows:
        if before is not None:
            yield before + ","
        before = json.dumps(item, default=_plain_value, ensure_ascii=True)
    if before is not None:
        yield before
    yield "]"


def row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table; the last cell is open."""
    fitted = [_cut(plain(cell), width).ljust(width) for cell, width in zip(cells, widths, strict=False)]
    return "  ".join([*fitted, plain(cells[-1])]).rstrip()


def _value(entry: Entry, country: str) -> str:
    return plain(display(entry.value, country) if entry.kind in _NUMBERS else entry.value)


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"


def _plain_value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{value!r} is no JSON")
