"""The modem itself: what it makes of bytes from the host and of signals from the line. For the simulator's thread only.

No plan of a call and no thread may enter.
"""

from collections.abc import Callable, Iterable

from hardware.simulator import signalling_heard
from hardware.simulator.answers import HookMoved, StreamBegun
from hardware.simulator.caller_id_commands import RAW
from hardware.simulator.exchange import Exchange
from hardware.simulator.interpreter import Echo, Effect, Interpreter, Reply
from hardware.simulator.line import Act, Call, TelephoneLine
from hardware.simulator.loop import Loop
from hardware.simulator.modem_model import ModemModel
from hardware.simulator.moments import Moment
from hardware.simulator.output import ByteLog, OnSent, Output
from hardware.simulator.port import PseudoPort
from hardware.simulator.signalling_plan import ReportPrinted, RingStarted, RingStopped
from hardware.simulator.signalling_sent import Signal
from hardware.simulator.voice import VoiceSide, shielded_report
from hardware.simulator.voice_far_end import FarEnd
from hardware.simulator.words import in_words

# The register that holds how many seconds an answering modem waits for a carrier.
WAIT_FOR_CARRIER = 7


class ModemBody:
    """Port, interpreter and relay.

    Faults: `silent`, it neither hears nor says anything, and with `locked` only a loss of power ends that; `delay` of
    replies, in seconds; `collision`, bytes that fall into the middle of the next reply.
    """

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
            line,
            self,
            country=country,
            early=model.caller_id.before_ring,
            speed=speed,
            clock=clock,
            at=self.loop.at,
            tell=tell,
        )
        self.voice = VoiceSide(
            self,
            self.interpreter.settings,
            lambda voice: FarEnd(
                line, self.exchange, voice, country=country, speed=speed, clock=clock, at=self.loop.at
            ),
            speed=speed,
            clock=clock,
            at=self.loop.at,
            result=self.interpreter.result,
        )
        self.silent = False
        self.delay = 0.0
        self.collision = b""
        self.locked = False
        self._line = line
        self._model = model
        self._speed = speed
        self._clock = clock
        self._tell = tell
        self._output = Output(self.port, self.log, clock)
        self._last_reply_due = 0.0
        self._busy = False
        self._held = b""

    # What the line does

    def ring(self, step: RingStarted | RingStopped) -> None:
        """The bell begins to sound, or stops."""
        for text in signalling_heard.ring(self.interpreter.settings, step):
            if not self.voice.streaming and not self._shields:
                self.say(self.interpreter.result(text))
            elif text.startswith("RING"):
                self.voice.say_code(b"R")

    def hears(self, signal: Signal) -> list[bytes]:
        """The network said who calls, or tells of its mailbox: the lines that come of it."""
        settings = self.interpreter.settings
        if not signalling_heard.hears(settings, signal.network):
            self._tell("the network says something that this modem, as it is set, does not hear")
            return []
        settings.telephone.last = signal
        return signalling_heard.report(settings.model, signal, raw=settings.caller_id == RAW)

    def overhears(self, signal: Signal) -> list[bytes]:
        """The same about a second caller, while another telephone is in use."""
        return self.hears(signal) if self.interpreter.settings.telephone.snoops else []

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

        if self._shields:
            self.say(shielded_report(part.data, first=part.first, last=part.last), sent)
        else:
            self.say(part.data, sent)

    @property
    def _shields(self) -> bool:
        voice = self.interpreter.settings.voice
        return voice is not None and self.interpreter.settings.in_voice_class and voice.model.shielded_idle

    def noticed(self, act: Act) -> None:
        """Someone did something to the line."""
        self.voice.far_end.noticed(act)

    # What the host does

    def host_opened(self) -> None:
        """A program opened the port."""
        self._tell("a program opened the port")

    def host_closed(self) -> None:
        """The last program closed the port: DTR falls, and what it has not read is lost."""
        self._output.discard()
        self.port.discard_unread()
        self._tell("the program closed the port")
        self._held = b""
        if self.interpreter.settings.kept["&D"]:
            self.voice.cut()
        if self.interpreter.hangs_up_on_close:
            self._move_hook(HookMoved(off_hook=False), self._clock())

    def readable(self) -> None:
        """Bytes came from the host."""
        room = self.voice.room
        data = self.port.read(65536 if room is None or self.silent else max(1, room))
        at = self._clock()
        if data:
            self.log.add(at, "in", data)
        if data and not self.silent:
            self._hear(data, at)
            self.voice.word()

    @property
    def takes_more(self) -> bool:
        """Whether it reads on; what it does not read, the host cannot write for long."""
        return self.silent or not (self._busy or self.voice.room == 0)

    def writable(self) -> None:
        """The host has read some of what waited."""
        self._output.flush()

    @property
    def waiting(self) -> int:
        """Bytes that the host has not made room for."""
        return self._output.waiting

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
        self._busy, self._held = False, b""
        self.voice.cut()
        self._move_hook(HookMoved(off_hook=False), self._clock())
        self.interpreter.power_on()
        self.silent = self.locked = False

    # What the voice side asks for

    def stream_over(self) -> None:
        """Bytes of the host are commands again."""
        self._tell("the stream of sound is over")

    def lock_up(self) -> None:
        """Neither hear nor say anything from now on."""
        self._tell("the modem locks up")
        self.silent = True

    def hang_up(self) -> None:
        """Let go of the line, unasked."""
        self._tell("the modem hangs up, because the program says nothing")
        self._move_hook(HookMoved(off_hook=False), self._clock())

    def _hear(self, data: bytes, at: float) -> None:
        while data:
            if self._busy:
                self._held += data
                return
            if self.voice.streaming:
                data = self.voice.take(data, at)
            else:
                self._carry_out(self.interpreter.receive(data), at)
                data = self.interpreter.rest

    def _carry_out(self, effects: Iterable[Effect], at: float) -> None:
        was_answering = self.interpreter.answering
        out = bytearray()
        for effect in effects:
            match effect:
                case Echo(data):
                    out += data
                case HookMoved():
                    self._move_hook(effect, at)
                case StreamBegun():
                    self._tell("a stream of sound begins")
                    self.say(bytes(out))  # nothing of the stream may come before CONNECT
                    out.clear()
                    self.voice.begin(effect, max(at, self._last_reply_due))
                    self.exchange.moments.note(Moment.STREAM)
                case Reply():
                    self._tell_reply(effect)
                    pause = self.delay + (self.voice.connect_delay if effect.result == "CONNECT" else effect.seconds)
                    if pause:
                        self._busy = self._busy or effect.seconds > 0
                        self._reply_later(effect, at, pause)
                    else:
                        out += self._cut_into(effect.data)
        self.say(bytes(out))
        if self.interpreter.answering and not was_answering:
            patience = self.interpreter.settings.registers[WAIT_FOR_CARRIER]
            self.loop.at(at + patience / self._speed, self._give_up_on_carrier)

    def _give_up_on_carrier(self) -> None:
        if self.interpreter.answering:
            self._carry_out(self.interpreter.carrier_lost(), self._clock())

    def _reply_later(self, reply: Reply, at: float, pause: float) -> None:
        # Replies keep their order when the delay has just been made shorter.
        self._last_reply_due = max(self._last_reply_due, at + pause / self._speed)

        def answer() -> None:
            self.say(self._cut_into(reply.data))
            if reply.seconds:
                self._busy = False
                held, self._held = self._held, b""
                self._hear(held, self._clock())

        self.loop.at(self._last_reply_due, answer)

    def _cut_into(self, reply: bytes) -> bytes:
        """A reply, once with the collision in its middle."""
        intruder, self.collision = self.collision, b""
        half = len(reply) // 2
        return reply[:half] + intruder + reply[half:]

    def _tell_reply(self, reply: Reply) -> None:
        if reply.command:
            self._tell(f"the program {in_words(reply.command)} ({reply.command} -> {reply.result or 'no answer yet'})")

    def _move_hook(self, move: HookMoved, at: float) -> None:
        self.exchange.act(Act.MODEM_SEIZES if move.off_hook else Act.MODEM_RELEASES, at)
