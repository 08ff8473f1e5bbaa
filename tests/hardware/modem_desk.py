"""A running Modem with what it told, for the tests of the thread; real ptys and the simulator are on the other end."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from hardware.events import ModemEvent
from hardware.modem import Modem
from hardware.profiles import INIT, PLAIN_OPTIONS, V253, ModemOptions
from hardware.recovery import LADDER
from hardware.timing import ModemTiming
from hardware.usb_power import PLAIN_POWER, PowerOptions

QUICK = ModemTiming(
    rescan=0.05,
    pauses=(0.05, 0.1, 0.2),
    ladder=tuple(replace(rung, pause=rung.pause / 10, rest=rung.rest / 10) for rung in LADDER),
    usb_off=0.05,
    power_off=0.1,
    power_limit=1.0,
    power_on_limit=0.5,
    heartbeat=0.5,
    quiet_after_ring=0.3,
    answer=0.3,
    hook=0.4,
    doubt=0.6,
    release=2.0,
)
"""Everything five to a hundred times as quick as for a household, for tests that wait for it."""

QUICK_SET_UP = ModemOptions(profile=replace(V253, init=tuple(replace(step, timeout=0.1) for step in INIT)))
"""A modem that says nothing is known for silent after 0.4 s; never for one that answers on a busy machine."""

Event = TypeVar("Event", bound=ModemEvent)


class RunningModem:
    """Starts a Modem and keeps its events with their times; stops it at the end of the `with`."""

    def __init__(
        self,
        port: str | None,
        *,
        timing: ModemTiming = QUICK,
        options: ModemOptions = PLAIN_OPTIONS,
        power: PowerOptions = PLAIN_POWER,
        by_id: Path = Path("/nowhere"),
        sysfs: Path = Path("/sys"),
    ) -> None:
        self.seen: list[tuple[ModemEvent, float]] = []
        self.stop_error: Exception | None = None
        self._came = threading.Condition()
        self._taken = 0
        self.modem = Modem(self._emit, port=port, options=options, power=power, by_id=by_id, sysfs=sysfs, timing=timing)

    def _emit(self, event: ModemEvent, at: float) -> None:
        with self._came:
            self.seen.append((event, at))
            self._came.notify_all()

    def __enter__(self) -> Self:
        self.modem.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.modem.stop()

    @property
    def events(self) -> list[ModemEvent]:
        with self._came:
            return [event for event, _ in self.seen]

    def wait_for(self, kind: type[Event], within: float = 5.0) -> Event:
        """The next event of that kind after the last one waited for."""
        until = time.monotonic() + within
        with self._came:
            while True:
                for index in range(self._taken, len(self.seen)):
                    event = self.seen[index][0]
                    if isinstance(event, kind):
                        self._taken = index + 1
                        return event
                left = until - time.monotonic()
                assert left > 0, f"no {kind.__name__} within {within} s; seen: {self.seen[self._taken :]}"
                self._came.wait(left)


def plug_fake_usb(sysfs: Path, device: str, usb_id: str) -> Path:
    """Let sysfs say that the tty is the USB device `usb_id`; its folder."""
    usb = sysfs / "devices" / "usb1" / Path(device).name
    usb.mkdir(parents=True)
    vendor, product = usb_id.split(":")
    (usb / "idVendor").write_text(vendor)
    (usb / "idProduct").write_text(product)
    (usb / "authorized").write_text("1\n")
    tty_class = sysfs / "class" / "tty" / Path(device).name
    tty_class.mkdir(parents=True)
    (tty_class / "device").symlink_to(usb)
    bus = sysfs / "bus" / "usb" / "devices"
    bus.mkdir(parents=True, exist_ok=True)
    (bus / Path(device).name).symlink_to(usb)
    return usb


def soon(condition: Callable[[], bool], within: float = 5.0) -> None:
    """Wait until it holds."""
    until = time.monotonic() + within
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.002)
