import os
import select
import time
from pathlib import Path

import pytest

from hardware.usb_power import PowerOptions, UsbPower
from tests.hardware.fake_uhubctl import HANGS, HANGS_OFF, REFUSES, WORKS, FakeUhubctl
from tests.hardware.modem_desk import QUICK, plug_fake_usb

MODEM = "0baf:0303"
NOBODY = 65534


class Patience:
    """A thread that has nothing else to do; it looks at a file while it waits. `stopping`: it waits for nothing."""

    def __init__(self, watched: Path | None = None) -> None:
        self.watched = watched
        self.seen: list[bytes] = []
        self.stopping = False

    def wait(self, seconds: float, descriptor: int | None) -> bool:
        if self.watched is not None:
            self.seen.append(self.watched.read_bytes())
        if self.stopping:
            return False
        poll = select.poll()
        if descriptor is not None:
            poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(seconds * 1000))


def usb(tmp_path: Path, patience: Patience | None = None, *, hub: str | None = None, allowed: bool = True) -> UsbPower:
    wait = (patience or Patience()).wait
    return UsbPower(PowerOptions(usb_reconnect=allowed, uhubctl=hub), wait, sysfs=tmp_path / "sys", timing=QUICK)


@pytest.fixture
def port(tmp_path: Path) -> Path:
    """What stands for the modem's tty: udev's name of it, and the node."""
    node = tmp_path / "ttyACM0"
    node.touch()
    link = tmp_path / "usb-modem"
    link.symlink_to(node)
    return link


def plugged(tmp_path: Path, port: Path, usb_id: str = MODEM) -> Path:
    return plug_fake_usb(tmp_path / "sys", str(port.resolve()), usb_id) / "authorized"


# -- options


@pytest.mark.parametrize("where", ["1-1:2", "2:3", "1-1.4:1", "10-1.2.3.4.5:12"])
def test_a_hub_and_its_port_are_named_as_uhubctl_names_them(where: str) -> None:
    assert PowerOptions(uhubctl=where).uhubctl == where


@pytest.mark.parametrize("where", ["", "1-1", ":2", "1-1:", "1-1:2 ", "1-1:2;ls", "-a:1", "1-1:-2", "1-1:2\n", "a:1"])
def test_any_other_text_is_refused(where: str) -> None:
    with pytest.raises(ValueError, match="does not name a hub and its port"):
        PowerOptions(uhubctl=where)


# -- taking it off USB


def test_a_modem_is_taken_off_usb_and_given_back(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port)
    patience = Patience(file)
    assert usb(tmp_path, patience).reconnect([str(port)]) == ""
    assert [state[:1] for state in patience.seen] == [b"0"]
    assert file.read_bytes()[:1] == b"1"


def test_it_is_given_back_even_when_the_thread_fails_meanwhile(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port)

    def fail(_seconds: float, _descriptor: int | None) -> bool:
        raise KeyError("a fault of our own")

    with pytest.raises(KeyError):
        UsbPower(PowerOptions(), fail, sysfs=tmp_path / "sys", timing=QUICK).reconnect([str(port)])
    assert file.read_bytes()[:1] == b"1"


@pytest.mark.parametrize("usb_id", ["2341:0043", "0403:6001", "10c4:ea60"])
def test_a_device_that_is_not_known_for_a_modem_is_left_alone(tmp_path: Path, port: Path, usb_id: str) -> None:
    patience = Patience(plugged(tmp_path, port, usb_id))
    assert "not known to be a modem" in usb(tmp_path, patience).reconnect([str(port)])
    assert patience.seen == []


def test_a_port_that_is_not_usb_is_a_word(tmp_path: Path) -> None:
    master, slave = os.openpty()
    try:
        assert "is not a USB device" in usb(tmp_path).reconnect([os.ttyname(slave)])
    finally:
        os.close(master)
        os.close(slave)


def test_a_port_that_is_gone_is_a_word(tmp_path: Path) -> None:
    assert "not there any more" in usb(tmp_path).reconnect([str(tmp_path / "gone")])
    assert usb(tmp_path).reconnect([]) != ""


def test_the_installer_can_forbid_it(tmp_path: Path, port: Path) -> None:
    patience = Patience(plugged(tmp_path, port))
    assert "switched off" in usb(tmp_path, patience, allowed=False).reconnect([str(port)])
    assert patience.seen == []


def test_without_the_right_it_is_said_plainly(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port)
    file.chmod(0o444)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest", "popen", "test_")):
            folder.chmod(0o755)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)  # root may write whatever the mode says
    try:
        said = usb(tmp_path).reconnect([str(port)])
    finally:
        os.seteuid(was)
    assert said == f"Quietline is not allowed to take the modem off USB (Permission denied: {file.resolve()})."


def test_a_file_of_sysfs_that_is_not_there_is_never_made(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port)
    file.unlink()
    assert usb(tmp_path).reconnect([str(port)]) == "The modem was pulled out meanwhile."
    assert not file.exists()


def test_of_several_silent_ports_one_that_could_be_done_is_enough(tmp_path: Path, port: Path) -> None:
    plugged(tmp_path, port)
    assert usb(tmp_path).reconnect([str(tmp_path / "gone"), str(port)]) == ""


# -- its power


def test_the_power_is_switched_by_arguments_and_never_by_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, WORKS)
    assert usb(tmp_path, hub="1-1.4:2").cycle() == ""
    assert program.calls == ["-l 1-1.4 -p 2 -a cycle -d 0.1"]


def test_no_hub_is_set_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, WORKS)
    assert "modem.usb_power" in usb(tmp_path).cycle()
    assert program.calls == []


def test_a_missing_program_is_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert usb(tmp_path, hub="1-1:2").cycle() == "The program uhubctl is not installed."


def test_a_program_that_cannot_be_started_is_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uhubctl").write_text("#!/no/such/interpreter\n")
    (tmp_path / "uhubctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "could not be started" in usb(tmp_path, hub="1-1:2").cycle()


def test_what_the_program_says_last_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeUhubctl(tmp_path / "bin", monkeypatch, REFUSES)
    said = usb(tmp_path, hub="1-1:2").cycle()
    assert said == (
        "uhubctl could not switch the power of the USB port "
        "(No compatible devices detected at location 1-1! Run with -h to get usage info.)."
    )


def test_a_flood_of_words_neither_blocks_nor_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeUhubctl(tmp_path / "bin", monkeypatch, "head -c 60000 /dev/zero | tr '\\0' x; exit 3")
    said = usb(tmp_path, hub="1-1:2").cycle()
    assert "x" * 100 in said
    assert len(said) < 300


def test_a_program_that_hangs_is_killed_and_the_power_is_switched_on_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, HANGS_OFF)
    start = time.monotonic()
    assert usb(tmp_path, hub="1-1:2").cycle() == "uhubctl hung and was ended."
    assert time.monotonic() - start < 30, "not the minute that it would have slept"
    assert program.calls == ["-l 1-1 -p 2 -a cycle -d 0.1", "-l 1-1 -p 2 -a on"]


def test_stopping_in_the_middle_leaves_the_power_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, HANGS_OFF)
    patience = Patience()
    patience.stopping = True
    usb(tmp_path, patience, hub="1-1:2").cycle()
    assert program.calls[-1] == "-l 1-1 -p 2 -a on"


# -- what a killed process left behind


def test_a_modem_that_was_left_off_usb_is_given_back(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port)
    file.write_text("0\n")
    usb(tmp_path, allowed=False).mend()
    assert file.read_bytes()[:1] == b"0"
    usb(tmp_path).mend()
    assert file.read_bytes()[:1] == b"1"


def test_a_strangers_device_is_not_given_back(tmp_path: Path, port: Path) -> None:
    file = plugged(tmp_path, port, "2341:0043")
    file.write_text("0\n")
    usb(tmp_path).mend()
    assert file.read_bytes()[:1] == b"0"


def test_power_that_was_left_off_is_switched_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, WORKS)
    usb(tmp_path, hub="1-1:2").mend()
    assert program.calls == ["-l 1-1 -p 2 -a on"]


def test_mending_without_usb_does_nothing(tmp_path: Path) -> None:
    usb(tmp_path).mend()


def test_a_program_that_hangs_whatever_it_is_told_leaves_no_process_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, HANGS)
    power = usb(tmp_path, hub="1-1:2")
    for _ in range(2):
        assert power.cycle() == "uhubctl hung and was ended."
    assert len(program.calls) == 4
    assert not [process for process in Path("/proc").iterdir() if _is_child(process, "sleep 60")]


def _is_child(process: Path, command: str) -> bool:
    try:
        words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        parent = (process / "stat").read_text(errors="replace").rsplit(")", 1)[1].split()[1]
    except OSError:
        return False
    return words == command and int(parent) == os.getpid()
