"""What a press of Block or Allow has done, in words for the list of events. Pure: no lamp, no disk, no clock."""

from appliance.core.household import ListName
from appliance.core.rule import Decision, Verdict
from appliance.core.terms import Category
from appliance.store import Change

_STAYS = {
    Category.PERMITTED: "because your permit list says so: {entry}. Permit beats block; remove that entry to block "
    "this caller.",
    Category.CONTACT: "because your contacts say so: {entry}. A contact beats block; remove that contact to block "
    "this caller.",
}
_SERVICE = "an emergency or operator service"


def pressed(name: ListName, number: str, change: Change, decision: Decision) -> str:
    """What a press that lists a caller has done. `decision` is what his next call would meet."""
    button = "Block" if name is ListName.BLOCK else "Allow"
    already = "was already" if change.what == "unchanged" else "is now"
    text = f"{button} was pressed: {number} {already} on the {name.value} list."
    if (gone := change.replaced) is not None:
        was = "one of your contacts" if gone.list is ListName.CONTACT else f"on the {gone.list.value} list"
        text += f" It was {was}{f' (“{gone.label}”)' if gone.label else ''}, and is taken off there."
    if name is ListName.BLOCK:
        if _says(decision, "emergency"):
            text += f" Careful: it belongs to {_SERVICE}. Take it off the block list if that was a mistake."
    elif _says(decision, "contacts"):
        text += " It gets through anyway, because it is one of your contacts."
    elif _says(decision, "emergency"):
        text += f" It gets through anyway, because it belongs to {_SERVICE}."
    return text


def stays(number: str, decision: Decision) -> str | None:
    """Why a caller who has just been blocked still gets through; None when the block counts."""
    why, entry = _STAYS.get(decision.category), decision.entry
    if why is None or entry is None:
        return None
    shown = f"“{entry.value}”{f' ({entry.label})' if entry.label else ''}"
    return f"{number} is still let through, {why.format(entry=shown)}"


def _says(decision: Decision, rule: str) -> bool:
    return any(opinion.rule == rule and opinion.verdict is Verdict.ALLOW for opinion in decision.trace)
