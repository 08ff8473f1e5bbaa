"""The household's own lists: who is on one is no stranger. One rule is one function."""

from appliance.core.household import Entry, EntryKind, ListName
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.numbers import is_emergency
from appliance.core.rules.opinions import silent, unspoken
from appliance.core.terms import Category

_GIVES = {
    ListName.PERMIT: ("permit_list", Verdict.ALLOW, Category.PERMITTED),
    ListName.CONTACT: ("contacts", Verdict.ALLOW, Category.CONTACT),
    ListName.BLOCK: ("block_list", Verdict.BLOCK, Category.BLOCKED),
}


def permit_list(case: Case) -> Opinion:
    """The household wants this caller."""
    return _by_list(ListName.PERMIT, case)


def contacts(case: Case) -> Opinion:
    """The caller is in the household's address book."""
    return _by_list(ListName.CONTACT, case)


def block_list(case: Case) -> Opinion:
    """The household does not want this caller."""
    if blocking(case) is None and entry_on(ListName.BLOCK, case) is not None:
        return silent(SAW, "block_list", "must_get_through")
    return _by_list(ListName.BLOCK, case)


def entry_on(name: ListName, case: Case) -> Entry | None:
    """The weightiest entry of a list that holds the caller now."""
    for entry in case.listed:
        if entry.list is name:
            return entry
    return None


def blocking(case: Case) -> Entry | None:
    """The entry of the block list that counts; for an emergency service or an operator, only one for this very number.

    So a prefix or a name that was meant for somebody else never keeps them out.
    """
    entry = entry_on(ListName.BLOCK, case)
    if entry is not None and entry.kind is not EntryKind.EXACT and is_emergency(case):
        return None
    return entry


def _by_list(name: ListName, case: Case) -> Opinion:
    rule, verdict, category = _GIVES[name]
    entry = entry_on(name, case)
    if entry is not None:
        saw = SAW[rule, entry.kind.value].format(value=entry.value, label=_label(entry))
        return Opinion(rule, verdict, category, saw, entry)
    for resting in case.resting:
        if resting.list is name:
            return unspoken(rule, SAW[rule, "resting"].format(label=_label(resting), hours=resting.hours))
    return silent(SAW, rule, "absent" if case.caller.keys else "no_number")


def _label(entry: Entry) -> str:
    return f" ({entry.label})" if entry.label else ""


def _saw(rule: str, on: str) -> dict[tuple[str, str], str]:
    return {
        (rule, "exact"): f"The number is {on}{{label}}.",
        (rule, "prefix"): f"Numbers that begin with {{value}} are {on}{{label}}.",
        (rule, "pattern"): f"The number fits {{value}} {on}{{label}}.",
        (rule, "name"): f"The name fits {{value}} {on}{{label}}.",
        (rule, "dialled"): f"Calls to your number {{value}} are {on}{{label}}.",
        (rule, "ring"): f"Calls that ring as {{value}} are {on}{{label}}.",
        (rule, "resting"): f"The caller is {on}{{label}}, but only at some hours: {{hours}}.",
        (rule, "absent"): f"Neither the number nor the name is {on}.",
        (rule, "no_number"): f"No number was shown, and no name that is {on}.",
    }


def _because(rule: str, on: str) -> dict[tuple[str, EntryKind | None], str]:
    return {
        (rule, None): f"the caller is {on}",
        (rule, EntryKind.EXACT): f"the number is {on}",
        (rule, EntryKind.PREFIX): f"numbers that begin like this are {on}",
        (rule, EntryKind.PATTERN): f"the number fits a pattern {on}",
        (rule, EntryKind.NAME): f"the caller's name is {on}",
        (rule, EntryKind.DIALLED): f"the number that was called is {on}",
        (rule, EntryKind.RING): f"calls that ring like this are {on}",
    }


SAW: dict[tuple[str, str], str] = {
    **_saw("permit_list", "on your permit list"),
    **_saw("contacts", "among your contacts"),
    **_saw("block_list", "on your block list"),
    ("block_list", "must_get_through"): (
        "Something on your block list fits, but only an entry for this very number could keep such a number out."
    ),
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    **_because("permit_list", "on your permit list"),
    **_because("contacts", "among your contacts"),
    **_because("block_list", "on your block list"),
}

PERMIT_LIST = Rule("permit_list", permit_list, (Category.PERMITTED,), switch=False, speaks_for=ListName.PERMIT)
CONTACTS = Rule("contacts", contacts, (Category.CONTACT,), switch=False, speaks_for=ListName.CONTACT)
BLOCK_LIST = Rule("block_list", block_list, (Category.BLOCKED,), switch=False, speaks_for=ListName.BLOCK)
