"""Live updates: one watcher thread looks at the store, every open page is told "changed", and nothing more.

Server-sent events (WHATWG HTML, section 9.2). A stream holds a server thread for as long as it is open, so there are
few of them; who comes too late polls instead. No data and no SQL may enter: what changed is fetched as a normal page.
"""

import logging
import select
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

from appliance.errors import StoreError
from appliance.store import Doorbell, Store

log = logging.getLogger(__name__)

# Of the server's 24 threads: the rest stay free for pages whatever the streams do.
MOST_STREAMS = 6
# An idle connection through a home router or proxy lives 30 to 60 s; a comment each 15 s keeps it open.
HEARTBEAT_S = 15.0
# Then the browser comes again by itself: a stream that somehow lost its reader does not stay for ever.
LONGEST_LIFE_S = 15 * 60.0
# How soon a stream notices that its reader has gone, or that we are stopping.
GLANCE_S = 0.25
# The store is looked at this often when no doorbell rings (another program may write without ringing).
POLL_S = 1.0
# After an error, so that a full disk does not fill the log as well.
PAUSE_S = 5.0
# What the browser waits before it connects again, in milliseconds.
RECONNECT_MS = 3000


class Live:
    """Who watches and who is told. The watcher starts with the first stream."""

    def __init__(self, data: Path) -> None:
        """Prepare; nothing runs until somebody looks."""
        self._data = data
        self._room = threading.BoundedSemaphore(MOST_STREAMS)
        self._changed = threading.Condition()
        self._count = 0
        self._watcher: threading.Thread | None = None
        self.closing = False  # a plain flag: it is set from a signal handler, where no lock may be taken

    def stream(self, gone: Callable[[], bool]) -> "Stream | None":
        """A stream for one reader, or None when all places are taken. `gone` says whether the reader has left."""
        if self.closing or not self._room.acquire(blocking=False):
            return None
        with self._changed:
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="live-watcher", daemon=True)
                self._watcher.start()
        return Stream(self, gone)

    def close(self, timeout: float = 5.0) -> None:
        """End all streams and the watcher."""
        self.closing = True
        with self._changed:
            self._changed.notify_all()
        if self._watcher is not None:
            self._watcher.join(timeout)

    def count(self) -> int:
        """How many changes were seen so far."""
        with self._changed:
            return self._count

    def wait(self, seen: int, seconds: float) -> int:
        """The count as soon as it is no longer `seen`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.closing or self._count != seen, seconds)
            return self._count

    def leave(self) -> None:
        """One place is free again."""
        self._room.release()

    def _watch(self) -> None:
        while not self.closing:
            try:
                with Store.open(self._data) as store, Doorbell(self._data, "web") as bell:
                    self._look(store, bell)
            except StoreError as error:
                log.warning("live=paused reason=%r", str(error))
                time.sleep(PAUSE_S)

    def _look(self, store: Store, bell: Doorbell) -> None:
        version = store.data_version()
        self._tell()  # whatever happened while nobody looked
        while not self.closing and not store.replaced():  # a restored backup is another file
            select.select([bell], [], [], POLL_S)
            bell.drain()
            if (now_version := store.data_version()) != version:
                version = now_version
                self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()


class Stream:
    """The body of one answer. Its place is given back exactly once, also when it never began."""

    def __init__(self, live: Live, gone: Callable[[], bool]) -> None:
        self._live = live
        self._gone = gone
        self._once = threading.Lock()
        self._pieces = self._run()

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """Called by the server at the end, whatever the end was."""
        if self._once.acquire(blocking=False):
            self._pieces.close()
            self._live.leave()

    def _run(self) -> Generator[bytes]:
        end = time.monotonic() + LONGEST_LIFE_S
        seen = self._live.count()
        yield f"retry: {RECONNECT_MS}\n\n".encode()
        spoke = time.monotonic()
        while not self._live.closing and not self._gone() and time.monotonic() < end:
            count = self._live.wait(seen, GLANCE_S)
            if count != seen:
                seen = count
                yield b"event: changed\ndata: 1\n\n"
                spoke = time.monotonic()
            elif time.monotonic() - spoke >= HEARTBEAT_S:
                yield b": still here\n\n"
                spoke = time.monotonic()
