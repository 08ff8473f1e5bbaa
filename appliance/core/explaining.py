"""Why, in words that a household reads: from a decision, or from what a stored row still knows of it."""

from collections.abc import Mapping

from appliance.core.household import EntryKind
from appliance.core.rule import Decision
from appliance.core.rules import absence, lists, names, near, numbers, past, reach, reported
from appliance.core.terms import Treatment

# Reasons against a call, never to let it ring: when such a call rings it is in spite of them.
_SUSPICIOUS = frozenset(
    {
        "block_list",
        "burst",
        "withheld",
        "unavailable",
        "no_caller_id",
        "damaged_caller_id",
        "impossible",
        "own_number",
        "telemarketing",
        "reserved",
        "carrier_label",
        "reported",
        "neighbour_spoofing",
        "name_is_number",
        "name_is_place",
        "ping_caller",
        "premium",
    }
)

# What a caller is, was or was to be.
_TREATED = {
    Treatment.RING: "let through",
    Treatment.CHALLENGE: "asked to press a key",
    Treatment.VOICEMAIL: "asked to leave a message",
    Treatment.ANNOUNCE: "turned away with a sentence",
    Treatment.DISCONNECTED: "told that this number is not in service",
    Treatment.DROP: "blocked",
    Treatment.ANSWER_BOT: "kept talking by a machine",
}
# What ought to become of a caller, were this version able to do it.
_OUGHT = {
    Treatment.RING: "The phone should ring",
    Treatment.CHALLENGE: "The caller should press a key first",
    Treatment.VOICEMAIL: "The caller should leave a message",
    Treatment.ANNOUNCE: "The caller should be turned away with a sentence",
    Treatment.DISCONNECTED: "The caller should be told that this number is not in service",
    Treatment.DROP: "The call should be dropped",
    Treatment.ANSWER_BOT: "A machine should keep the caller talking",
}

_BECAUSE: Mapping[tuple[str, EntryKind | None], str] = {
    **past.BECAUSE,
    **lists.BECAUSE,
    **near.BECAUSE,
    **absence.BECAUSE,
    **numbers.BECAUSE,
    **names.BECAUSE,
    **reported.BECAUSE,
    **reach.BECAUSE,
    ("block_pressed", None): "somebody pressed Block while it rang",
}


def sentence(decision: Decision, treatment: Treatment, wanted: Treatment | None = None) -> str:
    """Why, in a sentence for the page: "Blocked because the number is on your block list.".

    `wanted` is what the policy asks for, where that may be another treatment, which does not exist yet: two sentences.
    """
    entry = decision.entry
    return sentence_for(
        decision.reason, treatment, entry.kind if entry else None, entry.label if entry else "", wanted=wanted
    )


def sentence_for(
    reason: str,
    treatment: Treatment,
    kind: EntryKind | None = None,
    label: str = "",
    *,
    wanted: Treatment | None = None,
    done: bool = True,
) -> str:
    """The same from a stored row: the rule's name, the treatment, and the kind and label of the entry if known.

    Not `done` is a call that was left alone whatever had been decided.
    """
    because = _BECAUSE.get((reason, kind)) or _BECAUSE.get((reason, None), "of a rule that no longer exists")
    named = f" ({label})" if label else ""
    if wanted is not None and wanted is not treatment:
        becomes = _becomes(treatment, done=done)
        return f"{becomes}. {_OUGHT[wanted]}, because {because}{named}; Quietline cannot do that yet."
    joined = ", although" if treatment is Treatment.RING and reason in _SUSPICIOUS else " because"
    return f"{_lead(treatment, done=done)}{joined} {because}{named}."


def _becomes(treatment: Treatment, *, done: bool) -> str:
    if treatment is Treatment.RING:
        return "The phone rings"
    return "The call is dropped" if done else "The call was to be dropped"


def _lead(treatment: Treatment, *, done: bool) -> str:
    if done or treatment is Treatment.RING:
        return _TREATED[treatment].capitalize()
    return "It was to be dropped" if treatment is Treatment.DROP else f"The caller was to be {_TREATED[treatment]}"
