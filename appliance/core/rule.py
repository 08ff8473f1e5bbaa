"""What a rule is: asked about a case, it gives one opinion. Types only; the rules stand in rules/, their order in
screening.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from appliance.core.household import Entry, Household
from appliance.core.report import Caller
from appliance.core.terms import Category


class Verdict(Enum):
    """What a rule wants. SCREEN leaves it to the household's treatment of the category."""

    ALLOW = "allow"
    BLOCK = "block"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One line of the trace. `verdict` None: no opinion. `saw` is a short sentence for the household."""

    rule: str
    verdict: Verdict | None
    category: Category | None
    saw: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The first opinion, and what every rule said. `reason` is the name of the rule that decided."""

    verdict: Verdict
    category: Category
    reason: str
    entry: Entry | None
    trace: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is asked about. `listed` are the entries for the caller's number, looked up once for all lists.

    `at` is aware, and never earlier than the household's clock_floor; `local` is the same moment in its zone.
    """

    caller: Caller
    household: Household
    at: datetime
    local: datetime
    listed: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `categories`: those it may give. `by_name`: whether a caller name that is still to come may make it
    speak. A rule without a `switch` cannot be switched off; `on` is how it stands until the household switches it.
    """

    name: str
    judge: Callable[[Case], Opinion]
    categories: tuple[Category, ...]
    by_name: bool = False
    switch: bool = True
    on: bool = True

    def switched_on(self, household: Household) -> bool:
        """Whether this household wants it asked."""
        return not self.switch or household.switched.get(self.name, self.on)
