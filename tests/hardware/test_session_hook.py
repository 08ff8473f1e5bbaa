"""Somebody else on the line, and a modem that is stuck in a sound stream: what becomes of the hook."""

from dataclasses import replace

import pytest

from hardware.events import (
    HookFailed,
    KeyPressed,
    LineFoundInUse,
    LineSignal,
    ModemEvent,
    SignalHeard,
    SoundReceived,
    UnsolicitedLine,
    WentOffHook,
    WentOnHook,
)
from hardware.hook import MAY_HOLD_THE_LINE, SAID_TO_OFF_HOOK, TABLE, Act, Happening, State
from hardware.profiles import V253, ModemOptions
from hardware.timing import REAL
from tests.hardware.session_desk import OK, SILENCE, Desk, ready_desk

IN_USE = b"\r\nLINE-IN-USE\r\n"
EXTENSION_LIFTED = SignalHeard(LineSignal.EXTENSION_OFF_HOOK)
HANDSET_LIFTED = SignalHeard(LineSignal.HANDSET_OFF_HOOK)


def conexant(**changes: str) -> ModemOptions:
    """A modem that tells apart its own relay and a handset, and whatever else is asked of it."""
    return ModemOptions(profile=replace(V253, name="Conexant", **changes))  # type: ignore[arg-type]  # texts only


def usr() -> ModemOptions:
    return ModemOptions(profile=replace(V253, name="USR5637", echoes_relay=True))


# -- somebody talks on another telephone


def test_a_line_that_is_in_use_is_told_and_left_alone() -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = IN_USE
    before = len(desk.written)
    assert desk.off_hook() == [LineFoundInUse(), WentOnHook()]
    assert desk.until(desk.now + 300) == []
    assert [command for command in desk.sent(before) if command != "AT"] == ["ATH1", "ATH0"], "no second attempt"
    assert desk.session.state is State.READY


def test_on_hook_asked_for_after_a_line_in_use_is_confirmed_and_nothing_more_is_sent() -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = IN_USE
    desk.off_hook()
    before = len(desk.written)
    assert desk.on_hook() == [WentOnHook()]
    assert desk.sent(before) == []


def test_an_on_hook_that_is_not_obeyed_after_a_line_in_use_still_ends_with_the_port_closed() -> None:
    desk = ready_desk()
    desk.replies |= {"ATH1": IN_USE, "ATH0": SILENCE}
    desk.off_hook()
    desk.until(desk.now + REAL.release + 1)
    assert desk.session.failure is not None
    assert not desk.holds()


def test_a_line_in_use_that_is_said_late_ends_the_doubt() -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = SILENCE
    desk.off_hook()
    failed = desk.until(desk.now + REAL.hook + 0.1)
    assert [type(event) for event in failed] == [HookFailed]
    desk.hear(IN_USE)
    assert desk.settle() == [LineFoundInUse(), WentOnHook()]
    assert desk.sent()[-1] == "ATH0"


def test_an_ok_that_was_the_heartbeats_does_not_hide_that_the_line_is_in_use() -> None:
    desk = ready_desk()
    desk.replies |= {"AT": SILENCE, "ATH1": SILENCE}
    desk.until(desk.now + REAL.heartbeat + 0.3)
    desk.off_hook()
    desk.hear(OK)  # the heartbeat's; the modem is slow
    assert desk.settle() == [WentOffHook()]
    desk.hear(IN_USE)
    assert LineFoundInUse() in desk.settle()
    desk.until(desk.now + REAL.release)
    assert not desk.holds()


@pytest.mark.parametrize("state", State)
def test_the_modem_is_on_hook_or_on_its_way_after_a_line_in_use_whatever_it_was_doing(state: State) -> None:
    after, acts = TABLE[state, Happening.FOUND_IN_USE]
    assert after not in MAY_HOLD_THE_LINE - {State.RELEASING}
    assert (Act.SEND_ON_HOOK in acts) == (state in MAY_HOLD_THE_LINE - {State.RELEASING})
    assert Act.TELL_OFF_HOOK_FAILED not in acts


def test_only_ok_means_that_the_line_is_ours() -> None:
    assert [said for said, happening in SAID_TO_OFF_HOOK.items() if happening is Happening.SEIZED] == ["OK"]


# -- somebody lifts another telephone


@pytest.mark.parametrize(("code", "event"), [(b"P", EXTENSION_LIFTED), (b"H", HANDSET_LIFTED)])
def test_a_telephone_that_is_lifted_while_we_hold_the_line_is_told_at_once(code: bytes, event: ModemEvent) -> None:
    desk = ready_desk(options=conexant())
    desk.off_hook()
    desk.hear(b"\x10" + code)
    assert desk.settle() == [event]
    assert desk.session.state is State.HOLDING, "letting go is for who leads the call"


def test_a_modem_that_tells_of_its_own_relay_is_not_taken_for_somebody_in_the_house() -> None:
    desk = ready_desk(options=usr())
    desk.replies["ATH1"] = OK + b"\x10H"
    desk.replies["ATH0"] = b"\x10h" + OK
    assert desk.off_hook() == [WentOffHook()]
    assert desk.on_hook() == [WentOnHook()]


def test_its_own_relay_is_believed_once_and_soon_and_the_next_is_somebody() -> None:
    desk = ready_desk(options=usr())
    desk.off_hook()
    desk.hear(b"\x10H")
    assert desk.settle() == []
    desk.hear(b"\x10H")
    assert desk.settle() == [HANDSET_LIFTED]
    desk.on_hook()
    desk.off_hook()
    desk.until(desk.now + REAL.relay_echo + 0.1)
    desk.hear(b"\x10H")
    assert desk.settle() == [HANDSET_LIFTED]


def test_an_extension_is_never_our_own_relay() -> None:
    desk = ready_desk(options=usr())
    desk.replies["ATH1"] = OK + b"\x10P"
    assert desk.off_hook() == [WentOffHook(), EXTENSION_LIFTED]


def test_a_handset_is_told_of_while_on_hook_too() -> None:
    desk = ready_desk(options=usr())
    desk.hear(b"\x10H")
    assert desk.settle() == [HANDSET_LIFTED]


# -- sound


def listening(*, stuck: bool = False) -> Desk:
    """A modem that answers the off-hook command with a stream of sound; `stuck`: it hears nothing from then on."""
    desk = ready_desk(options=conexant(off_hook="AT+VRX"))
    desk.replies["AT+VRX"] = b"\r\nCONNECT\r\n"
    if stuck:
        desk.stuck = True
        desk.replies["ATH0"] = SILENCE
    return desk


def feed(desk: Desk, seconds: float) -> list[ModemEvent]:
    """Sound as a stuck modem goes on sending it, a tenth of a second at a time, until the port is closed."""
    seen: list[ModemEvent] = []
    for _ in range(round(seconds * 10)):
        if desk.session.failure is not None:
            break
        desk.hear(b"\x80" * 800)
        seen += desk.until(desk.now + 0.1)
    return seen


def test_everything_that_is_heard_in_a_stream_is_told() -> None:
    desk = listening()
    desk.off_hook()
    assert desk.session.streaming
    desk.hear(b"\x80\x7f\x10/5\x105\x10~\x10d")
    seen = desk.settle() + desk.until(desk.now + 0.1)
    assert [event for event in seen if isinstance(event, KeyPressed)] == [KeyPressed("5")]
    assert SignalHeard(LineSignal.DIAL_TONE) in seen
    assert any(isinstance(event, SoundReceived) for event in seen)


def test_on_hook_ends_the_stream_first() -> None:
    desk = listening()
    desk.off_hook()
    desk.replies["ATH0"] = OK
    desk.session.go_on_hook(desk.now)
    words = desk.session.data_to_send()
    assert words.startswith(b"\x10!"), "V.253: the receive abort"
    desk.hear(b"\x80\x80\x10\x03\r\nOK\r\n")
    assert WentOnHook() in desk.until(desk.now + 1)
    assert not desk.session.streaming


def test_a_modem_stuck_in_a_stream_loses_its_port_at_the_deadline_of_the_hook() -> None:
    desk = listening(stuck=True)
    start = desk.now
    desk.off_hook()
    desk.session.go_on_hook(desk.now)
    feed(desk, 60)
    assert desk.session.failure is not None, "closing it drops DTR and with it the line"
    assert desk.now - start <= REAL.release + 1.0
    assert not desk.holds()


def test_a_modem_stuck_in_a_stream_that_nobody_ends_loses_its_port_too() -> None:
    desk = listening(stuck=True)
    start = desk.now
    desk.off_hook()
    feed(desk, 120)
    assert desk.session.failure is not None
    assert desk.now - start <= REAL.off_hook_limit + REAL.release + 1.0


def test_a_ring_in_the_middle_of_what_the_modem_says_unasked_is_still_told() -> None:
    desk = ready_desk()
    desk.hear(b"\r\nNO CARRIER\r\n\r\nLINE-IN-USE\r\n")
    assert desk.settle() == [UnsolicitedLine("NO CARRIER")]
    assert desk.session.state is State.READY
