"""The public face of the simulator: calls, handset and faults, callable from any thread. No product code may enter."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict, TypeVar, Unpack

from hardware.events import Absence
from hardware.simulator.body import ModemBody
from hardware.simulator.commands import tokens
from hardware.simulator.line import Act, Call, TelephoneLine
from hardware.simulator.models import USR, ModemModel
from hardware.simulator.output import LogEntry
from hardware.simulator.script import Script

Result = TypeVar("Result")

# More off-hook commands than any test or call has: the fault lasts until it is ended.
ALWAYS = 1_000_000_000


class Details(TypedDict, total=False):
    """The optional arguments of `SimulatedModem.call`; `Script` says what they mean."""

    rings: int | None
    order: tuple[str, ...]
    spacing: str | None
    before_ring: bool | None
    late: float
    pieces: float | None
    mask: str | bytes | None
    raw: bytes | None
    date: str | None
    time: str | None


class SimulatedModem:
    """A modem on a pseudo-terminal with a telephone line behind it, on one thread of its own.

    `speed` divides every duration of the line and the modem. `clock`: seconds, monotonic; all times told are in it.
    `tell` gets a plain sentence about everything that happens, on the simulator's thread; it must not wait.
    Every method may be called from any thread, and has had its effect on line and modem when it returns.
    RuntimeError when the simulator is not running.
    """

    def __init__(
        self,
        country: str = "US",
        *,
        model: ModemModel = USR,
        speed: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed is {speed}; it must be above 0")
        self.line = TelephoneLine()
        self._clock = clock
        self._body = ModemBody(self.line, model, country, speed=speed, clock=clock, tell=tell or _say_nothing)

    def start(self) -> None:
        """Plug the modem in. Once only."""
        self._body.port.open()
        self._body.loop.start()

    def stop(self) -> None:
        """End the thread, close the port and remove its folder. Raises what the simulator died of, if it did."""
        try:
            self._body.loop.stop()
        finally:
            self._body.port.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def port(self) -> str:
        """The path for programs to open; the same over unplug and plug, a link as in /dev/serial/by-id."""
        return str(self._body.port.path)

    @property
    def by_id(self) -> Path:
        """The folder that holds that path and nothing else."""
        return self._body.port.by_id

    @property
    def device(self) -> str | None:
        """The terminal behind the path, None while unplugged."""
        return self._body.port.device

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """The newest bytes that passed, oldest first, bounded. Still there after the simulator stopped."""
        try:
            # By way of the thread, which writes first and notes then: what a program has read is in the log.
            return self._do(self._body.log.entries)
        except RuntimeError:
            return self._body.log.entries()

    # Callers and handset

    def call(
        self,
        number: str | bytes | None = None,
        name: str | bytes | None = None,
        *,
        absence: Absence | str | None = None,
        after: float | None = None,
        **details: Unpack[Details],
    ) -> Call:
        """A caller dials; see `Script` for the details and `play` for `after`."""
        reason = Absence(absence) if isinstance(absence, str) else absence
        return self.play(Script(number=number, name=name, absence=reason, **details), after=after)

    def play(self, script: Script, *, after: float | None = None) -> Call:
        """Play a call. With `after` it begins so many seconds after the line is free of the present or last call.

        Without, a caller who finds the line engaged is gone at once: outcome "gave_up", no ring.
        """
        call = Call(script, self._hang_up)
        self._do(lambda: self._body.exchange.dial(call, after))
        return call

    def lift_handset(self) -> None:
        """Someone in the house takes the call, or just lifts the handset."""
        self._act(Act.HANDSET_LIFTED)

    def replace_handset(self) -> None:
        """The handset goes back."""
        self._act(Act.HANDSET_REPLACED)

    # Faults: each is also a row of `cases.FAULTS`

    def refuse(self, command: str) -> None:
        """Answer ERROR to `command` until `accept`: "ATH1", "H1", "+VCID=1"; "+VCID" means every form of it."""
        self._do(lambda: self._body.interpreter.settings.refused.update(_keys(command)))

    def accept(self, command: str) -> None:
        """Obey `command` again."""
        self._do(lambda: self._body.interpreter.settings.refused.difference_update(_keys(command)))

    def go_silent(self) -> None:
        """Lock up: neither hear nor say anything. The relay stays as it is, the line goes on."""
        self._do(lambda: setattr(self._body, "silent", True))

    def speak_again(self) -> None:
        """End of the lock-up; what was said to the modem meanwhile is lost."""
        self._do(lambda: setattr(self._body, "silent", False))

    def echo(self, on: bool) -> None:
        """True: repeat every command even after ATE0. False: end that, and echo off as after ATE0."""
        self._do(lambda: self._body.interpreter.force_echo(on=on))

    def unplug(self) -> None:
        """Pull the modem out: programs read the end of the line, the path vanishes, an answered call is dropped."""
        self._do(self._body.lose_power)

    def plug(self) -> None:
        """Put the modem back: the same path, a new device, power-on settings."""
        self._do(self._body.port.plug)

    def lose_caller_id_setting(self) -> None:
        """Forget that Caller ID was asked for, as modems do after a reset of their own."""
        self._do(lambda: setattr(self._body.interpreter.settings, "caller_id", 0))

    def garbage(self, data: bytes) -> None:
        """Say these bytes to the host now."""
        self._do(lambda: self._body.say(data))

    def keeps_ringing(self, on: bool = True, *, times: int | None = None) -> None:
        """Answer OK to off-hook commands while the line rings on, `times` times or until turned off."""
        deaf = (ALWAYS if times is None else times) if on else 0
        self._do(lambda: setattr(self.line, "deaf_seizures", deaf))

    def slow(self, seconds: float) -> None:
        """Answer every command so much later; 0 ends it. What the command does, it does at once."""
        self._do(lambda: setattr(self._body, "delay", seconds))

    def _hang_up(self, call: Call) -> None:
        self._do(lambda: self._body.exchange.leave(call))

    def _act(self, act: Act) -> None:
        self._do(lambda: self._body.exchange.act(act, self._clock()))

    def _do(self, work: Callable[[], Result]) -> Result:
        return self._body.loop.do(work)


def _keys(command: str) -> set[str]:
    """The spelling in which a modem compares commands: with or without AT, any case, H for H0."""
    text = "".join(command.upper().split())
    text = text.removeprefix("AT")
    found = tokens(text)
    if found is None:
        raise ValueError(f"{command!r} is no command; say it as ATH1 or +VCID=1")
    return {token.key for token in found} or {""}


def _say_nothing(_sentence: str) -> None:
    """Nobody listens."""
