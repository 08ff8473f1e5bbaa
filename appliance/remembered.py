"""Answers that are asked for again and again while many calls are judged at once, kept for that while. Bounded.

For what-if and traces only: a real call asks anew, for the lists may have changed since.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from appliance.core.caller import identify
from appliance.core.household import Entry, Household, NumberIndex
from appliance.core.report import Caller, Report

KEPT = 20_000
"""Answers that are kept, some 20 MB of callers; more different callers than a household has in a year. Then all go."""

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class Kept(Generic[Key, Answer]):
    """Answers by question."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}

    def answer(self, key: Key, ask: Callable[[], Answer]) -> Answer:
        """What was answered before, else what `ask` gives."""
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= KEPT:
                self._answers.clear()
            found = self._answers[key] = ask()
        return found


class KeptIndex:
    """Lists that are asked once for each number. Serves NumberIndex."""

    def __init__(self, index: NumberIndex) -> None:
        self._index = index
        self._matching: Kept[tuple[str, ...], Sequence[Entry]] = Kept()
        self._near: Kept[tuple[str, int], Sequence[Entry]] = Kept()

    def matching(self, numbers: Sequence[str]) -> Sequence[Entry]:
        """See NumberIndex."""
        return self._matching.answer(tuple(numbers), lambda: self._index.matching(numbers))

    def near(self, number: str, digits: int) -> Sequence[Entry]:
        """See NumberIndex."""
        return self._near.answer((number, digits), lambda: self._index.near(number, digits))


class KeptCallers:
    """Callers by what was reported of them, at one home."""

    def __init__(self, household: Household) -> None:
        self._home = (household.country, household.area_code)
        self._callers: Kept[Hashable, Caller] = Kept()

    def identify(self, report: Report | None, *, ring: str | None = None, damaged: bool = False) -> Caller:
        """See `identify`."""
        told = () if report is None else (report.number, report.name, report.absence, report.dialled)
        return self._callers.answer(
            (told, ring, damaged), lambda: identify(report, *self._home, ring=ring, damaged=damaged)
        )
