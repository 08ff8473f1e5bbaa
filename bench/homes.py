"""Households to measure, made once per run in a temporary folder: with few or a million entries and calls."""

import csv
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.core.household import Household, Mode
from appliance.core.policy import Policy
from appliance.judging import Reported, judge
from tests.system.house import House

MILLION = 1_000_000
FEW, MANY = 10, 10_000
PASSWORD = "a quiet line all day"
FAMILY_NAMES = ("MILL", "BAKER", "STONE", "FIELD", "BROOK", "HARPER", "FLINT", "MARSH", "WELLS", "THORN")
TRADES = ("ROOFING", "SOLAR", "WINDOWS", "CLINIC", "SCHOOL", "BANK", "TRAVEL", "GARDEN")

# Of so many newest calls the whole trace is kept, which is what pages read; a million would fill three gigabytes.
TRACED = 5_000
SHORT_TRACE = '[["unknown","screen","unknown","Whoever no other rule knows is an unknown caller."]]'
INSERT_CALL = (
    "INSERT INTO call (uid, line, started_at, ended_at, rings, shown, number, name, presentation, region, category,"
    " verdict, reason, entry_id, trace, treatment, mode, outcome, reported_date, reported_time, dialled)"
    " VALUES (?, 'main', ?, ?, ?, ?, ?, ?, 'allowed', 'US', ?, ?, ?, NULL, ?, ?, 'on', ?, '1122', '0815', NULL)"
)


def number(index: int) -> str:
    """The index-th of eight million numbers of a make-believe exchange, ten digits: every area code has a 555."""
    area, rest = divmod(index * 7_919 % 7_900_000, 10_000)  # 7,919 is prime: neighbours lie far apart in every index
    return f"{201 + area}555{rest:04d}"


def name(index: int) -> str:
    """A caller name of at most 15 characters."""
    return f"{FAMILY_NAMES[index % 10]} {TRADES[index // 10 % 8]}"[:15]


class Homes:
    """Makes each household when it is first asked for. `importing` keeps the seconds the million took."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, House] = {}
        self.importing = 0.0
        self._seeded = False

    def with_entries(self, entries: int) -> House:
        """A household that blocks so many numbers, `number(0)` and on, imported as a person would."""
        if entries not in self._made:
            house = House(self._folder / str(entries))
            file = write_csv(self._folder / f"{entries}.csv", entries)
            start = time.monotonic()
            house.quietline("block", "import", str(file))
            if entries == MILLION:
                self.importing = time.monotonic() - start
            self._made[entries] = house
        return self._made[entries]

    def with_calls(self, calls: int) -> House:
        """The same with as many calls in the log as entries on the list."""
        house = self.with_entries(calls)
        if house.calls()[:1] == [] or (calls == MILLION and not self._seeded):
            add_calls(house.data / "quietline.db", calls)
            self._seeded = self._seeded or calls == MILLION
        return house


def write_csv(file: Path, entries: int) -> Path:
    """A list of numbers with a name each."""
    with file.open("w", newline="") as text:
        out = csv.writer(text)
        out.writerow(("number", "name", "note"))
        out.writerows((number(index), name(index), "") for index in range(entries))
    return file


def add_calls(file: Path, calls: int) -> None:
    """Calls of several years. Straight into the table: through the call log it would take minutes."""
    with closing(sqlite3.connect(file)) as database, database:
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'call'"
        ).fetchall()
        for trigger, _ in triggers:
            database.execute(f"DROP TRIGGER {trigger}")
        database.executemany(INSERT_CALL, _calls(calls))
        database.execute("INSERT INTO call_search (call_search) VALUES ('rebuild')")
        database.execute("UPDATE tally SET amount = (SELECT count(*) FROM call) WHERE name = 'call'")
        for _, sql in triggers:
            database.execute(sql)


def _calls(calls: int) -> Iterator[tuple[object, ...]]:
    began = datetime.now(UTC) - timedelta(minutes=calls)
    start = int(began.timestamp() * 1000)
    whole_trace = _trace()
    for index in range(calls):
        at, shown = start + index * 60_000, number(index // 3)
        trace = whole_trace if index >= calls - TRACED else SHORT_TRACE
        blocked = ("blocked", "block", "block_list", trace, "drop", "dropped")
        let_through = ("unknown", "screen", "unknown", trace, "ring", "rang_out")
        yield (
            f"{index:032x}", at, at + 20_000, 1 + index % 4, shown, f"+1{shown}", name(index // 3),
            *(blocked if index % 3 else let_through),
        )  # fmt: skip  # one row, one line


def _trace() -> str:
    """What every rule says of an unknown caller, as it is stored."""
    household = Household("US", "", Mode.ON, Policy())
    said = judge(Reported(number(0), name(0)), household, datetime.now(UTC)).decision.trace
    return json.dumps([(one.rule, one.verdict and one.verdict.value, None, one.saw) for one in said])
