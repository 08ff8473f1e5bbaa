"""Numbers and names of a captured log replaced by made-up ones of the same length; all else stays as it was.

Bytes go in, as many bytes come out, so every time and offset noted of them still fits. The same number or name gets the
same replacement throughout one `Anonymiser`. What is not known to be harmless is taken for private.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from . import at
from .anonymise_hex import HexRun, hex_runs
from .caller_id import TAGS, fields_of
from .fields import Kind

# The first seven digits of numbers that are kept for fiction in North America, and the rest of their ten.
_FICTION = "55501"
_AREA = 202
_HELD_BY_ONE_AREA = 100

# Digits below which a run is an emergency number, a code or a clock time, not somebody's number.
_SHORTEST_NUMBER = 5
_NUMBER = re.compile(rb"[0-9](?:[ ().-]{0,2}[0-9]){%d,}" % (_SHORTEST_NUMBER - 1))
_PREFIX = re.compile(r"(?:011|00|0|1(?=[0-9]{10}$))")

# Words that carriers put in place of, or before, a name: they tell nobody's name and are what a report is about.
_LABELS = re.compile(
    "O|P|V|VER|SPAM|SCAM|SPOOF|LIKELY|POTENTIAL|SUSPECTED|FRAUD|ROBO|CALLER|TELEMARKETER|PRIVATE|UNAVAILABLE|UNKNOWN|"
    "ANONYMOUS|WITHHELD|RESTRICTED|BLOCKED|OUT|OF|AREA|WIRELESS|CELL|PHONE|TOLL|FREE|NONE|NAME|NUMBER|CALL",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_STAND_IN = "EXAMPLENAMEOFACALLER"

_TAG = re.compile(
    rb"(?:(?<=\s)|(?<=\x10X)|^)(%s)\s*[=:]\s*"
    % b"|".join(re.escape(tag).replace(rb"\ ", rb"\s+") for tag in sorted((t.encode() for t in TAGS), key=len)[::-1]),
    re.IGNORECASE,
)
_LINE = re.compile(rb"[^\r\n]+")
_CODE = re.compile(rb"(\x10.?)", re.DOTALL)
_MOMENTS = frozenset({Kind.DATE, Kind.TIME})
# Lines that say nothing of anybody, wherever they stand.
_PLAIN_WORDS = re.compile(r"(?:RING(?: [A-Z0-9])?|CIDM|FLASH|CID RING|CALLING MSG|END MSG|DR(?:ON|OF)=\d+\s*)+")


class Anonymiser:
    """Remembers what it replaced by what; use one for all logs that belong together."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._names: dict[str, int] = {}

    def log(self, data: bytes, *, replies: tuple[tuple[int, int], ...] = ()) -> bytes:
        """The bytes of a log without anybody's number or name.

        `replies` are the (start, end) offsets of what the modem answered to commands: those lines stay as they are,
        unless they are Caller ID.
        """
        changed = bytearray(data)
        hidden = hex_runs(data)
        for run in hidden:
            self._message(changed, run)
        # Both in their order and apart from each other, so the last one that begins before a line is the only one to ask.
        runs, asked_at = [run.start for run in hidden], [start for start, _ in replies]
        for match in _LINE.finditer(data):
            before = bisect_left(runs, match.end())
            if before and match.start() < hidden[before - 1].end:
                continue
            question = bisect_right(asked_at, match.start())
            asked = question > 0 and match.start() < replies[question - 1][1]
            changed[match.start() : match.end()] = self._line(match[0], asked=asked)
        return bytes(changed)

    def number(self, digits: str) -> str:
        """A made-up number of as many digits, with the same trunk or international prefix."""
        known = self._numbers.get(digits)
        if known is None:
            known = self._numbers[digits] = self._made_up(digits, len(self._numbers))
        return known

    def name(self, text: str) -> str:
        """A made-up name of the same shape: blanks, marks, labels of carriers and the lengths of words stay."""
        offset = self._names.setdefault(text, len(self._names))
        return _WORD.sub(lambda word: word[0] if _LABELS.fullmatch(word[0]) else _like(word[0], offset), text)

    def _made_up(self, digits: str, index: int) -> str:
        prefix = match[0] if (match := _PREFIX.match(digits)) else ""
        area = _AREA + index // _HELD_BY_ONE_AREA
        ending = f"{area % 1000:03}{_FICTION}{index % _HELD_BY_ONE_AREA:02}"
        wanted = len(digits) - len(prefix)
        return prefix + ending.rjust(wanted, "2")[len(ending) - wanted if wanted < len(ending) else 0 :]

    def _line(self, line: bytes, *, asked: bool) -> bytes:
        text = at.text_of(line)
        tags = list(_TAG.finditer(line))
        if not tags:
            harmless = at.result_code(text) is not None or _PLAIN_WORDS.fullmatch(text) is not None
            if harmless or (asked and fields_of(text) is None):
                return line
            return self._digits(line) if fields_of(text) is not None else self._private(line)
        parts = [self._private(line[: tags[0].start()])]
        for tag, following in zip(tags, [*tags[1:], None], strict=True):
            value = line[tag.end() : following.start() if following else None]
            parts += [line[tag.start() : tag.end()], self._value(_kind(tag[1]), value)]
        return b"".join(parts)

    def _value(self, kind: object, value: bytes) -> bytes:
        if kind in _MOMENTS:
            return value if len(re.findall(rb"[0-9]", value)) <= 8 else self._digits(value)
        return self._private(value) if kind is Kind.NAME else self._digits(value)

    def _private(self, value: bytes) -> bytes:
        """Letters and long numbers gone. The letter behind a DLE is a code of the modem's."""
        parts = _CODE.split(value)
        parts[::2] = [self._digits(_in_its_charset(part, self.name)) for part in parts[::2]]
        return b"".join(parts)

    def _digits(self, value: bytes) -> bytes:
        return _NUMBER.sub(self._replaced, value)

    def _replaced(self, match: re.Match[bytes]) -> bytes:
        digits = "".join(re.findall("[0-9]", match[0].decode("ascii")))
        new = iter(self.number(digits))
        return re.sub(rb"[0-9]", lambda _: next(new).encode("ascii"), match[0])

    def _message(self, changed: bytearray, run: HexRun) -> None:
        run.write(changed, run.scrubbed(self._digits, self._private))


def _kind(tag: bytes) -> object:
    return TAGS[" ".join(tag.decode("ascii").upper().split())]


def _like(word: str, offset: int) -> str:
    """Letters of a made-up name in the place of each letter, as wide in bytes and of the same case."""
    letters = (_STAND_IN[(offset + place) % len(_STAND_IN)] for place in range(len(word)))
    return "".join(_as_wide(new, old) for new, old in zip(letters, word, strict=True))


def _as_wide(new: str, old: str) -> str:
    width = len(old.encode("utf-8"))
    if width == 1:
        return new.lower() if old.islower() else new
    return {2: "é", 3: "ก", 4: "𐌀"}[width]


def _in_its_charset(value: bytes, change: Callable[[str], str]) -> bytes:
    """The change made to text in whatever it is written; one byte per character where that is not UTF-8."""
    try:
        return change(value.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
        return "".join("\xe9" if old >= "\x80" else new for old, new in zip(text, change(text), strict=True)).encode(
            "latin-1", "replace"
        )
