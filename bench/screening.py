"""How long the decision takes: a hundred to a million list entries, ten million reported numbers, a thousand patterns.

Everything is asked as the line asks it: through its own view of the store, over the files on the disk.
"""

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from appliance.config import Config
from appliance.core.caller import Caller, identify, warm
from appliance.core.history import PastCall
from appliance.core.household import Category, ListName
from appliance.core.screening import screen, settled_by_number
from appliance.household_view import HouseholdView
from appliance.judging import Reported, Withheld
from appliance.store import Purpose, Store
from appliance.store.database import FILE_NAME
from appliance.store.reported import EPOCH_DAY, REPORTS_NAME
from bench.figures import Figure, share
from bench.homes import FAMILY_NAMES, MANY, MILLION, TRADES, Homes, name, number

SIZES = (100, MANY, MILLION)
REPORTED = 10_000_000
PATTERNS = 1_000
"""Of numbers, and as many of names."""
CALLS = 5_000
"""For each size; the slowest hundredth is then fifty calls, not one interruption by somebody else."""
MEDIAN_MS, P99_MS = 0.2, 1.0
EARLIER = 1_000
"""Calls before, all short and within the last day: every rule about earlier calls has something to look at."""
SEED = 4
HOME = "+12015559999"

FIRST, STEP = 12_010_000_000, 797
"""Reported numbers lie this far apart, from the first area code to the last."""
TODAY = (datetime.now(UTC).date() - EPOCH_DAY).days
REPORTS = f"""
CREATE TABLE reported (
    number INTEGER PRIMARY KEY, score INTEGER NOT NULL, count INTEGER NOT NULL, last_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE made (rows INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO made VALUES ({REPORTED}, 0);
WITH RECURSIVE counted (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < {REPORTED})
INSERT INTO reported SELECT {FIRST} + i * {STEP}, i % 101, 1 + i % 40, {TODAY} - i % 400 FROM counted;
"""

Asked = TypeVar("Asked")


def measure(homes: Homes) -> Iterator[Figure]:
    """For each size: the decision alone, with the reading of the report before it, and the early one by number."""
    warm("US")
    medians: dict[int, float] = {}
    with TemporaryDirectory(prefix="quietline-screening-") as folder:
        reports = _reports(Path(folder) / REPORTS_NAME)
        for entries in SIZES:
            data = Path(folder) / str(entries)
            shutil.copytree(homes.with_entries(entries).data, data)
            os.link(reports, data / REPORTS_NAME)
            _furnish(data)
            figures = list(_decide(data, entries))
            medians[entries] = figures[0].value
            yield from figures
            shutil.rmtree(data)
    growth, allowed = medians[SIZES[-1]] / medians[SIZES[0]], log(SIZES[-1]) / log(SIZES[0])
    yield Figure(
        f"screen, growth from {SIZES[0]} to {SIZES[-1]:,} entries, against the logarithm", growth, "x", allowed
    )


def _decide(data: Path, entries: int) -> Iterator[Figure]:
    reports = _calls(random.Random(SEED), entries)
    callers = [identify(report, "US") for report in reports]
    plain = _bare(data / FILE_NAME, callers)
    with closing(HouseholdView(Config(data=data))) as view:
        household, at = view.household, datetime.now(UTC)
        for back, caller in enumerate(callers[:EARLIER]):
            view.remember(PastCall(at - timedelta(minutes=EARLIER - back), caller.keys, Category.UNKNOWN, False, True))

        def alone(caller: Caller) -> None:
            screen(caller, household, at)

        def whole(report: Reported) -> None:
            screen(identify(report, household.country, household.area_code), household, at)

        def early(caller: Caller) -> None:
            settled_by_number(caller, household, at)

        beside = "a bare look-up of one key"
        for what, took, judged in (
            ("screen", _timed(alone, callers), True),
            ("identify and screen", _timed(whole, reports), False),
            ("settled by number", _timed(early, callers), False),
        ):
            for label, part, budget in (("median", 0.5, MEDIAN_MS), ("p99", 0.99, P99_MS)):
                told = f"{what}, {entries:,} entries: {label}"
                yield Figure(told, share(took, part), "ms", budget if judged else None, share(plain, part), beside)


def _timed(work: Callable[[Asked], None], over: Sequence[Asked]) -> list[float]:
    """Milliseconds of each."""
    took = []
    for one in over:
        begun = time.perf_counter()
        work(one)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _bare(file: Path, callers: Sequence[Caller]) -> list[float]:
    """The same numbers, each looked up in the same file by the standard library and nothing else."""
    with closing(sqlite3.connect(file)) as database:

        def look_up(caller: Caller) -> None:
            database.execute("SELECT * FROM entry WHERE kind = 'exact' AND value = ?", (caller.number,)).fetchall()

        return _timed(look_up, callers)


def _calls(chance: random.Random, entries: int) -> list[Reported]:
    """Of ten calls four are listed, two reported, two of strangers, one from abroad, and one shows no number."""
    calls = []
    for turn in range(CALLS):
        index = chance.randrange(entries)
        shown: str | None = (
            *[number(index)] * 4,
            *[f"+{FIRST + chance.randrange(REPORTED) * STEP}"] * 2,
            *[number(entries + index)] * 2,
            f"+44207946{chance.randrange(10_000):04d}",
            None,
        )[turn % 10]
        calls.append(Reported(shown, name(index), None if shown else Withheld.PRIVATE))
    return calls


def _furnish(data: Path) -> None:
    """What an old household has: its own number, contacts, patterns, every rule switched on."""
    now = datetime.now(UTC)
    rows = [("number", "name", "kind")]
    rows += [(f"+1{200 + index % 800}{index // 800}*", "", "pattern") for index in range(PATTERNS // 2)]
    rows += [(f"*{index * 17:04d}", "", "pattern") for index in range(PATTERNS // 2)]
    rows += [(f"{FAMILY_NAMES[index % 10]}?{index:03d}*{TRADES[index % 8]}*", "", "name") for index in range(PATTERNS)]
    with closing(Store.open(data, purpose=Purpose.HOUSEHOLD)) as store:
        for list_name, entries in ((ListName.BLOCK, rows), (ListName.CONTACT, _contacts())):
            file = data / "furniture.csv"
            file.write_text("".join(",".join(row) + "\n" for row in entries))
            told = store.lists.import_csv(list_name, file, country="US", source="bench", now=now)
            assert told.refused_count == 0, told.refused[:3]
        for setting, value in (("home_number", HOME), ("rule.burst", "on"), ("rule.toll_free", "on")):
            store.settings.set(setting, value, by="bench", now=now)


def _contacts() -> list[tuple[str, ...]]:
    return [("number", "name", "kind"), *((number(-1 - index), name(index), "exact") for index in range(100))]


def _reports(file: Path) -> Path:
    """Ten million reported numbers, made where they lie: through a CSV file it would take minutes."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {REPORTS}")
    return file
