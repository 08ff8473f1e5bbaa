"""A program at the other end of a pseudo-terminal: opens it, writes and reads bytes. No product code may enter."""

import errno
import os
import select
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from hardware.simulator import SimulatedModem

# Seconds a test waits for what must come. Only a failing test waits so long; two busy cores may need a while.
PATIENCE_S = 5.0


class Program:
    """Holds the port open. `seen`: all bytes read so far; `arrivals`: the same with the times of reading."""

    def __init__(self, port: str) -> None:
        self.fd = os.open(port, os.O_RDWR | os.O_NOCTTY)
        self.seen = b""
        self.arrivals: list[tuple[float, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def write(self, data: bytes) -> None:
        os.write(self.fd, data)

    def read_for(self, seconds: float) -> bytes:
        """Whatever comes within the time."""
        start = len(self.seen)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return self.seen[start:]

    def wait_for(self, wanted: bytes, *, start: int = 0) -> bytes:
        """Read until `wanted` was seen at or after `start`; everything from there."""
        end = time.monotonic() + PATIENCE_S
        while wanted not in self.seen[start:]:
            left = end - time.monotonic()
            assert left > 0, f"{wanted!r} never came, only {self.seen[start:]!r}"
            self._read(left)
        return self.seen[start:]

    def ask(self, command: bytes) -> bytes:
        """The answer to a command, up to and with its result code."""
        start = len(self.seen)
        self.write(command + b"\r")
        end = time.monotonic() + PATIENCE_S
        while not self.seen[start:].endswith((b"OK\r\n", b"ERROR\r\n", b"NO CARRIER\r\n")):
            left = end - time.monotonic()
            assert left > 0, f"no answer to {command!r}, only {self.seen[start:]!r}"
            self._read(left)
        return self.seen[start:]

    def when(self, wanted: bytes, occurrence: int = 1) -> float:
        """When the last byte of `wanted` was read, for the nth time."""
        text = b""
        for at, data in self.arrivals:
            text += data
            if text.count(wanted) >= occurrence:
                return at
        raise AssertionError(f"{wanted!r} was not seen {occurrence} times in {text!r}")

    def ready(self) -> Self:
        """Echo off and Caller ID on, as every call blocker does."""
        assert self.ask(b"ATE0").endswith(b"OK\r\n")
        assert self.ask(b"AT+VCID=1").endswith(b"OK\r\n")
        self.seen = b""
        self.arrivals.clear()
        return self

    def lost(self) -> bool:
        """Whether the device is gone for good, as a program that reads or writes finds out."""
        try:
            return os.read(self.fd, 1) == b"" and os.write(self.fd, b"AT\r") == 0
        except OSError as error:
            return error.errno == errno.EIO

    def _read(self, seconds: float) -> None:
        readable, _, _ = select.select([self.fd], [], [], seconds)
        if readable:
            data = os.read(self.fd, 65536)
            self.arrivals.append((time.monotonic(), data))
            self.seen += data


def off_hook(sim: SimulatedModem) -> bool:
    """Asked anew each time, so that a type checker does not take an earlier answer for a lasting one."""
    return sim.line.off_hook


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that has no bytes to wait for."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not come to be in time"
        time.sleep(0.002)
