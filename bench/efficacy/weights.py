"""The figures of weights.toml, each with its source, and the file's promise that none lacks one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("weights.toml")
ASSUMPTION = "assumption"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read. `year` of what it says."""

    title: str
    url: str
    year: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `source` is a key of the sources or "assumption"."""

    value: float
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The whole file. Mixes and monthly figures by country, "default" where a country has none of its own."""

    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    monthly: Mapping[str, Mapping[str, Figure]]
    mix: Mapping[str, Mapping[str, Mapping[str, Figure]]]
    live: Mapping[str, Figure]
    like: Mapping[str, str]  # region -> the region whose mix it takes

    def figure(self, name: str) -> float:
        """A figure that is the same everywhere."""
        return self.figures[name].value

    def calls_a_month(self, what: str, region: str) -> float:
        """How many calls of "wanted" or "unwanted" come in 30 days."""
        by_region = self.monthly[what]
        return by_region.get(region, by_region[DEFAULT]).value

    def shares(self, what: str, region: str) -> dict[str, float]:
        """Kind of call -> weight."""
        mix = self.mix[what]
        own = mix.get(self.like.get(region, region), {})
        return {kind: figure.value for kind, figure in {**mix[DEFAULT], **own}.items()}

    def live_share(self, kind: str) -> float:
        """Behind how many unwanted calls of a kind a person listens."""
        return self.live.get(kind, self.live[DEFAULT]).value

    def every_figure(self) -> dict[str, Figure]:
        """Each with the place where it stands."""
        return {
            **{f"figures.{name}": figure for name, figure in self.figures.items()},
            **{f"live.{name}": figure for name, figure in self.live.items()},
            **{f"monthly.{what}.{at}": f for what, by in self.monthly.items() for at, f in by.items()},
            **{
                f"mix.{what}.{at}.{kind}": figure
                for what, by in self.mix.items()
                for at, kinds in by.items()
                for kind, figure in kinds.items()
            },
        }


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The figures, read once."""
    with FILE.open("rb") as file:
        found = tomllib.load(file)
    return Weights(
        sources={key: Source(**row) for key, row in found["sources"].items()},
        figures=_figures(found["figures"]),
        monthly={what: _figures(by) for what, by in found["monthly"].items()},
        mix={what: {at: _figures(kinds) for at, kinds in by.items()} for what, by in found["mix"].items()},
        live=_figures(found["live"]),
        like=found["like"],
    )


def _figures(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Figure]:
    return {
        name: Figure(row["value"] if "value" in row else row["weight"], row["source"], row["why"])
        for name, row in rows.items()
    }
