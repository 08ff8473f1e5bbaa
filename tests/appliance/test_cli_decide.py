"""`quietline trace` and `quietline what-if`: many calls decided at once, nothing stored."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.commands.base import Exit
from appliance.store import CallRecord, Store
from tests.appliance.conftest import Quietline

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)


def call(name: str, **changed: Any) -> str:
    fields = {"id": name, "at": AT.isoformat(), "number": "2125550100", "name": None, "absence": None, "rings": 4}
    return json.dumps(fields | {"answered": None, "duration_s": 20} | changed)


def written(folder: Path, *lines: str) -> Path:
    file = folder / "calls.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return file


def answers(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def rows(data: Path) -> tuple[int, int, int]:
    with Store.open(data) as store:
        return store.calls.count(), len(store.events.page().rows), store.household_version()


def test_a_trace_decides_by_the_lists_and_settings_of_the_store_and_stores_nothing(
    quietline: Quietline, tmp_path: Path
) -> None:
    quietline("block", "add", "2125550199")
    quietline("policy", "set", "day", "withheld", "drop")
    before = rows(tmp_path / "data")
    hidden = call("hidden", number=None, absence="private")
    said = quietline("trace", written(tmp_path, call("one"), call("two", number="12125550199"), "", hidden))
    assert (said.code, said.err) == (0, "")
    one, two, three = answers(said.out)
    assert (one["id"], one["reason"], one["verdict"]) == ("one", "unknown", "screen")
    assert two == {
        "id": "two",
        "verdict": "block",
        "category": "blocked",
        "treatment": "drop",
        "reason": "block_list",
        "profile": "day",
    }
    assert (three["category"], three["treatment"]) == ("withheld", "drop")
    assert rows(tmp_path / "data") == before


def test_a_trace_against_a_folder_without_a_store_leaves_none_behind(quietline: Quietline, tmp_path: Path) -> None:
    said = quietline("trace", written(tmp_path, call("one")), data=tmp_path / "fresh")
    assert said.code == 0
    assert answers(said.out)[0]["reason"] == "unknown"
    assert not (tmp_path / "fresh").exists()


def test_a_trace_with_a_preset_leaves_the_chosen_one(quietline: Quietline, tmp_path: Path) -> None:
    quietline("preset", "gentle")
    file = written(tmp_path, call("one", absence="private"))
    found = {name: answers(quietline("trace", file, "--preset", name).out)[0] for name in ("gentle", "strict")}
    assert found["gentle"]["treatment"] != found["strict"]["treatment"]
    assert answers(quietline("trace", file).out) == [found["gentle"]]
    said = quietline("trace", file, "--preset", "harsh")
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "gentle, balanced or strict" in said.err


def test_schedules_and_expiry_go_by_the_time_of_the_call(quietline: Quietline, tmp_path: Path) -> None:
    quietline("settings", "set", "time_zone", "Europe/Amsterdam")
    quietline("schedule", "set", "night mon-sun 22:00-07:00")
    quietline("block", "add", "2125550199", "--expires", "30d")
    late = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    lines = [
        call("evening", at="2026-11-22T21:59:00+01:00"),
        call("night", at="2026-11-22T22:00:00+01:00"),
        call("blocked", number="2125550199", at=datetime.now(UTC).isoformat()),
        call("expired", number="2125550199", at=late),
    ]
    evening, night, blocked, expired = answers(quietline("trace", written(tmp_path, *lines)).out)
    assert (evening["profile"], night["profile"]) == ("day", "night")
    assert (blocked["category"], expired["category"]) == ("blocked", "unknown")


def test_the_history_of_a_trace_is_its_file_and_not_the_log(quietline: Quietline, tmp_path: Path) -> None:
    again = call("again", at=(AT + timedelta(minutes=5)).isoformat())
    file = written(tmp_path, call("first"), again)
    assert [answer["reason"] for answer in answers(quietline("trace", file).out)] == ["unknown", "repeat_caller"]
    with Store.open(tmp_path / "data") as store:
        row = CallRecord("one", "main", AT, AT, 4, "2125550100", "+12125550100", presentation="allowed")
        store.calls.put(replace(row, category="unknown", verdict="screen", outcome="rang_out"))
    assert answers(quietline("trace", written(tmp_path, again)).out)[0]["reason"] == "unknown"


def test_a_line_that_can_not_be_read_is_named_after_the_calls_before_it(quietline: Quietline, tmp_path: Path) -> None:
    said = quietline("trace", written(tmp_path, call("one"), "", call("two", rings="many"), call("three")))
    assert said.code == Exit.USAGE
    assert [answer["id"] for answer in answers(said.out)] == ["one"]
    assert said.err.startswith('quietline: Line 3 cannot be read: "rings" must be')
    assert said.err.count("\n") == 1


def test_a_file_without_any_line_break_is_refused_without_reading_it_whole(
    quietline: Quietline, tmp_path: Path
) -> None:
    (tmp_path / "noise").write_bytes(bytes(3_000_000))
    said = quietline("trace", tmp_path / "noise")
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "Line 1 cannot be read" in said.err
    assert quietline("trace", tmp_path / "nowhere").code == Exit.USAGE


def test_a_trace_answers_each_call_of_a_pipe_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "appliance.cli", "--data", str(tmp_path), "trace", "-"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        for name in ("one", "two"):
            process.stdin.write(call(name) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
    assert process.returncode == 0


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three calls of yesterday: one that withheld its number, one from 212 555 0100, one long ago."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with Store.open(tmp_path / "data") as store:
        row = CallRecord("known", "main", yesterday, yesterday, 4, "2125550100", "+12125550100", "ACME")
        known = replace(row, presentation="allowed", outcome="rang_out", category="unknown", treatment="ring")
        hidden = CallRecord("hidden", "main", yesterday, yesterday, 4, presentation="restricted", outcome="rang_out")
        long_ago = yesterday - timedelta(days=100)
        store.calls.put(replace(known, uid="old", started_at=long_ago, ended_at=long_ago))
        store.calls.put(known)
        store.calls.put(hidden)
    return tmp_path / "data"


def test_what_if_says_which_calls_a_setting_would_have_changed(quietline: Quietline, log: Path) -> None:
    quietline("policy", "set", "day", "withheld", "ring")
    before = rows(log)
    said = quietline("what-if", "--set", "treatment.day.withheld=drop")
    first, line = said.out.splitlines()
    assert first == (
        "Of 2 calls in the last 30 days 1 would have been treated otherwise: "
        "1 would have been dropped instead of ringing."
    )
    assert "number withheld: would have been dropped instead of ringing. Blocked because the caller withheld" in line
    assert rows(log) == before


def test_what_if_tries_entries_of_the_lists(quietline: Quietline, log: Path) -> None:
    quietline("policy", "set", "day", "unknown", "ring")
    (blocked,) = json.loads(quietline("what-if", "--block", "212555*", "--json").out)
    assert (blocked["uid"], blocked["then"], blocked["now"]) == ("known", "ring", "drop")
    assert json.loads(quietline("what-if", "--block", "212555*", "--permit", "2125550100", "--json").out) == []
    assert len(json.loads(quietline("what-if", "--block", "212555*", "--days", 365, "--json").out)) == 2
    quietline("block", "add", "ACME*")
    (freed,) = json.loads(quietline("what-if", "--remove", "ACME*", "--json").out)
    assert (freed["uid"], freed["then"], freed["now"]) == ("known", "drop", "ring")
    assert quietline("what-if", "--remove", "2125550177").code == Exit.NOT_FOUND


@pytest.mark.parametrize("name", ["Strict", " STRICT "])
def test_a_preset_may_be_written_in_capitals(quietline: Quietline, tmp_path: Path, name: str) -> None:
    """`quietline trace CALLS --preset Strict`."""
    file = written(tmp_path, call("one", number="0000000000"))
    assert answers(quietline("trace", file, "--preset", name).out)[0]["treatment"] == "disconnected"
    assert quietline("what-if", "--preset", name).code == 0


@pytest.mark.parametrize("name", ["", " "])
def test_a_preset_without_a_name_is_refused(quietline: Quietline, tmp_path: Path, name: str) -> None:
    """`quietline trace CALLS --preset ""`."""
    for words in (["trace", written(tmp_path, call("one"))], ["what-if"]):
        said = quietline(*words, "--preset", name)
        assert (said.code, said.out) == (2, "")
        assert "There is no preset without a name" in said.err


def test_a_trace_does_not_go_by_what_holds_only_now(quietline: Quietline, tmp_path: Path) -> None:
    """`quietline expect 2h`, then `quietline trace CALLS`."""
    file = written(tmp_path, call("one", at=datetime.now(UTC).isoformat()))
    assert quietline("expect", "2h").code == 0
    assert answers(quietline("trace", file).out)[0]["reason"] == "unknown"


def test_what_if_tries_a_preset(quietline: Quietline, log: Path) -> None:
    quietline("preset", "gentle")
    assert "would have been treated otherwise:" in quietline("what-if", "--preset", "strict").out
    assert quietline("what-if", "--preset", "gentle").out.startswith("Of 2 calls in the last 30 days none")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "Say what would be different"),
        (["--set", "mode"], "NAME=VALUE"),
        (["--set", "moode=off"], "Did you mean mode?"),
        (["--set", "mode=onn"], "rehearsal"),
        (["--preset", "harsh"], "gentle, balanced or strict"),
        (["--block", "no number"], "no number"),
        (["--block", "2125550100", "--days", "0"], "--days"),
    ],
)
def test_what_if_refuses_what_makes_no_sense(quietline: Quietline, words: list[str], text: str) -> None:
    said = quietline("what-if", *words)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert text in said.err
