"""A million numbers into the block list, by the command a person would use."""

import csv
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.homes import MILLION, Homes, write_csv

IMPORT_S = 20.0


def importing(homes: Homes) -> Iterator[Figure]:
    """Wall time, beside the same file put by the standard library into a table with one index and nothing else."""
    homes.with_entries(MILLION)
    yield Figure("import of 1,000,000 rows", homes.importing, "s", IMPORT_S, _plain_import(), "a bare indexed table")


def _plain_import() -> float:
    with TemporaryDirectory() as folder:
        file = write_csv(Path(folder) / "list.csv", MILLION)
        begun = time.monotonic()
        with closing(sqlite3.connect(Path(folder) / "list.db")) as database, file.open(newline="") as text:
            database.execute("CREATE TABLE entry (value TEXT UNIQUE, label TEXT, note TEXT)")
            with database:
                rows = csv.reader(text)
                next(rows)
                database.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
        return time.monotonic() - begun
