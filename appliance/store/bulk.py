"""Many entries at once: gathered beside the lists first, then taken over in one transaction, sorted, index last.

Row by row through the triggers a million entries take two minutes; this way 15 seconds, and the lists are locked for
the second half of it only.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from itertools import chain, islice

from appliance.core.household import ListName
from appliance.store.csv_files import FileRow
from appliance.store.database import Database
from appliance.store.moments import to_ms

# How often progress is told, in rows; a few times a second.
PROGRESS_ROWS = 20_000
# From so many rows on, the search index is built anew rather than kept up row by row: about equal at 50,000.
REBUILD_ROWS = 50_000
# Rows per statement while gathering: half the time of one by one, and more gain nothing.
ROWS_AT_ONCE = 100
# Kilobytes of page cache while sorting and indexing; the usual 2 MB would write every page many times over.
BULK_CACHE_KB = 16_384
USUAL_CACHE_KB = 2_000

STAGE = """
CREATE TEMP TABLE staged (
    kind TEXT, value TEXT, label TEXT, note TEXT, expires_at INTEGER, hours TEXT DEFAULT '', vip INTEGER DEFAULT 0
)
"""
# Nearly every row of a long file says no more than these four, and then no more is handed over.
PLAIN = "INSERT INTO temp.staged (kind, value, label, note) VALUES (?, ?, ?, ?)"
PLAIN_MANY = PLAIN + ", (?, ?, ?, ?)" * (ROWS_AT_ONCE - 1)
PLAIN_COLUMNS = 4
WHOLE = "INSERT INTO temp.staged VALUES (?, ?, ?, ?, ?, ?, ?)"
NOTHING_MORE = (None, "", False)
# Sorted as the index is (few are of another kind), pages are filled one after the other; of the same number twice, the
# later row wins. What a rule had put there is the household's own from now on (see entries.put_again).
TAKE_OVER = """
INSERT INTO entry (list, kind, value, label, note, source, created_at, expires_at, hours, vip)
SELECT ?, kind, value, label, note, ?, ?, expires_at, hours, vip FROM temp.staged WHERE true ORDER BY value, rowid
ON CONFLICT (kind, value, list) DO UPDATE SET
    label = CASE excluded.label WHEN '' THEN label ELSE excluded.label END,
    note = CASE excluded.note WHEN '' THEN note ELSE excluded.note END,
    source = CASE substr(source, 1, 5) WHEN 'auto:' THEN excluded.source ELSE source END,
    expires_at = excluded.expires_at,
    hours = CASE excluded.hours WHEN '' THEN hours ELSE excluded.hours END,
    vip = max(vip, excluded.vip)
WHERE (excluded.label <> '' AND label <> excluded.label) OR (excluded.note <> '' AND note <> excluded.note)
    OR expires_at IS NOT excluded.expires_at OR (excluded.hours <> '' AND hours <> excluded.hours)
    OR vip < excluded.vip OR substr(source, 1, 5) = 'auto:'
"""


@contextmanager
def staged(database: Database, rows: Iterable[FileRow], progress: Callable[[int], None] | None) -> Generator[None]:
    """Gather rows in a temporary table, which no other connection sees or waits for. It goes at the end."""
    database.run(STAGE)
    try:
        with database.reading():  # one transaction, of the temporary table only: the lists stay free
            _gather(database, iter(_told(rows, progress)))
        yield
    finally:
        database.run("DROP TABLE temp.staged")


def _gather(database: Database, rows: Iterator[FileRow]) -> None:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        plain = max(map(len, batch)) == PLAIN_COLUMNS
        if plain and len(batch) == ROWS_AT_ONCE:
            database.run(PLAIN_MANY, list(chain.from_iterable(batch)))
        elif plain:
            database.run_many(PLAIN, batch)
        else:
            database.run_many(WHOLE, (row if len(row) > PLAIN_COLUMNS else (*row, *NOTHING_MORE) for row in batch))


def take_over(database: Database, list_name: ListName, source: str, now: datetime) -> tuple[int, int]:
    """Put the staged rows on a list, within the caller's transaction; how many were added and how many changed."""
    before = _count(database, list_name)
    many = database.number("SELECT count(*) FROM temp.staged") >= REBUILD_ROWS
    database.rows(f"PRAGMA cache_size = -{BULK_CACHE_KB}")
    try:
        with _index_rebuilt(database) if many else nullcontext():
            touched = database.run(TAKE_OVER, (list_name.value, source, to_ms(now)))
        added = _count(database, list_name) - before
        database.run("UPDATE tally SET amount = ? WHERE name = ?", (before + added, list_name.value))
    finally:
        database.rows(f"PRAGMA cache_size = -{USUAL_CACHE_KB}")
    return added, touched - added


@contextmanager
def _index_rebuilt(database: Database) -> Generator[None]:
    """Without the triggers of the entry table, whose work is done once at the end; then they are as they were."""
    triggers = database.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'")
    for trigger in triggers:
        database.run(f"DROP TRIGGER {trigger['name']}")
    yield
    database.run("INSERT INTO entry_search (entry_search) VALUES ('rebuild')")
    for trigger in triggers:
        database.run(trigger["sql"])


def _count(database: Database, list_name: ListName) -> int:
    return database.number("SELECT count(*) FROM entry WHERE list = ?", (list_name.value,))


def _told(rows: Iterable[FileRow], progress: Callable[[int], None] | None) -> Iterable[FileRow]:
    for count, row in enumerate(rows):
        if progress is not None and count % PROGRESS_ROWS == 0:
            progress(count)
        yield row
