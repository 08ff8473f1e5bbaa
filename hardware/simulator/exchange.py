"""The telephone exchange and its callers: plays the plan of each call on the line. No AT command or port may enter."""

import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from hardware.cadence import cadence_of
from hardware.simulator.line import Act, Call, TelephoneLine, Wire
from hardware.simulator.moments import Moment, Moments
from hardware.simulator.script import Script
from hardware.simulator.signalling import AMERICAN, network_of
from hardware.simulator.signalling_plan import (
    CallerIdSent,
    CallerLeft,
    Plan,
    ReportPrinted,
    RingStarted,
    RingStopped,
    Step,
    cadence_of_call,
    plan,
)  # fmt: skip
from hardware.simulator.signalling_sent import Signal, notice, sent

NUMBER_LINE = re.compile(rb"NMBR ?=[^\r\n]*[\r\n]")
# Seconds for which a second caller hears the ringing tone while the line is talked on: two or three beeps.
WAITING_LIMIT_S = 20.0


class Bell(Protocol):
    """What the exchange reaches at the household's end of the wire."""

    def ring(self, step: RingStarted | RingStopped) -> None: ...
    def hears(self, signal: Signal) -> list[bytes]: ...
    def overhears(self, signal: Signal) -> list[bytes]: ...
    def report(self, call: Call, part: ReportPrinted) -> None: ...
    def noticed(self, act: Act) -> None: ...


class Exchange:
    """The network side. For the simulator's thread only.

    `at(due, work)` carries out work at a clock time; `speed` divides all durations; `early`: every report precedes the
    ringing.
    """

    def __init__(
        self,
        line: TelephoneLine,
        bell: Bell,
        *,
        country: str,
        early: bool,
        speed: float,
        clock: Callable[[], float],
        at: Callable[[float, Callable[[], None]], None],
        tell: Callable[[str], None],
    ) -> None:
        self.moments = Moments(clock, at, speed)
        self._line = line
        self._bell = bell
        self._country = country
        self._early = early
        self._speed = speed
        self._clock = clock
        self._at = at
        self._tell = tell
        self._plan: Plan = iter(())
        self._signal = sent(Script(), network_of(country), _now())
        self._next_callers: deque[tuple[Call, float]] = deque()
        self._notices: deque[bool] = deque()

    def dial(self, call: Call, after: float | None) -> None:
        """A caller dials now, or `after` seconds after the line has become free."""
        if after is None:
            self._begin(call)
        else:
            self._next_callers.append((call, after))
            self.look_for_next_caller()

    def dial_while_talking(self, call: Call) -> None:
        """A second caller: the talkers hear a beep, and the report comes without a ring. On a free line it rings."""
        if self._line.free:
            self._begin(call)
            return
        call.started_at = self._clock()
        self._tell("a second caller beeps into the conversation")
        self._print_all(call, self._bell.overhears(self._signal_of(call.script)))
        self._next_callers.appendleft((call, 0.0))  # who is still there when the handset goes back, rings
        self._at(self._clock() + WAITING_LIMIT_S / self._speed, lambda: self._tire(call))

    def tell_of_messages(self, on: bool) -> None:
        """The network's mailbox holds messages, or none any more; it says so as soon as the line is free."""
        self._notices.append(on)
        self._send_notices()

    def act(self, act: Act, now: float) -> None:
        """Someone did something to the line: let its state and the waiting callers follow."""
        self._line.act(act, now)
        self._bell.noticed(act)
        if act is Act.MODEM_SEIZES and self._line.wire is not Wire.QUIET:
            self.moments.note(Moment.SEIZED)
            self.moments.note(Moment.HELD)
        self._send_notices()
        self.look_for_next_caller()

    def look_for_next_caller(self) -> None:
        """Send the next waiting caller on the way when the line is free."""
        if self._next_callers and self._line.free:
            call, after = self._next_callers.popleft()
            since = self._line.free_since
            due = self._clock() if since is None else since + after / self._speed
            self._at(due, lambda: self._begin(call))

    def leave(self, call: Call) -> None:
        """The caller hangs up, also one who has not got through yet."""
        self._next_callers = deque(pair for pair in self._next_callers if pair[0] is not call)
        if call is self._line.call and self._line.wire is not Wire.QUIET:
            self._tell("the caller hangs up")
            self.act(Act.CALLER_LEAVES, self._clock())
        elif not call.over:
            call.settle("gave_up")

    def _begin(self, call: Call) -> None:
        now = self._clock()
        if call.over:
            return
        if not self._line.begin(call, now):
            self._tell("the caller finds the line engaged")
            return
        script = call.script
        self._signal = self._signal_of(script)
        self._plan = plan(
            script,
            self._signal.network,
            cadence_of_call(script, cadence_of(self._country)),
            report=not self._signal.empty or self._early,
            before=self._early,
        )
        self._next_step(call, now)

    def _signal_of(self, script: Script) -> Signal:
        own = AMERICAN if self._early else network_of(self._country)  # over VoIP all is told, wherever the house is
        return sent(script, script.network or own, _now())

    def _next_step(self, call: Call, start: float) -> None:
        following = next(self._plan, None)
        if following is not None:
            due, step = following
            self._at(start + due / self._speed, lambda: self._happen(call, step, start))

    def _happen(self, call: Call, step: Step, start: float) -> None:
        if call is not self._line.call or self._line.wire is Wire.QUIET:
            return
        match step:
            case CallerIdSent() if self._line.ringing:
                self._print_all(call, self._bell.hears(self._signal))
            case RingStarted() if self._line.ringing:
                self._ring(call, step)
            case RingStopped():
                self._line.sounding = False
                if self._line.ringing:
                    self._bell.ring(step)
                    self.moments.note(Moment.BETWEEN_RINGS)
            case CallerLeft() if self._line.ringing:
                self._tell("the caller gives up")
                self.act(Act.CALLER_LEAVES, self._clock())
            case _:
                pass  # answered: no bell rings and no report comes any more, and a caller who got through stays
        self._next_step(call, start)

    def _ring(self, call: Call, step: RingStarted) -> None:
        self._line.sounding = True
        if step.new_ring:
            call.rings += 1
            call.first_ring_at = self._clock() if call.first_ring_at is None else call.first_ring_at
            self._tell(f"ring {call.rings}")
        self._bell.ring(step)
        self.moments.note(Moment.RINGING)

    def _print_all(self, call: Call, lines: list[bytes]) -> None:
        """Print what the modem has decoded: it has it all now, so whatever the line does next, it prints to the end."""
        pieces = call.script.pieces
        chunks = lines if pieces is not None else [b"".join(lines)] if lines else []
        if chunks and self.moments.is_chosen(Moment.HALF_REPORT):
            half = b"".join(chunks)
            self._bell.report(call, ReportPrinted(half[: len(half) // 2], first=True, last=False, ends_number=False))
            self.moments.note(Moment.HALF_REPORT)
            return
        tagged = any(NUMBER_LINE.search(chunk) for chunk in chunks)
        known = call.script.number is not None or call.script.absence is not None
        now = self._clock()
        for index, chunk in enumerate(chunks):
            last = index == len(chunks) - 1
            number = bool(NUMBER_LINE.search(chunk)) or (last and known and not tagged)
            part = ReportPrinted(chunk, first=index == 0, last=last, ends_number=number)
            if index == 0 or not pieces:
                self._bell.report(call, part)
            else:
                self._at(now + index * pieces / self._speed, partial(self._bell.report, call, part))

    def _tire(self, call: Call) -> None:
        waiting = any(pair[0] is call for pair in self._next_callers)
        if waiting:
            self._tell("the second caller gives up")
            self.leave(call)

    def _send_notices(self) -> None:
        while self._notices and self._line.free:
            signal = notice(self._notices.popleft(), network_of(self._country))
            self._tell("the network tells of its mailbox")
            self._print_all(Call(signal.script, self.leave), self._bell.hears(signal))


def _now() -> datetime:
    return datetime.now(tz=UTC).astimezone()
