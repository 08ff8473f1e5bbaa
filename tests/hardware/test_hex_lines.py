"""What is taken for a raw message among the lines of a modem, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.hex_lines import begins_message, bytes_of, continues_message, half_of
from hardware.mdmf import without_parity

from . import caller_id_sender as sender


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("80 20 01", b"\x80\x20\x01"),
        ("802001", b"\x80\x20\x01"),
        ("80  20\t01 ", b"\x80\x20\x01"),
        ("4a4F", b"JO"),
        ("80200", b"\x80\x20"),  # half a byte was lost
        ("8 02 00", None),
        ("", None),
        ("8", None),
        ("80 2G", None),
        ("80,20", None),
        ("OK", None),
        ("٨٠", None),
    ],
)
def test_bytes_of_hex(text: str, data: bytes | None) -> None:
    assert bytes_of(text) == data


@pytest.mark.parametrize("data", sender.CALLS)
def test_a_message_is_known_by_its_beginning(data: bytes) -> None:
    for length in range(4, len(data) + 1):
        piece = data[:length]
        assert begins_message(sender.spaced(piece)) == piece
        unspaced = sender.in_hex(piece)
        known = length >= 8 or not unspaced.isdecimal()  # as any telephone number may be
        assert begins_message(unspaced) == (piece if known else None)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("802A0108", True),
        ("803F1101", True),
        ("80 22 01 08", True),
        ("804F020A3230", True),
        ("802A0702", True),
        ("80220108", False),
        ("802A0109", False),
        ("80050A0102", False),
        ("802A0203AB", False),
        ("8003020A", False),
    ],
)
def test_four_bytes_without_blanks_suffice_when_type_and_first_parameter_fit(line: str, known: bool) -> None:
    assert (begins_message(line) is not None) is known


def test_a_line_of_decimal_digits_is_a_message_when_it_is_flawless() -> None:
    assert begins_message("800603555012345678") is None  # a line of a reply, with a fitting length
    assert begins_message("8022010830333231") == bytes.fromhex("8022010830333231")
    assert begins_message("0412303331323134") == bytes.fromhex("0412303331323134")
    assert begins_message("0412903331323134") is None
    assert begins_message("89014103211118510720") is None  # of a chip card


def test_a_japanese_message_is_none() -> None:
    # Type 40, with a checksum for good measure. What modems leave of its CRC is not known.
    assert begins_message("400C020A32303235353530313433AD") is None


@pytest.mark.parametrize(("line", "half"), [("80220", "0"), ("80 22 0", "0"), ("8022", ""), ("", "")])
def test_half_a_byte_at_the_end_of_a_line(line: str, half: str) -> None:
    assert half_of(line) == half
    assert continues_message("8 AB", 2, "0") == b"\x08\xab"
    assert continues_message("8 AB", 2) is None


@pytest.mark.parametrize("data", sender.CALLS)
def test_the_channel_seizure_in_front_is_no_hindrance(data: bytes) -> None:
    assert begins_message("55" * 30 + sender.in_hex(data)) is not None
    assert begins_message("55 " * 30) is None


@pytest.mark.parametrize("data", sender.CALLS)
def test_one_bit_wrong_anywhere_leaves_it_a_message(data: bytes) -> None:
    for flipped in sender.flips(data):
        assert begins_message(sender.in_hex(flipped)) == flipped


def test_parity_and_a_lost_half_byte_leave_it_a_message() -> None:
    for data in (sender.with_even_parity(sender.PLAIN), sender.with_even_parity(sender.SINGLE)):
        assert begins_message(sender.in_hex(data)) == data
        assert begins_message(sender.in_hex(data)[:-1]) == data[:-1]
    assert without_parity(sender.with_even_parity(sender.SINGLE)) == bytes(byte & 0x7F for byte in sender.SINGLE)


@pytest.mark.parametrize(
    "line",
    [
        "5601",  # ATI0 of a USR5637
        "56000",
        "B5",  # AT+GCI? without its prefix
        "00",
        "0000000000000000",
        "80",
        "0400",
        "000102030405060708090A0B0C0D0E0F",  # a serial number
        "2025550117",
        "8005550123",
        "8021010250",
        "0418303132",
        "20025550117000",
        "351234050123457",
        "DEADBEEF",
        "FACADE00FACADE00",
        "B4 3D 42",
        "1 2 3 4 5 6 7 8",
        "01171452",
        "2024-01-17",
        "04123033",
        "80220108",
        "0606060606060606",
    ],
)
def test_replies_serial_numbers_and_telephone_numbers_are_none(line: str) -> None:
    assert begins_message(line) is None


@given(st.from_regex(r"[0-9]{3,15}", fullmatch=True))
def test_no_telephone_number_is_a_message_by_its_digits(digits: str) -> None:
    data = begins_message(digits)
    assert data is None or sum(data) % 256 == 0  # right to the last digit


@given(st.one_of(st.text(), st.text("0123456789abcdefABCDEF 8042", max_size=1100)), st.integers(0, 258))
def test_any_text_is_read_without_raising(text: str, missing: int) -> None:
    begins_message(text)
    piece = continues_message(text, missing)
    assert piece is None or len(piece) <= missing
