"""The modem as a running thing: one thread that owns the port and moves bytes.

What the bytes mean is in protocol.py, what to do about them in session.py, where to look for a port in search.py, how
one is opened and locked in serial_port.py, and what is done about a modem that does not answer in revival.py. This
file reads the clock and waits; no policy may enter.
"""

import contextlib
import logging
import select
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.errors import HardwareError, NoModemFound, PortBusy, PortGone, PortLost, PortUnusable
from hardware.events import (
    HookFailed,
    ModemEvent,
    ModemIdentified,
    ModemLost,
    ModemReady,
    SoundReceived,
)
from hardware.ports import BY_ID, SYSFS
from hardware.profiles import PLAIN_OPTIONS, ModemOptions
from hardware.recovery import Ladder
from hardware.revival import Revival
from hardware.search import PortSearch
from hardware.serial_port import SerialPort
from hardware.session import ModemSession
from hardware.tape import Direction, Tape
from hardware.timing import REAL, ModemTiming
from hardware.usb_power import PLAIN_POWER, PowerOptions, UsbPower
from hardware.wishes import Wish, Wishes

log = logging.getLogger(__name__)

STOP_S = 4.0
"""Seconds that stopping waits for the modem to let go of the line; then the port is closed, which drops DTR. Below the
5 s a caller waits for the thread, which are below the 10 s before systemd kills."""

RESTART_S = 1.0
"""Pause after a fault of our own in the thread, so that a fault that repeats cannot keep a core busy."""

HANDOVER_S = 0.002
"""Seconds for which whoever asks for off-hook lets the modem's thread go first. One interpreter serves all threads: if
the asker went on at once, its rows and lamps would come before the command (measured: 0.6 ms later in the median)."""

NO_PORT = "There is no modem now."


class ModemThreadStuck(HardwareError, TimeoutError):
    """The modem's thread did not end in time; the process should end and let the kernel close the port."""


@dataclass(frozen=True, slots=True)
class _End:
    """Why a port was left. `dead`: it is there, but what is behind it does not answer."""

    reason: str
    dead: bool


class Modem:
    """One modem, looked for and kept working until stopped. `emit(event, monotonic seconds)` runs in its own thread.

    `port` is a path, which may appear later, or None to look among the USB devices that may be telephone modems.
    `tape` holds the newest bytes of the port, for any thread.
    """

    def __init__(
        self,
        emit: Callable[[ModemEvent, float], None],
        *,
        port: str | None,
        options: ModemOptions = PLAIN_OPTIONS,
        power: PowerOptions = PLAIN_POWER,
        by_id: Path = BY_ID,
        sysfs: Path = SYSFS,
        timing: ModemTiming = REAL,
    ) -> None:
        self.tape = Tape()
        self._emit = emit
        self._options = options
        self._timing = timing
        self._wishes = Wishes()
        self._handed_over = threading.Event()
        self._stopping = threading.Event()
        self._revival = Revival(
            PortSearch(port, by_id, sysfs, timing),
            Ladder(timing.ladder, worked=timing.worked),
            UsbPower(power, self._wait, sysfs=sysfs, timing=timing),
            tell=emit,
            stopping=self._stopping.is_set,
        )
        self._give_up_at = float("inf")
        self._told_lost: str | None = None
        self._was_ready = False  # the port served last
        self._fault = False
        self._told_absent = False  # who was told "unplugged" need not be told "not there"
        # No daemon: a thread that holds the telephone line must not be cut down in the middle of letting go of it.
        self._thread = threading.Thread(target=self._run, name="modem", daemon=False)

    def start(self) -> None:
        """Begin; ModemReady or ModemLost follows."""
        self._wishes.open()
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Let go of the line if we hold it, close the port, end. Raises ModemThreadStuck after `timeout` seconds."""
        if self._thread.ident is None:
            return
        self._give_up_at = time.monotonic() + min(STOP_S, timeout * 0.8)
        self._stopping.set()
        self._wishes.wake()
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise ModemThreadStuck(f"The modem's thread did not end within {timeout:g} seconds.")
        self._wishes.close()

    def go_off_hook(self) -> None:
        """Take the line now. Returns within HANDOVER_S; WentOffHook, LineFoundInUse or HookFailed follows."""
        self._handed_over.clear()
        self._wishes.ask(Wish.OFF_HOOK)
        self._handed_over.wait(HANDOVER_S)

    def go_on_hook(self) -> None:
        """Let go of the line. Returns at once; WentOnHook follows, after a HookFailed for each attempt in vain."""
        self._wishes.ask(Wish.ON_HOOK)

    def check_caller_id(self) -> None:
        """Ask at the next quiet moment whether Caller ID is still on; CallerIdSettingLost follows if it was not."""
        self._wishes.ask(Wish.CHECK_CALLER_ID)

    # -- the thread

    def _run(self) -> None:
        while True:  # once also when told to stop at once: a line that a killed process held is let go of
            try:
                self._look_and_serve()
            except Exception:  # the top of the thread: log, go on and say so; the port was closed on the way
                log.exception("modem_thread_fault")
                self._fault = True
                self._stopping.wait(RESTART_S)
            if self._stopping.is_set():
                return

    def _look_and_serve(self) -> None:
        if self._fault:  # told from here, because it may be the listener that is at fault
            self._fault = False
            self._tell_lost("Quietline met a fault of its own while talking to the modem; it started over.")
        self._try(self._revival.ports())
        nothing = self._revival.why_nothing()
        if nothing is not None and not self._told_absent:
            self._tell_lost(nothing)
            self._told_absent = True
        self._wait(self._timing.rescan)

    def _try(self, paths: list[str]) -> None:
        """Serve the first port that works until it ends, or find that none does."""
        dead: list[str] = []
        for path in paths:
            end = self._serve(path)
            if self._stopping.is_set():
                return
            dead = ([] if self._was_ready else dead) + ([path] if end.dead else [])
            if self._was_ready or path == paths[-1]:  # or none is left to ask
                self._revival.none_works(dead)
                self._tell_lost(end.reason)
                return

    def _wait(self, seconds: float, descriptor: int | None = None) -> bool:
        """Wait without a modem, refusing what is asked of it: whether the descriptor is ready. Ends when stopping."""
        until = time.monotonic() + seconds
        while not self._stopping.is_set() and (now := time.monotonic()) < until:
            if self._wishes.wait(until, descriptor):
                return True
            for wish in self._wishes.take():
                if wish is not Wish.CHECK_CALLER_ID:  # Caller ID is set again when a modem comes
                    self._emit(HookFailed(wish is Wish.OFF_HOOK, NO_PORT), now)
        return False

    def _serve(self, path: str) -> _End:
        """Open one port and stay with it as long as it works."""
        self._told_absent = self._was_ready = False
        try:
            port = SerialPort(path)
        except (PortBusy, PortLost) as trouble:
            return _End(str(trouble), dead=not isinstance(trouble, PortBusy | PortUnusable))
        with contextlib.closing(port):
            reset, now = self._revival.factory_reset, time.monotonic()
            session = ModemSession(path, now, options=self._options, timing=self._timing, factory_reset=reset)
            try:
                return _End(self._pump(port, session), dead=True)
            except PortLost as lost:
                now = time.monotonic()
                self._tell(session.port_lost(str(lost), now), now)
                self._told_absent = True
                if gone := isinstance(lost, PortGone):
                    self._revival.gone()
                return _End(str(lost), dead=not gone)

    def _pump(self, port: SerialPort, session: ModemSession) -> str:
        while True:
            now = time.monotonic()
            told = self._obey(session, now)
            self._send(port, session, now)  # first of all: an off-hook waits for nobody
            self._handed_over.set()
            self._tell(told, now)
            if session.failure is not None:
                return session.failure
            if self._stopping.is_set() and (session.settled or now >= self._give_up_at):
                return "Quietline stopped."
            heard = self._wishes.wait(min(session.deadline() or float("inf"), self._give_up_at), port.fileno())
            now = time.monotonic()
            if heard:
                self._hear(port, session, now)
            self._tell(session.advance(now), now)

    def _send(self, port: SerialPort, session: ModemSession, now: float) -> None:
        data = session.data_to_send()
        if data:
            port.write(data)
            self._record(Direction.WRITTEN, data, now, sound=session.streaming)

    def _hear(self, port: SerialPort, session: ModemSession, now: float) -> None:
        data = port.read()
        before = session.streaming
        events = session.receive_data(data, now)
        sound = before or session.streaming or any(isinstance(event, SoundReceived) for event in events)
        self._record(Direction.READ, data, now, sound=sound)
        self._tell(events, now)

    def _record(self, direction: Direction, data: bytes, now: float, *, sound: bool) -> None:
        """On the tape and in the log for the curious; what people say is in neither."""
        if sound:
            self.tape.add_sound(direction, len(data), now)
            return
        self.tape.add(direction, data, now)
        log.debug("%s bytes=%r", direction.value, data)

    def _obey(self, session: ModemSession, now: float) -> list[ModemEvent]:
        """Carry out what other threads asked for; when stopping, nothing but letting go of the line."""
        events: list[ModemEvent] = []
        wishes = self._wishes.take()
        if self._stopping.is_set():
            return session.go_on_hook(now) if session.may_hold_the_line else events
        for wish in wishes:
            if wish is Wish.OFF_HOOK:
                events += session.go_off_hook(now)
            elif wish is Wish.ON_HOOK:
                events += session.go_on_hook(now)
            else:
                session.check_caller_id()
        return events

    def _tell(self, events: list[ModemEvent], at: float) -> None:
        for event in events:
            if isinstance(event, ModemReady):
                self._told_lost = None
                self._was_ready = True
                self._revival.ready(at)
                modem = event.modem
                log.info(
                    "modem_ready port=%s name=%r firmware=%r voice=%s caller_id=%s country=%s",
                    *(event.port, modem.name, modem.firmware, modem.voice, modem.caller_id, self._options.country),
                )
            self._emit(event, at)

    def _tell_lost(self, reason: str) -> None:
        """Once per reason: a port that is tried every half second is no news each time."""
        if reason != self._told_lost:
            self._told_lost = reason
            log.warning("modem_lost reason=%r", reason)
            self._emit(ModemLost(reason), time.monotonic())


def identify_port(path: str, *, options: ModemOptions = PLAIN_OPTIONS, timing: ModemTiming = REAL) -> ModemIdentified:
    """Set up the modem on a port and ask what it is; takes seconds when nothing answers.

    Raises PortBusy, PortLost, or NoModemFound when what is there does not answer as a modem does.
    """
    with contextlib.closing(SerialPort(path)) as port:
        session = ModemSession(path, time.monotonic(), options=options, timing=timing)
        poll = select.poll()
        poll.register(port.fileno(), select.POLLIN)
        while session.failure is None:
            port.write(session.data_to_send())
            due = session.deadline()
            ready = poll.poll(None if due is None else max(0.0, due - time.monotonic()) * 1000)
            now = time.monotonic()
            for event in (session.receive_data(port.read(), now) if ready else []) + session.advance(now):
                if isinstance(event, ModemReady):
                    return event.modem
    raise NoModemFound(session.failure)
