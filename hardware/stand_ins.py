"""A made-up number or name for each that was seen, byte for byte as long and always the same.

No format of any line: what a value is, and whether it is private at all, is known elsewhere.
"""

import re
from collections.abc import Callable, Iterable
from unicodedata import decimal

from .anonymise_words import is_label, label_length

# The first seven digits of numbers that are kept for fiction in North America, and the rest of their ten.
_FICTION = "55501"
_AREA = 202
_HELD_BY_ONE_AREA = 100

# Digits below which a run is an emergency number, a code or a clock time, not somebody's number.
SHORTEST_NUMBER = 5
# Whatever stands between the digits of one number: blanks, marks and controls, but none that part the values of a list.
_NUMBER = re.compile(rf'\d(?:(?:[^\w",;:<>=]|_){{0,16}}\d){{{SHORTEST_NUMBER - 1},}}')
_PREFIX = re.compile(r"(?:011|00|0|1(?=[0-9]{10}$))")

# Letters, and all that is not ASCII: vowel signs and combining accents are of a name, too.
_WORD = re.compile(r"(?:[^\W\d_]|[^\x00-\x7f\d])+")
_STAND_IN = "EXAMPLENAMEOFACALLER"
# Bytes that are not UTF-8, as Python decodes them.
_STRAY = re.compile("[\udc80-\udcff]")
_STRAY_LETTER = "\udce9"

# A key, a state of the line: DLE and a character of ASCII.
_CODE = re.compile(rb"\x10[\x00-\x7f]?")


class StandIns:
    """Remembers what it replaced by what; use one for all logs that belong together."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._names: dict[str, int] = {}

    def number(self, digits: str) -> str:
        """Another number of as many digits (ASCII), with the same trunk or international prefix. Zeros stay zeros."""
        if not digits.strip("0"):
            return digits
        known = self._numbers.get(digits)
        if known is None:
            index = len(self._numbers)
            made_up = _made_up(digits, index)
            known = self._numbers[digits] = made_up if made_up != digits else _made_up(digits, index + 1)
        return known

    def name(self, text: str) -> str:
        """Another name of the same shape: blanks, marks, labels of carriers and the lengths of words stay."""
        return "".join(piece if piece == '"' else self._unquoted(piece) for piece in re.split('(")', text))

    def private(self, value: bytes) -> bytes:
        """Words and numbers gone. What follows a DLE is a code of the modem's and stays."""
        return _in_its_charset(value, lambda text: self._without_numbers(self.name(text)))

    def digits(self, value: bytes) -> bytes:
        """Numbers gone, words as they are."""
        return _in_its_charset(value, self._without_numbers)

    def _unquoted(self, text: str) -> str:
        label = label_length(text)
        if is_label(text[label:]):
            return text
        offset = self._names.setdefault(text[label:].strip(), len(self._names))
        return text[:label] + _WORD.sub(lambda word: _like(word[0], offset), text[label:])

    def _without_numbers(self, text: str) -> str:
        if len(_digits_in(text, 0, len(text))) < SHORTEST_NUMBER:
            return text
        groups = [_digits_in(text, match.start(), match.end()) for match in _NUMBER.finditer(text)]
        taken = {place for places in groups for place in places}
        loose = [place for place in _digits_in(text, 0, len(text)) if place not in taken]
        if len(loose) >= SHORTEST_NUMBER:  # a number in some dress of its own
            groups.append(loose)
        changed = list(text)
        for places in groups:
            digits = "".join(str(decimal(text[place])) for place in places)
            for place, old, new in zip(places, digits, self.number(digits), strict=True):
                changed[place] = chr(ord(text[place]) - int(old) + int(new))  # a digit of the same script
        return "".join(changed)


def blurred(data: bytes) -> bytes:
    """Everything printable made up, digit for digit and letter for letter, without remembering what it was."""
    return bytes(_blurred(byte, place) for place, byte in enumerate(data))


def _blurred(byte: int, place: int) -> int:
    character = chr(byte)
    if not 0x20 < byte < 0x7F:
        return byte
    if character.isdigit():
        return ord(_made_up("2025550100", place // 10)[place % 10])
    new = _STAND_IN[place % len(_STAND_IN)]
    return ord(new.lower() if character.islower() else new)


def _made_up(digits: str, index: int) -> str:
    prefix = match[0] if (match := _PREFIX.match(digits)) else ""
    area = _AREA + index // _HELD_BY_ONE_AREA
    ending = f"{area % 1000:03}{_FICTION}{index % _HELD_BY_ONE_AREA:02}"
    wanted = len(digits) - len(prefix)
    return prefix + ending.rjust(wanted, "2")[len(ending) - wanted if wanted < len(ending) else 0 :]


def _digits_in(text: str, start: int, end: int) -> list[int]:
    return [place for place in range(start, end) if text[place].isdecimal()]


def _like(word: str, offset: int) -> str:
    """Letters of a made-up name in the place of each letter, as wide in bytes and of the same case."""
    for shift in (offset, offset + 1):
        made_up = "".join(_as_wide(new, old) for new, old in zip(_stand_in(shift, len(word)), word, strict=True))
        if made_up != word:
            break
    return made_up


def _stand_in(offset: int, length: int) -> Iterable[str]:
    return (_STAND_IN[(offset + place) % len(_STAND_IN)] for place in range(length))


def _as_wide(new: str, old: str) -> str:
    if _STRAY.fullmatch(old):
        return _STRAY_LETTER
    width = len(old.encode("utf-8"))
    if width == 1:
        return new.lower() if old.islower() else new
    return {2: "é", 3: "ก", 4: "𐌀"}[width]


def _in_its_charset(value: bytes, change: Callable[[str], str]) -> bytes:
    """The change made to text in whatever it is written; the codes in it stay where they are, and part nothing."""
    plain = _CODE.sub(lambda code: bytes(len(code[0])), value)
    changed = bytearray(change(plain.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))
    for code in _CODE.finditer(value):
        changed[code.start() : code.end()] = code[0]
    return bytes(changed)
