"""The command line as a person has it: words in, exit code and two streams out, on a real store."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.cli import main


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Quietline = Callable[..., Said]


@pytest.fixture
def quietline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Quietline:
    """`quietline` on a store of its own, which --data names before the command."""

    def run(*words: object, data: Path | None = tmp_path / "data") -> Said:
        place = ["--data", str(data)] if data else []
        code = main([*place, *map(str, words)])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run
