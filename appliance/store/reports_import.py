"""Making the file of reported numbers from a CSV file: built beside the old one, and put in its place when it is whole.

The heading is number,score,count,last_date in any order: how bad it is (0 to 100), how many reports (1 or more), the
day of the newest one (2026-01-31; a time behind it is left out). What the file is, reported.py says.
"""

import fcntl
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path

from appliance.core.caller import list_key
from appliance.errors import InvalidValue, StoreBusy, StoreError
from appliance.store.csv_files import Reading, headed, opened
from appliance.store.database import Database, Purpose, create_file
from appliance.store.moments import to_ms
from appliance.store.records import ReportsImport
from appliance.store.reported import EPOCH_DAY, REPORTS_NAME, ReportedFile

HEADING = ("number", "score", "count", "last_date")
NO_HEADING = "The first line of the file must name its columns: number,score,count,last_date. Nothing was imported."
LOCK_NAME = "reports.lock"
UNFINISHED_NAME = "reports.db.unfinished"
STAGE_NAME = "reports.db.rows"

# A source that lost half its numbers over night was cut off in the middle; what is there is better.
LEAST_SHARE = 0.5
LONGEST_NUMBER = 15  # digits of E.164
# More reports than there are telephones; what is above was no count.
MOST_REPORTS = 10_000_000_000
# How often progress is told, in rows.
PROGRESS_ROWS = 20_000
# Rows per statement while gathering; more gain nothing.
ROWS_AT_ONCE = 200
# Kilobytes for pages while sorting, of which there are two such caches: a million rows sort in memory.
CACHE_KB = 16_384

GATHER = "INSERT INTO stage.rows VALUES (?, ?, ?, ?)"
GATHER_MANY = GATHER + ", (?, ?, ?, ?)" * (ROWS_AT_ONCE - 1)
TAKE_OLD = """
INSERT INTO stage.rows
SELECT number, CAST(score AS INTEGER), CAST(count AS INTEGER), CAST(last_day AS INTEGER) FROM old.reported
"""
# In the order of the tree its pages are filled one after the other. Of the same number twice, the later row counts.
SORT = """
INSERT INTO reported SELECT number, score, count, last_day FROM stage.rows WHERE true ORDER BY number, rowid
ON CONFLICT (number) DO UPDATE SET score = excluded.score, count = excluded.count, last_day = excluded.last_day
"""
SCHEMA = (
    """CREATE TABLE reported (
    number INTEGER PRIMARY KEY, score INTEGER NOT NULL, count INTEGER NOT NULL, last_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE TABLE made (rows INTEGER NOT NULL, at INTEGER NOT NULL) STRICT",
    "CREATE TABLE stage.rows (number INTEGER, score INTEGER, count INTEGER, last_day INTEGER)",
)

# Number, score, count, day.
Row = tuple[int, int, int, int]


def import_reports(
    folder: Path,
    file: Path,
    *,
    country: str,
    area_code: str = "",
    now: datetime,
    merge: bool = False,
    replace_anyway: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ReportsImport:
    """Make the reported numbers of a data folder those of a CSV file; with `merge`, add them to those that are there.

    Of the same number twice the later row counts, and the file's above what was there. Rows that cannot be used are
    reported and left out. A file with less than half the numbers of before is refused unless `replace_anyway`. The line
    goes on meanwhile, and takes the new file over with the next call. Raises InvalidValue and StoreError; then the
    numbers are as they were.
    """
    reading = Reading(country, area_code)
    with _alone(folder):
        before = _count_before(folder, needed=merge)
        unfinished = folder / UNFINISHED_NAME
        with _scratch(unfinished), _scratch(folder / STAGE_NAME) as stage:
            with closing(Database(unfinished, Purpose.HOUSEHOLD)) as database:
                numbers = _fill(database, stage, folder if merge else None, _rows(file, reading, progress), now)
            if numbers < before * LEAST_SHARE and not replace_anyway:
                raise InvalidValue(
                    f"{file.name} holds {numbers:,} reported numbers, and there were {before:,}: it may be cut off. "
                    "Nothing was imported."
                )
            _put_in_place(unfinished, folder / REPORTS_NAME)
    return ReportsImport(before, numbers, tuple(reading.refused), reading.refused_count)


def _fill(database: Database, stage: Path, old: Path | None, rows: Iterator[Row], now: datetime) -> int:
    """Gather, sort, and say how many; nothing of it needs a journal, for a file that is not finished is no file."""
    database.rows("PRAGMA journal_mode = OFF")
    database.rows("PRAGMA synchronous = OFF")
    database.rows(f"PRAGMA cache_size = -{CACHE_KB}")
    database.run("ATTACH ? AS stage", (str(stage),))
    database.rows("PRAGMA stage.journal_mode = OFF")
    database.rows("PRAGMA stage.synchronous = OFF")
    for statement in SCHEMA:
        database.run(statement)
    if old is not None and (old / REPORTS_NAME).exists():
        database.run("ATTACH ? AS old", (f"{(old / REPORTS_NAME).absolute().as_uri()}?mode=ro",))
    with database.writing():
        if old is not None and (old / REPORTS_NAME).exists():
            database.run(TAKE_OLD)
        _gather(database, rows)
        database.run(SORT)
        numbers = database.number("SELECT count(*) FROM reported")
        database.run("INSERT INTO made VALUES (?, ?)", (numbers, to_ms(now)))
    return numbers


def _gather(database: Database, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        if len(batch) == ROWS_AT_ONCE:
            database.run(GATHER_MANY, list(chain.from_iterable(batch)))
        else:
            database.run_many(GATHER, batch)


def _rows(file: Path, reading: Reading, progress: Callable[[int], None] | None) -> Iterator[Row]:
    """The rows of a CSV file that can be used, one by one."""
    with opened(file) as text:
        lines, heading = headed(text, NO_HEADING)
        if missing := [name for name in HEADING if name not in heading]:
            raise InvalidValue(f"The file has no column {missing[0]}. {NO_HEADING}")
        blanks = [""] * len(heading)
        pick = itemgetter(*(heading.index(name) for name in HEADING))
        for cells in lines:
            if not any(cells):
                continue
            if progress is not None and reading.rows % PROGRESS_ROWS == 0:
                progress(reading.rows)
            reading.rows += 1
            number, score, count, last = pick(cells + blanks)
            try:
                key = list_key(number, reading.country, reading.area_code)
                yield _digits(key), _score(score), _count(count), _day(last)
            except ValueError as error:
                reading.refuse(lines.line_num, number, str(error))


def _digits(key: str) -> int:
    digits = key[1:]
    if not key.startswith("+") or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        raise InvalidValue("It is not a whole telephone number.")
    return int(digits)


@lru_cache(maxsize=256)  # a million rows name a hundred scores
def _score(text: str) -> int:
    return _whole(text.strip(), 0, 100, "score")


@lru_cache(maxsize=4_096)  # most numbers have few reports
def _count(text: str) -> int:
    return _whole(text.strip(), 1, MOST_REPORTS, "count")


def _whole(text: str, least: int, most: int, what: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    raise InvalidValue(f"The {what} is a whole number from {least} to {most}, not {text[:20]!r}.")


@lru_cache(maxsize=4_096)  # eleven years of days; a file names each of its days thousands of times
def _day(text: str) -> int:
    """Days since 1970 of an ISO date, or of a time (ISO 8601) on it."""
    try:
        day = date.fromisoformat(text.strip()[:10])
        if len(text) > len("2026-01-31"):
            datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue(f"{text[:40]!r} is no date: write 2026-01-31.") from None
    if day < EPOCH_DAY:
        raise InvalidValue(f"{text[:40]!r} is before 1970.")
    return (day - EPOCH_DAY).days


def _count_before(folder: Path, *, needed: bool) -> int:
    """How many numbers there are; a damaged file holds none, but cannot be added to (StoreError)."""
    with closing(ReportedFile(folder)) as old:
        try:
            return old.count()
        except StoreError:
            if needed:
                raise
            return 0


@contextmanager
def _scratch(file: Path) -> Generator[Path]:
    """A new, empty file that is gone afterwards, and was gone before: a killed import leaves its own behind."""
    try:
        file.unlink(missing_ok=True)
        create_file(file)
        yield file
    finally:
        file.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One import at a time. Raises StoreBusy for the other one."""
    lock = folder / LOCK_NAME
    create_file(lock)
    with lock.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy("Reported numbers are being imported already; try again when that is done.") from error
        yield


def _put_in_place(unfinished: Path, file: Path) -> None:
    """The new file under the old one's name, on the disk."""
    try:
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
        folder = os.open(file.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreError(f"The file {file} cannot be written: {error.strerror}.") from error
