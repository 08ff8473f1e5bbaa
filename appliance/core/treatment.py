"""What is done with a call of a category: by the household's policy, and by what this version can do.

A treatment is added to this version by naming it in EXISTING: from then on it can be chosen, and the presets and stored
choices that already ask for it take effect.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from appliance.core.household import Household
from appliance.core.policy import DAY, Policy
from appliance.core.presets import ALWAYS_RING, KNOWN
from appliance.core.rule import Decision
from appliance.core.schedule import InForce, next_change, profile_at
from appliance.core.terms import Category, Treatment

EXISTING = frozenset({Treatment.RING, Treatment.DROP})
"""What this version can do. The conversation with a caller brings the rest; they take effect once they are here."""

STAND_INS = {
    Treatment.CHALLENGE: Treatment.RING,  # in doubt the phone rings
    Treatment.VOICEMAIL: Treatment.RING,
    Treatment.ANNOUNCE: Treatment.RING,
    Treatment.DISCONNECTED: Treatment.DROP,
    Treatment.ANSWER_BOT: Treatment.DROP,
}
"""What is done in place of a treatment that does not exist yet."""

_ALL = frozenset(Treatment)
_RINGS = frozenset({Treatment.RING})
_KEEPS_THE_CALL = frozenset({Treatment.RING, Treatment.CHALLENGE, Treatment.VOICEMAIL})
_ALL_BUT_RING = _ALL - _RINGS
_NAMES = {
    Treatment.RING: "letting it ring",
    Treatment.CHALLENGE: "asking the caller to press a key",
    Treatment.VOICEMAIL: "taking a message",
    Treatment.ANNOUNCE: "saying a sentence to the caller",
    Treatment.DISCONNECTED: "the tones of a number that is not in service",
    Treatment.DROP: "dropping the call",
    Treatment.ANSWER_BOT: "a machine that talks to the caller",
}


@dataclass(frozen=True, slots=True)
class Treated:
    """`wanted` by the policy of `profile`; `treatment` is what is done: the same, or what stands in for it.

    `because` says why that profile is in force, as a sentence.
    """

    treatment: Treatment
    wanted: Treatment
    profile: str
    because: str


def treated(decision: Decision, household: Household, at: datetime, *, existing: Set[Treatment] = EXISTING) -> Treated:
    """RING for whoever always gets through (also a VIP entry's), the policy's choice for the rest. `at` is aware.

    `existing` holds RING and DROP at the least.
    """
    in_force = profile_now(household, at)
    vip = decision.category in KNOWN and decision.vip
    wanted = Treatment.RING if vip else wanted_for(household.policy, in_force.profile, decision.category)
    done = wanted if wanted in existing else STAND_INS[wanted]
    return Treated(done, wanted, in_force.profile, in_force.because)


def profile_now(household: Household, at: datetime) -> InForce:
    """The profile in force at home. `at` is aware; when it is too early to be true, the clock is not set: then Day."""
    if _clock_not_set(household, at):
        return InForce(DAY, "Day, because the clock of this box is not set yet.")
    return profile_at(household.policy.schedule, at.astimezone(household.zone), at)


def next_profile(household: Household, at: datetime) -> tuple[datetime, str] | None:
    """When another profile comes into force, as wall time at home, and which; None if none is due. `at` is aware."""
    if _clock_not_set(household, at):
        return None
    return next_change(household.policy.schedule, at.astimezone(household.zone))


def wanted_for(policy: Policy, profile: str, category: Category) -> Treatment:
    """What the household wants done; a stored choice that is not allowed for the category gives way to the preset."""
    wanted = policy.wanted(profile, category)
    return wanted if wanted in allowed(category) else policy.preset_wants(profile, category)


def allowed(category: Category) -> frozenset[Treatment]:
    """The treatments that make sense for a category, whether they exist yet or not.

    Who is known is never turned away, or permit would not beat block; who is to ring is taken off the block list.
    """
    if category in ALWAYS_RING:
        return _RINGS
    if category in KNOWN:
        return _KEEPS_THE_CALL
    return _ALL_BUT_RING if category is Category.BLOCKED else _ALL


def selectable(category: Category, *, existing: Set[Treatment] = EXISTING) -> tuple[Treatment, ...]:
    """The treatments that a household can choose for a category, in the order of the page."""
    return tuple(treatment for treatment in Treatment if treatment in existing and treatment in allowed(category))


def refusal(
    treatment: Treatment, category: Category | None = None, *, existing: Set[Treatment] = EXISTING
) -> str | None:
    """Why a treatment cannot be chosen (for a category), as a sentence; None when it can."""
    if category is not None and treatment not in allowed(category):
        if category in ALWAYS_RING:
            return "These calls always ring: you asked for them, or they may be a matter of life."
        if category in KNOWN:
            return "People on your permit list and contacts are never turned away: take them off the list instead."
        return "A caller on your block list never rings: take the caller off the list instead."
    if treatment not in existing:
        name = _NAMES[treatment]
        return f"{name[0].upper()}{name[1:]} cannot be chosen yet: Quietline cannot talk to callers in this version."
    return None


def _clock_not_set(household: Household, at: datetime) -> bool:
    return household.clock_floor is not None and at < household.clock_floor
