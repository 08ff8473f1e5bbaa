"""A modem that stopped answering, brought back step by step: a simulated one, files as in sysfs, programs on PATH."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.events import HookFailed, ModemLost, ModemReady, RecoveryStep, RecoveryTried
from hardware.simulator import SimulatedModem
from hardware.timing import ModemTiming
from hardware.usb_power import PowerOptions
from tests.hardware.fake_uhubctl import HANGS_OFF, WORKS, FakeUhubctl
from tests.hardware.modem_desk import QUICK, QUICK_SET_UP, RunningModem, plug_fake_usb, soon

HUB = PowerOptions(uhubctl="1-1:2")
STEPS = RecoveryStep
SPEED = 10.0


def running(
    sim: SimulatedModem, sysfs: Path, power: PowerOptions = HUB, *, timing: ModemTiming = QUICK
) -> RunningModem:
    return RunningModem(sim.port, options=QUICK_SET_UP, power=power, sysfs=sysfs, timing=timing)


def steps(run: RunningModem) -> list[RecoveryStep]:
    return [event.step for event in run.events if isinstance(event, RecoveryTried)]


def troubles(run: RunningModem) -> dict[RecoveryStep, str]:
    return {event.step: event.trouble for event in run.events if isinstance(event, RecoveryTried)}


GONE = re.compile("unplugged|does not exist|is not there")
"""How the household is told that the port is gone, whether it was open just then or not."""


def silent_until(step: RecoveryStep, sim: SimulatedModem, run: RunningModem) -> None:
    """A modem that was ready answers no more, and the ladder is climbed to this step."""
    run.wait_for(ModemReady)
    sim.go_silent()
    soon(lambda: step in steps(run), within=15)


def commands(sim: SimulatedModem) -> list[bytes]:
    return [entry.data for entry in sim.log if entry.direction == "in"]


def test_a_modem_that_speaks_again_after_the_port_was_closed_needs_no_more(sim: SimulatedModem, tmp_path: Path) -> None:
    with running(sim, tmp_path) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        assert run.wait_for(ModemLost).reason == "The modem stopped answering."
        sim.speak_again()
        run.wait_for(ModemReady)
        assert run.events[2:] == [RecoveryTried(STEPS.REOPEN), run.events[-1]]
        assert b"AT&F\r" not in commands(sim)


def test_the_second_failure_resets_to_the_factorys_settings(sim: SimulatedModem, tmp_path: Path) -> None:
    with running(sim, tmp_path) as run:
        silent_until(STEPS.FACTORY_RESET, sim, run)
        sim.speak_again()
        run.wait_for(ModemReady)
        said = commands(sim)
        assert said.index(b"AT&F\r") == max(n for n, word in enumerate(said) if word == b"ATZ\r") + 1


def test_a_usb_modem_is_taken_off_and_given_back(sim: SimulatedModem, tmp_path: Path) -> None:
    assert sim.device is not None
    authorised = plug_fake_usb(tmp_path, sim.device, "0baf:0303") / "authorized"
    with running(sim, tmp_path, timing=replace(QUICK, usb_off=1.0)) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: authorised.read_bytes() == b"0\n")  # the file of sysfs forgets what stood there before
        sim.unplug()
        soon(lambda: authorised.read_bytes() == b"1\n")
        sim.plug()
        run.wait_for(ModemReady)
        assert steps(run) == [STEPS.REOPEN, STEPS.FACTORY_RESET, STEPS.USB_RECONNECT]
        assert troubles(run)[STEPS.USB_RECONNECT] == ""
        assert "does not exist" not in str(run.events), "its absence was our own doing"


def test_a_lock_up_that_only_a_power_cycle_cures_is_cured(
    sim: SimulatedModem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sim.device is not None
    plug_fake_usb(tmp_path, sim.device, "0baf:0303")
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, WORKS)
    with running(sim, tmp_path) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: bool(program.calls), within=15)
        sim.unplug()  # what cutting its power does
        sim.plug()
        run.wait_for(ModemReady)
        assert steps(run) == [STEPS.REOPEN, STEPS.FACTORY_RESET, STEPS.USB_RECONNECT, STEPS.USB_POWER]
        assert set(troubles(run).values()) == {""}
        sim.call("2125550123", rings=2)
        soon(lambda: "2125550123" in str(run.events))


def test_a_power_cycle_after_which_the_same_port_speaks_again_is_noticed_too(
    sim: SimulatedModem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, WORKS)
    with running(sim, tmp_path) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: bool(program.calls), within=15)
        sim.speak_again()
        run.wait_for(ModemReady)
        assert steps(run)[-1] is STEPS.USB_POWER


def test_what_cannot_be_done_is_said_and_passed_and_a_person_is_asked_at_the_end(
    sim: SimulatedModem, tmp_path: Path
) -> None:
    with running(sim, tmp_path, PowerOptions()) as run:
        silent_until(STEPS.GIVEN_UP, sim, run)
        assert steps(run) == list(STEPS)
        found = troubles(run)
        assert found[STEPS.USB_RECONNECT] == f"The modem's port {sim.port} is not a USB device."
        assert found[STEPS.USB_POWER] == "No USB hub that can switch the modem's power is set (modem.usb_power)."
        assert [found[step] for step in (STEPS.REOPEN, STEPS.FACTORY_RESET, STEPS.GIVEN_UP)] == ["", "", ""]
        sim.speak_again()
        run.wait_for(ModemReady, within=15)  # tried for ever
        assert steps(run).count(STEPS.GIVEN_UP) == 1


def test_who_asks_for_the_line_while_power_is_off_is_answered_at_once(
    sim: SimulatedModem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, HANGS_OFF)
    with running(sim, tmp_path) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: bool(program.calls), within=15)
        run.modem.go_off_hook()
        failed = run.wait_for(HookFailed)
        assert failed.wanted_off_hook
        assert STEPS.USB_POWER not in steps(run), "the program still hangs"
        soon(lambda: STEPS.GIVEN_UP in steps(run), within=15)
        assert troubles(run)[STEPS.USB_POWER] == "uhubctl hung and was ended."
        assert program.calls[-1] == "-l 1-1 -p 2 -a on"


def test_stopping_while_power_is_off_is_quick_and_leaves_it_on(
    sim: SimulatedModem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = FakeUhubctl(tmp_path / "bin", monkeypatch, HANGS_OFF)
    with running(sim, tmp_path) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: bool(program.calls), within=15)
        run.modem.stop()  # raises when it takes five seconds
        assert program.calls[-1] == "-l 1-1 -p 2 -a on"


def test_a_modem_that_is_unplugged_climbs_nothing(sim: SimulatedModem, tmp_path: Path) -> None:
    with running(sim, tmp_path) as run:
        for _ in range(3):
            run.wait_for(ModemReady)
            sim.unplug()
            run.wait_for(ModemLost)
            time.sleep(0.3)
            sim.plug()
        run.wait_for(ModemReady)
        assert steps(run) == []
        assert b"AT&F\r" not in commands(sim)


def test_a_modem_pulled_out_while_it_was_silent_starts_anew(sim: SimulatedModem, tmp_path: Path) -> None:
    with running(sim, tmp_path) as run:
        silent_until(STEPS.FACTORY_RESET, sim, run)
        sim.unplug()
        soon(lambda: any(GONE.search(event.reason) for event in run.events if isinstance(event, ModemLost)))
        sim.plug()
        run.wait_for(ModemReady)
        sim.go_silent()
        soon(lambda: len(steps(run)) == 3, within=15)
        assert steps(run)[-1] is STEPS.REOPEN


def test_a_port_that_another_program_holds_climbs_nothing(sim: SimulatedModem, tmp_path: Path) -> None:
    with running(sim, tmp_path) as first:
        first.wait_for(ModemReady)
        with running(sim, tmp_path) as second:
            assert "Another program is using the modem" in second.wait_for(ModemLost).reason
            time.sleep(1.0)  # a dozen tries
            assert second.events == [
                ModemLost(f"Another program is using the modem on {sim.port}; please stop that one.")
            ]


def test_a_path_that_is_no_serial_port_climbs_nothing(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("not a port")
    with RunningModem(str(tmp_path / "port"), power=HUB) as run:
        run.wait_for(ModemLost)
        time.sleep(1.0)
        assert steps(run) == []


def test_a_modem_left_off_usb_by_a_killed_process_is_found_at_the_next_start(
    sim: SimulatedModem, tmp_path: Path
) -> None:
    assert sim.device is not None
    authorised = plug_fake_usb(tmp_path, sim.device, "0baf:0303") / "authorized"
    authorised.write_text("0\n")
    sim.unplug()
    with running(sim, tmp_path, PowerOptions()) as run:
        soon(lambda: authorised.read_bytes()[:1] == b"1")
        sim.plug()
        run.wait_for(ModemReady)
