"""A pseudo-terminal behind a path that stays the same, as /dev/serial/by-id does. No AT command or call may enter.

It behaves as a USB modem's port: raw, nothing echoed by the terminal itself, what the modem says while no program has
the port open is lost, and after it was unplugged and came back the same path leads to a new device.
"""

import contextlib
import os
import select
import shutil
import tempfile
import termios
import tty
from pathlib import Path

# The name udev would give the first simulated modem; a host that looks through the folder finds one plausible entry.
LINK_NAME = "usb-Quietline_Simulated_Modem_0001-if00"


class PseudoPort:
    """The modem's end of the wire. For one thread, but `path` and `by_id`."""

    def __init__(self) -> None:
        self.device: str | None = None
        self._folder: Path | None = None
        self._master: int | None = None

    def open(self) -> None:
        """Make the folder of the path, and the first device."""
        self._folder = Path(tempfile.mkdtemp(prefix="quietline-line-"))
        self.plug()

    @property
    def by_id(self) -> Path:
        """The folder that holds the path and nothing else."""
        if self._folder is None:
            raise RuntimeError("the simulator is not running")
        return self._folder

    @property
    def path(self) -> Path:
        """Where programs find the modem."""
        return self.by_id / LINK_NAME

    @property
    def plugged(self) -> bool:
        """Whether there is a device behind the path."""
        return self._master is not None

    def plug(self) -> None:
        """Make a new device and point the path at it. Does nothing when there is one."""
        if self._master is not None:
            return
        master, slave = os.openpty()
        try:
            tty.setraw(slave)
            self.device = os.ttyname(slave)
        finally:
            # With no end of it held here, the kernel tells when the last program lets go of the port.
            os.close(slave)
        os.set_blocking(master, False)
        self._master = master
        self.path.symlink_to(self.device)

    def unplug(self) -> None:
        """The device vanishes: programs that hold it read the end of the line, and the path is gone."""
        if self._master is None:
            return
        self.path.unlink(missing_ok=True)
        os.close(self._master)
        self._master = self.device = None

    def close(self) -> None:
        """Leave nothing behind."""
        self.unplug()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def fileno(self) -> int:
        """The descriptor to wait on; only while plugged."""
        assert self._master is not None
        return self._master

    @property
    def opened(self) -> bool:
        """Whether a program has the port open now."""
        if self._master is None:
            return False
        poll = select.poll()
        poll.register(self._master, 0)
        return not poll.poll(0)

    def read(self, limit: int = 65536) -> bytes:
        """What the host has written, at most `limit` bytes of it; b"" for nothing."""
        if self._master is None:
            return b""
        try:
            return os.read(self._master, limit)
        except BlockingIOError:
            return b""
        except OSError:  # EIO: no program has the port open
            return b""

    def write(self, data: bytes | memoryview) -> int:
        """Give the host as many bytes as fit now; how many those were."""
        if self._master is None:
            return len(data)
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0

    def discard_unread(self) -> None:
        """Forget what the host has not read, as a port does that was closed."""
        if self.device is None:
            return
        # Flushing from this end leaves what the terminal has already taken in, so it is done from the program's end.
        with contextlib.suppress(OSError):  # a program was quicker and has the port for itself
            slave = os.open(self.device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                termios.tcflush(slave, termios.TCIFLUSH)
            finally:
                os.close(slave)
