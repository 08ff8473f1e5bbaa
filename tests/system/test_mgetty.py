"""The voice side of the simulator is held to a program none of us wrote: `vm` of mgetty-voice plays and records on it.

`vm` needs its configuration, its lock and its log where it looks for them; it is given those in a mount namespace of
its own, so that nothing of this machine's is touched. `make test` installs it; in CI a missing one fails.
"""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from hardware.simulator import Script, SimulatedModem
from hardware.simulator.models import MODELS
from hardware.simulator.voice_sound import Presses, Speaks

MISSING = " and ".join(
    what
    for what, there in (
        ("vm (apt-get install mgetty-voice)", shutil.which("vm") is not None),
        ("pvftormd (apt-get install mgetty-pvftools)", shutil.which("pvftormd") is not None),
        ("root, for a mount namespace", os.geteuid() == 0),
    )
    if not there
)

pytestmark = pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"needs {MISSING}")

# mgetty's header of a recording (rmd.h): magic, modem, format, rate, bits.
HEADER_BYTES = 32
# What the caller says: every value of a sample, runs of 0x10, and what looks like codes, result codes and ends.
SPEECH = bytes(range(256)) * 8 + b"\x10" * 5 + b"\x10\x03\r\nOK\r\n\x10b\x1a\x10\x1a" + bytes(range(255, -1, -1)) * 4
CONFIGURATION = """
part generic
voice_log_level 5
do_hard_flow false
command_delay 10
enable_command_echo false
{more}
part vgetty
part vm
program vm
"""
# `vm` keeps its configuration, its logs and its lock in these places.
NAMESPACE = """
mount --bind "$1" /etc/mgetty && mount -t tmpfs none /var/log && mkdir /var/log/mgetty &&
mount -t tmpfs none /run/lock && shift && exec "$@"
"""


@dataclass(frozen=True, slots=True)
class Vm:
    """mgetty's `vm` with a configuration of its own in `folder`; `more` lines of it say how to treat the modem."""

    folder: Path
    more: str = "forceV253 true"

    def run(self, action: str, sim: SimulatedModem, *arguments: str) -> None:
        """Run it on the simulator's terminal until it ends."""
        etc = self.folder / "etc"
        etc.mkdir(exist_ok=True)
        (etc / "voice.conf").write_text(CONFIGURATION.format(more=self.more))
        assert sim.device is not None
        tty = sim.device.removeprefix("/dev/")
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", NAMESPACE, "sh", str(etc)]
        with (self.folder / "vm.out").open("wb") as out:
            process = subprocess.Popen(
                [*command, "vm", action, "-l", tty, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            try:
                status = process.wait(40)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        assert status == 0, (self.folder / "vm.out").read_text(errors="replace")


@pytest.fixture
def vm(tmp_path: Path) -> Vm:
    assert not MISSING, f"in CI these tests must run; missing: {MISSING}"
    return Vm(tmp_path)


def recording(folder: Path, samples: bytes, modem: str, kind: int, rate: int = 8000) -> tuple[Path, bytes]:
    """A file that `vm play` takes, made by pvftormd from samples, and the bytes that it is to play."""
    (folder / "samples").write_bytes(samples)
    path = folder / "greeting.rmd"
    subprocess.run(["lintopvf", "-C", "-U", "-s", str(rate), folder / "samples", folder / "pvf"], check=True)
    subprocess.run(["pvftormd", modem, str(kind), folder / "pvf", path], check=True)
    return path, path.read_bytes()[HEADER_BYTES:]


# By model: the format of 8-bit unsigned samples for mgetty, which does not find a USR's own words for it in +VSM=?.
@pytest.mark.parametrize(("model", "code"), [("cx93001", 1), ("usr", 128), ("si24xx", 1)])
def test_what_vm_plays_is_what_the_caller_hears(vm: Vm, model: str, code: int) -> None:
    path, samples = recording(vm.folder, SPEECH, "V253modem", 8)
    assert samples == SPEECH
    with SimulatedModem(model=MODELS[model]) as sim:
        call = sim.play(Script(number="2125550123", after_answer=(Presses(1.0, "5"),)))
        Vm(vm.folder, f"forceV253 true\ncompression_8bit_linear_unsigned {code}").run("play", sim, "-t", str(path))
        assert call.wait(5) == "dropped"
        assert call.heard == SPEECH


# A USR modem hears the line only with the speaker's path open (-d 9, +VLS=5).
@pytest.mark.parametrize(("model", "code", "device"), [("cx93001", 1, "2"), ("usr", 128, "9"), ("si24xx", 1, "2")])
def test_what_the_caller_says_is_what_vm_records(vm: Vm, model: str, code: int, device: str) -> None:
    path = vm.folder / "message.rmd"
    with SimulatedModem(model=MODELS[model]) as sim:
        call = sim.play(Script(number="2125550123", after_answer=(Speaks(2.5, SPEECH),)))
        settings = f"forceV253 true\ncompression_8bit_linear_unsigned {code}"
        Vm(vm.folder, settings).run("record", sim, "-c", "8", "-L", "4", "-d", device, str(path))
        assert call.wait(5) == "dropped"
    heard = path.read_bytes()[HEADER_BYTES:]
    before, _, after = heard.partition(SPEECH)
    assert len(before) + len(after) + len(SPEECH) == len(heard)
    assert set(before) | set(after) == {0x80}


def test_vm_plays_on_a_modem_with_rockwells_commands(vm: Vm) -> None:
    path, samples = recording(vm.folder, SPEECH, "Rockwell", 4, rate=7200)
    with SimulatedModem(model=MODELS["rockwell"]) as sim:
        Vm(vm.folder, "").run("play", sim, "-t", str(path))
        assert sim.played == samples
