import io

import pytest

from appliance.commands.base import Exit
from hardware.simulator import MODELS
from tests.appliance.conftest import Quietline


@pytest.mark.parametrize("options", [[], ["--model", "zoom3095"], ["--model", "si24xx", "--country", "gb"]])
def test_a_person_chooses_the_modem_and_the_country(
    quietline: Quietline, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("models\nquit\n"))
    said = quietline("simulate", "--pty", *options)
    assert said.code == Exit.OK
    model = options[1] if options else "usr"
    country = options[3].upper() if len(options) > 2 else "US"
    assert f"({model}) on a telephone line ({country})" in said.out
    assert all(name in said.out for name in MODELS)


@pytest.mark.parametrize(
    ("options", "text"),
    [(["--model", "toaster"], "there is no modem 'toaster'"), (["--country", "Britain"], "two letters")],
)
def test_what_cannot_be_simulated_is_answered_with_what_can(
    quietline: Quietline, options: list[str], text: str
) -> None:
    said = quietline("simulate", "--pty", *options)
    assert said.code == Exit.USAGE
    assert text in said.err
    assert said.err.count("\n") == 1
