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
from typing import Any

from appliance.bell import BellRang, listen
from appliance.call_events import call_event
from appliance.captures import CAPTURE, on_request
from appliance.config import Config
from appliance.core import call as core
from appliance.core.caller import warm
from appliance.current_call import CurrentCall, Listeners
from appliance.errands import ErrandDone, Errands
from appliance.health import Health
from appliance.household_view import HouseholdView
from appliance.inbox import Inbox
from appliance.live_call import LiveCall
from appliance.modem_news import ModemNews
from appliance.modem_options import modem_options, power_options
from appliance.notify import notify
from appliance.presses import Presses
from appliance.requests import Requests
from appliance.ring_lamp import RingLamp
from appliance.status_board import StatusBoard
from appliance.store import MESSAGES_HEARD, EventRow, Store, Writer
from appliance.version import version
from hardware import events as wire
from hardware.modem import Modem
from hardware.panel import Panel, PanelPins, Signal

log = logging.getLogger(__name__)

ERRANDS_END_S = 5.0
"""Seconds that unwritten list changes get when the process ends; systemd waits much longer before it kills."""

RESTART_S = 1.0
"""Seconds until the loop looks round again after a fault of its own, so that one that repeats cannot eat a core."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody asked the process to end."""


class Line:
    """One telephone line: its modem, its panel, its call. Build it, `run` it, in the main thread."""

    def __init__(self, config: Config, *, port: str | None, name: str) -> None:
        self.config, self.name = config, name
        self.inbox = Inbox()
        self._stopping = False
        self.health = Health(name, os.getpid(), version(), datetime.now(UTC), config.country)
        with ExitStack() as closing:
            self._build(config, port, closing)
            self._closing = closing.pop_all()

    def _build(self, config: Config, port: str | None, closing: ExitStack) -> None:
        """Start in this order; `closing` ends in reverse whatever was started. Raises ApplianceError."""
        # First: a line that a killed process holds comes free whatever the store says, and the modem needs its time.
        known = None if config.modem.port == "auto" else config.modem.port
        self.modem = Modem(
            self.inbox.from_modem, port=port or known, options=modem_options(config), power=power_options(config)
        )
        self.modem.start()
        closing.callback(self.modem.stop)
        with Store.open(config.data, check=True) as store:  # the one look through the whole file, before all else
            self.health.remember(store.status.all())
        self.view = HouseholdView(config, self.name)
        closing.callback(self.view.close)
        warm(self.view.household.country)
        self.writer = Writer(config.data)
        closing.callback(self.writer.close)
        self.errands = Errands(config.data, self.inbox.post)
        closing.callback(self.errands.close, ERRANDS_END_S)
        self._send(lambda store: store.calls.close_interrupted(self.name, self.health.started_at))
        pins = config.panel
        self.panel = Panel(
            PanelPins(pins.health, pins.ring, pins.blocked, pins.message, pins.block_button, pins.allow_button)
            if pins.enabled
            else None,
            self.inbox.post_at,
        )
        closing.callback(self.panel.close)
        self.ring_lamp = RingLamp(self.view, self.panel.tell)
        self.news = ModemNews(self.health, self.panel.tell, self.writer.put)
        self.board = StatusBoard(self.health, view=self.view, writer=self.writer, panel=self.panel)
        self.current = CurrentCall(
            self.name,
            modem=self.modem,
            view=self.view,
            listeners=Listeners(self.panel.tell, self.writer.put, self._ended, self._permit_used),
        )
        self.presses = Presses(
            errands=self.errands,
            view=self.view,
            tell=self.panel.tell,
            note=self.writer.put,
            drop=self.current.drop,
            changed=self.current.household_changed,
            fault=self._errand_failed,
        )
        self.requests = self._requests(config)
        closing.callback(listen(config.data, f"line-{self.name}", self.inbox.post))
        closing.callback(self.modem.stop)  # before all else at the end, too: no disk may keep us from letting go

    def _requests(self, config: Config) -> Requests:
        return Requests(
            self._send,
            {
                "press_block": lambda who, at: self._pressed(wire.Button.BLOCK, who, at),
                "press_allow": lambda who, at: self._pressed(wire.Button.ALLOW, who, at),
                MESSAGES_HEARD.format(line=self.name): lambda who, _: self.news.messages_heard(who),
                CAPTURE.format(line=self.name): on_request(config.data, self.health, self.modem.tape),
            },
        )

    # the loop

    def run(self) -> int:
        """Look after the line until a Stop; the exit code. The modem is on-hook when this returns."""
        with self._closing:
            self.requests.take()
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
            self._time_passed(time.monotonic() if self.inbox.empty else at)
        except Exception:  # the top of the loop: our own mistake must not leave the line held or later calls unheard
            log.exception("turn=failed event=%s", type(event).__name__)
            self.modem.go_on_hook()
            self.current.interrupt()
            self.board.look_at = time.monotonic() + RESTART_S
            self.board.fault = "Quietline met a fault of its own and went on. Please report it; the log says more."

    def stop(self) -> None:
        """Ask the loop to end; may be called from a signal handler or another thread. Overtakes what waits."""
        self._stopping = True
        self.inbox.post(Stop())

    def _next(self) -> tuple[Any, float]:
        if self._stopping:
            return Stop(), time.monotonic()
        wake = self.board.look_at
        if self.current.deadline is not None:
            wake = min(wake, self.current.deadline)
        elif (left := self.ring_lamp.ends_in()) is not None:
            wake = min(wake, time.monotonic() + left)
        return self.inbox.take(wake)

    def _time_passed(self, now: float) -> None:
        if self.current.deadline is not None and now >= self.current.deadline:
            self.current.step(core.Deadline(), now)
        live = self.current.going_on
        if live is None:
            self.ring_lamp.look()
        self.board.look(live.call.state.value if live is not None else "idle", now)

    # the call

    def _permit_used(self, live: LiveCall) -> None:
        self.presses.use_permit_next(live)

    def _ended(self, live: LiveCall) -> None:
        if self.health.call_ended(live):
            self.modem.check_caller_id()
        self.ring_lamp.rest()
        log.info(
            "call=ended uid=%s outcome=%s category=%s treatment=%s profile=%s rings=%d",
            live.uid,
            live.outcome.value if live.outcome else "none",
            live.decision.category.value if live.decision else "none",
            live.treated.treatment.value if live.treated else "none",
            live.treated.profile if live.treated else "none",
            live.call.rings,
        )

    # what comes from outside

    def _for_call(self, event: object, at: float) -> None:
        """What the call table shall know: of a ring, a report, the hook, another telephone."""
        going_on = self.current.going_on
        known = call_event(event, going_on.call if going_on else None, at)
        if known is not None:
            self.current.step(known, at)

    def _rang(self, event: wire.RingDetected, at: float) -> None:
        self.health.last_ring_at = datetime.now(UTC)
        if self.current.going_on is None or not self.current.going_on.decided:
            self.panel.tell(Signal.RINGING)
        self._for_call(event, at)

    def _report(self, event: wire.CallerIdReported | wire.CallerIdDamaged, at: float) -> None:
        self.health.last_report_at = datetime.now(UTC)
        self._for_call(event, at)

    def _damaged(self, event: wire.CallerIdDamaged, at: float) -> None:
        self._report(event, at)
        self._event(
            "warning", f"The Caller ID of a call arrived damaged and is not trusted. {event.why}", self.current.live
        )

    def _lost(self, event: wire.ModemLost, at: float) -> None:
        self.news.lost(event)
        self._for_call(event, at)

    def _hook_failed(self, event: wire.HookFailed, at: float) -> None:
        log.warning("hook=failed wanted_off_hook=%s reason=%s", event.wanted_off_hook, event.reason)
        self._for_call(event, at)

    def _signal(self, event: wire.SignalHeard, at: float) -> None:
        log.debug("signal=%s", event.signal.value)
        self._for_call(event, at)

    def _no_news(self, event: object, _: float) -> None:
        log.debug("modem_said=%s", type(event).__name__)

    def _unsolicited(self, event: wire.UnsolicitedLine, _: float) -> None:
        log.debug("modem_line=%r", event.text)

    def _pressed(self, button: wire.Button, who: str, at: float) -> None:
        self.presses.pressed(button, self.current.live, who, at)

    def _bell(self, _: BellRang, __: float) -> None:
        if self.view.refresh():
            self.current.household_changed()
        self.requests.take()

    def _send(self, work: Callable[[Store], Any], done: Callable[[Any], object] = lambda _: None) -> None:
        self.errands.send(work, done, self._errand_failed)

    # how it is

    def _event(self, kind: str, text: str, live: LiveCall | None = None) -> None:
        uid = live.uid if live else None
        self.writer.put(EventRow(kind, datetime.now(UTC), text, line=self.name, who="line", call_uid=uid))

    def _errand_failed(self, sentence: str) -> None:
        """Shown until the process is started again: somebody pressed, and it did not hold."""
        self.board.fault = f"A change could not be stored: {sentence}"
        self.panel.tell(Signal.FAULT)
        self._event("fault", f"A change could not be stored: {sentence}")


REACTIONS: dict[type, Callable[[Line, Any, float], object]] = {
    wire.RingDetected: Line._rang,
    wire.CallerNumberReceived: Line._for_call,
    wire.CallerIdReported: Line._report,
    wire.WentOffHook: Line._for_call,
    wire.WentOnHook: Line._for_call,
    wire.HookFailed: Line._hook_failed,
    wire.CallerIdDamaged: Line._damaged,
    wire.LineFoundInUse: Line._for_call,
    wire.SignalHeard: Line._signal,
    wire.ModemLost: Line._lost,
    wire.ModemReady: lambda line, event, _: line.news.ready(event),
    wire.CallerIdSettingLost: lambda line, event, _: line.news.caller_id_lost(event),
    wire.MessageWaitingReported: lambda line, event, _: line.news.message_waiting(event),
    wire.RecoveryTried: lambda line, event, _: line.news.recovery_tried(event),
    wire.UnsolicitedLine: Line._unsolicited,
    # A call is dropped without a word: what a caller presses and says matters once callers are spoken to.
    wire.KeyPressed: Line._no_news,
    wire.SoundReceived: Line._no_news,
    wire.SoundEnded: Line._no_news,
    wire.ButtonPressed: lambda line, event, at: line._pressed(event.button, "button", at),
    BellRang: Line._bell,
    ErrandDone: lambda _line, event, _at: event.follow(),
}


def run(config: Config, *, port: str | None, name: str) -> int:
    """Look after one line until SIGTERM or SIGINT; the exit code. Raises ApplianceError when it cannot start."""
    line = Line(config, port=port, name=name)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: line.stop())
    return line.run()
