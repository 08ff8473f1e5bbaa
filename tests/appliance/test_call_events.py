"""What a modem says, as the call table understands it; and which signals mean another telephone."""

from dataclasses import replace
from typing import get_args

import pytest

from appliance.call_events import OWN_RELAY_S, call_event
from appliance.core import call as core
from appliance.line import REACTIONS
from hardware import events as wire
from hardware.cadence import NORTH_AMERICA
from hardware.events import LineSignal

WAITING = core.begin(core.Timing.of(NORTH_AMERICA), 0.0)
HOLDING = replace(WAITING, state=core.State.HOLDING, held_since=10.0)
SELLER = wire.CallerIdReported(number="2125550123", dialled="2125550142")


def test_the_line_has_a_reaction_to_everything_a_modem_may_say() -> None:
    assert set(get_args(wire.ModemEvent)) <= set(REACTIONS)


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (wire.RingDetected("B"), core.Rang("B")),
        (wire.RingDetected(), core.Rang()),
        (
            wire.CallerNumberReceived("2125550123", None),
            core.NumberKnown(wire.CallerIdReported(number="2125550123")),
        ),
        (SELLER, core.Reported(SELLER)),
        (replace(SELLER, amends=True), core.Reported(replace(SELLER, amends=True), amends=True)),
        (wire.CallerIdDamaged("It broke.", SELLER), core.Damaged("It broke.", SELLER)),
        (wire.WentOffHook(), core.WentOffHook()),
        (wire.WentOnHook(), core.WentOnHook()),
        (wire.HookFailed(wanted_off_hook=True, reason="x"), core.HookFailed(wanted_off_hook=True)),
        (wire.LineFoundInUse(), core.LineInUse()),
        (wire.ModemLost("x"), core.ModemGone()),
        (wire.MessageWaitingReported(on=True), None),
        (wire.KeyPressed("1"), None),
        (wire.SoundReceived(b"\x00"), None),
    ],
)
def test_what_is_said_of_a_call_reaches_the_call_table(said: object, understood: core.Event | None) -> None:
    assert call_event(said, WAITING, 1.0) == understood


@pytest.mark.parametrize(
    ("signal", "call", "at", "lifted"),
    [
        (LineSignal.EXTENSION_OFF_HOOK, None, 0.0, True),
        (LineSignal.EXTENSION_OFF_HOOK, HOLDING, 10.1, True),
        (LineSignal.EXTENSION_ON_HOOK, HOLDING, 10.1, False),
        (LineSignal.HANDSET_OFF_HOOK, None, 0.0, True),
        (LineSignal.HANDSET_OFF_HOOK, WAITING, 0.0, True),
        (LineSignal.HANDSET_OFF_HOOK, replace(HOLDING, state=core.State.SEIZING), 10.0, False),
        (LineSignal.HANDSET_OFF_HOOK, HOLDING, 10.0 + OWN_RELAY_S, False),
        (LineSignal.HANDSET_OFF_HOOK, HOLDING, 10.1 + OWN_RELAY_S, True),
        (LineSignal.HANDSET_OFF_HOOK, replace(HOLDING, state=core.State.RELEASING), 12.5, False),
        (LineSignal.HANDSET_ON_HOOK, WAITING, 0.0, False),
        (LineSignal.BUSY, HOLDING, 12.0, False),
    ],
)
def test_a_lifted_handset_is_told_from_our_own_relay(
    signal: LineSignal, call: core.Call | None, at: float, lifted: bool
) -> None:
    assert call_event(wire.SignalHeard(signal), call, at) == (core.HandsetLifted() if lifted else None)
