"""Lines, texts and result codes."""

import pytest

from hardware import at


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n", b"\r\r\n", b"\r\n\r\n", b"\n\r"])
def test_every_line_end_gives_the_same_lines(end: bytes) -> None:
    assembler = at.LineAssembler()
    assert assembler.feed(end + b"RING" + end + b"NMBR = 2025550117" + end) == [b"RING", b"NMBR = 2025550117"]
    assert not assembler.begun


def test_a_line_may_come_byte_by_byte() -> None:
    assembler = at.LineAssembler()
    lines = [line for byte in b"\r\nRING\r\n" for line in assembler.feed(bytes([byte]))]
    assert lines == [b"RING"]


def test_an_endless_line_is_dropped_and_the_next_line_is_read() -> None:
    assembler = at.LineAssembler()
    assert assembler.feed(b"x" * 100_000) == []
    assert assembler.feed(b"x" * 100_000 + b"\r\nRING\r\n") == [b"RING"]


def test_a_line_of_the_longest_length_is_kept_whatever_its_pieces() -> None:
    longest = b"y" * at.MAX_LINE_BYTES
    for size in (1, 7, 500, 2000):
        assembler = at.LineAssembler()
        text = longest + b"\n" + longest + b"y\n"
        lines = [line for n in range(0, len(text), size) for line in assembler.feed(text[n : n + size])]
        assert lines == [longest]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b"NAME = AIRY LAYOUT  ", "NAME = AIRY LAYOUT"),
        (b"R\xc3\xa4s\xc3\xa4l\xc3\xa4", "Räsälä"),
        (b"R\xc3\xa4s\xc3\xa4l\xc3", "Räsäl"),  # UTF-8 cut in the middle of a letter at the fifteenth byte
        (b"CAF\xc9 RENE", "CAFÉ RENE"),  # Latin-1
        (b"CAF\xc9", "CAFÉ"),  # could be the first byte of a cut UTF-8 letter, but nothing before it was UTF-8
        (b"M\x9aLLER", "MÜLLER"),  # CP437: 0x9A is a control character in Latin-1
        (b"Mu\xa4oz", "Muñoz"),  # CP437 as well: letters there, signs in Latin-1
        (b"MU\xa5OZ", "MUÑOZ"),
        (b"Garc\xa1a", "García"),
        (b"Jes\xa3s", "Jesús"),
        (b"Pe\xa4a L\xa2pez", "Peña López"),
        (b"NAME = S\xa0nchez", "NAME = Sánchez"),
        (b"NAME = \xa4a\xa4ez", "NAME = ñañez"),
        (b"\xa35 SHOP", "£5 SHOP"),  # a sign beside a digit is a sign
        (b"Mu\xf1oz", "Muñoz"),  # Latin-1
        (b"Strau\xe1", "Strauá"),  # ß in CP437, á in Latin-1: nothing tells which
        (b"BELL\x07 \x1b[31mRED\x7f", "BELL [31mRED"),
        (b"\x00\x00\x01\x002025550112", "2025550112"),
        (b"TIME\t=\t0125", "TIME = 0125"),
        ("MOM\u202eYNNEP".encode(), "MOMYNNEP"),  # a direction mark that would turn the text round on the page
        ("A\u2028B\u00a0C".encode(), "A B C"),
        (b"\x00\x07", ""),
    ],
)
def test_any_bytes_become_clean_text(line: bytes, text: str) -> None:
    assert at.text_of(line) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OK", "OK"),
        ("ERROR", "ERROR"),
        ("+CME ERROR: 3", "ERROR"),
        ("CONNECT 9600", "CONNECT"),
        ("VCON", "VCON"),
        ("LINE-IN-USE", "LINE-IN-USE"),
        ("NO CARRIER", "NO CARRIER"),
        ("OK TIRE CENTER", None),
        ("CONNECTICUT", None),
        ("0", None),
        ("RING", None),
    ],
)
def test_result_codes_are_whole_lines(text: str, code: str | None) -> None:
    assert at.result_code(text) == code


def test_no_carrier_ends_only_a_command_that_answers_or_dials() -> None:
    assert at.ends_command("NO CARRIER", "ATA")
    assert at.ends_command("BUSY", "ATDT5550100")
    assert not at.ends_command("NO CARRIER", "AT+VCID?")
    assert at.ends_command("OK", "AT+VCID?")


@pytest.mark.parametrize("text", ["SPRINGFIELD IL", "RINGO", "RING ROAD", "NAME=RING", "CID RING", "BORING", "RINGS"])
def test_letters_that_spell_ring_are_no_ring(text: str) -> None:
    assert not at.is_ring(text)


@pytest.mark.parametrize(
    ("text", "pattern"), [("RING", None), ("RING B", "B"), ("RING 2", "2"), ("RING;08999998;08999", None)]
)
def test_rings_are_told_with_their_pattern(text: str, pattern: str | None) -> None:
    assert at.is_ring(text)
    assert at.ring_pattern(text) == pattern


def test_an_echo_is_known_in_spite_of_blanks_and_case() -> None:
    assert at.is_echo("AT Z S0=0 E1 V1 Q0", "ATZS0=0E1V1Q0")
    assert at.is_echo("at+vcid=1", "AT+VCID=1")
    assert not at.is_echo("AT+VCID=1", "AT+VCID?")
