import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.notify import notify


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What systemd listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(2)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listener


def test_lines_arrive_as_one_message(systemd: socket.socket) -> None:
    assert notify("READY=1", "STATUS=Ready: a modem")
    assert systemd.recv(200) == b"READY=1\nSTATUS=Ready: a modem"


def test_a_line_break_in_a_status_can_not_forge_a_second_line(systemd: socket.socket) -> None:
    notify("STATUS=evil\nSTOPPING=1")
    assert systemd.recv(200) == b"STATUS=evil STOPPING=1"


def test_an_abstract_socket_is_reached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"quietline-test-{tmp_path.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0" + name)
        listener.settimeout(2)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)
        assert notify("WATCHDOG=1")
        assert listener.recv(200) == b"WATCHDOG=1"


def test_without_systemd_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify("READY=1")


@pytest.mark.parametrize("address", ["/nowhere/notify", "relative", "", "@", "/" + "x" * 300])
def test_a_useless_socket_never_raises(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not notify("READY=1")


def test_a_systemd_that_does_not_read_never_blocks_the_loop(systemd: socket.socket) -> None:
    answers = [notify("WATCHDOG=1") for _ in range(5_000)]
    assert not answers[-1]
