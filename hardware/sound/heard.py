"""What was recognised in the sound of a line, as frozen facts in the past tense. No sound and no recogniser may enter.

All positions and lengths are in samples (8,000 a second) since the listener began; `lasted` runs from `at` to the
moment at which there was no doubt any more.
"""

from dataclasses import dataclass

from hardware.events import KeyPressed, LineSignal, SignalHeard
from hardware.sound.tone_tables import Tone


@dataclass(frozen=True, slots=True)
class ToneHeard:
    """A tone of the network or of a machine. Told once for as long as it goes on."""

    tone: Tone
    at: int
    lasted: int


@dataclass(frozen=True, slots=True)
class KeyHeard:
    """A key was pressed: one of 0-9 * # A-D. Told once per press, while it still sounds."""

    key: str
    at: int
    lasted: int


@dataclass(frozen=True, slots=True)
class SilenceLasted:
    """Nothing was heard for as long as asked. Told once per silence; `after_sound` is false when nothing ever was."""

    at: int
    lasted: int
    after_sound: bool


Heard = ToneHeard | KeyHeard | SilenceLasted

_SIGNALS = {
    Tone.DIAL_TONE: LineSignal.DIAL_TONE,
    Tone.BUSY: LineSignal.BUSY,
    Tone.REORDER: LineSignal.BUSY,
    Tone.RINGBACK: LineSignal.RINGBACK,
    Tone.FAX_CALLING: LineSignal.FAX_CALLING,
    Tone.FAX_ANSWERING: LineSignal.FAX_ANSWERING,
}


def as_told_by_modem(heard: Heard) -> SignalHeard | KeyPressed:
    """The event with which a modem that listens by itself (shielded codes of ITU-T V.253) would have told the same."""
    if isinstance(heard, KeyHeard):
        return KeyPressed(heard.key)
    if isinstance(heard, SilenceLasted):
        return SignalHeard(LineSignal.QUIET if heard.after_sound else LineSignal.SILENCE)
    return SignalHeard(_SIGNALS.get(heard.tone, LineSignal.SPECIAL_INFORMATION))
