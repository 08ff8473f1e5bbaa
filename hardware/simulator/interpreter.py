"""How a simulated modem reads and writes: bytes go in, effects come out (ITU-T V.250). No thread or clock may enter."""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.simulator.answers import Done, HookMoved, RefusedError, StreamBegun
from hardware.simulator.commands import Settings, tokens
from hardware.simulator.models import ModemModel

# Characters of a command line. V.250 asks for at least 40; modems of this kind keep about 255 and answer ERROR beyond.
LINE_LIMIT = 255
# VCON has no number that chips agree on; it stays a word.
NUMERIC = {"OK": "0", "CONNECT": "1", "RING": "2", "NO CARRIER": "3", "ERROR": "4"}


@dataclass(frozen=True, slots=True)
class Echo:
    """Bytes the modem repeats as they come."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the modem answers to `command`; `result` is the code in words, None for none.

    `seconds`: so long it is busy before it answers, and hears nothing.
    """

    data: bytes
    command: str
    result: str | None
    seconds: float = 0.0


Effect = Echo | Reply | HookMoved | StreamBegun


class Interpreter:
    """What a modem makes of the bytes a host writes. `answering`: after ATA, waiting for a carrier that never comes.

    `rest`: bytes that were not for the interpreter, because a stream began before them or the modem is busy.
    """

    def __init__(self, model: ModemModel, country: str) -> None:
        self.settings = Settings(model, country)
        self.answering = False
        self.rest = b""
        self._echo_sticks = False
        self._buffer = bytearray()

    def power_on(self) -> None:
        """As after plugging in; what a modem refuses it refuses still."""
        self._buffer.clear()
        self.settings.reset()
        self.answering = False

    def force_echo(self, *, on: bool) -> None:
        """Echo whatever ATE0 said, or end that with echo off."""
        self._echo_sticks = on
        self.settings.kept["E"] = int(on)

    @property
    def hangs_up_on_close(self) -> bool:
        """Whether the loss of DTR makes this modem go on-hook."""
        return self.settings.model.hangs_up_when_closed and self.settings.kept["&D"] >= 2

    def receive(self, data: bytes) -> Iterator[Effect]:
        """Bytes from the host, as far as the first command that begins a stream or takes its time."""
        self.rest = b""
        for position, octet in enumerate(data, 1):
            if self.answering:
                yield from self.carrier_lost()
                continue
            if self.settings.kept["E"] or self._echo_sticks:
                yield Echo(bytes([octet]))
            if octet == self.settings.registers[3]:
                line = self._buffer.decode("latin-1")
                self._buffer.clear()
                effects = list(self._line(line))
                yield from effects
                if any(isinstance(effect, StreamBegun) or getattr(effect, "seconds", 0) for effect in effects):
                    self.rest = data[position:]
                    return
            elif octet == 8:
                del self._buffer[-1:]
            elif octet != 10 and len(self._buffer) <= LINE_LIMIT:
                self._buffer.append(octet)

    def carrier_lost(self) -> Iterator[Effect]:
        """An answered call without a carrier: a key from the host, or S7 ran out."""
        self.answering = False
        yield HookMoved(off_hook=False)
        yield Reply(self.result("NO CARRIER"), "", "NO CARRIER")

    def result(self, code: str) -> bytes:
        """A result code as the host has asked for it: words, digits or nothing."""
        if self.settings.kept["Q"]:
            return b""
        return f"\r\n{code}\r\n".encode() if self.settings.kept["V"] else f"{NUMERIC.get(code, code)}\r".encode()

    def _information(self, text: str) -> bytes:
        return f"\r\n{text}\r\n".encode() if self.settings.kept["V"] else f"{text}\r\n".encode()

    def _line(self, line: str) -> Iterator[Effect]:
        text = "".join(line.upper().split())
        start = text.find("AT")
        if start < 0:
            return
        found = None if len(line) > LINE_LIMIT else tokens(text[start + 2 :])
        answer = bytearray()
        seconds = 0.0
        code: str | None = "ERROR" if found is None or ("" in self.settings.refused and not found) else "OK"
        for token in found or ():
            try:
                reply = self.settings.perform(token)
            except RefusedError:
                code = "ERROR"
                break
            if isinstance(reply, HookMoved):
                yield reply
            elif isinstance(reply, Done):
                if reply.hook is not None:
                    yield reply.hook
                answer += reply.told
                code, seconds = reply.result or code, seconds + reply.seconds
                if reply.stream is not None:
                    yield Reply(bytes(answer) + self.result("CONNECT"), line.strip(), "CONNECT")
                    yield reply.stream
                    return
            elif reply:
                answer += self._information(reply)
            if token.name == "A" and isinstance(reply, HookMoved):
                self.answering, code = True, None
            if token.name in ("A", "D", "Z"):
                break  # V.250: what follows on this line is not carried out
        end = self.result(code) if code else b""
        if answer and found and {token.name for token in found} <= self.settings.model.tight_replies:
            end = end.removeprefix(b"\r\n")
        yield Reply(bytes(answer) + end, line.strip(), code, seconds)
