"""Raw Caller ID in a log for a bug report: whole messages stay whole, and damaged ones tell nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.replay import semantic_events
from tests.hardware.private_desk import in_parts, message, scrubbed, seen_in, with_parity

NUMBER, NAME = b"3125557788", b"OAKES MARY"
GOOD = message(0x80, (0x01, b"03211405"), (0x02, NUMBER), (0x07, NAME))
PLACES = range(len(GOOD))
DAMAGED = {
    "one byte dropped": [GOOD[:i] + GOOD[i + 1 :] for i in PLACES],
    "one byte added": [GOOD[:i] + b"\x00" + GOOD[i:] for i in PLACES],
    "one bit flipped": [GOOD[:i] + bytes((GOOD[i] ^ 1 << bit,)) + GOOD[i + 1 :] for i in PLACES for bit in range(8)],
    "the end cut off": [GOOD[:i] for i in PLACES],
    "the tail": [GOOD[i:] for i in PLACES],
    "parity and a bit flipped": [
        with_parity(GOOD)[:i] + bytes((with_parity(GOOD)[i] ^ 1 << bit,)) + with_parity(GOOD)[i + 1 :]
        for i in PLACES
        for bit in (0, 3, 7)
    ],
}
SPELLINGS = {
    "plain": lambda data: data.hex().upper(),
    "small": lambda data: data.hex(),
    "spaced": lambda data: data.hex(" ").upper(),
    "with commas": lambda data: data.hex(",").upper(),
}


def assert_nothing_told(log: bytes) -> None:
    seen = seen_in(scrubbed(log))
    assert not [piece for piece in (*in_parts(NUMBER, 5), b"OAKES", b"MARY") if piece in seen], scrubbed(log)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("tag", ["", "MESG=", "+VCIDR: "])
def test_a_damaged_message_tells_nothing_however_it_is_spelled(damage: str, spelling: str, tag: str) -> None:
    least = 8 if not tag else 1  # fewer bytes without a tag may be anything
    for data in DAMAGED[damage]:
        if len(data) >= least:
            assert_nothing_told(f"{tag}{SPELLINGS[spelling](data)}\r\n".encode())


def test_a_message_wrapped_anywhere_or_short_of_half_a_byte_tells_nothing() -> None:
    for data in (GOOD, GOOD[:20] + GOOD[21:]):
        spelled = data.hex().upper()
        for cut in range(16, len(spelled)):
            assert_nothing_told(f"{spelled[:cut]}\r\n{spelled[cut:]}\r\n".encode())
            assert_nothing_told(f"{spelled[: cut - 1]}{spelled[cut:]}\r\n".encode())


@pytest.mark.parametrize("data", [GOOD, with_parity(GOOD), b"\x55" * 4 + GOOD])
def test_a_whole_message_tells_nothing_and_stays_whole(data: bytes) -> None:
    log = f"{data.hex().upper()}\r\n".encode()
    assert_nothing_told(log)
    (before,), (after,) = (semantic_events([(0.0, told)]) for told in (log, scrubbed(log)))
    assert (after["date"], after["time"], len(after["number"]), len(after["name"])) == ("03-21", "14:05", 10, 10)
    assert after["number"] != before["number"]


@pytest.mark.parametrize("kind", [0x40, 0x80, 0x82, 0x86, 0x89])
def test_whatever_parameter_holds_a_number_or_a_name_it_is_private(kind: int) -> None:
    for parameter in range(256):
        assert_nothing_told(message(kind, (parameter, NUMBER), (parameter, NAME)).hex().encode() + b"\r\n")


def test_parameters_that_tell_of_nobody_stay() -> None:
    for parameter, value in (
        (0x04, b"P"),
        (0x06, b"L"),
        (0x08, b"O"),
        (0x0B, b"\xff"),
        (0x11, b"\x01"),
        (0x13, b"\x05"),
    ):
        line = message(0x80, (0x01, b"03211405"), (parameter, value)).hex().encode() + b"\r\n"
        assert scrubbed(line) == line


@pytest.mark.parametrize(
    "line",
    [
        *(b"MESG=0555", b"MESG = 0303", b"MESG=1111", b"MESG=4242", b"+VCIDR: 09 09", b"06034242420603424242"),
        *(b"0603424242", b"81 88 30 33 b2 b1", b"MESG=0C0C0C", b"MESG=0A03", b"MESG=3331", b"33 33 30 30"),
    ],
)
def test_a_piece_of_even_parity_raises_nothing(line: bytes) -> None:
    scrubbed(line + b"\r\n")


def test_the_checksum_of_a_whole_message_is_right_again_and_that_of_a_damaged_one_wrong_by_as_much() -> None:
    whole = bytes.fromhex("80200108313232343139303107084A4F484E20444F45020A32313235353530313433")
    for error in (0, 1, 77):
        data = whole + bytes(((-sum(whole) + error) & 0xFF,))
        changed = bytes.fromhex(scrubbed(data.hex().upper().encode() + b"\r\n").decode())
        assert sum(changed) & 0xFF == error
        assert b"JOHN" not in changed
        assert b"2125550143" not in changed
        assert changed[:12] == data[:12]  # type, length, date and time


def test_a_long_number_alone_on_a_line_is_no_message_in_hex() -> None:
    for line in (b"3125557788012345", b"31  25   57   77   88", b"8001901819801918", b"55 55 55 77 88"):
        changed = scrubbed(line + b"\r\n")
        assert not [piece for piece in in_parts(line.replace(b" ", b""), 6) if piece in changed.replace(b" ", b"")]


@given(
    st.binary(max_size=40),
    st.integers(0, 4),
    st.sampled_from([b"", b"MESG=", b"+VCIDR: "]),
    st.booleans(),
)
def test_any_bytes_in_hex_come_out_as_long_and_as_hex(data: bytes, lost: int, tag: bytes, parity: bool) -> None:
    spelled = (with_parity(data) if parity else data).hex().encode()
    line = tag + spelled[: len(spelled) - lost] + b"\r\n" + spelled
    assert len(scrubbed(line)) == len(line)
