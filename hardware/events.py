"""What happened on the wire, as frozen facts in the past tense. No policy and no clock may enter.

Every event travels together with the monotonic time (seconds, float) at which its last byte was read; the time is
not part of the event.
"""

from dataclasses import dataclass

from hardware.sound.formats import SoundFormat
from hardware.terms import Absence, Button, CallerType, CallType, Concern, ForwardReason, LineSignal, RecoveryStep

__all__ = [
    "Absence",
    "Button",
    "ButtonPressed",
    "CallType",
    "CallerIdDamaged",
    "CallerIdReported",
    "CallerIdSettingLost",
    "CallerNumberReceived",
    "CallerType",
    "CommandTimedOut",
    "Concern",
    "ForwardReason",
    "HookFailed",
    "KeyPressed",
    "LineFoundInUse",
    "LineSignal",
    "MessageWaitingReported",
    "ModemEvent",
    "ModemIdentified",
    "ModemLost",
    "ModemReady",
    "RecoveryStep",
    "RecoveryTried",
    "ReplyReceived",
    "RingDetected",
    "SignalHeard",
    "SoundEnded",
    "SoundReceived",
    "UnsolicitedLine",
    "WentOffHook",
    "WentOnHook",
    "WireEvent",
]


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

    `number` as sent, without blanks and control characters. `name` without outer blanks; `name_absence` says why there
    is none, where the network did. `date` is "MM-DD", `time` is "HH:MM", each None when missing or impossible.
    `dialled` is the number that was called (of several that ring here), `dialable` the number to call back where it
    came beside the calling number, `forwarded_by` the number that passed the call on to ours and `forwarded_because`
    why; `long_distance`, `call_type` and `caller_type` are the network's own words.
    """

    number: str | None = None
    name: str | None = None
    absence: Absence | None = None
    date: str | None = None
    time: str | None = None
    dialled: str | None = None
    dialable: str | None = None
    forwarded_by: str | None = None
    name_absence: Absence | None = None
    call_type: CallType | None = None
    long_distance: bool = False
    amends: bool = False
    forwarded_because: ForwardReason | None = None
    caller_type: CallerType | None = None


@dataclass(frozen=True, slots=True)
class CallerIdDamaged:
    """A Caller ID message came whose checksum or length is wrong.

    `readable` is what could be read, never to be believed; `why` is one plain sentence. Told once per call, and only
    when no good copy of the message followed.
    """

    why: str
    readable: CallerIdReported


@dataclass(frozen=True, slots=True)
class MessageWaitingReported:
    """The network says that its mailbox holds messages for this line, or holds none any more."""

    on: bool


@dataclass(frozen=True, slots=True)
class SignalHeard:
    """The modem told of something on the line, in or out of a sound stream."""

    signal: LineSignal


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The caller pressed a key: one of 0-9 * # A-D. One event per press, however long it was held."""

    key: str


@dataclass(frozen=True, slots=True)
class SoundReceived:
    """Samples from the line in the modem's chosen encoding, unshielded. Pieces are of any length."""

    data: bytes


@dataclass(frozen=True, slots=True)
class SoundEnded:
    """The modem ended the sound stream from the line (DLE ETX)."""


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
    """What the modem says of itself, and what was found by asking. `voice` is whether it can speak and listen.

    `profile` names the row of hardware/profiles.py in use. `sound` is the sample format chosen from its `+VSM=?` reply,
    None without voice. `country_code` is its own answer to +GCI? (two hexadecimal digits of ITU-T T.35), "" if none.
    """

    name: str
    firmware: str
    voice: bool
    caller_id: bool
    profile: str = "V.253"
    sound: SoundFormat | None = None
    country_code: str = ""
    concerns: tuple[Concern, ...] = ()


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
class LineFoundInUse:
    """Off-hook was refused because another telephone in the house holds the line. Ours is on-hook."""


@dataclass(frozen=True, slots=True)
class RecoveryTried:
    """A step of the ladder was taken. `trouble` is one plain sentence when it could not be done, else ""."""

    step: RecoveryStep
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """Someone pressed a button of the panel (seen within the debounce time)."""

    button: Button


WireEvent = (
    RingDetected
    | CallerNumberReceived
    | CallerIdReported
    | CallerIdDamaged
    | MessageWaitingReported
    | SignalHeard
    | KeyPressed
    | SoundReceived
    | SoundEnded
    | ReplyReceived
    | CommandTimedOut
    | UnsolicitedLine
)
ModemEvent = (
    RingDetected
    | CallerNumberReceived
    | CallerIdReported
    | CallerIdDamaged
    | MessageWaitingReported
    | SignalHeard
    | KeyPressed
    | SoundReceived
    | SoundEnded
    | UnsolicitedLine
    | ModemReady
    | ModemLost
    | CallerIdSettingLost
    | LineFoundInUse
    | RecoveryTried
    | WentOffHook
    | WentOnHook
    | HookFailed
)
