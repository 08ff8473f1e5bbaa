"""What a modem says, as the call table understands it. Pure; no modem, lamp or list may enter.

Also which of its signals mean that somebody in the house has lifted another telephone.
"""

from collections.abc import Callable
from typing import Any

from appliance.core import call as core
from hardware import events as wire

OWN_RELAY_S = 1.0
"""Seconds after our own off-hook in which "handset off-hook" may be our own relay: a USR5637 tells it as soon as it has
switched. Later in the 2.5 s for which a call is held, it can only be somebody else."""

_AS_CALL_EVENT: dict[type, Callable[[Any], core.Event]] = {
    wire.RingDetected: lambda event: core.Rang(event.pattern),
    wire.CallerNumberReceived: lambda event: core.NumberKnown(
        wire.CallerIdReported(number=event.number, absence=event.absence)
    ),
    wire.CallerIdReported: lambda event: core.Reported(event, amends=event.amends),
    wire.CallerIdDamaged: lambda event: core.Damaged(event.why, event.readable),
    wire.WentOffHook: lambda _: core.WentOffHook(),
    wire.WentOnHook: lambda _: core.WentOnHook(),
    wire.HookFailed: lambda event: core.HookFailed(event.wanted_off_hook),
    wire.LineFoundInUse: lambda _: core.LineInUse(),
    wire.ModemLost: lambda _: core.ModemGone(),
}


def call_event(event: object, call: core.Call | None, at: float) -> core.Event | None:
    """The event for the call table; None when it says nothing about a call. `call` is the one going on."""
    if isinstance(event, wire.SignalHeard):
        return core.HandsetLifted() if _lifted(event.signal, call, at) else None
    made = _AS_CALL_EVENT.get(type(event))
    return made(event) if made else None


def _lifted(signal: wire.LineSignal, call: core.Call | None, at: float) -> bool:
    if signal is wire.LineSignal.EXTENSION_OFF_HOOK:
        return True
    if signal is not wire.LineSignal.HANDSET_OFF_HOOK:
        return False
    if call is None or call.state not in core.OFF_HOOK:
        return True  # nothing of ours is on the line
    return call.state is core.State.HOLDING and call.held_since is not None and at - call.held_since > OWN_RELAY_S
