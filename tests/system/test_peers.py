"""Reports that stopped other blockers, given to the real process: it lives, drops whom it should, keeps a row."""

from pathlib import Path

import pytest

from appliance.core.household import EntryKind
from tests.system.house import House
from tests.system.scene import Scene


def lists(house: House) -> None:
    house.block("+12125550123", label="Roof sellers")


RING = b"\r\nRING\r\n"


@pytest.mark.parametrize(
    ("report", "name"),
    [
        (b"\r\nDATE0801\r\nTIME=9999\r\nNMBR=2125550123\r\nNAME=ROOF=SELLERS=INC\r\n", "ROOF=SELLERS=INC"),
        (b"\r\nDATE=0229\r\nTIME=\r\nNMBR=2125550123\r\nNAME=CAF\x81 \x8dX\r\n", "CAFü ìX"),
    ],
    ids=["no equals sign and two too many", "a day of leap years and letters beyond ASCII"],
)
def test_a_report_that_cannot_all_be_right_still_drops_a_listed_caller(
    tmp_path: Path, report: bytes, name: str
) -> None:
    with Scene(tmp_path, prepare=lists) as scene:
        scene.sim.garbage(RING)
        scene.sim.garbage(report)
        row = scene.row_when(lambda row: row.outcome == "dropped", "it is dropped")
        assert (row.number, row.name, row.reason) == ("+12125550123", name, "block_list")
        assert scene.seizures == 1
        assert scene.process.alive()


def test_a_report_with_a_name_alone_is_a_call_with_a_row(tmp_path: Path) -> None:
    """Without a number such calls were neither logged nor judged; a name can be on a list all the same."""
    with Scene(tmp_path, prepare=lambda house: house.block("ROOF*", EntryKind.NAME)) as scene:
        scene.sim.garbage(RING)
        scene.sim.garbage(b"\r\nNAME=ROOF SELLERS\r\n")
        row = scene.row_when(lambda row: row.outcome == "dropped", "it is dropped")
        assert (row.name, row.number, row.reason) == ("ROOF SELLERS", None, "block_list")
        assert scene.seizures == 1
