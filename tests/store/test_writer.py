"""The writer: rows are late when the disk is, never lost while there is room, and nobody waits for them."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.store import CallRecord, Doorbell, EventRow, Store, Writer, WriterStuck
from appliance.store.database import FILE_NAME
from tests.store.mounts import on_a_small_disk
from tests.store.rows import NOW, call, later, status


def until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.01)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def writing(folder: Path, queue_rows: int = 1_000) -> Iterator[Writer]:
    writer = Writer(folder, queue_rows=queue_rows)
    try:
        yield writer
    finally:
        writer.close()


def test_calls_events_and_status_arrive_in_order(store: Store, tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        for count in range(250):
            writer.put(call(f"u{count}"))
        writer.put(EventRow("fault", NOW, "The modem is missing.", line="main", who="line"))
        writer.put(status(state="ringing"))
        writer.put(status(state="idle"))
        assert writer.settle(20)
        assert writer.fault is None
    assert [record.uid for record in store.calls.page(limit=250).rows] == [f"u{count}" for count in range(249, -1, -1)]
    assert [event.text for event in store.events.page().rows] == ["The modem is missing."]
    assert store.status.all() == [status(state="idle")]


def test_each_write_rings_the_doorbell_after_the_row_is_there(store: Store, tmp_path: Path) -> None:
    with Doorbell(tmp_path, "web-1") as bell, writing(tmp_path) as writer:
        writer.put(call("u1"))
        until(bell.drain)
        assert store.calls.get("u1").uid == "u1"


def test_closing_writes_what_waits(store: Store, tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    for count in range(500):
        writer.put(call(f"u{count}"))
    assert writer.close(20) == 0
    assert store.calls.count() == 500
    writer.put(call("after"))  # says nothing and does nothing
    assert store.calls.count() == 500


def test_a_locked_store_delays_rows_and_nobody_waits(store: Store, tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        with locked(tmp_path):
            began = time.monotonic()
            for count in range(100):
                writer.put(call(f"u{count}"))
            assert time.monotonic() - began < 0.9  # a lock is waited for a second; putting waits for nothing
            until(lambda: writer.fault)
            fault = writer.fault
        assert fault == "The store is busy with another change; try again in a moment. 100 rows are waiting."
        assert writer.settle(20)
        assert writer.fault is None
    assert store.calls.count() == 100


def test_a_full_queue_drops_status_first_and_calls_last_and_counts_them(store: Store, tmp_path: Path) -> None:
    with writing(tmp_path, queue_rows=10) as writer:
        with locked(tmp_path):
            for count in range(4):
                writer.put(status(state=f"state {count}"))
                writer.put(EventRow("warning", NOW, f"event {count}"))
            for count in range(8):
                writer.put(call(f"u{count}"))
            until(lambda: writer.fault)
            fault = writer.fault or ""
        assert fault.endswith("10 rows are waiting, 6 were dropped.")
        assert writer.settle(20)
    assert store.calls.count() == 8
    assert store.status.all() == []
    told = [event.text for event in reversed(store.events.page().rows)]
    assert told[:2] == ["event 2", "event 3"]
    assert told[2].endswith("6 rows were lost meanwhile.")
    assert len(told) == 3


def test_of_a_call_put_twice_the_older_word_is_dropped_before_any_event(store: Store, tmp_path: Path) -> None:
    with writing(tmp_path, queue_rows=3) as writer:
        with locked(tmp_path):
            writer.put(call("u1"))
            writer.put(EventRow("warning", NOW, "kept"))
            writer.put(call("u2"))
            writer.put(replace(call("u1"), ended_at=later(seconds=9), outcome="rang_out"))
            until(lambda: writer.fault)
        assert writer.settle(20)
    assert {record.uid: record.outcome for record in store.calls.page().rows} == {"u1": "rang_out", "u2": None}
    assert "kept" in [event.text for event in store.events.page().rows]


def test_a_queue_of_nothing_but_calls_keeps_the_newest(store: Store, tmp_path: Path) -> None:
    with writing(tmp_path, queue_rows=5) as writer:
        with locked(tmp_path):
            for count in range(8):
                writer.put(call(f"u{count}"))
            until(lambda: writer.fault)
        assert writer.settle(20)
    assert sorted(record.uid for record in store.calls.page().rows) == ["u3", "u4", "u5", "u6", "u7"]


def test_a_row_that_breaks_a_rule_holds_up_no_other(store: Store, tmp_path: Path) -> None:
    broken = CallRecord("broken", "main", NOW, rings=2**70)
    unheard_of = CallRecord("unheard of", "main", NOW, presentation=None)  # type: ignore[arg-type]
    with writing(tmp_path) as writer:
        for record in (call("u1"), broken, unheard_of, call("u2")):
            writer.put(record)
        assert writer.settle(20)
        assert writer.fault is None
    assert [record.uid for record in store.calls.page().rows] == ["u2", "u1"]


def test_a_swapped_file_is_written_to_from_then_on(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        writer.put(call("u1"))
        assert writer.settle(20)
        for side in ("-wal", "-shm", ""):
            (tmp_path / f"{FILE_NAME}{side}").rename(tmp_path / f"old.db{side}")
        writer.put(call("u2"))
        assert writer.settle(20)
    with Store.open(tmp_path) as store:
        assert [record.uid for record in store.calls.page().rows] == ["u2"]


def test_a_writer_may_start_before_the_folder_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with writing(tmp_path / "data") as writer:
        writer.put(call("u1"))
        until(lambda: writer.fault)
        (tmp_path / "data").unlink()
        assert writer.settle(20)
    with Store.open(tmp_path / "data") as store:
        assert store.calls.count() == 1


def test_closing_while_the_disk_fails_says_how_many_rows_are_left(store: Store, tmp_path: Path) -> None:
    with locked(tmp_path):
        writer = Writer(tmp_path)
        writer.put(call("u1"))
        until(lambda: writer.fault)
        writer.put(call("u2"))
        assert writer.close(20) == 2


def test_a_writer_that_does_not_end_in_time_is_an_error_of_its_own(store: Store, tmp_path: Path) -> None:
    with locked(tmp_path):
        writer = Writer(tmp_path)
        writer.put(call("u1"))
        with pytest.raises(WriterStuck, match=r"within 0\.05 seconds"):
            writer.close(0.05)
    writer.close(20)


def test_a_full_disk_delays_rows_and_loses_none(tmp_path: Path) -> None:
    on_a_small_disk(
        tmp_path,
        """
with Store.open(disk) as store:
    store.lists.block_caller(ANN, by="page", now=NOW)
    writer = Writer(disk)
    writer.put(call("before"))
    assert writer.settle(10)
    fill()
    for count in range(200):
        writer.put(call(f"u{count}", name="x" * 500))
    until(lambda: writer.fault)
    assert writer.fault.startswith("The disk is full"), writer.fault
    try:
        store.lists.permit_caller("+1" * 40, note="x" * 2000, by="page", now=NOW)
    except StoreError as error:
        assert "disk is full" in str(error), error
    assert len(store.lists.exact(ANN)) == 1
    (disk / "photographs").unlink()
    assert writer.settle(40)
    assert writer.fault is None
    assert writer.close() == 0
    assert store.calls.count() == 201
    assert store.damage() == ""
""",
    )


def test_a_read_only_disk_delays_rows_and_loses_none(tmp_path: Path) -> None:
    on_a_small_disk(
        tmp_path,
        """
Store.open(disk).close()
remount("ro")
writer = Writer(disk)
for count in range(50):
    writer.put(call(f"u{count}"))
until(lambda: writer.fault)
assert "50 rows are waiting" in writer.fault, writer.fault
remount("rw")
assert writer.settle(40)
assert writer.fault is None
assert writer.close() == 0
with Store.open(disk) as store:
    assert store.calls.count() == 50
""",
    )
