"""What a full, locked, read-only or damaged disk says to people; and which connection waits for what."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.errors import StoreError
from appliance.store import Purpose, Store
from appliance.store.database import FILE_NAME, Database, StoreDamaged
from tests.store.rows import ANN, BOB, NOW, call


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def pragma(store: Store, name: str) -> object:
    (row,) = store._database.rows(f"PRAGMA {name}")
    return row[0]


@pytest.mark.parametrize(
    ("purpose", "synchronous", "waits"),
    [(Purpose.HOUSEHOLD, 2, 5_000), (Purpose.LINE, 2, 50), (Purpose.WRITER, 1, 1_000)],
)
def test_each_purpose_writes_as_surely_and_waits_as_long_as_it_says(
    tmp_path: Path, purpose: Purpose, synchronous: int, waits: int
) -> None:
    with Store.open(tmp_path, purpose=purpose) as store:
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == synchronous
        assert pragma(store, "busy_timeout") == waits
        assert pragma(store, "wal_autocheckpoint") == 200


def test_a_locked_store_is_told_in_a_sentence_and_reading_goes_on(tmp_path: Path) -> None:
    with Store.open(tmp_path, purpose=Purpose.LINE) as store, locked(tmp_path):
        with pytest.raises(StoreError, match="busy with another change"):
            store.lists.block_caller(ANN, by="button", now=NOW)
        assert store.lists.exact(ANN) == ()
        assert store.settings.household("US", "").country == "US"


def test_the_line_waits_for_a_lock_no_longer_than_a_ring_can_bear(tmp_path: Path) -> None:
    with Store.open(tmp_path, purpose=Purpose.LINE) as store, locked(tmp_path):
        began = time.monotonic()
        with pytest.raises(StoreError):
            store.calls.put(call("u1"))
        assert time.monotonic() - began < 2  # 50 ms and the noise of a busy machine; a household waits 5 s


def test_a_full_disk_is_told_in_a_sentence_and_what_was_there_stays(store: Store) -> None:
    store.lists.block_caller(ANN, by="page", now=NOW)
    store._database.rows(f"PRAGMA max_page_count = {pragma(store, 'page_count')}")

    def block_many() -> None:
        for count in range(10_000):
            store.lists.block_caller(f"+1213555{count:04}", by="page", now=NOW, note="x" * 2000)

    with pytest.raises(StoreError, match="The disk is full"):
        block_many()
    standing = store.lists.count(ListName.BLOCK)
    store._database.rows("PRAGMA max_page_count = 1000000")
    store.lists.block_caller(BOB, by="page", now=NOW)
    assert store.lists.count(ListName.BLOCK) == standing + 1
    assert len(store.lists.exact(ANN)) == len(store.lists.exact(BOB)) == 1
    assert store.damage() == ""


FILLS_ITS_QUOTA = """
import resource, sys
from pathlib import Path
from appliance.errors import StoreError
from appliance.store import Store
from tests.store.rows import NOW, call
with Store.open(Path(sys.argv[1])) as store:
    store.calls.put(call("before"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        for count in range(10_000):
            store.calls.put(call(f"u{count}", name="x" * 200))
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.calls.put(call("after"))
    assert store.calls.get("before") and store.calls.get("after") and not store.damage()
"""


def test_a_file_that_may_not_grow_is_told_in_a_sentence_and_heals(tmp_path: Path) -> None:
    # The kernel's own limit, in a process of its own: the writes really fail.
    done = subprocess.run(
        [sys.executable, "-c", FILLS_ITS_QUOTA, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "The disk could not be read or written.\n"


def test_a_store_that_may_only_be_read_can_be_read(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.lists.block_caller(ANN, by="page", now=NOW)
        reader = Database(tmp_path / FILE_NAME, Purpose.HOUSEHOLD, read_only=True)
        with closing(reader):
            with pytest.raises(StoreError, match="read-only"):
                reader.run("DELETE FROM entry")
            assert reader.number("SELECT count(*) FROM entry") == 1


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        Store.open(tmp_path / "file" / "data")


def test_a_file_that_is_no_store_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("This is a letter to my aunt. " * 500)
    with pytest.raises(StoreDamaged, match="damaged or is no Quietline store"):
        Store.open(tmp_path)


def test_others_may_not_read_the_store(tmp_path: Path) -> None:
    before = os.umask(0o007)
    try:
        Store.open(tmp_path / "data").close()
    finally:
        os.umask(before)
    assert (tmp_path / "data" / FILE_NAME).stat().st_mode & 0o777 == 0o660


def test_a_path_with_the_marks_of_an_address_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "what? #1 100% ü&mode=memory"
    with Store.open(folder) as store:
        store.lists.block_caller(ANN, by="page", now=NOW)
    assert (folder / FILE_NAME).is_file()


def test_one_transaction_holds_all_or_nothing(store: Store) -> None:
    def half_way() -> None:
        with store.writing():
            store.lists.block_caller(ANN, by="page", now=NOW)
            store.settings.set("mode", "off", by="page", now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        half_way()
    assert (store.lists.count(ListName.BLOCK), store.settings.get("mode"), store.events.page().rows) == (0, "on", ())


def test_what_another_process_wrote_is_seen_at_once_and_noticed(store: Store, tmp_path: Path) -> None:
    before = (store.data_version(), store.household_version())
    with Store.open(tmp_path) as web:
        web.lists.block_caller(ANN, by="page", now=NOW)
    assert store.data_version() != before[0]
    assert store.household_version() > before[1]
    assert len(store.lists.exact(ANN)) == 1


def test_readers_go_on_while_many_entries_are_written(store: Store, tmp_path: Path) -> None:
    ended = threading.Event()
    looks = 0

    def read() -> None:
        nonlocal looks
        with Store.open(tmp_path, purpose=Purpose.LINE) as line:  # a lock would raise StoreError after 50 ms
            while not ended.is_set():
                assert len(line.lists.exact(ANN)) in {0, 1}
                assert len(line.lists.matching([ANN])) in {0, 1}
                looks += 1

    file = tmp_path / "list.csv"
    numbers = "".join(f"+1213{count:07},x\n" for count in range(2_000_000, 2_060_000))
    file.write_text(f"number,name\n{ANN},Ann\n{numbers}")
    reader = threading.Thread(target=read)
    reader.start()
    try:
        report = store.lists.import_csv(ListName.BLOCK, file, country="US", source="command", now=NOW)
    finally:
        ended.set()
        reader.join()
    assert report.added == 60_001
    assert looks > 100


def test_a_swapped_file_is_noticed(store: Store, tmp_path: Path) -> None:
    assert not store.replaced()
    (tmp_path / FILE_NAME).rename(tmp_path / "elsewhere.db")
    assert store.replaced()
    Store.open(tmp_path).close()
    assert store.replaced()


def test_an_entry_of_no_kind_cannot_be_written_by_any_way(store: Store) -> None:
    store.lists.add(ListName.BLOCK, EntryKind.EXACT, ANN, source="page", now=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        store._database.run("UPDATE entry SET list = 'grey'")
