"""One call as a row of the log: a record goes in, words and buttons come out. No request and no SQL may enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from appliance.core.caller import Caller, Presentation, display, identify
from appliance.core.explaining import sentence_for
from appliance.core.household import Entry, EntryKind, ListName, Treatment
from appliance.errors import NotFound
from appliance.store import CallRecord, Change, TraceLine
from appliance.store.lists import Lists
from web import when, words
from web.told import sentences

# Whatever was decided, nothing was done to these calls.
LEFT_ALONE = frozenset({"waiting_call", "line_in_use"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A Caller ID report put together again, as `identify` wants it."""

    number: str | None = None
    name: str | None = None
    absence: "Absent | None" = None
    dialled: str | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is no number: "private" or "unavailable"."""

    value: str


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a row: its text, where its POST goes, and its look."""

    text: str
    action: str
    css: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace, in words."""

    rule: str
    saw: str
    verdict: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What the template draws."""

    uid: str
    iso: str
    when: str
    name: str
    number: str
    absent: str
    outcome: words.Outcome
    reason: str
    trace: tuple[Step, ...]
    listed: str  # "permit", "block" or ""
    listed_text: str
    buttons: tuple[Button, ...]
    cannot_block: str  # the category whose setting to change instead, or ""
    why_no_number: str
    told: tuple[str, ...]  # what else the network or the modem told of it, as sentences


@dataclass(frozen=True, slots=True)
class House:
    """Where and when a row is read."""

    country: str
    area_code: str
    now: datetime
    line_alive: bool


def caller_of(call: CallRecord, country: str, area_code: str) -> Caller:
    """The caller of a stored call, for the lists."""
    if call.presentation != Presentation.ALLOWED.value:
        return identify(None, country, area_code)
    return _identified(call.shown, call.number, call.name, country, area_code)


@lru_cache(maxsize=2048)  # a page shows fifty rows and is drawn again with every change
def _identified(shown: str, number: str | None, name: str | None, country: str, area_code: str) -> Caller:
    caller = identify(Reported(shown, name), country, area_code)
    if number is None or caller.number == number:
        return caller
    return identify(Reported(number, name), country, area_code)  # the house has moved since


def row(call: CallRecord, lists: Lists, house: House, address: Callable[..., str]) -> Row:
    """The row of a call. `address` is url_for."""
    caller = caller_of(call, house.country, house.area_code)
    change = lists.latest_change(call.uid)
    entries = [entry for key in caller.keys for entry in lists.exact(key) if entry.live(house.now)]
    listed = _listed(entries)
    decided = call.category is not None
    return Row(
        uid=call.uid,
        iso=call.started_at.isoformat(),
        when=when.moment(call.started_at, house.now, house.country),
        name=words.cut(call.name),
        number=words.cut(display(call.number or call.shown, house.country), 40) if caller.keys else "",
        absent=_absent(call),
        outcome=words.outcome(
            call.outcome,
            call.treatment,
            call.rings,
            ended=call.ended_at is not None or not house.line_alive,
            mode=call.mode,
        ),
        reason=_reason(call, lists),
        trace=steps(call.trace, call.reason),
        listed=listed.value if listed else "",
        listed_text=words.LISTED[listed.value] if listed else "",
        buttons=tuple(_buttons(call, change, listed, address)) if caller.keys else (),
        cannot_block=(call.category or "") if decided and not caller.keys else "",
        why_no_number="the one that came is not trusted" if call.damaged else "none came",
        told=sentences(call, lists, house),
    )


def _absent(call: CallRecord) -> str:
    if call.damaged:
        return words.DAMAGED
    if call.category is None and call.ended_at is None:
        return "Caller not known yet"
    return words.ABSENT.get(call.presentation, words.ABSENT["none"])


def steps(trace: Sequence[TraceLine], reason: str | None) -> tuple[Step, ...]:
    """A stored trace in words."""
    return tuple(
        Step(
            words.rule(line.rule),
            words.cut(line.saw, 300),
            words.VERDICTS.get(line.verdict or "", ""),
            line.rule == reason,
        )
        for line in trace
    )


def _listed(entries: Sequence[Entry]) -> ListName | None:
    for name in (ListName.PERMIT, ListName.BLOCK):  # permit beats block
        if any(entry.list is name for entry in entries):
            return name
    return None


def _reason(call: CallRecord, lists: Lists) -> str:
    if call.reason is None or call.treatment is None:
        return "Waiting for Caller ID." if call.ended_at is None else ""
    kind: EntryKind | None = None
    label = ""
    if call.entry_id is not None:
        try:
            entry = lists.get(call.entry_id)
        except NotFound:  # removed since; the trace still tells what it was
            pass
        else:
            kind, label = entry.kind, words.cut(entry.label)
    return sentence_for(call.reason, Treatment(call.treatment), kind, label, done=call.outcome not in LEFT_ALONE)


def _buttons(
    call: CallRecord, change: Change | None, listed: ListName | None, address: Callable[..., str]
) -> list[Button]:
    found = []
    if listed is not ListName.BLOCK:
        found.append(Button("Block", address("calls.block", uid=call.uid), "block"))
    if listed is not ListName.PERMIT:
        found.append(Button("Permit", address("calls.permit", uid=call.uid), "permit"))
    if change is not None:
        found.append(Button("Undo", address("calls.undo", change_id=change.id), ""))
    return found
