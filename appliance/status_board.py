"""Tells how the line is doing, when it is due or has changed: the status row, the health lamp, systemd's watchdog."""

from appliance.health import Health
from appliance.household_view import HouseholdView
from appliance.notify import notify
from appliance.store import Writer
from hardware.panel import SIGNALS, Panel

HEARTBEAT_S = 20.0
"""Seconds between two status rows and two words to systemd's watchdog (60 s). Each is one small write to an SD card."""


FEEDBACK_S = 0.5
"""Seconds between looks while a lamp plays feedback that ends by itself, so that the page sees it end."""

_FEEDBACK = frozenset(pattern.name for _, pattern in SIGNALS.values() if not pattern.lasting)


class StatusBoard:
    """Owned by the line's loop. `fault` is a sentence that stays until the process is started again."""

    def __init__(self, health: Health, *, view: HouseholdView, writer: Writer, panel: Panel) -> None:
        self._health, self._view, self._writer, self._panel = health, view, writer, panel
        self._said: tuple[object, ...] = ()
        self._next_beat = 0.0
        self.look_at = 0.0  # monotonic seconds: when to look again at the latest
        self.fault: str | None = None

    def look(self, state: str, now: float) -> None:
        """Say how it is, if that is due or something that people see has changed."""
        faults = self._health.faults(self._writer.fault, *self._view.faults, self.fault, *self._panel.warnings)
        mode = self._view.household.mode
        self._panel.tell(self._health.signal(mode, faults))
        lamps = dict(self._panel.showing())
        said = (state, faults, self._health.modem, self._health.lost_because, mode, lamps)
        if said != self._said or now >= self._next_beat:
            self._say(said, state, lamps, faults, now)
        self.look_at = min(self._next_beat, now + FEEDBACK_S) if _FEEDBACK & set(lamps.values()) else self._next_beat

    def _say(
        self, said: tuple[object, ...], state: str, lamps: dict[str, str], faults: tuple[str, ...], now: float
    ) -> None:
        notify("WATCHDOG=1")  # from the loop itself: a loop that hangs must not look alive
        self._view.refresh()  # a lost doorbell costs one heartbeat
        self._said = said
        self._next_beat = now + HEARTBEAT_S
        self._writer.put(self._health.status(state, lamps, faults))
