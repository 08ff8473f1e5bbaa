"""The one loop that owns the call: every event of modem, panel, page and time comes through one queue, one at a time.

It may not wait for a disk or a network: lists are read from a snapshot and an index, rows go to the writer, list
changes are errands.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from appliance.bell import BellRang, listen
from appliance.config import Config
from appliance.core import call as core
from appliance.core.caller import warm
from appliance.current_call import CurrentCall, Listeners
from appliance.errands import ErrandDone, Errands
from appliance.health import Health
from appliance.household_view import HouseholdView
from appliance.live_call import LiveCall
from appliance.notify import notify
from appliance.presses import Presses
from appliance.status_board import StatusBoard
from appliance.store import Command, EventRow, Store, Writer
from appliance.version import version
from hardware import events as wire
from hardware.modem import Modem
from hardware.panel import Panel, PanelPins, Signal
from hardware.profiles import ModemOptions

log = logging.getLogger(__name__)

FLOOD_S = 0.05
"""Seconds within which a second RING line says nothing new; the shortest burst of any country's ring lasts 0.4 s."""

ERRANDS_END_S = 5.0
"""Seconds that unwritten list changes get when the process ends; systemd waits much longer before it kills."""

RESTART_S = 1.0
"""Seconds until the loop looks round again after a fault of its own, so that one that repeats cannot eat a core."""

PRESS_COMMANDS = {"press_block": wire.Button.BLOCK, "press_allow": wire.Button.ALLOW}


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody asked the process to end."""


class Line:
    """One telephone line: its modem, its panel, its call. Build it, `run` it, in the main thread."""

    def __init__(self, config: Config, *, port: str | None, name: str) -> None:
        self.config, self.name = config, name
        self.queue: SimpleQueue[tuple[Any, float]] = SimpleQueue()
        self._stopping = False
        self._rang_at = 0.0  # the modem's thread alone
        self.health = Health(name, os.getpid(), version(), datetime.now(UTC))
        with ExitStack() as closing:
            self._build(config, port, closing)
            self._closing = closing.pop_all()

    def _build(self, config: Config, port: str | None, closing: ExitStack) -> None:
        """Start in this order; `closing` ends in reverse whatever was started. Raises ApplianceError."""
        # First: a line that a killed process holds comes free whatever the store says, and the modem needs its time.
        known = None if config.modem.port == "auto" else config.modem.port
        self.modem = Modem(self._heard, port=port or known, options=ModemOptions(country=config.country))
        self.modem.start()
        closing.callback(self.modem.stop)
        with Store.open(config.data, check=True) as store:  # the one look through the whole file, before all else
            self.health.remember(store.status.all())
        self.view = HouseholdView(config)
        closing.callback(self.view.close)
        warm(self.view.household.country)
        self.writer = Writer(config.data)
        closing.callback(self.writer.close)
        self.errands = Errands(config.data, self._post)
        closing.callback(self.errands.close, ERRANDS_END_S)
        self._send(lambda store: store.calls.close_interrupted(self.name, self.health.started_at))
        pins = config.panel
        self.panel = Panel(
            PanelPins(pins.health, pins.ring, pins.blocked, pins.message, pins.block_button, pins.allow_button)
            if pins.enabled
            else None,
            self._post_at,
        )
        closing.callback(self.panel.close)
        self.board = StatusBoard(self.health, view=self.view, writer=self.writer, panel=self.panel)
        self.presses = Presses(
            errands=self.errands,
            view=self.view,
            tell=self.panel.tell,
            note=self.writer.put,
            drop=self._drop,
            changed=self._household_changed,
            fault=self._errand_failed,
        )
        self.current = CurrentCall(
            self.name,
            modem=self.modem,
            view=self.view,
            listeners=Listeners(self.panel.tell, self.writer.put, self._ended, self.presses.use_permit_next),
        )
        closing.callback(listen(config.data, f"line-{self.name}", self._post))
        closing.callback(self.modem.stop)  # before all else at the end, too: no disk may keep us from letting go

    # the loop

    def run(self) -> int:
        """Look after the line until a Stop; the exit code. The modem is on-hook when this returns."""
        with self._closing:
            self._take_commands()
            notify("READY=1", "STATUS=Looking for the modem")
            while True:
                event, at = self._next()
                if isinstance(event, Stop):
                    break
                self._turn(event, at)
            notify("STOPPING=1")
            self.current.interrupt()
            self.writer.put(self.health.status("stopped", {}, ()))
        return 0

    def _turn(self, event: Any, at: float) -> None:
        try:
            if event is not None:
                REACTIONS[type(event)](self, event, at)
            # While events wait, time is theirs: a deadline must not overtake a ring that was heard before it.
            self._time_passed(time.monotonic() if self.queue.empty() else at)
        except Exception:  # the top of the loop: our own mistake must not leave the line held or later calls unheard
            log.exception("turn=failed event=%s", type(event).__name__)
            self.modem.go_on_hook()
            self.current.interrupt()
            self.board.look_at = time.monotonic() + RESTART_S
            self.board.fault = "Quietline met a fault of its own and went on. Please report it; the log says more."

    def stop(self) -> None:
        """Ask the loop to end; may be called from a signal handler or another thread. Overtakes what waits."""
        self._stopping = True
        self._post(Stop())

    def _next(self) -> tuple[Any, float]:
        if self._stopping:
            return Stop(), time.monotonic()
        wake = self.board.look_at
        if self.current.deadline is not None:
            wake = min(wake, self.current.deadline)
        try:
            return self.queue.get(timeout=max(0.0, wake - time.monotonic()))
        except Empty:
            return None, time.monotonic()

    def _post(self, event: Any) -> None:
        self.queue.put((event, time.monotonic()))

    def _post_at(self, event: Any, at: float) -> None:
        self.queue.put((event, at))

    def _heard(self, event: Any, at: float) -> None:
        """What the modem's thread says. Of a flood of RING lines only so many pass, and a call behind it is in time."""
        if isinstance(event, wire.RingDetected):
            if at - self._rang_at < FLOOD_S:
                return
            self._rang_at = at
        self.queue.put((event, at))

    def _time_passed(self, now: float) -> None:
        if self.current.deadline is not None and now >= self.current.deadline:
            self.current.step(core.Deadline(), now)
        live = self.current.going_on
        self.board.look(live.call.state.value if live is not None else "idle", now)

    # the call

    def _drop(self, live: LiveCall) -> None:
        self.current.drop(live)

    def _ended(self, live: LiveCall) -> None:
        if self.health.call_ended(live):
            self.modem.check_caller_id()
        self._rest()
        log.info(
            "call=ended uid=%s outcome=%s category=%s treatment=%s rings=%d",
            live.uid,
            live.outcome.value if live.outcome else "none",
            live.decision.category.value if live.decision else "none",
            live.treatment.value if live.treatment else "none",
            live.call.rings,
        )

    def _household_changed(self) -> None:
        self.current.household_changed()

    def _rest(self) -> None:
        """The ring lamp without a call: dark, or waiting for the call that is to be let through."""
        self.panel.tell(Signal.QUIET)
        if self.view.permit_next_armed():
            self.panel.tell(Signal.PERMIT_NEXT_ARMED)

    # what comes from outside

    def _rang(self, _: wire.RingDetected, at: float) -> None:
        self.health.last_ring_at = datetime.now(UTC)
        if self.current.going_on is None or not self.current.going_on.decided:
            self.panel.tell(Signal.RINGING)
        self.current.step(core.Rang(), at)

    def _number(self, event: wire.CallerNumberReceived, at: float) -> None:
        self.current.step(core.NumberKnown(wire.CallerIdReported(number=event.number, absence=event.absence)), at)

    def _report(self, event: wire.CallerIdReported, at: float) -> None:
        self.health.last_report_at = datetime.now(UTC)
        self.current.step(core.Reported(event, amends=event.amends), at)

    def _ready(self, event: wire.ModemReady, _: float) -> None:
        was_lost = not self.health.looking
        self.health.modem_ready(event.port, event.modem)
        notify(f"STATUS=Ready: {event.modem.name} at {event.port}")
        self._event("modem", f"The modem {event.modem.name} is {'back' if was_lost else 'ready'}.")

    def _lost(self, event: wire.ModemLost, at: float) -> None:
        if self.health.lost_because != event.reason:
            self._event("modem", f"The modem cannot be used. {event.reason} The telephone rings as usual meanwhile.")
        self.health.modem_lost(event.reason)
        notify(f"STATUS=No modem: {event.reason}")
        self.current.step(core.ModemGone(), at)

    def _caller_id_lost(self, _: wire.CallerIdSettingLost, __: float) -> None:
        self._event("warning", "The modem had forgotten to report Caller ID; it has been told again.")

    def _hook_failed(self, event: wire.HookFailed, at: float) -> None:
        log.warning("hook=failed wanted_off_hook=%s reason=%s", event.wanted_off_hook, event.reason)
        self.current.step(core.HookFailed(event.wanted_off_hook), at)

    def _off_hook(self, _: wire.WentOffHook, at: float) -> None:
        self.current.step(core.WentOffHook(), at)

    def _on_hook(self, _: wire.WentOnHook, at: float) -> None:
        self.current.step(core.WentOnHook(), at)

    def _unsolicited(self, event: wire.UnsolicitedLine, _: float) -> None:
        log.debug("modem_line=%r", event.text)

    def _errand_done(self, event: ErrandDone, _: float) -> None:
        event.follow()

    def _pressed(self, event: wire.ButtonPressed, at: float) -> None:
        self.presses.pressed(event.button, self.current.live, "button", at)

    def _bell(self, _: BellRang, __: float) -> None:
        if self.view.refresh():
            self._household_changed()
            if self.current.going_on is None:
                self._rest()
        self._take_commands()

    def _take_commands(self) -> None:
        self._send(lambda store: store.commands.take(tuple(PRESS_COMMANDS), datetime.now(UTC)), self._commanded)

    def _commanded(self, commands: list[Command]) -> None:
        for command in commands:
            self.presses.pressed(PRESS_COMMANDS[command.kind], self.current.live, command.by, time.monotonic())
            self._send(partial(_finished, command.id))

    def _send(self, work: Callable[[Store], Any], done: Callable[[Any], object] = lambda _: None) -> None:
        self.errands.send(work, done, self._errand_failed)

    # how it is

    def _event(self, kind: str, text: str) -> None:
        self.writer.put(EventRow(kind, datetime.now(UTC), text, line=self.name, who="line"))

    def _errand_failed(self, sentence: str) -> None:
        """Shown until the process is started again: somebody pressed, and it did not hold."""
        self.board.fault = f"A change could not be stored: {sentence}"
        self.panel.tell(Signal.FAULT)
        self._event("fault", f"A change could not be stored: {sentence}")


REACTIONS: dict[type, Callable[[Line, Any, float], object]] = {
    wire.RingDetected: Line._rang,
    wire.CallerNumberReceived: Line._number,
    wire.CallerIdReported: Line._report,
    wire.WentOffHook: Line._off_hook,
    wire.WentOnHook: Line._on_hook,
    wire.HookFailed: Line._hook_failed,
    wire.ModemReady: Line._ready,
    wire.ModemLost: Line._lost,
    wire.CallerIdSettingLost: Line._caller_id_lost,
    wire.UnsolicitedLine: Line._unsolicited,
    wire.ButtonPressed: Line._pressed,
    BellRang: Line._bell,
    ErrandDone: Line._errand_done,
}


def _finished(command: int, store: Store) -> None:
    store.commands.finished(command, "done", datetime.now(UTC))


def run(config: Config, *, port: str | None, name: str) -> int:
    """Look after one line until SIGTERM or SIGINT; the exit code. Raises ApplianceError when it cannot start."""
    line = Line(config, port=port, name=name)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: line.stop())
    return line.run()
