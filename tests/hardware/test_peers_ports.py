"""Ports and modems that come, go, hang and forget, on real pseudo-terminals; and what no modem is ever told."""

import os
import re
import tty
from pathlib import Path

import pytest

from hardware.errors import PortLost
from hardware.events import CallerIdReported, ModemLost, ModemReady
from hardware.profiles import PROFILES, ModemOptions, ModemProfile
from hardware.serial_port import SerialPort
from hardware.simulator import SimulatedModem
from tests.hardware.modem_desk import QUICK_SET_UP, RunningModem, soon
from tests.hardware.scripted_modem import ScriptedModem


def open_here(device: str) -> bool:
    """Whether this process holds the device open, as the kernel tells it."""
    held = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            held.append(str(descriptor.readlink()))
        except OSError:
            continue  # the one that listed them
    return any(path.removesuffix(" (deleted)") == device for path in held)


def told_to(sim: SimulatedModem) -> list[bytes]:
    return b"".join(entry.data for entry in sim.log if entry.direction == "in").split(b"\r")


@pytest.mark.parametrize("country", ["US", "GB", "NL", "FR"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_no_modem_is_told_to_store_anything_to_answer_or_to_listen_for_second_callers(
    profile: ModemProfile, country: str
) -> None:
    """AT&W at each start wears out a modem's memory, and -SCID=1 brought a greeting into somebody's conversation."""
    modem = ScriptedModem({"AT+FCLASS=?": ("0,1,8",), "AT+VSM=?": ('1,"UNSIGNED PCM",8,0,8000,0,0',)}, otherwise=())
    modem.set_up(ModemOptions(country=country, profile=profile, distinctive_ring=True))
    assert len(modem.sent) > 10
    assert not [command for command in modem.sent if re.search(r"&W|&F|-SCID|\+\+\+|S0=[^0]|AT[AD]|H1", command)]
    assert "ATS0=0" in modem.sent


def test_an_unplugged_port_is_closed_at_once_so_that_its_name_is_free_for_the_modem_that_comes_back() -> None:
    """A program that keeps the old port open makes the kernel give the modem another name, which nobody looks for."""
    with SimulatedModem(speed=20.0) as sim, RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        device = sim.device
        assert device is not None
        assert open_here(device)
        sim.unplug()
        run.wait_for(ModemLost)
        soon(lambda: not open_here(device))


def test_caller_id_is_asked_for_again_each_time_the_modem_is_plugged_in() -> None:
    with SimulatedModem(speed=20.0) as sim, RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        for turn in range(2):
            sim.unplug()
            run.wait_for(ModemLost)
            sim.plug()
            run.wait_for(ModemReady)
            assert told_to(sim).count(b"AT+VCID=1") == turn + 2
        sim.call("2025550117", "A CALLER", rings=1)
        assert run.wait_for(CallerIdReported).number == "2025550117"


def test_a_port_on_which_nothing_answers_is_never_called_ready() -> None:
    with SimulatedModem() as sim:
        sim.go_silent()
        with RunningModem(sim.port, options=QUICK_SET_UP) as run:
            assert "does not answer" in run.wait_for(ModemLost, within=10.0).reason
            assert not [event for event in run.events if isinstance(event, ModemReady)]


def test_a_modem_that_takes_no_more_bytes_is_told_as_lost_and_holds_nobody_up() -> None:
    """A dongle that froze froze the program with it: a write to it never came back."""
    master, slave = os.openpty()
    tty.setraw(slave)
    port = SerialPort(os.ttyname(slave))
    try:
        with pytest.raises(PortLost, match="takes no commands"):
            flood(port)
    finally:
        port.close()
        os.close(slave)
        os.close(master)


def flood(port: SerialPort) -> None:
    """A megabyte that nobody reads."""
    for _ in range(1024):
        port.write(b"\x80" * 1024)
