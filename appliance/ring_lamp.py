"""The ring lamp while nobody calls: dark, or a sign that the next call, or every call for a while, is let through.

What it shows ends by itself, so it says when to look again. Owned by the line's loop; it decides nothing.
"""

from collections.abc import Callable
from datetime import timedelta

from appliance.household_view import HouseholdView
from hardware.panel import Signal

SOON = timedelta(milliseconds=20)
"""After the end of what is shown, so that it is surely over when the lamp is looked at."""


class RingLamp:
    """`tell` reaches the lamps."""

    def __init__(self, view: HouseholdView, tell: Callable[[Signal], None]) -> None:
        self._view, self._tell = view, tell
        self._shown = Signal.QUIET

    def rest(self) -> None:
        """Nobody calls, or nobody does any more: show what holds until somebody does."""
        self._shown = self._due()
        self._tell(self._shown)

    def look(self) -> None:
        """Nobody calls; has what it shows ended, or begun?"""
        if self._due() is not self._shown:
            self.rest()

    def ends_in(self) -> float | None:
        """Seconds until what holds now ends, None when nothing does. Look in between, for the clock may be set."""
        now, household = self._view.now(), self._view.household
        ends = [until for until in (household.permit_next_until, household.expecting_until) if until and now < until]
        return (min(ends) - now + SOON).total_seconds() if ends else None

    def _due(self) -> Signal:
        if self._view.permit_next_armed():  # whoever it is: more than what an expected call is promised
            return Signal.PERMIT_NEXT_ARMED
        return Signal.EXPECTING if self._view.expecting() else Signal.QUIET
