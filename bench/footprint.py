"""What both processes cost while nothing happens: memory and processor time; and how soon the line is ready."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, median
from bench.homes import FEW, MILLION, PASSWORD, Homes, name, number
from hardware.simulator import SimulatedModem
from hardware.simulator.output import LogEntry
from tests.system.house import House, Process
from tests.system.visitor import Visitor

LINE_MB, BOTH_MB, GROWTH_MB = 40.0, 90.0, 2.0
IDLE_PERCENT = 0.2
IDLE_S = 60.0
START_S = 1.0
STARTS = 5
PAGES = ("/", "/block", "/permit", "/status", "/settings", "/check", "/?q=ROOF")
ROUNDS = 20
"""Loads of each page before the web process is weighed: by then every thread has served some."""


def memory(homes: Homes) -> Iterator[Figure]:
    """Resident memory after a dropped call and some pages, at ten and at a million entries."""
    line: dict[int, float] = {}
    for entries in (FEW, MILLION):
        with _living(homes.with_entries(entries)) as (house, sim):
            _use(house, sim)
            assert house.line is not None
            assert house.web is not None
            ours, pages = _weigh(house.line), _weigh(house.web)
            line[entries] = ours["Rss"]
            told = f"{entries:,} entries"
            yield Figure(f"line process, {told}: RSS", ours["Rss"], "MB", LINE_MB, _bare_interpreter(), "bare Python")
            yield Figure(f"line process, {told}: PSS", ours["Pss"], "MB")
            yield Figure(f"web process, {told}: RSS", pages["Rss"], "MB")
            yield Figure(f"web process, {told}: PSS", pages["Pss"], "MB")
            yield Figure(f"both processes, {told}: RSS", ours["Rss"] + pages["Rss"], "MB", BOTH_MB)
    yield Figure("line process, growth by a million entries: RSS", line[MILLION] - line[FEW], "MB", GROWTH_MB)


def idle(homes: Homes) -> Iterator[Figure]:
    """Processor time over a minute in which nobody calls and nobody looks."""
    with _living(homes.with_entries(MILLION)) as (house, sim):
        _use(house, sim)
        time.sleep(12)  # the call has ended and its row is written
        processes = {"line": house.line, "web": house.web}
        before = {what: _processor_s(process) for what, process in processes.items() if process}
        time.sleep(IDLE_S)
        for what, process in processes.items():
            assert process is not None
            used = (_processor_s(process) - before[what]) / IDLE_S * 100
            yield Figure(f"{what} process at rest", used, "% of a core", IDLE_PERCENT if what == "line" else None)


def start(homes: Homes) -> Iterator[Figure]:
    """From the start of the process to "ready", without the time the modem took for its replies."""
    plain = median(
        [_seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)) for _ in range(STARTS)]
    )
    for entries in (FEW, MILLION):
        house = homes.with_entries(entries)
        took = median([_start_once(house) for _ in range(STARTS)])
        yield Figure(f"start until ready, {entries:,} entries", took, "s", START_S, plain, "bare Python")


def _start_once(house: House) -> float:
    with SimulatedModem() as sim, _notices(house.folder) as notices:
        begun = time.monotonic()
        process = house.start_line(sim.port, ready=False)
        try:
            while b"STATUS=Ready" not in notices.recv(4096):
                assert process.alive(), process.text()
            ready = time.monotonic()
            return ready - begun - _replies_s(sim.log)
        finally:
            process.stop()


def _replies_s(log: tuple[LogEntry, ...]) -> float:
    """Seconds the modem took: from each command to what it said next."""
    waiting: float | None = None
    total = 0.0
    for at, direction, _ in log:
        if direction == "in":
            waiting = at if waiting is None else waiting
        elif waiting is not None:
            total += at - waiting
            waiting = None
    return total


@contextmanager
def _notices(folder: Path) -> Iterator[socket.socket]:
    """The socket on which systemd would hear how the process is."""
    address = folder / "notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(address))
        listener.settimeout(20)
        os.environ["NOTIFY_SOCKET"] = str(address)
        try:
            yield listener
        finally:
            del os.environ["NOTIFY_SOCKET"]


@contextmanager
def _living(house: House) -> Iterator[tuple[House, SimulatedModem]]:
    """Both processes of a house, with all the times of a real line."""
    with SimulatedModem() as sim:
        line, web = house.start_line(sim.port), house.start_web()
        try:
            Visitor(web).enter(PASSWORD).close()
            yield house, sim
        finally:
            line.stop()
            assert house.web is not None
            house.web.stop()


def _use(house: House, sim: SimulatedModem) -> None:
    call = sim.call(number=number(3), name=name(3))
    with Visitor(house.web_address).enter(PASSWORD) as visitor:
        for _ in range(ROUNDS):
            for page in PAGES:
                visitor.get(page)
    assert call.wait(20) == "dropped"


def _weigh(process: Process) -> dict[str, float]:
    """Rss and Pss of a process in MB (2^20 bytes)."""
    return _memory_of(process.pid)


def _memory_of(pid: int) -> dict[str, float]:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return {key: int(kilobytes) / 1024 for key, kilobytes in re.findall(r"^(Rss|Pss): +(\d+) kB", text, re.MULTILINE)}


def _bare_interpreter() -> float:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as bare:
        time.sleep(0.5)
        resident = _memory_of(bare.pid)["Rss"]
        bare.communicate(b"\n")
    return resident


def _processor_s(process: Process) -> float:
    """Processor time of all threads so far; in nanoseconds in the file, where utime and stime count in hundredths."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def _seconds(work: object) -> float:
    assert callable(work)
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
