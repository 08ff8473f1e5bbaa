"""The rows of the call table for rings, reports and decisions. Pure; `call.py` says which row serves which state.

Every row takes (call, event, now) and returns the new call and actions. Two dangers shape them: holding a line that
nobody hangs up, and taking a call away from somebody who wants it.
"""

from dataclasses import replace

from appliance.core.call_facts import (
    Call,
    Damaged,
    Decided,
    DropAsked,
    Event,
    NumberKnown,
    OpenNext,
    Rang,
    Reported,
    Screen,
    State,
)
from appliance.core.call_moves import (
    MARGIN_S,
    RACE_S,
    STILL_SOUNDS_S,
    Result,
    adopt,
    ask_without_waiting,
    completes,
    count_ring,
    fuse,
    identity,
    is_another,
    knows_who,
    let_ring,
    open_another,
    rang_within,
    seize,
    until_gap,
    wait_for_report,
    wants_drop,
)
from appliance.core.household import Treatment

# Rings


def first_ring(call: Call, event: Rang, now: float) -> Result:
    """WAITING: start waiting for the report; at the second ring it will not come any more."""
    call = count_ring(call, event, now)
    if call.rings >= 2 and not call.asked:
        return ask_without_waiting(call)
    return wait_for_report(call), ()


def another_ring(call: Call, event: Rang, now: float) -> Result:
    """RINGING: nobody has lifted a handset yet, so what is to be dropped can be dropped now.

    A rule may speak of how it rings; told by this ring for the first time, that is judged before anything is done.
    """
    told = event.pattern is not None and call.pattern is None
    was_lifted = call.lifted_at is not None
    call = until_gap(count_ring(call, event, now))
    put_back = was_lifted and call.lifted_at is None
    if told:
        partly = call.report is not None and not call.whole
        return replace(call, drop_at_ring=False), (Screen(call.report, early=partly),)
    return seize(call, now) if (call.drop_at_ring or put_back) and wants_drop(call) else (call, ())


def ring_while_held(call: Call, event: Rang, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: a new ring well after off-hook shows that off-hook did not take."""
    if call.pending:  # its ring, not ours
        return replace(call, rang_on=True, ring_at=now, heard_at=now), ()
    rings = call.rings
    call = count_ring(call, event, now)
    if call.rings == rings or call.held_since is None or now - call.held_since <= RACE_S:
        return call, ()
    return replace(call, rang_on=True, failed=call.failed or call.state is State.HOLDING), ()


def ring_on_guard(call: Call, event: Rang, now: float) -> Result:
    """GUARDING: the call that we dropped, or a new one? A report tells, or a second ring, or how it rings."""
    if call.pattern is not None and event.pattern not in (None, call.pattern):
        return open_another(call, event, now)
    rings = call.rings
    call = count_ring(call, event, now)
    if not wants_drop(call):
        return let_ring(call), ()
    if call.rings == rings:
        return call, ()
    if call.rang_on:
        return seize(call, now)
    return replace(call, rang_on=True, deadline=now + fuse(call)), ()


# Reports


def number_waiting(call: Call, event: NumberKnown, now: float) -> Result:
    """WAITING, RINGING: a listed number needs no name."""
    if is_another(call, event.report):
        return open_another(call, event, now)
    if knows_who(call):
        return call, ()
    return adopt(call, event.report, now, whole=False), (Screen(event.report, early=True),)


def report_waiting(call: Call, event: Reported, now: float) -> Result:
    """WAITING, RINGING: decide, or decide again when more is known, also after "no Caller ID" was decided."""
    if not event.amends and is_another(call, event.report):
        return open_another(call, event, now)
    if not completes(call, event):
        return call, ()
    return adopt(call, event.report, now, whole=True), (Screen(event.report),)


def number_while_held(call: Call, event: NumberKnown, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: another caller's report waits until the line is free."""
    if call.pending or is_another(call, event.report):
        return replace(call, pending=(*call.pending, event)), ()
    if knows_who(call):
        return call, ()
    return adopt(call, event.report, now, whole=False), (Screen(event.report, early=True),)


def report_while_held(call: Call, event: Reported, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: the rest of our own report completes the row; too late to ring."""
    if call.pending or (not event.amends and is_another(call, event.report)):
        return replace(call, pending=(*call.pending, event)), ()
    if not completes(call, event):
        return call, ()
    return adopt(call, event.report, now, whole=True), (Screen(event.report),)


def number_on_guard(call: Call, event: NumberKnown, now: float) -> Result:
    """GUARDING: every report comes with a call of its own, also when it is the same caller again."""
    return open_another(call, event, now)


def report_on_guard(call: Call, event: Reported, now: float) -> Result:
    """GUARDING: the end of our own report, or another call."""
    own = call.report is not None and not call.whole and identity(call.report) == identity(event.report)
    if not own and not event.amends:
        return open_another(call, event, now)
    if not completes(call, event):
        return call, ()
    return adopt(call, event.report, now, whole=True), (Screen(event.report),)


def damaged_waiting(call: Call, event: Damaged, _now: float) -> Result:
    """WAITING, RINGING: no good report comes any more; decide without one."""
    if knows_who(call):
        return call, ()
    return ask_without_waiting(replace(call, damaged=event))


def damaged_while_held(call: Call, event: Damaged, _now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: it completes the row, or is of another caller, who waits until the line is free."""
    if call.pending or knows_who(call):
        return replace(call, pending=(*call.pending, event)), ()
    return replace(call, damaged=event), (Screen(call.report),)


def damaged_on_guard(call: Call, event: Damaged, now: float) -> Result:
    """GUARDING: the rest of our own call, or the beginning of another."""
    if call.rang_on or call.damaged is not None or knows_who(call):
        return open_another(call, event, now)
    return replace(call, damaged=event), (Screen(call.report),)


# Decisions


def decided(call: Call, event: Decided, now: float) -> Result:
    """WAITING, RINGING: let it ring, or drop it while a ring is so recent that nobody can have taken it."""
    dropped_later = call.drop_at_ring
    call = let_ring(call, treatment=event.treatment, mode=event.mode)
    if not wants_drop(call):
        return call, ()
    if not dropped_later and rang_within(call, now, call.timing.period + MARGIN_S):
        return seize(call, now)
    return replace(call, drop_at_ring=True), ()


def decided_while_held(call: Call, event: Decided, _now: float) -> Result:
    """SEIZING, HOLDING, RELEASING, LOST: nothing of it can be done or undone any more; it is for the row."""
    return replace(call, treatment=event.treatment, mode=event.mode), ()


def decided_on_guard(call: Call, event: Decided, _now: float) -> Result:
    """GUARDING: a caller wanted after all may ring on."""
    call = replace(call, treatment=event.treatment, mode=event.mode)
    return (let_ring(call) if call.rang_on and not wants_drop(call) else call), ()


def drop_asked(call: Call, event: DropAsked, now: float) -> Result:
    """RINGING: drop while the bell sounds; in silence somebody may have lifted a handset, so then at the next ring."""
    call = let_ring(call, treatment=Treatment.DROP, mode=event.mode)
    if not wants_drop(call):
        return call, ()
    if rang_within(call, now, call.timing.sounding + STILL_SOUNDS_S):
        return seize(call, now)
    return replace(call, drop_at_ring=True), ()


def drop_asked_undecided(call: Call, event: DropAsked, now: float) -> Result:
    """WAITING: the same, and the row needs a decision."""
    call, actions = drop_asked(replace(call, asked=True), event, now)
    return call, (Screen(call.report), *actions)


def drop_asked_while_held(call: Call, event: DropAsked, _now: float) -> Result:
    """SEIZING, HOLDING, RELEASING, GUARDING: it is being dropped already."""
    return replace(call, treatment=Treatment.DROP, mode=event.mode), ()


# What says nothing


def opens_next(call: Call, event: Event, now: float) -> Result:
    """ENDED: what is heard now belongs to the next call."""
    return call, (OpenNext(((event, now),)),)


def nothing(call: Call, _event: Event, _now: float) -> Result:
    """This event says nothing in this state."""
    return call, ()
