"""The one queue of the line: what modem, panel, doorbell and errands say, in the order it was said, each with its time.

Any thread may put something in; only the loop takes out. No meaning may enter.
"""

import time
from queue import Empty, SimpleQueue
from typing import Any

from hardware.events import RingDetected

FLOOD_S = 0.05
"""Seconds within which a second RING line says nothing new; the shortest burst of any country's ring lasts 0.4 s."""


class Inbox:
    """Holds (event, monotonic seconds)."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[Any, float]] = SimpleQueue()
        self._rang_at = 0.0  # the modem's thread alone

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return self._queue.empty()

    def post(self, event: Any) -> None:
        """Something happened now."""
        self._queue.put((event, time.monotonic()))

    def post_at(self, event: Any, at: float) -> None:
        """Something happened at that time."""
        self._queue.put((event, at))

    def from_modem(self, event: Any, at: float) -> None:
        """What the modem's thread says. Of a flood of RING lines only so many pass, and a call behind it is in time."""
        if isinstance(event, RingDetected):
            if at - self._rang_at < FLOOD_S:
                return
            self._rang_at = at
        self._queue.put((event, at))

    def take(self, until: float) -> tuple[Any, float]:
        """What came first, as soon as something comes; None at `until` (monotonic seconds)."""
        try:
            return self._queue.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            return None, time.monotonic()
