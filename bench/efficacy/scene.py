"""What a behaviour is given, and what a behaviour is. No behaviour stands here: see unwanted.py and wanted.py."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random

from bench.efficacy.plans import Plan
from bench.efficacy.traces import Attempt, Home
from bench.efficacy.weights import Weights


class Hours(Enum):
    """When such calls come, by the household's clock: first and last hour."""

    OFFICE = (9, 20)
    DAY = (8, 21)
    NIGHT = (22, 30)  # until six
    ANY = (0, 24)


@dataclass(frozen=True, slots=True)
class Scene:
    """A household at the moment somebody calls it."""

    rng: Random
    plan: Plan
    home: Home
    weights: Weights

    @property
    def names_shown(self) -> float:
        """The share of calls with a name."""
        return self.weights.figure("name_shown")

    def at_home(self, national: str) -> str:
        """As the network shows it: mostly as usual, now and then in other dress."""
        if self.rng.random() < self.weights.figure("other_dress"):
            return self.plan.dressed(self.rng, national, "")
        return self.plan.at_home(national)

    def foreign(self, regions: tuple[str, ...] | list[str]) -> str:
        """A number of one of these countries, as the network shows it."""
        return self.plan.shown_from_abroad(self.rng, self.plan.abroad_number(self.rng, self.rng.choice(regions)))


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One kind of call. `text` says what its caller does; `calls` gives its calls, none where it cannot be."""

    kind: str
    text: str
    calls: Callable[[Scene], list[Attempt]]
    hours: Hours = Hours.DAY
    presses: bool = True  # of wanted calls: a person is there
    redialled: bool = True  # of unwanted calls: by a dialler that may try again
