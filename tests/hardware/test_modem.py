import contextlib
import os
import signal
import subprocess
import sys
import termios
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import NoModemFound, PortBusy, PortLost
from hardware.events import (
    CallerIdReported,
    CallerIdSettingLost,
    CallerNumberReceived,
    HookFailed,
    ModemEvent,
    ModemLost,
    ModemReady,
    RingDetected,
    WentOffHook,
    WentOnHook,
)
from hardware.modem import Modem, identify_port
from hardware.simulator import PLAIN, SimulatedModem
from hardware.timing import ModemTiming
from tests.hardware.modem_desk import QUICK, QUICK_SET_UP, RunningModem, plug_fake_usb, soon


@pytest.fixture
def sim() -> Iterator[SimulatedModem]:
    with SimulatedModem(speed=10.0) as simulated:
        yield simulated


def written_to(sim: SimulatedModem) -> list[bytes]:
    return [entry.data for entry in sim.log if entry.direction == "in"]


# -- finding, opening, locking


def test_a_modem_gets_ready_and_a_call_is_told_with_its_caller(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        ready = run.wait_for(ModemReady)
        assert (ready.port, ready.modem.firmware, ready.modem.voice) == (sim.port, "V1.2.23", True)
        sim.call("2125550123", "A CALLER", rings=2)
        run.wait_for(RingDetected)
        assert run.wait_for(CallerNumberReceived).number == "2125550123"
        assert run.wait_for(CallerIdReported).name == "A CALLER"


def test_a_plain_modem_without_voice_is_ready_too() -> None:
    with SimulatedModem(model=PLAIN) as sim, RunningModem(sim.port) as run:
        modem = run.wait_for(ModemReady).modem
        assert (modem.voice, modem.caller_id) == (False, True)


def test_a_port_that_is_not_there_yet_is_waited_for_and_said_once(sim: SimulatedModem) -> None:
    sim.unplug()
    with RunningModem(sim.port) as run:
        reason = run.wait_for(ModemLost).reason
        assert reason == f"The modem's port {sim.port} does not exist; is the modem plugged in?"
        time.sleep(0.3)
        assert run.events == [ModemLost(reason)]
        sim.plug()
        run.wait_for(ModemReady)


def test_a_second_quietline_is_told_that_the_port_is_taken(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as first:
        first.wait_for(ModemReady)
        with RunningModem(sim.port) as second:
            assert "Another program is using the modem" in second.wait_for(ModemLost).reason
            with pytest.raises(PortBusy, match="Another program is using the modem"):
                identify_port(sim.port)
            first.modem.stop()
            second.wait_for(ModemReady)


def test_identify_says_what_the_modem_is_and_gives_the_port_back(sim: SimulatedModem) -> None:
    assert identify_port(sim.port).name == "U.S. Robotics 56K FAX USB"
    assert identify_port(sim.port).caller_id


def test_identify_says_when_nothing_answers(sim: SimulatedModem) -> None:
    sim.go_silent()
    with pytest.raises(NoModemFound, match="does not answer"):
        identify_port(sim.port, options=QUICK_SET_UP)


@pytest.mark.parametrize("kind", ["missing", "file", "folder"])
def test_a_path_that_is_no_serial_port_is_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "port"
    if kind == "file":
        path.write_text("not a port")
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(PortLost, match=str(path)):
        identify_port(str(path))


def test_the_modem_is_found_among_the_usb_devices_and_no_stranger_is_spoken_to(
    sim: SimulatedModem, tmp_path: Path
) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    stranger = os.ttyname(slave)
    (sim.by_id / "usb-A_3D_printer").symlink_to(stranger)
    plug_fake_usb(tmp_path, stranger, "2341:0043")
    assert sim.device is not None
    plug_fake_usb(tmp_path, sim.device, "0baf:0303")
    try:
        with RunningModem(None, by_id=sim.by_id, sysfs=tmp_path) as run:
            assert run.wait_for(ModemReady).port == sim.port
        os.set_blocking(master, False)
        with pytest.raises(BlockingIOError):
            os.read(master, 100)
    finally:
        os.close(slave)
        os.close(master)


def test_a_dead_candidate_does_not_keep_the_next_one_from_being_found(sim: SimulatedModem, tmp_path: Path) -> None:
    (sim.by_id / "usb-0-gone-in-this-moment").write_text("no port at all")
    plug_fake_usb(tmp_path, "usb-0-gone-in-this-moment", "0572:1340")
    assert sim.device is not None
    plug_fake_usb(tmp_path, sim.device, "0baf:0303")
    with RunningModem(None, by_id=sim.by_id, sysfs=tmp_path) as run:
        assert run.wait_for(ModemReady).port == sim.port
        assert [type(event) for event in run.events] == [ModemReady], "the dead one is no news"


def test_no_modem_at_all_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with RunningModem(None, by_id=tmp_path / "by-id", sysfs=tmp_path) as run:
        assert "No telephone modem is plugged in" in run.wait_for(ModemLost).reason
        run.modem.go_off_hook()
        assert run.wait_for(HookFailed).wanted_off_hook
        run.modem.go_on_hook()
        assert not run.wait_for(HookFailed).wanted_off_hook


# -- trouble


def test_a_modem_unplugged_in_a_call_is_lost_once_and_ready_on_hook_when_it_is_back(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        sim.call("2125550123")
        run.wait_for(RingDetected)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        sim.unplug()
        assert "unplugged" in run.wait_for(ModemLost).reason
        time.sleep(0.2)
        sim.plug()
        run.wait_for(ModemReady)
        assert [type(event) for event in run.events].count(ModemLost) == 1
        assert not sim.line.off_hook
        run.modem.go_on_hook()
        run.wait_for(WentOnHook)


def test_a_modem_that_hangs_is_lost_and_ready_again_when_it_speaks(sim: SimulatedModem) -> None:
    with RunningModem(sim.port, options=QUICK_SET_UP) as run:
        run.wait_for(ModemReady)
        sim.go_silent()
        assert run.wait_for(ModemLost).reason == "The modem stopped answering."
        sim.speak_again()
        run.wait_for(ModemReady, within=15)


def test_a_modem_that_hangs_off_hook_is_closed_and_let_go_of_the_line_when_it_is_back(sim: SimulatedModem) -> None:
    with RunningModem(sim.port, options=QUICK_SET_UP) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        sim.go_silent()
        run.modem.go_on_hook()
        assert not run.wait_for(HookFailed).wanted_off_hook
        assert "did not let go of the line" in run.wait_for(ModemLost).reason
        sim.speak_again()
        run.wait_for(ModemReady, within=15)
        assert not sim.line.off_hook


def test_an_on_hook_that_is_refused_is_tried_again_then_the_port_is_opened_anew(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        sim.refuse("ATH0")
        run.modem.go_on_hook()
        run.wait_for(ModemLost)
        sim.accept("ATH0")
        run.wait_for(ModemReady)
        soon(lambda: not sim.line.off_hook)


def test_a_refused_off_hook_is_told_and_the_modem_goes_on_working(sim: SimulatedModem) -> None:
    sim.refuse("ATH1")
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        assert run.wait_for(HookFailed).reason == "The modem answered ERROR to ATH1."
        run.modem.go_on_hook()
        run.wait_for(WentOnHook)
        sim.call("2125550123", rings=1)
        run.wait_for(RingDetected)


def test_noise_harms_nothing_and_the_next_call_is_told(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        for _ in range(16):
            sim.garbage(bytes(range(256)) * 16)
        sim.garbage(b"\r\n")
        time.sleep(0.2)
        sim.call("2125550123", rings=2)
        assert run.wait_for(CallerNumberReceived).number == "2125550123"
        assert not any(isinstance(event, ModemLost) for event in run.events)


def test_an_echoing_modem_is_understood(sim: SimulatedModem) -> None:
    sim.echo(True)
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        run.modem.go_on_hook()
        run.wait_for(WentOnHook)


def test_a_caller_id_setting_that_got_lost_is_found_and_restored(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        sim.lose_caller_id_setting()
        run.modem.check_caller_id()
        run.wait_for(CallerIdSettingLost)
        sim.call("2125550123", rings=2)
        assert run.wait_for(CallerNumberReceived).number == "2125550123"


def test_a_fault_in_who_listens_does_not_end_the_thread_and_lets_go_of_the_line(sim: SimulatedModem) -> None:
    told: list[ModemEvent] = []
    broken = threading.Event()

    def listen(event: ModemEvent, _at: float) -> None:
        told.append(event)
        if isinstance(event, WentOffHook) and not broken.is_set():
            broken.set()
            raise KeyError("a fault of the listener")

    modem = Modem(listen, port=sim.port, timing=QUICK)
    modem.start()
    try:
        soon(lambda: ModemReady in map(type, told))
        modem.go_off_hook()
        soon(lambda: [type(event) for event in told].count(ModemReady) == 2)
        assert [type(event) for event in told] == [ModemReady, WentOffHook, ModemLost, ModemReady]
        assert not sim.line.off_hook
    finally:
        modem.stop()


# -- stopping


def test_stopping_in_the_middle_of_a_call_lets_go_of_the_line_and_waits_for_the_modem(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        sim.call("2125550123")
        run.wait_for(RingDetected)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        run.modem.stop()
        assert not sim.line.off_hook
        assert written_to(sim)[-1] == b"ATH0\r"
        assert isinstance(run.events[-1], WentOnHook)


def test_stopping_right_after_asking_for_the_line_lets_go_of_it(sim: SimulatedModem) -> None:
    for _ in range(20):
        with RunningModem(sim.port) as run:
            run.wait_for(ModemReady)
            run.modem.go_off_hook()
        soon(lambda: not sim.line.off_hook)


def test_stopping_on_hook_sends_nothing_because_it_could_refuse_a_ringing_call(sim: SimulatedModem) -> None:
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        sim.call("2125550123")
        run.wait_for(RingDetected)
        before = len(written_to(sim))
    assert written_to(sim)[before:] == []


def test_stopping_ends_in_time_though_the_modem_hangs_off_hook(sim: SimulatedModem) -> None:
    with RunningModem(sim.port, timing=ModemTiming()) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        run.wait_for(WentOffHook)
        sim.go_silent()
        start = time.monotonic()
        run.modem.stop(2.0)
        assert time.monotonic() - start < 2.0


def test_stopping_without_a_modem_and_stopping_twice_are_quick(tmp_path: Path) -> None:
    with RunningModem(str(tmp_path / "nothing"), timing=ModemTiming()) as run:
        run.wait_for(ModemLost)
        run.modem.stop()
        run.modem.stop()
    Modem(lambda event, at: None, port=None).stop()


def test_a_killed_process_leaves_a_line_that_the_next_start_lets_go_of(sim: SimulatedModem) -> None:
    script = (
        "import sys, threading\n"
        "from hardware.modem import Modem\n"
        "from hardware.events import ModemReady, WentOffHook\n"
        "def emit(event, at):\n"
        "    if isinstance(event, ModemReady): modem.go_off_hook()\n"
        "    if isinstance(event, WentOffHook): print('off', flush=True)\n"
        "modem = Modem(emit, port=sys.argv[1])\n"
        "modem.start()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, sim.port], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "off\n"
        assert sim.line.off_hook
        process.send_signal(signal.SIGKILL)
    with RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        assert not sim.line.off_hook


# -- the wire


def test_each_command_is_one_write_of_a_few_bytes_and_the_port_is_raw() -> None:
    """A modem played by the test on a bare pty: what one read brings is what one write sent."""
    master, slave = os.openpty()
    tty.setraw(slave)
    reads: list[bytes] = []

    def play() -> None:
        with contextlib.suppress(OSError):  # the last program has closed the port
            while data := os.read(master, 100):
                reads.append(data)
                os.write(master, b"\r\nOK\r\n")

    player = threading.Thread(target=play)
    player.start()
    try:
        with RunningModem(os.ttyname(slave)) as run:
            run.wait_for(ModemReady)
            local_flags = termios.tcgetattr(slave)[3]
            assert not local_flags & (termios.ECHO | termios.ICANON | termios.ISIG)
    finally:
        os.close(slave)
        player.join(5)
        os.close(master)
    assert reads[0] == b"ATH0\r"
    assert all(data.startswith(b"AT") and data.endswith(b"\r") and data.count(b"\r") == 1 for data in reads)
