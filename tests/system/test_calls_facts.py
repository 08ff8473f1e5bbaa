"""What modems tell beyond the caller: number that was called, ring, damage, other telephones, messages, themselves."""

import time
from pathlib import Path

from appliance.core.household import EntryKind
from hardware.simulator import MODELS
from tests.system.house import House, eventually
from tests.system.scene import Scene
from tests.system.visitor import Visitor

SELLER, FRIEND = "2125550123", "2125550177"
PASSWORD = "three green kettles"


def modem_options(house: House, *options: str) -> None:
    with house.config.open("a") as config:
        config.write("\n".join(["[modem]", *options, ""]))


def test_a_call_to_the_second_number_is_dropped_whoever_calls_and_the_row_tells_which(tmp_path: Path) -> None:
    def prepare(house: House) -> None:
        house.block("5550142", EntryKind.DIALLED, label="Fax")

    with Scene(tmp_path, prepare=prepare) as scene:
        scene.sim.garbage(b"\r\nRING\r\n")
        scene.sim.garbage(b"\r\nDATE=0801\r\nTIME=1015\r\nNDID=2125550142\r\nNMBR=2125550177\r\nNAME=BRIAR\r\n")
        row = scene.row_when(lambda row: row.outcome == "dropped", "it is dropped")
        assert (row.dialled, row.reason, row.number) == ("2125550142", "block_list", "+12125550177")
        assert scene.seizures == 1


def test_a_listed_caller_of_a_permitted_number_rings_although_the_number_alone_would_be_dropped(tmp_path: Path) -> None:
    def prepare(house: House) -> None:
        house.block("+12125550123")
        house.permit("+12125550142", EntryKind.DIALLED)

    with Scene(tmp_path, prepare=prepare) as scene:
        scene.sim.garbage(b"\r\nRING\r\n")
        scene.sim.garbage(b"\r\nNMBR=2125550123\r\n")
        time.sleep(0.3)  # the rest of the report is late: an early decision would have dropped it by now
        scene.sim.garbage(b"\r\nNDID=2125550142\r\nNAME=ROOF\r\n")
        row = scene.row_when(lambda row: row.dialled and row.reason, "decided on all of it")
        assert (row.category, row.treatment) == ("permitted", "ring")
        assert scene.seizures == 0


def test_a_call_of_one_ring_pattern_is_dropped_on_a_line_without_caller_id(tmp_path: Path) -> None:
    def prepare(house: House) -> None:
        house.block("B", EntryKind.RING, label="Second number")
        modem_options(house, "distinctive_ring = true")

    with Scene(tmp_path, prepare=prepare) as scene:
        scene.sim.garbage(b"\r\nRING B\r\n")
        row = scene.row_when(lambda row: row.outcome == "dropped", "it is dropped")
        assert (row.ring_pattern, row.reason, row.category) == ("B", "block_list", "blocked")
        assert scene.seizures == 1


def test_a_damaged_report_is_told_and_neither_its_number_nor_a_permit_of_it_counts(tmp_path: Path) -> None:
    def prepare(house: House) -> None:
        house.permit("+12125550104")
        house.set("treatment.day.no_caller_id", "drop")
        modem_options(house, 'caller_id = "raw"')

    with Scene(tmp_path, prepare=prepare) as scene:
        scene.sim.garbage(b"\r\nRING\r\n")
        # A single data message with a wrong checksum: 04 23 22 14 28, 212 555 0104.
        scene.sim.garbage(b"\r\n041230333232313431383231323535353031303499\r\n")
        row = scene.row_when(lambda row: row.damaged and row.outcome == "dropped", "dropped as without Caller ID")
        assert (row.category, row.reason, row.number) == ("no_caller_id", "damaged_caller_id", None)
        assert row.readable_number == "2125550104"
        assert any("arrived damaged and is not trusted" in event for event in scene.house.events())


def test_a_report_while_somebody_talks_is_a_waiting_call_and_is_never_answered(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lambda house: house.block("+12125550123")) as scene:
        call = scene.sim.call(number=FRIEND, name="BRIAR QUINN")
        scene.row_when(lambda row: row.name, "the caller is known")
        eventually(lambda: call.rings == 2, 10)
        scene.sim.lift_handset()
        time.sleep(0.5)
        scene.sim.garbage(b"\r\nDATE=0801\r\nTIME=1015\r\nNMBR=2125550123\r\nNAME=ROOF\r\n")
        friend, seller = scene.house.ended(2)
        assert (friend.outcome, seller.outcome) == ("rang_out", "waiting_call")
        assert (seller.category, seller.rings) == ("blocked", 0)
        assert scene.seizures == 0
        assert not scene.sim.line.disturbed


def test_a_line_that_another_telephone_holds_is_left_alone(tmp_path: Path) -> None:
    with Scene(tmp_path, model=MODELS["cx93001"], prepare=lambda house: house.block("+12125550123")) as scene:
        scene.sim.lift_handset()
        # The modem still prints what it is sent; the line is talked on, so ATH1 is answered with LINE-IN-USE.
        scene.sim.garbage(b"\r\nRING\r\n")
        scene.sim.garbage(b"\r\nDATE=0801\r\nTIME=1015\r\nNMBR=2125550123\r\nNAME=ROOF\r\n")
        (row,) = scene.house.ended(1)
        assert (row.outcome, row.category, row.treatment) == ("line_in_use", "blocked", "drop")
        assert scene.seizures == 1
        assert not scene.sim.line.disturbed


def test_a_message_that_waits_is_seen_on_the_page_survives_a_restart_and_is_dismissed_there(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lambda house: modem_options(house, 'caller_id = "raw"')) as scene:
        scene.sim.garbage(b"\r\nMESG = 060342424231\r\n")
        eventually(lambda: (status := scene.house.status()) and status.message_waiting, 10, "the message waits")
        assert scene.process.stop() == 0
        scene.process = scene.house.start_line(scene.sim.port)
        status = scene.house.status()
        assert status is not None
        assert (status.message_waiting, status.lamps["message"]) == (True, "slow_blink")
        with Visitor(scene.house.start_web()).enter(PASSWORD) as visitor:
            assert "holds a message for you." in visitor.get("/")
            visitor.post("/messages/main/heard", then=False)
            page = visitor.get("/")
        assert "The message lamp is off until your telephone company reports again." in page
        eventually(
            lambda: (status := scene.house.status()) and status.lamps["message"] == "off", 10, "the lamp is dark"
        )
        assert [event for event in scene.house.events() if event.startswith("message:")] == [
            "message: line: Your telephone company holds a message for you."
        ]


def test_the_pages_tell_what_the_modem_says_of_itself(tmp_path: Path) -> None:
    with Scene(tmp_path, model=MODELS["usr-old"]) as scene:
        status = scene.house.status()
        assert status is not None
        assert "old_firmware" in status.concerns
        assert status.firmware
        with Visitor(scene.house.start_web()).enter(PASSWORD) as visitor:
            assert "own software is old." in visitor.get("/")
            assert status.firmware in visitor.get("/status")
