"""What a command comes to, beyond a line of text, as frozen values. No command and no byte of the wire may enter."""

from dataclasses import dataclass


class RefusedError(ValueError):
    """The modem answers ERROR."""


@dataclass(frozen=True, slots=True)
class HookMoved:
    """The relay of the modem moved."""

    off_hook: bool


@dataclass(frozen=True, slots=True)
class StreamBegun:
    """Samples follow on the wire: from the host (`plays`), to the host (`records`), or both."""

    plays: bool
    records: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A command of voice class was carried out.

    `hook`: where the relay goes, None for nowhere. `result`: the code in place of OK. `told`: bytes before the answer.
    `seconds`: so long the modem is busy with it before it answers. `stream`: it opens one, with CONNECT.
    """

    text: str = ""
    hook: HookMoved | None = None
    result: str | None = None
    told: bytes = b""
    seconds: float = 0.0
    stream: StreamBegun | None = None
