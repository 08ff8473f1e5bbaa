"""The lines of an AT dialogue: bytes go in, whole lines and their text, result codes and ring lines come out.

Sans-IO: no clock, no port. What a line means beyond that (Caller ID, which command it answers) stays out.
"""

import re

# Bytes. The longest honest line is a raw Caller ID message in spaced hex: 258 bytes of three characters each. What
# grows beyond this is noise; it is dropped up to the next line end, which is where we find the way back.
MAX_LINE_BYTES = 1024

# ITU-T V.250 table 1, V.253 (VCON) and Conexant 102752B section 3 (LINE-IN-USE), the ones that end a command.
_FINAL = frozenset({"OK", "ERROR", "CONNECT", "VCON", "LINE-IN-USE", "NO DIALTONE", "NO DIAL TONE", "DELAYED"})
# These end a command only when it dials or answers; else they come unasked (a Si24xx prints NO CARRIER behind every
# Caller ID report, AN93) and must not be taken for the answer to whatever was asked at that moment.
_OF_A_CALL = frozenset({"NO CARRIER", "NO ANSWER", "BUSY"})
_STARTS_A_CALL = re.compile(r"AT\s*[AD]", re.IGNORECASE)

_RING = re.compile(r"RING(?:\s+([A-Z0-9]))?")
# What no text in Latin-1 has: control characters, or a blank or sign inside a word (NBSP, ¡ ¢ £ ¤ ¥).
_CP437 = re.compile(rb"[\x80-\x9F]|[A-Za-z][\xA0-\xA5]|[\xA0-\xA5][A-Za-z]")
# Lines that belong to no reply even when they come in the middle of one: keys pressed (iaxmodem), the marks around a
# Caller ID message (Si24xx) and the alert before a ring (Pace).
_NEVER_A_REPLY = re.compile(r"DTMF=|CIDM$|FLASH$|CID RING$")


class LineAssembler:
    """Collects bytes into lines. CR and LF both end a line and empty lines vanish, so every framing gives the same."""

    def __init__(self) -> None:
        self._partial = bytearray()
        self._too_long = False

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without their ends."""
        *ended, rest = data.replace(b"\r", b"\n").split(b"\n")
        lines = []
        for piece in ended:
            self._extend(piece)
            if self._partial:
                lines.append(bytes(self._partial))
            self.forget()
        self._extend(rest)
        return lines

    def forget(self) -> None:
        """Drop the line begun; what comes next starts a new one."""
        self._partial.clear()
        self._too_long = False

    @property
    def begun(self) -> bool:
        """Whether a line stands unfinished."""
        return bool(self._partial) or self._too_long

    def _extend(self, piece: bytes) -> None:
        if self._too_long:
            return
        self._partial += piece
        if len(self._partial) > MAX_LINE_BYTES:
            self._partial.clear()
            self._too_long = True


def text_of(line: bytes) -> str:
    """The text of a line without control characters and outer blanks; any bytes give some text.

    Nothing says which character set a caller name is in. UTF-8 cannot be met by chance in other text, so it is tried
    first; then Latin-1, and CP437 where Latin-1 has only control characters (0x80-0x9F), or signs of money beside a
    letter (0xA0-0xA5: á í ó ú ñ Ñ). 0xE1 stays in doubt, being á in Latin-1 and ß in CP437: by itself it is an á.
    """
    text = line.decode("ascii") if line.isascii() else _decode(line)
    if not text.isprintable():
        text = "".join(_visible(character) for character in text)
    return text.strip()


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = line[: error.start]
        # Networks cut names at 15 bytes, also inside a character. A name that was UTF-8 until then still is.
        if error.end == len(line) and error.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8")
    return line.decode("latin-1" if _CP437.search(line) is None else "cp437")


def _visible(character: str) -> str:
    """Blanks of any sort become a blank; control, direction and invisible characters vanish."""
    if character.isprintable():
        return character
    return " " if character.isspace() else ""


def result_code(text: str) -> str | None:
    """The result code a line is, or None. `CONNECT 9600` is CONNECT and `+CME ERROR: 3` is ERROR."""
    if text in _FINAL or text in _OF_A_CALL:
        return text
    if text.startswith("CONNECT "):
        return "CONNECT"
    return "ERROR" if text.startswith(("+CME ERROR", "+CMS ERROR")) else None


def ends_command(result: str, command: str) -> bool:
    """Whether a result code is the end of that command rather than news about the line."""
    return result in _FINAL or _STARTS_A_CALL.match(command) is not None


def is_ring(text: str) -> bool:
    """Whether the line reports a ring: RING, RING A, RING 2, and ELSA's RING;caller;called."""
    return text.startswith("RING") and (text.startswith("RING;") or _RING.fullmatch(text) is not None)


def ring_pattern(text: str) -> str | None:
    """The letter or digit of a distinctive ring, or None for a plain one."""
    match = _RING.fullmatch(text)
    return match[1] if match else None


def comes_unasked(text: str) -> bool:
    """Whether the line is known never to be part of a reply."""
    return _NEVER_A_REPLY.match(text) is not None


def is_echo(text: str, command: str) -> bool:
    """Whether the line is the modem's echo of the command. Blanks and case may differ."""
    return text.startswith(("AT", "at")) and "".join(text.split()).upper() == "".join(command.split()).upper()
