"""What happened on the wire, as frozen facts in the past tense. No policy and no clock may enter.

Every event travels together with the monotonic time (seconds, float) at which its last byte was read; the time is
not part of the event.
"""

from dataclasses import dataclass
from enum import Enum


class Absence(Enum):
    """Why a Caller ID report holds no number (ETSI EN 300 659-3, parameters 04 and 08; formatted as P and O)."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


class Button(Enum):
    """The two buttons of the panel, by meaning."""

    BLOCK = "block"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class RingDetected:
    """One report of a ring. A modem may print several per ring; counting is for who owns the call."""

    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class CallerNumberReceived:
    """The number field of a report was read; the rest may still follow. Comes once per report, for the first NMBR.

    `number` is as sent, without blanks and control characters, or None with the reason in `absence`.
    """

    number: str | None
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class CallerIdReported:
    """One Caller ID report, as complete as it is known. `amends` is true when late fields complete an earlier report.

    `number` as sent, without blanks and control characters. `name` without outer blanks. `date` is "MM-DD", `time` is
    "HH:MM", each None when missing or impossible. `ddn` is the dialled number where it came beside the calling number.
    """

    number: str | None = None
    name: str | None = None
    absence: Absence | None = None
    date: str | None = None
    time: str | None = None
    ddn: str | None = None
    amends: bool = False


@dataclass(frozen=True, slots=True)
class ReplyReceived:
    """The modem finished a command: its result code (OK, ERROR, ...) and the information lines before it."""

    command: str
    result: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandTimedOut:
    """A command's own deadline passed without a result code."""

    command: str


@dataclass(frozen=True, slots=True)
class UnsolicitedLine:
    """A line that is neither a reply, a ring nor Caller ID (NO CARRIER, DTMF=1, noise); at most 200 characters kept."""

    text: str


@dataclass(frozen=True, slots=True)
class ModemIdentified:
    """What the modem says of itself. `voice` is whether `+FCLASS=?` lists class 8."""

    name: str
    firmware: str
    voice: bool
    caller_id: bool


@dataclass(frozen=True, slots=True)
class ModemReady:
    """The port is open, the modem answered and is initialised: on-hook, Caller ID asked for."""

    port: str
    modem: ModemIdentified


@dataclass(frozen=True, slots=True)
class ModemLost:
    """The modem cannot be used now; it is being looked for again. `reason` is one plain sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class CallerIdSettingLost:
    """The modem answered that it no longer reports Caller ID; the setting has been sent again."""


@dataclass(frozen=True, slots=True)
class WentOffHook:
    """The modem confirmed that it holds the line."""


@dataclass(frozen=True, slots=True)
class WentOnHook:
    """The modem confirmed that it let go of the line."""


@dataclass(frozen=True, slots=True)
class HookFailed:
    """The modem refused or did not answer an off-hook or on-hook command."""

    wanted_off_hook: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """Someone pressed a button of the panel (seen within the debounce time)."""

    button: Button


WireEvent = RingDetected | CallerNumberReceived | CallerIdReported | ReplyReceived | CommandTimedOut | UnsolicitedLine
ModemEvent = (
    RingDetected
    | CallerNumberReceived
    | CallerIdReported
    | UnsolicitedLine
    | ModemReady
    | ModemLost
    | CallerIdSettingLost
    | WentOffHook
    | WentOnHook
    | HookFailed
)
