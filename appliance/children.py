"""Processes that the demo runs beside itself: started, watched, started again, ended. It does not know what they do."""

import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import IO

import click

from appliance.errors import ApplianceError

STOP_WITHIN_S = 10.0  # on-hook, the last rows, the last answers; then it is killed
# A child that dies sooner than this after its start has no chance; a later death is repaired as systemd would.
HOPELESS_S = 3.0


class ChildError(ApplianceError, RuntimeError):
    """A process cannot be kept alive."""


@dataclass(slots=True)
class Child:
    """One process of ours, its output passed on with its name in front."""

    name: str
    command: list[str]
    environment: dict[str, str]
    started: float = 0.0
    process: "subprocess.Popen[str] | None" = None
    reader: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self.started = time.monotonic()
        # Should this process be killed, the children must not live on with the port and the store.
        guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        self.process = subprocess.Popen(
            [*guard, *self.command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C is for us; we end the children in order
        )
        self.reader = threading.Thread(target=_pass_on, args=(self.name, self.process.stdout), daemon=True)
        self.reader.start()

    def look_after(self) -> None:
        """Start it again when it died. Raises ChildError when that has no hope."""
        assert self.process is not None  # started before anybody looks
        code = self.process.poll()
        if code is None:
            return
        if time.monotonic() - self.started < HOPELESS_S:
            raise ChildError(f"The {self.name} process ended at once (exit code {code}); its last words are above.")
        click.echo(f"      | the {self.name} process has ended ({code}); starting it again", err=True)
        self.start()

    def stop(self) -> None:
        """Ask it to end, and see to it that it does."""
        if self.process is None or self.reader is None:
            return
        self.process.terminate()  # does nothing to one that has ended
        try:
            self.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            click.echo(f"      | the {self.name} process did not end; killing it", err=True)
            self.process.kill()
            self.process.wait()
        self.reader.join(STOP_WITHIN_S)  # its last words


@dataclass(slots=True)
class Children:
    """The processes in the order of their start."""

    all: tuple[Child, ...]

    def look_after(self) -> None:
        """Each of them."""
        for child in self.all:
            child.look_after()

    def __enter__(self) -> "Children":
        try:
            for child in self.all:
                child.start()
        except OSError:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End them, the last one first."""
        for child in reversed(self.all):
            child.stop()


def _pass_on(name: str, output: IO[str] | None) -> None:
    assert output is not None  # it was started with a pipe
    with output:
        for text in output:
            click.echo(f"{name:5} | {text.rstrip()}", err=True)
