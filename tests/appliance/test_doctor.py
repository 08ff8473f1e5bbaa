import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from appliance.config import Config, ModemConfig, WebConfig
from appliance.doctor import Finding, Level, examine, machine
from appliance.store import LineStatus, Store, nightly
from tests.appliance.conftest import Quietline

NOW = datetime.now(UTC)
RUNNING = LineStatus("main", 42, NOW, NOW, "0.1.0", "idle", "ready", "A Modem", "/dev/null", True)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A house without a page and without a modem that could be found by itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    return Config(data=tmp_path, modem=ModemConfig("/dev/ttyQuietlineNone"), web=WebConfig(bind))


def report(config: Config, *lines: LineStatus) -> dict[str, Finding]:
    """The findings by check; of several of one check the worst."""
    with Store.open(config.data) as store:
        for line in lines:
            store.status.put(line)
    order = list(Level)
    found: dict[str, Finding] = {}
    for finding in sorted(examine(config, NOW), key=lambda finding: order.index(finding.level)):
        found[finding.check] = finding
    return found


def test_a_line_that_runs_speaks_for_its_modem(config: Config) -> None:
    found = report(config, RUNNING)
    assert found["line main"] == Finding("line main", Level.OK, "Running, process 42, idle.")
    assert found["modem"] == Finding("modem", Level.OK, "A Modem, on /dev/null.")
    assert found["caller ID"].level is Level.OK


@pytest.mark.parametrize(
    ("change", "check", "level", "text"),
    [
        ({"heartbeat_at": NOW - timedelta(minutes=5)}, "line main", Level.PROBLEM, "Not running: no sign of life"),
        ({"state": "stopped"}, "line main", Level.PROBLEM, "Not running: stopped at"),
        ({"faults": ("The disk is full.",)}, "line main", Level.PROBLEM, "The disk is full."),
    ],
)
def test_what_a_line_says_of_itself_is_told(
    config: Config, change: dict[str, object], check: str, level: Level, text: str
) -> None:
    finding = report(config, replace(RUNNING, **change))[check]  # type: ignore[arg-type]  # fields by name
    assert finding.level is level
    assert text in finding.saw


def test_a_line_that_never_ran_is_a_warning_with_advice(config: Config) -> None:
    finding = report(config)["line"]
    assert finding.level is Level.WARNING
    assert "systemctl start" in finding.advice


def test_the_clock_of_a_pi_that_never_saw_the_network_is_a_problem(config: Config) -> None:
    findings = examine(config, datetime(1970, 1, 1, 1, tzinfo=UTC))
    (clock,) = (finding for finding in findings if finding.check == "clock")
    assert clock.level is Level.PROBLEM


def test_rehearsal_is_pointed_out(config: Config) -> None:
    with Store.open(config.data) as store:
        store.settings.set("mode", "rehearsal", by="test", now=NOW)
    finding = report(config)["mode"]
    assert finding.level is Level.WARNING
    assert "no call is dropped" in finding.saw


def test_a_damaged_store_is_told_and_not_touched(config: Config) -> None:
    with Store.open(config.data) as store:
        for n in range(2_000):
            store.events.add("warning", NOW, text=f"event {n} " * 10)
    file = config.data / "quietline.db"
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = bytes(8192)
    file.write_bytes(data)
    (finding,) = (finding for finding in examine(config, NOW) if finding.check == "store")
    assert finding.level is Level.PROBLEM
    assert "damaged" in finding.saw
    assert file.read_bytes() == data


def test_the_copies_are_counted(config: Config) -> None:
    assert report(config)["copies"].level is Level.WARNING
    nightly(config.data, NOW)
    assert report(config)["copies"].saw == f"1 nightly copies, the newest quietline-{NOW:%Y-%m-%d}.db."


def test_a_nearly_full_disk_is_told_before_it_hurts(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report(config)["disk"].level is Level.OK
    for limit, level in (("DISK_LOW", Level.WARNING), ("DISK_FULL", Level.PROBLEM)):
        monkeypatch.setattr(machine, limit, 1 << 60)
        assert report(config)["disk"].level is level


@pytest.fixture
def page() -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(303)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it is called by
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_that_answers_is_fine(config: Config, page: str) -> None:
    assert report(replace(config, web=WebConfig(page)))["page"].level is Level.OK


def test_a_page_on_all_addresses_is_asked_on_this_machine(config: Config, page: str) -> None:
    bind = page.replace("127.0.0.1", "0.0.0.0")
    assert report(replace(config, web=WebConfig(bind)))["page"].level is Level.OK


def test_a_page_that_does_not_answer_stops_no_call(config: Config) -> None:
    finding = report(config)["page"]
    assert finding.level is Level.WARNING
    assert "Calls are handled all the same" in finding.saw


def test_what_is_wrong_always_comes_with_advice(config: Config) -> None:
    for finding in examine(config, NOW):
        assert finding.saw.endswith("."), finding
        if finding.level is not Level.OK:
            assert finding.advice, finding


def test_the_exit_code_says_whether_there_is_a_problem(quietline: Quietline, tmp_path: Path, page: str) -> None:
    file = tmp_path / "quietline.toml"
    file.write_text(f'[modem]\nport = "/dev/null"\n[web]\nbind = "{page}"\n')
    with Store.open(tmp_path / "data") as store:
        store.status.put(replace(RUNNING, port=str(file), heartbeat_at=datetime.now(UTC)))  # a port nobody holds
    said = quietline("doctor", "--config", file)
    assert said.code == 0, said.out
    assert "PROBLEM" not in said.out
    with Store.open(tmp_path / "data") as store:
        store.status.put(replace(RUNNING, port="/dev/none", heartbeat_at=datetime.now(UTC)))
    said = quietline("doctor", "--config", file)
    assert said.code == 1
    assert "PROBLEM  plugged in: /dev/none does not exist." in said.out
    assert "          -> Plug the modem in" in said.out
