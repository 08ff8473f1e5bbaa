"""One connection to the store's file: how it is opened, how a transaction runs, what an SQLite error means to people.

No table is known here.
"""

import contextlib
import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from appliance.errors import StoreBusy, StoreError
from appliance.store.text import holds

FILE_NAME = "quietline.db"
# "QLin": tells our file from any other SQLite file.
APPLICATION_ID = 0x514C696E
# Group may read and write, others nothing: -wal and -shm take the same mode. The umask may take more away.
FILE_MODE = 0o660
# 200 pages are 800 kB: the WAL stays small on an SD card, and a check-point short.
AUTO_CHECKPOINT_PAGES = 200
# What an import may leave behind as WAL on disk, in bytes.
JOURNAL_LIMIT = 4 * 1024 * 1024

Value = str | int | float | bytes | None


@dataclass(frozen=True, slots=True)
class _Manner:
    synchronous: str
    busy_ms: int


class Purpose(Enum):
    """What a connection is for: how surely it writes, and how long it waits for a lock."""

    # Lists, settings, accounts: on the disk when the call returns, also over a power cut.
    HOUSEHOLD = _Manner("FULL", 5_000)
    # Calls, events, status: a power cut may take the last ones, never the file. Retried by the writer, so waits little.
    WRITER = _Manner("NORMAL", 1_000)
    # The one loop of the line: a ring waits behind this, so a lock costs 50 ms at most.
    LINE = _Manner("FULL", 50)


SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full: nothing more can be stored until there is room.",
    sqlite3.SQLITE_BUSY: "The store is busy with another change; try again in a moment.",
    sqlite3.SQLITE_LOCKED: "The store is busy with another change; try again in a moment.",
    sqlite3.SQLITE_READONLY: "The store is read-only: the disk or the file cannot be written.",
    sqlite3.SQLITE_PERM: "The store cannot be written: this user lacks the permission.",
    sqlite3.SQLITE_CANTOPEN: "The store cannot be opened: check that the folder exists and may be read and written.",
    sqlite3.SQLITE_CORRUPT: "The store's file is damaged; start Quietline again to restore the last good copy.",
    sqlite3.SQLITE_NOTADB: "The store's file is damaged or is no Quietline store.",
    sqlite3.SQLITE_IOERR: "The disk could not be read or written.",
}
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class StoreDamaged(StoreError):
    """The file itself is damaged, or is not a store at all."""


def plain(error: sqlite3.Error) -> StoreError:
    """The StoreError for an SQLite error: a sentence for people, the cause kept for the log."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the family: IOERR_WRITE is an IOERR
    kind = StoreDamaged if code in DAMAGE else StoreBusy if code in BUSY else StoreError
    return kind(SENTENCES.get(code, f"The store reported an error: {error}."))


# A mistake of ours or a value that breaks a rule of a table, never the disk.
OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)


class _Translated:
    """What SQLite raises within, as a StoreError. No generator: that would cost a quarter of a look-up."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error) and not isinstance(error, OURS):
            raise plain(error) from error


_TRANSLATED = _Translated()


class Database:
    """One connection, for the thread that opened it. Statements outside `writing` see the newest committed state."""

    def __init__(self, file: Path, purpose: Purpose, *, read_only: bool = False) -> None:
        """Open an existing file. Raises StoreError; never creates one."""
        self.file = file
        # Taken before opening: should the file be swapped in between, `replaced` says so rather than miss it.
        self._identity = _identity(file)
        mode = "ro" if read_only else "rw"
        with _TRANSLATED:
            self._connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=purpose.value.busy_ms / 1_000,
            )
        self._connection.row_factory = sqlite3.Row
        self._connection.create_function("holds", -1, holds, deterministic=True)
        self._deep = False
        if not read_only:
            self._set_manner(purpose.value)

    def _set_manner(self, manner: _Manner) -> None:
        try:
            self.rows(f"PRAGMA synchronous = {manner.synchronous}")
            self.rows(f"PRAGMA wal_autocheckpoint = {AUTO_CHECKPOINT_PAGES}")
            self.rows(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT}")
        except StoreError:
            self.close()
            raise

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Run one statement and fetch all it returns."""
        with _TRANSLATED:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Value] = ()) -> sqlite3.Row | None:
        """Run one statement and fetch its first row."""
        with _TRANSLATED:
            found = self._connection.execute(sql, values)
            first: sqlite3.Row | None = found.fetchone()
            found.close()  # an open read would keep the WAL from being check-pointed
            return first

    def number(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run a statement whose first column of the first row is a whole number; 0 when there is no row."""
        first = self.row(sql, values)
        return 0 if first is None or first[0] is None else int(first[0])

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one statement that changes rows; how many it changed."""
        with _TRANSLATED:
            return self._connection.execute(sql, values).rowcount

    def insert(self, sql: str, values: Sequence[Value]) -> int:
        """Run one INSERT; the id of the new row."""
        with _TRANSLATED:
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, values: Iterable[Sequence[Value]]) -> int:
        """Run one statement for each row of values, taken one by one; how many rows that changed, triggers apart."""
        with _TRANSLATED:
            return self._connection.executemany(sql, values).rowcount

    def stream(self, sql: str, values: Sequence[Value] = ()) -> Iterator[sqlite3.Row]:
        """The rows one by one, all from the same moment."""
        with _TRANSLATED:
            found = self._connection.execute(sql, values)
            try:
                yield from found
            finally:
                found.close()  # a reader who stops half-way must not hold the moment for ever

    @contextlib.contextmanager
    def writing(self) -> Generator[None]:
        """One write transaction: all of it or nothing, also when the process is killed. Inside another, part of it."""
        if self._deep:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        with self._until_end():
            yield

    @contextlib.contextmanager
    def reading(self) -> Generator[None]:
        """Several reads of the same moment."""
        if self._deep:
            yield
            return
        self.run("BEGIN")
        with self._until_end():
            yield

    @contextlib.contextmanager
    def _until_end(self) -> Generator[None]:
        self._deep = True
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has rolled it back already
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise
        finally:
            self._deep = False

    def copy_from(self, source: "Database") -> None:
        """Replace everything with what `source` holds, in one transaction that readers see as one change."""
        with self.writing():
            pass  # a store that stays locked is told here; the copying itself would wait for ever
        with _TRANSLATED:
            source._connection.backup(self._connection)

    def replaced(self) -> bool:
        """Whether the file of that name is no longer the one that is open here."""
        return _identity(self.file) != self._identity

    def close(self) -> None:
        """Close it; closing again does nothing."""
        self._connection.close()


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def create_file(file: Path) -> None:
    """Make an empty file with the right mode; SQLite fills it. Nothing happens when it exists."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, FILE_MODE))
    except OSError as error:
        raise StoreError(f"The store {file} cannot be created: {error.strerror}.") from error
