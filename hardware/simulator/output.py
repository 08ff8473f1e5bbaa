"""Bytes on their way to the host, and the record of all bytes that passed. No call or command may enter."""

import threading
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from hardware.simulator.port import PseudoPort

# Bytes that wait for a host which does not read. A real modem loses what is beyond a few hundred; this holds the
# megabyte of noise that a test may send in one go, and then loses too.
PENDING_LIMIT = 4 * 1024 * 1024
# Bytes kept of what passed: hours of ordinary traffic, and not the memory of a machine after a noise test.
LOG_LIMIT = 1024 * 1024
# Entries kept, for the same reason: an entry of one byte costs a hundred bytes of memory.
LOG_ENTRIES = 20_000

OnSent = Callable[[float, float], None]  # clock times just before and just after the write that took the last byte


class LogEntry(NamedTuple):
    """Bytes that passed: "in" from the host to the modem, "out" from the modem to the host.

    `at` (clock seconds) is just after the read or just before the write, so that no host can seem to have read what was
    not yet sent, however late the simulator's thread was let run.
    """

    at: float
    direction: str
    data: bytes


class ByteLog:
    """The newest bytes that passed, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[LogEntry] = deque()
        self._size = 0
        self._lock = threading.Lock()

    def add(self, at: float, direction: str, data: bytes) -> None:
        """Remember, and forget the oldest beyond the limits."""
        with self._lock:
            self._entries.append(LogEntry(at, direction, data))
            self._size += len(data)
            while self._size > LOG_LIMIT or len(self._entries) > LOG_ENTRIES:
                self._size -= len(self._entries.popleft().data)

    def entries(self) -> tuple[LogEntry, ...]:
        """A copy. From any thread."""
        with self._lock:
            return tuple(self._entries)


class Output:
    """What the modem has to say, written as fast as the host reads."""

    def __init__(self, port: PseudoPort, log: ByteLog, clock: Callable[[], float]) -> None:
        self._port = port
        self._log = log
        self._clock = clock
        self._pending: deque[tuple[memoryview, OnSent | None]] = deque()
        self._size = 0

    def __bool__(self) -> bool:
        return bool(self._pending)

    @property
    def waiting(self) -> int:
        """Bytes that the host has not made room for."""
        return self._size

    def send(self, data: bytes, on_sent: OnSent | None = None) -> None:
        """Write now, or as soon as it fits; `on_sent` is called after the write that took the last byte."""
        if not data or not self._port.opened or self._size + len(data) > PENDING_LIMIT:
            return
        self._pending.append((memoryview(data), on_sent))
        self._size += len(data)
        self.flush()

    def flush(self) -> None:
        """Write what fits."""
        while self._pending:
            data, on_sent = self._pending[0]
            at = self._clock()
            written = self._port.write(data)
            if not written:
                return
            if on_sent is not None and written == len(data):
                on_sent(at, self._clock())
            self._size -= written
            self._log.add(at, "out", bytes(data[:written]))
            if written < len(data):
                self._pending[0] = (data[written:], on_sent)
                continue
            self._pending.popleft()

    def discard(self) -> None:
        """Forget what was not written."""
        self._pending.clear()
        self._size = 0
