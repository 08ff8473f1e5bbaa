"""The telephone exchange and its callers: plays the plan of each call on the line. No AT command or port may enter."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from hardware.cadence import cadence_of
from hardware.simulator.line import Act, Call, TelephoneLine, Wire
from hardware.simulator.script import CallerLeft, Plan, ReportPrinted, RingStarted, RingStopped, Step, plan


class Bell(Protocol):
    """What the exchange reaches at the household's end of the wire."""

    def ring(self, *, new_ring: bool) -> None: ...
    def report(self, call: Call, part: ReportPrinted) -> None: ...


class Exchange:
    """The network side. For the simulator's thread only.

    `at(due, work)` carries out work at a clock time; `speed` divides all durations; `blanks` is the model's spelling.
    """

    def __init__(
        self,
        line: TelephoneLine,
        bell: Bell,
        *,
        country: str,
        blanks: bool,
        speed: float,
        clock: Callable[[], float],
        at: Callable[[float, Callable[[], None]], None],
        tell: Callable[[str], None],
    ) -> None:
        self._line = line
        self._bell = bell
        self._country = country
        self._blanks = blanks
        self._speed = speed
        self._clock = clock
        self._at = at
        self._tell = tell
        self._plan: Plan = iter(())
        self._reporting = False
        self._next_callers: deque[tuple[Call, float]] = deque()

    def dial(self, call: Call, after: float | None) -> None:
        """A caller dials now, or `after` seconds after the line has become free."""
        if after is None:
            self._begin(call)
        else:
            self._next_callers.append((call, after))
            self.look_for_next_caller()

    def act(self, act: Act, now: float) -> None:
        """Someone did something to the line: let its state and the waiting callers follow."""
        self._line.act(act, now)
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
        self._reporting = False
        local = datetime.now(tz=UTC).astimezone()
        self._plan = plan(call.script, self._country, cadence_of(self._country), blanks=self._blanks, now=local)
        self._next_step(call, now)

    def _next_step(self, call: Call, start: float) -> None:
        following = next(self._plan, None)
        if following is not None:
            due, step = following
            self._at(start + due / self._speed, lambda: self._happen(call, step, start))

    def _happen(self, call: Call, step: Step, start: float) -> None:
        if call is not self._line.call or self._line.wire is Wire.QUIET:
            return
        match step:
            case ReportPrinted():
                self._print(call, step)
            case RingStarted(new_ring) if self._line.ringing:
                self._ring(call, new_ring=new_ring)
            case RingStopped():
                self._line.sounding = False
            case CallerLeft() if self._line.ringing:
                self._tell("the caller gives up")
                self.act(Act.CALLER_LEAVES, self._clock())
            case _:
                pass  # answered: no bell rings any more, and a caller who got through stays
        self._next_step(call, start)

    def _ring(self, call: Call, *, new_ring: bool) -> None:
        self._line.sounding = True
        if new_ring:
            call.rings += 1
            call.first_ring_at = self._clock() if call.first_ring_at is None else call.first_ring_at
            self._tell(f"ring {call.rings}")
        self._bell.ring(new_ring=new_ring)

    def _print(self, call: Call, part: ReportPrinted) -> None:
        # The signal stops when anyone answers, so a report that has not begun never comes. What the modem has decoded
        # it prints to the end, however slowly.
        if self._line.ringing or (self._reporting and not part.first):
            self._reporting = True
            self._bell.report(call, part)
