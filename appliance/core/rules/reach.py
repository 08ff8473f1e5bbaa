"""Rules about where a call comes from and what it costs to call back; the last is for everybody else."""

from appliance.core.household import EntryKind
from appliance.core.rule import Case, Opinion, Rule
from appliance.core.rules.opinions import screen_if
from appliance.core.terms import Category


def unknown(_case: Case) -> Opinion:
    """Every caller that no rule before it knows."""
    return screen_if(SAW, True, "unknown", Category.UNKNOWN)


SAW: dict[tuple[str, str], str] = {
    ("unknown", "yes"): "Whoever is on no list is an unknown caller.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("unknown", None): "the caller is on neither of your lists",
}

UNKNOWN = Rule("unknown", unknown, (Category.UNKNOWN,), switch=False)
