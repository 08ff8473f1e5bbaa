"""A tape becomes a transcript that the corpus could take."""

import json
from pathlib import Path

from hardware.capture import capture_of, write_capture
from hardware.replay import read_log, semantic_events
from hardware.tape import Direction, TapeEntry

READ, WRITTEN = Direction.READ, Direction.WRITTEN

TAPE = (
    TapeEntry(100.0, WRITTEN, b"ATI3\r"),
    TapeEntry(100.1, READ, b"\r\nU.S. Robotics 56K FAX USB V1.2.23\r\n\r\nOK\r\n"),
    TapeEntry(160.0, READ, b"\r\nRING\r\n"),
    TapeEntry(161.2, READ, b"\r\nDATE=0717\r\nTIME=1217\r\nNMB"),
    TapeEntry(161.25, READ, b"R=2125550143\r\nNAME=JO PUBLIC\r\n"),
    TapeEntry(163.0, READ, b"", sound=16000),
    TapeEntry(170.0, WRITTEN, b"ATH1\r"),
    TapeEntry(170.1, READ, b"\r\nOK\r\n"),
)


def test_times_and_pieces_are_as_they_came_and_the_number_is_not() -> None:
    capture = capture_of(TAPE)
    assert capture.commands == ("ATI3", "ATH1")
    assert [at for at, _ in capture.timing] == [0.0, 59.9, 61.1, 61.15, 70.0]
    assert [len(data) for _, data in capture.chunks] == [len(e.data) for e in TAPE if e.direction is READ and e.data]
    assert b"NMBR=2025550100" in capture.log
    assert b"V1.2.23" in capture.log
    assert b"PUBLIC" not in capture.log
    assert capture.sound_bytes == 16000


def test_a_written_capture_replays_to_what_its_description_expects(tmp_path: Path) -> None:
    log = tmp_path / "my-modem.log"
    description = write_capture(capture_of(TAPE), log, modem="USR5637", country="US")
    told = json.loads(description.read_text("utf-8"))
    assert (told["name"], told["modem"], told["country"]) == ("my-modem", "USR5637", "US")
    assert [e["event"] for e in told["expect"] if e["event"] in ("ring", "caller_id")] == ["ring", "caller_id"]
    assert semantic_events(read_log(log), "idle", told["commands"]) == told["expect"]


def test_an_empty_tape_is_an_empty_log(tmp_path: Path) -> None:
    log = tmp_path / "nothing.log"
    write_capture(capture_of(()), log, modem="", country="US")
    assert read_log(log) == [(0.0, b"")]


def test_what_comes_long_after_an_unanswered_command_is_no_reply() -> None:
    tape = (
        TapeEntry(0.0, WRITTEN, b"AT\r"),
        TapeEntry(6.0, READ, b"ANRUF VON OAKES 312 555 7788\r\n"),
        TapeEntry(60.0, READ, b"\r\nRING\r\nCALL FROM 3125557788 OAKES\r\n"),
        TapeEntry(600.0, WRITTEN, b"AT\r"),
        TapeEntry(600.1, READ, b"\r\nOK\r\n"),
    )
    log = capture_of(tape).log
    assert b"OAKES" not in log
    assert b"7788" not in log


def test_a_call_behind_an_unanswered_command_is_no_reply() -> None:
    call = b"\r\nRING\r\n\r\nNMBR=3125557788\r\nNAME=OAKES\r\nMARY ANN\r\n"
    log = capture_of((TapeEntry(0.0, WRITTEN, b"AT\r"), TapeEntry(1.0, READ, call))).log
    assert not [word for word in (b"3125557788", b"OAKES", b"MARY") if word in log]


def test_a_number_alone_in_a_reply_is_another() -> None:
    assert (
        b"5557788"
        not in capture_of((TapeEntry(0.0, WRITTEN, b"AT\r"), TapeEntry(0.1, READ, b"3125557788\r\nOK\r\n"))).log
    )


def test_a_number_that_was_dialled_is_in_no_command() -> None:
    capture = capture_of((TapeEntry(0.0, WRITTEN, b"ATDT3125557788\rAT+VSD=128,50\r"),))
    assert capture.commands == ("ATDT2025550100", "AT+VSD=128,50")
