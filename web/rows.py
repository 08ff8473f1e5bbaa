"""One call as a row of the log: a record goes in, words and buttons come out. No request and no SQL may enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from appliance.core.caller import Caller, display, identify
from appliance.core.explaining import sentence_for
from appliance.core.household import Entry, EntryKind, ListName, Treatment
from appliance.core.policy import DAY
from appliance.core.report import Report
from appliance.errors import NotFound
from appliance.judging import caller_of
from appliance.rule_words import rule_title
from appliance.store import CallRecord, Change, TraceLine
from appliance.store.lists import Lists
from web import when, words, words_policy
from web.told import sentences

# Whatever was decided, nothing was done to these calls.
LEFT_ALONE = frozenset({"waiting_call", "line_in_use"})


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
    decided: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """The rules that had something to say about a call, and those that had not."""

    spoke: tuple[Step, ...]
    silent: tuple[Step, ...]


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
    spoke: tuple[Step, ...]  # what decided, and what would have
    rules: int  # how many were asked
    kind: str  # what kind of call it is
    profile_name: str  # the one that was in force
    profile: str  # the same as a heading, "" for Day
    listed: str  # "permit", "contact", "block" or ""
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


def caller_at_home(call: CallRecord, country: str, area_code: str) -> Caller:
    """The caller of a stored call, for the lists of a household there."""
    return caller_of(call, partial(_identified, country, area_code))


@lru_cache(maxsize=2048)  # a page shows fifty rows and is drawn again with every change
def _identified(country: str, area_code: str, report: Report | None, *, ring: str | None, damaged: bool) -> Caller:
    return identify(report, country, area_code, ring=ring, damaged=damaged)


def row(call: CallRecord, lists: Lists, house: House, address: Callable[..., str]) -> Row:
    """The row of a call. `address` is url_for."""
    caller = caller_at_home(call, house.country, house.area_code)
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
        spoke=steps([line for line in call.trace if _has_spoken(line, call.reason)], call.reason),
        rules=len(call.trace),
        kind=words_policy.category(call.category) if decided else "",
        profile_name=call.profile or DAY,
        profile=words_policy.profile(call.profile) if call.profile and call.profile != DAY else "",
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
            rule_title(line.rule),
            words.cut(line.saw, 300),
            line.rule == reason,
        )
        for line in trace
    )


def told_apart(trace: Sequence[TraceLine], reason: str | None) -> Trace:
    """A few rules have something to say, and the rest would bury them."""
    return Trace(
        steps([line for line in trace if _has_spoken(line, reason)], reason),
        steps([line for line in trace if not _has_spoken(line, reason)], reason),
    )


def _has_spoken(line: TraceLine, reason: str | None) -> bool:
    return line.verdict is not None or line.rule == reason


def _listed(entries: Sequence[Entry]) -> ListName | None:
    for name in (ListName.PERMIT, ListName.CONTACT, ListName.BLOCK):  # in the order in which they win
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
    done, wanted = _treatment(call.treatment), _treatment(call.wanted)
    if done is None:
        return ""
    return sentence_for(call.reason, done, kind, label, wanted=wanted, done=call.outcome not in LEFT_ALONE)


def _treatment(value: str | None) -> Treatment | None:
    """A stored treatment; None for none, or one of another version."""
    try:
        return Treatment(value)
    except ValueError:
        return None


def _buttons(
    call: CallRecord, change: Change | None, listed: ListName | None, address: Callable[..., str]
) -> list[Button]:
    found = []
    if listed is not ListName.BLOCK:
        found.append(Button("Block", address("calls.block", uid=call.uid), "block"))
    if listed not in (ListName.PERMIT, ListName.CONTACT):
        found.append(Button("Permit", address("calls.permit", uid=call.uid), "permit"))
    if change is not None:
        found.append(Button("Undo", address("calls.undo", change_id=change.id), ""))
    return found
