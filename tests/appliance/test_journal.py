import logging
import os
import sys
from collections.abc import Iterator

import pytest

from appliance.cli import main
from appliance.journal import start_logging


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def told_to_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What systemd does for a service: the variable names the very stream that standard error is."""
    stream = os.fstat(sys.stderr.fileno())
    monkeypatch.setenv("JOURNAL_STREAM", f"{stream.st_dev}:{stream.st_ino}")


def test_a_caller_can_not_forge_a_second_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    start_logging()
    logging.getLogger("test").warning("name=%s", "X\nlevel=ERROR the disk is full\x1b[2J")
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert err.endswith("level=WARNING from=test name=X\\nlevel=ERROR the disk is full·[2J\n")


@pytest.mark.parametrize(
    ("level", "severity"), [(logging.INFO, "<6>"), (logging.WARNING, "<4>"), (logging.ERROR, "<3>")]
)
def test_the_journal_is_told_how_bad_it_is(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: int, severity: str
) -> None:
    told_to_the_journal(monkeypatch)
    start_logging()
    logging.getLogger("test").log(level, "event=something")
    assert capfd.readouterr().err.startswith(f"{severity}level=")


def test_the_journal_is_told_that_a_command_failed(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_to_the_journal(monkeypatch)
    assert main(["line", "--config", "/nowhere/quietline.toml"]) == 4
    assert capfd.readouterr().err.startswith("<3>quietline: /nowhere/quietline.toml: ")


def test_a_terminal_that_inherited_the_variable_of_the_journal_sees_plain_lines(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", "1:1")
    start_logging()
    logging.getLogger("test").error("event=something")
    assert main(["line", "--config", "/nowhere/quietline.toml"]) == 4
    assert "<" not in capfd.readouterr().err


def test_bytes_and_whole_numbers_are_logged_only_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging()
    logging.getLogger("test").debug("number=+12125550199")
    assert capsys.readouterr().err == ""
    start_logging(verbose=True)
    logging.getLogger("test").debug("number=+12125550199")
    assert "+12125550199" in capsys.readouterr().err
