"""May this caller through? RULES in their order, first opinion wins, and every rule leaves a line in the trace.

One rule is one function without side effects; the words it says stand in the tables at the end, so that they can be
translated. What is done with the answer belongs to `treatment.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from appliance.core.called import is_called
from appliance.core.caller import Caller, Presentation
from appliance.core.household import Category, Entry, EntryKind, Household, ListName, Treatment
from appliance.core.wildcard import matches, plain_name


class Verdict(Enum):
    """What a rule wants. SCREEN leaves it to the household's treatment of the category."""

    ALLOW = "allow"
    BLOCK = "block"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One line of the trace. `verdict` None: no opinion. `saw` is a short sentence for the household."""

    rule: str
    verdict: Verdict | None
    category: Category | None
    saw: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The first opinion, and what every rule said. `reason` is the name of the rule that decided."""

    verdict: Verdict
    category: Category
    reason: str
    entry: Entry | None
    trace: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is asked about. `listed` are the entries for the caller's number, looked up once for both lists."""

    caller: Caller
    household: Household
    at: datetime
    listed: Sequence[Entry]


Rule = Callable[[Case], Opinion]


def screen(caller: Caller, household: Household, at: datetime) -> Decision:
    """Ask every rule, also those after the first with a verdict, for the trace. `at` is aware."""
    listed = household.index.matching(caller.keys) if caller.keys else ()
    case = Case(caller, household, at, listed)
    trace = tuple(rule(case) for rule in RULES)
    for opinion in trace:
        if opinion.verdict is not None and opinion.category is not None:
            return Decision(opinion.verdict, opinion.category, opinion.rule, opinion.entry, trace)
    raise AssertionError("the last rule always has an opinion")


def settled_by_number(caller: Caller, household: Household, at: datetime) -> Decision | None:
    """The decision, if nothing that may still follow can change it; else None.

    A name, the number that was dialled, and how it rings (unless a ring told it already) can only permit, before the
    block list speaks, or block, after the permit list was silent.
    """
    decision = screen(replace(caller, name=None, dialled=()), household, at)
    if decision.verdict is Verdict.ALLOW:
        return decision
    to_come = (*household.names, *household.dialled, *(household.rings if caller.ring is None else ()))
    speaking = {entry.list for entry in to_come if entry.live(at)}
    overruling = {ListName.PERMIT} if decision.verdict is Verdict.BLOCK else {ListName.PERMIT, ListName.BLOCK}
    return None if speaking & overruling else decision


def permit_next(case: Case) -> Opinion:
    """The household expects a call and asked for the next one, whoever it is."""
    until = case.household.permit_next_until
    if until is None:
        return _silent("permit_next", "not_armed")
    if case.at >= until:
        return _silent("permit_next", "armed_too_long_ago")
    return Opinion("permit_next", Verdict.ALLOW, Category.PERMITTED_NEXT, _SAW["permit_next", "armed"])


def permit_list(case: Case) -> Opinion:
    """The household wants this caller."""
    return _by_list("permit_list", ListName.PERMIT, Verdict.ALLOW, Category.PERMITTED, case)


def block_list(case: Case) -> Opinion:
    """The household does not want this caller."""
    return _by_list("block_list", ListName.BLOCK, Verdict.BLOCK, Category.BLOCKED, case)


def withheld(case: Case) -> Opinion:
    """The caller asked the network to hide the number."""
    return _if(case.caller.presentation is Presentation.RESTRICTED, "withheld", Category.WITHHELD)


def unavailable(case: Case) -> Opinion:
    """The network did not know the number."""
    return _if(case.caller.presentation is Presentation.UNAVAILABLE, "unavailable", Category.UNAVAILABLE)


def no_caller_id(case: Case) -> Opinion:
    """No report came: nothing is known, not even whether anything was hidden."""
    none_came = case.caller.presentation is Presentation.NONE and not case.caller.damaged
    return _if(none_came, "no_caller_id", Category.NO_CALLER_ID)


def damaged_caller_id(case: Case) -> Opinion:
    """A report came that cannot be believed, so the caller is treated as one without any."""
    return _if(case.caller.damaged, "damaged_caller_id", Category.NO_CALLER_ID)


def impossible(case: Case) -> Opinion:
    """No numbering plan has such a number, so it was made up."""
    made_up = case.caller.presentation is Presentation.ALLOWED and not case.caller.possible
    return _if(made_up, "impossible", Category.IMPOSSIBLE)


def unknown(_case: Case) -> Opinion:
    """Every caller that no rule before it knows."""
    return _if(True, "unknown", Category.UNKNOWN)


RULES: tuple[Rule, ...] = (
    permit_next,
    permit_list,  # before the block list: a wanted call lost is worse than an unwanted one let through
    block_list,
    withheld,
    unavailable,
    no_caller_id,
    damaged_caller_id,
    impossible,
    unknown,
)


def _by_list(rule: str, name: ListName, verdict: Verdict, category: Category, case: Case) -> Opinion:
    entry = _listed(name, case)
    if entry is None:
        return _silent(rule, "absent" if case.caller.keys else "no_number")
    label = f" ({entry.label})" if entry.label else ""
    return Opinion(rule, verdict, category, _SAW[rule, entry.kind.value].format(value=entry.value, label=label), entry)


def _listed(name: ListName, case: Case) -> Entry | None:
    """The weightiest live entry of one list: exact, then longest prefix, then pattern, then name, then what was called.

    Weight only says which entry is named as the reason. Who calls tells more than which of our numbers was called, and
    the network's word for that number more than a modem's ear for the rhythm of the bell.
    """
    caller, household, at = case.caller, case.household, case.at
    exact: dict[str, Entry] = {}
    begins: list[Entry] = []
    for entry in case.listed:
        if entry.list is name and entry.live(at):
            if entry.kind is EntryKind.EXACT:
                exact[entry.value] = entry
            else:
                begins.append(entry)
    for key in caller.keys if exact else ():
        if key in exact:
            return exact[key]
    if begins:
        return max(begins, key=lambda entry: len(entry.value))
    for entry in household.patterns:
        if entry.list is name and any(matches(entry.value, key) for key in caller.keys) and entry.live(at):
            return entry
    called = plain_name(caller.name) if caller.name and household.names else ""
    for entry in household.names if called else ():
        if entry.list is name and matches(entry.value, called) and entry.live(at):
            return entry
    for entry in household.dialled if caller.dialled else ():
        if entry.list is name and is_called(entry.value, caller.dialled) and entry.live(at):
            return entry
    for entry in household.rings if caller.ring else ():
        if entry.list is name and entry.value == caller.ring and entry.live(at):
            return entry
    return None


def _if(condition: bool, rule: str, category: Category) -> Opinion:
    if not condition:
        return _silent(rule, "no")
    return Opinion(rule, Verdict.SCREEN, category, _SAW[rule, "yes"])


def _silent(rule: str, what: str) -> Opinion:
    return Opinion(rule, None, None, _SAW[rule, what])


def sentence(decision: Decision, treatment: Treatment) -> str:
    """Why, in one sentence for the page: "Blocked because the number is on your block list."."""
    entry = decision.entry
    return sentence_for(decision.reason, treatment, entry.kind if entry else None, entry.label if entry else "")


def sentence_for(
    reason: str, treatment: Treatment, kind: EntryKind | None = None, label: str = "", *, done: bool = True
) -> str:
    """The same from a stored row: the rule's name, the treatment, and the kind and label of the entry if known.

    Not `done` is a call that was left alone whatever had been decided.
    """
    because = _BECAUSE.get((reason, kind)) or _BECAUSE.get((reason, None), "of a rule that no longer exists")
    named = f" ({label})" if label else ""
    joined = ", although" if treatment is Treatment.RING and reason in _SUSPICIOUS else " because"
    return f"{(_DID if done else _WANTED)[treatment]}{joined} {because}{named}."


# Reasons to drop a call, never to let it ring: when such a call rings it is in spite of them.
_SUSPICIOUS = frozenset({"withheld", "unavailable", "no_caller_id", "damaged_caller_id", "impossible"})

_DID = {Treatment.RING: "Let through", Treatment.DROP: "Blocked"}
_WANTED = {Treatment.RING: "Let through", Treatment.DROP: "It was to be dropped"}

_BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("permit_next", None): "you asked for the next call to be let through",
    ("permit_list", None): "the caller is on your permit list",
    ("permit_list", EntryKind.EXACT): "the number is on your permit list",
    ("permit_list", EntryKind.PREFIX): "numbers that begin like this are on your permit list",
    ("permit_list", EntryKind.PATTERN): "the number fits a pattern on your permit list",
    ("permit_list", EntryKind.NAME): "the caller's name is on your permit list",
    ("permit_list", EntryKind.DIALLED): "the number that was called is on your permit list",
    ("permit_list", EntryKind.RING): "calls that ring like this are on your permit list",
    ("block_list", None): "the caller is on your block list",
    ("block_list", EntryKind.EXACT): "the number is on your block list",
    ("block_list", EntryKind.PREFIX): "numbers that begin like this are on your block list",
    ("block_list", EntryKind.PATTERN): "the number fits a pattern on your block list",
    ("block_list", EntryKind.NAME): "the caller's name is on your block list",
    ("block_list", EntryKind.DIALLED): "the number that was called is on your block list",
    ("block_list", EntryKind.RING): "calls that ring like this are on your block list",
    ("withheld", None): "the caller withheld the number",
    ("unavailable", None): "the network did not know the number",
    ("no_caller_id", None): "no Caller ID came with the call",
    ("damaged_caller_id", None): "the Caller ID arrived damaged and tells nothing that can be trusted",
    ("impossible", None): "no telephone has such a number",
    ("unknown", None): "the caller is on neither of your lists",
    ("block_pressed", None): "somebody pressed Block while it rang",
}

_SAW: dict[tuple[str, str], str] = {
    ("permit_next", "armed"): "You asked for the next call to be let through.",
    ("permit_next", "not_armed"): "You did not ask for the next call to be let through.",
    ("permit_next", "armed_too_long_ago"): "You asked for the next call to be let through, but that has run out.",
    ("permit_list", "exact"): "The number is on your permit list{label}.",
    ("permit_list", "prefix"): "Numbers that begin with {value} are on your permit list{label}.",
    ("permit_list", "pattern"): "The number fits {value} on your permit list{label}.",
    ("permit_list", "name"): "The name fits {value} on your permit list{label}.",
    ("permit_list", "dialled"): "Calls to your number {value} are on your permit list{label}.",
    ("permit_list", "ring"): "Calls that ring as {value} are on your permit list{label}.",
    ("permit_list", "absent"): "Neither the number nor the name is on your permit list.",
    ("permit_list", "no_number"): "There is no number to look for, and the name is not on your permit list.",
    ("block_list", "exact"): "The number is on your block list{label}.",
    ("block_list", "prefix"): "Numbers that begin with {value} are on your block list{label}.",
    ("block_list", "pattern"): "The number fits {value} on your block list{label}.",
    ("block_list", "name"): "The name fits {value} on your block list{label}.",
    ("block_list", "dialled"): "Calls to your number {value} are on your block list{label}.",
    ("block_list", "ring"): "Calls that ring as {value} are on your block list{label}.",
    ("block_list", "absent"): "Neither the number nor the name is on your block list.",
    ("block_list", "no_number"): "There is no number to look for, and the name is not on your block list.",
    ("withheld", "yes"): "The caller withheld the number.",
    ("withheld", "no"): "The caller did not withhold the number.",
    ("unavailable", "yes"): "The network did not know the number.",
    ("unavailable", "no"): "The network did not say that the number is unknown to it.",
    ("no_caller_id", "yes"): "No Caller ID came with the call.",
    ("no_caller_id", "no"): "Caller ID came with the call.",
    ("damaged_caller_id", "yes"): "The Caller ID arrived damaged, so nothing in it is trusted.",
    ("damaged_caller_id", "no"): "No damage to the Caller ID was noticed.",
    ("impossible", "yes"): "No telephone has such a number.",
    ("impossible", "no"): "Nothing says that the number was made up.",
    ("unknown", "yes"): "Whoever is on no list is an unknown caller.",
}
