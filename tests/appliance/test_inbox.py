"""The one queue of the line: order, times, and floods."""

import time

from appliance.inbox import FLOOD_S, Inbox
from hardware.events import ModemLost, RingDetected


def drained(inbox: Inbox) -> list[tuple[object, float]]:
    found = []
    while not inbox.empty:
        found.append(inbox.take(0.0))
    return found


def test_what_was_put_in_comes_out_in_order_with_its_time() -> None:
    inbox = Inbox()
    inbox.post_at("first", 2.0)
    inbox.post_at("second", 1.0)
    before = time.monotonic()
    inbox.post("third")
    assert drained(inbox)[:2] == [("first", 2.0), ("second", 1.0)]
    inbox.post("third")
    assert inbox.take(0.0)[1] >= before


def test_nothing_comes_at_the_time_until_which_it_was_waited() -> None:
    since = time.monotonic()
    event, at = Inbox().take(since + 0.05)
    assert event is None
    assert at >= since + 0.05


def test_of_a_flood_of_rings_few_pass_and_nothing_else_is_held_back() -> None:
    inbox = Inbox()
    for number in range(100):
        inbox.from_modem(RingDetected(), 10.0 + number / 1000)
    inbox.from_modem(ModemLost("x"), 10.1)
    assert [at for event, at in drained(inbox) if isinstance(event, RingDetected)] == [10.0, 10.0 + FLOOD_S]
    inbox.from_modem(RingDetected("B"), 12.0)
    assert drained(inbox) == [(RingDetected("B"), 12.0)]
