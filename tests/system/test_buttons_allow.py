"""The button Allow, pressed on mock pins: the last caller permitted, or the next one, and what lamp and page say."""

from datetime import UTC, datetime, timedelta

from appliance.core.household import ListName
from hardware.panel import Lamp, Signal
from tests.system.desk import Desk
from tests.system.house import eventually

CALLER = "02079460177"
KEY = "+442079460177"


def test_allow_permits_the_last_caller_and_a_second_press_takes_it_back(desk: Desk) -> None:
    desk.rang(CALLER)
    desk.press("allow", watch=Lamp.RING)
    assert desk.flashes(Signal.PERMIT_DONE) == 3
    desk.wait_for_entry(ListName.PERMIT, KEY)
    desk.said("020 7946 0177 is now on the permit list")
    desk.press("allow")
    assert desk.flashes(Signal.UNDONE) == 1
    desk.wait_for_entry(ListName.PERMIT, KEY, there=False)


def test_allow_after_a_dropped_call_lets_that_caller_through_from_then_on(desk: Desk) -> None:
    desk.house.block(KEY, label="Roof sellers")
    first = desk.sim.call(number=CALLER, name="ROOF SELLERS")
    assert first.wait(10) == "dropped"
    desk.press("allow", watch=Lamp.RING)
    desk.wait_for_entry(ListName.PERMIT, KEY)
    assert not desk.listed(ListName.BLOCK, KEY)
    desk.house.ended(1)
    second = desk.sim.call(number=CALLER, rings=1)
    assert second.wait(10) == "gave_up"
    assert second.seizures == 0


def test_allow_on_a_quiet_line_arms_the_next_call_and_a_second_press_disarms_it(desk: Desk) -> None:
    desk.press("allow", watch=Lamp.RING)
    desk.wait_for_lamp(Signal.PERMIT_NEXT_ARMED)
    eventually(lambda: desk.setting("permit_next_until") != "", 5)
    until = datetime.fromisoformat(desk.setting("permit_next_until"))
    assert timedelta(minutes=29) < until - datetime.now(UTC) <= timedelta(minutes=30)
    desk.said("The next call will be let through")
    desk.press("allow", watch=Lamp.RING)
    assert desk.flashes(Signal.PERMIT_NEXT_DISARMED) >= 1
    eventually(lambda: desk.setting("permit_next_until") == "", 5)
    desk.said("was switched off")
    desk.wait_for_lamp(Signal.QUIET)


def test_an_armed_permit_lets_a_listed_caller_through_once_and_the_lamp_goes_out(desk: Desk) -> None:
    desk.house.block(KEY)
    desk.press("allow", watch=Lamp.RING)
    desk.wait_for_lamp(Signal.PERMIT_NEXT_ARMED)
    eventually(lambda: desk.setting("permit_next_until") != "", 5)
    row = desk.rang(CALLER)
    assert (row.outcome, row.category) == ("rang_out", "permitted_next")
    eventually(lambda: desk.setting("permit_next_until") == "", 5)
    desk.wait_for_lamp(Signal.QUIET)
    call = desk.sim.call(number=CALLER)
    assert call.wait(10) == "dropped"


def test_allow_after_a_withheld_caller_arms_the_next_call(desk: Desk) -> None:
    desk.rang(None, None, absence="private")
    desk.press("allow", watch=Lamp.RING)
    desk.wait_for_lamp(Signal.PERMIT_NEXT_ARMED)
    eventually(lambda: desk.setting("permit_next_until") != "", 5)


def test_allow_pressed_before_the_number_came_counts_when_it_comes(desk: Desk) -> None:
    call = desk.sim.call(number=CALLER, name="BRIAR QUINN", before_ring=False, rings=2)
    eventually(lambda: call.rings == 1, 5)
    desk.press("allow", watch=Lamp.RING)
    desk.said("it will be permitted when it does")
    desk.wait_for_entry(ListName.PERMIT, KEY)


def test_allow_pressed_on_the_page_does_the_same_by_another_hand(desk: Desk) -> None:
    desk.house.press("allow")
    desk.wait_for_lamp(Signal.PERMIT_NEXT_ARMED)
    desk.said("The next call will be let through", who="page")
    desk.house.press("allow")
    desk.said("was switched off", who="page")
    eventually(lambda: desk.setting("permit_next_until") == "", 5)


def test_the_lamps_tell_how_a_call_goes(desk: Desk) -> None:
    desk.house.block(KEY)
    wanted = desk.sim.call(number="02079460111", rings=2)
    desk.wait_for_lamp(Signal.LET_THROUGH)
    eventually(lambda: desk.pin(Lamp.RING).state, 2)
    desk.house.ended(1)
    desk.wait_for_lamp(Signal.QUIET)
    eventually(lambda: not desk.pin(Lamp.RING).state, 2)
    assert wanted.outcome == "gave_up"
    listed = desk.sim.call(number=CALLER)
    desk.wait_for_lamp(Signal.DROPPING)
    eventually(lambda: desk.pin(Lamp.BLOCKED).state, 2)
    assert listed.wait(10) == "dropped"
    desk.house.set("mode", "rehearsal")
    desk.wait_for_lamp(Signal.REHEARSING)
    desk.house.set("mode", "off")
    desk.wait_for_lamp(Signal.BLOCKING_OFF)


def test_the_ring_lamp_shows_that_a_call_is_awaited_until_that_ends(desk: Desk) -> None:
    for setting, signal in (("expecting_until", Signal.EXPECTING), ("permit_next_until", Signal.PERMIT_NEXT_ARMED)):
        ends = datetime.now(UTC) + timedelta(seconds=2)
        desk.house.set(setting, ends.isoformat())
        desk.wait_for_lamp(signal)
        desk.wait_for_lamp(Signal.QUIET)
        assert datetime.now(UTC) >= ends
