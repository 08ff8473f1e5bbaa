"""May this caller through? RULES in their order, first opinion wins, and every rule leaves a line in the trace.

Which entries of the lists hold a caller is `listed.py`'s; what is done with the answer belongs to `treatment.py`; the
words of it all, to `explaining.py`.
"""

from dataclasses import replace
from datetime import datetime

from appliance.core.caller import Caller
from appliance.core.household import EntryKind, Household, ListName
from appliance.core.listed import listed
from appliance.core.rule import Case, Decision, Rule
from appliance.core.rules import absence, lists, names, near, numbers, past, reach, reported
from appliance.core.rules.opinions import switched_off

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
    trace = tuple([rule.judge(case) if rule.switched_on(household) else switched_off(rule.name) for rule in RULES])
    for opinion in trace:
        if opinion.verdict is not None and opinion.category is not None:
            return Decision(opinion.verdict, opinion.category, opinion.rule, opinion.entry, trace)
    raise AssertionError("the last rule always has an opinion")


def case_of(caller: Caller, household: Household, at: datetime) -> Case:
    """The case of a caller, with what the lists hold of it, looked up once for all rules."""
    floor = household.clock_floor
    clock_set = floor is None or at >= floor
    if floor is not None and not clock_set:
        at = floor
    local = at.astimezone(household.zone)
    return Case(caller, household, at, local, listed(caller, household, at, local if clock_set else None), clock_set)


def settled_by_number(caller: Caller, household: Household, at: datetime) -> Decision | None:
    """The decision, if nothing that may still follow can change what comes of the call; else None.

    What may follow: a name, the number that was dialled, and how it rings, unless a ring told it already.
    """
    if caller.name is not None or caller.dialled:
        caller = replace(caller, name=None, dialled=())
    decision = screen(caller, household, at)
    to_come = _lists_to_come(caller, household, at)
    for rule in RULES:
        if rule.name == decision.reason:
            outweighed = decision.entry is not None and decision.entry.kind is EntryKind.RING
            changes = rule.by_name or rule.yields_to in to_come or (outweighed and rule.speaks_for in to_come)
            return None if changes else decision
        if (rule.by_name or rule.speaks_for in to_come) and rule.switched_on(household):
            return None
    raise AssertionError("a decision has the name of one of the rules")


def _lists_to_come(caller: Caller, household: Household, at: datetime) -> set[ListName]:
    """The lists with entries for what may still follow."""
    told = (*household.dialled, *(household.rings if caller.ring is None else ()))
    return household.names.lists(at) | {entry.list for entry in told if entry.live(at)}
