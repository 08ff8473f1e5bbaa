"""What the codes behind a DLE mean: signals of the line, keys pressed, and reports in the middle of sound.

Sans-IO. A modem's ear can be fooled: speech and noise give BUSY, DIAL_TONE and SILENCE that are none. Every code is
told as it comes; how many are needed before they are believed is for who leads the conversation.
"""

import re

from hardware.events import LineSignal

RING = ord("R")
REPORT_BEGINS, REPORT_ENDS = ord("X"), ord(".")

_S = LineSignal
# ITU-T V.253 table 6, IS-101 and Rockwell's manuals, which agree where they overlap; K, m and i are Lucent's and
# MultiTech's second letters for the same.
_LETTERS: dict[str, LineSignal] = {
    "d": _S.DIAL_TONE,
    "i": _S.DIAL_TONE,
    "b": _S.BUSY,
    "K": _S.BUSY,
    "r": _S.RINGBACK,
    "q": _S.QUIET,
    "s": _S.SILENCE,
    "c": _S.FAX_CALLING,
    "m": _S.FAX_CALLING,
    "a": _S.FAX_ANSWERING,
    "e": _S.DATA_CALLING,
    "f": _S.DATA_ANSWERING,
    "J": _S.SPECIAL_INFORMATION,
    "h": _S.HANDSET_ON_HOOK,
    "H": _S.HANDSET_OFF_HOOK,
    "p": _S.EXTENSION_ON_HOOK,
    "P": _S.EXTENSION_OFF_HOOK,
    "l": _S.LOOP_BREAK,
    "L": _S.POLARITY_REVERSAL,
    "w": _S.CALL_WAITING,
    "v": _S.VOICE_HEARD,
    "V": _S.VOICE_HEARD,
    "$": _S.BONG,
    "t": _S.TEXT_TELEPHONE,
    "T": _S.TIMING_MARK,
    "u": _S.UNDERRUN,
    "o": _S.OVERRUN,
    "Y": _S.LOST_DATA,
    "E": _S.BAD_FORMAT,
    "S": _S.SENDING_PAUSED,
    "Q": _S.SENDING_RESUMED,
}
SIGNALS = {ord(letter): signal for letter, signal in _LETTERS.items()}

KEYS = {ord(key): key for key in "0123456789*#ABCD"}
_KEY_DOWN = ord("/")
_KEY_UP = frozenset({ord("~"), 0x7F})  # a Si24xx says 7F, a misprint in its manual that its firmware kept

# Seconds between two codes of one key that nothing marks as up: nearer, it is one press held. IS-101 repeats a held
# digit every 70 ms; the quickest dialler leaves 100 ms (50 ms of tone, 50 ms of pause), a quick finger 150 ms.
HELD = 0.09

# Seconds after which the mark of a key that is down counts for nothing: the one that tells it is up was lost. Repeated
# digits of a key held longer still come nearer than HELD.
LONGEST_MARK = 2.0

# Bytes of a report in the middle of sound. A raw Caller ID message in hex is 516 characters; what is longer was sound,
# and the DLE X before it an accident. At 8000 bytes a second it is given back after an eighth of a second.
MAX_REPORT_BYTES = 1024

_LINE_END = re.compile(rb"[\r\n]")
_TEXT_LINE = re.compile(rb"[\t -~]*(?:=[\t -~\x80-\xff]*)?")


class KeyPresses:
    """Makes one press of however many codes a modem sends for it.

    With marks around it, a key is down until its mark says that it is up, or LONGEST_MARK has passed: 0 pressed three
    times as fast as may be is three presses. Modems that send digits alone send each once; should one repeat a held
    digit, it does so quicker than a finger can press.
    """

    def __init__(self) -> None:
        self._down: str | None = None
        self._marked_until = float("-inf")
        self._at = float("-inf")

    def take(self, code: int, moment: float) -> str | None:
        """A code, and when it came on the line (seconds, on any clock that runs with the line): the key of a press."""
        if code == _KEY_DOWN or code in _KEY_UP:
            self._marked_until = moment + LONGEST_MARK if code == _KEY_DOWN else float("-inf")
            self._down = None
            return None
        key = KEYS.get(code)
        if key is None:
            return None
        held = key == self._down and (moment < self._marked_until or 0.0 <= moment - self._at < HELD)
        self._down, self._at = key, moment
        return None if held else key


class ReportInSound:
    """The text between DLE X and DLE . where everything else is samples. What turns out to be none is given back."""

    def __init__(self) -> None:
        self._held: bytearray | None = None

    def begin(self) -> bytes:
        """DLE X came. Returns samples that an accident had kept here."""
        samples = self.give_back()
        self._held = bytearray()
        return samples

    def take(self, plain: bytes) -> bytes:
        """Bytes without a code. Returns the samples."""
        if self._held is None:
            return plain
        self._held += plain
        return self.give_back() if len(self._held) > MAX_REPORT_BYTES else b""

    def end(self) -> tuple[bytes, bytes]:
        """DLE . came. Returns the text of the report, and samples; one of them is empty."""
        held = self.give_back()
        return (held, b"") if _is_text(held) else (b"", held)

    def cut_off(self) -> tuple[bytes, bytes]:
        """The same when the stream ended instead: only what reads like a report is one, for sound can spell RING."""
        text, samples = self.end()
        return (text, samples) if b"=" in text else (b"", samples or text)

    def give_back(self) -> bytes:
        """The report never ended: it was sound."""
        held, self._held = self._held, None
        return bytes(held or b"")


def _is_text(held: bytes) -> bool:
    """Whether this may be lines of a report. Bytes above ASCII stand in names alone; samples have them anywhere."""
    return all(_TEXT_LINE.fullmatch(line) for line in _LINE_END.split(held))
