"""Listens to this process's doorbell in a thread of its own, so that a ring is one more event in the one queue."""

import os
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from appliance.store import Doorbell


@dataclass(frozen=True, slots=True)
class BellRang:
    """The other process has written something; look."""


def listen(folder: Path, name: str, post: Callable[[BellRang], None]) -> Callable[[], None]:
    """Hang `<folder>/<name>.bell` and post a BellRang for each burst of rings. Returns what ends it.

    Raises StoreError when the bell cannot be hung.
    """
    bell = Doorbell(folder, name)
    awake, wake = os.pipe2(os.O_CLOEXEC)

    def wait() -> None:
        while True:
            ready, _, _ = select.select([bell.fileno(), awake], [], [])
            if awake in ready:
                return
            bell.drain()
            post(BellRang())

    thread = threading.Thread(target=wait, name="doorbell", daemon=True)  # waits for nothing but rings
    thread.start()

    def end() -> None:
        os.close(wake)
        thread.join(1.0)
        os.close(awake)
        bell.close()

    return end
