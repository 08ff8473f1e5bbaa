from pathlib import Path

import pytest

from hardware.search import PortSearch
from hardware.timing import REAL


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return tmp_path / "usb-modem"


@pytest.fixture
def search(port: Path) -> PortSearch:
    return PortSearch(str(port), Path("/nowhere"), Path("/nowhere"))


def plug(port: Path, node: str = "/dev/null") -> None:
    port.unlink(missing_ok=True)
    port.symlink_to(node)


def test_a_port_is_due_as_soon_as_it_exists(search: PortSearch, port: Path) -> None:
    assert search.due(0.0) == []
    assert search.why_nothing() is not None
    plug(port)
    assert search.due(0.5) == [str(port)]
    assert search.why_nothing() is None


def test_a_port_that_fails_is_tried_again_with_growing_pauses(search: PortSearch, port: Path) -> None:
    plug(port)
    now = 0.0
    for pause in (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0):
        assert search.due(now) == [str(port)]
        search.failed(now)
        assert search.due(now + pause - 0.01) == []
        now += pause


def test_a_port_plugged_in_anew_is_tried_at_once_whatever_failed_before(search: PortSearch, port: Path) -> None:
    plug(port)
    for _ in range(9):
        search.failed(0.0)
    assert search.due(1.0) == []
    port.unlink()
    assert search.due(1.5) == []
    plug(port)
    assert search.due(2.0) == [str(port)]


def test_a_replug_between_two_looks_is_noticed_too(search: PortSearch, port: Path) -> None:
    plug(port)
    for _ in range(9):
        search.failed(0.0)
    plug(port, "/dev/zero")
    assert search.due(0.1) == [str(port)]


def test_rights_given_after_the_plug_are_noticed(search: PortSearch, port: Path) -> None:
    port.touch(mode=0o600)
    search.failed(0.0)
    search.failed(0.0)
    assert search.due(0.1) == []
    port.chmod(0o660)
    assert search.due(0.2) == [str(port)]


def test_a_port_that_worked_starts_with_the_shortest_pause_again(search: PortSearch, port: Path) -> None:
    plug(port)
    for _ in range(9):
        search.failed(0.0)
    search.worked()
    search.failed(100.0)
    assert search.due(100.0 + REAL.pauses[0]) == [str(port)]
