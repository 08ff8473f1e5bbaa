"""Looking for what an anonymised log still tells: the bytes of every line of hex, in both halves, with seven bits."""

import re

from hardware.anonymise import Anonymiser


def scrubbed(data: bytes, *, replies: tuple[tuple[int, int], ...] = ()) -> bytes:
    changed = Anonymiser().log(data, replies=replies)
    assert len(changed) == len(data)
    return changed


def seen_in(log: bytes) -> bytes:
    """All that a reader could make of a log: as it is, without what parts digits, and decoded from hex."""
    keys = re.sub(rb"\x10(?:[/~]|(?=[0-9]))|DTMF=|[\r\n]", b"", log)
    views = [log, re.sub(rb"[\s\x00,./()-]", b"", log), keys]
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", re.sub(rb"(?i)MESG|\+VCIDR|\x10X|RING|OK", b"", log)).decode()
    for start in (0, 1):
        half = digits[start:]
        data = bytes.fromhex(half[: len(half) // 2 * 2])
        views += [data, bytes(byte & 0x7F for byte in data)]
    return b"\n".join(views).upper()


def in_parts(secret: bytes, size: int) -> list[bytes]:
    """Every piece of it that would tell enough."""
    return [secret[start : start + size] for start in range(len(secret) - size + 1)]


def message(kind: int, *parameters: tuple[int, bytes]) -> bytes:
    body = b"".join(bytes((parameter, len(value))) + value for parameter, value in parameters)
    head = bytes((kind, len(body))) + body
    return head + bytes((-sum(head) & 0xFF,))


def with_parity(data: bytes) -> bytes:
    return bytes(byte & 0x7F | ((byte & 0x7F).bit_count() & 1) << 7 for byte in data)
