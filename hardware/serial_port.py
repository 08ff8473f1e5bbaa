"""One serial port, opened, locked and closed. The only door to pyserial; what the bytes mean may not enter."""

import contextlib
import errno
import fcntl
import logging
import os
import termios

import serial

from hardware.errors import HardwareError, PortBusy, PortGone, PortLost, PortUnusable

log = logging.getLogger(__name__)

BAUD = 115200
READ_BYTES = 4096
"""More than a modem says between two reads; a flood of noise is read in pieces."""

PSEUDO_TERMINALS = range(136, 144)
"""Device majors, from the kernel's devices.txt."""


class SerialPort:
    """One serial port, held by us alone until closed. Raises PortBusy or PortLost, with a sentence for a person."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            # The speed means nothing to a USB modem; the plainest one for the few on RS-232.
            self._serial = serial.Serial(path, BAUD, timeout=0, exclusive=True)
        except (OSError, termios.error, ValueError) as trouble:
            raise self._trouble(trouble) from trouble
        try:
            self._claim()
        except (OSError, termios.error) as trouble:
            self.close()
            raise self._trouble(trouble) from trouble

    def fileno(self) -> int:
        """The descriptor to wait on."""
        descriptor: int = self._serial.fileno()
        return descriptor

    def read(self) -> bytes:
        """What has come, b"" for nothing."""
        try:
            data = os.read(self.fileno(), READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as trouble:
            raise PortGone(f"The modem on {self._path} was unplugged or failed.") from trouble
        if not data:
            raise PortGone(f"The modem on {self._path} was unplugged.")
        return data

    def write(self, data: bytes) -> None:
        """Write one command or one piece of sound, whole, without waiting."""
        if not data:
            return
        try:
            written = os.write(self.fileno(), data)
        except OSError as trouble:  # EAGAIN too: kilobytes wait unread, so the modem is as good as gone
            raise PortLost(f"The modem on {self._path} takes no commands.") from trouble
        if written != len(data):
            raise PortLost(f"The modem on {self._path} takes no commands.")

    def close(self) -> None:
        """Close; DTR drops, and a modem set to &D2 lets go of the line.

        What a modem that hangs has not taken is thrown away first: else the kernel waits 30 s for it (seen with cdc-acm
        on Linux 6.12), in which nobody could end this process or bring the modem back.
        """
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(self.fileno(), termios.TCOFLUSH)
        try:
            self._serial.close()
        except OSError as trouble:
            log.debug("close_failed port=%s error=%s", self._path, trouble)

    def _claim(self) -> None:
        attributes = termios.tcgetattr(self.fileno())
        attributes[2] |= termios.HUPCL  # the kernel drops DTR for us, also when the process is killed
        attributes[6][termios.VMIN] = 1  # so that an empty read means that the device is gone, nothing else
        termios.tcsetattr(self.fileno(), termios.TCSANOW, attributes)
        # The lock of pyserial keeps a second Quietline out; this keeps out programs that ask nobody (but not root).
        # A pseudo-terminal would stay closed to us as well after a crash, because it outlives our closing it.
        if os.major(os.fstat(self.fileno()).st_rdev) not in PSEUDO_TERMINALS:
            fcntl.ioctl(self.fileno(), termios.TIOCEXCL)

    def _trouble(self, trouble: Exception) -> HardwareError:
        code = _code(trouble)
        if code in (errno.EBUSY, errno.EAGAIN):
            return PortBusy(f"Another program is using the modem on {self._path}; please stop that one.")
        if code in (errno.EACCES, errno.EPERM):
            return PortUnusable(f"Quietline may not open {self._path}; its user must be in the group dialout.")
        if code in (errno.ENOENT, errno.ENXIO, errno.ENODEV):
            return PortUnusable(f"The modem on {self._path} is not there.")
        # What is left of errors on a real port is a device that does not do what the kernel asks of it.
        hangs = code is not None and code not in NO_PORT
        kind = PortLost if hangs else PortUnusable
        return kind(f"{self._path} cannot be used as a serial port ({' '.join(str(trouble).split())}).")


NO_PORT = (errno.ENOTTY, errno.EISDIR, errno.EINVAL)


def _code(trouble: BaseException) -> int | None:
    """The number of the system's error; pyserial hides some behind an error of its own."""
    if isinstance(trouble, termios.error):
        return trouble.args[0] if trouble.args and isinstance(trouble.args[0], int) else None
    if isinstance(trouble, OSError) and trouble.errno is not None:
        return trouble.errno
    return _code(trouble.__context__) if trouble.__context__ is not None else None
