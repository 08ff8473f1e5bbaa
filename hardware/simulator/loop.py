"""The simulator's one thread: timers, work from other threads, and the port. No AT command or call may enter."""

import heapq
import itertools
import logging
import os
import select
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from hardware.simulator.port import PseudoPort

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Seconds between looks at a port that no program has open: such a pseudo-terminal cannot be waited on. It bounds the
# delay of a program's first command only, and costs a hundred cheap system calls a second.
CLOSED_PORT_LOOK_S = 0.01
# Seconds the thread is given to end. It never waits for anything longer than a system call; more is a defect.
STOP_LIMIT_S = 5.0


class Served(Protocol):
    """What the loop calls, always on its own thread."""

    def host_opened(self) -> None: ...
    def host_closed(self) -> None: ...
    def readable(self) -> None: ...
    def writable(self) -> None: ...
    @property
    def takes_more(self) -> bool: ...
    @property
    def has_more_to_write(self) -> bool: ...


class Loop:
    """Runs a `Served` on a thread until stopped. `clock` gives seconds and must advance with real time."""

    def __init__(self, port: PseudoPort, served: Served, clock: Callable[[], float]) -> None:
        self._port = port
        self._served = served
        self._clock = clock
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._posted: deque[tuple[Callable[[], object], Future[object]]] = deque()
        self._lock = threading.Lock()
        self._running = False
        self._opened = False
        self._failure: Exception | None = None
        self._wake_read = self._wake_write = -1
        self._thread = threading.Thread(target=self._run, name="simulated-line")

    def start(self) -> None:
        """Begin. Once only."""
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        self._running = True
        self._thread.start()

    def stop(self) -> None:
        """End the thread and let go of what the loop holds; raises what the thread died of, if it did."""
        with self._lock:
            self._running = False
        self._wake()
        self._thread.join(STOP_LIMIT_S)
        if self._thread.is_alive():
            raise RuntimeError("the simulator's thread did not end")
        os.close(self._wake_read)
        os.close(self._wake_write)
        if self._failure is not None:
            raise self._failure

    def do(self, work: Callable[[], Result]) -> Result:
        """Carry out `work` on the loop's thread and give back its result or raise its error."""
        if threading.current_thread() is self._thread:
            return work()
        future: Future[Result] = Future()
        with self._lock:
            if not self._running:
                raise RuntimeError("the simulator is not running")
            self._posted.append((work, future))  # type: ignore[arg-type]  # the pair belongs together
            self._wake()
        return future.result()

    def at(self, due: float, work: Callable[[], None]) -> None:
        """Carry out `work` at clock time `due`. For the loop's own thread."""
        heapq.heappush(self._timers, (due, next(self._order), work))

    def _wake(self) -> None:
        try:
            os.write(self._wake_write, b"w")
        except BlockingIOError:
            log.debug("event=already_awake")  # the pipe is full of wake-ups: one is enough

    def _run(self) -> None:
        try:
            while self._running:
                self._turn()
        except Exception as error:  # the top of a thread; stop() raises it where someone sees it
            log.exception("event=simulator_failed")
            self._failure = error
        with self._lock:
            self._running = False
        self._carry_out_posted(cancel=True)

    def _turn(self) -> None:
        self._carry_out_posted()
        while self._timers and self._timers[0][0] <= self._clock():
            heapq.heappop(self._timers)[2]()
        self._notice_host()
        self._wait()

    def _carry_out_posted(self, *, cancel: bool = False) -> None:
        while self._posted:
            work, future = self._posted.popleft()
            if cancel:
                future.set_exception(RuntimeError("the simulator is not running"))
                continue
            try:
                future.set_result(work())
            except Exception as error:  # noqa: BLE001 - it belongs to the caller, who gets it
                future.set_exception(error)

    def _notice_host(self) -> None:
        opened = self._port.opened
        if opened == self._opened:
            return
        self._opened = opened
        if opened:
            self._served.host_opened()
        else:
            self._served.readable()  # its last words may still be in the port
            self._served.host_closed()

    def _wait(self) -> None:
        timeout = max(0.0, self._timers[0][0] - self._clock()) if self._timers else None
        poll = select.poll()
        poll.register(self._wake_read, select.POLLIN)
        if self._opened:
            wanted = select.POLLIN if self._served.takes_more else 0
            wanted |= select.POLLOUT if self._served.has_more_to_write else 0
            poll.register(self._port.fileno(), wanted)
        elif self._port.plugged:
            timeout = CLOSED_PORT_LOOK_S if timeout is None else min(timeout, CLOSED_PORT_LOOK_S)
        ready = dict(poll.poll(None if timeout is None else timeout * 1000))
        if self._wake_read in ready:
            os.read(self._wake_read, 4096)
            del ready[self._wake_read]
        for events in ready.values():
            if events & select.POLLIN:
                self._served.readable()
            if events & select.POLLOUT:
                self._served.writable()
