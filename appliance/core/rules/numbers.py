"""Rules about the number itself and the numbering plan. One rule is one function."""

from appliance.core.household import EntryKind
from appliance.core.report import Presentation
from appliance.core.rule import Case, Opinion, Rule
from appliance.core.rules.opinions import screen_if
from appliance.core.terms import Category


def impossible(case: Case) -> Opinion:
    """No numbering plan has such a number, so it was made up."""
    made_up = case.caller.presentation is Presentation.ALLOWED and not case.caller.possible
    return screen_if(SAW, made_up, "impossible", Category.IMPOSSIBLE)


SAW: dict[tuple[str, str], str] = {
    ("impossible", "yes"): "No telephone has such a number.",
    ("impossible", "no"): "Nothing says that the number was made up.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("impossible", None): "no telephone has such a number",
}

IMPOSSIBLE = Rule("impossible", impossible, (Category.IMPOSSIBLE,))
