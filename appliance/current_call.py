"""The call that is going on: feeds events to the call table and does what it answers, on modem, lamps and rows.

Owned by the line's loop and called only from it. What a call means is decided in core/, what presses do in presses.py.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from appliance.core import call as core
from appliance.core.caller import Report
from appliance.core.household import Category, Mode, Treatment
from appliance.household_view import HouseholdView
from appliance.judging import past_call_of
from appliance.live_call import LiveCall
from appliance.store import CallRecord
from hardware.cadence import cadence_of
from hardware.modem import Modem
from hardware.panel import Signal


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told: `tell` the lamps, `put` the rows, `ended` of a finished call, `permit_used` of a used permit."""

    tell: Callable[[Signal], None]
    put: Callable[[CallRecord], None]
    ended: Callable[[LiveCall], None]
    permit_used: Callable[[LiveCall], None]


class CurrentCall:
    """At most one call at a time; the last one is kept, for presses mean it for a while."""

    def __init__(self, line: str, *, modem: Modem, view: HouseholdView, listeners: Listeners) -> None:
        self._line, self._modem, self._view, self._listeners = line, modem, view, listeners
        self.live: LiveCall | None = None  # also after it is over
        self._row: CallRecord | None = None  # as last written while it went on: most events change nothing in it

    @property
    def going_on(self) -> LiveCall | None:
        """The call, unless it is over."""
        return self.live if self.live is not None and not self.live.over else None

    @property
    def deadline(self) -> float | None:
        """When `step` wants to see Deadline (monotonic seconds)."""
        return self.going_on.call.deadline if self.going_on is not None else None

    def step(self, event: core.Event, at: float) -> None:
        """Feed one event, read at `at`, and do what follows."""
        if self.going_on is None:
            if isinstance(event, core.WentOffHook):
                self._modem.go_on_hook()  # nobody holds this line any more
            if not isinstance(event, core.OPENING):
                return
            self._open(at, blind=False)
        live = self.live
        assert live is not None
        self._feed(live, event, at)
        if not live.over and (row := live.record()) != self._row:
            self._row = row
            self._listeners.put(row)

    def drop(self, live: LiveCall) -> None:
        """Block was pressed: drop it, if it is the call that goes on and can still be dropped."""
        if live is self.going_on:
            live.pressed = True
            self.step(core.DropAsked(self._view.household.mode), time.monotonic())

    def household_changed(self) -> None:
        """The lists or switches are others now: a ringing call may have become one to drop, or no longer be one.

        Only a list can make it one to drop, for a list speaks of this caller. Who chooses what shall become of a kind
        of call, at which hours, or by which rules, thinks of calls to come; the one that rings may be a wanted one.
        """
        live = self.going_on
        if live is None or live.decision is None or live.call.state is not core.State.RINGING:
            return
        to_drop, was_listed = live.call.treatment is Treatment.DROP, live.decision.category is Category.BLOCKED
        category, decided = live.judged_anew(self._view.household)
        if category is Category.BLOCKED and decided.treatment is Treatment.DROP:
            live.decide_again(self._view.household)
            if not to_drop:
                self.step(core.DropAsked(decided.mode), time.monotonic())
                return
        # Whatever takes back a drop that is still to come counts; only a press stands, unless its entry is gone.
        undone = to_drop and decided.treatment is Treatment.RING and (was_listed or not live.pressed)
        if undone or (to_drop and live.call.mode is Mode.ON and decided.mode is not Mode.ON):
            live.pressed = live.pressed and not undone
            self.step(live.decide_again(self._view.household), time.monotonic())

    def interrupt(self) -> None:
        """The process ends: the row says that nobody saw how the call went on."""
        if (live := self.going_on) is not None:
            live.finish(core.Outcome.INTERRUPTED, time.monotonic())
            self._listeners.put(live.record())

    def _open(self, at: float, *, blind: bool) -> None:
        started = datetime.now(UTC) - timedelta(seconds=max(0.0, time.monotonic() - at))
        timing = core.Timing.of(cadence_of(self._view.household.country))
        self.live = LiveCall(self._line, started, core.begin(timing, at, blind=blind))

    def _feed(self, live: LiveCall, event: core.Event, at: float) -> None:
        live.call, actions = core.step(live.call, event, at)
        for action in actions:
            self._perform(live, action, at)

    def _perform(self, live: LiveCall, action: core.Action, at: float) -> None:
        match action:
            case core.GoOffHook():
                self._modem.go_off_hook()
                self._listeners.tell(Signal.QUIET)
                self._listeners.tell(Signal.DROPPING)
            case core.GoOnHook():
                self._modem.go_on_hook()
            case core.Screen(report, early):
                self._screen(live, report, at, early=early)
            case core.Finish(outcome):
                self._finish(live, outcome, at)
            case core.OpenNext(events, blind):
                self._open(events[0][1], blind=blind)
                for event, since in events:
                    self.step(event, since)

    def _screen(self, live: LiveCall, report: Report | None, at: float, *, early: bool) -> None:
        self._view.refresh()
        used = live.uses_permit_next
        decided = live.decide(report, self._view.household, early=early)
        if decided is None:
            return
        if live.pressed:  # whatever becomes known now, the household wants this very call gone
            decided = replace(decided, treatment=Treatment.DROP)
        self._feed(live, decided, at)
        if decided.treatment is Treatment.RING and not live.over:
            self._listeners.tell(Signal.LET_THROUGH)
        if live.uses_permit_next and not used:
            self._listeners.permit_used(live)
        if not early:
            live.follow_up()

    def _finish(self, live: LiveCall, outcome: core.Outcome, at: float) -> None:
        live.finish(outcome, at)
        row = live.record()
        self._listeners.put(row)
        self._view.remember(past_call_of(row))
        live.follow_up()
        self._listeners.ended(live)
