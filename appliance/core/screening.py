"""May this caller through? RULES in their order, first opinion wins, and every rule leaves a line in the trace.

Which entries of the lists hold a caller is `listed.py`'s; what is done with the answer belongs to `treatment.py`; the
words of it all, to `explaining.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from appliance.core.caller import Caller
from appliance.core.household import EntryKind, Household, ListName
from appliance.core.listed import listed
from appliance.core.presets import KNOWN
from appliance.core.rule import Case, Decision, Opinion, Rule
from appliance.core.rules import absence, lists, names, near, numbers, past, reach, reported
from appliance.core.rules.opinions import switched_off
from appliance.core.terms import Treatment
from appliance.core.treatment import profile_now, wanted_for

RULES: tuple[Rule, ...] = (
    # What the household said itself. Permit stands before block: a wanted call lost is worse than an unwanted one.
    past.PERMIT_NEXT,
    past.EXPECTED_CALL,
    lists.PERMIT_LIST,
    lists.CONTACTS,
    near.NEAR_CONTACT,
    lists.BLOCK_LIST,
    numbers.EMERGENCY,
    past.BURST,
    # What shows no number.
    absence.WITHHELD,
    absence.UNAVAILABLE,
    absence.NO_CALLER_ID,
    absence.DAMAGED_CALLER_ID,
    # What is junk by the numbering plan, by law, by the telephone company's word, or by report.
    numbers.IMPOSSIBLE,
    numbers.OWN_NUMBER,
    numbers.TELEMARKETING,
    numbers.RESERVED,
    names.CARRIER_LABEL,
    reported.REPORTED,
    past.REPEAT_CALLER,  # only now: an insistent person does not call from any of the above
    # What only looks like junk.
    numbers.NEIGHBOUR_SPOOFING,
    names.NAME_IS_NUMBER,
    names.NAME_IS_PLACE,
    past.PING_CALLER,
    # Everybody else, by where they are.
    reach.PREMIUM,
    reach.TOLL_FREE,
    reach.FOREIGN,
    reach.UNKNOWN,
)


def screen(caller: Caller, household: Household, at: datetime) -> Decision:
    """Ask every rule, also those after the first with a verdict, for the trace. `at` is aware."""
    case = case_of(caller, household, at)
    trace = _asked(RULES, case)
    for opinion in trace:
        if (decision := _decision(opinion, trace, case)) is not None:
            return decision
    raise AssertionError("the last rule always has an opinion")


def case_of(caller: Caller, household: Household, at: datetime) -> Case:
    """The case of a caller, with what the lists hold of it, looked up once for all rules."""
    floor = household.clock_floor
    clock_set = floor is None or at >= floor
    if floor is not None and not clock_set:
        at = floor
    local = at.astimezone(household.zone)
    counting, resting = listed(caller, household, at, local if clock_set else None)
    return Case(caller, household, at, local, counting, clock_set, resting)


def settled_by_number(caller: Caller, household: Household, at: datetime) -> Decision | None:
    """The decision, if nothing that may still follow can change what comes of the call; else None.

    What may follow: a name, the number that was dialled, and how it rings, unless a ring told it already. The trace
    ends with the rule that decided, for somebody waits for the answer and nobody for the rest: see `whole`.
    """
    case = case_of(_number_alone(caller), household, at)
    to_come = _lists_to_come(caller, household, at)
    trace: list[Opinion] = []
    for rule in RULES:
        if not rule.switched_on(household):
            trace.append(switched_off(rule.name))
            continue
        if rule.by_name:
            return None
        opinion = rule.judge(case)
        trace.append(opinion)
        if (decision := _decision(opinion, trace, case)) is not None:
            outweighed = decision.entry is not None and decision.entry.kind is EntryKind.RING
            changes = rule.yields_to in to_come or (outweighed and rule.speaks_for in to_come)
            return None if changes or _vip_to_come(decision, to_come, case) else decision
        if rule.speaks_for in to_come:
            return None
    raise AssertionError("the last rule always has an opinion")


def whole(decision: Decision, caller: Caller, household: Household, at: datetime) -> Decision:
    """A decision of `settled_by_number` with the rest of its trace; caller, household and `at` as they were there."""
    case = case_of(_number_alone(caller), household, at)
    return replace(decision, trace=decision.trace + _asked(RULES[len(decision.trace) :], case))


def _asked(rules: Sequence[Rule], case: Case) -> tuple[Opinion, ...]:
    household = case.household
    return tuple([rule.judge(case) if rule.switched_on(household) else switched_off(rule.name) for rule in rules])


def _decision(opinion: Opinion, trace: Sequence[Opinion], case: Case) -> Decision | None:
    if opinion.verdict is None or opinion.category is None:
        return None
    return Decision(opinion.verdict, opinion.category, opinion.rule, opinion.entry, tuple(trace), _is_vip(case))


def _is_vip(case: Case) -> bool:
    return any(entry.vip and entry.list is not ListName.BLOCK for entry in case.listed)


def _vip_to_come(decision: Decision, to_come: set[ListName], case: Case) -> bool:
    """Whether the name may belong to an entry that rings in every profile, and this profile would not let it ring."""
    if decision.vip or decision.category not in KNOWN or to_come <= {ListName.BLOCK}:
        return False
    in_force = profile_now(case.household, case.at).profile
    return wanted_for(case.household.policy, in_force, decision.category) is not Treatment.RING


def _number_alone(caller: Caller) -> Caller:
    return replace(caller, name=None, dialled=()) if caller.name is not None or caller.dialled else caller


def _lists_to_come(caller: Caller, household: Household, at: datetime) -> set[ListName]:
    """The lists with entries for what may still follow."""
    told = (*household.dialled, *(household.rings if caller.ring is None else ()))
    return household.names.lists(at) | {entry.list for entry in told if entry.live(at)}
