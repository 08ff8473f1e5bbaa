"""The household as the line decides by it: a snapshot that follows the store, and what it asks at each call.

These are an index of listed numbers, the reported numbers and the calls before. Reading never waits for a writer (WAL).
When the store cannot be read, the last snapshot stands, and a look-up that fails finds nothing: then the phone rings.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from appliance.clock import newest_seen, synchronised
from appliance.config import Config
from appliance.core.history import KEPT, KEPT_CALLS, History, PastCall
from appliance.core.household import Entry, Household
from appliance.errors import StoreError
from appliance.judging import past_call_of
from appliance.store import Purpose, Store
from appliance.store.reported import ReportedFile

log = logging.getLogger(__name__)

CLOCK_SETTLES_S = 300.0
"""Seconds that a clock gets to be set before it is called a fault: a start, a router's start, a time server."""

CLOCK_NOT_SET = (
    "The clock of this box is not set. Until it is, every hour counts as Day, whatever your schedule says. It sets "
    "itself as soon as the box reaches the internet."
)


class HouseholdView:
    """Owned by the line's loop; not for other threads."""

    def __init__(self, config: Config, line: str = "main", *, clock_set: Callable[[], bool] = synchronised) -> None:
        """Read the household, and the calls of this line. Raises StoreError when the store cannot be opened at all.

        `clock_set` says whether a time server has set the clock.
        """
        self._config = config
        self._clock_set = clock_set
        self._store = Store.open(config.data, purpose=Purpose.LINE)
        self._version = -1
        self._used_up: datetime | None = None
        self._since = time.monotonic()
        self._lists_fault: str | None = None
        self._past_fault: str | None = None
        self._past = History()
        self._reports = ReportedFile(config.data)
        self._reports.reported("+0")  # nobody's number: opens the file, and tells now if it is damaged
        self._floor = self._newest_seen()
        self.household = self._read()
        self._remember_calls(line)

    # what holds now

    def refresh(self) -> bool:
        """Look whether lists or settings have changed, and take them over; whether they had."""
        self._mind_the_clock()
        try:
            if self._store.replaced():
                self._store.close()
                self._store = Store.open(self._config.data, purpose=Purpose.LINE)
                self._version = -1
            version = self._store.household_version()
            if version == self._version:
                return False
            household = self._read()
        except StoreError as error:
            self._trouble(error)
            return False
        self._version = version
        self._lists_fault = None
        if household.permit_next_until is not None and household.permit_next_until == self._used_up:
            household = replace(household, permit_next_until=None)  # used, and not yet written down
        self.household = household
        return True

    def use_permit_next(self) -> None:
        """The armed "permit the next call" has had its call: from now on it counts no more, whatever the disk does."""
        self._used_up = self.household.permit_next_until
        self.household = replace(self.household, permit_next_until=None)

    def now(self) -> datetime:
        """The time as the rules take it: never earlier than what the store has seen."""
        at = datetime.now(UTC)
        return at if self._floor is None else max(at, self._floor)

    def permit_next_armed(self) -> bool:
        """Whether the next call is let through, whoever it is."""
        until = self.household.permit_next_until
        return until is not None and self.now() < until

    def expecting(self) -> bool:
        """Whether the household waits for a call of somebody it does not know."""
        until = self.household.expecting_until
        return until is not None and self.now() < until

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with what the line goes by, a sentence each."""
        found = (self._lists_fault, self._reports.fault, self._past_fault, self._clock_fault())
        return tuple(text for text in found if text)

    # what a decision asks

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """Entries for exactly one of these numbers, or for how one begins."""
        try:
            return self._store.lists.matching(numbers, self._prefix_sizes)
        except StoreError as error:
            self._trouble(error)
            return ()

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        """Entries of permit list and contacts close to this number."""
        try:
            return self._store.lists.near(number, digits)
        except StoreError as error:
            self._trouble(error)
            return ()

    def remember(self, call: PastCall) -> None:
        """A call is over; those to come may ask for it. One at a time that cannot be counts as of now."""
        self._past.add(call if self._floor is None else replace(call, at=max(call.at, self._floor)))

    def close(self) -> None:
        """Close the store and the reported numbers."""
        self._store.close()
        self._reports.close()

    # reading

    def _read(self) -> Household:
        self._prefix_sizes = self._store.lists.prefix_sizes()
        return self._store.settings.household(
            self._config.country,
            self._config.area_code,
            self,
            reports=self._reports,
            past=self._past,
            clock_floor=self._floor,
        )

    def _remember_calls(self, line: str) -> None:
        """The calls of the last two days, as if this process had heard them; none that tells a later time than now."""
        now = self.now()
        try:
            calls = self._store.calls.between(now - KEPT, now, newest=KEPT_CALLS)
        except StoreError as error:
            self._past_fault = f"The calls of the last two days cannot be read, and count as not made. {error}"
            log.error("calls=unreadable reason=%s", error)
            return
        for call in sorted(calls, key=lambda call: call.started_at):
            if call.line == line and call.outcome is not None:
                self._past.add(past_call_of(call))

    def _trouble(self, error: StoreError) -> None:
        self._version = -1  # the next look reads it all again, and takes the fault back when that works
        fault = f"The lists cannot be read, so every call rings. {error}"
        if fault != self._lists_fault:
            log.error("store=unreadable reason=%s", error)
        self._lists_fault = fault

    # the clock

    def _newest_seen(self) -> datetime | None:
        """The floor under the clock: taken once, for what is written from now on goes by this very clock."""
        if self._clock_set():
            return None
        try:
            return newest_seen(self._store)
        except StoreError as error:
            log.error("clock_floor=unreadable reason=%s", error)
            return None

    def _mind_the_clock(self) -> None:
        """A clock that a time server has set needs no floor; a floor above it was laid by a clock that was wrong."""
        if self._floor is not None and self._clock_set():
            self._floor = None
            self.household = replace(self.household, clock_floor=None)

    def _clock_fault(self) -> str | None:
        waited = time.monotonic() - self._since > CLOCK_SETTLES_S
        return CLOCK_NOT_SET if waited and self._floor is not None and datetime.now(UTC) < self._floor else None
