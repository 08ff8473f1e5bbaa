"""The rule about numbers close to a contact's: other lines of the same company, school or hospital."""

from appliance.core.caller import display
from appliance.core.household import Entry, EntryKind, ListName
from appliance.core.listed import counts
from appliance.core.numbering import facts_of
from appliance.core.report import NumberKind
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.lists import blocking
from appliance.core.rules.opinions import NO_NUMBER, silent
from appliance.core.terms import Category

RULE = "near_contact"
_FIXED = frozenset({NumberKind.FIXED, NumberKind.FIXED_OR_MOBILE})


def near_contact(case: Case) -> Opinion:
    """Only the last digits differ from a number that the household wants: very likely the same house.

    Fixed lines only, for mobile numbers are given out one by one; and never a number like our own, for that is what
    diallers show, and some of the contacts are neighbours.
    """
    caller, household = case.caller, case.household
    number = caller.number
    if caller.fact is not None and caller.fact.speaks:
        return silent(SAW, RULE, "range")
    if number is None or caller.kind not in _FIXED:
        return silent(SAW, RULE, "not_fixed" if caller.keys else "no_number")
    facts = facts_of(caller.region or household.country)
    if any(number == own or facts.is_neighbour(number, own) for own in household.numbers):
        return silent(SAW, RULE, "like_ours")
    for entry in household.index.near(number, facts.direct_dial_digits) if facts.direct_dial_digits else ():
        if entry.list is not ListName.BLOCK and counts(entry, case.at, case.local if case.clock_set else None):
            return _near(entry, case)
    return silent(SAW, RULE, "no")


def _near(entry: Entry, case: Case) -> Opinion:
    if blocking(case) is not None:
        return silent(SAW, RULE, "blocked")
    label = f" ({entry.label})" if entry.label else ""
    text = SAW[RULE, "yes"].format(number=display(entry.value, case.household.country), label=label)
    return Opinion(RULE, Verdict.ALLOW, Category.NEAR_CONTACT, text, entry)


SAW: dict[tuple[str, str], str] = {
    (RULE, "yes"): "Only the last digits differ from {number}{label}, which you want to get through.",
    (RULE, "no"): "No number that you want to get through differs from this one only in its last digits.",
    (RULE, "no_number"): NO_NUMBER,
    (RULE, "not_fixed"): "Only numbers of ordinary fixed lines can be close to one that you know.",
    (
        RULE,
        "range",
    ): "Numbers that begin like this are no ordinary lines, so being close to one you know says nothing.",
    (RULE, "like_ours"): "The number is close to your own, so being close to others too says nothing.",
    (RULE, "blocked"): "The number is close to one that you want, but this caller is on your block list.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    (RULE, None): "only the last digits differ from a number that you want to get through",
}

NEAR_CONTACT = Rule(RULE, near_contact, (Category.NEAR_CONTACT,), yields_to=ListName.BLOCK)
