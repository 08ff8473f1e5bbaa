"""What a caller, the household and the network do on an answered call, as frozen values. No behaviour may enter.

Every act has `at`: seconds of the telephone line from the moment the modem went off-hook.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaks:
    """The caller is heard: samples in the encoding and at the rate that the modem has been set to, without shielding.

    They are on the line from `at` on whether the modem records or not.
    """

    at: float
    samples: bytes


@dataclass(frozen=True, slots=True)
class Presses:
    """The caller presses a key, one of 0-9 * # A-D, for so many seconds."""

    at: float
    key: str
    held: float = 0.1


@dataclass(frozen=True, slots=True)
class PlaysTone:
    """A tone by the modem's letter for it: b busy, d dial tone, r ring-back, c fax calling, a fax answer, J SIT ...

    A modem that knows the letter reports it, again and again while the tone lasts; one that does not only hears it.
    A letter without a sound (l, L, w, v ...) is only reported.
    """

    at: float
    code: bytes
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class HangsUpWith:
    """The caller hangs up, and the exchange then sends the tone of that letter, until our side hangs up too.

    b"l" is a break of the loop current and silence; None is silence without a word.
    """

    at: float
    code: bytes | None = None


@dataclass(frozen=True, slots=True)
class LiftsHandset:
    """Someone in the house lifts a handset: b"P" of another socket, b"H" of the telephone behind the modem."""

    at: float
    code: bytes = b"P"


@dataclass(frozen=True, slots=True)
class ReplacesHandset:
    """The handset goes back: b"p" or b"h"."""

    at: float
    code: bytes = b"p"


@dataclass(frozen=True, slots=True)
class Misreports:
    """The modem reports a code for which there is no reason, as noise makes it do."""

    at: float
    code: bytes


CallerAct = Speaks | Presses | PlaysTone | HangsUpWith | LiftsHandset | ReplacesHandset | Misreports
