"""Holding the line: what a modem says, refuses or makes up meanwhile, and how little is said to it before it obeys."""

import pytest

from hardware.events import HookFailed, ModemEvent, ModemReady, SignalHeard, WentOffHook, WentOnHook
from hardware.hook import State
from tests.hardware.session_desk import ERROR, OK, SILENCE, Desk, ready_desk


@pytest.mark.parametrize(
    "code", [b"b", b"K", b"d", b"i", b"s", b"q", b"c", b"a", b"e", b"J", b"r", b"v", b"w", b"L", b"l"]
)
def test_one_code_that_noise_made_up_ends_no_call(code: bytes) -> None:
    """Speech is told as BUSY, noise as SILENCE. Each is told to who leads the call; the line is held as planned."""
    desk = ready_desk()
    assert desk.off_hook() == [WentOffHook()]
    before = len(desk.written)
    desk.hear(b"\x10" + code)
    assert [type(event) for event in desk.settle()] == [SignalHeard]
    assert desk.until(desk.now + 2.0) == []
    assert desk.sent(before) == []
    assert desk.on_hook() == [WentOnHook()]


@pytest.mark.parametrize("line", [b"NO CARRIER", b"BUSY", b"RING", b"NMBR=2025550117", b"\x10H\x10h", b"\x81\xfe\x00"])
def test_nothing_that_is_said_in_front_of_the_answer_is_taken_for_it(line: bytes) -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = b"\r\n" + line + b"\r\n"
    assert not [event for event in desk.off_hook() if isinstance(event, WentOffHook | HookFailed)]
    assert desk.session.state is State.SEIZING
    desk.hear(OK)
    assert WentOffHook() in desk.settle()


@pytest.mark.parametrize("answer", [ERROR, SILENCE, b"\r\nNO CARRIER\r\n"])
def test_a_modem_that_refuses_voice_today_still_drops_calls(answer: bytes) -> None:
    """AT+FCLASS=8 was answered with ERROR after it had worked for weeks."""
    desk = Desk()
    desk.replies["AT+FCLASS=8"] = answer
    events = desk.until(desk.now + 30.0)
    (ready,) = [event for event in events if isinstance(event, ModemReady)]
    assert ready.modem.caller_id
    assert not (answer == ERROR and ready.modem.voice)
    taken: list[ModemEvent] = [*desk.off_hook(), *desk.on_hook()]
    assert taken == [WentOffHook(), WentOnHook()]
