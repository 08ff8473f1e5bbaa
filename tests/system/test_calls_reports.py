"""Caller ID as lines and modems print it: in pieces, late, in any order, with prefixes; each name on its own call."""

from pathlib import Path

import pytest

from appliance.core.household import EntryKind
from tests.system.house import House
from tests.system.scene import Scene, answered_within

SELLER = "2125550123"


def blocked_seller(house: House) -> None:
    house.block("+12125550123", label="Roof sellers")


@pytest.mark.parametrize("pieces", [0.1, 0.5, 1.0, 3.0])
def test_a_listed_caller_is_dropped_however_slowly_the_report_drips_in(tmp_path: Path, pieces: float) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", pieces=pieces)
        assert call.wait(25) == "dropped"
        # Field lines come at 3.3 s and every `pieces` after; the number is the third.
        rings_by_then = 1 + int((3.3 + 2 * pieces) // 6)
        assert call.rings == rings_by_then
        assert answered_within(call) < 1.0
        # The quick ones need not be watched to the end of the silence that shows that the drop worked.
        if pieces > 0.5:
            row = scene.row_of(call)
        else:
            row = scene.row_when(lambda row: row.name and row.outcome, "all of the report")
        assert (row.number, row.outcome) == ("+12125550123", "dropped")
        assert row.reported_date is not None  # it came rings before the number, and belongs to it all the same
        assert row.name == "ROOF SELLERS" or pieces > 2.5  # the network falls silent when the caller is dropped
        assert len(scene.house.calls()) == 1
        assert scene.seizures == 1


def test_a_name_that_comes_after_the_drop_still_names_the_row(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=SELLER, order=("DATE", "TIME", "NMBR"))
        assert call.wait(10) == "dropped"
        scene.sim.garbage(b"NAME=ROOF SELLERS\r\n")
        row = scene.row_of(call)
        assert (row.name, row.outcome) == ("ROOF SELLERS", "dropped")
        assert len(scene.house.calls()) == 1
        assert scene.seizures == 1


@pytest.mark.parametrize("pieces", [0.5, 3.0])
def test_an_unknown_caller_in_pieces_is_one_row_with_everything(tmp_path: Path, pieces: float) -> None:
    with Scene(tmp_path, country="GB") as scene:
        call = scene.sim.call(number="02079460177", name="JORDAN AVERY", pieces=pieces, rings=3)
        row = scene.row_of(call)
        assert (row.name, row.number) == ("JORDAN AVERY", "+442079460177")
        assert row.reported_date is not None
        assert row.reported_time is not None
        assert len(scene.house.calls()) == 1


def test_a_caller_blocked_by_name_is_dropped_when_the_name_comes_a_second_after_the_number(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lambda house: house.block("*SELLERS*", EntryKind.NAME)) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", pieces=1.0)
        assert call.wait(20) == "dropped"
        assert call.rings <= 2
        assert scene.row_when(lambda row: row.reason, "decided").reason == "block_list"


def test_a_listed_caller_whose_report_comes_after_the_second_ring_is_still_dropped(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", late=5.0)  # at 8.3 s; the second ring is at 6 s
        assert call.wait(20) == "dropped"
        assert call.rings == 2
        row = scene.row_when(lambda row: row.category == "blocked", "decided again")
        assert (row.name, row.reason) == ("ROOF SELLERS", "block_list")
        assert len(scene.house.calls()) == 1


SPELLINGS = ["12125550123", "+12125550123", "01112125550123", "(212)555-0123"]


@pytest.mark.parametrize("shown", SPELLINGS[:2])
def test_a_listed_number_with_its_country_in_front_is_dropped(tmp_path: Path, shown: str) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        call = scene.sim.call(number=shown, name="ROOF SELLERS")
        assert call.wait(10) == "dropped"
        assert call.rings == 1
        row = scene.row_when(lambda row: row.number, "the number in the row")
        assert (row.shown, row.number) == (shown, "+12125550123")


def test_a_listed_number_is_recognised_in_every_spelling_of_it(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=blocked_seller) as scene:
        for shown in SPELLINGS:  # reports without a ring: each is a call of its own
            scene.sim.garbage(b"\r\nDATE=0801\r\nTIME=1015\r\nNMBR=" + shown.encode() + b"\r\nNAME=ROOF\r\n")
        scene.row_when(lambda row: row.shown == SPELLINGS[-1] and row.name, "the last of them")
        rows = scene.house.calls()
        assert [row.shown for row in rows] == SPELLINGS
        assert {(row.number, row.reason) for row in rows} == {("+12125550123", "block_list")}


def test_a_foreign_listed_number_is_recognised_behind_00_and_plus(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=lambda house: house.block("+31205550123")) as scene:
        first = scene.sim.call(number="0031205550123")
        assert first.wait(10) == "dropped"
        scene.row_of(first)
        second = scene.sim.call(number="+31205550123")
        assert second.wait(10) == "dropped"
        assert [row.number for row in scene.house.calls()] == ["+31205550123"] * 2


ORDERS = [
    ("NAME", "NMBR", "DATE", "TIME"),
    ("NMBR", "NAME", "TIME", "DATE"),
    ("NMBR", "DATE", "TIME", "NAME"),
    ("DATE", "TIME", "NAME", "NMBR"),
]


@pytest.mark.parametrize("order", ORDERS, ids=["-".join(order) for order in ORDERS])
def test_each_name_is_logged_on_its_own_call_in_every_field_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    with Scene(tmp_path, country="GB") as scene:
        first = scene.sim.call(number="02079460111", name="AVERY JORDAN", order=order, rings=1)
        scene.row_of(first)
        scene.sim.call(number="02079460122", name="BRIAR QUINN", order=order, rings=1)
        scene.row_when(lambda row: row.name and row.number and row.shown != "02079460111", "the second call is known")
        assert [(row.shown, row.name) for row in scene.house.calls()] == [
            ("02079460111", "AVERY JORDAN"),
            ("02079460122", "BRIAR QUINN"),
        ]


def test_a_nameless_call_does_not_get_the_name_of_the_call_before(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB") as scene:
        first = scene.sim.call(number="02079460111", name="AVERY JORDAN", rings=1)
        scene.row_of(first)
        second = scene.sim.call(number="02079460122", rings=1)
        assert second.wait(5) == "gave_up"
        assert [row.name for row in scene.house.calls()] == ["AVERY JORDAN", None]


def test_several_ring_lines_within_one_ring_count_as_one(tmp_path: Path) -> None:
    with Scene(tmp_path) as scene:
        call = scene.sim.call(number="2125550177", rings=2)
        for _ in range(2):
            scene.sim.garbage(b"\r\nRING\r\n")  # printed at both edges of a burst, as some chipsets do
        row = scene.row_of(call)
        assert (call.rings, row.rings) == (2, 2)
        assert len(scene.house.calls()) == 1
