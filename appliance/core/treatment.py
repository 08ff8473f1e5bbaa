"""What is done with a call of a category. Profiles and schedules will enter here; the phone line will not."""

from datetime import datetime

from appliance.core.household import Category, Household, Treatment
from appliance.core.screening import Decision

_ALWAYS_RING = frozenset({Category.PERMITTED_NEXT, Category.PERMITTED})


def treatment_for(decision: Decision, household: Household, at: datetime) -> Treatment:  # noqa: ARG001  # schedules need the time
    """RING for the permitted, DROP for the blocked, and the household's choice (default RING) for the rest."""
    if decision.category in _ALWAYS_RING:
        return Treatment.RING
    if decision.category is Category.BLOCKED:
        return Treatment.DROP
    return household.treatments.get(decision.category, Treatment.RING)
