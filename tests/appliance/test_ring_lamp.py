"""What the ring lamp shows while nobody calls, and that it ends by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.household_view import HouseholdView
from appliance.ring_lamp import RingLamp
from appliance.store import Store
from hardware.panel import Signal


class Room:
    """A view on a real store, its lamp, and what the lamp was told."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store = store
        self.view = HouseholdView(Config(data=folder, country="US"))
        self.told: list[Signal] = []
        self.lamp = RingLamp(self.view, self.told.append)

    def until(self, setting: str, seconds: float) -> None:
        moment = datetime.now(UTC) + timedelta(seconds=seconds)
        self.store.settings.set(setting, moment.isoformat(), by="page", now=datetime.now(UTC))
        self.view.refresh()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Store.open(tmp_path) as store:
        room = Room(tmp_path, store)
        yield room
        room.view.close()


def test_nothing_awaited_is_dark_and_needs_no_look(room: Room) -> None:
    room.lamp.rest()
    room.lamp.look()
    assert room.told == [Signal.QUIET]
    assert room.lamp.ends_in() is None


@pytest.mark.parametrize(
    ("setting", "signal"),
    [("permit_next_until", Signal.PERMIT_NEXT_ARMED), ("expecting_until", Signal.EXPECTING)],
)
def test_what_is_awaited_shows_until_it_ends(room: Room, setting: str, signal: Signal) -> None:
    room.until(setting, 60)
    room.lamp.look()
    room.lamp.look()
    assert room.told == [signal], "once"
    left = room.lamp.ends_in()
    assert left is not None
    assert 50 < left < 61
    room.until(setting, -1)
    room.lamp.look()
    assert room.told == [signal, Signal.QUIET]
    assert room.lamp.ends_in() is None


def test_the_next_call_whoever_it_is_shows_over_an_expected_one_and_gives_way_to_it(room: Room) -> None:
    room.until("expecting_until", 60)
    room.until("permit_next_until", 30)
    room.lamp.look()
    left = room.lamp.ends_in()
    assert left is not None
    assert left < 31, "whichever ends first"
    room.view.use_permit_next()
    room.lamp.look()
    assert room.told == [Signal.PERMIT_NEXT_ARMED, Signal.EXPECTING]


def test_after_a_call_it_shows_again(room: Room) -> None:
    room.until("expecting_until", 60)
    room.lamp.look()
    room.lamp.rest()
    assert room.told == [Signal.EXPECTING, Signal.EXPECTING]
