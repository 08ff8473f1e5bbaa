"""Plays a trace through the real decision: `quietline` as a process, on a data folder that it filled itself.

Nothing of the decision is imported here: what is measured is what a household would run.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.efficacy.plans import plans
from bench.efficacy.traces import Call, Home, Trace
from tests.system.house import House

NIGHT = "night mon-sun 22:00-07:00"
"""The schedule of every other household; the rest have none, as delivered."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a call: `wanted` by the preset, `today` by what this version can do; "ring", "challenge", ..."""

    call: Call
    wanted: str
    today: str
    category: str
    reason: str


def new_house(home: Home, folder: Path) -> House:
    """A data folder in `folder`, which is made, and the commands of this household."""
    folder.mkdir(parents=True)
    return House(folder, country=home.region, area_code=home.area_code)


def decided(trace: Trace, presets: Sequence[str], house: House, *, at_night: bool = False) -> dict[str, list[Decided]]:
    """Preset -> every call of the trace with what became of it. The house is filled first."""
    _furnish(house, trace.home, at_night=at_night)
    file = house.folder / "calls.jsonl"
    file.write_text("".join(call.line() + "\n" for call in trace.calls))
    return {preset: _read(trace, house.quietline("trace", str(file), "--preset", preset).stdout) for preset in presets}


def _furnish(house: House, home: Home, *, at_night: bool) -> None:
    folder, plan = house.folder, plans()[home.region]
    settings = {
        "home_number": plan.e164(home.number),
        "known_countries": ",".join(home.known_countries),
        "time_zone": plan.zone,
    }
    if at_night:
        settings["schedule"] = NIGHT
    for name, value in settings.items():
        if value:
            house.quietline("settings", "set", name, value)
    for what, rows in {"contacts": home.contacts, "permit": home.permitted, "block": home.blocked}.items():
        listed = [(row.number, row.name, "") for row in rows]
        house.quietline("import", what, str(_csv(folder / f"{what}.csv", ("number", "name", "note"), listed)))
    reported = [(row.number, row.score, row.count, row.last.isoformat()) for row in home.reports]
    header = ("number", "score", "count", "last_date")
    house.quietline("import", "reports", str(_csv(folder / "reports.csv", header, reported)))


def _csv(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with file.open("w", newline="") as text:
        out = csv.writer(text)
        out.writerow(header)
        out.writerows(rows)
    return file


def _read(trace: Trace, output: str) -> list[Decided]:
    by_id = {call.id: call for call in trace.calls}
    found = []
    for line in output.splitlines():
        told = json.loads(line)
        treatment = told["treatment"]
        found.append(
            Decided(by_id[told["id"]], treatment, told.get("today", treatment), told["category"], told["reason"])
        )
    assert len(found) == len(trace.calls), "every call is decided, and once"
    return found
