"""Why, in words that a household reads: from a decision, or from what a stored row still knows of it."""

from collections.abc import Mapping

from appliance.core.household import EntryKind
from appliance.core.rule import Decision
from appliance.core.rules import absence, lists, numbers, past, reach
from appliance.core.terms import Treatment

# Reasons to drop a call, never to let it ring: when such a call rings it is in spite of them.
_SUSPICIOUS = frozenset({"withheld", "unavailable", "no_caller_id", "damaged_caller_id", "impossible"})

_DID = dict.fromkeys(Treatment, "Blocked") | {Treatment.RING: "Let through"}
_WANTED = dict.fromkeys(Treatment, "It was to be dropped") | {Treatment.RING: "Let through"}

_BECAUSE: Mapping[tuple[str, EntryKind | None], str] = {
    **past.BECAUSE,
    **lists.BECAUSE,
    **absence.BECAUSE,
    **numbers.BECAUSE,
    **reach.BECAUSE,
    ("block_pressed", None): "somebody pressed Block while it rang",
}


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
