"""What callers, networks and telephone wires put into a Caller ID report, through the whole dialogue and at every cut.

The spellings and shapes one by one are in test_caller_id.py, the order and pace of fields in test_report.py, and what
real modems sent in tests/transcripts. Here stand whole reports, byte by byte, that other programs stumbled over.
"""

from itertools import permutations

import pytest

from hardware.events import (
    Absence,
    CallerIdReported,
    CallerNumberReceived,
    ReplyReceived,
    RingDetected,
    UnsolicitedLine,
    WireEvent,
)
from hardware.protocol import ModemProtocol

AWKWARD_NAMES = [
    "SPRINGFIELD,MA",
    "CANDIDATE SMITH",
    "FULL TIME JOBS",
    "NMBR",
    "DATE",
    "RING",
    "RING A",
    "A/B PLUMBING",
    "O'BRIEN",
    "Robo? Algona, IA",
    "[V] JOHN ROE",
    "SPAM? JOHN ROE",
    "A=B PLUMBING",
    "E=MC2=TUTORS",
    "OK TIRE",
    "OK",
    "ERROR",
    "NO CARRIER",
    "CONNECT 9600",
    "BUSY BEE",
    "AT+VCID=0",
    "+++ATH0",
    "V4231749020000150314",
    "A NAME OF FORTY CHARACTERS, AS ETSI SAYS.",
]


def told(pieces: list[bytes], command: str = "", apart: float = 0.0) -> list[WireEvent]:
    """What is told of bytes read one after the other, with every timer run out behind them."""
    protocol, now = ModemProtocol(), 0.0
    if command:
        protocol.send(command, now, timeout=3600.0)
        protocol.data_to_send()
    events: list[WireEvent] = []
    for piece in pieces:
        events += protocol.receive_data(piece, now)
        now += apart
    while (due := protocol.deadline()) is not None and due < 1800.0:
        events += protocol.advance(due)
    return events


def told_at_every_cut(data: bytes, command: str = "") -> list[WireEvent]:
    """The same, having made sure that no way of reading the bytes changes anything."""
    whole = told([data], command)
    assert told([data[at : at + 1] for at in range(len(data))], command) == whole
    for cut in range(1, len(data)):
        assert told([data[:cut], data[cut:]], command) == whole
    return whole


def reports(events: list[WireEvent]) -> list[CallerIdReported]:
    return [event for event in events if isinstance(event, CallerIdReported)]


@pytest.mark.parametrize("name", AWKWARD_NAMES)
@pytest.mark.parametrize("equals", ["=", " = "])
def test_a_name_that_looks_like_a_word_of_the_modem_is_a_name_and_nothing_else(name: str, equals: str) -> None:
    data = f"\r\nRING\r\n\r\nDATE{equals}0801\r\nTIME{equals}1015\r\nNMBR{equals}2025550117\r\nNAME{equals}{name}\r\n"
    assert told_at_every_cut(data.encode()) == [
        RingDetected(),
        CallerNumberReceived("2025550117", None),
        CallerIdReported("2025550117", name, None, "08-01", "10:15"),
    ]


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_name_answers_no_command_and_ends_none(name: str) -> None:
    """Found by looking for OK anywhere in what was read, a caller's name once stood for a modem's answer."""
    data = f"NMBR=2025550117\r\nNAME={name}\r\n".encode()
    protocol = ModemProtocol()
    protocol.send("ATH0", 0.0)
    protocol.data_to_send()
    events = protocol.receive_data(data, 0.1)
    assert not [event for event in events if not isinstance(event, CallerNumberReceived | CallerIdReported)]
    assert ReplyReceived("ATH0", "OK") in protocol.receive_data(b"\r\nOK\r\n", 0.2)


@pytest.mark.parametrize("name", ["SPRINGFIELD,MA", "CANDIDATE SMITH", "FULL TIME JOBS", "NMBR", "DATE", "A=B"])
def test_an_awkward_name_takes_no_other_field_with_it_in_any_order(name: str) -> None:
    fields = {"DATE": "0801", "TIME": "1015", "NMBR": "2025550117", "NAME": name}
    for order in permutations(fields):
        data = "".join(f"{tag}={fields[tag]}\r\n" for tag in order).encode()
        assert reports(told([data])) == [CallerIdReported("2025550117", name, None, "08-01", "10:15")]


@pytest.mark.parametrize("order", [("NMBR", "NAME"), ("NAME", "NMBR")])
def test_two_callers_whose_names_stand_on_either_side_of_the_number_keep_their_own(order: tuple[str, str]) -> None:
    """Whoever takes the number for the end of a report gives each caller the name of the one before."""
    callers = [("2025550117", "BRIAR QUINN"), ("2025550171", "ROOF SELLERS"), ("2025550104", "JORDAN AVERY")]
    data = []
    for number, name in callers:
        fields = {"NMBR": number, "NAME": name}
        data.append("".join(f"{tag} = {fields[tag]}\r\n" for tag in order).encode() + b"\r\nRING\r\n")
    found = reports(told(data, apart=10.0))
    assert [(report.number, report.name) for report in found] == callers


@pytest.mark.parametrize(
    ("lines", "date", "time"),
    [
        (b"DATE0801\r\nTIME=1015\r\n", None, "10:15"),  # no equals sign
        (b"DATE 0801\r\nTIME 1015\r\n", None, None),
        (b"DATE=\r\nTIME=\r\n", None, None),
        (b"DATE=0314\r\nTIME=1015\r\n", "03-14", "10:15"),
        (b"DATE=0229\r\nTIME=0000\r\n", "02-29", "00:00"),
        (b"DATE=0230\r\nTIME=2400\r\n", None, None),
        (b"DATE=9999\r\nTIME=9999\r\n", None, None),
        (b"DATE=08\r\nTIME=1\r\n", None, None),
        (b"DATE=\x8101\r\nTIME=1:15\r\n", None, None),
        (b"DATE=03142026\r\nTIME=12541\r\n", None, None),
        (b"DATE=260314\r\nTIME=10:15\r\n", "03-14", "10:15"),
        (b"DATE=AB-CD\r\nTIME=XXXX\r\n", None, None),
        (b"", None, None),
    ],
)
def test_a_bad_date_costs_the_date_and_nothing_else(lines: bytes, date: str | None, time: str | None) -> None:
    events = told_at_every_cut(b"\r\n" + lines + b"NMBR=2025550117\r\nNAME=AIRY LAYOUT\r\n")
    assert reports(events)[-1] == CallerIdReported(
        "2025550117", "AIRY LAYOUT", None, date, time, amends=len(reports(events)) > 1
    )
    assert events.count(CallerNumberReceived("2025550117", None)) == 1


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (b"V\x84h\x84l\x84", "Vähälä"),  # CP437
        (b"V\xe4h\xe4l\xe4", "Vähälä"),  # Latin-1
        ("Vähälä".encode(), "Vähälä"),
        (b"CAF\xc3", "CAFÃ"),  # cut inside a letter, or Latin-1: any text will do, but it is one
        (b"\x81\x8d\x8f\x90\x9d", "üìÅÉ¥"),  # undefined in some tables, and so an error in them
    ],
)
def test_bytes_beyond_ascii_are_read_in_some_way_and_never_refused(name: bytes, read: str) -> None:
    (report,) = reports(told_at_every_cut(b"NMBR=0205550117\r\nNAME=" + name + b"\r\n"))
    assert (report.number, report.name) == ("0205550117", read)


def test_a_number_field_of_bytes_beyond_ascii_is_a_caller_without_a_number() -> None:
    events = told_at_every_cut(b"NMBR=\x81\x81\x00\x9d\r\n")
    assert events == [
        CallerNumberReceived(None, Absence.UNAVAILABLE),
        CallerIdReported(absence=Absence.UNAVAILABLE),
    ]


@pytest.mark.parametrize(
    ("sent", "number", "why"),
    [
        (b"P", None, Absence.PRIVATE),
        (b"PRIVATE", None, Absence.PRIVATE),
        (b"Private", None, Absence.PRIVATE),
        (b"O", None, Absence.UNAVAILABLE),
        (b"OUT OF AREA", None, Absence.UNAVAILABLE),
        (b"", None, Absence.UNAVAILABLE),
        (b"\x00\x00\x1f2025550117", "2025550117", None),
        (b"0000000000", "0000000000", None),
        (b"885", "885", None),
        (b"5550117", "5550117", None),
        (b"**11", "**11", None),  # the intercom at the door, through a home exchange
        (b"#########8", "#########8", None),
        (b"004930231250123", "004930231250123", None),
    ],
)
def test_every_number_field_is_a_caller_however_short_and_also_without_a_digit(
    sent: bytes, number: str | None, why: Absence | None
) -> None:
    events = told_at_every_cut(b"\r\nNMBR = " + sent + b"\r\n")
    assert events == [CallerNumberReceived(number, why), CallerIdReported(number, absence=why)]


@pytest.mark.parametrize("name", ["Robo? Algona, IA", "SPAM?", "[V] BRIAR QUINN", "V42317490200001"])
def test_what_the_network_marks_a_name_with_stays_in_it(name: str) -> None:
    (report,) = reports(told([f"NMBR = 5155550117\r\nNAME = {name}\r\n".encode()]))
    assert report.name == name


def test_a_report_with_a_name_alone_is_told() -> None:
    assert told_at_every_cut(b"\r\nNAME=ROOF SELLERS\r\n") == [CallerIdReported(name="ROOF SELLERS")]


def test_noise_that_looks_like_caller_id_takes_no_part_in_the_call_behind_it() -> None:
    """Seventeen lines of it came from one line in bad weather, and an empty number to call back."""
    noise = b"MESG = 0000\r\n" * 17 + b"DATE = 31\x81\r\nDDN_NMBR= \r\n"
    good = b"\r\nRING\r\n\r\nDATE=0801\r\nTIME=1015\r\nNMBR=2025550117\r\nNAME=AIRY LAYOUT\r\n"
    found = told([noise, good], apart=60.0)
    assert CallerIdReported("2025550117", "AIRY LAYOUT", None, "08-01", "10:15") in found
    assert found.count(RingDetected()) == 1


@pytest.mark.parametrize(
    "line",
    [b"SPRING", b"RINGBACK", b"STRING=1", b"RING 2025550117", b"RINGING", b"NAME RING", b"RRING", b"RING=1", b"ring"],
)
def test_letters_that_hold_the_word_ring_are_no_ring(line: bytes) -> None:
    assert RingDetected() not in told_at_every_cut(b"\r\n" + line + b"\r\n")


@pytest.mark.parametrize("line", [b"RING", b"RING ", b"\x00RING", b"RING\x00", b" RING"])
def test_a_ring_is_one_however_it_is_read(line: bytes) -> None:
    """It has been looked for as a read of its own, and the rings that came with something else were lost."""
    report = b"NMBR=2025550117\r\nNAME=AIRY LAYOUT\r\n"
    events = told_at_every_cut(b"\r\n" + line + b"\r\n" + report + b"\r\n" + line + b"\r\n")
    assert events.count(RingDetected()) == 2


def test_the_word_behind_a_si24xx_report_is_no_hang_up_and_no_answer() -> None:
    data = b"CIDM\r\n\r\nDATE=0801\r\nTIME=1015\r\nNMBR=2025550117\r\nNAME=AIRY LAYOUT\r\n\r\nNO CARRIER\r\n"
    assert told_at_every_cut(data, "AT+VCID?") == [
        UnsolicitedLine("CIDM"),
        CallerNumberReceived("2025550117", None),
        CallerIdReported("2025550117", "AIRY LAYOUT", None, "08-01", "10:15"),
        UnsolicitedLine("NO CARRIER"),
    ]
