"""A million numbers into the block list, and a million into the reported ones, by the commands a person would use."""

import csv
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.homes import MILLION, Homes, number, write_csv

IMPORT_S = 20.0
REPORTS_S = 20.0
REPORTS_MB = 100.0


def importing(homes: Homes) -> Iterator[Figure]:
    """Wall time, beside the same file put by the standard library into a table with one index and nothing else."""
    homes.with_entries(MILLION)
    yield Figure("import of 1,000,000 rows", homes.importing, "s", IMPORT_S, _plain_import(), "a bare indexed table")


def importing_reports(homes: Homes) -> Iterator[Figure]:  # noqa: ARG001  # a household of its own; the others go on
    """The same for reported numbers, with the memory of the command (the largest it ever had)."""
    with TemporaryDirectory() as folder:
        file = _write_reports(Path(folder) / "reports.csv", MILLION)
        begun = time.monotonic()
        command = [sys.executable, "-m", "appliance.cli", "--data", folder, "import", "reports", str(file)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - begun
        assert child.returncode == 0, f"the import ended with {child.returncode}"
        begun = time.monotonic()
        _plain_reports(file, Path(folder) / "plain.db")
        plain = time.monotonic() - begun
    yield Figure("import of 1,000,000 reported numbers", took, "s", REPORTS_S, plain, "a bare indexed table")
    yield Figure("  memory of the command", used.ru_maxrss / 1024, "MB", REPORTS_MB)


def _write_reports(file: Path, numbers: int) -> Path:
    with file.open("w", newline="") as text:
        out = csv.writer(text)
        out.writerow(("number", "score", "count", "last_date"))
        day = date(2026, 11, 22)
        out.writerows(
            (f"+1{number(index)}", index % 101, 1 + index % 40, day - timedelta(days=index % 400))
            for index in range(numbers)
        )
    return file


def _plain_reports(file: Path, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as database, file.open(newline="") as text:
        database.execute("CREATE TABLE reported (number TEXT UNIQUE, score TEXT, count TEXT, last_date TEXT)")
        with database:
            rows = csv.reader(text)
            next(rows)
            database.executemany("INSERT INTO reported VALUES (?, ?, ?, ?)", rows)


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
