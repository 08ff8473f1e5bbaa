"""What can be wrong with a simulated modem, as methods, callable from any thread. Each is also a row of `cases.FAULTS`.

No product code may enter.
"""

from collections.abc import Callable
from typing import TypeVar

from hardware.simulator.body import ModemBody
from hardware.simulator.commands import VOICE_CLASS, tokens
from hardware.simulator.line import TelephoneLine
from hardware.simulator.moments import Moment

Result = TypeVar("Result")

# More off-hook commands than any test or call has: the fault lasts until it is ended.
ALWAYS = 1_000_000_000
RING = b"\r\nRING\r\n"


class Faults:
    """The troubles of one modem. Every method has had its effect when it returns; RuntimeError when nothing runs."""

    def __init__(self, line: TelephoneLine, body: ModemBody) -> None:
        self.line = line
        self._body = body
        body.exchange.moments.strike = body.lose_power

    def refuse(self, command: str) -> None:
        """Answer ERROR to `command` until `accept`: "ATH1", "H1", "+VCID=1"; "+VCID" means every form of it."""
        self._do(lambda: self._body.interpreter.settings.refused.update(_keys(command)))

    def accept(self, command: str) -> None:
        """Obey `command` again."""
        self._do(lambda: self._body.interpreter.settings.refused.difference_update(_keys(command)))

    def go_silent(self) -> None:
        """Lock up: neither hear nor say anything. The relay stays as it is, the line goes on."""
        self._do(lambda: setattr(self._body, "silent", True))

    def lock_up_for_good(self) -> None:
        """Lock up so that only `unplug` and `plug` help, or a loss of USB power."""
        self._do(self._lock_up_for_good)

    def speak_again(self) -> None:
        """End of the lock-up, unless it was for good; what was said to the modem meanwhile is lost."""
        self._do(lambda: setattr(self._body, "silent", self._body.locked))

    def echo(self, on: bool) -> None:
        """True: repeat every command even after ATE0. False: end that, and echo off as after ATE0."""
        self._do(lambda: self._body.interpreter.force_echo(on=on))

    def unplug(self) -> None:
        """Pull the modem out: programs read the end of the line, the path vanishes, an answered call is dropped."""
        self._do(self._body.lose_power)

    def unplug_when(self, moment: Moment | None) -> None:
        """Pull it out as soon as that moment comes, once; IDLE is now. None: after all not."""
        if moment is Moment.IDLE:
            self.unplug()
        else:
            self._do(lambda: self._body.exchange.moments.choose(moment))

    def plug(self) -> None:
        """Put the modem back: the same path, a new device, power-on settings."""
        self._do(self._body.port.plug)

    def lose_caller_id_setting(self) -> None:
        """Forget that Caller ID was asked for, as modems do after a reset of their own."""
        self._do(lambda: setattr(self._body.interpreter.settings, "caller_id", 0))

    def garbage(self, data: bytes) -> None:
        """Say these bytes to the host now."""
        self._do(lambda: self._body.say(data))

    def keeps_ringing(self, on: bool = True, *, times: int | None = None) -> None:
        """Answer OK to off-hook commands while the line rings on, `times` times or until turned off."""
        deaf = (ALWAYS if times is None else times) if on else 0
        self._do(lambda: setattr(self.line, "deaf_seizures", deaf))

    def slow(self, seconds: float) -> None:
        """Answer every command so much later; 0 ends it. What the command does, it does at once."""
        self._do(lambda: setattr(self._body, "delay", seconds))

    def collide(self, intruder: bytes = RING) -> None:
        """Say these bytes in the middle of the next reply."""
        self._do(lambda: setattr(self._body, "collision", intruder))

    def no_carrier(self) -> None:
        """Say NO CARRIER for no reason, as chips do behind a report."""
        self._do(lambda: self._body.say(self._body.interpreter.result("NO CARRIER")))

    def refuse_voice(self, on: bool = True) -> None:
        """Answer ERROR to voice class, as old firmware does; `on` False ends it."""
        (self.refuse if on else self.accept)(f"+FCLASS={VOICE_CLASS}")

    def set_country(self, code: str) -> None:
        """Work as in another country (two digits of +GCI): what is signalled as in this one may not be heard."""
        if len(code) != 2 or not set(code) <= set("0123456789ABCDEF"):
            raise ValueError(f"{code!r} is no country code; say it in two digits, as B5")
        self._do(lambda: setattr(self._body.interpreter.settings, "country_code", code))

    def caller_id_silent(self, on: bool = True) -> None:
        """Answer OK to Caller ID and report none; until turned off, unplugged, or cured by AT!4886."""
        self._do(lambda: setattr(self._body.interpreter.settings.telephone, "deaf", on))

    def slow_connect(self, seconds: float) -> None:
        """Say CONNECT so much later; 0 ends it."""
        self._do(lambda: setattr(self._body.voice, "connect_delay", seconds))

    def stick_in_stream(self, on: bool = True) -> None:
        """Ignore whatever ends a stream of sound."""
        self._do(lambda: setattr(self._body.voice, "stuck", on))

    def noise_in_stream(self, noise: bytes) -> None:
        """Let these bytes break into the present stream of sound or the next, once."""
        self._do(lambda: setattr(self._body.voice, "noise", noise))

    def lock_up_in_stream(self, after: float | None) -> None:
        """Lock up so many seconds into a stream of sound, once; None: after all not."""
        self._do(lambda: setattr(self._body.voice, "locks_up_after", after))

    def cut_stream(self) -> None:
        """End the present stream of sound without a word: no DLE ETX, no result."""
        self._do(self._body.voice.cut)

    def list_formats(self, text: str | None) -> None:
        """Answer this to +VSM=?, whatever is true; None ends it."""
        self._do(lambda: self._list_formats(text))

    def _list_formats(self, text: str | None) -> None:
        voice = self._body.interpreter.settings.voice
        if voice is not None:
            voice.listing = text

    def _lock_up_for_good(self) -> None:
        self._body.silent = self._body.locked = True

    def _do(self, work: Callable[[], Result]) -> Result:
        return self._body.loop.do(work)


def _keys(command: str) -> set[str]:
    """The spelling in which a modem compares commands: with or without AT, any case, H for H0."""
    text = "".join(command.upper().split())
    text = text.removeprefix("AT")
    found = tokens(text)
    if found is None:
        raise ValueError(f"{command!r} is no command; say it as ATH1 or +VCID=1")
    return {token.key for token in found} or {""}
