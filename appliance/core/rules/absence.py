"""Rules about calls that show no number. One rule is one function."""

from appliance.core.household import EntryKind
from appliance.core.report import Presentation
from appliance.core.rule import Case, Opinion, Rule
from appliance.core.rules.opinions import screen_if, silent
from appliance.core.terms import Category


def withheld(case: Case) -> Opinion:
    """The caller asked the network to hide the number."""
    return screen_if(SAW, case.caller.presentation is Presentation.RESTRICTED, "withheld", Category.WITHHELD)


def unavailable(case: Case) -> Opinion:
    """The network did not know the number."""
    return screen_if(SAW, case.caller.presentation is Presentation.UNAVAILABLE, "unavailable", Category.UNAVAILABLE)


def no_caller_id(case: Case) -> Opinion:
    """No report came: nothing is known, not even whether anything was hidden."""
    none_came = case.caller.presentation is Presentation.NONE
    if case.caller.damaged:
        return silent(SAW, "no_caller_id", "damaged")
    return screen_if(SAW, none_came, "no_caller_id", Category.NO_CALLER_ID)


def damaged_caller_id(case: Case) -> Opinion:
    """A report came that cannot be believed, so the caller is treated as one without any."""
    return screen_if(SAW, case.caller.damaged, "damaged_caller_id", Category.NO_CALLER_ID)


SAW: dict[tuple[str, str], str] = {
    ("withheld", "yes"): "The caller withheld the number.",
    ("withheld", "no"): "Nothing says that the caller withheld the number.",
    ("unavailable", "yes"): "The network did not know the number.",
    ("unavailable", "no"): "The network did not say that the number is unknown to it.",
    ("no_caller_id", "yes"): "No Caller ID came with the call.",
    ("no_caller_id", "no"): "Caller ID came with the call.",
    ("no_caller_id", "damaged"): "Caller ID came with the call, but it arrived damaged.",
    ("damaged_caller_id", "yes"): "The Caller ID arrived damaged, so nothing in it is trusted.",
    ("damaged_caller_id", "no"): "No damage to the Caller ID was noticed.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("withheld", None): "the caller withheld the number",
    ("unavailable", None): "the network did not know the number",
    ("no_caller_id", None): "no Caller ID came with the call",
    ("damaged_caller_id", None): "the Caller ID arrived damaged and tells nothing that can be trusted",
}

WITHHELD = Rule("withheld", withheld, (Category.WITHHELD,))
UNAVAILABLE = Rule("unavailable", unavailable, (Category.UNAVAILABLE,))
NO_CALLER_ID = Rule("no_caller_id", no_caller_id, (Category.NO_CALLER_ID,))
DAMAGED_CALLER_ID = Rule("damaged_caller_id", damaged_caller_id, (Category.NO_CALLER_ID,), switch=False)
