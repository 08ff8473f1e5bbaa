"""A whole house for system tests: a simulated line, the real line process, the real web process, one store.

Nothing is replaced inside the processes: the fake is at the wire (a pty) and at the pins (gpiozero's mock factory).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from appliance.core.household import EntryKind, ListName
from appliance.store import CallRecord, LineStatus, Store, ring

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


def eventually(check: Callable[[], T | bool | None], seconds: float = 15.0, what: str = "") -> T:
    """The first true answer of `check`, asked every 50 ms, later less often; fails the test after `seconds`."""
    begun = time.monotonic()
    end = begun + seconds
    while True:
        answer = check()
        if answer:
            return answer  # type: ignore[return-value]  # true, so neither None nor False
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what or check}")
        time.sleep(min(0.2, max(0.05, (time.monotonic() - begun) / 20)))  # asking opens a store, and others wait too


class Process:
    """One of our processes, ended by its own id only, its output kept for the report of a failed test."""

    def __init__(
        self, log: Path, *arguments: str, env: dict[str, str] | None = None, under: Sequence[str] = ()
    ) -> None:
        """`under` is a command that becomes the process it is given, such as ("unshare", "--net")."""
        self.log = log
        with log.open("ab") as output:
            self.child = subprocess.Popen(
                [*under, sys.executable, "-W", "error", "-m", *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, "GPIOZERO_PIN_FACTORY": "mock", "PYTHONUNBUFFERED": "1", **(env or {})},
            )

    @property
    def pid(self) -> int:
        return self.child.pid

    def alive(self) -> bool:
        return self.child.poll() is None

    def kill(self) -> None:
        """As a power cut would: no warning."""
        self.child.kill()
        self.child.wait(5)

    def stop(self, seconds: float = 10.0) -> int:
        """As systemd would: SIGTERM, and the exit code."""
        if self.alive():
            self.child.send_signal(signal.SIGTERM)
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not end within {seconds} s of SIGTERM:\n{self.text()[-3000:]}") from None

    def text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class House:
    """One household: its store folder, and the processes that were started for it."""

    def __init__(self, folder: Path, *, country: str = "US", area_code: str = "", data: Path | None = None) -> None:
        self.folder = folder
        self.data = data or folder / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.config = folder / "quietline.toml"
        self.config.write_text(f'country = "{country}"\narea_code = "{area_code}"\n')
        self.line: Process | None = None
        self.web: Process | None = None
        self.web_address = ""
        self.used: list[Process] = []

    def start_line(self, port: str, *, ready: bool = True, name: str = "main", under: Sequence[str] = ()) -> Process:
        """Starts the line process on a port; by default waits until its modem is ready."""
        since = time.time()
        self.line = Process(
            self.folder / "line.log",
            "appliance.cli", "--data", str(self.data), "--config", str(self.config), "line", "--port", port,
            "--name", name, under=under,
        )  # fmt: skip  # one argument list, one line
        self.used.append(self.line)
        if ready:
            self.wait_ready(since)
        return self.line

    def wait_ready(self, since: float = 0.0, seconds: float = 20.0) -> LineStatus:
        """Waits for a status row of the running process that says its modem is ready."""

        def fresh() -> LineStatus | None:
            assert self.line is not None
            assert self.line.alive(), self.line.text()[-3000:]
            status = self.status()
            if status and status.modem == "ready" and status.pid == self.line.pid:
                return status if status.heartbeat_at.timestamp() >= since - 1 else None
            return None

        return eventually(fresh, seconds, "the modem is ready")

    def start_web(self) -> str:
        """Starts the web process on a free loopback port; returns its address once it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.web = Process(
            self.folder / "web.log",
            "web", "--data", str(self.data), "--config", str(self.config), "--bind", f"127.0.0.1:{port}",
        )  # fmt: skip  # one argument list, one line
        self.used.append(self.web)
        self.web_address = f"http://127.0.0.1:{port}"

        def answers() -> bool:
            assert self.web is not None
            assert self.web.alive(), self.web.text()[-3000:]
            with socket.socket() as client:
                return client.connect_ex(("127.0.0.1", port)) == 0

        eventually(answers, 20, "the web process answers")
        return self.web_address

    def quietline(self, *arguments: str, code: int | None = 0, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Runs one command as a person would; checks its exit code unless `code` is None."""
        done = subprocess.run(
            [sys.executable, "-m", "appliance.cli", "--data", str(self.data), "--config", str(self.config), *arguments],
            cwd=ROOT, input=stdin, check=False, capture_output=True, text=True, timeout=120,
        )  # fmt: skip  # one call, one line
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def block(self, value: str, kind: EntryKind = EntryKind.EXACT, *, label: str = "") -> None:
        """Puts a number in its normal form on the block list, as the page does."""
        self._list(ListName.BLOCK, kind, value, label)

    def permit(self, value: str, kind: EntryKind = EntryKind.EXACT, *, label: str = "") -> None:
        """The same for the permit list."""
        self._list(ListName.PERMIT, kind, value, label)

    def set(self, name: str, value: str) -> None:
        """Changes a setting, as the page does."""
        with self.store() as store:
            store.settings.set(name, value, by="page", now=datetime.now(UTC))
        ring(self.data, "line-*")

    def press(self, button: str) -> None:
        """Presses "block" or "allow" on the page."""
        with self.store() as store:
            store.commands.put(f"press_{button}", "", "page", datetime.now(UTC))
        ring(self.data, "line-*")

    def _list(self, name: ListName, kind: EntryKind, value: str, label: str) -> None:
        with self.store() as store:
            store.lists.add(name, kind, value, label=label, source="page", now=datetime.now(UTC))
        ring(self.data, "line-*")

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(self.data) as store:
            yield store

    def status(self, name: str = "main") -> LineStatus | None:
        if not (self.data / "quietline.db").exists():
            return None
        with self.store() as store:
            return next((row for row in store.status.all() if row.line == name), None)

    def calls(self) -> list[CallRecord]:
        """All calls, oldest first."""
        with self.store() as store:
            return list(reversed(store.calls.page(before=None, limit=500).rows))

    def ended(self, number: int = 1, seconds: float = 40.0) -> list[CallRecord]:
        """Waits until that many calls are over; returns all, oldest first."""

        def enough() -> list[CallRecord] | None:
            calls = self.calls()
            return calls if len([c for c in calls if c.ended_at]) >= number else None

        return eventually(enough, seconds, f"{number} calls are over; have {self.calls()}")

    def events(self) -> list[str]:
        """The texts of the events, oldest first."""
        with self.store() as store:
            return [f"{row.kind}: {row.who}: {row.text}" for row in reversed(store.events.page(limit=200).rows)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.used:
            if process.alive():
                process.stop()
        if kind is not None:
            for process in {p.log: p for p in self.used}.values():
                print(f"--- {process.log.name}\n{process.text()[-4000:]}")  # pytest shows it with the failure
