"""One modem on one open port: setting up, heartbeat and the hook, as a state table. Sans-IO.

Bytes and `now` go in; events, bytes to write and a deadline come out. No port, no thread, no clock, no policy. The
promise kept here: a line that we hold, or may hold, is let go of; every state in which we may hold it has a deadline.
"""

import logging

from hardware.events import (
    CallerIdReported,
    CallerIdSettingLost,
    CallerNumberReceived,
    CommandTimedOut,
    HookFailed,
    LineFoundInUse,
    LineSignal,
    ModemEvent,
    ModemIdentified,
    ModemReady,
    ReplyReceived,
    RingDetected,
    SignalHeard,
    UnsolicitedLine,
    WentOffHook,
    WentOnHook,
    WireEvent,
)
from hardware.heartbeat import Heartbeat, Question
from hardware.hook import IN_USE, LATE_ANSWERS, MAY_HOLD_THE_LINE, SAID_TO_OFF_HOOK, TABLE, Act, Happening, State
from hardware.profiles import PLAIN_OPTIONS, V253, ModemOptions, Switch
from hardware.protocol import ModemProtocol
from hardware.recovery import with_factory_reset
from hardware.setup import SetupFailed, set_up, switched_off
from hardware.timing import REAL, ModemTiming

log = logging.getLogger(__name__)


class ModemSession:
    """The dialogue with the modem on a port just opened. A `failure` (a sentence) means that it must be closed.

    `factory_reset`: the modem forgets what was stored in it while it is set up.
    """

    def __init__(
        self,
        port: str,
        now: float,
        *,
        options: ModemOptions = PLAIN_OPTIONS,
        timing: ModemTiming = REAL,
        factory_reset: bool = False,
    ) -> None:
        self.state = State.STARTING
        self.failure: str | None = None
        self._port = port
        self._profile = options.profile or V253
        self._timing = timing
        self._protocol = ModemProtocol()
        self._setup = with_factory_reset(set_up(options)) if factory_reset else set_up(options)
        self._answered_once = False
        self._identity: ModemIdentified | None = None
        self._switch: Switch | None = None
        self._heartbeat = Heartbeat(timing, now)
        self._owed = 0  # commands given up whose answer may still come
        self._releases = 0
        self._off_hook_since = now
        self._entered_at = now
        self._relay_echo: LineSignal | None = None  # what our own relay may yet be called
        self._relay_echo_until = now
        self._reason = ""
        self._events: list[ModemEvent] = []
        self._next_setup_command(None, now, first=True)

    # -- what goes in

    def receive_data(self, data: bytes, now: float) -> list[ModemEvent]:
        """Bytes read at `now`."""
        return self._digest(self._protocol.receive_data(data, now), now)

    def advance(self, now: float) -> list[ModemEvent]:
        """Let every timer run out that is due at `now`."""
        self._digest(self._protocol.advance(now), now, keep=True)
        due = self._state_due()
        if due is not None and due <= now:
            self._happened(Happening.DEADLINE, now, "The modem did not obey in time.")
        self._look_for_life(now)
        return self._taken()

    def go_off_hook(self, now: float) -> list[ModemEvent]:
        """Take the line. Answered by WentOffHook or HookFailed."""
        self._happened(Happening.OFF_HOOK_ASKED, now)
        return self._taken()

    def go_on_hook(self, now: float) -> list[ModemEvent]:
        """Let go of the line. Answered by WentOnHook; by HookFailed for each attempt that did not work."""
        self._happened(Happening.ON_HOOK_ASKED, now)
        return self._taken()

    def check_caller_id(self) -> None:
        """At the next quiet moment, ask whether Caller ID is still on, and turn it on again if not."""
        self._heartbeat.check_caller_id()

    def port_lost(self, reason: str, now: float) -> list[ModemEvent]:
        """The port is gone. Says what became of a hook command under way."""
        self._broke(reason, now)
        return self._taken()

    # -- what comes out

    def data_to_send(self) -> bytes:
        """The bytes to write now: one command, or b""."""
        return b"" if self.failure else self._protocol.data_to_send()

    def deadline(self) -> float | None:
        """When `advance` wants to be called (monotonic seconds)."""
        dues = [self._protocol.deadline(), self._state_due(), self._life_due()]
        return min((due for due in dues if due is not None), default=None)

    @property
    def may_hold_the_line(self) -> bool:
        """Whether the line is, or may be, held by our modem."""
        return self.state in MAY_HOLD_THE_LINE

    @property
    def streaming(self) -> bool:
        """Whether bytes on the port, in either direction, may be sound."""
        return self._protocol.streaming is not None

    @property
    def settled(self) -> bool:
        """Whether it is safe to close the port: a modem just opened may hold the line for a process that was killed."""
        return self._answered_once and not self.may_hold_the_line

    # -- the wire

    def _digest(self, events: list[WireEvent], now: float, *, keep: bool = False) -> list[ModemEvent]:
        for event in events:
            if isinstance(event, ReplyReceived | CommandTimedOut):
                self._answered(event, now)
            elif isinstance(event, UnsolicitedLine) and event.text in LATE_ANSWERS:
                self._heartbeat.heard(now)  # to a command given up
                self._owed = max(0, self._owed - 1)
                if event.text == IN_USE:
                    self._happened(Happening.FOUND_IN_USE, now)
            elif isinstance(event, SignalHeard) and self._is_our_relay(event.signal, now):
                self._relay_echo = None
            else:
                if isinstance(event, RingDetected | CallerNumberReceived | CallerIdReported):
                    self._heartbeat.rang(now)
                self._events.append(event)
        return [] if keep else self._taken()

    def _is_our_relay(self, signal: LineSignal, now: float) -> bool:
        """Whether the modem means itself: some tell of their own relay as of a handset, once for each time it moves."""
        return self._profile.echoes_relay and signal is self._relay_echo and now <= self._relay_echo_until

    def _answered(self, event: ReplyReceived | CommandTimedOut, now: float) -> None:
        reply = event if isinstance(event, ReplyReceived) else None
        if reply is None:
            self._owed += 1
        else:
            self._heartbeat.heard(now)
        if self.state is State.STARTING:
            self._answered_once = True  # the first command lets go of the line
            self._next_setup_command(reply, now)
        elif event.command == self._profile.off_hook:
            said = reply.result if reply is not None else ""
            self._happened(SAID_TO_OFF_HOOK.get(said, Happening.SEIZE_FAILED), now, _what_it_said(event))
        elif event.command == self._profile.on_hook:
            self._release_answered(event, now)
        elif self._switch and event.command == self._switch.query and reply and switched_off(reply):
            log.warning("caller_id_setting_lost port=%s", self._port)
            self._protocol.send(self._switch.on, now, timeout=self._timing.question)
            self._events.append(CallerIdSettingLost())

    def _release_answered(self, event: ReplyReceived | CommandTimedOut, now: float) -> None:
        if isinstance(event, ReplyReceived) and event.result == "OK":
            if not self._owed:
                self._happened(Happening.RELEASED, now)
                return
            # This OK may belong to an earlier command that we gave up: it proves nothing, so say it once more.
            self._owed -= 1
            self._protocol.send(self._profile.on_hook, now, timeout=self._timing.hook, urgent=True)
            return
        if self._releases >= self._timing.release_tries:
            self._broke(f"The modem did not let go of the line: {_what_it_said(event)}", now)
        else:
            self._happened(Happening.RELEASE_FAILED, now, _what_it_said(event))

    def _next_setup_command(self, reply: ReplyReceived | None, now: float, *, first: bool = False) -> None:
        try:
            step = next(self._setup) if first else self._setup.send(reply)
        except SetupFailed as failure:
            self._broke(str(failure), now)
        except StopIteration as done:
            self._identity, self._profile, self._switch = done.value.modem, done.value.profile, done.value.caller_id
            self._protocol.voice = self._profile.voice
            if self._identity.sound is not None:
                self._protocol.byte_rate = self._identity.sound.bytes_per_second
            self._happened(Happening.SET_UP, now)
        else:
            self._protocol.send(step.command, now, timeout=step.timeout)

    # -- signs of life

    def _life_due(self) -> float | None:
        return self._heartbeat.due(idle=self._protocol.idle) if self.state is State.READY else None

    def _look_for_life(self, now: float) -> None:
        if self.state is not State.READY:
            return
        question = self._heartbeat.question(now, idle=self._protocol.idle)
        if self._heartbeat.misses and question is not None:
            log.warning("heartbeat_missed port=%s misses=%d", self._port, self._heartbeat.misses)
        match question:
            case Question.NONE_IT_IS_DEAD:
                self._broke("The modem stopped answering.", now)
            case Question.CALLER_ID if self._switch is not None:
                self._protocol.send(self._switch.query, now, timeout=self._timing.question)
            case Question.CALLER_ID | Question.SIGN_OF_LIFE:
                self._protocol.send(self._profile.heartbeat, now, timeout=self._timing.small_talk)

    # -- the hook

    def _state_due(self) -> float | None:
        """The deadline of a state in which we may hold the line; None in the others."""
        if not self.may_hold_the_line:
            return None
        own = {State.HOLDING: self._timing.off_hook_limit, State.RELEASING: self._timing.release}
        in_state = self._entered_at + own.get(self.state, self._timing.doubt)
        if self.state is State.RELEASING:
            return in_state
        return min(in_state, self._off_hook_since + self._timing.off_hook_limit)

    def _broke(self, reason: str, now: float) -> None:
        self._happened(Happening.BROKE, now, reason)

    def _happened(self, happening: Happening, now: float, reason: str = "") -> None:
        before = self.state
        self.state, acts = TABLE[before, happening]
        self._reason = reason
        if happening in (Happening.SEIZED, Happening.RELEASED):
            self._relay_echo_until = now + self._timing.relay_echo
        if self.state is not before:
            self._entered_at = now
            if self.state in MAY_HOLD_THE_LINE and before not in MAY_HOLD_THE_LINE:
                self._off_hook_since = now
            log.debug(
                "modem_state port=%s from=%s to=%s on=%s", self._port, before.name, self.state.name, happening.name
            )
        for act in acts:
            self._perform(act, now)

    def _perform(self, act: Act, now: float) -> None:
        match act:
            case Act.SEND_OFF_HOOK:
                self._releases = 0
                self._heartbeat.overtaken()
                self._expect_relay(LineSignal.HANDSET_OFF_HOOK, now + self._timing.hook)
                self._protocol.send(self._profile.off_hook, now, timeout=self._timing.hook, urgent=True)
            case Act.SEND_ON_HOOK:
                self._releases += 1
                self._expect_relay(LineSignal.HANDSET_ON_HOOK, now + self._timing.hook)
                self._protocol.send(self._profile.on_hook, now, timeout=self._timing.hook, urgent=True)
            case Act.TELL_READY:
                assert self._identity is not None
                self._events.append(ModemReady(self._port, self._identity))
            case Act.TELL_OFF_HOOK:
                self._events.append(WentOffHook())
            case Act.TELL_ON_HOOK:
                self._events.append(WentOnHook())
            case Act.TELL_OFF_HOOK_FAILED:
                self._events.append(HookFailed(wanted_off_hook=True, reason=self._reason or NOT_NOW))
            case Act.TELL_ON_HOOK_FAILED:
                self._events.append(HookFailed(wanted_off_hook=False, reason=self._reason or NOT_NOW))
            case Act.TELL_IN_USE:
                self._events.append(LineFoundInUse())
            case Act.GIVE_UP_THE_PORT:
                self.failure = self._reason

    def _expect_relay(self, signal: LineSignal, until: float) -> None:
        self._relay_echo, self._relay_echo_until = signal, until

    def _taken(self) -> list[ModemEvent]:
        events, self._events = self._events, []
        return events


NOT_NOW = "The modem is not ready for that now."


def _what_it_said(event: ReplyReceived | CommandTimedOut) -> str:
    if isinstance(event, ReplyReceived):
        return f"The modem answered {event.result} to {event.command}."
    return f"The modem did not answer {event.command}."
