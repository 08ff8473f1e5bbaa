"""What is done with a call of a category: by the household's policy, and by what this version can do."""

from dataclasses import dataclass
from datetime import datetime

from appliance.core.household import Household
from appliance.core.policy import DAY
from appliance.core.presets import ALWAYS_RING
from appliance.core.rule import Decision
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


@dataclass(frozen=True, slots=True)
class Treated:
    """`wanted` by the policy of `profile`; `treatment` is what is done: the same, or what stands in for it."""

    treatment: Treatment
    wanted: Treatment
    profile: str


def treated(decision: Decision, household: Household, at: datetime) -> Treated:  # noqa: ARG001  # schedules need the time
    """RING for whoever always gets through (also a VIP entry's), the policy's choice for the rest. `at` is aware."""
    profile = DAY
    always = decision.category in ALWAYS_RING or (decision.entry is not None and decision.entry.vip)
    wanted = Treatment.RING if always else household.policy.wanted(profile, decision.category)
    if decision.category is Category.BLOCKED and wanted is Treatment.RING:
        wanted = Treatment.DROP  # whoever is to ring is taken off the block list
    return Treated(wanted if wanted in EXISTING else STAND_INS[wanted], wanted, profile)


def treatment_for(decision: Decision, household: Household, at: datetime) -> Treatment:
    """What is done with it, in short."""
    return treated(decision, household, at).treatment
