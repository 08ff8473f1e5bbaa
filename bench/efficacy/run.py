"""The measurement: traces of all countries through all presets, and the budgets of the default one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.efficacy.plans import plans
from bench.efficacy.playing import Decided, decided, new_house
from bench.efficacy.population import traces
from bench.efficacy.scoring import Result, percent, scored
from bench.efficacy.tables import by_kind, sensitivity, summary
from bench.figures import Figure
from bench.homes import Homes

PRESETS = ("gentle", "balanced", "strict")
DEFAULT = "balanced"
EVERYWHERE = "all"
HOUSEHOLDS, DAYS, SEED = 4, 90, 20261122
UNSTOPPED_PERCENT = 5.0
"""Balanced is to stop 95 of 100 unwanted calls before a second ring."""


def measure(_homes: Homes) -> Iterator[Figure]:
    """Prints the tables; the rows are the budgets of the default preset, in each country and in all."""
    results = results_of(tuple(plans()), PRESETS, HOUSEHOLDS, DAYS, SEED)
    print(report(results))
    for result in results:
        if result.preset == DEFAULT:
            rang = percent(result.unwanted.calls - result.unwanted.stopped, result.unwanted.calls)
            yield Figure(f"{result.preset}, {result.region}: unwanted not stopped", rang, "%", UNSTOPPED_PERCENT)
            yield Figure(f"{result.preset}, {result.region}: wanted lost", result.wanted.lost, "calls", 0)


def results_of(regions: Sequence[str], presets: Sequence[str], households: int, days: int, seed: int) -> list[Result]:
    """A result for each preset and country, and for each preset over all countries when there are several."""
    found: dict[tuple[str, str], list[Decided]] = {}
    with TemporaryDirectory(prefix="quietline-efficacy-") as folder:
        for region in regions:
            for index, trace in enumerate(traces(region, households, days, seed)):
                house = new_house(trace.home, Path(folder) / trace.home.name)
                for preset, decisions in decided(trace, presets, house, at_night=index % 2 == 1).items():
                    found.setdefault((preset, region), []).extend(decisions)
                    if len(regions) > 1:
                        found.setdefault((preset, EVERYWHERE), []).extend(decisions)
    places = (*regions, EVERYWHERE)
    return [scored(p, r, found[p, r]) for p in presets for r in places if (p, r) in found]


def report(results: Sequence[Result]) -> str:
    """All tables, for a person."""
    overall = [r for r in results if r.region == EVERYWHERE] or list(results)
    parts = [
        "What each preset wants done (once Quietline can talk to callers):",
        summary(results),
        "The same by what this version does today:",
        summary(results, today=True),
        "Unwanted callers who reach a person, if more sellers press the key:",
        sensitivity(overall),
    ]
    for result in overall:
        parts += [f"By behaviour, {result.preset}, {result.region}:", by_kind(result)]
    return "\n\n".join(parts)
