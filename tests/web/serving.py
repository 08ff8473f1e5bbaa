"""The real web process on a free port, for tests that need a server: streams, browsers, signals."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = re.compile(rb"serving=(http://\S+)")
START_WITHIN_S = 30.0
STOP_WITHIN_S = 15.0


class Served:
    """A running `python -m web`."""

    def __init__(self, data: Path, *options: str) -> None:
        self.log = data / "web.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "web", "--data", str(data), "--bind", "127.0.0.1:0", *options],
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self.address = self._wait()

    def _wait(self) -> str:
        end = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end and self.process.poll() is None:
            if found := STARTED.search(self.log.read_bytes()):
                return found[1].decode()
            time.sleep(0.05)
        self.process.kill()
        raise AssertionError(f"did not start: {self.log.read_text()}")

    def stop(self) -> int:
        """Ask it to end as systemd does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_WITHIN_S)
        finally:
            self.process.kill()
            self.process.wait()


@contextmanager
def served(data: Path, *options: str) -> Iterator[Served]:
    """Serve the pages of a data folder; ended at the end, and cleanly."""
    running = Served(data, *options)
    try:
        yield running
    finally:
        running.stop()
