"""A telephone line with a house at its end: the simulated modem and the real line process on it, both ends observed."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from appliance.store import CallRecord
from hardware.simulator import USR, Call, ModemModel, SimulatedModem
from tests.system.house import House, Process, eventually

TAKES_THE_LINE = frozenset({"ATH1", "ATA", "ATD"})
"""Commands that would take the line off-hook; the appliance may know the first only."""


class Scene:
    """Begins both, the process ready for a call. `prepare` fills lists and settings before the process starts.

    `speed` hurries the line and the modem, not the process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        country: str = "US",
        area_code: str = "",
        model: ModemModel = USR,
        speed: float = 1.0,
        prepare: Callable[[House], object] = lambda _: None,
    ) -> None:
        self.house = House(folder, country=country, area_code=area_code)
        self.sim = SimulatedModem(country=country, model=model, speed=speed)
        self._prepare = prepare

    def __enter__(self) -> Self:
        self._prepare(self.house)
        self.sim.start()
        self.process: Process = self.house.start_line(self.sim.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.house.__exit__(kind, error, trace)
        self.sim.stop()
        if kind is None:
            assert "Traceback" not in self.process.text(), self.process.text()[-3000:]

    def commands(self) -> list[str]:
        """Every command that the modem received, in order."""
        received = b"".join(entry.data for entry in self.sim.log if entry.direction == "in")
        return received.decode("ascii").split("\r")

    @property
    def seizures(self) -> int:
        """How often the modem was told to take the line, from the bytes on the wire."""
        return sum(command in TAKES_THE_LINE for command in self.commands())

    def row_of(self, call: Call, number: int = 1, seconds: float = 40.0) -> CallRecord:
        """The finished row of the `number`th call since the store was made, once caller and appliance are done."""
        row = self.house.ended(number, seconds)[number - 1]
        assert call.over, call.outcome
        return row

    def row_when(self, check: Callable[[CallRecord], object], what: str, seconds: float = 15.0) -> CallRecord:
        """The newest row, as soon as it is as `check` wants it; rows are written while the call goes on."""

        def newest() -> CallRecord | None:
            calls = self.house.calls()
            return calls[-1] if calls and check(calls[-1]) else None

        return eventually(newest, seconds, what)


def held_for(call: Call) -> float:
    """Seconds between our modem's first off-hook and its last on-hook in this call."""
    assert call.off_hook_at is not None
    assert call.on_hook_at is not None
    return call.on_hook_at - call.off_hook_at


def answered_within(call: Call) -> float:
    """Seconds between the bytes that end the number and the off-hook command."""
    assert call.off_hook_at is not None
    assert call.number_sending_at is not None
    return call.off_hook_at - call.number_sending_at


def until(moment: float) -> None:
    """Sleeps until a monotonic time."""
    time.sleep(max(0.0, moment - time.monotonic()))
