"""The rows of the call table for hook, other telephones, modem and time. Pure; `call.py` says which serves which state.

Every row takes (call, event, now) and returns the new call and actions. Whatever happens, what was taken is let go; and
who else lifts a handset has the line.
"""

from dataclasses import replace

from appliance.core.call_facts import Call, Event, GoOnHook, HookFailed, ModemGone, OpenNext, Screen, State
from appliance.core.call_moves import (
    HOLD_S,
    MARGIN_S,
    RELEASES,
    Result,
    ask_without_waiting,
    finish,
    fuse,
    gap_end,
    let_go,
    let_ring,
    open_pending,
    seize,
    wants_drop,
)

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


def release_ran_out(call: Call, _event: Event, now: float) -> Result:
    """RELEASING: ask again, then count the modem as lost."""
    if call.releases < RELEASES:
        return let_go(call, now)
    return modem_gone_while_held(call, ModemGone(), now)


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


# Other telephones in the house


def taken_by_another(call: Call, _event: Event, now: float) -> Result:
    """WAITING, RINGING, RELEASING: somebody has the line, so this call is theirs, unless it rings again."""
    return replace(call, lifted_at=now), ()


def line_in_use(call: Call, _event: Event, now: float) -> Result:
    """SEIZING: refused, and not to be tried again. On-hook is made sure of."""
    call = let_ring(call, left_alone=True, held_since=None)
    if call.pending:
        finished, actions = finish(call, open_pending(call, now))
        return finished, (GoOnHook(), *actions)
    return call, (GoOnHook(),)


def lifted_while_held(call: Call, _event: Event, now: float) -> Result:
    """SEIZING, HOLDING: let go at once, so that the call is theirs: a wanted call lost is worse than a pest heard."""
    return let_go(replace(call, left_alone=True), now)


def lifted_on_guard(call: Call, event: Event, now: float) -> Result:
    """GUARDING: in silence somebody begins a call of their own; while it rings on, they take this one."""
    return taken_by_another(call, event, now) if call.rang_on else (call, ())


# The modem, and time


def modem_gone(call: Call, _event: Event, now: float) -> Result:
    """RINGING, GUARDING: what goes on cannot be heard. The row waits for the gap, in which another may follow."""
    return replace(call, state=State.LOST, deadline=now + call.timing.gap), ()


def modem_gone_undecided(call: Call, event: Event, now: float) -> Result:
    """WAITING: the same; a number whose report stays half read is all that will be known of the caller."""
    call, _ = modem_gone(call, event, now)
    return call, () if call.report is None else (Screen(call.report),)


def modem_gone_while_held(call: Call, event: Event, now: float) -> Result:
    """SEIZING, HOLDING, RELEASING: on-hook is asked for all the same; the modem layer does it when it is back."""
    call, _ = modem_gone(replace(call, releases=0, held_since=None), event, now)
    if call.pending:
        # Without the ring of theirs that may have sounded: it would take the line, with a modem that is away.
        reports = tuple((told, now) for told in call.pending)
        finished, actions = finish(call, OpenNext((*reports, (event, now))))
        return finished, (GoOnHook(), *actions)
    return call, (GoOnHook(),)


def heard_again(call: Call, event: Event, now: float) -> Result:
    """LOST: perhaps this call, perhaps another; taken for another, for a wanted call lost is worse.

    If it is the same call, its report does not come again: then it rings.
    """
    return finish(call, OpenNext(((event, now),), blind=True))


def wait_ran_out(call: Call, _event: Event, now: float) -> Result:
    """WAITING: no report comes any more, or no ring."""
    return finish(call) if now >= gap_end(call) else ask_without_waiting(call)


def gap_passed(call: Call, _event: Event, _now: float) -> Result:
    """RINGING, LOST: it stopped by itself, or nothing was heard any more."""
    return finish(call)


def guard_ran_out(call: Call, _event: Event, now: float) -> Result:
    """GUARDING: silence, so it worked; or one ring that no report explains, so it is the same call."""
    still_rings = call.rang_on and now < gap_end(call)
    return seize(call, now) if still_rings and wants_drop(call) else finish(call)
