"""Programs named uhubctl for the tests: real ones, on PATH, that do what the real one does or fails to do.

Each writes its arguments, one call a line, to a file; nothing here switches any power.
"""

import os
from pathlib import Path

import pytest

WORKS = "exit 0"
REFUSES = (
    'echo "No compatible devices detected at location 1-1!" >&2; echo "Run with -h to get usage info." >&2; exit 1'
)
HANGS_OFF = '[ "$6" = on ] || exec sleep 60'
HANGS = "exec sleep 60"


class FakeUhubctl:
    """The program, and what it was asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, behaviour: str) -> None:
        self._calls = folder / "calls"
        folder.mkdir()
        program = folder / "uhubctl"
        program.write_text(f'#!/bin/sh\necho "$@" >> "{self._calls}"\n{behaviour}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []
