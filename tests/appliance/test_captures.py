"""Captures on disk, and the command without a line process: a real port, a real store."""

import json
import os
import resource
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.captures import FOLDER, KEPT, WRITTEN, CaptureTrouble, fetch, keep, on_request, write
from appliance.health import Health
from appliance.store import LineStatus, Store
from hardware.events import ModemIdentified
from hardware.replay import read_log
from hardware.simulator import SimulatedModem
from hardware.tape import Direction, Tape
from tests.appliance.conftest import Quietline
from tests.system.house import eventually

NUMBER = b"2125550143"
NAME = b"JO PUBLIC"


@pytest.fixture
def tape() -> Tape:
    tape = Tape()
    tape.add(Direction.WRITTEN, b"AT\r", 100.0)
    tape.add(Direction.READ, b"\r\nOK\r\n", 100.1)
    tape.add(Direction.READ, b"\r\nRING\r\n", 160.0)
    tape.add(Direction.READ, b"\r\nDATE=0717\r\nTIME=1217\r\nNMBR=%b\r\nNAME=%b\r\n" % (NUMBER, NAME), 162.0)
    return tape


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# -- what the line keeps


def test_what_is_kept_holds_no_number_and_no_name(tmp_path: Path, tape: Tape) -> None:
    outcome = keep(tmp_path / FOLDER, "main-1", tape, modem="A Modem", country="US")
    assert outcome == WRITTEN + "main-1.log"
    assert names(tmp_path / FOLDER) == ["main-1.json", "main-1.log"]
    for file in (tmp_path / FOLDER).iterdir():
        assert NUMBER not in file.read_bytes()
        assert NAME not in file.read_bytes()


def test_the_oldest_go_whatever_their_line(tmp_path: Path, tape: Tape) -> None:
    folder = tmp_path / FOLDER
    for number in range(KEPT + 2):
        line = "zoo" if number < 2 else "attic"
        assert keep(folder, f"{line}-2026010{number}", tape, modem="", country="US").startswith(WRITTEN)
    kept = {f"attic-2026010{number}" for number in range(2, KEPT + 2)}
    assert names(folder) == sorted(f"{stem}.{ending}" for stem in kept for ending in ("json", "log"))


def test_a_folder_that_cannot_be_made_is_an_outcome_and_no_error(tmp_path: Path, tape: Tape) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    outcome = keep(tmp_path / FOLDER, "main-1", tape, modem="", country="US")
    assert not outcome.startswith(WRITTEN)
    assert outcome.endswith(".")
    with pytest.raises(CaptureTrouble, match="captures"):
        fetch(tmp_path, outcome, tmp_path / "mine.log")


def test_being_asked_costs_the_line_nothing_until_the_errand_runs(tmp_path: Path, tape: Tape) -> None:
    health = Health("main", 1, "0", datetime.now(UTC), "GB")
    health.modem_ready("/dev/null", ModemIdentified(name="A Modem", firmware="", voice=False, caller_id=True))
    errand = on_request(tmp_path, health, tape)("command", 1.0)
    assert names(tmp_path) == []
    log = tmp_path / FOLDER / errand().removeprefix(WRITTEN)
    told = json.loads(log.with_suffix(".json").read_bytes())
    assert (told["modem"], told["country"]) == ("A Modem", "GB")


def test_a_line_with_a_path_for_a_name_stays_in_its_folder(tmp_path: Path, tape: Tape) -> None:
    outcome = keep(tmp_path / FOLDER, "../../x-1", tape, modem="", country="US")
    assert names(tmp_path / FOLDER) == ["..-..-x-1.json", "..-..-x-1.log"]
    assert fetch(tmp_path, outcome, tmp_path / "mine.log").log == tmp_path / "mine.log"


# -- what a person gets


def test_a_kept_capture_is_fetched_under_the_name_a_person_chose(tmp_path: Path, tape: Tape) -> None:
    outcome = keep(tmp_path / FOLDER, "main-1", tape, modem="A Modem", country="US")
    written = fetch(tmp_path, outcome, tmp_path / "mine.log")
    assert written.description == tmp_path / "mine.json"
    assert json.loads(written.description.read_bytes())["name"] == "mine"
    assert written.bytes == written.log.stat().st_size
    assert written.seconds == 61.9
    assert names(tmp_path) == [FOLDER, "mine.json", "mine.log"]


def test_nothing_is_written_over_unless_that_is_wanted(tmp_path: Path, tape: Tape) -> None:
    (tmp_path / "mine.json").write_text("precious")
    with pytest.raises(CaptureTrouble, match=r"mine\.json exists already"):
        write(tape.entries(), tmp_path / "mine.log", modem="", country="US")
    assert names(tmp_path) == ["mine.json"]
    write(tape.entries(), tmp_path / "mine.log", modem="", country="US", replace=True)
    assert b"RING" in (tmp_path / "mine.log").read_bytes()
    assert (tmp_path / "mine.json").read_text() != "precious"


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path, tape: Tape) -> None:
    with pytest.raises(CaptureTrouble, match="cannot be written: No such file or directory"):
        write(tape.entries(), tmp_path / "nowhere" / "mine.log", modem="", country="US")


def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path: Path, tape: Tape) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))  # Python has the signal of it ignored: EFBIG
    try:
        with pytest.raises(CaptureTrouble, match="cannot be written: File too large"):
            write(tape.entries(), tmp_path / "mine.log", modem="", country="US")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == []


def test_an_empty_tape_makes_an_empty_capture(tmp_path: Path) -> None:
    written = write((), tmp_path / "mine.log", modem="", country="US")
    assert (written.bytes, written.seconds) == (0, 0.0)


# -- the command without a line process


def calls_once_it_is_listened_to(sim: SimulatedModem) -> None:
    eventually(lambda: any(b"AT+VCID?" in entry.data for entry in sim.log), 30, "the modem is set up")
    sim.call(number=NUMBER.decode(), name=NAME.decode(), rings=2)


def test_without_a_line_the_modem_is_opened_here_and_listened_to(quietline: Quietline, tmp_path: Path) -> None:
    with SimulatedModem(speed=10.0) as sim:
        caller = threading.Thread(target=calls_once_it_is_listened_to, args=(sim,))
        caller.start()
        said = quietline("capture", tmp_path / "mine.log", "--port", sim.port, "--seconds", 4)
        caller.join()
    assert said.code == 0, said.err
    assert "Call your own number now" in said.err
    assert "It rings." in said.err
    assert "Caller ID came." in said.err
    assert f"quietline replay {tmp_path / 'mine.log'}" in said.out
    log = (tmp_path / "mine.log").read_bytes()
    assert b"RING" in log
    assert NUMBER not in log + (tmp_path / "mine.json").read_bytes()
    told = json.loads((tmp_path / "mine.json").read_bytes())
    assert told["modem"] == "U.S. Robotics 56K FAX USB"
    replayed = quietline("replay", tmp_path / "mine.log")
    assert "(202) 555-0100" in replayed.out


def test_the_ending_of_the_name_may_be_left_out(quietline: Quietline, tmp_path: Path) -> None:
    with SimulatedModem(speed=10.0) as sim:
        assert quietline("capture", tmp_path / "mine", "--port", sim.port, "--seconds", 1).code == 0
    assert read_log(tmp_path / "mine.log")
    assert (tmp_path / "mine.json").exists()


def test_a_port_without_a_modem_is_one_line_and_no_file(quietline: Quietline, tmp_path: Path) -> None:
    said = quietline("capture", tmp_path / "mine.log", "--port", "/dev/ttyQuietlineNone")
    assert said.code == 1
    assert "/dev/ttyQuietlineNone does not exist" in said.err
    assert not (tmp_path / "mine.log").exists()


def test_a_file_that_is_there_is_refused_before_anybody_calls(quietline: Quietline, tmp_path: Path) -> None:
    (tmp_path / "mine.log").touch()
    said = quietline("capture", tmp_path / "mine.log", "--port", "/dev/ttyQuietlineNone")
    assert said.code == 1
    assert "exists already; choose another name, or say --force" in said.err
    assert "Looking" not in said.err


# -- which line is asked


def row(name: str) -> LineStatus:
    now = datetime.now(UTC)
    return LineStatus(name, os.getpid(), now, now, "0", "idle")


def test_several_lines_want_a_name_and_a_wrong_one_is_told(quietline: Quietline, tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        for name in ("main", "office"):
            store.status.put(row(name))
        store.status.put(replace(row("attic"), state="stopped"))
    said = quietline("capture", tmp_path / "mine.log")
    assert said.code == 2
    assert "--line main or --line office" in said.err
    said = quietline("capture", tmp_path / "mine.log", "--line", "attic")
    assert said.code == 1
    assert "The line attic is not running" in said.err
    said = quietline("capture", tmp_path / "mine.log", "--line", "main", "--seconds", "5")
    assert said.code == 2
    assert "--seconds" in said.err


def test_a_line_that_does_not_answer_is_told(
    quietline: Quietline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.commands.capture.ANSWER_S", 0.2)
    with Store.open(tmp_path / "data") as store:
        store.status.put(row("main"))
    said = quietline("capture", tmp_path / "mine.log")
    assert said.code == 1
    assert "The line main did not answer within 0.2 seconds" in said.err
    assert not (tmp_path / "mine.log").exists()
