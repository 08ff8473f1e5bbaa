"""The calls before this one, as far as a rule may ask for them. No clock and no store: whoever owns it adds calls."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from appliance.core.terms import Category

RANGE_DIGITS = 3
"""Digits at the end that may differ within one range of numbers: diallers rotate through blocks of a thousand."""

KEPT = timedelta(hours=48)
"""Twice the longest time a rule looks back by default."""

KEPT_CALLS = 5_000
"""A line that is called every minute for two days stays below; more is an attack, and the oldest go."""

SHORT_RINGS = 2
"""A caller who gives up by then left nobody the time to come to the telephone."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """One earlier call. `at` is aware; `keys` are the caller's spellings, best first, () without a number.

    `short`: the caller gave up after one or two rings; neither we nor, as far as is known, anybody here took it.
    """

    at: datetime
    keys: tuple[str, ...]
    category: Category | None
    blocked: bool  # on the block list, or dropped
    short: bool


class Past(Protocol):
    """What a rule may ask of the calls before."""

    def of_caller(self, keys: Sequence[str]) -> Sequence[PastCall]:
        """Calls that show the number of which `keys` are the spellings, newest first."""

    def of_range(self, number: str) -> Sequence[PastCall]:
        """Calls from numbers that differ from `number` (E.164) in their last RANGE_DIGITS at most, newest first."""

    def newest_blocked(self) -> PastCall | None:
        """The newest call that was blocked for what it was itself, not for coming after another."""


class History:
    """Calls of the last two days, bounded. Owned by one thread. Serves `Past`."""

    def __init__(self) -> None:
        self._calls: deque[PastCall] = deque()
        self._by_key: dict[str, list[PastCall]] = {}
        self._by_range: dict[str, list[PastCall]] = {}
        self._blocked: PastCall | None = None

    def add(self, call: PastCall) -> None:
        """Remember a call that is over; those too old or too many are forgotten."""
        self._calls.append(call)
        if call.keys:
            self._by_key.setdefault(call.keys[0], []).append(call)
            self._by_range.setdefault(_range(call.keys[0]), []).append(call)
        if call.blocked and call.category is not Category.BURST:  # else a burst would never end
            self._blocked = call
        while len(self._calls) > KEPT_CALLS or self._calls[0].at < call.at - KEPT:
            self._forget(self._calls.popleft())

    def of_caller(self, keys: Sequence[str]) -> Sequence[PastCall]:
        """See Past."""
        return tuple(reversed(self._by_key.get(keys[0], ()))) if keys else ()

    def of_range(self, number: str) -> Sequence[PastCall]:
        """See Past."""
        return tuple(reversed(self._by_range.get(_range(number), ())))

    def newest_blocked(self) -> PastCall | None:
        """See Past."""
        return self._blocked

    def _forget(self, call: PastCall) -> None:
        if self._blocked is call:
            self._blocked = None
        if not call.keys:
            return
        for calls, key in ((self._by_key, call.keys[0]), (self._by_range, _range(call.keys[0]))):
            left = calls[key]
            left.remove(call)
            if not left:
                del calls[key]


def _range(number: str) -> str:
    return number[:-RANGE_DIGITS]


NOTHING_BEFORE: Past = History()
