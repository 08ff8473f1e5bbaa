import logging
from collections.abc import Iterator

import pytest

from appliance.journal import start_logging


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


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
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: int, severity: str
) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", "1:1")
    start_logging()
    logging.getLogger("test").log(level, "event=something")
    assert capsys.readouterr().err.startswith(f"{severity}level=")


def test_bytes_and_whole_numbers_are_logged_only_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging()
    logging.getLogger("test").debug("number=+12125550199")
    assert capsys.readouterr().err == ""
    start_logging(verbose=True)
    logging.getLogger("test").debug("number=+12125550199")
    assert "+12125550199" in capsys.readouterr().err
