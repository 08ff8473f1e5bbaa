"""May this caller through? RULES in their order, first opinion wins, and every rule leaves a line in the trace.

What is done with the answer belongs to `treatment.py`; the words of it all, to `explaining.py`.
"""

from dataclasses import replace
from datetime import datetime

from appliance.core.caller import Caller
from appliance.core.household import Household, ListName
from appliance.core.rule import Case, Decision, Opinion, Rule, Verdict
from appliance.core.rules import absence, lists, numbers, past, reach

RULES: tuple[Rule, ...] = (
    past.PERMIT_NEXT,
    lists.PERMIT_LIST,  # before the block list: a wanted call lost is worse than an unwanted one let through
    lists.BLOCK_LIST,
    absence.WITHHELD,
    absence.UNAVAILABLE,
    absence.NO_CALLER_ID,
    absence.DAMAGED_CALLER_ID,
    numbers.IMPOSSIBLE,
    reach.UNKNOWN,
)


def screen(caller: Caller, household: Household, at: datetime) -> Decision:
    """Ask every rule, also those after the first with a verdict, for the trace. `at` is aware."""
    case = case_of(caller, household, at)
    trace = tuple(_asked(rule, case) for rule in RULES)
    for opinion in trace:
        if opinion.verdict is not None and opinion.category is not None:
            return Decision(opinion.verdict, opinion.category, opinion.rule, opinion.entry, trace)
    raise AssertionError("the last rule always has an opinion")


def case_of(caller: Caller, household: Household, at: datetime) -> Case:
    """The case of a caller, with what the lists hold of the number."""
    if household.clock_floor is not None:
        at = max(at, household.clock_floor)
    listed = household.index.matching(caller.keys) if caller.keys else ()
    return Case(caller, household, at, at.astimezone(household.zone), listed)


def _asked(rule: Rule, case: Case) -> Opinion:
    if rule.switched_on(case.household):
        return rule.judge(case)
    return Opinion(rule.name, None, None, "You have switched this rule off.")


def settled_by_number(caller: Caller, household: Household, at: datetime) -> Decision | None:
    """The decision, if nothing that may still follow can change it; else None.

    A name, the number that was dialled, and how it rings (unless a ring told it already) can only permit, before the
    block list speaks, or block, after the permit list was silent.
    """
    decision = screen(replace(caller, name=None, dialled=()), household, at)
    if decision.verdict is Verdict.ALLOW:
        return decision
    to_come = (*household.names, *household.dialled, *(household.rings if caller.ring is None else ()))
    speaking = {entry.list for entry in to_come if entry.live(at)}
    overruling = {ListName.PERMIT} if decision.verdict is Verdict.BLOCK else {ListName.PERMIT, ListName.BLOCK}
    return None if speaking & overruling else decision
