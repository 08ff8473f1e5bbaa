"""The line's writer: rows go into a bounded queue and one thread puts them into the store. A ring waits for no disk.

A full, locked or read-only disk delays the rows and shows as `fault`; nothing that comes out of here stops a call.
"""

import logging
import sqlite3
import threading
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from appliance.errors import StoreError
from appliance.store.database import Purpose
from appliance.store.doorbell import ring
from appliance.store.records import CallRecord, EventRow, LineStatus
from appliance.store.store import Store

LOG = logging.getLogger(__name__)

Item = CallRecord | EventRow | LineStatus

# A thousand rows are a day of a busy line: what waits beyond that is worth less than the memory.
QUEUE_ROWS = 1_000
# Rows per transaction: one sync of the disk for all of them, and the lock is free again within milliseconds.
BATCH_ROWS = 100
# Seconds before the next try; the last one repeats. A locked store is free in a moment, a full disk is not.
BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
BREAKS_A_RULE = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    sqlite3.DataError,
    OverflowError,
    TypeError,
    ValueError,
)


class WriterStuck(StoreError, TimeoutError):
    """The writer's thread did not end in time: the disk does not answer."""


class Writer:
    """One thread, one store of its own. `put` never waits and never raises."""

    def __init__(self, folder: Path, *, bell: str = "web*", queue_rows: int = QUEUE_ROWS) -> None:
        """Start writing to the store of `folder`. After each write the bells that match `bell` are rung."""
        self._folder = folder
        self._bell = bell
        self._limit = queue_rows
        self._waiting: deque[Item] = deque()
        self._state = threading.Condition()
        self._closing = False
        self._trouble: str | None = None
        self._dropped = 0
        self._writing: list[Item] = []
        self._store: Store | None = None
        self._thread = threading.Thread(target=self._run, name="writer")
        self._thread.start()

    def put(self, item: Item) -> None:
        """Hand over a row. When the queue is full the least of what waits is dropped, and counted in `fault`."""
        with self._state:
            if self._closing:
                return
            self._waiting.append(item)
            if len(self._waiting) > self._limit:
                self._drop_one()
            self._state.notify_all()

    @property
    def fault(self) -> str | None:
        """Why rows are waiting, and how many were dropped; None when all is well."""
        with self._state:
            if self._trouble is None:
                return None
            dropped = f", {self._dropped} were dropped" if self._dropped else ""
            return f"{self._trouble} {len(self._waiting) + len(self._writing)} rows are waiting{dropped}."

    def settle(self, timeout: float) -> bool:
        """Wait until all that was put is stored; whether it is."""
        with self._state:
            return self._state.wait_for(lambda: not self._waiting and not self._writing, timeout)

    def close(self, timeout: float = 5.0) -> int:
        """Write what waits, trying a failing disk once more, and stop. How many rows were left. Raises WriterStuck."""
        with self._state:
            self._closing = True
            self._state.notify_all()
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise WriterStuck(f"The disk did not take the last rows within {timeout:g} seconds.")
        return len(self._waiting)

    def _drop_one(self) -> None:
        """Drop what is worth least: a status, a call that is put again later, an event, and only then a call."""
        newest = {item.uid: place for place, item in enumerate(self._waiting) if isinstance(item, CallRecord)}
        ranks = [_worth(item, place, newest) for place, item in enumerate(self._waiting)]
        del self._waiting[ranks.index(min(ranks))]
        self._dropped += 1

    def _run(self) -> None:
        try:
            failures = 0
            while self._take():
                error = self._write()
                failures = 0 if error is None else failures + 1
                if not self._told(error, BACK_OFF[min(failures, len(BACK_OFF)) - 1]):
                    break
        except Exception:
            LOG.exception("event=writer_ended")
            with self._state:
                self._trouble = "The writer has stopped; restart Quietline."
        finally:
            self._shut()

    def _take(self) -> bool:
        """Wait for rows and take a batch of them; False when there is nothing left to do."""
        with self._state:
            self._state.wait_for(lambda: self._waiting or self._closing)
            while self._waiting and len(self._writing) < BATCH_ROWS:
                self._writing.append(self._waiting.popleft())
            return bool(self._writing)

    def _write(self) -> StoreError | None:
        """Put the batch into the store, all in one transaction; what went wrong, if anything."""
        try:
            if self._store is not None and self._store.replaced():
                self._shut()
            if self._store is None:
                self._store = Store.open(self._folder, purpose=Purpose.WRITER)
            with self._store.writing():
                for item in self._writing:
                    _put(self._store, item)
        except StoreError as error:
            self._shut()  # a connection that saw a read-only disk stays read-only: open it anew
            return error
        ring(self._folder, self._bell)
        return None

    def _told(self, error: StoreError | None, pause: float) -> bool:
        """Draw the conclusions of a batch; False when the thread shall end."""
        with self._state:
            if error is None:
                self._writing.clear()
                self._recovered()
                self._state.notify_all()
                return True
            if self._trouble is None:
                LOG.warning("event=rows_delayed error=%s", error)
            self._trouble = str(error)
            self._waiting.extendleft(reversed(self._writing))
            self._writing.clear()
            while len(self._waiting) > self._limit:
                self._drop_one()
            self._state.wait_for(lambda: self._closing, pause)
            return not self._closing

    def _recovered(self) -> None:
        if self._trouble is None:
            return
        LOG.info("event=rows_flow_again dropped=%d", self._dropped)
        if self._dropped:
            text = f"{self._trouble} {self._dropped} rows were lost meanwhile."
            self._waiting.append(EventRow("fault", datetime.now(UTC), text, who="line"))
        self._trouble = None
        self._dropped = 0

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _put(store: Store, item: Item) -> None:
    try:
        if isinstance(item, CallRecord):
            store.calls.put(item)
        elif isinstance(item, EventRow):
            store.events.put(item)
        else:
            store.status.put(item)
    except BREAKS_A_RULE:
        # It would fail for ever and hold up every row behind it.
        LOG.exception("event=row_refused kind=%s", type(item).__name__)


def _worth(item: Item, place: int, newest: dict[str, int]) -> int:
    if isinstance(item, LineStatus):
        return 0
    if isinstance(item, CallRecord):
        return 3 if newest[item.uid] == place else 1
    return 2
