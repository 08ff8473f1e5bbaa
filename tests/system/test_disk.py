"""A disk that is full, locked, failing or damaged: calls are decided as before, rows come when they can."""

import hashlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from appliance.store import nightly
from hardware.simulator import Call, SimulatedModem
from tests.system.disks import fail, failing_disk, fill, small_disk
from tests.system.house import House, Process, eventually

AT_ONCE_S = 0.5
"""What a drop may take on a crowded machine; whoever waits for the store waits for a second or more."""
LOCKED_S = 20
UNUSABLE = 4

LOCK = """
import sqlite3, sys, time
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA busy_timeout = 5000")
store.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
store.execute("ROLLBACK")
"""


def dropped_at_once(sim: SimulatedModem, last: str) -> Call:
    call = sim.call(number=f"21255501{last}", name="ROOF SELLERS")
    assert call.wait(15) == "dropped"
    assert call.rings == 1
    assert call.off_hook_at is not None
    assert call.number_sending_at is not None
    assert call.off_hook_at - call.number_sending_at < AT_ONCE_S
    return call


def faults(house: House) -> str:
    status = house.status()
    return " ".join(status.faults) if status else ""


def shown_and_outcome(house: House) -> list[tuple[str, str | None]]:
    return [(row.shown, row.outcome) for row in house.calls()]


def test_a_full_disk_delays_rows_and_nothing_else(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, SimulatedModem() as sim, House(tmp_path, data=disk / "data") as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port)
        filling = fill(disk)
        dropped_at_once(sim, "01")
        eventually(lambda: "disk is full" in process.text(), 15, "the log says that the disk is full")
        dropped_at_once(sim, "02")
        filling.unlink()
        rows = house.ended(2)
        assert [(row.shown, row.outcome) for row in rows] == [("2125550101", "dropped"), ("2125550102", "dropped")]
        eventually(lambda: not faults(house), 35, "no fault is left")
        assert process.alive()


def test_a_store_locked_by_another_process_delays_rows_and_nothing_else(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port)
        with locked(house.data / "quietline.db") as lock:
            dropped_at_once(sim, "01")
            assert lock.poll() is None
            assert house.calls() == []
            dropped_at_once(sim, "02")
            assert lock.poll() is None, "the lock did not last until the second drop"
        rows = house.ended(2)
        assert [(row.shown, row.outcome) for row in rows] == [("2125550101", "dropped"), ("2125550102", "dropped")]
        eventually(lambda: not faults(house), 35, "no fault is left")
        assert "rows_delayed" in process.text()


def test_a_disk_that_turns_read_only_costs_rows_but_no_drop(tmp_path: Path) -> None:
    with failing_disk(tmp_path / "disk") as disk, SimulatedModem() as sim, House(tmp_path, data=disk / "data") as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port)
        fail(disk)
        dropped_at_once(sim, "01")
        time.sleep(1.0)
        dropped_at_once(sim, "02")
        assert "rows_delayed" in process.text()
        assert process.alive()
        assert process.stop(20) in {0, 1}
        assert not sim.line.off_hook


def test_a_damaged_store_is_replaced_by_the_newest_nightly_copy(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        nightly(house.data)
        house.quietline("block", "add", "2125550177", "--label", "Added after the copy was made")
        file = house.data / "quietline.db"
        damage(file)
        process = start_on_damage(house, sim)
        dropped_at_once(sim, "01")
        assert [kind for kind in house.events() if kind.startswith("restore: store: The store was damaged")]
        assert list(house.data.glob("quietline.db.damaged-*"))
        assert process.alive()


def test_a_damaged_store_without_a_copy_is_moved_aside_and_the_line_is_looked_after(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        damage(house.data / "quietline.db")
        start_on_damage(house, sim)
        assert [text for text in house.events() if "the lists are empty" in text]
        call = sim.call(number="2125550101", rings=2)
        assert call.wait(20) == "gave_up"
        assert shown_and_outcome(house)[0][0] == "2125550101"


def test_a_store_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        file = house.data / "quietline.db"
        with closing(sqlite3.connect(file)) as store:
            store.execute("PRAGMA user_version = 99")
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = hashlib.sha256(file.read_bytes()).digest()
        for command in ("line", "--port", sim.port), ("block", "list"), ("block", "add", "2125550102"):
            done = house.quietline(*command, code=UNUSABLE)
            assert "newer Quietline" in done.stderr
            assert done.stderr.count("\n") == 1
        assert hashlib.sha256(file.read_bytes()).digest() == before


def test_a_line_that_a_killed_process_held_comes_free_also_when_the_store_is_refused(tmp_path: Path) -> None:
    with SimulatedModem(speed=10.0) as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port)
        assert sim.call(number="2125550101").wait(10, until=("answered",)) == "answered"
        process.kill()
        assert sim.line.off_hook
        with closing(sqlite3.connect(house.data / "quietline.db")) as store:
            store.execute("PRAGMA user_version = 99")
        house.quietline("line", "--port", sim.port, code=UNUSABLE)
        assert not sim.line.off_hook, sim.log[-10:]


@contextmanager
def locked(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the store's lock for LOCKED_S seconds; ends when it lets go."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(file), str(LOCKED_S)], stdout=subprocess.PIPE, text=True
    ) as lock:
        assert lock.stdout is not None
        assert lock.stdout.readline() == "locked\n"
        yield lock
        assert lock.wait(LOCKED_S + 5) == 0


def start_on_damage(house: House, sim: SimulatedModem) -> Process:
    """Starts the line; nobody else touches the store before it has been mended."""
    process = house.start_line(sim.port, ready=False)
    eventually(lambda: "modem_ready" in process.text(), 20, "the modem is ready")
    house.wait_ready()
    return process


def damage(file: Path) -> None:
    """Overwrites the middle of the file, as a dying SD card does."""
    with closing(sqlite3.connect(file)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as content:
        content.seek(4096)
        content.write(b"\xa5" * (size - 8192))
