"""One raw message at a time: what each parameter says, in any order, and that a wrong message is never believed."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import Absence, CallerNumberReceived, CallerType, CallType, ForwardReason
from hardware.fields import Field, Kind, date_of, time_of
from hardware.mdmf import Damaged, Unfinished, Whole, bare_parameters, cut_short, read
from hardware.report import report_of

from . import caller_id_sender as sender
from .caller_id_sender import (
    CALL_TYPE,
    CALLER,
    COMPLEMENTARY,
    FIRST_CALLED,
    INDICATOR,
    MOMENT,
    NAME,
    NO_CALLER,
    NO_NAME,
    QUALIFIER,
    REDIRECTING,
    STATUS,
    THIRD,
    mdmf,
    message,
    sdmf,
)

UNAVAILABLE = CallerNumberReceived(None, Absence.UNAVAILABLE)
PRIVATE = CallerNumberReceived(None, Absence.PRIVATE)


def number(text: str) -> CallerNumberReceived:
    return CallerNumberReceived(text, None)


def whole(data: bytes) -> dict[Kind, object]:
    """The fields of a message that must be right and take all the bytes. {}: it is told as unused."""
    found, size = read(data)
    assert isinstance(found, Whole), found
    assert size == len(data)
    assert len(dict(found.fields)) == len(found.fields)
    if found.fields == ((Kind.UNUSED, data.hex(" ").upper()),):
        return {}
    assert Kind.UNUSED not in dict(found.fields)
    return dict(found.fields)


def test_a_call_as_recorded_from_a_line() -> None:
    # A demodulated recording; number and name replaced and the checksum computed again.
    data = bytes.fromhex("802701083131303131393033020A32303235353530313134070F53544F4E4520484F55534520202020F8")
    assert whole(data) == {
        Kind.NUMBER: number("2025550114"),
        Kind.NAME: "STONE HOUSE",
        Kind.DATE: "11-01",
        Kind.TIME: "19:03",
    }


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ([(CALLER, b"2025550117")], {Kind.NUMBER: number("2025550117")}),
        ([(CALLER, b"+493023125012")], {Kind.NUMBER: number("+493023125012")}),
        ([(CALLER, b"\x00202\x01 555 0117\x7f")], {Kind.NUMBER: number("2025550117")}),
        ([(CALLER, b"")], {Kind.NUMBER: UNAVAILABLE}),
        ([(CALLER, b"P")], {Kind.NUMBER: PRIVATE}),
        ([(CALLER, b""), (NO_CALLER, b"P")], {Kind.NUMBER: PRIVATE}),
        ([(CALLER, b"2025550117"), (NO_CALLER, b"O")], {Kind.NUMBER: number("2025550117")}),
        ([(NO_CALLER, b"P")], {Kind.NUMBER: PRIVATE}),
        ([(NO_CALLER, b"O")], {Kind.NUMBER: UNAVAILABLE}),
        ([(NO_CALLER, b"C")], {Kind.NUMBER: UNAVAILABLE}),  # a call box
        ([(NO_CALLER, b"S")], {Kind.NUMBER: UNAVAILABLE}),
        ([(NO_CALLER, b"")], {Kind.NUMBER: UNAVAILABLE}),
        ([(NAME, b"  AIRY  LAYOUT ")], {Kind.NAME: "AIRY  LAYOUT"}),
        ([(NAME, b"O")], {Kind.NAME: Absence.UNAVAILABLE}),
        ([(NAME, b"")], {Kind.NAME: None}),
        ([(NO_NAME, b"P")], {Kind.NAME: Absence.PRIVATE}),
        ([(NO_NAME, b"O")], {Kind.NAME: Absence.UNAVAILABLE}),
        ([(NAME, b"\x07RED\x1b\x7f FOX")], {Kind.NAME: "RED FOX"}),
        ([(MOMENT, b"02291806")], {Kind.DATE: "02-29", Kind.TIME: "18:06"}),
        ([(MOMENT, b"13322460")], {Kind.DATE: None, Kind.TIME: None}),
        ([(MOMENT, b"0117")], {Kind.DATE: "01-17", Kind.TIME: None}),
        ([(MOMENT, b"")], {Kind.DATE: None, Kind.TIME: None}),
        ([(QUALIFIER, b"L")], {Kind.LONG_DISTANCE: True}),
        ([(QUALIFIER, b"X")], {}),
        ([(FIRST_CALLED, b"02079460111")], {Kind.FORWARDED_BY: "02079460111"}),
        ([(REDIRECTING, b"02079460122")], {Kind.FORWARDED_BY: "02079460122"}),
        ([(FIRST_CALLED, b"02079460111"), (REDIRECTING, b"02079460122")], {Kind.FORWARDED_BY: "02079460122"}),
        # Why it was forwarded: ETSI's parameter goes before Bellcore's.
        ([(0x15, b"\x03"), (0x05, b"1")], {Kind.FORWARDED_BECAUSE: ForwardReason.ALWAYS}),
        ([(0x15, b"\x01")], {Kind.FORWARDED_BECAUSE: ForwardReason.BUSY}),
        ([(0x15, b"\x02")], {Kind.FORWARDED_BECAUSE: ForwardReason.NO_ANSWER}),
        ([(0x15, b"\x04")], {Kind.FORWARDED_BECAUSE: ForwardReason.DEFLECTED_RINGING}),
        ([(0x15, b"\x05")], {Kind.FORWARDED_BECAUSE: ForwardReason.DEFLECTED_AT_ONCE}),
        ([(0x15, b"\x06")], {Kind.FORWARDED_BECAUSE: ForwardReason.OUT_OF_REACH}),
        ([(0x15, b"\x00")], {}),
        ([(0x15, b"\x07")], {}),
        ([(0x05, b"0")], {Kind.FORWARDED_BECAUSE: ForwardReason.ALWAYS}),
        ([(0x05, b"2")], {Kind.FORWARDED_BECAUSE: ForwardReason.NO_ANSWER}),
        ([(0x05, b"")], {}),
        ([(0x16, b"\x00")], {}),
        ([(0x16, b"\x01")], {Kind.CALLER_TYPE: CallerType.VOICE}),
        ([(0x16, b"\x04")], {Kind.CALLER_TYPE: CallerType.MOBILE}),
        ([(0x16, b"\x09")], {Kind.CALLER_TYPE: CallerType.OPERATOR}),
        ([(0x16, b"\x0a")], {Kind.CALLER_TYPE: CallerType.ORDINARY}),
        ([(0x16, b"\x0f")], {Kind.CALLER_TYPE: CallerType.PAYPHONE}),
        ([(0x16, b"\x10")], {}),
        ([(CALL_TYPE, b"\x01")], {Kind.CALL_TYPE: CallType.VOICE}),
        ([(CALL_TYPE, b"\x02")], {Kind.CALL_TYPE: CallType.RING_BACK}),
        ([(CALL_TYPE, b"\x50")], {Kind.CALL_TYPE: CallType.MONITORING}),
        ([(CALL_TYPE, b"\x06")], {}),
        ([(CALL_TYPE, b"")], {}),
        ([(0x0D, b"9"), (0x20, b"12"), (0x50, b"HELLO"), (0xE0, b"0011234001")], {}),
    ],
)
def test_each_parameter_says_its_part(parameters: list[tuple[int, bytes]], fields: dict[Kind, object]) -> None:
    assert whole(mdmf(*parameters)) == fields


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        # Bellcore: the number to call back, alone (Bell Canada) or with another spelling of the caller's own.
        ([(THIRD, b"9195550141")], {Kind.DIALABLE: number("9195550141")}),
        (
            [(CALLER, b"9195550142"), (THIRD, b"19195550142")],
            {Kind.NUMBER: number("9195550142"), Kind.DIALABLE: number("19195550142")},
        ),
        # ETSI: the number that was called. It must never pass for the caller's.
        (
            [(CALLER, b"03023125012"), (THIRD, b"23125099")],
            {Kind.NUMBER: number("03023125012"), Kind.DIALLED: "23125099"},
        ),
        ([(NO_CALLER, b"P"), (THIRD, b"23125099")], {Kind.NUMBER: PRIVATE, Kind.DIALLED: "23125099"}),
        ([(CALLER, b"2025550117"), (THIRD, b"")], {Kind.NUMBER: number("2025550117")}),
        # Complementary: the extension's own number behind the main one.
        (
            [(CALLER, b"030231250"), (COMPLEMENTARY, b"03023125012")],
            {Kind.NUMBER: number("030231250"), Kind.DIALABLE: number("03023125012")},
        ),
        (
            [(CALLER, b"030231250"), (THIRD, b"23125099"), (COMPLEMENTARY, b"03023125012")],
            {Kind.NUMBER: number("030231250"), Kind.DIALLED: "23125099", Kind.DIALABLE: number("03023125012")},
        ),
    ],
)
def test_the_number_called_and_the_number_to_call_back_are_told_apart(
    parameters: list[tuple[int, bytes]], fields: dict[Kind, object]
) -> None:
    for order in permutations(parameters):
        assert whole(mdmf(*order)) == fields


def test_the_number_of_a_private_caller_is_never_taken_from_elsewhere() -> None:
    for extra in (THIRD, COMPLEMENTARY, FIRST_CALLED, REDIRECTING):
        found, _ = read(mdmf((extra, b"2025550199"), (NO_CALLER, b"P")))
        report = report_of(dict(found.fields))  # type: ignore[union-attr]
        assert (report.number, report.absence) == (None, Absence.PRIVATE)


def test_the_order_of_the_parameters_does_not_matter() -> None:
    parameters = [
        (CALL_TYPE, b"\x01"),
        (MOMENT, b"01171452"),
        (CALLER, b"02079460123"),
        (NAME, b"SMYTHE J"),
        (THIRD, b"5"),
    ]
    said = {read(mdmf(*order))[0] for order in permutations(parameters)}
    assert len(said) == 1


def test_the_first_of_a_repeated_parameter_counts() -> None:
    assert whole(mdmf((CALLER, b"2025550117"), (CALLER, b"2025550171"))) == {Kind.NUMBER: number("2025550117")}


def test_zeros_may_fill_the_body_and_nothing_else() -> None:
    body = sender.parameter(CALLER, b"2025550117")
    for zeros in range(5):
        assert whole(message(0x80, body + bytes(zeros))) == {Kind.NUMBER: number("2025550117")}
    for wrong in (body + b"\x07", body + b"\x07\x04ABC", b"", b"\x02\x0b2025550117"):
        assert isinstance(read(message(0x80, wrong))[0], Damaged), wrong


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"032114052125550140", {Kind.NUMBER: number("2125550140"), Kind.DATE: "03-21", Kind.TIME: "14:05"}),
        (b"03211409P", {Kind.NUMBER: PRIVATE, Kind.DATE: "03-21", Kind.TIME: "14:09"}),
        (b"03211409O", {Kind.NUMBER: UNAVAILABLE, Kind.DATE: "03-21", Kind.TIME: "14:09"}),
        (b"03222405+441632960123", {Kind.NUMBER: number("+441632960123"), Kind.DATE: "03-22", Kind.TIME: None}),
        (b"03211409", {Kind.NUMBER: UNAVAILABLE, Kind.DATE: "03-21", Kind.TIME: "14:09"}),
    ],
)
def test_a_single_format_message_is_date_time_and_number(body: bytes, fields: dict[Kind, object]) -> None:
    assert whole(sdmf(body)) == fields


@pytest.mark.parametrize(
    ("data", "on"),
    [
        (message(0x06, b"BBB"), True),
        (message(0x06, b"ooo"), False),
        (message(0x06, b"BoB"), None),
        (mdmf((INDICATOR, b"\xff"), kind=0x82), True),
        (mdmf((INDICATOR, b"\x00"), kind=0x82), False),
        (mdmf((INDICATOR, b"\x17"), kind=0x82), None),
        (mdmf((STATUS, b"\x03"), kind=0x82), True),
        (mdmf((STATUS, b"\x00"), kind=0x82), False),
        (mdmf((STATUS, b"\x00"), (INDICATOR, b"\xff"), kind=0x82), True),
        (mdmf((MOMENT, b"01171452"), (CALLER, b"08005550150"), (INDICATOR, b"\xff"), kind=0x82), True),
        # In a call message: one that carries nothing else, and one of the type "message waiting".
        (mdmf((INDICATOR, b"\xff")), True),
        (mdmf((CALL_TYPE, b"\x81"), (CALLER, b"08005550150")), True),
        (mdmf((CALL_TYPE, b"\x81"), (INDICATOR, b"\x00"), (CALLER, b"08005550150")), False),
    ],
)
def test_waiting_messages_are_told_and_are_no_call(data: bytes, on: bool | None) -> None:
    assert whole(data) == ({} if on is None else {Kind.WAITING: on})


def test_a_call_may_tell_of_waiting_messages_as_well() -> None:
    data = mdmf((CALLER, b"2025550117"), (INDICATOR, b"\xff"))
    assert whole(data) == {Kind.NUMBER: number("2025550117"), Kind.WAITING: True}


@pytest.mark.parametrize("kind", [0x86, 0x89])
def test_charges_and_short_messages_say_nothing(kind: int) -> None:
    assert whole(mdmf((0x20, b"0042"), kind=kind)) == {}


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (b"PLAIN ASCII", "PLAIN ASCII"),
        ("Vähälä".encode("latin-1"), "Vähälä"),
        (b"M\x81LLER", "MüLLER"),  # CP437
        ("Łucja Żak".encode(), "Łucja Żak"),
        ("Łucja Ż".encode()[:-1], "Łucja"),  # cut inside a character
    ],
)
def test_names_come_in_four_character_sets(sent: bytes, name: str) -> None:
    assert whole(mdmf((NAME, sent)))[Kind.NAME] == name


@pytest.mark.parametrize("data", [*sender.CALLS[2:], sender.PLAIN, mdmf((INDICATOR, b"\x7f"), (MOMENT, b"01171452"))])
def test_seven_bits_and_even_parity_are_read_as_well(data: bytes) -> None:
    assert read(sender.with_even_parity(data))[0] == read(data)[0]


@pytest.mark.parametrize("data", [sender.PLAIN, sender.SINGLE])
def test_a_message_with_parity_that_lost_a_bit_never_gives_another_number(data: bytes) -> None:
    # 84 12 B0 33 ... with the parity bit of its type lost reads as 04 12 B0 33 ..., whose sum may be right: the number
    # was "²±²5550±´0" once.
    for flipped in sender.flips(sender.with_even_parity(data)):
        found, _ = read(flipped)
        assert not isinstance(found, Whole) or found == read(data)[0]


def test_a_number_of_letters_beyond_ascii_is_none() -> None:
    assert whole(mdmf((CALLER, b"\xb2025550117"))) == {Kind.NUMBER: UNAVAILABLE}
    assert whole(mdmf((MOMENT, b"\xb0117\xb14\xb52"))) == {Kind.DATE: None, Kind.TIME: None}


@pytest.mark.parametrize("data", sender.CALLS)
def test_no_message_cut_short_is_whole(data: bytes) -> None:
    for length in range(1, len(data)):
        found, size = read(data[:length])
        assert isinstance(found, Unfinished)
        assert size == length
        assert found.missing == (len(data) - length if length > 1 else 2)


def test_of_a_message_cut_short_whole_values_are_readable() -> None:
    rest = read(sender.PLAIN[:-14])[0]  # the checksum, the name with its head
    assert isinstance(rest, Unfinished)
    damaged = cut_short(rest)
    assert (
        damaged.why
        == f"The Caller ID message was cut short: {len(sender.PLAIN) - 14} of {len(sender.PLAIN)} bytes came."
    )
    assert dict(damaged.fields) == {Kind.NUMBER: number("2025550117"), Kind.DATE: "01-17", Kind.TIME: "14:52"}
    with_parity = read(sender.with_even_parity(sender.PLAIN)[:-14])[0]
    assert isinstance(with_parity, Unfinished)
    assert cut_short(with_parity) == damaged
    half_a_number = read(sender.SINGLE[:-5])[0]
    assert isinstance(half_a_number, Unfinished)
    assert dict(cut_short(half_a_number).fields) == {Kind.DATE: "03-21", Kind.TIME: "14:05"}


@pytest.mark.parametrize(
    ("hex_bytes", "fields"),
    [
        ("030735353530313132", [(Kind.DIALABLE, number("5550112"))]),
        ("020A32303235353530313137", [(Kind.NUMBER, number("2025550117"))]),
        ("040150", [(Kind.NUMBER, PRIVATE)]),
        ("080150", [(Kind.NAME, Absence.PRIVATE)]),
        ("0703414E4E", [(Kind.NAME, "ANN")]),
        ("01083031313731343532", [(Kind.DATE, "01-17"), (Kind.TIME, "14:52")]),
        ("110101", [(Kind.CALL_TYPE, CallType.VOICE)]),
        ("110181", [(Kind.CALL_TYPE, CallType.MESSAGE_WAITING)]),
        ("1101810B0100", [(Kind.WAITING, False), (Kind.CALL_TYPE, CallType.MESSAGE_WAITING)]),
        ("06014C", [(Kind.LONG_DISTANCE, True)]),
        ("1A0B3032303739343630313232", [(Kind.FORWARDED_BY, "02079460122")]),
        ("0B01FF", [(Kind.WAITING, True)]),
        ("0B0100", [(Kind.WAITING, False)]),
        ("0B0142", []),
        ("130105", [(Kind.WAITING, True)]),
        ("150101", [(Kind.FORWARDED_BECAUSE, ForwardReason.BUSY)]),
        ("16010F", [(Kind.CALLER_TYPE, CallerType.PAYPHONE)]),
        ("160100", []),
        ("0000", []),
        ("0600", []),
        ("0307303132", []),
        ("030341424300", []),
        ("0703070809", []),
        ("040141", []),
    ],
)
def test_parameters_without_a_message_count_only_when_they_are_what_they_must_be(
    hex_bytes: str, fields: list[Field]
) -> None:
    assert bare_parameters(bytes.fromhex(hex_bytes)) == tuple(fields)


values = st.binary(max_size=50)
parameters = st.lists(st.tuples(st.integers(0, 255), values), max_size=4)
digits = st.text("0123456789", min_size=1, max_size=20)
names = st.text("ABCXYZabc019 &'=;#<>.,", max_size=50).filter(lambda name: len(name.strip()) > 1)


@given(digits, names, st.from_regex(r"[0-9]{8}", fullmatch=True), st.permutations([0, 1, 2]))
def test_what_is_sent_is_what_is_read(called: str, name: str, moment: str, order: list[int]) -> None:
    sent = [(CALLER, called.encode()), (NAME, name.encode()), (MOMENT, moment.encode())]
    assert whole(mdmf(*(sent[n] for n in order))) == {
        Kind.NUMBER: number(called),
        Kind.NAME: name.strip(),
        Kind.DATE: date_of(moment[:4]),
        Kind.TIME: time_of(moment[4:]),
    }


@given(st.binary(min_size=1, max_size=600))
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    found, size = read(data)
    assert 0 < size <= len(data)
    if isinstance(found, Unfinished):
        assert 0 < found.missing <= 258
        cut_short(found)
    bare_parameters(data)


@given(st.sampled_from([0x04, 0x06, 0x80, 0x82, 0x86]), parameters)
def test_any_parameters_with_a_right_checksum_are_read_without_raising(
    kind: int, sent: list[tuple[int, bytes]]
) -> None:
    report_of(dict(getattr(read(mdmf(*sent, kind=kind))[0], "fields", ())))


@given(st.binary(min_size=3, max_size=257).map(lambda body: message(0x80, body[:255])))
def test_a_bit_lost_from_any_message_is_noticed(data: bytes) -> None:
    for flipped in sender.flips(data)[16:]:  # of what follows type and length
        assert not isinstance(read(flipped)[0], Whole)
