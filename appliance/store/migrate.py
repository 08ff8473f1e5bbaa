"""Bringing a store's file to the schema of this version, by numbered SQL files. No table is known here.

`PRAGMA user_version` is the number of the last file that was applied. Each file is one transaction: it happens
entirely, the number with it, or not at all.
"""

import functools
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import StoreError, StoreTooNew
from appliance.store.database import APPLICATION_ID, Database, Purpose, StoreDamaged

FOLDER = Path(__file__).parent / "migrations"
FILE_FORM = re.compile(r"(\d{4})_[a-z_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number and its statements."""

    number: int
    name: str
    statements: tuple[str, ...]


def statements_of(sql: str) -> tuple[str, ...]:
    """Cut a script into statements; a trigger's inner semicolons do not end it (SQLite itself judges)."""
    found: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise ValueError(f"the last statement has no end: {pending.strip()[:80]!r}")
    return tuple(found)


@functools.cache
def migrations_in(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The steps of a folder, in order. Their numbers run from 1 without a gap."""
    steps: list[Migration] = []
    for file in sorted(folder.glob("*.sql")):
        form = FILE_FORM.fullmatch(file.name)
        if form is None or int(form[1]) != len(steps) + 1:
            raise ValueError(f"{file.name} is not the migration that comes next")
        steps.append(Migration(int(form[1]), file.stem, statements_of(file.read_text(encoding="utf-8"))))
    return tuple(steps)


def version_of(database: Database) -> int:
    """The number of the last step that was applied; 0 for an empty file."""
    return database.number("PRAGMA user_version")


def inspected(file: Path, latest: int) -> int:
    """The version of a file. Raises StoreTooNew for one of a newer version, without changing a byte of it.

    Looked at read-only: a connection that may write would move the WAL into the file when it closes.
    """
    peek = Database(file, Purpose.HOUSEHOLD, read_only=True)
    try:
        version = version_of(peek)
        owner = peek.number("PRAGMA application_id")
    finally:
        peek.close()
    if version > latest:
        raise StoreTooNew(
            f"The store {file} was written by a newer Quietline (its version is {version}, this one knows {latest}). "
            "It was left untouched; install the newer Quietline again, or move the file away to start anew."
        )
    if version > 0 and owner != APPLICATION_ID:
        raise StoreDamaged(f"The file {file} is an SQLite file of another program, no Quietline store.")
    return version


def migrate(database: Database, steps: Sequence[Migration]) -> None:
    """Apply the steps that are missing, each in one transaction. Another process may be doing the same."""
    for step in steps:
        if version_of(database) >= step.number:
            continue
        try:
            with database.writing():
                if version_of(database) >= step.number:  # the other process was faster
                    continue
                for statement in step.statements:
                    database.run(statement)
                database.run(f"PRAGMA application_id = {APPLICATION_ID}")
                database.run(f"PRAGMA user_version = {step.number}")
        except sqlite3.Error as error:
            raise StoreError(f"The store could not be brought to version {step.number}: {error}.") from error
