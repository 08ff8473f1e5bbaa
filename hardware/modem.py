"""The modem as a running thing: one thread that owns the port and moves bytes.

What the bytes mean is in protocol.py, what to do about them in session.py, where to look for a port in search.py, how
one is opened and locked in serial_port.py. This file reads the clock and waits; no policy may enter.
"""

import contextlib
import logging
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from hardware.errors import HardwareError, NoModemFound, PortBusy, PortLost
from hardware.events import HookFailed, ModemEvent, ModemIdentified, ModemLost, ModemReady
from hardware.ports import BY_ID, SYSFS
from hardware.profiles import PLAIN_OPTIONS, ModemOptions
from hardware.search import PortSearch
from hardware.serial_port import SerialPort
from hardware.session import ModemSession
from hardware.timing import REAL, ModemTiming

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


class _Wish(Enum):
    """What other threads ask of the modem's thread."""

    OFF_HOOK = auto()
    ON_HOOK = auto()
    CHECK_CALLER_ID = auto()


class Modem:
    """One modem, looked for and kept working until stopped. `emit(event, monotonic seconds)` runs in its own thread.

    `port` is a path, which may appear later, or None to look among the USB devices that may be telephone modems.
    """

    def __init__(
        self,
        emit: Callable[[ModemEvent, float], None],
        *,
        port: str | None,
        options: ModemOptions = PLAIN_OPTIONS,
        by_id: Path = BY_ID,
        sysfs: Path = SYSFS,
        timing: ModemTiming = REAL,
    ) -> None:
        self._emit = emit
        self._options = options
        self._timing = timing
        self._search = PortSearch(port, by_id, sysfs, timing)
        self._wishes: deque[_Wish] = deque()
        self._handed_over = threading.Event()
        self._stopping = threading.Event()
        self._give_up_at = float("inf")
        self._told_lost: str | None = None
        self._was_ready = False  # the port served last
        self._fault = False
        self._told_absent = False  # who was told "unplugged" need not be told "not there"
        self._wake_read, self._wake_write = -1, -1
        # No daemon: a thread that holds the telephone line must not be cut down in the middle of letting go of it.
        self._thread = threading.Thread(target=self._run, name="modem", daemon=False)

    def start(self) -> None:
        """Begin; ModemReady or ModemLost follows."""
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Let go of the line if we hold it, close the port, end. Raises ModemThreadStuck after `timeout` seconds."""
        if self._thread.ident is None:
            return
        self._give_up_at = time.monotonic() + min(STOP_S, timeout * 0.8)
        self._stopping.set()
        self._wake()
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise ModemThreadStuck(f"The modem's thread did not end within {timeout:g} seconds.")
        for descriptor in (self._wake_read, self._wake_write):
            if descriptor >= 0:
                os.close(descriptor)
        self._wake_read, self._wake_write = -1, -1

    def go_off_hook(self) -> None:
        """Take the line now. Returns within HANDOVER_S; WentOffHook or HookFailed follows."""
        self._handed_over.clear()
        self._ask(_Wish.OFF_HOOK)
        self._handed_over.wait(HANDOVER_S)

    def go_on_hook(self) -> None:
        """Let go of the line. Returns at once; WentOnHook follows, after a HookFailed for each attempt in vain."""
        self._ask(_Wish.ON_HOOK)

    def check_caller_id(self) -> None:
        """Ask at the next quiet moment whether Caller ID is still on; CallerIdSettingLost follows if it was not."""
        self._ask(_Wish.CHECK_CALLER_ID)

    def _ask(self, wish: _Wish) -> None:
        self._wishes.append(wish)
        self._wake()

    def _wake(self) -> None:
        if self._wake_write >= 0:
            with contextlib.suppress(BlockingIOError):  # 64 KiB of wake-ups wait already: it will wake
                os.write(self._wake_write, b"!")

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
        paths = self._search.due(time.monotonic())
        for path in paths:
            reason = self._serve(path)
            if self._stopping.is_set():
                return
            if self._was_ready or path == paths[-1]:  # or none is left to ask
                self._search.failed(time.monotonic())
                self._tell_lost(reason)
                break
        nothing = self._search.why_nothing()
        if nothing is not None and not self._told_absent:
            self._tell_lost(nothing)
            self._told_absent = True
        self._wait_for_next_look()

    def _wait_for_next_look(self) -> None:
        poll = select.poll()
        poll.register(self._wake_read, select.POLLIN)
        until = self._search.next_look(time.monotonic())
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            if poll.poll(left * 1000):
                self._drain_wake_ups()
                now = time.monotonic()
                while self._wishes:
                    wish = self._wishes.popleft()
                    if wish is not _Wish.CHECK_CALLER_ID:  # Caller ID is set again when a modem comes
                        self._emit(HookFailed(wish is _Wish.OFF_HOOK, NO_PORT), now)

    def _serve(self, path: str) -> str:
        """Open one port and stay with it as long as it works. The sentence that says why it ended."""
        self._told_absent = self._was_ready = False
        try:
            port = SerialPort(path)
        except (PortBusy, PortLost) as trouble:
            return str(trouble)
        with contextlib.closing(port):
            session = ModemSession(path, time.monotonic(), options=self._options, timing=self._timing)
            try:
                return self._pump(port, session)
            except PortLost as lost:
                now = time.monotonic()
                self._tell(session.port_lost(str(lost), now), now)
                self._told_absent = True
                return str(lost)

    def _pump(self, port: SerialPort, session: ModemSession) -> str:
        poll = select.poll()
        poll.register(port.fileno(), select.POLLIN)
        poll.register(self._wake_read, select.POLLIN)
        while True:
            now = time.monotonic()
            told = self._obey(session, now)
            port.write(session.data_to_send())  # first of all: an off-hook waits for nobody
            self._handed_over.set()
            self._tell(told, now)
            if session.failure is not None:
                return session.failure
            if self._stopping.is_set() and (session.settled or now >= self._give_up_at):
                return "Quietline stopped."
            due = min(session.deadline() or float("inf"), self._give_up_at)
            ready = poll.poll(None if due == float("inf") else max(0.0, due - now) * 1000)
            now = time.monotonic()
            for descriptor, _ in ready:
                if descriptor == self._wake_read:
                    self._drain_wake_ups()
                else:
                    self._tell(session.receive_data(port.read(), now), now)
            self._tell(session.advance(now), now)

    def _obey(self, session: ModemSession, now: float) -> list[ModemEvent]:
        """Carry out what other threads asked for; when stopping, nothing but letting go of the line."""
        events: list[ModemEvent] = []
        if self._stopping.is_set():
            self._wishes.clear()
            return session.go_on_hook(now) if session.may_hold_the_line else events
        while self._wishes:
            wish = self._wishes.popleft()
            if wish is _Wish.OFF_HOOK:
                events += session.go_off_hook(now)
            elif wish is _Wish.ON_HOOK:
                events += session.go_on_hook(now)
            else:
                session.check_caller_id()
        return events

    def _drain_wake_ups(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_read, 4096)

    def _tell(self, events: list[ModemEvent], at: float) -> None:
        for event in events:
            if isinstance(event, ModemReady):
                self._told_lost = None
                self._was_ready = True
                self._search.worked()
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
