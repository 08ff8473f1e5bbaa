"""The calls before a call, from the log, as a line that has just started would know them: for `check` and the page.

Asked of the store call by call: one question needs a handful of the thousands that may have come in two days.
"""

from collections.abc import Sequence
from datetime import datetime

from appliance.core.history import KEPT, KEPT_CALLS, KEPT_OF_ONE, RANGE_DIGITS, PastCall
from appliance.judging import past_call_of
from appliance.store import Store
from appliance.store.records import CallRecord


class CallsBefore:
    """The history that a call at a time (aware) would find. Serves core's Past. Each question raises StoreError."""

    def __init__(self, store: Store, at: datetime) -> None:
        self._calls = store.calls
        self._period = (at - KEPT, at)

    def of_caller(self, keys: Sequence[str]) -> Sequence[PastCall]:
        """See Past."""
        if not keys:
            return ()
        if keys[0].startswith("+"):
            return _past(self._calls.of_numbers(keys[0], keys[0], self._period, KEPT_OF_ONE))
        return [call for call in self._without_number() if call.keys == (keys[0],)][:KEPT_OF_ONE]

    def of_range(self, number: str) -> Sequence[PastCall]:
        """See Past."""
        block = number[:-RANGE_DIGITS]
        first, last = block + "0" * RANGE_DIGITS, block + "9" * RANGE_DIGITS
        return _past(self._calls.of_numbers(first, last, self._period, KEPT_OF_ONE))

    def newest_blocked(self, at: datetime) -> PastCall | None:
        """See Past."""
        blocked = _past(self._calls.blocked((self._period[0], min(at, self._period[1])), 1))
        return blocked[0] if blocked else None

    def _without_number(self) -> list[PastCall]:
        return _past(self._calls.of_no_number(self._period, KEPT_CALLS))


def _past(records: Sequence[CallRecord]) -> list[PastCall]:
    """Newest first."""
    return [past_call_of(record) for record in reversed(records)]
