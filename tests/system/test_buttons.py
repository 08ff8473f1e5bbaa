"""The button Block, pressed on mock pins: what is listed, what is dropped, what the lamp and the page say."""

from datetime import UTC, datetime

import pytest

from appliance.core.household import EntryKind, ListName
from hardware.panel import Lamp, Signal
from tests.system.desk import Desk
from tests.system.house import eventually

CALLER = "02079460177"
KEY = "+442079460177"


def test_block_lists_the_last_caller_and_a_second_press_takes_it_back(desk: Desk) -> None:
    desk.rang(CALLER)
    desk.press("block")
    assert desk.flashes(Signal.BLOCK_DONE) == 3
    desk.wait_for_entry(ListName.BLOCK, KEY)
    desk.said("020 7946 0177 is now on the block list")
    desk.press("block")
    assert desk.flashes(Signal.UNDONE) == 1
    desk.wait_for_entry(ListName.BLOCK, KEY, there=False)
    desk.said("the last change of the block list is undone")
    desk.press("block")  # and a third blocks again: an undone press is forgotten
    desk.wait_for_entry(ListName.BLOCK, KEY)


def test_an_undo_puts_a_replaced_permit_back(desk: Desk) -> None:
    desk.house.permit(KEY, label="Grandma")
    desk.rang(CALLER)
    desk.press("block")
    desk.wait_for_entry(ListName.BLOCK, KEY)
    assert not desk.listed(ListName.PERMIT, KEY)
    desk.press("block")
    desk.wait_for_entry(ListName.BLOCK, KEY, there=False)
    assert desk.listed(ListName.PERMIT, KEY)


def test_a_contact_can_be_blocked_and_an_undo_makes_him_one_again(desk: Desk) -> None:
    with desk.house.store() as store:
        store.lists.add(
            ListName.CONTACT, EntryKind.EXACT, KEY, label="Grandma", vip=True, source="page", now=datetime.now(UTC)
        )
        contact = store.lists.find(ListName.CONTACT, EntryKind.EXACT, KEY)
    assert desk.rang(CALLER).category == "contact"
    desk.press("block")
    desk.said("It was one of your contacts (“Grandma”), and is taken off there.")
    assert not desk.listed(ListName.CONTACT, KEY)
    desk.press("block")
    desk.wait_for_entry(ListName.BLOCK, KEY, there=False)
    with desk.house.store() as store:
        assert store.lists.find(ListName.CONTACT, EntryKind.EXACT, KEY) == contact


def test_block_while_the_bell_sounds_drops_the_caller_now(desk: Desk) -> None:
    call = desk.sim.call(number=CALLER, name="ROOF SELLERS")
    eventually(lambda: call.rings == 1, 5)
    desk.press("block")
    assert call.wait(10) == "dropped"
    assert call.rings == 1
    desk.wait_for_entry(ListName.BLOCK, KEY)
    row = desk.house.ended(1)[0]
    assert (row.outcome, row.treatment, row.reason) == ("dropped", "drop", "block_pressed")


def test_block_pressed_before_the_number_came_counts_when_it_comes(desk: Desk) -> None:
    call = desk.sim.call(number=CALLER, name="ROOF SELLERS", before_ring=False)  # the number comes 2.3 s after the bell
    eventually(lambda: call.rings == 1, 5)
    desk.press("block")
    desk.said("before the caller's number came")
    assert not desk.listed(ListName.BLOCK, KEY)
    assert call.wait(10) == "dropped"
    desk.wait_for_entry(ListName.BLOCK, KEY)
    desk.said("is now on the block list")


def test_block_taken_back_before_the_next_ring_lets_the_call_ring_on(american_desk: Desk) -> None:
    desk = american_desk
    call = desk.sim.call(number="2125550177", name="BRIAR QUINN", rings=2)
    eventually(lambda: call.report_sent_at, 10)  # at 3.3 s; the bell is silent until 6 s
    desk.press("block")
    desk.wait_for_entry(ListName.BLOCK, "+12125550177")
    desk.press("block")
    desk.wait_for_entry(ListName.BLOCK, "+12125550177", there=False)
    row = desk.house.ended(1)[0]
    assert (call.outcome, call.rings, call.seizures) == ("gave_up", 2, 0)
    assert (row.outcome, row.treatment, row.category) == ("rang_out", "ring", "unknown")


@pytest.mark.parametrize(
    ("absence", "because"),
    [("private", "withheld the number"), ("unavailable", "did not know the number")],
)
def test_a_caller_without_a_number_cannot_be_blocked_and_that_is_said(desk: Desk, absence: str, because: str) -> None:
    desk.rang(None, None, absence=absence)
    desk.press("block")
    assert desk.flashes(Signal.CANNOT_BLOCK_WITHHELD) == 2
    desk.said(because)
    assert _entries(desk) == 0


def test_a_withheld_caller_who_still_rings_is_dropped_and_the_lamp_says_that_no_number_was_listed(desk: Desk) -> None:
    call = desk.sim.call(absence="private")
    eventually(lambda: call.rings == 1, 5)
    desk.press("block")
    desk.wait_for_lamp(Signal.CANNOT_BLOCK_WITHHELD, 1.0)
    desk.said("cannot be blocked by number")
    assert call.wait(10) == "dropped"
    assert _entries(desk) == 0


def test_with_nothing_to_block_the_lamp_flickers_and_the_page_says_so(desk: Desk) -> None:
    desk.press("block")
    assert 5 < desk.flashes(Signal.NOTHING_TO_BLOCK) <= 10  # a busy machine may miss one of 60 ms
    desk.said("nobody has called in the last ten minutes")
    assert _entries(desk) == 0


def test_a_caller_permitted_by_a_prefix_stays_permitted_and_that_is_said(desk: Desk) -> None:
    desk.house.permit("+4420", EntryKind.PREFIX, label="London")
    desk.rang(CALLER)
    desk.press("block")
    desk.wait_for_lamp(Signal.STAYS_PERMITTED)
    desk.said("still let through, because your permit list says so: “+4420”")
    call = desk.sim.call(number=CALLER, rings=1)
    assert call.wait(10) == "gave_up"
    assert call.seizures == 0


def test_block_pressed_on_the_page_does_the_same_by_another_hand(desk: Desk) -> None:
    desk.rang(CALLER)
    desk.house.press("block")
    desk.wait_for_entry(ListName.BLOCK, KEY)
    desk.said("is now on the block list", who="page")
    desk.house.press("block")
    desk.wait_for_entry(ListName.BLOCK, KEY, there=False)
    desk.said("is undone", who="page")


def test_a_press_shows_at_the_pin_at_once(desk: Desk, request: pytest.FixtureRequest) -> None:
    desk.press("block")
    took = desk.first_change(Lamp.BLOCKED)
    request.node.user_properties.append(("seconds from press to pin", took))
    assert took < 1.0, took  # 0.06 s on an idle machine; `make bench` holds it to 0.1 s


def test_a_quick_bounce_of_the_contact_is_no_press(desk: Desk) -> None:
    pin = desk.button("block")
    for _ in range(5):
        pin.drive_low()
        pin.drive_high()
    desk.press("allow", watch=Lamp.RING)
    desk.said("The next call will be let through")
    assert not any("Block was pressed" in event for event in desk.house.events())


def _entries(desk: Desk) -> int:
    with desk.house.store() as store:
        return store.lists.count(ListName.BLOCK)
