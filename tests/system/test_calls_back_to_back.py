"""Two callers in quick succession: each is decided for itself and has its own row."""

from pathlib import Path

from tests.system.house import House
from tests.system.scene import Scene

SELLER, FRIEND, OTHER_SELLER = "2125550123", "2125550177", "2125550144"


def lists(house: House) -> None:
    house.block("+12125550123", label="Roof sellers")
    house.block("+12125550144", label="Window sellers")


def test_a_listed_caller_three_seconds_after_a_wanted_one_is_dropped(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        wanted = scene.sim.call(number=FRIEND, name="BRIAR QUINN", rings=1)
        listed = scene.sim.call(number=SELLER, name="ROOF SELLERS", after=3.0)
        assert wanted.wait(10) == "gave_up"
        assert listed.wait(20) == "dropped"
        assert listed.rings == 1
        rows = scene.house.ended(2)
        assert [(row.shown, row.name, row.rings, row.outcome) for row in rows] == [
            (FRIEND, "BRIAR QUINN", 1, "rang_out"),
            (SELLER, "ROOF SELLERS", 1, "dropped"),
        ]
        assert scene.seizures == 1


def test_a_wanted_caller_three_seconds_after_a_dropped_one_rings_through(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        listed = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        wanted = scene.sim.call(number=FRIEND, name="BRIAR QUINN", rings=1, after=3.0)
        assert listed.wait(10) == "dropped"
        rows = scene.house.ended(2)
        assert wanted.outcome == "gave_up"
        assert [(row.shown, row.name, row.rings, row.outcome) for row in rows] == [
            (SELLER, "ROOF SELLERS", 1, "dropped"),
            (FRIEND, "BRIAR QUINN", 1, "rang_out"),
        ]
        assert scene.seizures == 1


def test_a_withheld_caller_three_seconds_after_a_dropped_one_rings_through(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        listed = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        withheld = scene.sim.call(absence="private", rings=1, after=3.0)
        assert listed.wait(10) == "dropped"
        rows = scene.house.ended(2)
        assert withheld.outcome == "gave_up"
        assert [(row.category, row.outcome) for row in rows] == [("blocked", "dropped"), ("withheld", "rang_out")]
        assert scene.seizures == 1


def test_the_same_listed_caller_who_dials_again_at_once_is_dropped_again(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        first = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        again = scene.sim.call(number=SELLER, name="ROOF SELLERS", after=3.0)
        assert first.wait(10) == "dropped"
        assert again.wait(20) == "dropped"
        assert again.rings == 1
        rows = scene.house.ended(2)
        assert [(row.shown, row.outcome) for row in rows] == [(SELLER, "dropped")] * 2
        assert scene.seizures == 2


def test_a_report_without_a_ring_is_call_waiting_and_never_touched(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", rings=0, before_ring=True)
        row = scene.row_of(call)
        assert (row.outcome, row.rings, row.category) == ("waiting_call", 0, "blocked")
        assert scene.seizures == 0
