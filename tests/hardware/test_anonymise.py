"""A log for a bug report keeps its shape and tells nobody's number or name."""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.anonymise import Anonymiser
from hardware.replay import semantic_events
from hardware.stand_ins import StandIns
from tests.hardware.private_desk import in_parts, scrubbed, seen_in

CORPUS = Path(__file__).parent.parent / "transcripts"
LONG = 20_000  # bytes; the one longer log is noise
LOGS = {path.stem: path.read_bytes() for path in sorted(CORPUS.glob("*.log")) if path.stat().st_size < LONG}
MODES = {name: json.loads((CORPUS / f"{name}.json").read_bytes())["mode"] for name in LOGS}
TEXTS = sorted(name for name, mode in MODES.items() if mode != "voice-receive")


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


def told_in(data: bytes) -> tuple[set[str], set[str]]:
    """The numbers of somebody, and the names, in a log, as its events tell them."""
    told = [event for event in semantic_events([(0.0, data)]) if event["event"] == "caller_id"]
    numbers = {number for event in told for number in (event["number"], event["ddn"]) if number}
    names = {event["name"] for event in told if event["name"]}
    return {n for n in numbers if sum(map(str.isdigit, n)) >= 5 and n.strip("0")}, {n for n in names if not LABEL(n)}


LABEL = re.compile(r"(?i)[OP]|unknown|private|withheld|wireless caller|toll free call|spam\? wireless").fullmatch


@pytest.mark.parametrize("name", TEXTS)
def test_no_number_and_no_name_of_a_caller_is_left(name: str) -> None:
    replies = ((0, len(LOGS[name])),) if MODES[name] == "command" else ()
    changed = scrubbed(LOGS[name], replies=replies)
    (numbers, names), (others, strangers) = told_in(LOGS[name]), told_in(changed)
    assert not numbers & others
    assert not names & strangers
    seen = seen_in(changed)
    assert not [number for number in numbers if number.encode() in seen]
    assert not [word for word in names if len(word) > 4 and word.upper().encode() in seen]


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


def test_what_the_modem_answered_to_a_command_stays_but_not_a_caller_in_its_midst() -> None:
    log = b"U.S. Robotics 56K FAX USB V1.2.23\r\nNMBR=2125550143\r\nOK\r\n"
    assert Anonymiser().log(log, replies=((0, len(log)),)) == log.replace(b"2125550143", b"2025550100")


def test_a_line_of_an_unknown_dialect_loses_its_letters_and_its_number() -> None:
    changed = scrubbed(b"ANRUFER Erika Muster 030 5550 1434\r\n")
    assert b"Erika" not in changed
    assert b"5550 1434" not in changed
    assert len(changed) == 36


NUMBER, WORDS = b"3125557788", (b"OAKES", b"MARY")
DRESSES = [
    *(b"NMBR=%d\r\nNAME=%n\r\n", b"NMBR = %n\r\n", b"NAME = %d\r\n", b"DATE=%n\r\n", b"TIME=%d\r\n", b"DATE=%d\r\n"),
    *(b'+CLIP: "%d",129,,,"%n"\r\n', b'+CLIP: "",128,"","","%n"\r\n', b'CallerID: "%n" <%d>\r\n'),
    *(b"FM:%n TO:%d\r\n", b"FM:%d TO:%n\r\n", b"USER=%n\r\nPASS=%n\r\n", b"ANID=%d\r\nCDID=%n\r\n", b"ERRM=%n\r\n"),
    *(b"RING;%d;%d\r\n", b"RING;%n;%d\r\n", b"DIVERTING NUMBER: %n\r\n", b"DIVERTING NUMBER: %d\r\n"),
    *(b"REASON FOR NO CALLER NAME: %n\r\n", b"NO MESSAGE REASON=%n\r\n", b"NAME=OLD\r\n%n\r\n", b"NAME=SPAM? %n\r\n"),
    *(b"\x10XNMBR=%d\r\nNAME=%n\r\n\x10.", b"A%dD%dB10C\r\n", b"A%dD%d\r\n", b"CALL FROM %d %n\r\n"),
    *(b"+CME ERROR: %n %d\r\n", b"CONNECT %d %n\r\n", b"OK %n\r\n", b"RING %n\r\n", b"%d\r\n", b"NDID=%d\r\n"),
]
GAPS = [b"", b" ", b"   ", b"/", b".", b"-", b",", b") ", b"\x00", b"\x00\x00 ", b"\x10R"]


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("gap", GAPS)
def test_a_number_and_a_name_survive_in_no_dress(dress: bytes, gap: bytes) -> None:
    number = gap.join((NUMBER[:3], NUMBER[3:6], NUMBER[6:]))
    log = dress.replace(b"%d", number).replace(b"%n", b"OAKES MARY")
    seen = seen_in(scrubbed(log)).replace(b"\x10R", b"")
    assert not [piece for piece in (*in_parts(NUMBER, 5), *WORDS) if piece in seen], scrubbed(log)


@pytest.mark.parametrize("dress", [dress for dress in DRESSES if b"=" in dress or b":" in dress or b";" in dress])
def test_nor_do_they_in_a_reply(dress: bytes) -> None:
    log = dress.replace(b"%d", NUMBER).replace(b"%n", b"OAKES MARY") + b"OK\r\n"
    seen = seen_in(scrubbed(log, replies=((0, len(log)),)))
    if b"+CME" in dress:  # a line of no dialect: its words may be the modem's
        seen = seen.replace(b"OAKES", b"").replace(b"MARY", b"")
    assert not [piece for piece in (*in_parts(NUMBER, 5), *WORDS) if piece in seen]


@given(st.sampled_from(DRESSES), st.text("346789", min_size=7, max_size=15), st.text("QVWZJK", min_size=4, max_size=12))
def test_nor_does_any_other(dress: bytes, number: str, name: str) -> None:
    seen = seen_in(scrubbed(dress.replace(b"%d", number.encode()).replace(b"%n", name.encode())))
    assert number.encode() not in seen
    assert name.encode() not in seen


@pytest.mark.parametrize(
    "line",
    [
        *(b"NMBR = 202/555/0143\r\n", b"NMBR = 20  25   55   01   43\r\n", b"NMBR=2025\x005501\x0043\r\n"),
        *("NMBR=٢٠٢٥٥٥٠١٤٣\r\n".encode(), b"TIME=20255501\r\n", b"NAME=FREE AREA\r\n", b"NAME=CALL OUT\r\n"),
        *(b"NAME=CELL OUT\r\n", b"NAME=PRIVATE SMITH\r\n", b"NAME=ROBO JOHN\r\n", b"DATE=MARY OAKES\r\n"),
    ],
)
def test_a_value_in_unusual_dress_is_another(line: bytes) -> None:
    value = line.partition(b"=")[2].strip()
    assert scrubbed(line).partition(b"=")[2].strip() != value


def test_a_number_in_arabic_digits_is_the_same_number() -> None:
    changed = scrubbed("NMBR=٣١٢٥٥٥٧٧٨٨\r\nNMBR=3125557788\r\n".encode()).decode()
    assert changed == "NMBR=٢٠٢٥٥٥٠١٠٠\r\nNMBR=2025550100\r\n"


@pytest.mark.parametrize(
    "press", [b"\x10%c", b"\x10/\x10%c\x10~", b"\x10/\x10%c\x10%c\x10~", b"DTMF=%c\r\n", b"\x10%c\r\n"]
)
def test_keys_that_make_a_number_are_others_and_few_keys_are_not(press: bytes) -> None:
    def typed(keys: bytes) -> bytes:
        return b"".join(press.replace(b"%c", bytes((key,))) for key in keys)

    assert scrubbed(b"\r\n" + typed(NUMBER)) == b"\r\n" + typed(b"2025550100")
    assert scrubbed(b"\r\n" + typed(b"3125#")) == b"\r\n" + typed(b"3125#")


@pytest.mark.parametrize(
    "line",
    [
        *(
            b"CX93001-EIS_V0.2013-V92",
            b"LT V.92 Data+Fax Modem Version 8.31",
            b"56000",
            b"+GCI: B5",
            b"(00,B5,0F,16,20)",
        ),
        *(b'130,"UNSIGNED PCM",8,0,8000,0,0', b'128,"SIGNED PCM",12,0,(7200-8000,11025),(127-129),(0-50)'),
        *(
            b'0,"",B0804100,B0804100,B0804100',
            b"S10:14 S11:85 S12:50 S18:0",
            b"0,1,1.0,2,8",
            b"U.S. Robotics 56K FAX USB V1.2.23",
        ),
    ],
)
def test_what_modems_say_of_themselves_stays_in_a_reply(line: bytes) -> None:
    assert scrubbed(line, replies=((0, len(line)),)) == line


def test_results_and_labels_stay_letter_for_letter() -> None:
    for line in (
        *(
            b"OK",
            b"NO CARRIER",
            b"CONNECT 115200",
            b"CONNECT",
            b"+CME ERROR: 3",
            b"RING B",
            b"NAME=PRIVATE",
            b"NAME=[V] ",
        ),
        *(b"NAME=SPAM? WIRELESS", b"NAME=SCAM LIKELY", b"NAME=TOLL FREE CALL", b"NAME=WITHHELD\r\nWITHHELD", b"NMBR=O"),
        *(b"DATE=0321", b"DATE TIME=10/05 11:39", b"TIME: 03-21 14:05", b"TIME = 9999", b"NAME=Wireless Caller"),
    ):
        assert scrubbed(line + b"\r\n") == line + b"\r\n"
    assert scrubbed(b"NAME=V12345678901234\r\n")[:6] == b"NAME=V"


def test_the_second_line_of_a_name_is_private_in_the_next_reply_too() -> None:
    log = b"NAME=OAKES\r\nMARY ANN\r\nOK\r\n"
    assert b"MARY" not in scrubbed(log, replies=((12, len(log)),))


def test_a_ring_or_a_caller_ends_a_reply() -> None:
    for line in (b"RING\r\n", b"NMBR=P\r\n", b"B10C\r\n"):
        log = line + b"ANRUF VON OAKES\r\n"
        assert b"OAKES" not in scrubbed(log, replies=((0, len(log)),))


@pytest.mark.parametrize(
    "piece", [b"31\r\n", b"80FF0108\r\n", b"MESG=8000\r\n", b"800080", b"MESG 000000", b"1( )", b"\x101"]
)
def test_twice_as_much_of_anything_takes_no_four_times_as_long(piece: bytes) -> None:
    def calls(size: int) -> int:
        count = 0

        def counted(_frame: object, _event: str, _arg: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(counted)
        try:
            scrubbed(b"MESG=80FF\r\n" + piece * (size // len(piece)))
        finally:
            sys.setprofile(None)
        return count

    assert calls(8000) < 3 * calls(4000)


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
    made_up = StandIns().number(digits)
    assert len(made_up) == len(digits)
    assert made_up.isdigit()
    assert made_up != digits or not digits.strip("0")
