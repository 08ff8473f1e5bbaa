"""The rows of the call table: what one event does to one call. Pure; `call.py` says which row serves which state.

Every row takes (call, event, now) and returns the new call and actions. Two dangers shape them: holding a line that
nobody hangs up, and taking a call away from somebody who wants it.
"""

from dataclasses import replace

from appliance.core.call_facts import (
    Call,
    Decided,
    DropAsked,
    Event,
    GoOnHook,
    HookFailed,
    NumberKnown,
    OpenNext,
    Rang,
    Reported,
    Screen,
    State,
)
from appliance.core.call_moves import (
    HOLD_S,
    MARGIN_S,
    RACE_S,
    RELEASES,
    STILL_SOUNDS_S,
    Result,
    adopt,
    ask_without_waiting,
    completes,
    count_ring,
    finish,
    fuse,
    gap_end,
    identity,
    is_another,
    knows_who,
    let_go,
    let_ring,
    open_another,
    open_pending,
    rang_within,
    seize,
    until_gap,
    wait_for_report,
    wants_drop,
)
from appliance.core.household import Treatment

# Rings


def first_ring(call: Call, _event: Rang, now: float) -> Result:
    """WAITING: start waiting for the report; at the second ring it will not come any more."""
    call = count_ring(call, now)
    if call.rings >= 2 and not call.asked:
        return ask_without_waiting(call)
    return wait_for_report(call), ()


def another_ring(call: Call, _event: Rang, now: float) -> Result:
    """RINGING: nobody has lifted a handset yet, so what is to be dropped can be dropped now."""
    call = until_gap(count_ring(call, now))
    return seize(call, now) if call.drop_at_ring and wants_drop(call) else (call, ())


def ring_while_held(call: Call, _event: Rang, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: a new ring well after off-hook shows that off-hook did not take."""
    if call.pending:  # its ring, not ours
        return replace(call, rang_on=True, ring_at=now, heard_at=now), ()
    rings = call.rings
    call = count_ring(call, now)
    if call.rings == rings or call.held_since is None or now - call.held_since <= RACE_S:
        return call, ()
    return replace(call, rang_on=True, failed=call.failed or call.state is State.HOLDING), ()


def ring_on_guard(call: Call, _event: Rang, now: float) -> Result:
    """GUARDING: the call that we dropped, or a new one? A report tells, or a second ring."""
    rings = call.rings
    call = count_ring(call, now)
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


# Decisions


def decided(call: Call, event: Decided, now: float) -> Result:
    """WAITING, RINGING: let it ring, or drop it while a ring is so recent that nobody can have taken it."""
    dropped_later = call.drop_at_ring
    call = let_ring(replace(call, treatment=event.treatment, mode=event.mode))
    if not wants_drop(call):
        return call, ()
    if not dropped_later and rang_within(call, now, call.timing.period + MARGIN_S):
        return seize(call, now)
    return replace(call, drop_at_ring=True), ()


def decided_while_held(call: Call, event: Decided, _now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: no answer can be taken back; it hangs up as planned, and does not try again."""
    return replace(call, treatment=event.treatment, mode=event.mode), ()


def decided_on_guard(call: Call, event: Decided, _now: float) -> Result:
    """GUARDING: a caller wanted after all may ring on."""
    call = replace(call, treatment=event.treatment, mode=event.mode)
    return (let_ring(call) if call.rang_on and not wants_drop(call) else call), ()


def drop_asked(call: Call, event: DropAsked, now: float) -> Result:
    """RINGING: drop while the bell sounds; in silence somebody may have lifted a handset, so then at the next ring."""
    call = let_ring(replace(call, treatment=Treatment.DROP, mode=event.mode))
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


# The hook


def off_hook(call: Call, _event: Event, now: float) -> Result:
    """SEIZING: hold it long enough for the exchange to clear the call."""
    return replace(call, state=State.HOLDING, held_since=now, took_line=True, deadline=now + HOLD_S), ()


def off_hook_unasked(call: Call, _event: Event, _now: float) -> Result:
    """A late confirmation: nobody holds this line any more, so let go at once."""
    return call, (GoOnHook(),)


def seize_ran_out(call: Call, _event: Event, now: float) -> Result:
    """SEIZING: no answer. It may hold the line all the same, so let go."""
    return let_go(replace(call, took_line=True), now)


def release(call: Call, _event: Event, now: float) -> Result:
    """HOLDING: long enough; or the modem let go by itself, which is made sure of."""
    return let_go(call, now)


def hook_failed_seizing(call: Call, event: HookFailed, now: float) -> Result:
    """SEIZING: refused. Made sure of, for a refusal can be about a line that is held."""
    if not event.wanted_off_hook:
        return call, ()
    return let_go(replace(call, failed=True), now)


def release_ran_out(call: Call, event: Event, now: float) -> Result:
    """RELEASING: ask again, then count the modem as lost."""
    if call.releases < RELEASES:
        return let_go(call, now)
    return modem_gone_while_held(call, event, now)


def on_hook(call: Call, _event: Event, now: float) -> Result:
    """RELEASING: let go. Does it ring on?"""
    call = replace(call, state=State.GUARDING, releases=0, held_since=None)
    if call.pending:
        return finish(call, open_pending(call, now))
    if not call.rang_on:
        return replace(call, deadline=now + call.timing.period + MARGIN_S), ()
    if not wants_drop(call):
        return let_ring(call), ()
    return replace(call, deadline=max(now, (call.ring_at or now) + fuse(call))), ()


# The modem, and time


def modem_gone(call: Call, _event: Event, _now: float) -> Result:
    """WAITING, RINGING: without it nothing is heard; the call ends when the gap has passed."""
    return replace(call, lost=True, blind=call.blind or call.report is None), ()


def modem_gone_on_guard(call: Call, _event: Event, now: float) -> Result:
    """GUARDING: whether it rings on cannot be heard."""
    return replace(call, lost=True, rang_on=False, deadline=now + call.timing.gap), ()


def modem_gone_while_held(call: Call, event: Event, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: on-hook is asked for all the same; the modem layer does it when it is back."""
    call, _ = modem_gone_on_guard(replace(call, state=State.GUARDING, releases=0, held_since=None), event, now)
    if call.pending:
        finished, actions = finish(call, open_pending(call, now))
        return finished, (GoOnHook(), *actions)
    return call, (GoOnHook(),)


def wait_ran_out(call: Call, _event: Event, now: float) -> Result:
    """WAITING: no report comes any more, or no ring."""
    return finish(call) if now >= gap_end(call) else ask_without_waiting(call)


def gap_passed(call: Call, _event: Event, _now: float) -> Result:
    """RINGING: it stopped by itself."""
    return finish(call)


def guard_ran_out(call: Call, _event: Event, now: float) -> Result:
    """GUARDING: silence, so it worked; or one ring that no report explains, so it is the same call."""
    still_rings = call.rang_on and now < gap_end(call)
    return seize(call, now) if still_rings and wants_drop(call) else finish(call)


def opens_next(call: Call, event: Event, now: float) -> Result:
    """ENDED: what is heard now belongs to the next call."""
    return call, (OpenNext(((event, now),)),)


def nothing(call: Call, _event: Event, _now: float) -> Result:
    """This event says nothing in this state."""
    return call, ()
