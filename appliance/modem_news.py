"""What a modem and the network tell besides calls: found, lost, revived, a message waiting. Into status, lamps, events.

Owned by the line's loop. It decides nothing about calls, and asks nothing of the modem.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from appliance.health import Health
from appliance.notify import notify
from appliance.store import EventRow
from hardware import events as wire
from hardware.panel import Signal

log = logging.getLogger(__name__)

TRIED = {
    wire.RecoveryStep.REOPEN: "The modem stopped answering. Its connection was closed and opened again.",
    wire.RecoveryStep.FACTORY_RESET: "The modem still did not answer. It was set back to how it left the factory.",
    wire.RecoveryStep.USB_RECONNECT: "The modem still did not answer. It was unplugged and plugged in by software.",
    wire.RecoveryStep.USB_POWER: "The modem still did not answer. Its USB power was switched off and on.",
    wire.RecoveryStep.GIVEN_UP: (
        "Quietline cannot wake the modem. Please pull it out of the USB socket, wait ten seconds, plug it in again. "
        "The telephone rings as usual meanwhile."
    ),
}
NOT_DONE = {
    wire.RecoveryStep.REOPEN: "The modem stopped answering, and its connection could not be opened again.",
    wire.RecoveryStep.FACTORY_RESET: "The modem still did not answer, and could not be reset.",
    wire.RecoveryStep.USB_RECONNECT: "The modem still did not answer, and could not be unplugged by software.",
    wire.RecoveryStep.USB_POWER: "The modem still did not answer, and its USB power could not be switched.",
    wire.RecoveryStep.GIVEN_UP: TRIED[wire.RecoveryStep.GIVEN_UP],
}


class ModemNews:
    """Tells what is new. `tell` reaches the lamps, `note` the list of events."""

    def __init__(self, health: Health, tell: Callable[[Signal], None], note: Callable[[EventRow], None]) -> None:
        self._health, self._tell, self._note = health, tell, note
        if health.message_waiting:  # told before this process was started
            tell(Signal.MESSAGE_WAITING)

    def ready(self, event: wire.ModemReady) -> None:
        """A modem was found and answers."""
        was_lost = not self._health.looking
        self._health.modem_ready(event.port, event.modem)
        notify(f"STATUS=Ready: {event.modem.name} at {event.port}")
        self._event("modem", f"The modem {event.modem.name} is {'back' if was_lost else 'ready'}.")

    def lost(self, event: wire.ModemLost) -> None:
        """It cannot be used now."""
        if self._health.lost_because != event.reason:
            self._event("modem", f"The modem cannot be used. {event.reason} The telephone rings as usual meanwhile.")
        self._health.modem_lost(event.reason)
        notify(f"STATUS=No modem: {event.reason}")

    def caller_id_lost(self, _event: wire.CallerIdSettingLost) -> None:
        """It had forgotten a setting, which was sent again."""
        self._health.setting_lost()
        self._event("warning", "The modem had forgotten to report Caller ID; it has been told again.")

    def recovery_tried(self, event: wire.RecoveryTried) -> None:
        """Something was done to bring it back."""
        log.warning("recovery=%s trouble=%r", event.step.value, event.trouble)
        self._health.recovery_tried(event)
        sentence = NOT_DONE[event.step] if event.trouble else TRIED[event.step]
        self._event("modem", f"{sentence} {event.trouble}".rstrip())

    def message_waiting(self, event: wire.MessageWaitingReported) -> None:
        """The network says whether it holds a message; it says so again after every call."""
        if event.on == self._health.message_waiting:
            return
        self._turn(event.on)
        text = "Your telephone company holds a message for you."
        self._event("message", text if event.on else "Your telephone company holds no message for you any more.")

    def messages_heard(self, who: str) -> None:
        """Somebody has listened: dark until the network says again that it holds one."""
        if not self._health.message_waiting:
            self._event("button", "There was no message waiting any more.", who)
            return
        self._turn(False)
        self._event("button", "The message lamp is off until your telephone company reports again.", who)

    def _turn(self, on: bool) -> None:
        self._health.message_waiting = on
        self._tell(Signal.MESSAGE_WAITING if on else Signal.MESSAGES_HEARD)

    def _event(self, kind: str, text: str, who: str = "line") -> None:
        self._note(EventRow(kind, datetime.now(UTC), text, line=self._health.line, who=who))
