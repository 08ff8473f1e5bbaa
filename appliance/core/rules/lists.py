"""The household's own lists: who is on one is no stranger. One rule is one function."""

from appliance.core.called import is_called
from appliance.core.household import Entry, EntryKind, ListName
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import silent
from appliance.core.terms import Category
from appliance.core.wildcard import matches, plain_name


def permit_list(case: Case) -> Opinion:
    """The household wants this caller."""
    return _by_list("permit_list", ListName.PERMIT, Verdict.ALLOW, Category.PERMITTED, case)


def block_list(case: Case) -> Opinion:
    """The household does not want this caller."""
    return _by_list("block_list", ListName.BLOCK, Verdict.BLOCK, Category.BLOCKED, case)


def _by_list(rule: str, name: ListName, verdict: Verdict, category: Category, case: Case) -> Opinion:
    entry = _listed(name, case)
    if entry is None:
        return silent(SAW, rule, "absent" if case.caller.keys else "no_number")
    label = f" ({entry.label})" if entry.label else ""
    return Opinion(rule, verdict, category, SAW[rule, entry.kind.value].format(value=entry.value, label=label), entry)


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


SAW: dict[tuple[str, str], str] = {
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
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
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
}

PERMIT_LIST = Rule("permit_list", permit_list, (Category.PERMITTED,), switch=False)
BLOCK_LIST = Rule("block_list", block_list, (Category.BLOCKED,), switch=False)
