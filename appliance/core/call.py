"""One call as a table, (state, event) -> row. No clock, thread or modem: `now` is an argument, actions are values.

How the line drives it, one call at a time; `at` is the monotonic second at which an event was read, not handled:

    call = begin(timing, at)                      # at an event of OPENING; then step with that event
    call, actions = step(call, event, at)
    call, actions = step(call, Deadline(), now)   # when nothing came until call.deadline

and performs the actions in their order, each on the newest call:

    Screen(report, early)   identify, also by call.pattern and call.damaged, and screen; feed
                            Decided(treatment, household.mode) at the time of the event. When `early`, feed it
                            only if settled_by_number decides. Comes again when more is known.
    GoOffHook, GoOnHook     tell the modem; feed WentOffHook, WentOnHook, HookFailed when it answers
    Finish(outcome)         write the row, from call.rings, call.report, call.treatment and the newest decision
    OpenNext(events, blind) begin a new call at the first of these times, and step it with each event at its time

If deciding fails, feed nothing: the phone rings, and Finish comes when the gap has passed.
"""

from collections.abc import Callable
from typing import Any

from appliance.core import call_hook_rows as hook
from appliance.core import call_rows as row
from appliance.core.call_facts import (
    OFF_HOOK,
    OPENING,
    Action,
    Call,
    Damaged,
    Deadline,
    Decided,
    DropAsked,
    Event,
    Finish,
    GoOffHook,
    GoOnHook,
    HandsetLifted,
    HookFailed,
    LineInUse,
    ModemGone,
    NumberKnown,
    OpenNext,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
    Timing,
    WentOffHook,
    WentOnHook,
)
from appliance.core.call_moves import Result, taken

__all__ = [
    "OFF_HOOK",
    "OPENING",
    "TABLE",
    "Action",
    "Call",
    "Damaged",
    "Deadline",
    "Decided",
    "DropAsked",
    "Event",
    "Finish",
    "GoOffHook",
    "GoOnHook",
    "HandsetLifted",
    "HookFailed",
    "LineInUse",
    "ModemGone",
    "NumberKnown",
    "OpenNext",
    "Outcome",
    "Rang",
    "Reported",
    "Screen",
    "State",
    "Timing",
    "WentOffHook",
    "WentOnHook",
    "begin",
    "step",
    "taken",
]

Row = Callable[[Call, Any, float], Result]  # Any: each row takes the one event of its key


def begin(timing: Timing, now: float, *, blind: bool = False) -> Call:
    """A call of which nothing is known yet; `blind` when that says nothing, because the modem was just away."""
    return Call(timing=timing, began_at=now, deadline=now + timing.gap, blind=blind)


def step(call: Call, event: Event, now: float) -> Result:
    """What the event does to the call. A deadline that passed unseen is served first."""
    if isinstance(event, Deadline):
        return _serve(call, now) if _due(call, now) else (call, ())
    served: tuple[Action, ...] = ()
    while _due(call, now):
        call, more = _serve(call, now)
        served = (*served, *more)
    call, actions = TABLE[call.state, type(event)](call, event, now)
    return call, _joined(served, actions) if served else actions


def _joined(earlier: tuple[Action, ...], later: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions of one step, when a deadline was served before the event: at most one Screen and one OpenNext."""
    actions = (*earlier, *later)
    screens = [action for action in actions if isinstance(action, Screen)]
    opens = [action for action in actions if isinstance(action, OpenNext)]
    # Two Screens would decide first on less than is known, and that decision could be to drop.
    rest = tuple(a for a in actions if not isinstance(a, OpenNext) and (not isinstance(a, Screen) or a is screens[-1]))
    if not opens:
        return rest
    return (*rest, OpenNext(tuple(event for one in opens for event in one.events), any(one.blind for one in opens)))


def _due(call: Call, now: float) -> bool:
    return not call.over and now >= call.deadline


def _serve(call: Call, now: float) -> Result:
    return TABLE[call.state, Deadline](call, Deadline(), now)


TABLE: dict[tuple[State, type[Event]], Row] = {
    (State.WAITING, Rang): row.first_ring,
    (State.WAITING, NumberKnown): row.number_waiting,
    (State.WAITING, Reported): row.report_waiting,
    (State.WAITING, Damaged): row.damaged_waiting,
    (State.WAITING, Decided): row.decided,
    (State.WAITING, DropAsked): row.drop_asked_undecided,
    (State.WAITING, WentOffHook): hook.off_hook_unasked,
    (State.WAITING, WentOnHook): row.nothing,
    (State.WAITING, HookFailed): row.nothing,
    (State.WAITING, LineInUse): hook.taken_by_another,
    (State.WAITING, HandsetLifted): hook.taken_by_another,
    (State.WAITING, ModemGone): hook.modem_gone_undecided,
    (State.WAITING, Deadline): hook.wait_ran_out,
    #
    (State.RINGING, Rang): row.another_ring,
    (State.RINGING, NumberKnown): row.number_waiting,
    (State.RINGING, Reported): row.report_waiting,
    (State.RINGING, Damaged): row.damaged_waiting,
    (State.RINGING, Decided): row.decided,
    (State.RINGING, DropAsked): row.drop_asked,
    (State.RINGING, WentOffHook): hook.off_hook_unasked,
    (State.RINGING, WentOnHook): row.nothing,
    (State.RINGING, HookFailed): row.nothing,
    (State.RINGING, LineInUse): hook.taken_by_another,
    (State.RINGING, HandsetLifted): hook.taken_by_another,
    (State.RINGING, ModemGone): hook.modem_gone,
    (State.RINGING, Deadline): hook.gap_passed,
    #
    (State.SEIZING, Rang): row.ring_while_held,
    (State.SEIZING, NumberKnown): row.number_while_held,
    (State.SEIZING, Reported): row.report_while_held,
    (State.SEIZING, Damaged): row.damaged_while_held,
    (State.SEIZING, Decided): row.decided_while_held,
    (State.SEIZING, DropAsked): row.drop_asked_while_held,
    (State.SEIZING, WentOffHook): hook.off_hook,
    (State.SEIZING, WentOnHook): row.nothing,  # of the attempt before
    (State.SEIZING, HookFailed): hook.hook_failed_seizing,
    (State.SEIZING, LineInUse): hook.line_in_use,
    (State.SEIZING, HandsetLifted): hook.lifted_while_held,
    (State.SEIZING, ModemGone): hook.modem_gone_while_held,
    (State.SEIZING, Deadline): hook.seize_ran_out,
    #
    (State.HOLDING, Rang): row.ring_while_held,
    (State.HOLDING, NumberKnown): row.number_while_held,
    (State.HOLDING, Reported): row.report_while_held,
    (State.HOLDING, Damaged): row.damaged_while_held,
    (State.HOLDING, Decided): row.decided_while_held,
    (State.HOLDING, DropAsked): row.drop_asked_while_held,
    (State.HOLDING, WentOffHook): row.nothing,
    (State.HOLDING, WentOnHook): hook.release,
    (State.HOLDING, HookFailed): row.nothing,
    (State.HOLDING, LineInUse): hook.lifted_while_held,
    (State.HOLDING, HandsetLifted): hook.lifted_while_held,
    (State.HOLDING, ModemGone): hook.modem_gone_while_held,
    (State.HOLDING, Deadline): hook.release,
    #
    (State.RELEASING, Rang): row.ring_while_held,
    (State.RELEASING, NumberKnown): row.number_while_held,
    (State.RELEASING, Reported): row.report_while_held,
    (State.RELEASING, Damaged): row.damaged_while_held,
    (State.RELEASING, Decided): row.decided_while_held,
    (State.RELEASING, DropAsked): row.drop_asked_while_held,
    (State.RELEASING, WentOffHook): row.nothing,  # a late answer to the command before
    (State.RELEASING, WentOnHook): hook.on_hook,
    (State.RELEASING, HookFailed): row.nothing,  # the modem layer tries again by itself, and so does the deadline
    (State.RELEASING, LineInUse): hook.taken_by_another,
    (State.RELEASING, HandsetLifted): hook.taken_by_another,
    (State.RELEASING, ModemGone): hook.modem_gone_while_held,
    (State.RELEASING, Deadline): hook.release_ran_out,
    #
    (State.GUARDING, Rang): row.ring_on_guard,
    (State.GUARDING, NumberKnown): row.number_on_guard,
    (State.GUARDING, Reported): row.report_on_guard,
    (State.GUARDING, Damaged): row.damaged_on_guard,
    (State.GUARDING, Decided): row.decided_on_guard,
    (State.GUARDING, DropAsked): row.drop_asked_while_held,
    (State.GUARDING, WentOffHook): hook.off_hook_unasked,
    (State.GUARDING, WentOnHook): row.nothing,
    (State.GUARDING, HookFailed): row.nothing,
    (State.GUARDING, LineInUse): row.nothing,
    (State.GUARDING, HandsetLifted): hook.lifted_on_guard,
    (State.GUARDING, ModemGone): hook.modem_gone,
    (State.GUARDING, Deadline): hook.guard_ran_out,
    #
    (State.LOST, Rang): hook.heard_again,
    (State.LOST, NumberKnown): hook.heard_again,
    (State.LOST, Reported): hook.heard_again,
    (State.LOST, Damaged): hook.heard_again,
    (State.LOST, Decided): row.decided_while_held,
    (State.LOST, DropAsked): row.nothing,  # what is not heard cannot be dropped
    (State.LOST, WentOffHook): hook.off_hook_unasked,
    (State.LOST, WentOnHook): row.nothing,
    (State.LOST, HookFailed): row.nothing,
    (State.LOST, LineInUse): row.nothing,
    (State.LOST, HandsetLifted): row.nothing,
    (State.LOST, ModemGone): row.nothing,  # a modem that keeps failing does not keep the call open
    (State.LOST, Deadline): hook.gap_passed,
    #
    (State.ENDED, Rang): row.opens_next,
    (State.ENDED, NumberKnown): row.opens_next,
    (State.ENDED, Reported): row.opens_next,
    (State.ENDED, Damaged): row.opens_next,
    (State.ENDED, Decided): row.nothing,
    (State.ENDED, DropAsked): row.nothing,
    (State.ENDED, WentOffHook): hook.off_hook_unasked,
    (State.ENDED, WentOnHook): row.nothing,
    (State.ENDED, HookFailed): row.nothing,
    (State.ENDED, LineInUse): row.nothing,
    (State.ENDED, HandsetLifted): row.nothing,
    (State.ENDED, ModemGone): row.nothing,
    (State.ENDED, Deadline): row.nothing,
}
