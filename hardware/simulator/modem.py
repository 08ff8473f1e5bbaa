"""The public face of the simulator: calls, handset and faults, callable from any thread. No product code may enter."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict, Unpack

from hardware.events import Absence
from hardware.simulator.body import ModemBody
from hardware.simulator.faults import Faults
from hardware.simulator.line import Act, Call, TelephoneLine
from hardware.simulator.models import COUNTRY_CODE, TBR_21, USR, ModemModel
from hardware.simulator.output import LogEntry
from hardware.simulator.script import Script
from hardware.simulator.signalling import Network
from hardware.simulator.signalling_fsk import Damage
from hardware.simulator.voice_sound import CallerAct


class Details(TypedDict, total=False):
    """The optional arguments of `SimulatedModem.call`; `Script` says what they mean."""

    name_absence: Absence | None
    carries_name: bool | None
    charset: str
    rings: int | None
    ring_pattern: int
    order: tuple[str, ...] | None
    spacing: str | None
    network: Network | None
    before_ring: bool | None
    late: float
    damage: Damage | None
    pieces: float | None
    mask: str | bytes | None
    raw: bytes | None
    date: str | None
    time: str | None
    dialled: str | None
    dialable: str | None
    forwarded_by: str | None
    call_type: int | None
    long_distance: bool
    after_answer: tuple[CallerAct, ...]


class SimulatedModem(Faults):
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
        line = TelephoneLine()
        self._country = country
        self._clock = clock
        super().__init__(line, ModemBody(line, model, country, speed=speed, clock=clock, tell=tell or _say_nothing))
        self._body.interpreter.settings.telephone.handset_up = lambda: line.handset_lifted

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
    def country_code(self) -> str:
        """The code of this line's country, as a modem that is set right answers to +GCI?."""
        return COUNTRY_CODE.get(self._country, TBR_21)

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

    @property
    def played(self) -> bytes:
        """All samples that the modem has played, whoever heard them; the newest quarter of an hour."""
        return bytes(self._body.voice.played)

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

    def call_waiting(
        self, number: str | bytes | None = None, name: str | bytes | None = None, **details: Unpack[Details]
    ) -> Call:
        """A second caller, while the line is talked on; told without a ring by a modem that listens in (-SCID=1).

        When the line is let go in time, it rings for this caller; on a free line it rings at once.
        """
        call = Call(Script(number=number, name=name, **details), self._hang_up)
        self._do(lambda: self._body.exchange.dial_while_talking(call))
        return call

    def message_waiting(self, on: bool) -> None:
        """The network tells that its mailbox holds messages, or holds none any more; when the line is next free."""
        self._do(lambda: self._body.exchange.tell_of_messages(on))

    def lift_handset(self) -> None:
        """Someone in the house takes the call, or just lifts the handset."""
        self._act(Act.HANDSET_LIFTED)

    def replace_handset(self) -> None:
        """The handset goes back."""
        self._act(Act.HANDSET_REPLACED)

    def _hang_up(self, call: Call) -> None:
        self._do(lambda: self._body.exchange.leave(call))

    def _act(self, act: Act) -> None:
        self._do(lambda: self._body.exchange.act(act, self._clock()))


def _say_nothing(_sentence: str) -> None:
    """Nobody listens."""
