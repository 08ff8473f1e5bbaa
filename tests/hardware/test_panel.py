import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from hardware.events import Button, ButtonPressed
from hardware.panel import DEBOUNCE_S, Panel, PanelPins, Signal

PINS = PanelPins()


class Presses:
    """What a panel emitted, with a way to wait for it."""

    def __init__(self) -> None:
        self.seen: list[tuple[Button, float]] = []
        self.came = threading.Event()

    def __call__(self, event: ButtonPressed, at: float) -> None:
        self.seen.append((event.button, at))
        self.came.set()

    @property
    def buttons(self) -> list[Button]:
        return [button for button, _ in self.seen]


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[MockFactory]:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    factory = MockFactory()
    gpiozero.Device.pin_factory = factory
    yield factory
    factory.reset()
    gpiozero.Device.pin_factory = None


@pytest.fixture
def presses() -> Presses:
    return Presses()


@pytest.fixture
def panel(pins: MockFactory, presses: Presses) -> Iterator[Panel]:
    panel = Panel(PINS, presses)
    assert panel.warnings == ()
    yield panel
    panel.close()


def soon(condition: Callable[[], bool], within: float = 2.0) -> float:
    """Seconds until the condition held."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < within, "did not happen in time"
        time.sleep(0.001)
    return time.monotonic() - start


def test_a_told_signal_lights_its_pin_and_quiet_darkens_it(panel: Panel, pins: MockFactory) -> None:
    panel.tell(Signal.LET_THROUGH)
    soon(lambda: bool(pins.pin(PINS.ring).state))
    assert panel.showing() == {"health": "off", "ring": "steady", "blocked": "off", "message": "off"}
    panel.tell(Signal.QUIET)
    soon(lambda: not pins.pin(PINS.ring).state)


def test_feedback_shows_at_the_pin_and_the_lasting_pattern_returns(panel: Panel, pins: MockFactory) -> None:
    panel.tell(Signal.READY)
    panel.tell(Signal.NOTHING_TO_BLOCK)
    assert panel.showing()["blocked"] == "flicker"
    soon(lambda: bool(pins.pin(PINS.blocked).state))
    soon(lambda: panel.showing()["blocked"] == "off")
    soon(lambda: not pins.pin(PINS.blocked).state)
    assert pins.pin(PINS.health).state


def test_telling_never_waits_for_the_pins(panel: Panel) -> None:
    took = []
    for _ in range(200):
        start = time.monotonic()
        panel.tell(Signal.BLOCK_DONE)
        took.append(time.monotonic() - start)
    assert sorted(took)[len(took) // 2] < 0.005


def test_a_press_is_told_once_with_the_time_of_the_first_contact(
    panel: Panel, pins: MockFactory, presses: Presses
) -> None:
    before = time.monotonic()
    pins.pin(PINS.block_button).drive_low()
    after = time.monotonic()
    assert presses.came.wait(2)
    time.sleep(0.1)
    pins.pin(PINS.block_button).drive_high()
    time.sleep(0.1)
    assert presses.buttons == [Button.BLOCK]
    assert before <= presses.seen[0][1] <= after


def test_bouncing_contacts_are_one_press(panel: Panel, pins: MockFactory, presses: Presses) -> None:
    pin = pins.pin(PINS.allow_button)
    for _ in range(5):
        pin.drive_low()
        time.sleep(0.003)
        pin.drive_high()
        time.sleep(0.003)
    pin.drive_low()
    assert presses.came.wait(2)
    for _ in range(3):
        pin.drive_high()
        pin.drive_low()
    time.sleep(0.12)
    assert presses.buttons == [Button.ALLOW]


def test_a_spike_shorter_than_the_debounce_time_is_no_press(panel: Panel, pins: MockFactory, presses: Presses) -> None:
    pins.pin(PINS.block_button).drive_low()
    pins.pin(PINS.block_button).drive_high()
    assert not presses.came.wait(0.2)


def test_a_second_press_counts_again(panel: Panel, pins: MockFactory, presses: Presses) -> None:
    pin = pins.pin(PINS.block_button)
    for _ in range(2):
        pin.drive_low()
        assert presses.came.wait(2)
        presses.came.clear()
        pin.drive_high()
        time.sleep(0.08)
    assert presses.buttons == [Button.BLOCK, Button.BLOCK]


def test_a_pin_in_use_is_a_warning_and_the_rest_works(pins: MockFactory, presses: Presses) -> None:
    with gpiozero.LED(PINS.ring):
        panel = Panel(PINS, presses)
        try:
            assert len(panel.warnings) == 1
            assert "lamp ring on pin 22" in panel.warnings[0]
            panel.tell(Signal.RINGING)
            panel.tell(Signal.READY)
            soon(lambda: bool(pins.pin(PINS.health).state))
            assert panel.showing()["ring"] == "blink"
        finally:
            panel.close()


def test_a_pin_that_does_not_exist_is_a_warning(pins: MockFactory, presses: Presses) -> None:
    panel = Panel(PanelPins(message=99), presses)
    try:
        assert ["99" in warning for warning in panel.warnings] == [True]
    finally:
        panel.close()


def test_a_pin_factory_that_does_not_exist_is_a_warning_and_every_signal_can_still_be_told(
    monkeypatch: pytest.MonkeyPatch, presses: Presses
) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "no_such_factory")
    gpiozero.Device.pin_factory = None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        panel = Panel(PINS, presses)
    assert len(panel.warnings) == 6
    for signal in Signal:
        panel.tell(signal)
    assert panel.showing()["health"] == "slow_blink"
    panel.close()
    panel.close()


def test_no_panel_is_no_warning_and_no_thread(presses: Presses) -> None:
    threads = threading.active_count()
    panel = Panel(None, presses)
    panel.tell(Signal.READY)
    assert panel.warnings == ()
    assert panel.showing()["health"] == "steady"
    assert threading.active_count() == threads
    panel.close()


def test_a_panel_is_one_thread_because_each_more_would_wake_an_idle_line(pins: MockFactory, presses: Presses) -> None:
    threads = threading.active_count()
    panel = Panel(PINS, presses)
    panel.tell(Signal.READY)
    assert threading.active_count() == threads + 1
    panel.close()


def test_closing_darkens_the_lamps_and_gives_the_pins_back(pins: MockFactory, presses: Presses) -> None:
    panel = Panel(PINS, presses)
    panel.tell(Signal.READY)
    soon(lambda: bool(pins.pin(PINS.health).state))
    panel.close()
    with gpiozero.LED(PINS.health) as lamp:
        assert not lamp.is_lit
    second = Panel(PINS, presses)
    assert second.warnings == ()
    second.close()


@pytest.mark.skipif(any(Path("/dev").glob("gpiochip*")), reason="this machine has GPIO pins")
def test_a_machine_without_pins_pays_no_import_and_says_so() -> None:
    script = (
        "import os, sys\n"
        "os.environ.pop('GPIOZERO_PIN_FACTORY', None)\n"
        "import hardware.panel as panel\n"
        "made = panel.Panel(panel.PanelPins(), lambda event, at: None)\n"
        "print('gpiozero' in sys.modules, made.warnings[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.startswith("False This machine has no GPIO pins")


class SlowPin(MockPin):  # type: ignore[misc]  # gpiozero ships no types
    """A pin behind a slow driver: each change of a lamp takes longer than a quick finger stays on a button."""

    def _set_state(self, value: bool) -> None:
        time.sleep(0.2)
        super()._set_state(value)


def test_a_press_that_ends_while_the_thread_is_busy_is_not_lost(
    monkeypatch: pytest.MonkeyPatch, presses: Presses
) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    factory = gpiozero.Device.pin_factory = MockFactory(pin_class=SlowPin)
    panel = Panel(PINS, presses)
    try:
        panel.tell(Signal.READY)
        time.sleep(0.05)
        factory.pin(PINS.block_button).drive_low()
        time.sleep(0.08)
        factory.pin(PINS.block_button).drive_high()
        assert presses.came.wait(3)
        time.sleep(0.3)
        assert presses.buttons == [Button.BLOCK]
        presses.came.clear()
        panel.tell(Signal.MODEM_MISSING)  # busy again
        began = time.monotonic()
        factory.pin(PINS.block_button).drive_low()
        factory.pin(PINS.block_button).drive_high()
        was_a_spike = time.monotonic() - began < DEBOUNCE_S  # a machine that slept in between made it a press
        assert presses.came.wait(1) is not was_a_spike
    finally:
        panel.close()
        factory.reset()
        gpiozero.Device.pin_factory = None
