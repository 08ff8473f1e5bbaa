"""What is taken for a raw message among the lines of a modem, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.hex_lines import begins_message, bytes_of, continues_message
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
        assert begins_message(sender.in_hex(piece)) == (piece if length >= 8 else None)


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
