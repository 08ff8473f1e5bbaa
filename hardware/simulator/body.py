"""The modem itself: what it makes of bytes from the host and of signals from the line. For the simulator's thread only.

No plan of a call and no thread may enter.
"""

from collections.abc import Callable, Iterable

from hardware.simulator.commands import HookMoved
from hardware.simulator.exchange import Exchange
from hardware.simulator.interpreter import Echo, Effect, Interpreter, Reply
from hardware.simulator.line import Act, Call, TelephoneLine
from hardware.simulator.loop import Loop
from hardware.simulator.models import ModemModel
from hardware.simulator.output import ByteLog, OnSent, Output
from hardware.simulator.port import PseudoPort
from hardware.simulator.script import ReportPrinted
from hardware.simulator.words import in_words

# The register that holds how many seconds an answering modem waits for a carrier.
WAIT_FOR_CARRIER = 7


class ModemBody:
    """Port, interpreter and relay. `silent`: it neither hears nor says anything. `delay`: of replies, in seconds."""

    def __init__(
        self,
        line: TelephoneLine,
        model: ModemModel,
        country: str,
        *,
        speed: float,
        clock: Callable[[], float],
        tell: Callable[[str], None],
    ) -> None:
        self.interpreter = Interpreter(model, country)
        self.port = PseudoPort()
        self.log = ByteLog()
        self.loop = Loop(self.port, self, clock)
        self.exchange = Exchange(
            line, self, country=country, blanks=model.blanks, speed=speed, clock=clock, at=self.loop.at, tell=tell
        )
        self.silent = False
        self.delay = 0.0
        self._line = line
        self._model = model
        self._speed = speed
        self._clock = clock
        self._tell = tell
        self._output = Output(self.port, self.log, clock)
        self._last_reply_due = 0.0

    # What the line does

    def ring(self, *, new_ring: bool) -> None:
        """The bell begins to sound."""
        if new_ring or self._model.ring_per_burst:
            self.say(self.interpreter.result("RING"))

    def report(self, call: Call, part: ReportPrinted) -> None:
        """A part of the Caller ID report was decoded."""
        if not self.interpreter.settings.caller_id:
            if part.first:
                self._tell("the network says who calls, but nobody asked the modem for it")
            return

        def sent(before: float, after: float) -> None:
            if part.ends_number and call.number_sent_at is None:
                call.number_sending_at, call.number_sent_at = before, after
            if part.last:
                call.report_sent_at = after
                self._tell("the modem says who calls")

        self.say(part.data, sent)

    # What the host does

    def host_opened(self) -> None:
        """A program opened the port."""
        self._tell("a program opened the port")

    def host_closed(self) -> None:
        """The last program closed the port: DTR falls, and what it has not read is lost."""
        self._output.discard()
        self.port.discard_unread()
        self._tell("the program closed the port")
        if self.interpreter.hangs_up_on_close:
            self._move_hook(HookMoved(off_hook=False), self._clock())

    def readable(self) -> None:
        """Bytes came from the host."""
        data = self.port.read()
        at = self._clock()
        if data:
            self.log.add(at, "in", data)
        if not self.silent:
            self._carry_out(self.interpreter.receive(data), at)

    def writable(self) -> None:
        """The host has read some of what waited."""
        self._output.flush()

    @property
    def has_more_to_write(self) -> bool:
        """Whether bytes wait for the host to read."""
        return bool(self._output)

    def say(self, data: bytes, on_sent: OnSent | None = None) -> None:
        """Write to the host, unless locked up."""
        if not self.silent:
            self._output.send(data, on_sent)

    # What a person does to the modem

    def lose_power(self) -> None:
        """Unplugged: the relay falls open, and everything is forgotten."""
        self._output.discard()
        self.port.unplug()
        self._move_hook(HookMoved(off_hook=False), self._clock())
        self.interpreter.power_on()
        self.silent = False

    def _carry_out(self, effects: Iterable[Effect], at: float) -> None:
        was_answering = self.interpreter.answering
        out = bytearray()
        for effect in effects:
            match effect:
                case Echo(data):
                    out += data
                case HookMoved():
                    self._move_hook(effect, at)
                case Reply():
                    self._tell_reply(effect)
                    if self.delay:
                        self._reply_later(effect.data, at)
                    else:
                        out += effect.data
        self.say(bytes(out))
        if self.interpreter.answering and not was_answering:
            patience = self.interpreter.settings.registers[WAIT_FOR_CARRIER]
            self.loop.at(at + patience / self._speed, self._give_up_on_carrier)

    def _give_up_on_carrier(self) -> None:
        if self.interpreter.answering:
            self._carry_out(self.interpreter.carrier_lost(), self._clock())

    def _reply_later(self, data: bytes, at: float) -> None:
        # Replies keep their order when the delay has just been made shorter.
        self._last_reply_due = max(self._last_reply_due, at + self.delay / self._speed)
        self.loop.at(self._last_reply_due, lambda: self.say(data))

    def _tell_reply(self, reply: Reply) -> None:
        if reply.command:
            self._tell(f"the program {in_words(reply.command)} ({reply.command} -> {reply.result or 'no answer yet'})")

    def _move_hook(self, move: HookMoved, at: float) -> None:
        self.exchange.act(Act.MODEM_SEIZES if move.off_hook else Act.MODEM_RELEASES, at)
