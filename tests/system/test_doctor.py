"""`quietline doctor` and `quietline status` beside a line that runs."""

from pathlib import Path

from hardware.simulator.models import MODELS
from tests.system.house import eventually
from tests.system.scene import Scene


def test_a_silent_call_is_explained_and_the_running_line_is_not_disturbed(tmp_path: Path) -> None:
    with Scene(tmp_path, country="NL", model=MODELS["usr"]) as scene:
        scene.row_of(scene.sim.call(number=None, rings=2))
        eventually(
            lambda: (status := scene.house.status()) and status.rings_without_caller_id == 1, 30, "the call is counted"
        )
        before = scene.commands()
        said = scene.house.quietline("doctor", code=None).stdout
        status = scene.house.quietline("status").stdout
        asked = set(scene.commands()[len(before) :])
    assert "keypad tones, which your modem cannot read" in said
    assert "-> Use a modem that can (one with a Silicon Labs" in said
    assert "treated as USR5637" in said
    assert "ok       line main: Running" in said
    assert "quietline capture" in said
    assert "Another program" not in said
    assert asked <= {"", "AT", "AT+VCID?"}  # the line's own questions
    assert "line main: idle" in status
