import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from appliance import demo
from appliance.core.household import ListName
from appliance.judging import Reported, Withheld, judge
from appliance.store import Store, ring
from hardware.simulator import SimulatedModem
from web.views.demo import CALLERS

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


def eventually(check: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not check():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.05)


class Demo:
    """`quietline demo` as a child of the test, on a port of its own."""

    def __init__(self, data: Path, log: Path) -> None:
        self.data = data
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-W",
                    "error",
                    "-m",
                    "appliance.cli",
                    "demo",
                    "--bind",
                    "127.0.0.1:0",
                    "--data",
                    str(data),
                ],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.log.read_text()

    def address(self) -> tuple[str, int]:
        eventually(
            lambda: "Open http://" in self.said() or self.process.poll() is not None, f"address in {self.said()}"
        )
        host, port = self.said().split("Open http://")[1].split()[0].split(":")
        return host, int(port)

    def ask(self, kind: str, **argument: str | None) -> None:
        with Store.open(self.data) as store:
            store.commands.put(kind, json.dumps(argument) if argument else "", "page", datetime.now(UTC))
        ring(self.data, "*")

    def outcomes(self) -> list[str | None]:
        with Store.open(self.data) as store:
            return [call.outcome for call in store.calls.page().rows]

    def line_is(self, modem: str) -> bool:
        with Store.open(self.data) as store:
            return any(line.modem == modem for line in store.status.all())


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path / "data", tmp_path / "log")
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            demo.process.wait(PATIENCE_S)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_blocked_caller_is_dropped_and_everything_ends_with_ctrl_c(running: Demo) -> None:
    host, port = running.address()
    with closing(HTTPConnection(host, port, timeout=10)) as page:
        page.request("GET", "/first-run")
        assert page.getresponse().status == 200
    eventually(lambda: running.line_is("ready"), "the modem is found")
    blocked = next(caller for caller in CALLERS if caller.key == "blocked")
    running.ask("sim.call", number=blocked.number, name=blocked.name, absence=None)
    eventually(lambda: running.outcomes() == ["dropped"], f"dropped: {running.outcomes()} {running.said()}")
    children = children_of(running.process.pid)
    assert len(children) == 2
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE_S) == 0
    assert running.said().endswith("The demo has ended.\n")
    assert "Traceback" not in running.said()
    assert not any(map(alive, children))


def test_a_killed_demo_leaves_no_process_behind(running: Demo) -> None:
    running.address()
    children = children_of(running.process.pid)
    running.process.kill()
    running.process.wait()
    eventually(lambda: not any(map(alive, children)), "the children end as well")


def test_a_killed_line_is_started_again(running: Demo) -> None:
    running.address()
    eventually(lambda: running.line_is("ready"), "the modem is found")
    time.sleep(demo.GLANCE_S)
    line = children_of(running.process.pid)[0]
    time.sleep(3.0)  # a line that died younger than this would be hopeless
    os.kill(line, signal.SIGKILL)
    eventually(lambda: "starting it again" in running.said(), "a new line process")
    eventually(lambda: running.said().count("modem_ready") == 2, "the modem is found again")


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from appliance.cli import main

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = main(["demo", "--bind", f"127.0.0.1:{port}", "--data", str(tmp_path)])
    assert code == 1
    error = capsys.readouterr().err
    assert error.startswith(f"quietline: 127.0.0.1:{port} cannot be used (Address already in use); try another: --bind")
    assert error.count("\n") == 1


def test_two_demos_do_not_share_a_folder(running: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    from appliance.cli import main

    running.address()
    assert main(["demo", "--bind", "127.0.0.1:0", "--data", str(running.data)]) == 1
    assert "choose another folder with --data" in capsys.readouterr().err


def test_a_new_store_gets_a_household_in_which_each_caller_of_the_demo_page_is_what_its_button_says(
    tmp_path: Path,
) -> None:
    noon = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    with Store.open(tmp_path) as store:
        demo.seed(store, noon)
        store.settings.set("time_zone", "America/New_York", by="test", now=noon)
        household = store.settings.household("", "")
        for caller in CALLERS:
            absence = Withheld(caller.absence) if caller.absence else None
            judged = judge(Reported(caller.number, caller.name, absence), household, noon)
            assert judged.decision.category.value == caller.key
            night = judge(Reported(caller.number, caller.name, absence), household, noon + timedelta(hours=12))
            assert night.treated.profile == "night"


def test_the_school_of_the_demo_gets_through_in_school_hours(tmp_path: Path) -> None:
    monday = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    with Store.open(tmp_path) as store:
        demo.seed(store, monday)
        store.settings.set("time_zone", "America/New_York", by="test", now=monday)
        household = store.settings.household("", "")
        school = Reported("6465550121", "RIVER SCHOOL")
        categories = [
            judge(school, household, at).decision.category.value for at in (monday, monday - timedelta(days=1))
        ]
    assert categories == ["permitted", "unknown"]


def test_a_store_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    demo._prepare(tmp_path)
    with Store.open(tmp_path) as store:
        assert store.lists.count(ListName.BLOCK) == 0


def test_what_the_page_asks_for_happens_on_the_line(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with SimulatedModem(speed=20.0) as sim, Store.open(tmp_path) as store:
        wishes = demo.Wishes(sim)

        def ask(kind: str, argument: str = "") -> str | None:
            command = store.commands.put(kind, argument, "page", datetime.now(UTC))
            demo.fulfil(tmp_path, wishes)
            return store.commands.get(command).outcome

        assert ask("sim.hang_up") == "nobody is calling"
        assert ask("sim.call", json.dumps({"number": "2125550188", "name": "A", "absence": None})) == "ringing"
        assert ask("sim.call", json.dumps({"absence": "private"})) == "engaged"
        assert ask("sim.call", "no json") == "not understood: Expecting value: line 1 column 1 (char 0)"
        assert ask("sim.call", "[]") == "not understood: 'list' object has no attribute 'get'"
        assert ask("sim.unplug") == "unplugged"
        assert ask("sim.unplug") == "unplugged"
        assert ask("sim.plug") == "plugged in"
        assert ask("sim.call", json.dumps({"number": "2125550188"})) in ("ringing", "engaged")
        assert ask("sim.lift_handset") == "lifted"
        lifted = [sim.line.handset_lifted]
        ask("sim.hang_up")
        lifted.append(sim.line.handset_lifted)
        assert lifted == [True, False]
        assert store.commands.take(["sim.call"], now) == []
