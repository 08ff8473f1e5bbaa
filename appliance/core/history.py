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
"""How far back a line that starts reads its log: twice the longest time a rule looks back by default."""

KEPT_CALLS = 5_000
"""A line that is called every minute for two days stays below; more is an attack, and the oldest go.

Calls are forgotten by number only, never by their age: a clock that is wrong for one call would make all others old.
"""

KEPT_OF_ONE = 50
"""Calls that are found of one caller, or of one range: no rule counts beyond 20, and thousands would cost time."""

SHORT_RINGS = 2
"""A caller who gives up by then left nobody the time to come to the telephone."""


def rang_briefly(rings: int) -> bool:
    """Whether a caller who gave up after so many rings left nobody the time; one who never rang gave nothing up."""
    return 0 < rings <= SHORT_RINGS


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
        """Calls that show the number of which `keys` are the spellings, newest first; KEPT_OF_ONE at most."""

    def of_range(self, number: str) -> Sequence[PastCall]:
        """Calls from numbers that differ from `number` (E.164) in their last RANGE_DIGITS at most; ordered as above."""

    def newest_blocked(self, at: datetime) -> PastCall | None:
        """The newest call until `at` (aware) that was blocked for what it was itself, not for coming after another."""


class History:
    """The calls of late, bounded. Owned by one thread. Serves `Past`."""

    def __init__(self) -> None:
        self._calls: deque[PastCall] = deque()
        self._by_key: dict[str, deque[PastCall]] = {}
        self._by_range: dict[str, deque[PastCall]] = {}
        self._blocked: deque[PastCall] = deque(maxlen=KEPT_OF_ONE)

    def add(self, call: PastCall) -> None:
        """Remember a call that is over; the oldest of too many are forgotten."""
        self._calls.append(call)
        if call.keys:
            for calls, key in ((self._by_key, call.keys[0]), (self._by_range, _range(call.keys[0]))):
                calls.setdefault(key, deque(maxlen=KEPT_OF_ONE)).append(call)
        if call.blocked and call.category is not Category.BURST:  # else a burst would never end
            self._blocked.append(call)
        if len(self._calls) > KEPT_CALLS:
            self._forget(self._calls.popleft())

    def of_caller(self, keys: Sequence[str]) -> Sequence[PastCall]:
        """See Past."""
        return tuple(reversed(self._by_key.get(keys[0], ()))) if keys else ()

    def of_range(self, number: str) -> Sequence[PastCall]:
        """See Past."""
        return tuple(reversed(self._by_range.get(_range(number), ())))

    def newest_blocked(self, at: datetime) -> PastCall | None:
        """See Past. Calls that seem to be still to come were stamped by a clock that was wrong."""
        return next((call for call in reversed(self._blocked) if call.at <= at), None)

    def _forget(self, call: PastCall) -> None:
        if not call.keys:
            return
        for calls, key in ((self._by_key, call.keys[0]), (self._by_range, _range(call.keys[0]))):
            left = calls.get(key)
            if left and left[0] is call:  # else it went when its caller called too often
                left.popleft()
                if not left:
                    del calls[key]


def _range(number: str) -> str:
    return number[:-RANGE_DIGITS]


NOTHING_BEFORE: Past = History()
