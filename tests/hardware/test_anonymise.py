"""A log for a bug report keeps its shape and tells nobody's number or name."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.anonymise import Anonymiser
from hardware.replay import semantic_events

CORPUS = Path(__file__).parent.parent / "transcripts"
LONG = 20_000  # bytes; the one longer log is noise
LOGS = {path.stem: path.read_bytes() for path in sorted(CORPUS.glob("*.log")) if path.stat().st_size < LONG}
MODES = {name: json.loads((CORPUS / f"{name}.json").read_bytes())["mode"] for name in LOGS}
TEXTS = sorted(name for name, mode in MODES.items() if mode != "voice-receive")


def scrubbed(data: bytes) -> bytes:
    return Anonymiser().log(data)


def shape(data: bytes) -> list[tuple[object, ...]]:
    return [
        (event["event"], event.get("absence"), event.get("date"), event.get("time"), len(event.get("number") or ""))
        for event in semantic_events([(0.0, data)])
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_log_stays_as_long_and_says_the_same_of_other_people(name: str) -> None:
    data = LOGS[name]
    replies = ((0, len(data)),) if MODES[name] == "command" else ()
    changed = Anonymiser().log(data, replies=replies)
    assert len(changed) == len(data)
    assert shape(changed) == shape(data)


@pytest.mark.parametrize("name", TEXTS)
def test_no_number_and_no_name_of_a_caller_is_left(name: str) -> None:
    replies = ((0, len(LOGS[name])),) if MODES[name] == "command" else ()
    changed = Anonymiser().log(LOGS[name], replies=replies)
    before, after = (semantic_events([(0.0, data)]) for data in (LOGS[name], changed))
    told = [event for event in before if event["event"] == "caller_id"]
    for event in told:
        for number in filter(None, (event["number"], event["ddn"])):
            assert sum(c.isdigit() for c in number) < 5 or number.encode() not in changed
    names = {e["name"] for e in told if e["name"]} & {e["name"] for e in after if e.get("name")}
    assert all(
        re.fullmatch(r"(?i)[O]|unknown|private|withheld|wireless caller|toll free call|spam\? wireless", n)
        for n in names
    )


def test_the_same_number_is_always_replaced_by_the_same_and_two_by_two() -> None:
    keeper = Anonymiser()
    first = keeper.log(b"NMBR=2125550143\r\nNMBR=2125550144\r\n")
    again = keeper.log(b"FM:2125550144 TO:2125550143\r\n")
    numbers = re.findall(rb"[0-9]{10}", first)
    assert len(set(numbers)) == 2
    assert re.findall(rb"[0-9]{10}", again) == numbers[::-1]


def test_a_prefix_stays_and_the_rest_is_fiction() -> None:
    assert scrubbed(b"NMBR = 01215550199\r\n") == b"NMBR = 02025550100\r\n"
    assert scrubbed(b"NMBR=+498935550199\r\n") == b"NMBR=+222025550100\r\n"


def test_an_emergency_number_and_the_letters_of_absence_stay() -> None:
    for line in (
        b"NMBR = 112\r\n",
        b"NMBR = P\r\n",
        b"NMBR = OUT OF AREA\r\n",
        b"NAME = O\r\n",
        b"B10C\r\n",
        b"D1#\r\n",
    ):
        assert scrubbed(line) == line


def test_the_checksum_of_a_whole_message_is_right_again_and_that_of_a_damaged_one_wrong_by_as_much() -> None:
    whole = "80200108313232343139303107084A4F484E20444F45020A32313235353530313433"
    data = bytes.fromhex(whole)
    for error in (0, 1, 77):
        message = data + bytes(((-sum(data) + error) & 0xFF,))
        changed = bytes.fromhex(scrubbed(message.hex().upper().encode() + b"\r\n").decode())
        assert sum(changed) & 0xFF == error
        assert b"JOHN" not in changed
        assert b"2125550143" not in changed
        assert changed[:12] == message[:12]  # type, length, date and time


def test_what_the_modem_answered_to_a_command_stays_but_not_a_caller_in_its_midst() -> None:
    log = b"U.S. Robotics 56K FAX USB V1.2.23\r\nNMBR=2125550143\r\nOK\r\n"
    assert Anonymiser().log(log, replies=((0, len(log)),)) == log.replace(b"2125550143", b"2025550100")


def test_a_line_of_an_unknown_dialect_loses_its_letters_and_its_number() -> None:
    changed = scrubbed(b"ANRUFER Erika Muster 030 5550 1434\r\n")
    assert b"Erika" not in changed
    assert b"5550 1434" not in changed
    assert len(changed) == 36


@given(
    st.lists(
        st.sampled_from([b"NMBR=", b"NAME=", b"MESG=80", b"\r\n", b"RING", b"\x10X", b"41", b"80 20"]) | st.binary()
    )
)
def test_any_bytes_come_out_as_long_as_they_went_in(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert len(scrubbed(data)) == len(data)


@given(st.text("0123456789", min_size=5, max_size=20))
def test_a_made_up_number_is_as_long_and_another(digits: str) -> None:
    made_up = Anonymiser().number(digits)
    assert len(made_up) == len(digits)
    assert made_up.isdigit()
