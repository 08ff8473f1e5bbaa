"""The newest bytes that passed on a modem's port, for a bug report: a ring in memory, safe for any thread.

Sound is never kept, only how much there was. Nothing is written anywhere from here, and what the bytes mean is not
known here.
"""

import threading
from collections import deque
from dataclasses import dataclass
from enum import Enum

TAPE_BYTES = 128 * 1024
"""Some forty bytes a call line and five lines a call: hundreds of calls, or what a fault said in its last hours."""

TAPE_ENTRIES = 4096
"""Each costs some 150 bytes beside its own: well below a megabyte, though a modem sends one byte at a time."""


class Direction(Enum):
    """Seen from us."""

    READ = "read"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class TapeEntry:
    """What one read or write moved at `at` (monotonic seconds). `sound` bytes were left out, or `data` is all."""

    at: float
    direction: Direction
    data: bytes
    sound: int = 0


class Tape:
    """Keeps the newest entries; the oldest fall off when there are too many, or too many bytes in them."""

    def __init__(self, *, max_bytes: int = TAPE_BYTES, max_entries: int = TAPE_ENTRIES) -> None:
        self._max_bytes = max_bytes
        self._entries: deque[TapeEntry] = deque(maxlen=max_entries)
        self._bytes = 0
        self._lock = threading.Lock()

    def add(self, direction: Direction, data: bytes, at: float) -> None:
        """Bytes that passed. A piece larger than the whole tape leaves its end."""
        if data:
            with self._lock:
                self._put(TapeEntry(at, direction, data[-self._max_bytes :]))

    def add_sound(self, direction: Direction, count: int, at: float) -> None:
        """So many bytes of sound passed. Those of one stream become one entry, with the time of the first."""
        with self._lock:
            last = self._entries[-1] if self._entries else None
            if last is not None and last.sound and last.direction is direction:
                self._entries[-1] = TapeEntry(last.at, direction, b"", last.sound + count)
            elif count > 0:
                self._put(TapeEntry(at, direction, b"", count))

    def entries(self) -> tuple[TapeEntry, ...]:
        """What is on the tape now, oldest first."""
        with self._lock:
            return tuple(self._entries)

    def _put(self, entry: TapeEntry) -> None:
        if len(self._entries) == self._entries.maxlen:
            self._bytes -= len(self._entries[0].data)  # which falls off by itself
        self._entries.append(entry)
        self._bytes += len(entry.data)
        while self._bytes > self._max_bytes:
            self._bytes -= len(self._entries.popleft().data)
