"""Caller ID as a string of DTMF digits: every variant, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.caller_id import fields_of
from hardware.dtmf_clip import clip_fields
from hardware.events import Absence, CallerNumberReceived
from hardware.fields import Field, Kind

UNAVAILABLE = CallerNumberReceived(None, Absence.UNAVAILABLE)
PRIVATE = CallerNumberReceived(None, Absence.PRIVATE)
END: Field = (Kind.ENDS, None)


def number(text: str) -> CallerNumberReceived:
    return CallerNumberReceived(text, None)


@pytest.mark.parametrize(
    ("line", "caller"),
    [
        ("A0201234567C", number("0201234567")),  # the Netherlands, Belgium, Sweden, Finland, Brazil, India
        ("A20000142#", number("20000142")),  # Denmark
        ("D0201234568C", number("0201234568")),  # Taiwan, Kuwait, the Netherlands
        ("20000142#", number("20000142")),  # Denmark, the Netherlands
        ("112#", number("112")),
        ("A12C", number("12")),  # an extension of a private exchange
        ("A00493023125012C", number("00493023125012")),
        ("D1#", PRIVATE),
        ("D2#", UNAVAILABLE),
        ("D3#", UNAVAILABLE),
        ("B00C", UNAVAILABLE),
        ("B10C", PRIVATE),
        ("B77C", UNAVAILABLE),
        ("AB10C", PRIVATE),
        ("D0000000000C", UNAVAILABLE),  # the Netherlands: not known
        ("A0000000000C", UNAVAILABLE),
        ("A0201234567B10C", number("0201234567")),  # it was sent, so it counts
    ],
)
def test_each_variant_gives_the_caller_and_ends_the_report(line: str, caller: CallerNumberReceived) -> None:
    assert fields_of(line) == ((Kind.NUMBER, caller), END)


@pytest.mark.parametrize(
    ("line", "caller", "forwarder"),
    [
        ("A0201234567D0207654321C", number("0201234567"), "0207654321"),
        ("A0201234567D0207654321B10C", number("0201234567"), "0207654321"),
        ("A0201234567B10D0207654321C", number("0201234567"), "0207654321"),
        ("AD0207654321B10C", PRIVATE, "0207654321"),
        ("D0207654321B00C", UNAVAILABLE, "0207654321"),
        ("A0201234567D0000000000C", number("0201234567"), None),
    ],
)
def test_the_number_that_passed_the_call_on_stands_behind_d(
    line: str, caller: CallerNumberReceived, forwarder: str | None
) -> None:
    assert fields_of(line) == ((Kind.NUMBER, caller), (Kind.FORWARDED_BY, forwarder), END)


@pytest.mark.parametrize("line", ["D0539462807C", "20000142#", "B10C", "D1#"])
def test_the_codes_of_the_characters_in_hex_say_the_same(line: str) -> None:
    spelled = line.encode().hex()
    assert fields_of(spelled) == fields_of(spelled.upper()) == fields_of("MESG = " + spelled) == clip_fields(line)


@pytest.mark.parametrize(
    "line",
    [
        "RING",
        "OK",
        "CONNECT",
        "BUSY",
        "0",
        "5601",
        "56000",
        "B5",
        "2025550117",
        "12#",
        "#",
        "C",
        "AC",
        "A#",
        "A1C",
        "DC",
        "D#",
        "D4#",
        "D1C",
        "B1C",
        "B100C",
        "BC",
        "ABC",
        "A0201234567",
        "0201234567C",
        "A0201234567CX",
        "XA0201234567C",
        "A0201234567C A0201234567C",
        "A0201234567A0201234568C",
        "a0201234567c",
        "A02O1234567C",
        "A٠٢٠١٢٣٤C",
        "A" + "2" * 21 + "C",
        "ADABBAC",
        "DTMF=1",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert clip_fields(line) is None


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("NMBR = A3125550188C", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = a3125550188c", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = A3125550188CA3125550188C", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = A 312 555 0188 C", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = D3125550188C", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = 3125550188#", [(Kind.NUMBER, number("3125550188"))]),
        ("NMBR = B00C", [(Kind.NUMBER, CallerNumberReceived(None, Absence.UNAVAILABLE))]),
        ("NMBR = B10C", [(Kind.NUMBER, CallerNumberReceived(None, Absence.PRIVATE))]),
        (
            "NMBR = A3125550188D3125550199C",
            [(Kind.NUMBER, number("3125550188")), (Kind.FORWARDED_BY, "3125550199")],
        ),
        ("DDN_NMBR = A3125550188C", [(Kind.DIALABLE, number("3125550188"))]),
        ("NDID = A3125550188C", [(Kind.DIALLED, "3125550188")]),
        ("NMBR = A3125550188", [(Kind.NUMBER, number("A3125550188"))]),  # not a shape: passed on as sent
    ],
)
def test_such_a_string_in_place_of_a_number_is_read(line: str, fields: list[Field]) -> None:
    assert fields_of(line) == tuple(fields)


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_on_one_line_are_one(copies: int) -> None:
    assert clip_fields("A0724749361C" * copies) == ((Kind.NUMBER, number("0724749361")), END)


@pytest.mark.parametrize("name", ["A0201234567C", "D1#", "B10C", "20000142#"])
def test_a_name_that_spells_one_is_a_name(name: str) -> None:
    assert fields_of(f"NAME = {name}") == ((Kind.NAME, name),)


@given(st.from_regex(r"[1-9][0-9]{2,19}", fullmatch=True), st.sampled_from(["A{}C", "A{}#", "D{}C", "{}#"]))
def test_the_digits_sent_are_the_number(digits: str, shape: str) -> None:
    assert clip_fields(shape.format(digits)) == ((Kind.NUMBER, number(digits)), END)


@given(st.one_of(st.text(), st.text("ABCD#*0123456789", max_size=40)))
def test_any_text_is_read_without_raising(text: str) -> None:
    fields = clip_fields(text)
    if fields is not None:
        assert fields[0][0] is Kind.NUMBER
        assert fields[-1] == END
