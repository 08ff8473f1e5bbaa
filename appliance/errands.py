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

from appliance.errors import ApplianceError, StoreError
from appliance.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")


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
        store: Store | None = None
        while (errand := self._waiting.get()) is not None:
            try:
                if store is not None and store.replaced():
                    store.close()
                    store = None
                store = store or Store.open(self._folder)
                answer = errand.work(store)
            except ApplianceError as error:
                log.warning("errand=failed reason=%s", error)
                self._post(ErrandDone(partial(errand.failed, str(error))))
                if store is not None and isinstance(error, StoreError):
                    store.close()
                    store = None
            else:
                self._post(ErrandDone(partial(errand.done, answer)))
        if store is not None:
            store.close()
