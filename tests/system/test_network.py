"""The line needs no network, and nothing that becomes of the web process delays a drop."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.simulator import SimulatedModem
from tests.system.house import House
from tests.system.test_disk import dropped_at_once
from tests.system.visitor import Visitor

NO_NETWORK = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--net")
PASSWORD = "a quiet line all day"


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare (util-linux) is not installed")
def test_the_line_works_without_any_network_interface(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port, under=NO_NETWORK)
        networks = [Path(f"/proc/{who}/ns/net").readlink() for who in (process.pid, "self")]
        assert networks[0] != networks[1], "the process has the network of everybody"
        dropped_at_once(sim, "01")
        assert house.ended(1)[0].outcome == "dropped"


def test_a_web_process_killed_stopped_or_busy_delays_no_drop(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        house.start_line(sim.port)
        with Visitor(house.start_web()) as visitor:
            visitor.enter(PASSWORD)
            with busy(visitor):
                dropped_at_once(sim, "01")
        assert house.web is not None
        house.web.child.send_signal(signal.SIGSTOP)
        dropped_at_once(sim, "02")
        house.web.kill()
        dropped_at_once(sim, "03")
        assert [row.outcome for row in house.ended(3)] == ["dropped"] * 3


def test_the_web_process_serves_the_log_while_the_line_is_down(tmp_path: Path) -> None:
    with SimulatedModem() as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        process = house.start_line(sim.port)
        dropped_at_once(sim, "01")
        process.kill()
        with Visitor(house.start_web()) as visitor:
            visitor.enter(PASSWORD)
            assert "ROOF SELLERS" in visitor.get("/")


@contextmanager
def busy(visitor: Visitor) -> Iterator[None]:
    """Pages are loaded and a list is changed as fast as the web process can."""
    over = threading.Event()
    changes: list[int] = []

    def visit() -> None:
        while not over.is_set():
            visitor.get("/")
            visitor.get("/permit/add")
            visitor.post("/permit/add", kind="exact", value=f"+1646555{len(changes):04d}")
            changes.append(1)

    thread = threading.Thread(target=visit)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(30)
    assert not thread.is_alive()
    assert len(changes) > 3, "the web process was not busy"
