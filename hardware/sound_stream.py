"""One sound stream, from its CONNECT to its result code, as a state table. Sans-IO: `now` goes in, bytes come out.

Every state has a deadline. A modem that never says that the stream is over, says nothing at all, or was forgotten by
whoever played, is left; no command waits longer for that than the sum of the steps below.
"""

import re
from enum import Enum, Flag, auto

from hardware.dle import END, shield
from hardware.playback import STARVED, Playback
from hardware.voice_commands import VoiceCommands

# Seconds without a byte after which a recording is over: the modem left the stream without DLE ETX, or is gone. Sound
# comes in pieces of some ten milliseconds. It ends below the pause between two rings, so that the next one is read.
STALLED = 2.0
# Seconds for a modem to react to a word that ends the stream, before the next word is tried: they take 0.1 s.
STEP = 1.0
# Seconds for the result code behind DLE ETX, and behind a playback once its last sample must have been heard. Vgetty
# waits longer, but nobody is on its line any more.
RESULT = 3.0
# Said at last, when nothing helped, so that what was said before is not the beginning of the next command.
LINE_END = b"\r"

_COMMAND = re.compile(r"AT.*?[+#]V([TR])([XR])", re.IGNORECASE)


class Direction(Flag):
    """Which way sound goes."""

    PLAYS = auto()
    HEARS = auto()


def direction_of(command: str) -> Direction | None:
    """What +VTX, +VRX, +VTR and their Rockwell twins #VTX and #VRX begin; None for any other command."""
    match = _COMMAND.fullmatch(command)
    if match is None:
        return None
    return {
        "TX": Direction.PLAYS,
        "RX": Direction.HEARS,
        "TR": Direction.PLAYS | Direction.HEARS,
    }.get((match[1] + match[2]).upper())


class State(Enum):
    """Of one stream."""

    RUNNING = auto()
    DRAINING = auto()  # everything was written, the modem plays what it holds
    LEAVING = auto()  # told to leave the stream
    SETTLING = auto()  # the modem has left it; its result code is to come
    OVER = auto()


class Happening(Enum):
    """What moves the table."""

    ALL_WRITTEN = auto()  # and nothing follows
    STARVED = auto()  # nothing to write, and nobody said that nothing follows
    STALLED = auto()  # nothing heard
    LEAVE_ASKED = auto()
    ENDED = auto()  # DLE ETX read
    DEADLINE = auto()  # of the state
    NO_WORD_LEFT = auto()  # the same in LEAVING, after the last step


class Act(Enum):
    """What to do on the way."""

    SAY_END = auto()
    SAY_NEXT_WORD = auto()
    SAY_LINE_END = auto()


_S, _H, _A = State, Happening, Act

TABLE: dict[tuple[State, Happening], tuple[State, tuple[Act, ...]]] = {
    (_S.RUNNING, _H.ALL_WRITTEN): (_S.DRAINING, (_A.SAY_END,)),
    (_S.RUNNING, _H.STARVED): (_S.DRAINING, (_A.SAY_END,)),
    # The modem may be in the stream still, and only its sound be stuck.
    (_S.RUNNING, _H.STALLED): (_S.OVER, (_A.SAY_NEXT_WORD, _A.SAY_LINE_END)),
    (_S.RUNNING, _H.LEAVE_ASKED): (_S.LEAVING, (_A.SAY_NEXT_WORD,)),
    (_S.RUNNING, _H.ENDED): (_S.SETTLING, ()),
    (_S.DRAINING, _H.LEAVE_ASKED): (_S.LEAVING, (_A.SAY_NEXT_WORD,)),
    (_S.DRAINING, _H.ENDED): (_S.SETTLING, ()),
    (_S.DRAINING, _H.DEADLINE): (_S.LEAVING, (_A.SAY_NEXT_WORD,)),
    (_S.LEAVING, _H.LEAVE_ASKED): (_S.LEAVING, ()),  # on its way
    (_S.LEAVING, _H.ENDED): (_S.SETTLING, ()),
    (_S.LEAVING, _H.DEADLINE): (_S.LEAVING, (_A.SAY_NEXT_WORD,)),
    (_S.LEAVING, _H.NO_WORD_LEFT): (_S.OVER, (_A.SAY_LINE_END,)),
    (_S.SETTLING, _H.LEAVE_ASKED): (_S.SETTLING, ()),
    (_S.SETTLING, _H.ENDED): (_S.SETTLING, ()),
    (_S.SETTLING, _H.DEADLINE): (_S.OVER, (_A.SAY_LINE_END,)),
}
"""A pair that is missing cannot happen: each happening is raised in the states that it stands with."""


def words_to_leave(direction: Direction, voice: VoiceCommands) -> tuple[bytes, ...]:
    """What makes a modem leave a stream, best first; each next word is for units that did not react to the one before.

    The NUL completes a pair that a flushed port may have cut in half, as vgetty does: DLE NUL means nothing (V.253),
    and as a sample of its own it is dropped with the rest. DLE ^ ends a duplex stream, DLE ESC and DLE ETX are other
    families' words for the end of a recording.
    """
    return {
        Direction.PLAYS: (b"\x00" + voice.abort_playing, END),
        Direction.HEARS: (voice.stop_recording, b"\x10\x1b", END),
    }.get(direction, (b"\x10^", voice.stop_recording, END))


class SoundStream:
    """The stream that a command opened. Its owner reads the modem's bytes and tells what came."""

    def __init__(self, direction: Direction, playback: Playback, voice: VoiceCommands, now: float) -> None:
        self.state = State.RUNNING
        self.direction = direction
        self.playback = playback
        self._words = list(words_to_leave(direction, voice))
        self._out = bytearray()
        self._entered_at = now
        self._heard_at = now
        playback.start(now)

    def heard(self, now: float) -> None:
        """Something came from the modem."""
        self._heard_at = now

    def ended(self, now: float) -> None:
        """DLE ETX came: the modem left the stream."""
        self._happened(Happening.ENDED, now)

    def leave(self, now: float) -> None:
        """End the stream at once; what was not played is dropped."""
        self._happened(Happening.LEAVE_ASKED, now)

    def advance(self, now: float) -> None:
        """Let the deadline of the state run out if it is due."""
        due = self._state_due()
        if due is None or now < due:
            return
        happening = Happening.DEADLINE
        if self.state is State.RUNNING:
            happening = Happening.STALLED if Direction.HEARS in self.direction else Happening.STARVED
        elif self.state is State.LEAVING and not self._words:
            happening = Happening.NO_WORD_LEFT
        self._happened(happening, now)

    def deadline(self) -> float | None:
        """When `advance` or `data_to_send` wants to be called; None when it is over."""
        dues = [self._state_due()]
        if self.state is State.RUNNING:
            dues.append(self.playback.due())
        return min((due for due in dues if due is not None), default=None)

    def data_to_send(self, now: float) -> bytes:
        """The bytes to write now."""
        if self.state is State.RUNNING:
            self._out += shield(self.playback.next_piece(now))
            if self.direction is Direction.PLAYS and self.playback.ended and self.playback.empty:
                self._happened(Happening.ALL_WRITTEN, now)
        out = bytes(self._out)
        self._out.clear()
        return out

    def _state_due(self) -> float | None:
        match self.state:
            case State.RUNNING if Direction.HEARS in self.direction:
                return self._heard_at + STALLED
            case State.RUNNING:
                # While samples are left, a piece of them is due.
                return self.playback.dry_at(self._entered_at) + STARVED if self.playback.empty else None
            case State.DRAINING:
                return self.playback.dry_at(self._entered_at) + RESULT
            case State.LEAVING:
                return self._entered_at + STEP
            case State.SETTLING:
                return self._entered_at + RESULT
            case State.OVER:
                return None

    def _happened(self, happening: Happening, now: float) -> None:
        self.state, acts = TABLE[self.state, happening]
        self._entered_at = now
        if self.state is not State.RUNNING:
            self.playback.drop()
        for act in acts:
            match act:
                case Act.SAY_END:
                    self._out += END
                case Act.SAY_NEXT_WORD:
                    self._out += self._words.pop(0)
                case Act.SAY_LINE_END:
                    self._out += LINE_END
