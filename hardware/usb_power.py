"""A USB modem taken away and given back without a hand: its authorisation in sysfs, and the power of its hub's port.

Every step gives "" when it was done, else one plain sentence; nothing here raises. When to take a step is not known
here. What is switched off is switched on again, whatever happens in between.
"""

import errno
import logging
import os
import re
import select
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware import ports
from hardware.timing import REAL, ModemTiming

log = logging.getLogger(__name__)

Wait = Callable[[float, int | None], bool]
"""Waits so many seconds for a descriptor to be readable (None: just waits): whether it is. Ends early when stopping."""

PROGRAM = "uhubctl"
DIES_S = 2.0
"""Seconds for a killed child to go. One that hangs inside the kernel goes later, or never."""
SAID_LINES, SAID_CHARACTERS = 3, 160
"""Kept of what the program said last: the trouble, and behind it a hint about rights or about -h."""

# "1-1:2", "1-1.4:1", "2:3": the hub as the kernel names it (bus, or bus-port.port...), and the number of its port.
_SWITCH = re.compile(r"(\d{1,3}(?:-\d{1,2}(?:\.\d{1,2}){0,5})?):(\d{1,2})")


@dataclass(frozen=True, slots=True)
class PowerOptions:
    """What the installer allows. `uhubctl` is "HUB:PORT" as `uhubctl` lists them ("1-1:2"), None when there is none.

    Raises ValueError for another text.
    """

    usb_reconnect: bool = True
    uhubctl: str | None = None

    def __post_init__(self) -> None:
        if self.uhubctl is not None and _SWITCH.fullmatch(self.uhubctl) is None:
            raise ValueError(f"{self.uhubctl!r} does not name a hub and its port, as 1-1:2 does")


PLAIN_POWER = PowerOptions()


class UsbPower:
    """For the modem's thread. `wait` is called for every pause, so that the thread stays awake for others."""

    def __init__(self, options: PowerOptions, wait: Wait, *, sysfs: Path = ports.SYSFS, timing: ModemTiming = REAL):
        self._options, self._wait, self._sysfs, self._timing = options, wait, sysfs, timing
        self._hung: subprocess.Popen[bytes] | None = None

    def reconnect(self, paths: list[str]) -> str:
        """Take the USB devices behind these serial ports away from the kernel and give them back."""
        if not self._options.usb_reconnect:
            return "Taking the modem off USB is switched off (modem.usb_reconnect)."
        troubles = [self._reconnect(path) for path in paths] or ["No port is left to say which USB device it was."]
        return "" if "" in troubles else troubles[0]

    def cycle(self) -> str:
        """Switch the power of the hub's port off and on."""
        if self._options.uhubctl is None:
            return "No USB hub that can switch the modem's power is set (modem.usb_power)."
        trouble, cut_short = self._uhubctl("cycle", self._timing.power_limit, "-d", f"{self._timing.power_off:g}")
        if cut_short:  # perhaps between off and on
            self._uhubctl("on", self._timing.power_on_limit)
        return trouble

    def mend(self) -> None:
        """Undo what a process that was killed in the middle of a step left behind. For when no modem is to be seen."""
        if self._options.usb_reconnect:
            for file in _unauthorised(self._sysfs):
                log.warning("usb_reconnect=undone file=%s trouble=%r", file, _write(file, b"1"))
        if self._options.uhubctl is not None:
            log.info("usb_power=on trouble=%r", self._uhubctl("on", self._timing.power_on_limit)[0])

    def _reconnect(self, path: str) -> str:
        try:
            device = Path(path).resolve(strict=True)
        except (OSError, RuntimeError):
            return f"The modem's port {path} is not there any more."
        folder = ports.usb_folder_of(device, self._sysfs)
        if folder is None:
            return f"The modem's port {path} is not a USB device."
        usb_id = ports.usb_id_in(folder)
        if usb_id is None or ports.name_of(usb_id) is None:
            # An adapter with a modem behind it gains nothing, and a device that is no modem at all is not ours to pull.
            return f"The USB device at {path} is not known to be a modem, so it is left alone."
        file = folder / "authorized"
        trouble = _write(file, b"0")
        if trouble:
            return trouble
        try:
            self._wait(self._timing.usb_off, None)
        finally:
            trouble = _write(file, b"1")
        return trouble

    def _uhubctl(self, action: str, limit: float, *more: str) -> tuple[str, bool]:
        """Run it with an action: what went wrong, and whether it was cut short."""
        if self._hung is not None and self._hung.poll() is None:
            return "uhubctl still hangs from the last time; it is not started twice.", False
        assert self._options.uhubctl is not None
        hub, port = self._options.uhubctl.split(":")
        program = shutil.which(PROGRAM)
        if program is None:
            return "The program uhubctl is not installed.", False
        try:
            child = subprocess.Popen(
                [program, "-l", hub, "-p", port, "-a", action, *more],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us: in the middle it would leave the modem without power
            )
        except OSError as trouble:
            return f"The program uhubctl could not be started ({trouble.strerror}).", False
        return self._watch(child, limit, patiently=action == "on")

    def _watch(self, child: subprocess.Popen[bytes], limit: float, *, patiently: bool) -> tuple[str, bool]:
        assert child.stdout is not None
        with child.stdout as output:
            ended = os.pidfd_open(child.pid)
            try:
                # Switching on is waited for also when the thread is to stop: it is what makes stopping safe.
                waited = _ready(ended, limit) if patiently else self._wait(limit, ended)
                cut_short = not waited and child.poll() is None
                if cut_short:
                    child.kill()
                    _ready(ended, DIES_S)
            finally:
                os.close(ended)
            self._hung = None if child.poll() is not None else child
            said = _last_words(output.fileno())
        log.info("uhubctl=%s code=%s said=%r", " ".join(map(str, child.args)), child.returncode, said)  # type: ignore[arg-type]
        if cut_short:
            return "uhubctl hung and was ended.", True
        if child.returncode != 0:
            return f"uhubctl could not switch the power of the USB port ({said or child.returncode}).", False
        return "", False


def _write(file: Path, value: bytes) -> str:
    """Write a value of sysfs; the trouble, or ""."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CLOEXEC)  # never made when it is not there
        try:
            os.write(descriptor, value)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        return "The modem was pulled out meanwhile."
    except OSError as trouble:
        if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return f"Quietline is not allowed to take the modem off USB ({trouble.strerror}: {file})."
        return f"{file} could not be written ({trouble.strerror})."
    return ""


def _unauthorised(sysfs: Path) -> list[Path]:
    """The `authorized` files of the modems that are plugged in but were taken away from the kernel."""
    found = []
    for folder in sorted((sysfs / "bus" / "usb" / "devices").glob("*")):
        usb_id = ports.usb_id_in(folder)
        file = folder / "authorized"
        try:
            if usb_id and ports.name_of(usb_id) and file.read_bytes().strip() == b"0":
                found.append(file)
        except OSError:
            continue  # pulled out in this moment
    return found


def _ready(descriptor: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _last_words(output: int) -> str:
    """The last lines that wait in a pipe, as one line of printable text."""
    if not _ready(output, 0):
        return ""
    lines = os.read(output, 65536).decode("utf-8", "replace").splitlines()
    words = " ".join([line.strip() for line in lines if line.strip()][-SAID_LINES:])
    return "".join(character for character in words if character.isprintable())[:SAID_CHARACTERS]
