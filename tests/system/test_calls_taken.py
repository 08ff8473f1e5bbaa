"""The line belongs to the household: a taken call is never cut, and no end of ours leaves the line off-hook."""

import time
from pathlib import Path

from tests.system.house import House, eventually
from tests.system.scene import Scene

SELLER, FRIEND = "2125550123", "2125550177"


def blocked_seller(house: House) -> None:
    house.block("+12125550123", label="Roof sellers")


def test_sigterm_in_the_middle_of_a_held_call_leaves_the_line_on_hook(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        assert call.wait(10, until=("answered",)) == "answered"
        assert scene.process.stop() == 0
        assert not scene.sim.line.off_hook
        assert scene.commands()[-2:] == ["ATH0", ""]
        (row,) = scene.house.calls()
        assert row.outcome is not None
        assert row.ended_at is not None
        status = scene.house.status()
        assert status is not None
        assert status.state == "stopped"


def test_sigterm_on_a_quiet_line_ends_the_process_at_once(tmp_path: Path) -> None:
    with Scene(tmp_path) as scene:
        since = time.monotonic()
        assert scene.process.stop() == 0
        assert time.monotonic() - since < 3.0
        assert not scene.sim.line.off_hook


def test_a_call_taken_at_the_first_ring_is_not_cut_when_block_is_pressed(tmp_path: Path) -> None:
    with Scene(tmp_path) as scene:
        call = scene.sim.call(number=FRIEND, name="BRIAR QUINN")
        scene.row_when(lambda row: row.name, "the caller is known")
        scene.sim.lift_handset()
        time.sleep(0.2)
        scene.house.press("block")
        eventually(lambda: any("is now on the block list" in e for e in scene.house.events()), 5, "listed")
        row = scene.row_of(call)
        assert call.outcome == "taken"
        assert scene.seizures == 0
        assert not scene.sim.line.disturbed
        assert row.outcome == "rang_out"
        scene.sim.replace_handset()
        again = scene.sim.call(number=FRIEND, name="BRIAR QUINN")
        assert again.wait(10) == "dropped"


def test_a_call_taken_before_its_report_is_whole_is_not_cut_although_it_is_listed(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        # A handset lifted in the first silence: the network stops its report, so nobody can know who it is.
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        eventually(lambda: call.rings == 1, 5)
        time.sleep(2.3)
        scene.sim.lift_handset()
        row = scene.row_of(call)
        assert (call.outcome, row.category) == ("taken", "no_caller_id")
        assert scene.seizures == 0
        assert not scene.sim.line.disturbed


def test_block_pressed_in_the_silence_between_rings_waits_for_the_next_ring(tmp_path: Path) -> None:
    with Scene(tmp_path) as scene:
        call = scene.sim.call(number=FRIEND, name="BRIAR QUINN")
        scene.row_when(lambda row: row.name, "the caller is known")  # at 3.3 s; the bell is silent until 6 s
        scene.house.press("block")
        assert call.wait(10) == "dropped"
        assert call.rings == 2
        row = scene.row_of(call)
        assert (row.outcome, row.reason, row.treatment) == ("dropped", "block_pressed", "drop")


def test_a_caller_blocked_on_the_page_while_it_rings_is_dropped(tmp_path: Path) -> None:
    with Scene(tmp_path) as scene:
        call = scene.sim.call(number=FRIEND, name="BRIAR QUINN")
        scene.row_when(lambda row: row.name, "the caller is known")
        scene.house.block("+12125550177")
        assert call.wait(10) == "dropped"
        assert call.rings == 2
        assert scene.row_of(call).category == "blocked"
