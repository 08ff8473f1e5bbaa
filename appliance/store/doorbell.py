"""The doorbell: an empty datagram on a Unix socket that says "look in the store now". It carries no data.

Losing one costs a poll interval, so ringing never raises and never waits. No SQL may enter.
"""

import contextlib
import os
import socket
from collections.abc import Generator
from fnmatch import fnmatchcase
from pathlib import Path
from types import TracebackType

from appliance.errors import InvalidValue, StoreError

SUFFIX = ".bell"
# Who may ring: the user and the group of the data folder, nobody else on the machine.
BELL_MODE = 0o660
# A flood of rings is one ring; what is left after so many is picked up at the next look.
DRAIN_LIMIT = 1_000


class Doorbell:
    """A bell of our own at `<folder>/<name>.bell`. A bell that a killed process left there is replaced."""

    def __init__(self, folder: Path, name: str) -> None:
        """Hang it. Raises StoreError when the folder cannot be written, InvalidValue for a name that is a path."""
        if not name or "/" in name or "\0" in name:
            raise InvalidValue(f"{name!r} cannot be the name of a doorbell: it must be a plain file name.")
        self._path = folder / (name + SUFFIX)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        try:
            with _opened(folder) as directory:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self._path.name, dir_fd=directory)
                self._socket.bind(_address(directory, self._path.name))
            self._path.chmod(BELL_MODE)
            self._inode = self._path.stat().st_ino
        except OSError as error:
            self._socket.close()
            raise StoreError(f"The doorbell {self._path} cannot be made: {error.strerror}.") from error

    def fileno(self) -> int:
        """For select and poll: readable when somebody rang."""
        return self._socket.fileno()

    def drain(self) -> bool:
        """Take what has come, at once; whether anybody rang."""
        rang = False
        for _ in range(DRAIN_LIMIT):
            try:
                self._socket.recv(1)
            except OSError:
                break
            rang = True
        return rang

    def close(self) -> None:
        """Take it down; a newer bell of the same name is left alone."""
        self._socket.close()
        with contextlib.suppress(OSError):
            if self._path.stat().st_ino == self._inode:
                self._path.unlink()

    def __enter__(self) -> "Doorbell":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ring(folder: Path, pattern: str) -> int:
    """Ring every bell whose name matches (`web*`, `line-main`); how many were reached. Never raises, never waits."""
    reached = 0
    with contextlib.suppress(OSError), _opened(folder) as directory:
        names = [bell.name for bell in folder.iterdir() if bell.suffix == SUFFIX]
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC) as sender:
            for name in names:
                if fnmatchcase(name.removesuffix(SUFFIX), pattern):
                    # Nobody behind the bell, or its queue is full: both mean there is nothing to add.
                    with contextlib.suppress(OSError):
                        sender.sendto(b"", _address(directory, name))
                        reached += 1
    return reached


def _address(directory: int, name: str) -> str:
    """A socket address holds 108 bytes, a data folder's path may be longer: go through the open folder."""
    return f"/proc/self/fd/{directory}/{name}"


@contextlib.contextmanager
def _opened(folder: Path) -> Generator[int]:
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield directory
    finally:
        os.close(directory)
