"""The household as the line decides by it: a snapshot that follows the store, and its own index of numbers.

Reading never waits for a writer (WAL). When the store cannot be read, the last snapshot stands, and a look-up that
fails finds nothing: then the phone rings.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from appliance.config import Config
from appliance.core.household import Entry
from appliance.errors import StoreError
from appliance.store import Purpose, Store

log = logging.getLogger(__name__)


class HouseholdView:
    """Owned by the line's loop; not for other threads."""

    def __init__(self, config: Config) -> None:
        """Read the household. Raises StoreError when the store cannot be opened at all."""
        self._config = config
        self._store = Store.open(config.data, purpose=Purpose.LINE)
        self._version = -1
        self._used_up: datetime | None = None
        self.fault: str | None = None
        self.household = self._store.settings.household(config.country, config.area_code, self)

    def refresh(self) -> bool:
        """Look whether lists or settings have changed, and take them over; whether they had."""
        try:
            if self._store.replaced():
                self._store.close()
                self._store = Store.open(self._config.data, purpose=Purpose.LINE)
                self._version = -1
            version = self._store.household_version()
            if version == self._version:
                return False
            household = self._store.settings.household(self._config.country, self._config.area_code, self)
        except StoreError as error:
            self._trouble(error)
            return False
        self._version = version
        self.fault = None
        if household.permit_next_until is not None and household.permit_next_until == self._used_up:
            household = replace(household, permit_next_until=None)  # used, and not yet written down
        self.household = household
        return True

    def use_permit_next(self) -> None:
        """The armed "permit the next call" has had its call: from now on it counts no more, whatever the disk does."""
        self._used_up = self.household.permit_next_until
        self.household = replace(self.household, permit_next_until=None)

    def permit_next_armed(self) -> bool:
        """Whether the next call is let through, whoever it is."""
        until = self.household.permit_next_until
        return until is not None and datetime.now(UTC) < until

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """Entries for exactly one of these numbers, or for how one begins."""
        try:
            return self._store.lists.matching(numbers)
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

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _trouble(self, error: StoreError) -> None:
        log.error("store=unreadable reason=%s", error)
        self.fault = f"The lists cannot be read, so every call rings. {error}"
