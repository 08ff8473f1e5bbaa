"""Raw Caller ID in hex within a log: where it stands, and other values spelled in its place, digit for digit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from . import at, hex_lines
from .anonymise_message import LONGEST, is_whole, scrubbed
from .dtmf_clip import clip_fields
from .stand_ins import StandIns, blurred

_LINE = re.compile(rb"[^\r\n]+")
_TAGGED = re.compile(rb"\s*(?:\x10X)?(?:MESG|\+VCIDR)\s*[=:]\s*", re.IGNORECASE)
_DIGIT = re.compile(rb"[0-9A-Fa-f]")

# Bytes of hex by which a line without any tag is more than a number; with blanks between pairs less will do.
_ENOUGH, _ENOUGH_SPACED = 8, 4
# Unchanged decimal digits in a row that are more than the head of a parameter, and where there is no message at all.
_TELLING, _TELLING_ALONE = 7, 5


@dataclass(frozen=True, slots=True)
class HexRun:
    """Bytes spelled in hex between two offsets of a log.

    `places` are the offsets of their digits, `spans` the offsets of each line's hex.
    """

    start: int
    end: int
    places: tuple[int, ...]
    data: bytes
    even_lines: bool  # no line ends amid a byte

    def scrub(self, log: bytearray, stand_ins: StandIns) -> None:
        """Spell other values in the place of the old ones, in the same case and with the same blanks."""
        if clip_fields(self.data.decode("latin-1")) is not None:
            self._write(log, stand_ins.digits(self.data).hex())
            return
        new, kept = scrubbed(self.data, stand_ins)
        digits = new.hex()
        if len(kept) < len(self.data):
            if not self.even_lines:  # half a byte may be missing anywhere
                digits = _blurred_between(digits, kept)
            digits = _without_numbers(self.data.hex(), digits, kept)
        self._write(log, digits)

    def _write(self, log: bytearray, digits: str) -> None:
        for place, old, new in zip(self.places, self.data.hex(), digits, strict=True):
            if old != new:
                log[place] = ord(new) if chr(log[place]).islower() else ord(new.upper())


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # behind the tag
    end: int
    tagged: bool
    text: str
    data: bytes | None  # None when it is no hex


def hex_runs(log: bytes) -> list[HexRun]:
    """Every raw message of a log, whole or damaged, also one wrapped over several lines."""
    lines = [_line(match) for match in _LINE.finditer(log)]
    runs: list[HexRun] = []
    index = 0
    while index < len(lines):
        taken = _lines_of_run(lines, index)
        if taken:
            runs.append(_run(log, lines[index : index + taken]))
        index += max(taken, 1)
    return runs


def _line(match: re.Match[bytes]) -> _Line:
    tag = _TAGGED.match(match[0])
    text = at.text_of(match[0][tag.end() if tag else 0 :])
    return _Line(
        match.start() + (tag.end() if tag else 0), match.end(), tag is not None, text, hex_lines.bytes_of(text)
    )


def _lines_of_run(lines: list[_Line], start: int) -> int:
    """How many of these lines, from the one at `start`, are one run of hex; 0 when that one is none."""
    if not _starts(lines[start]):
        return 0
    data = bytearray(lines[start].data or b"")
    count = 1
    while start + count < len(lines) and len(data) < LONGEST and not is_whole(bytes(data).lstrip(hex_lines.SEIZURE)):
        line = lines[start + count]
        if line.tagged or line.data is None or hex_lines.begins_message(line.text):  # the next copy: the last was cut
            break
        data += line.data
        count += 1
    return count


def _starts(line: _Line) -> bool:
    data = line.data
    if data is None or (not line.tagged and clip_fields(line.text) is not None):
        return False
    if line.tagged or is_whole(data.lstrip(hex_lines.SEIZURE)):
        return True
    if len(data) < (_ENOUGH_SPACED if " " in line.text else _ENOUGH):
        return False
    # A number is all decimal, too, but its pairs are not the codes of digits.
    decimal = "".join(line.text.split()).isdecimal()
    return not decimal or 3 * sum(0x30 <= byte <= 0x39 for byte in data) >= 2 * len(data)


def _run(log: bytes, lines: list[_Line]) -> HexRun:
    each = [[match.start() for match in _DIGIT.finditer(log, line.start, line.end)] for line in lines]
    places = [place for one in each for place in one]
    even = all(len(one) % 2 == 0 for one in each)
    places = places[: len(places) // 2 * 2]
    spelled = bytes(log[place] for place in places).decode("ascii")
    return HexRun(lines[0].start, lines[-1].end, tuple(places), bytes.fromhex(spelled), even)


def _blurred_between(digits: str, kept: frozenset[int]) -> str:
    """The same with what shows when bytes are read from the second half of each one to the first of the next."""
    shifted = bytes(int(digits[place : place + 2], 16) for place in range(1, len(digits) - 1, 2))
    new = blurred(bytes(byte & 0x7F for byte in shifted))
    changed = list(digits)
    for place, (old, byte) in enumerate(zip(shifted, new, strict=True)):
        if old & 0x7F != byte and place not in kept and place + 1 not in kept:
            changed[2 * place + 1 : 2 * place + 3] = f"{byte:02x}"
    return "".join(changed)


def _without_numbers(before: str, after: str, kept: frozenset[int]) -> str:
    """The same without decimal digits that stayed in a row: then it was a number, and no hex."""
    shortest = _TELLING if kept else _TELLING_ALONE
    changed = list(after)
    for stayed, places in _stretches(before, after, kept):
        if stayed and len(places) >= shortest:
            for place in places:
                changed[place] = str((int(after[place]) + 1 + place % 7) % 10)
    return "".join(changed)


def _stretches(before: str, after: str, kept: frozenset[int]) -> Iterator[tuple[bool, list[int]]]:
    def stayed(place: int) -> bool:
        return before[place] == after[place] and before[place].isdecimal() and place // 2 not in kept

    for told, places in groupby(range(len(before)), stayed):
        yield told, list(places)
