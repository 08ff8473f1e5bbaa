"""Keeping the file: made ready at start, checked, copied, restored. No table is known here but through Store.

Nothing here removes a store: a damaged one is moved aside, and a restore keeps a copy of what it replaced.
"""

import fcntl
import logging
import os
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.errors import InvalidValue, StoreError
from appliance.store.database import FILE_NAME, Database, Purpose, StoreDamaged, create_file
from appliance.store.events import Events
from appliance.store.migrate import inspected, migrate, migrations_in

LOG = logging.getLogger(__name__)

LOCK_NAME = "quietline.lock"
NIGHTLY = "nightly"
# A week of nights: long enough to notice that something is wrong.
NIGHTLY_KEPT = 7
# SQLite keeps its journal beside the file under these names; they belong to the file and move with it.
# The journal comes first: left beside another file, SQLite would play it into that one.
SIDE_FILES = ("-wal", "-shm", "")
# What was made by migrations, but for the tables FTS5 makes for itself. A trigger in a backup would run as ours.
SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%!_search!_%' ESCAPE '!' ORDER BY type, name"
# How often a restore takes its copy of the old store again when somebody writes meanwhile.
COPY_ATTEMPTS = 5


def ready_file(folder: Path, *, check: bool) -> None:
    """See to it that the folder holds a store of this version. `check` looks through all of it. Raises StoreError."""
    file = folder / FILE_NAME
    latest = len(migrations_in())
    if file.exists() and not check and inspected(file, latest) == latest:
        return
    with _alone(folder):  # of several processes at start, one makes, mends or migrates
        trouble = _trouble(file, latest) if check else ""
        if trouble:
            _mend(folder, file, trouble)
        create_file(file)
        with closing(Database(file, Purpose.HOUSEHOLD)) as database:
            _bring_up(database)


def write_copy(database: Database, file: Path, *, replace: bool = False) -> None:
    """Write a complete, checked copy of an open store. The file appears whole or not at all."""
    if file.exists() and not replace:
        raise StoreError(f"{file} exists already; choose another name.")
    with _unfinished(file) as copy:
        database.rows("VACUUM INTO ?", (str(copy),))
        _verify(copy, "quick_check")
        with copy.open("rb") as written:
            os.fsync(written.fileno())
        copy.replace(file)


def nightly(folder: Path, now: datetime | None = None) -> Path:
    """Keep a dated copy in `<folder>/nightly`, the newest seven of them; the copy made."""
    day = (datetime.now(UTC) if now is None else now).date()
    copies = folder / NIGHTLY
    ready_file(folder, check=False)
    try:
        copies.mkdir(mode=0o770, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {copies} cannot be made: {error.strerror}.") from error
    file = copies / f"quietline-{day.isoformat()}.db"
    with closing(Database(folder / FILE_NAME, Purpose.HOUSEHOLD)) as database:
        write_copy(database, file, replace=True)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as readers let it; the next night goes on
    # Only now that this copy is good may an older one go.
    for old in _nightly_copies(folder)[NIGHTLY_KEPT:]:
        if old != file:
            old.unlink(missing_ok=True)
    return file


def restore(folder: Path, file: Path, now: datetime | None = None, *, by: str = "command") -> Path:
    """Put a backup in place of the store; the copy of the store it replaced is returned.

    The backup is checked first: junk, damage, another program's file and a newer version are refused, and the store
    stays as it was. Processes that have the store open simply see the restored content, as one change.
    """
    at = datetime.now(UTC) if now is None else now
    if not file.is_file():
        raise InvalidValue(f"There is no file {file}.")
    ready_file(folder, check=True)
    with _unfinished(folder / FILE_NAME) as copy:
        _fetch(file, copy)
        with _alone(folder), closing(Database(folder / FILE_NAME, Purpose.HOUSEHOLD)) as database:
            kept = _copy_until_quiet(database, folder, at)
            moved = database.number("SELECT amount FROM tally WHERE name = 'household'")
            with closing(Database(copy, Purpose.HOUSEHOLD)) as source:
                Events(source).add("restore", at, who=by, text=f"The store was restored from {file.name}.")
                # A number readers have never seen: what they hold in memory is stale.
                source.run("UPDATE tally SET amount = amount + ? WHERE name = 'household'", (moved + 1,))
                # Within SQLite rather than by renaming: a process that has the file open loses no row in between.
                database.copy_from(source)
            database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return kept


def _fetch(file: Path, copy: Path) -> None:
    """Copy a backup beside the store, whole, checked and brought to this version. The backup stays as it is."""
    if inspected(file, len(migrations_in())) == 0:
        raise StoreDamaged(f"{file} is no backup of Quietline.")
    with closing(_read_only(file)) as source:
        source.rows("VACUUM INTO ?", (str(copy),))
    _verify(copy, "integrity_check")
    with (
        closing(Database(copy, Purpose.HOUSEHOLD)) as database,
        _unfinished(copy) as blank,
        closing(Database(blank, Purpose.HOUSEHOLD)) as fresh,
    ):
        migrate(database, migrations_in())
        migrate(fresh, migrations_in())
        if database.rows(SCHEMA) != fresh.rows(SCHEMA):
            raise StoreDamaged(f"{file} holds other tables or triggers than a store of Quietline does.")


def _copy_until_quiet(database: Database, folder: Path, at: datetime) -> Path:
    """Copy the store so that nothing was written since: what a restore replaces must be in the copy."""
    while (kept := folder / f"{FILE_NAME}.before-restore-{at:%Y%m%d-%H%M%S}").exists():
        at += timedelta(seconds=1)
    for _ in range(COPY_ATTEMPTS):
        version = database.number("PRAGMA data_version")
        write_copy(database, kept, replace=True)
        if database.number("PRAGMA data_version") == version:
            break
    return kept


def _trouble(file: Path, latest: int) -> str:
    """What is wrong with the file; empty when it is good. A missing one is wrong only when there are copies of it."""
    try:
        if not file.exists() or inspected(file, latest) == 0:
            return "was missing" if _nightly_copies(file.parent) else ""
        _verify(file, "quick_check")
    except StoreDamaged as error:
        LOG.error("event=store_damaged file=%s error=%s", file.name, error)
        return "was damaged"
    return ""


def _verify(file: Path, check: str) -> None:
    """Raise StoreDamaged unless SQLite finds the whole file in order."""
    # Read-only: a connection that may write takes five times as long, for it weighs every row's CHECK as well.
    with closing(_read_only(file)) as database:
        found = [str(row[0]) for row in database.rows(f"PRAGMA {check}")]
    if found != ["ok"]:
        raise StoreDamaged(f"The file {file} is damaged: {found[0] if found else 'no answer'}.")


def _mend(folder: Path, file: Path, trouble: str) -> None:
    """Move a damaged store aside and put the newest good nightly copy, or an empty store, in its place."""
    now = datetime.now(UTC)
    for side in SIDE_FILES:
        with suppress(FileNotFoundError):
            Path(f"{file}{side}").rename(folder / f"{FILE_NAME}.damaged-{now:%Y%m%d-%H%M%S}{side}")
    create_file(file)
    text = f"The store {trouble}, and there was no good copy of it: the lists are empty."
    for copy in _nightly_copies(folder):
        try:
            with _unfinished(file) as fetched:
                _fetch(copy, fetched)
                with closing(Database(file, Purpose.HOUSEHOLD)) as database, closing(_read_only(fetched)) as source:
                    database.copy_from(source)
        except StoreError as error:
            LOG.warning("event=copy_refused file=%s error=%s", copy.name, error)
            continue
        text = f"The store {trouble}: it was restored from the copy {copy.name}. Later changes are lost."
        break
    LOG.error("event=store_mended text=%r", text)
    with closing(Database(file, Purpose.HOUSEHOLD)) as database:
        _bring_up(database)
        Events(database).add("restore", now, who="store", text=text)


def _bring_up(database: Database) -> None:
    """Readers beside one writer, and the tables of this version."""
    database.rows("PRAGMA journal_mode = WAL")
    migrate(database, migrations_in())


def _read_only(file: Path) -> Database:
    return Database(file, Purpose.HOUSEHOLD, read_only=True)


def _nightly_copies(folder: Path) -> list[Path]:
    """The nightly copies, newest first: their names are their dates."""
    return sorted((folder / NIGHTLY).glob("quietline-????-??-??.db"), reverse=True)


@contextmanager
def _unfinished(file: Path) -> Generator[Path]:
    """An empty file beside `file`, readable by nobody else, gone afterwards unless it was renamed."""
    try:
        handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    except OSError as error:
        raise StoreError(f"The file {file} cannot be written: {error.strerror}.") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for side in SIDE_FILES:
            Path(f"{name}{side}").unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One process at a time; the kernel lets go when the process dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o770)
        lock = os.open(folder / LOCK_NAME, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o660)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
