"""Modems that lie, refuse, forget or go dumb in the middle of a call: the phone rings on, and the household is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.simulator import USR
from tests.system.house import House, eventually
from tests.system.scene import Scene, held_for

SELLER = "02079460123"


def blocked_seller(house: House) -> None:
    house.block("+442079460123", label="Roof sellers")


def test_a_modem_that_rings_on_after_its_ok_is_told_again(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        scene.sim.keeps_ringing(times=1)
        call = scene.sim.call(number=SELLER)
        assert call.wait(20) == "dropped"
        assert call.seizures == 2
        row = scene.row_of(call)
        assert (row.outcome, row.rings) == ("dropped", call.rings)
        assert len(scene.house.calls()) == 1
        status = scene.house.status()
        assert status is not None
        assert status.faults == ()


def test_a_modem_that_never_takes_the_line_is_tried_three_times_and_then_told_as_a_fault(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        scene.sim.keeps_ringing()
        call = scene.sim.call(number=SELLER, rings=6)
        row = scene.row_of(call)
        assert call.outcome == "gave_up"
        assert row.outcome == "drop_failed"
        assert scene.seizures == 3
        assert len(scene.house.calls()) == 1  # one caller, one row
        eventually(lambda: any("could not be hung up" in fault for fault in _faults(scene)), 3)
        assert scene.process.alive()


def test_a_modem_that_refuses_to_take_the_line_lets_it_ring_and_says_so(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        scene.sim.refuse("ATH1")
        call = scene.sim.call(number=SELLER, rings=5)
        row = scene.row_of(call)
        assert call.outcome == "gave_up"
        assert row.outcome == "drop_failed"
        assert scene.seizures == 3
        assert len(scene.house.calls()) == 1
        eventually(lambda: any("could not be hung up" in fault for fault in _faults(scene)), 3)


def test_a_modem_that_refuses_once_obeys_at_the_next_ring(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:
        scene.sim.refuse("ATH1")
        call = scene.sim.call(number=SELLER)
        eventually(lambda: scene.seizures == 1, 5)
        scene.sim.accept("ATH1")
        assert call.wait(15) == "dropped"
        assert held_for(call) >= 2.0
        assert scene.seizures == 2
        assert scene.row_of(call).outcome == "dropped"


def test_every_call_without_caller_id_is_a_row_of_its_own(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB") as scene:
        first = scene.sim.call(rings=1)
        row = scene.row_of(first)
        assert (row.rings, row.category, row.shown, row.presentation) == (1, "no_caller_id", "", "none")
        scene.sim.call(rings=2)
        row = scene.row_when(lambda row: row.rings == 2 and row.category, "the second call")
        assert row.category == "no_caller_id"
        assert len(scene.house.calls()) == 2


def test_a_modem_that_lost_its_caller_id_setting_is_told_again_and_the_next_caller_has_a_name(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB") as scene:
        scene.sim.lose_caller_id_setting()
        told_before = scene.commands().count("AT+VCID=1")
        lost = scene.sim.call(number="02079460177", name="JORDAN AVERY", rings=2)  # the modem keeps it to itself
        row = scene.row_of(lost)
        assert (row.category, row.rings, row.shown) == ("no_caller_id", 2, "")
        eventually(lambda: scene.commands().count("AT+VCID=1") > told_before, 15, "Caller ID is asked for again")
        eventually(lambda: any(e.startswith("warning") for e in scene.house.events()), 5, "a warning on the page")
        assert any("had forgotten to report Caller ID" in event for event in scene.house.events())
        scene.sim.call(number="02079460177", name="JORDAN AVERY", rings=1)
        row = scene.row_when(lambda row: row.name, "the next call has a name")
        assert (row.name, row.number) == ("JORDAN AVERY", "+442079460177")


def test_a_modem_that_goes_dumb_while_it_holds_the_line_is_cut_off_by_closing_its_port(tmp_path: Path) -> None:
    obedient = replace(USR, hangs_up_when_closed=True)  # to &D2: closing drops DTR
    with Scene(tmp_path, country="GB", model=obedient, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=SELLER)
        assert call.wait(10, until=("answered",)) == "answered"
        scene.sim.go_silent()
        eventually(lambda: not scene.sim.line.off_hook, 20, "the line is on-hook")
        assert call.outcome == "dropped"
        eventually(lambda: (status := scene.house.status()) and status.modem != "ready", 10, "told as lost")
        scene.sim.speak_again()
        scene.house.wait_ready()
        assert any("did not let go of the line" in event for event in scene.house.events())


def test_a_modem_that_wakes_up_with_the_line_in_its_hand_is_told_to_let_go_at_once(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=blocked_seller) as scene:  # this one does not care for DTR
        call = scene.sim.call(number=SELLER)
        assert call.wait(10, until=("answered",)) == "answered"
        scene.sim.go_silent()
        told = len(scene.commands())
        eventually(lambda: "ATH0" in scene.commands()[told - 1 :], 10, "told to let go, and does not hear it")
        assert scene.sim.line.off_hook
        scene.sim.speak_again()
        eventually(lambda: not scene.sim.line.off_hook, 5, "the line is on-hook")
        row = scene.row_of(call)
        assert row.outcome == "dropped"
        assert len(scene.house.calls()) == 1


@pytest.mark.parametrize(("moment", "known"), [("ringing", ""), ("answered", "2125550123")])
def test_another_caller_who_rings_where_a_blocked_one_was_lost_with_the_modem_rings_on(
    tmp_path: Path, moment: str, known: str
) -> None:
    with Scene(tmp_path, prepare=lambda house: house.block("+12125550123")) as scene:
        blocked = scene.sim.call(number="2125550123", name="ROOF SELLERS")
        if moment == "answered":
            assert blocked.wait(10, until=("answered",)) == "answered"
        else:
            scene.row_when(lambda row: row.rings == 1, "the first ring is heard")
        scene.sim.unplug()
        blocked.hang_up()
        told = len(scene.commands())
        scene.sim.plug()
        # Sooner than the gap after which the line is quiet, so that the first call is not over yet.
        eventually(lambda: any("+VCID=1" in command for command in scene.commands()[told - 1 :]), 8, "set up again")
        assert scene.house.calls()[0].ended_at is None
        wanted = scene.sim.call(number="2125550177", name="BRIAR QUINN", rings=3)
        first, second = scene.house.ended(2)
        assert (first.shown, first.outcome) == (known, "interrupted")
        assert (second.number, second.outcome, second.rings) == ("+12125550177", "rang_out", 3)
        assert first.ended_at is not None
        assert abs((first.ended_at - second.started_at).total_seconds()) < 0.1, "told apart at its first ring"
        assert wanted.seizures == 0
        assert "ATH1" not in scene.commands()[told:]


def _faults(scene: Scene) -> tuple[str, ...]:
    status = scene.house.status()
    return status.faults if status else ()
