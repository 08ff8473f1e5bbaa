"""`quietline capture` of a line that runs: what was on the wire, without anybody's number."""

import json
from pathlib import Path

from hardware.replay import read_log, semantic_events
from tests.system.scene import Scene

NUMBER = "2125550123"
NAME = "JORDAN AVERY"
TOLD = ("ring", "caller_id")


def kinds(events: list[dict[str, object]]) -> list[object]:
    return [event["event"] for event in events if event["event"] in TOLD]


def test_a_capture_tells_the_same_events_as_the_wire_and_no_number(tmp_path: Path) -> None:
    log = tmp_path / "mine.log"
    with Scene(tmp_path) as scene:
        call = scene.sim.call(number=NUMBER, name=NAME, rings=1)
        scene.row_of(call)
        said = scene.house.quietline("capture", str(log))
        wire = [(entry.at, entry.data) for entry in scene.sim.log if entry.direction == "out"]
        replayed = scene.house.quietline("replay", str(log))
        kept = sorted(file.suffix for file in (scene.house.data / "captures").iterdir())
        assert scene.seizures == 0
    told = json.loads(log.with_suffix(".json").read_text("utf-8"))
    assert kinds(told["expect"]) == kinds(semantic_events(wire)) == ["ring", "caller_id"]
    assert semantic_events(read_log(log), commands=told["commands"]) == told["expect"]
    assert (told["name"], told["country"]) == ("mine", "US")
    assert told["modem"].startswith("U.S. Robotics")
    for file in (log, log.with_suffix(".json"), *(scene.house.data / "captures").iterdir()):
        text = file.read_text("latin-1")
        assert NUMBER not in text, file
        assert "AVERY" not in text, file
    assert f"{log.stat().st_size:,} bytes" in said.stdout
    assert "replaced by made-up ones" in said.stdout
    assert "1 ring" in replayed.stdout
    assert kept == [".json", ".log"]


def test_a_capture_of_one_line_is_not_written_by_another_and_overwrites_nothing(tmp_path: Path) -> None:
    log = tmp_path / "mine.log"
    log.write_text("precious")
    with Scene(tmp_path) as scene:
        refused = scene.house.quietline("capture", str(log), code=1)
        unknown = scene.house.quietline("capture", str(tmp_path / "other.log"), "--line", "office", code=1)
        assert log.read_text() == "precious"
        scene.house.quietline("capture", str(log), "--force", "--line", "main")
    assert "exists already" in refused.stderr
    assert "The line office is not running" in unknown.stderr
    assert b"OK" in log.read_bytes()
    assert not (tmp_path / "other.log").exists()
