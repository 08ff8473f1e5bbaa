"""Lamps and buttons on the Pi's pins, by meaning. The only door to gpiozero; no policy may enter.

Trouble with GPIO is a warning and never stops calls: nothing here raises for it, and nobody waits for it. One thread
plays the patterns and settles the buttons; gpiozero (40 ms and 5 MB) is imported only when there are pins to drive.
"""

import functools
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.events import Button, ButtonPressed
from hardware.lamps import SIGNALS, Lamp, LampPlayer, Pattern, Signal

__all__ = ["SIGNALS", "Lamp", "Panel", "PanelPins", "Pattern", "Signal"]

log = logging.getLogger(__name__)

DEBOUNCE_S = 0.05
"""Seconds a button must stay as it is before it counts: contacts bounce for up to 20 ms, and a long wire beside a
ringing telephone line picks up spikes of a few. No finger is quicker. Feedback has the other 50 ms of its 100."""

CLOSE_S = 2.0
"""Seconds the thread gets to end. A driver that hangs longer is left behind: it must not keep the line up."""


@dataclass(frozen=True, slots=True)
class PanelPins:
    """BCM numbers. The defaults keep off the pins of UART (14, 15), I2C (2, 3) and SPI (7 to 11)."""

    health: int = 17
    ring: int = 22
    blocked: int = 27
    message: int = 23
    block_button: int = 5
    allow_button: int = 6


class Panel:
    """The panel of one line. `tell` what happened; presses come through `emit(ButtonPressed, monotonic seconds)`.

    `pins` None means that there is no panel. `emit` is called in the panel's own thread and must not block.
    """

    def __init__(self, pins: PanelPins | None, emit: Callable[[ButtonPressed, float], None]) -> None:
        self._emit = emit
        self._changed = threading.Condition()
        self._players = {lamp: LampPlayer() for lamp in Lamp}
        self._lamps: dict[Lamp, Any] = {}
        self._buttons: dict[Button, Any] = {}
        self._edges: dict[Button, tuple[float, float]] = {}  # first and last edge that has not settled yet
        self._unseen: list[tuple[Button, float]] = []  # presses that are over already
        self._held: set[Button] = set()
        self._warnings: list[str] = []
        self._told = 0  # counts what was told, so that nothing told while the thread is busy is slept over
        self._closing = False
        self._thread: threading.Thread | None = None
        if pins is not None:
            self._open(pins)
        if self._lamps or self._buttons:
            # A daemon: a GPIO driver that hangs must not keep the process from ending.
            self._thread = threading.Thread(target=self._run, name="panel", daemon=True)
            self._thread.start()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What does not work, as plain sentences; empty when all does or no panel was asked for."""
        with self._changed:
            return tuple(self._warnings)

    def tell(self, signal: Signal) -> None:
        """Show a signal. Thread-safe, never waits for the pins."""
        lamp, pattern = SIGNALS[signal]
        with self._changed:
            self._players[lamp].tell(pattern, time.monotonic())
            self._told += 1
            self._changed.notify()

    def showing(self) -> dict[str, str]:
        """Lamp name -> name of the pattern it shows, whether or not a pin is there to show it."""
        now = time.monotonic()
        with self._changed:
            return {lamp.value: player.showing(now).name for lamp, player in self._players.items()}

    def close(self) -> None:
        """All lamps off, pins given back. May be called twice."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
            if self._thread.is_alive():
                log.warning("panel_stuck timeout_s=%g", CLOSE_S)
            self._thread = None

    # -- setting up

    def _open(self, pins: PanelPins) -> None:
        gpiozero = _gpiozero()
        if isinstance(gpiozero, str):
            self._warn(gpiozero)
            return
        for lamp in Lamp:
            pin = getattr(pins, lamp.value)
            device = self._claim(f"lamp {lamp.value}", pin, functools.partial(gpiozero.LED, pin))
            if device is not None:
                self._lamps[lamp] = device
        for button in Button:
            pin = getattr(pins, f"{button.value}_button")
            # No gpiozero.Button: each starts a thread that wakes ten times a second, more than an idle line may cost.
            make = functools.partial(gpiozero.DigitalInputDevice, pin, pull_up=True)
            device = self._claim(f"button {button.value}", pin, make)
            if device is not None:
                self._buttons[button] = device
                device.when_activated = functools.partial(self._edge, button, True)
                device.when_deactivated = functools.partial(self._edge, button, False)

    def _claim(self, what: str, pin: int, make: Callable[[], Any]) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # gpiozero's fall-back story; what counts is said below
                return make()
        except _gpio_troubles() as trouble:
            self._warn(f"The {what} on pin {pin} does not work: {_one_line(trouble)}.")
            return None

    def _warn(self, sentence: str) -> None:
        with self._changed:
            self._warnings.append(sentence)
        log.warning("panel %s", sentence)

    # -- the thread

    def _edge(self, button: Button, down: bool) -> None:
        """A contact moved; called in a thread of gpiozero."""
        now = time.monotonic()
        with self._changed:
            first, last = self._edges.get(button, (now, now))
            if not down and now - last >= DEBOUNCE_S:  # down long enough, and up before our thread came to look
                self._unseen.append((button, first))
            self._edges[button] = (first, now)
            self._changed.notify()

    def _run(self) -> None:
        try:
            self._play()
        except Exception:  # the top of the thread: a fault of the panel is logged, calls go on
            log.exception("panel_failed")
            with self._changed:
                self._warnings.append("The panel stopped after a fault of its own; calls are handled all the same.")
        finally:
            for device in (*self._lamps.values(), *self._buttons.values()):
                try:
                    device.close()
                except _gpio_troubles() as trouble:
                    log.warning("panel_close_failed error=%r", _one_line(trouble))

    def _play(self) -> None:
        lit: dict[Lamp, bool] = {}
        now = time.monotonic()
        while True:
            with self._changed:
                if self._closing:
                    return
                seen, now, told = now, time.monotonic(), self._told
                for lamp in self._lamps:
                    self._players[lamp].catch_up(seen, now)
                wanted = {lamp: self._players[lamp].lit(now) for lamp in self._lamps}
                unseen, self._unseen = self._unseen, []
                settled = self._take_settled(now)
            for button, at in unseen:
                self._press(button, at)
            for button, at in settled:
                self._judge(button, at)
            for lamp, on in wanted.items():
                if lit.get(lamp) != on:
                    lit[lamp] = on
                    self._switch(lamp, on)
            with self._changed:
                if not self._closing and told == self._told and not self._unseen:
                    wake = self._next_wake(now)
                    self._changed.wait(None if wake is None else max(0.001, wake - time.monotonic()))

    def _next_wake(self, since: float) -> float | None:
        """When to look again, counted from the time already acted upon."""
        times = [at for lamp in self._lamps if (at := self._players[lamp].next_change(since)) is not None]
        times += [last + DEBOUNCE_S for _, last in self._edges.values()]
        return min(times, default=None)

    def _take_settled(self, now: float) -> list[tuple[Button, float]]:
        settled = [(button, first) for button, (first, last) in self._edges.items() if now >= last + DEBOUNCE_S]
        for button, _ in settled:
            del self._edges[button]
        return settled

    def _judge(self, button: Button, at: float) -> None:
        try:
            pressed = bool(self._buttons[button].is_active)
        except _gpio_troubles() as trouble:
            self._warn(f"The button {button.value} cannot be read: {_one_line(trouble)}.")
            return
        if pressed:
            self._press(button, at)
        else:
            self._held.discard(button)

    def _press(self, button: Button, at: float) -> None:
        if button not in self._held:
            self._held.add(button)
            log.info("button_pressed button=%s", button.value)
            self._emit(ButtonPressed(button), at)

    def _switch(self, lamp: Lamp, on: bool) -> None:
        try:
            device = self._lamps[lamp]
            device.on() if on else device.off()
        except _gpio_troubles() as trouble:
            self._lamps.pop(lamp, None)
            self._warn(f"The lamp {lamp.value} stopped working: {_one_line(trouble)}.")


def _gpiozero() -> Any:
    """The library, or a sentence that says why there is none to use."""
    if "GPIOZERO_PIN_FACTORY" not in os.environ and not any(Path("/dev").glob("gpiochip*")):
        return (
            "This machine has no GPIO pins, so there are no lamps and buttons; calls are handled all the same. "
            "“enabled = false” under [panel] in quietline.toml ends this message."
        )
    try:
        import gpiozero  # late on purpose: 40 ms that a machine without pins must not pay
    except ImportError as trouble:
        return f"The lamps and buttons need the gpiozero package: {_one_line(trouble)}."
    return gpiozero


def _gpio_troubles() -> tuple[type[BaseException], ...]:
    """What GPIO calls are known to raise. lgpio's own error is no OSError and exists only where lgpio does."""
    troubles: list[type[BaseException]] = [OSError, RuntimeError, ValueError, ImportError, AttributeError]
    for module, name in (("gpiozero", "GPIOZeroError"), ("lgpio", "error")):
        error = getattr(sys.modules.get(module), name, None)
        if isinstance(error, type) and issubclass(error, BaseException):
            troubles.append(error)
    return tuple(troubles)


def _one_line(trouble: BaseException) -> str:
    return " ".join(str(trouble).split()) or type(trouble).__name__
