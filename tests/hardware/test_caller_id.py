"""One line of Caller ID at a time: every spelling, and what is none."""

import pytest

from hardware.at import text_of
from hardware.caller_id import fields_of
from hardware.events import Absence, CallerNumberReceived, CallType
from hardware.fields import MAX_VALUE_LENGTH, Field, Kind, absence_of, date_of, number_of, time_of

from . import caller_id_sender as sender

PRIVATE = CallerNumberReceived(None, Absence.PRIVATE)
UNAVAILABLE = CallerNumberReceived(None, Absence.UNAVAILABLE)


def number(text: str) -> CallerNumberReceived:
    return CallerNumberReceived(text, None)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("NMBR = 2025550117", [(Kind.NUMBER, number("2025550117"))]),
        ("NMBR=2025550117", [(Kind.NUMBER, number("2025550117"))]),
        ("nmbr=2025550117", [(Kind.NUMBER, number("2025550117"))]),
        ("NMBR = 202 555 0117", [(Kind.NUMBER, number("2025550117"))]),
        ("NBR=0199001234", [(Kind.NUMBER, number("0199001234"))]),
        ("DDN_NMBR= 9195550140", [(Kind.DIALABLE, number("9195550140"))]),
        ("CALLER NUMBER: 5075550130", [(Kind.NUMBER, number("5075550130"))]),
        ("CallerID: 5075550130", [(Kind.NUMBER, number("5075550130"))]),
        ('+CLIP: "02079460123",129,,,"Mum"', [(Kind.NUMBER, number("02079460123"))]),
        ("FM:0760000123 TO:0000142", [(Kind.NUMBER, number("0760000123")), (Kind.DIALLED, "0000142")]),
        ("RING;08999998;08999", [(Kind.NUMBER, number("08999998")), (Kind.DIALLED, "08999")]),
        ("RING;;", [(Kind.NUMBER, UNAVAILABLE), (Kind.DIALLED, None)]),
        ("NDID=5550100", [(Kind.DIALLED, "5550100")]),
        ("NDID=<NONE>", [(Kind.DIALLED, None)]),
        ("REASON FOR NO CALLER NUMBER: PRIVATE", [(Kind.NUMBER, PRIVATE)]),
        ("NO MESSAGE REASON=SECRET", [(Kind.NUMBER, PRIVATE)]),
        ("REASON FOR NO CALLER NAME: PRIVATE", [(Kind.NAME, Absence.PRIVATE)]),
        ("REASON FOR NO CALLER NAME: OUT OF AREA", [(Kind.NAME, Absence.UNAVAILABLE)]),
        ("Diverting number: 02079460199", [(Kind.FORWARDED_BY, "02079460199")]),
        ("DIVERTING NUMBER:", [(Kind.FORWARDED_BY, None)]),
        ("DATE=0117", [(Kind.DATE, "01-17")]),
        ("TIME = 1452", [(Kind.TIME, "14:52")]),
        ("DATE =", [(Kind.DATE, None)]),
        ("TIME: 03-21 14:05", [(Kind.DATE, "03-21"), (Kind.TIME, "14:05")]),
        ("DATE TIME=10/05 11:39", [(Kind.DATE, None), (Kind.TIME, "11:39")]),
        ("NAME = SPRINGFIELD IL", [(Kind.NAME, "SPRINGFIELD IL")]),
        ("CALLER NAME: SUMMER DAVID", [(Kind.NAME, "SUMMER DAVID")]),
        ("CALLING MSG", [(Kind.STARTS, None)]),
        ("END MSG", [(Kind.ENDS, None)]),
        ("ANID=<NONE>", []),
        ("USER=<NONE>", []),
        ("PASS=<NONE>", []),
        ("CDID=<NONE>", []),
        ("DRON=5", []),
        ("ERRM = E", []),
    ],
)
def test_each_spelling_gives_its_fields(line: str, fields: list[Field]) -> None:
    assert fields_of(line) == tuple(fields)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("NAME=FLETCH R       NMBR=5075550168", [(Kind.NAME, "FLETCH R"), (Kind.NUMBER, number("5075550168"))]),
        (
            "DATE = 1215 TIME = 1249 NMBR = 4065550103      NAME = ",
            [
                (Kind.DATE, "12-15"),
                (Kind.TIME, "12:49"),
                (Kind.NUMBER, number("4065550103")),
                (Kind.NAME, None),
            ],
        ),
        ("NMBR = OUT OF AREA NAME = O", [(Kind.NUMBER, UNAVAILABLE), (Kind.NAME, Absence.UNAVAILABLE)]),
    ],
)
def test_several_fields_on_a_line_are_told_apart(line: str, fields: list[Field]) -> None:
    assert fields_of(line) == tuple(fields)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (text_of(b"\x00\xffNMBR = 3125550188"), [(Kind.NUMBER, number("3125550188"))]),
        (text_of(b"\xff\xfe NMBR = 3125550188"), [(Kind.NUMBER, number("3125550188"))]),
        (text_of(b"\x80DATE=0117"), [(Kind.DATE, "01-17")]),
        ("RINGNMBR=3125550188", [(Kind.RANG, None), (Kind.NUMBER, number("3125550188"))]),
        ("RING NMBR = 3125550188", [(Kind.RANG, None), (Kind.NUMBER, number("3125550188"))]),
        (text_of(b"\xffRINGDATE = 0117"), [(Kind.RANG, None), (Kind.DATE, "01-17")]),
    ],
)
def test_noise_or_a_ring_before_a_tag_does_not_hide_it(line: str, fields: list[Field]) -> None:
    assert fields_of(line) == tuple(fields)


@pytest.mark.parametrize(
    "line", ["xNAME = OAKES", "CIDNMBR = 3125550188", "RINGING NMBR = 3125550188", "\u00ff", "RINGNMBR"]
)
def test_letters_before_a_tag_are_no_noise(line: str) -> None:
    assert fields_of(line) is None


@pytest.mark.parametrize(
    "name",
    [
        "DATE",
        "CANDIDATE SMITH",
        "FULL TIME JOBS",
        "FULL TIME=JOBS",
        "A=B PLUMBING",
        "E=MC2 =TUTORS=",
        "MESG NMBR CO",
        "NMBR=5550100",
        "X NMBR=5550100",
        'REED "BUD"; JR',
        "<IMG SRC=X>",
        "../A/B PLUMBING",
        "Robo? Algona, IA",
        "[V] JOHN ROE",
        "RING;1;2",
        "PRIVATE",
        "Cell Phone   OH",
        "V4231749020000150314",
        "82030B01FF70",
        "MESG = 0B01FF",
    ],
)
def test_a_name_is_a_name_whatever_it_spells(name: str) -> None:
    assert fields_of(f"NAME = {name}") == ((Kind.NAME, name),)


@pytest.mark.parametrize(
    ("text", "why"),
    [("O", Absence.UNAVAILABLE), ("P", Absence.PRIVATE), ("o", Absence.UNAVAILABLE), ("<NONE>", None), ("", None)],
)
def test_a_name_that_is_not_sent_is_none(text: str, why: Absence | None) -> None:
    assert fields_of(f"NAME={text}") == ((Kind.NAME, why),)


@pytest.mark.parametrize(
    "line",
    ["RING", "OK", "AT+VCID=1", "+VCID: 1", "+GCI: B5", "DTMF=1", "WITHHELD", "UPDATE = 1", "S00:0 S01:0", "NAME", ""],
)
def test_other_lines_are_no_caller_id(line: str) -> None:
    assert fields_of(line) is None


@pytest.mark.parametrize("word", ["P", "p", "PRIVATE", "Private", "Anonymous", "A", "RESTRICTED", "Number  Withheld"])
def test_words_for_a_withheld_number(word: str) -> None:
    assert number_of(word) == PRIVATE
    assert absence_of(word) is Absence.PRIVATE


@pytest.mark.parametrize("word", ["O", "OUT OF AREA", "Unavailable", "<NONE>", "", "NO TIME", "??", "C", "üü"])
def test_whatever_else_has_no_digit_is_an_unavailable_number(word: str) -> None:
    assert number_of(word) == UNAVAILABLE


@pytest.mark.parametrize("text", ["0", "911", "+493023125055", "004930231250123", "0000000000", "#########8", "9" * 60])
def test_numbers_are_passed_on_as_sent(text: str) -> None:
    assert number_of(text) == number(text)


def test_values_are_bounded() -> None:
    assert fields_of("NAME=" + "x" * 900) == ((Kind.NAME, "x" * MAX_VALUE_LENGTH),)
    assert fields_of("NMBR=" + "7" * 900) == ((Kind.NUMBER, number("7" * MAX_VALUE_LENGTH)),)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("0229", "02-29"),  # sent without a year, so it is a day; parsing it as of 1900 ended another program
        ("1231", "12-31"),
        ("12-31", "12-31"),
        ("251231", "12-31"),
        ("0431", None),
        ("1301", None),
        ("0000", None),
        ("ABCD", None),
        ("", None),
        ("10/05", None),
        ("٠١٠١", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("0000", "00:00"),
        ("2359", "23:59"),
        ("20:27", "20:27"),
        ("2400", None),
        ("2405", None),
        ("2423", None),
        ("1260", None),
        ("12541", None),
        ("", None),
    ],
)
def test_times(text: str, time: str | None) -> None:
    assert time_of(text) == time


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("MESG = 030735353530313132", [(Kind.DIALABLE, number("5550112"))]),
        ("MESG=020A32303235353530313137", [(Kind.NUMBER, number("2025550117"))]),
        ("MESG = 040150", [(Kind.NUMBER, PRIVATE)]),
        ("MESG = 04014F", [(Kind.NUMBER, UNAVAILABLE)]),
        ("MESG = 110101", [(Kind.CALL_TYPE, CallType.VOICE)]),
        ("MESG = 0B01FF", [(Kind.WAITING, True)]),
        ("mesg=0b0100", [(Kind.WAITING, False)]),
        ("MESG = 06034242431", []),  # the Askey manual's, which lost half a byte
        ("MESG = 0000", []),
        ("MESG = 000120", []),
        ("MESG = 0600", []),
        ("MESG = 0002A7A9", []),
        ("MESG = 03073535", []),  # shorter than it says
        ("MESG = 0307XX", []),
        ("MESG = 030341424300", []),  # no digits, and a byte too many
        ("MESG =", []),
    ],
)
def test_bare_parameters_count_only_when_they_fit(line: str, fields: list[Field]) -> None:
    assert fields_of(line) == tuple(fields)


def test_an_intel_modem_that_heard_the_seizure_alone_tells_of_damage() -> None:
    ((kind, why),) = fields_of("MESG = CALID_202") or ()
    assert kind is Kind.DAMAGED
    assert isinstance(why, str)


@pytest.mark.parametrize("data", [*sender.CALLS, bytes.fromhex("82030B01FF70"), bytes.fromhex("060342424231")])
def test_a_raw_message_is_told_in_every_spelling(data: bytes) -> None:
    for spelling in (sender.in_hex(data), sender.in_hex(data).lower(), sender.spaced(data)):
        for prefix in ("", "MESG=", "MESG = ", "mesg = ", "+VCIDR: "):
            assert fields_of(prefix + spelling) == ((Kind.RAW, data),)


def test_the_longest_message_is_not_cut() -> None:
    data = sender.mdmf((sender.CALLER, b"2025550117"), (0x50, b"x" * 241))
    assert len(data) == 258
    assert fields_of("MESG = " + sender.spaced(data)) == ((Kind.RAW, data),)


def test_a_line_of_hex_goes_on_with_a_message_only_while_that_is_short_of_it() -> None:
    for line in ("4F 45 45", "4F4545", "45", "A1C7", "5601"):
        piece = bytes.fromhex(line)
        assert fields_of(line) is None
        assert fields_of(line, len(piece)) == fields_of(line, 200) == ((Kind.RAW, piece),)
        assert fields_of(line, len(piece) - 1) is None
    assert fields_of("OK", 200) is None
    assert fields_of("0", 200) is None
    assert fields_of("RING", 200) is None
    assert fields_of("NMBR = 2025550117", 200) == ((Kind.NUMBER, number("2025550117")),)


def test_a_line_made_of_blanks_is_read_in_time_that_grows_with_its_length() -> None:
    # A search for blanks before the next tag once took 0.2 s for each such line. Counted in lines, not in seconds:
    # a thousand of these at that speed would take three minutes.
    line = "NMBR = x" + " " * 1000 + "y"
    for _ in range(1000):
        assert fields_of(line) == ((Kind.NUMBER, UNAVAILABLE),)
