"""List changes and settings that the line wants written: one thread with a store of its own, answers come back later.

The loop that owns the call never waits for the disk. What must not enter: decisions, lamps, the modem.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from appliance.errors import ApplianceError, StoreBusy
from appliance.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")


BUSY_TRIES = 6
"""Times an errand is tried while another change holds the store; each waits 5 s. An import of a million takes 11 s."""


@dataclass(frozen=True, slots=True)
class ErrandDone:
    """An errand ended; call `follow` in the thread that owns the state it changes."""

    follow: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Errand:
    work: Callable[[Store], Any]
    done: Callable[[Any], object]
    failed: Callable[[str], None]


class Errands:
    """Does what it is asked in order, in one thread. `post` receives ErrandDone and must not block."""

    def __init__(self, folder: Path, post: Callable[[ErrandDone], None]) -> None:
        self._folder = folder
        self._post = post
        self._store: Store | None = None  # opened, used and closed by the thread
        self._waiting: SimpleQueue[_Errand | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)  # a dead disk must not keep us
        self._thread.start()

    def send(self, work: Callable[[Store], T], done: Callable[[T], object], failed: Callable[[str], None]) -> None:
        """Do `work` with a store; then, in the owner's thread, `done` with what it gave or `failed` with a sentence."""
        self._waiting.put(_Errand(work, done, failed))

    def close(self, timeout: float) -> None:
        """Finish what was asked, at most within `timeout` seconds."""
        self._waiting.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (errand := self._waiting.get()) is not None:
            try:
                answer = self._do(errand.work)
            except Exception as error:  # the top of the thread: the next errand must still be done
                known = isinstance(error, ApplianceError)
                log.warning("errand=failed reason=%s", error, exc_info=not known)
                self._forget_store()
                text = str(error) if known else "Quietline met a fault of its own; the log says more."
                self._post(ErrandDone(partial(errand.failed, text)))
            else:
                self._post(ErrandDone(partial(errand.done, answer)))
        self._forget_store()

    def _do(self, work: Callable[[Store], T]) -> T:
        for _ in range(BUSY_TRIES - 1):
            try:
                return work(self._opened())
            except StoreBusy:
                log.info("errand=waiting reason=store_busy")
        return work(self._opened())

    def _opened(self) -> Store:
        if self._store is not None and self._store.replaced():
            self._forget_store()
        if self._store is None:
            self._store = Store.open(self._folder)
        return self._store

    def _forget_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
