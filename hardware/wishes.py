"""What other threads ask of the modem's thread, and the pipe that wakes it. What becomes of a wish is not for here."""

import contextlib
import os
import select
import time
from collections import deque
from enum import Enum, auto


class Wish(Enum):
    """One thing asked for."""

    OFF_HOOK = auto()
    ON_HOOK = auto()
    CHECK_CALLER_ID = auto()


class Wishes:
    """Asked from any thread, taken and waited for by one. Made `open`, and closed when that thread has ended."""

    def __init__(self) -> None:
        self._asked: deque[Wish] = deque()
        self._read, self._write = -1, -1

    def open(self) -> None:
        """From now on asking wakes."""
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def close(self) -> None:
        """Nobody waits any more."""
        for descriptor in (self._read, self._write):
            if descriptor >= 0:
                os.close(descriptor)
        self._read, self._write = -1, -1

    def ask(self, wish: Wish) -> None:
        """Have it done soon."""
        self._asked.append(wish)
        self.wake()

    def wake(self) -> None:
        """Make whoever waits look round."""
        if self._write >= 0:
            with contextlib.suppress(BlockingIOError):  # 64 KiB of wake-ups wait already: it will wake
                os.write(self._write, b"!")

    def take(self) -> list[Wish]:
        """All that was asked for since, in order."""
        taken = []
        while self._asked:
            taken.append(self._asked.popleft())
        return taken

    def wait(self, until: float, descriptor: int | None = None) -> bool:
        """Wait for a wish, the descriptor or the time (monotonic, infinity: none): whether the descriptor is ready."""
        poll = select.poll()
        poll.register(self._read, select.POLLIN)
        if descriptor is not None:
            poll.register(descriptor, select.POLLIN)
        left = None if until == float("inf") else max(0.0, until - time.monotonic()) * 1000
        ready = [found for found, _ in poll.poll(left)]
        if self._read in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._read, 4096)
        return descriptor in ready
