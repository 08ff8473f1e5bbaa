"""What the doctor says of modems: the tree of Linux is made of real files in a folder of the test's own."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.caller_id_facts import facts_of
from appliance.concerns import CONCERNS
from appliance.config import Config, ModemConfig, WebConfig
from appliance.core.diagnosis import diagnose
from appliance.doctor import Finding, Level, System, examine
from appliance.health import NO_CALLER_ID
from appliance.modem_news import TRIED
from appliance.store import LineStatus, Store
from hardware.events import RecoveryStep
from hardware.serial_port import SerialPort
from hardware.simulator import SimulatedModem
from hardware.simulator.models import MODELS
from tests.hardware.test_ports import FakeUsb

NOW = datetime.now(UTC)
USR5637 = "0baf:0303"
SOFT = "0572:1300"
NOBODY = 65534


class Box:
    """A machine with USB, processes and udev rules, and a store; `look` has the doctor look at it."""

    def __init__(self, root: Path) -> None:
        self.usb = FakeUsb(root)
        self.proc = root / "proc"
        self.rules = root / "rules.d"
        for folder in (self.proc, self.rules):
            folder.mkdir()
        # Port 9 (discard) answers nobody.
        self.config = Config(data=root / "data", web=WebConfig("127.0.0.1:9"))
        self.config.data.mkdir()

    def process(self, pid: int, name: str, *files: Path, user: int = 0, groups: str = "") -> None:
        folder = self.proc / str(pid)
        (folder / "fd").mkdir(parents=True)
        (folder / "comm").write_text(name + "\n")
        (folder / "status").write_text(
            f"Name:\t{name}\nUid:\t{user}\t{user}\t{user}\t{user}\nGid:\t7\t7\t7\t7\nGroups:\t{groups} \n"
        )
        for number, file in enumerate(files):
            (folder / "fd" / str(number)).symlink_to(file)

    def look(self, *lines: LineStatus, **modem: object) -> list[Finding]:
        with Store.open(self.config.data) as store:
            for line in lines:
                store.status.put(line)
        config = replace(self.config, modem=ModemConfig(**modem)) if modem else self.config  # type: ignore[arg-type]
        return examine(config, NOW, System(self.usb.by_id, self.usb.sysfs, self.proc, (self.rules,)))

    def worst(self, check: str, *lines: LineStatus, **modem: object) -> Finding:
        found = [finding for finding in self.look(*lines, **modem) if finding.check == check]
        return max(found, key=lambda finding: list(Level).index(finding.level))


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.fixture
def sim() -> Iterator[SimulatedModem]:
    with SimulatedModem(speed=10.0) as modem:
        yield modem


def running(port: Path | str = "/dev/null", **more: object) -> LineStatus:
    known = {"modem": "ready", "modem_name": "A Modem", "port": str(port), "caller_id": True, "voice": True}
    return LineStatus("main", 42, NOW, NOW, "0.1.0", "idle", **(known | more))  # type: ignore[arg-type]  # by name


# -- plugged in


def test_nothing_plugged_in_is_told_with_what_to_buy(box: Box) -> None:
    finding = box.worst("plugged in")
    assert finding.level is Level.PROBLEM
    assert "No telephone modem is plugged in" in finding.saw
    assert "Conexant CX93010" in finding.advice


def test_a_softmodem_is_named_and_never_asked(box: Box) -> None:
    box.usb.plug(SOFT, "usb-soft")
    found = box.look()
    (plugged,) = (finding for finding in found if finding.check == "plugged in")
    assert plugged.level is Level.PROBLEM
    assert "softmodem" in plugged.saw
    assert not [finding for finding in found if finding.check == "modem"]


def test_a_modem_that_is_plugged_in_is_named(box: Box) -> None:
    link = box.usb.plug(USR5637, "usb-modem")
    (plugged,) = (finding for finding in box.look(running(link)) if finding.check == "plugged in")
    assert plugged == Finding("plugged in", Level.OK, f"U.S. Robotics USR5637, at {link}.")


def test_a_port_of_the_configuration_that_is_not_there_is_a_problem(box: Box) -> None:
    finding = box.worst("plugged in", port="/dev/ttyQuietlineNone")
    assert finding.level is Level.PROBLEM
    assert finding.saw == "/dev/ttyQuietlineNone does not exist."
    assert "modem.port" in finding.advice


# -- other programs


def test_another_program_on_the_modem_is_named_and_our_own_process_is_none(box: Box) -> None:
    link = box.usb.plug(USR5637, "usb-modem")
    box.process(42, "quietline", link.resolve())
    assert box.worst("other programs", running(link)).level is Level.OK
    box.process(77, "faxgetty", link.resolve())
    finding = box.worst("other programs", running(link))
    assert finding.level is Level.PROBLEM
    assert "faxgetty (process 77)" in finding.saw
    assert finding.advice == "Stop it: sudo kill 77"


def test_modem_manager_may_run_once_it_has_been_told_to_leave_modems_alone(box: Box) -> None:
    box.process(5, "ModemManager")
    finding = box.worst("other programs")
    assert finding.level is Level.WARNING
    assert "60-quietline.rules" in finding.advice
    (box.rules / "60-quietline.rules").touch()
    assert box.worst("other programs").level is Level.OK


def test_a_port_that_another_program_has_locked_is_told(box: Box, sim: SimulatedModem) -> None:
    other = SerialPort(sim.port)
    try:
        finding = box.worst("modem", port=sim.port)
    finally:
        other.close()
    assert finding.level is Level.PROBLEM
    assert finding.saw == f"Another program holds {sim.port}."


# -- the modem, asked


def test_without_a_line_process_the_modem_itself_is_asked(box: Box, sim: SimulatedModem) -> None:
    found = {finding.check: finding for finding in box.look(port=sim.port)}
    assert found["modem"].saw == f"U.S. Robotics 56K FAX USB, firmware V1.2.23, on {sim.port}, treated as USR5637."
    assert found["voice"].saw == "It can speak and listen (8-bit unsigned, 8,000 samples a second)."
    assert found["caller ID"] == Finding("caller ID", Level.OK, "The modem reports Caller ID.")
    assert found["country"].saw == "Your line is in US, says the default; the modem is set for that (code B5)."
    assert found["waking it"].saw.startswith("The modem is not on USB")


def test_the_profile_of_the_configuration_is_used_for_asking(box: Box, sim: SimulatedModem) -> None:
    assert box.worst("modem", port=sim.port, profile="V.253").saw.endswith("treated as V.253.")


def test_a_command_of_the_installer_that_is_refused_is_told(box: Box, sim: SimulatedModem) -> None:
    finding = box.worst("modem", port=sim.port, extra=("AT!4886=02",))
    assert finding.level is Level.WARNING
    assert "extra" in finding.advice


def test_a_modem_without_voice_is_no_worse_for_it(box: Box) -> None:
    silent = next(name for name, model in MODELS.items() if not model.voice)
    with SimulatedModem(model=MODELS[silent], speed=10.0) as sim:
        finding = box.worst("voice", port=sim.port)
    assert finding.level is Level.OK
    assert "not needed" in finding.saw


def test_a_port_that_is_no_modem_is_a_problem(box: Box) -> None:
    finding = box.worst("modem", port="/dev/null")
    assert finding.level is Level.PROBLEM
    assert finding.advice


# -- the modem, from the row of its line process


@pytest.mark.parametrize(
    ("change", "check", "level", "text"),
    [
        ({"modem": "lost", "modem_name": ""}, "modem", Level.PROBLEM, "Line main has no modem that answers (lost)."),
        ({"caller_id": False}, "caller ID", Level.PROBLEM, "does not report Caller ID"),
        ({"concerns": ("no_caller_id",), "caller_id": False}, "caller ID", Level.PROBLEM, "cannot report Caller ID"),
        ({"concerns": ("old_firmware",)}, "modem", Level.PROBLEM, "software is old"),
        ({"concerns": ("setting_refused",)}, "modem", Level.WARNING, "refused a setting"),
        ({"concerns": ("a_newer_word",)}, "modem", Level.WARNING, "needs looking at"),
        ({"concerns": ("no_voice",), "voice": False}, "voice", Level.OK, "not needed"),
        ({"concerns": ("country_refused",), "country_code": "FD"}, "country", Level.WARNING, "does not know"),
        ({"country_code": "B4"}, "country", Level.WARNING, "set for another one (code B4)"),
        ({"country_code": "B5"}, "country", Level.OK, "set for that (code B5)"),
        ({"message_waiting": True}, "messages", Level.OK, "holds a message for you"),
        ({"profile": "Conexant"}, "telephones", Level.OK, "is told to look"),
        ({"profile": "USR5637"}, "telephones", Level.OK, "cannot see"),
    ],
)
def test_what_the_line_process_found_out_is_told(
    box: Box, change: dict[str, Any], check: str, level: Level, text: str
) -> None:
    finding = box.worst(check, running(**change))
    assert finding.level is level
    assert text in finding.saw


def test_looking_for_other_telephones_can_be_turned_off_by_the_installer(box: Box) -> None:
    assert "turns that off" in box.worst("telephones", running(profile="Conexant"), extra=("AT-STE=0",)).saw


def test_no_concern_is_forgotten_whichever_it_is(box: Box) -> None:
    for concern, words in CONCERNS.items():
        told = box.look(running(concerns=(concern,), voice=concern != "no_voice", caller_id=concern != "no_caller_id"))
        said = " ".join(finding.saw + finding.advice for finding in told)
        assert words.title in said or (concern == "no_voice" and "neither speak" in said), concern


# -- calls


def test_calls_with_caller_id_are_told_with_their_times(box: Box) -> None:
    finding = box.worst("calls", running(last_ring_at=NOW, last_report_at=NOW))
    assert finding.level is Level.OK
    assert f"{NOW.astimezone():%Y-%m-%d %H:%M}" in finding.saw


@pytest.mark.parametrize(("silent", "level"), [(1, Level.WARNING), (2, Level.WARNING), (3, Level.PROBLEM)])
def test_calls_without_caller_id_are_explained(box: Box, silent: int, level: Level) -> None:
    line = running(last_ring_at=NOW, rings_without_caller_id=silent)
    finding = box.worst("calls", line)
    why = diagnose(facts_of(line, "US"))
    assert why is not None
    assert (finding.level, finding.advice) == (level, why.advice)
    assert why.likely in finding.saw


def test_what_the_running_line_says_of_its_calls_is_told_once(box: Box) -> None:
    fault = NO_CALLER_ID.format(calls=4) + " The modem keeps forgetting."
    found = box.look(running(last_ring_at=NOW, rings_without_caller_id=4, faults=(fault, "The disk is full.")))
    assert [finding.saw for finding in found if fault in finding.saw] == [fault]
    assert "The disk is full." in [finding.saw for finding in found if finding.check == "line main"]


def test_a_line_that_does_not_run_still_tells_of_its_calls(box: Box) -> None:
    gone = replace(running(rings_without_caller_id=5, last_ring_at=NOW), heartbeat_at=NOW - timedelta(hours=1))
    assert box.worst("calls", gone, port="/dev/ttyQuietlineNone").level is Level.PROBLEM


# -- waking a modem that hangs


def authorized(link: Path, box: Box, mode: int) -> Path:
    interface = (box.usb.sysfs / "class" / "tty" / link.resolve().name / "device").resolve()
    file = interface.parent / "authorized"
    file.write_text("1\n")
    file.chmod(mode)
    return file


@pytest.mark.skipif(os.geteuid() != 0, reason="whose file it is can be told by root only")
@pytest.mark.parametrize(
    ("mode", "groups", "level"),
    [(0o664, "7777", Level.OK), (0o664, "8", Level.WARNING), (0o644, "7777", Level.WARNING)],
)
def test_the_line_process_needs_the_right_to_take_the_modem_off_usb(
    box: Box, mode: int, groups: str, level: Level
) -> None:
    link = box.usb.plug(USR5637, "usb-modem")
    file = authorized(link, box, mode)
    os.chown(file, 0, 7777)
    box.process(42, "quietline", user=NOBODY, groups=groups)
    finding = box.worst("waking it", running(link))
    assert finding.level is level
    assert (str(file) in finding.advice) == (level is Level.WARNING)


def test_taking_it_off_usb_may_be_switched_off(box: Box) -> None:
    link = box.usb.plug(USR5637, "usb-modem")
    finding = box.worst("waking it", running(link), usb_reconnect=False)
    assert finding.level is Level.OK
    assert "modem.usb_reconnect" in finding.saw


def test_the_program_that_switches_usb_power_must_be_there(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = box.config.data / "bin"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    finding = box.worst("waking it", running(), usb_power="1-1:2")
    assert finding.level is Level.WARNING
    assert "sudo apt install uhubctl" in finding.advice
    (empty / "uhubctl").write_text("#!/bin/sh\n")
    (empty / "uhubctl").chmod(0o755)
    assert box.worst("waking it", running(), usb_power="1-1:2").level is Level.OK


def test_a_modem_that_had_to_be_woken_lately_is_told(box: Box) -> None:
    with Store.open(box.config.data) as store:
        store.events.add("modem", NOW - timedelta(days=30), text=TRIED[RecoveryStep.REOPEN])
    assert box.worst("woken", running()).level is Level.OK
    with Store.open(box.config.data) as store:
        store.events.add("modem", NOW - timedelta(days=2), text=TRIED[RecoveryStep.USB_RECONNECT])
        store.events.add("modem", NOW, text="The modem A Modem is back.")
    finding = box.worst("woken", running())
    assert finding.level is Level.WARNING
    assert TRIED[RecoveryStep.USB_RECONNECT] in finding.saw


def test_what_is_wrong_with_a_modem_always_comes_with_advice(box: Box) -> None:
    box.usb.plug(SOFT, "usb-soft")
    box.process(5, "ModemManager")
    for finding in box.look(running(concerns=tuple(CONCERNS), rings_without_caller_id=3), usb_power="1-1:2"):
        assert finding.saw.endswith("."), finding
        if finding.level is not Level.OK:
            assert finding.advice, finding
