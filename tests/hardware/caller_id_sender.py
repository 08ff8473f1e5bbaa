"""What an exchange sends, encoded by rules of its own: raw Caller ID messages, and the hex that modems make of them."""

from textwrap import wrap

MOMENT, CALLER, THIRD, NO_CALLER, QUALIFIER, NAME, NO_NAME = 0x01, 0x02, 0x03, 0x04, 0x06, 0x07, 0x08
INDICATOR, COMPLEMENTARY, CALL_TYPE, FIRST_CALLED, STATUS, REDIRECTING = 0x0B, 0x10, 0x11, 0x12, 0x13, 0x1A


def message(kind: int, body: bytes) -> bytes:
    """Type, length, body, and the byte that brings the sum to a multiple of 256."""
    start = bytes([kind, len(body)]) + body
    checksum = 256 - sum(start) % 256
    return start + bytes([checksum % 256])


def parameter(kind: int, value: bytes) -> bytes:
    return bytes([kind, len(value)]) + value


def mdmf(*parameters: tuple[int, bytes], kind: int = 0x80) -> bytes:
    return message(kind, b"".join(parameter(*each) for each in parameters))


def sdmf(text: bytes) -> bytes:
    return message(0x04, text)


def in_hex(data: bytes) -> str:
    return data.hex().upper()


def spaced(data: bytes) -> str:
    return data.hex(" ").upper()


def wrapped(data: bytes, count: int = 16) -> list[str]:
    """As a Si24xx answers AT+VCIDR? (AN93): so many bytes a line, with blanks between."""
    return wrap(spaced(data), 3 * count - 1)


def with_even_parity(data: bytes) -> bytes:
    """The seven bits of each byte, and an eighth that makes the number of ones even."""
    return bytes((byte & 0x7F) | ((byte & 0x7F).bit_count() % 2 << 7) for byte in data)


def flips(data: bytes) -> list[bytes]:
    """The message with each of its bits turned over, one at a time."""
    flipped = []
    for place in range(len(data) * 8):
        copy = bytearray(data)
        copy[place // 8] ^= 1 << place % 8
        flipped.append(bytes(copy))
    return flipped


# A call as most exchanges send it, one with everything, one by ETSI, and the single formats.
PLAIN = mdmf((MOMENT, b"01171452"), (CALLER, b"2025550117"), (NAME, b"AIRY LAYOUT"))
RICH = mdmf(
    (CALL_TYPE, b"\x01"),
    (MOMENT, b"01171452"),
    (CALLER, b"+442079460123"),
    (NAME, "Käthe Söder".encode("latin-1")),
    (QUALIFIER, b"L"),
    (FIRST_CALLED, b"02079460199"),
    (0x15, b"\x03"),
    (0x16, b"\x0a"),
)
PRIVATE = mdmf((MOMENT, b"03211405"), (NO_CALLER, b"P"), (NO_NAME, b"P"))
SINGLE = sdmf(b"03211405" + b"2125550140")
SINGLE_PRIVATE = sdmf(b"03211409" + b"P")
CALLS = [PLAIN, RICH, PRIVATE, SINGLE, SINGLE_PRIVATE]
