"""Raw Caller ID in hex within a log: where it stands, and the same with other values, byte for byte as long.

Lengths stay, and the checksum keeps its error if it had one, so that what was whole or damaged before is so after.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import hex_lines, mdmf

Change = Callable[[bytes], bytes]

_LINE = re.compile(rb"[^\r\n]+")
_TAGGED = re.compile(rb"\s*(?:\x10X)?(?:MESG|\+VCIDR)\s*[=:]\s*", re.IGNORECASE)
_DIGIT = re.compile(rb"[0-9A-Fa-f]")

# Parameters (EN 300 659-3, 5.4) that hold a number, and those that hold words.
_NUMBERS = frozenset({0x02, 0x03, 0x10, 0x12, 0x1A})
_WORDS = frozenset({0x07, 0x50})
# MMDDHHMM before the number of an SDMF message.
_MOMENT = 8


@dataclass(frozen=True, slots=True)
class HexRun:
    """Bytes spelled in hex between two offsets of a log. `places` are the offsets of their digits, two for each."""

    start: int
    end: int
    places: tuple[int, ...]
    data: bytes

    def scrubbed(self, digits: Change, words: Change) -> bytes:
        """The bytes with numbers and words changed, both of which must keep the length."""
        return _scrub(self.data, digits, words)

    def write(self, log: bytearray, data: bytes) -> None:
        """Spell `data` in the place of the old bytes, in the same case and with the same blanks."""
        for place, old, new in zip(self.places, self.data.hex().encode(), data.hex().encode(), strict=True):
            if old != new:
                log[place] = new if chr(log[place]).islower() else ord(chr(new).upper())


def hex_runs(log: bytes) -> list[HexRun]:
    """Every raw message of a log, also one wrapped over several lines."""
    runs: list[HexRun] = []
    lines = list(_LINE.finditer(log))
    index = 0
    while index < len(lines):
        taken = _lines_of_run(lines, index)
        if taken:
            runs.append(_run(log, [(_after_tag(line), line.end()) for line in lines[index : index + taken]]))
        index += max(taken, 1)
    return runs


def _lines_of_run(lines: list[re.Match[bytes]], start: int) -> int:
    """How many of these lines, from the one at `start`, are one run of hex; 0 when that one is none."""
    first = lines[start]
    text = _text(first)
    tagged = _after_tag(first) > first.start()
    if not (hex_lines.bytes_of(text) if tagged else hex_lines.begins_message(text)):
        return 0
    count = 1
    while start + count < len(lines) and _after_tag(lines[start + count]) == lines[start + count].start():
        text = _text(lines[start + count])
        if hex_lines.bytes_of(text) is None or hex_lines.begins_message(text):  # the next copy, the last one cut short
            break
        count += 1
    return count


def _after_tag(line: re.Match[bytes]) -> int:
    tag = _TAGGED.match(line[0])
    return line.start() + tag.end() if tag else line.start()


def _text(line: re.Match[bytes]) -> str:
    return line[0][_after_tag(line) - line.start() :].decode("latin-1").strip()


def _run(log: bytes, spans: list[tuple[int, int]]) -> HexRun:
    places = [match.start() for start, end in spans for match in _DIGIT.finditer(log, start, end)]
    places = places[: len(places) // 2 * 2]
    spelled = bytes(log[place] for place in places).decode("ascii")
    return HexRun(spans[0][0], spans[-1][1], tuple(places), bytes.fromhex(spelled))


def _scrub(data: bytes, digits: Change, words: Change) -> bytes:
    done = bytearray()
    while data:
        seizure = len(data) - len(data.lstrip(hex_lines.SEIZURE))
        done += data[:seizure]
        data = data[seizure:]
        if not data:
            break
        if data[0] not in mdmf.MESSAGE_TYPES and mdmf.has_even_parity(data) and len(data) > 1:
            plain = _scrub(mdmf.without_parity(data), digits, words)
            return bytes(done) + bytes(byte | (byte.bit_count() & 1) << 7 for byte in plain)
        size = data[1] + 3 if len(data) > 1 and data[0] in mdmf.MESSAGE_TYPES else len(data)
        done += _message(data[:size], digits, words) if data[0] in mdmf.MESSAGE_TYPES else _rest(data, digits, words)
        data = data[size:]
    return bytes(done)


def _message(message: bytes, digits: Change, words: Change) -> bytes:
    head, whole = message[:2], len(message) > 2 and len(message) == message[1] + 3
    body = message[2:-1] if whole else message[2:]
    single = message[0] == mdmf.SDMF_CALL
    new = body[:_MOMENT] + digits(body[_MOMENT:]) if single else _parameters(body, digits, words)
    if not whole:
        return head + new
    return head + new + bytes(((message[-1] + sum(body) - sum(new)) & 0xFF,))


def _parameters(body: bytes, digits: Change, words: Change) -> bytes:
    done = bytearray()
    while len(body) > 1:
        kind, end = body[0], 2 + body[1]
        change = digits if kind in _NUMBERS else words if kind in _WORDS else bytes
        done += body[:2] + change(body[2:end])
        body = body[end:]
    return bytes(done) + body


def _rest(data: bytes, digits: Change, words: Change) -> bytes:
    """Bare parameters, a DTMF string in hex, or nobody knows what: then every number and word in it."""
    if mdmf.bare_parameters(data):
        return _parameters(data, digits, words)
    return words(data) if data.isascii() else digits(data)
