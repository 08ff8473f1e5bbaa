"""The far end of an off-hook line: carries out what caller, household and exchange do. No command or stream may enter.

For the simulator's thread only.
"""

from collections.abc import Callable
from typing import Protocol

from hardware.simulator.line import Act, Call, TelephoneLine, Wire
from hardware.simulator.voice_line import FOREVER, LineSound
from hardware.simulator.voice_sound import (
    CallerAct,
    HangsUpWith,
    LiftsHandset,
    Misreports,
    PlaysTone,
    Presses,
    ReplacesHandset,
    Speaks,
)

# Seconds after which a chip tells again of a tone that lasts; letters not listed are told once.
TOLD_AGAIN_S = {b"b": 4.0, b"K": 4.0, b"c": 4.0, b"m": 4.0, b"d": 3.0, b"i": 3.0}
# What an exchange sends when a caller hangs up whose script does not say: the busy tone of its country.
FAREWELL = b"b"


class Listener(Protocol):
    """Who hears of it at the modem's end."""

    def tell_of(self, letter: bytes) -> None: ...
    def key_down(self, key: bytes, held: float) -> None: ...


class Switch(Protocol):
    """What of the exchange is reached from here."""

    def act(self, act: Act, now: float) -> None: ...
    def leave(self, call: Call) -> None: ...


class FarEnd:
    """What is on the line while the modem is off-hook. `at(due, work)`: carry out work at a clock time."""

    def __init__(
        self,
        line: TelephoneLine,
        switch: Switch,
        listener: Listener,
        *,
        country: str,
        speed: float,
        clock: Callable[[], float],
        at: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self.sound = LineSound(country)
        self.call: Call | None = None
        self.connected = False
        self._line = line
        self._switch = switch
        self._listener = listener
        self._country = country
        self._speed = speed
        self._clock = clock
        self._at = at
        self._since = clock()
        self._farewell: bytes | None = FAREWELL
        self._handset_letters = {Act.HANDSET_LIFTED: b"P", Act.HANDSET_REPLACED: b"p"}

    def seconds(self, clock_time: float) -> float:
        """Seconds of the line since the modem went off-hook."""
        return (clock_time - self._since) * self._speed

    def noticed(self, act: Act) -> None:
        """Someone did something to the line."""
        if act is Act.MODEM_SEIZES:
            self._seized()
        elif not self.connected:
            return
        elif act is Act.MODEM_RELEASES:
            self.connected, self.call = False, None
            self.sound = LineSound(self._country)
        elif act is Act.CALLER_LEAVES:
            self._say_farewell()
        elif act in self._handset_letters:
            self._listener.tell_of(self._handset_letters[act])

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Carry out work at a time of this connection; never, if it is over by then."""
        sound = self.sound  # each connection has its own

        def unless_over() -> None:
            if self.connected and sound is self.sound:
                work()

        self._at(self._since + seconds / self._speed, unless_over)

    def _seized(self) -> None:
        if self.connected or self._line.wire is Wire.RINGING:
            return  # off-hook already, or the relay did not close
        self.connected, self._since, self.sound = True, self._clock(), LineSound(self._country)
        self._farewell = FAREWELL
        self._handset_letters = {Act.HANDSET_LIFTED: b"P", Act.HANDSET_REPLACED: b"p"}
        if self._line.wire is Wire.QUIET:
            self._begin(PlaysTone(0.5, b"d", FOREVER))
            return
        self.call = self._line.call
        if self.call is not None and self._line.wire is Wire.HELD:
            for act in self.call.script.after_answer:
                self._begin(act)

    def _begin(self, act: CallerAct) -> None:
        match act:
            case Speaks(at, samples):
                self.sound.speak(at, samples)
            case Presses(at, key, held):
                self.sound.tone(at, key.encode(), held)
                self.later(at, lambda: self._listener.key_down(key.encode(), held))
            case PlaysTone(at, letter, seconds):
                self.sound.tone(at, letter, seconds)
                self.later(at, lambda: self._tell_while(at, at + seconds, letter))
            case HangsUpWith(at, farewell):
                self.later(at, lambda: self._hang_up(farewell))
            case LiftsHandset(at, letter):
                self.later(at, lambda: self._move_handset(Act.HANDSET_LIFTED, letter))
            case ReplacesHandset(at, letter):
                self.later(at, lambda: self._move_handset(Act.HANDSET_REPLACED, letter))
            case Misreports(at, letter):
                self.later(at, lambda: self._listener.tell_of(letter))

    def _tell_while(self, at: float, until: float, letter: bytes) -> None:
        self._listener.tell_of(letter)
        again = TOLD_AGAIN_S.get(letter)
        if again is not None and at + again < until:
            self.later(at + again, lambda: self._tell_while(at + again, until, letter))

    def _hang_up(self, letter: bytes | None) -> None:
        if self.call is not None and not self.call.over:
            self._farewell = letter
            self._switch.leave(self.call)

    def _say_farewell(self) -> None:
        at, letter = self.seconds(self._clock()), self._farewell
        self.sound.hush(at)
        if letter is not None:
            self.sound.tone(at, letter)
            self._tell_while(at, FOREVER, letter)

    def _move_handset(self, act: Act, letter: bytes) -> None:
        self._handset_letters[act] = letter
        self._switch.act(act, self._clock())
