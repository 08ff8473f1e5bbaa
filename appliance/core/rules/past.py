"""Rules about time and about the calls before this one. One rule is one function."""

from appliance.core.household import EntryKind
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import silent
from appliance.core.terms import Category


def permit_next(case: Case) -> Opinion:
    """The household expects a call and asked for the next one, whoever it is."""
    until = case.household.permit_next_until
    if until is None:
        return silent(SAW, "permit_next", "not_armed")
    if case.at >= until:
        return silent(SAW, "permit_next", "armed_too_long_ago")
    return Opinion("permit_next", Verdict.ALLOW, Category.PERMITTED_NEXT, SAW["permit_next", "armed"])


SAW: dict[tuple[str, str], str] = {
    ("permit_next", "armed"): "You asked for the next call to be let through.",
    ("permit_next", "not_armed"): "You did not ask for the next call to be let through.",
    ("permit_next", "armed_too_long_ago"): "You asked for the next call to be let through, but that has run out.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("permit_next", None): "you asked for the next call to be let through",
}

PERMIT_NEXT = Rule("permit_next", permit_next, (Category.PERMITTED_NEXT,), switch=False)
