"""What a rule is: asked about a case, it gives one opinion. Types only; the rules stand in rules/, their order in
screening.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from appliance.core.household import Entry, Household, ListName
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
    """The first opinion, and what every rule said. `reason` is the name of the rule that decided.

    `vip`: some entry of the permit list or contacts that holds the caller rings in every profile; the weightier one
    that is named as the reason need not be that entry.
    """

    verdict: Verdict
    category: Category
    reason: str
    entry: Entry | None
    trace: tuple[Opinion, ...]
    vip: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is asked about.

    `at` is aware, and never earlier than the household's clock_floor; `local` is the same moment in its zone. `listed`
    are the entries of all lists that hold this caller at that moment, the weightiest first. `clock_set`: the clock did
    not have to be raised. `resting` are entries that would hold the caller at other hours.
    """

    caller: Caller
    household: Household
    at: datetime
    local: datetime
    listed: Sequence[Entry]
    clock_set: bool = True
    resting: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `categories`: those it may give. A rule without a `switch` cannot be switched off; `on` is how it
    stands until the household switches it.

    What may still follow a number can change what a rule says, and each says how: `by_name`, a caller name may make it
    speak or silence it; `speaks_for`, an entry on this list makes it speak; `yields_to`, an entry on this silences it.
    """

    name: str
    judge: Callable[[Case], Opinion]
    categories: tuple[Category, ...]
    by_name: bool = False
    switch: bool = True
    on: bool = True
    speaks_for: ListName | None = None
    yields_to: ListName | None = None

    def switched_on(self, household: Household) -> bool:
        """Whether this household wants it asked."""
        return not self.switch or household.switched.get(self.name, self.on)
