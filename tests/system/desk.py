"""A box on a desk: the line's loop in this process, so that a test can press its buttons and watch its lamps' pins.

The modem is simulated on a pseudo-terminal and the pins are gpiozero's mock pins; all between them is real.
"""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from appliance.config import Config, load
from appliance.core.household import EntryKind, ListName
from appliance.line import Line
from appliance.store import CallRecord
from hardware.panel import SIGNALS, Lamp, PanelPins, Signal
from hardware.simulator import SimulatedModem
from tests.system.house import House, eventually

PINS = PanelPins()
FINGER_S = 0.12  # how long a quick finger stays on a button


class Desk:
    """One line with its panel, from plugged in to unplugged."""

    def __init__(self, folder: Path, pins: Any, *, country: str = "GB") -> None:
        self.house = House(folder, country=country)
        self.sim = SimulatedModem(country=country)
        self._pins = pins
        self._line: Line | None = None
        self._failure: BaseException | None = None
        self._built = threading.Event()
        self._thread = threading.Thread(target=self._run, name="line")

    def _run(self) -> None:
        try:
            config: Config = load(self.house.config, data=self.house.data)
            self._line = Line(config, port=self.sim.port, name="main")
            self._built.set()
            self._line.run()
        except BaseException as failure:
            self._failure = failure
            self._built.set()
            raise

    def __enter__(self) -> Self:
        self.sim.start()
        self._thread.start()
        assert self._built.wait(10)
        eventually(lambda: (status := self.house.status()) and status.modem == "ready", 10, "the modem is ready")
        self.wait_for_lamp(Signal.READY)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None:
            self._line.stop()
        self._thread.join(10)
        self.sim.stop()
        assert not self._thread.is_alive()
        assert self._failure is None
        assert not self.sim.line.off_hook

    # fingers and eyes

    def press(self, button: str, *, watch: Lamp = Lamp.BLOCKED) -> None:
        """Puts a finger on a button and takes it off; what the watched lamp does from then on is remembered."""
        self.pin(watch).clear_states()
        pin = self.button(button)
        pin.drive_low()
        time.sleep(FINGER_S)
        pin.drive_high()
        time.sleep(FINGER_S)  # sooner down again would be a bounce

    def button(self, button: str) -> Any:
        return self._pins.pin(getattr(PINS, f"{button}_button"))

    def pin(self, lamp: Lamp) -> Any:
        return self._pins.pin(getattr(PINS, lamp.value))

    def first_change(self, lamp: Lamp) -> float:
        """Seconds from the last press, which watched this lamp, to the first change of its pin."""

        def changed() -> bool:
            return len(self.pin(lamp).states) > 1

        eventually(changed, 5, f"the lamp {lamp.value} shows something")
        first: float = self.pin(lamp).states[1].timestamp
        return first  # seconds since clear_states, just before the press

    def flashes(self, signal: Signal) -> int:
        """How often the lamp of a signal has lit up since the press, once that signal's pattern has ended."""
        lamp, pattern = SIGNALS[signal]
        eventually(lambda: self.showing(lamp) == pattern.name, 5, f"the lamp {lamp.value} shows {pattern.name}")
        eventually(lambda: self.showing(lamp) != pattern.name, 15, f"{pattern.name} ends")
        return sum(bool(state.state) for state in self.pin(lamp).states[1:])

    def showing(self, lamp: Lamp) -> str:
        assert self._line is not None
        return self._line.panel.showing()[lamp.value]

    def wait_for_lamp(self, signal: Signal, seconds: float = 5.0) -> None:
        lamp, pattern = SIGNALS[signal]
        eventually(lambda: self.showing(lamp) == pattern.name, seconds, f"the lamp {lamp.value} shows {pattern.name}")

    # what is kept

    def rang(self, number: str | None = "02079460177", name: str | None = "BRIAR QUINN", **how: Any) -> CallRecord:
        """One call of one ring, to its end."""
        before = len(self.house.calls())
        self.sim.call(number=number, name=name, rings=1, **how)
        return self.house.ended(before + 1)[-1]

    def listed(self, name: ListName, value: str) -> bool:
        with self.house.store() as store:
            return store.lists.find(name, EntryKind.EXACT, value) is not None

    def wait_for_entry(self, name: ListName, value: str, *, there: bool = True) -> None:
        eventually(lambda: self.listed(name, value) is there, 5, f"{value} on the {name.value} list: {there}")

    def said(self, text: str, who: str = "button") -> None:
        """Waits for an event on the page, by that hand."""
        wanted = f"button: {who}: "

        def there() -> bool:
            return any(event.startswith(wanted) and text in event for event in self.house.events())

        eventually(there, 5, f"an event by {who} with {text!r}; have {self.house.events()}")

    def setting(self, name: str) -> str:
        with self.house.store() as store:
            return store.settings.get(name)
