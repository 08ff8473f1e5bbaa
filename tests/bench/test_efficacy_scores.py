"""What the efficacy benchmark counts as stopped, reached and lost; and a small run of it on the real thing."""

import json
import subprocess
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from appliance.cli import main
from bench.efficacy.playing import Decided, decided
from bench.efficacy.population import traces
from bench.efficacy.scoring import LOSING, Score, scored
from bench.efficacy.tables import as_json, by_kind, summary
from bench.efficacy.traces import Call
from bench.efficacy.weights import weights
from tests.system.house import House

SEED = 20261122
CALL = Call(
    "1", datetime(2026, 9, 1, 12, tzinfo=UTC), "2125550123", None, None, 6, 10.0, 40.0,
    wanted=True, kind="new_office", presses=True,
)  # fmt: skip  # one row, one line
SELLER = replace(CALL, wanted=False, kind="steady")
MACHINE = replace(SELLER, presses=False)


def became(call: Call, wanted: str, today: str | None = None) -> Decided:
    return Decided(call, wanted, today or wanted, "unknown", "unknown")


@pytest.mark.parametrize("treatment", sorted(LOSING))
def test_a_wanted_call_that_ends_with_nothing_is_lost(treatment: str) -> None:
    assert scored("balanced", "US", [became(CALL, treatment)]).wanted.lost == 1


@pytest.mark.parametrize("treatment", ["ring", "challenge", "voicemail"])
def test_a_wanted_call_that_may_speak_is_not_lost(treatment: str) -> None:
    assert scored("balanced", "US", [became(CALL, treatment)]).wanted.lost == 0


def test_an_unwanted_call_that_rings_is_not_stopped_and_reaches_somebody() -> None:
    score = scored("gentle", "US", [became(SELLER, "ring"), became(SELLER, "drop")]).unwanted
    assert (score.calls, score.stopped, score.reached()) == (2, 1, 1.0)


def test_of_the_challenged_some_press_the_key() -> None:
    score = scored("balanced", "US", [became(SELLER, "challenge"), became(MACHINE, "challenge")]).unwanted
    assert score.stopped == 2
    assert score.cannot_press == 1
    expected = weights().figure("agent_presses") + weights().figure("machine_presses")
    assert score.reached() == pytest.approx(expected)
    assert score.reached(1.0) == pytest.approx(1.0 + weights().figure("machine_presses"))


def test_what_is_done_today_is_counted_apart() -> None:
    result = scored("balanced", "US", [became(SELLER, "challenge", "ring")])
    assert (result.unwanted.stopped, result.unwanted_today.stopped) == (1, 0)


def test_nothing_counted_is_no_division_by_zero() -> None:
    assert (Score().stopped, Score().reached()) == (0, 0.0)
    assert "0.0 %" in summary([scored("balanced", "US", [])])


def test_the_json_holds_what_the_tables_hold() -> None:
    result = scored("balanced", "US", [became(CALL, "ring"), became(SELLER, "drop")])
    found = json.loads(as_json([result]))[0]
    assert (found["unwanted"]["stopped"], found["wanted"]["lost"]) == (1, 0)
    assert {kind["kind"] for kind in found["kinds"]} == {"new_office", "steady"}
    assert "unknown: drop 1" in by_kind(result)


class HouseInThisProcess(House):
    """Its commands run here: seven processes would take the gate as many seconds."""

    def quietline(self, *arguments: str, code: int | None = 0, stdin: str = "") -> subprocess.CompletedProcess[str]:
        words = ["--data", str(self.data), "--config", str(self.config), *arguments]
        with redirect_stdout(StringIO()) as output:
            found = main(words)
        assert found == code, output.getvalue()
        return subprocess.CompletedProcess(words, found, output.getvalue())


@pytest.mark.parametrize(("region", "days"), [("US", 240), ("GB", 120), ("DE", 240), ("ES", 90), ("IN", 60)])
def test_balanced_loses_no_wanted_call_and_stops_95_of_100_unwanted_ones(
    region: str, days: int, tmp_path: Path
) -> None:
    (trace,) = traces(region, 1, days, SEED)
    house = HouseInThisProcess(tmp_path, country=region, area_code=trace.home.area_code)
    result = scored("balanced", region, decided(trace, ["balanced"], house)["balanced"])
    assert result.unwanted.calls > 80
    assert result.wanted.lost == 0, by_kind(result)
    assert result.unwanted.stopped >= 0.95 * result.unwanted.calls, by_kind(result)
