"""The main switch and "permit the next call", with the real process: what is recorded, and what touches the line."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hardware.simulator import Call
from tests.system.house import House
from tests.system.scene import Scene

SELLER = "02079460123"


def blocked_seller(house: House) -> None:
    house.block("+442079460123", label="Roof sellers")


@pytest.mark.parametrize(("mode", "outcome"), [("rehearsal", "would_drop"), ("off", "rang_out")])
def test_outside_mode_on_the_line_is_never_touched_but_every_call_is_recorded(
    tmp_path: Path, mode: str, outcome: str
) -> None:
    def prepare(house: House) -> None:
        blocked_seller(house)
        house.set("mode", mode)

    with Scene(tmp_path, country="GB", prepare=prepare) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", rings=2)
        row = scene.row_of(call)
        assert (call.outcome, call.rings) == ("gave_up", 2)
        assert (row.mode, row.outcome, row.treatment, row.category) == (mode, outcome, "drop", "blocked")
        assert scene.seizures == 0
        assert not scene.sim.line.disturbed


def test_a_switch_to_rehearsal_counts_for_the_next_call_without_a_restart(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        first = scene.sim.call(number=SELLER)
        assert first.wait(10) == "dropped"
        scene.row_of(first)
        scene.house.set("mode", "rehearsal")
        second = scene.sim.call(number=SELLER, rings=1)
        assert second.wait(10) == "gave_up"
        assert scene.seizures == 1
        scene.row_when(lambda row: row.mode == "rehearsal", "the second call was rehearsed")


def _arm(house: House, seconds: float) -> datetime:
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    house.set("permit_next_until", until.isoformat(timespec="microseconds"))
    return until


def test_permit_next_call_lets_one_call_through_and_only_one(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        _arm(scene.house, 1800)
        first = scene.sim.call(number=SELLER, rings=1)
        row = scene.row_of(first)
        assert (first.outcome, row.outcome) == ("gave_up", "rang_out")
        assert (row.category, row.reason, row.treatment) == ("permitted_next", "permit_next", "ring")
        assert scene.seizures == 0
        with scene.house.store() as store:
            assert store.settings.get("permit_next_until") == ""
        second = scene.sim.call(number=SELLER)
        assert second.wait(10) == "dropped"
        scene.row_when(lambda row: row.reason == "block_list", "the second call is decided by the lists")
        assert any("let through by “permit the next call”" in event for event in scene.house.events())


def test_a_call_that_came_through_on_permit_next_is_not_dropped_when_more_of_its_report_comes(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        _arm(scene.house, 1800)
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", pieces=1.0, rings=2)  # screened again at each piece
        row = scene.row_of(call)
        assert (call.outcome, row.reason, row.name) == ("gave_up", "permit_next", "ROOF SELLERS")
        assert scene.seizures == 0


def test_permit_next_call_runs_out(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        until = _arm(scene.house, 2.0)
        time.sleep(max(0.0, (until - datetime.now(UTC)).total_seconds()))
        call: Call = scene.sim.call(number=SELLER)
        assert call.wait(10) == "dropped"
        row = scene.row_when(lambda row: row.reason, "the decision is in the row")
        assert row.reason == "block_list"
        assert "run out" in row.trace[0].saw
