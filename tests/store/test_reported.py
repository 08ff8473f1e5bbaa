"""The file of reported numbers: read by whoever asks, replaced whole, and never in the way of a call."""

import fcntl
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from appliance.core.household import ReportedNumber
from appliance.errors import InvalidValue, StoreBusy, StoreError
from appliance.store import ReportsImport
from appliance.store.reported import REPORTS_NAME, ReportedFile
from appliance.store.reports_import import LOCK_NAME, import_reports
from tests.store.rows import ANN, BOB, NOW

HEADING = "number,score,count,last_date\n"
Import = Callable[..., ReportsImport]


@pytest.fixture
def taken(tmp_path: Path) -> Import:
    """Import rows of text into the test's folder."""

    def take(rows: str, heading: str = HEADING, **how: Any) -> ReportsImport:
        file = tmp_path / "reports.csv"
        file.write_text(heading + rows)
        return import_reports(tmp_path, file, country="US", now=NOW, **how)

    return take


def left_over(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {"reports.csv", LOCK_NAME}


def test_a_reported_number_is_found_with_what_is_said_of_it(tmp_path: Path, taken: Import) -> None:
    report = taken("(212) 555-0101,90,12,2026-01-31\n+442079460123,0,1,2026-02-01T23:59:59+01:00\n")
    assert (report.before, report.numbers, report.refused_count) == (0, 2, 0)
    reports = ReportedFile(tmp_path)
    assert reports.reported(ANN) == ReportedNumber(90, 12, date(2026, 1, 31))
    assert reports.about("+442079460123") == ReportedNumber(0, 1, date(2026, 2, 1))
    assert reports.reported(BOB) is None
    assert (reports.count(), reports.made_at(), reports.fault) == (2, NOW, None)
    assert left_over(tmp_path) == {REPORTS_NAME}


@pytest.mark.parametrize("number", ["", "+", "2125550101", "+1 212", "+" + "9" * 16, "+\u0661", "\0", "+1212555010x"])
def test_what_is_no_whole_number_is_not_reported(tmp_path: Path, taken: Import, number: str) -> None:
    taken("2125550101,90,12,2026-01-31\n")
    assert ReportedFile(tmp_path).reported(number) is None


def test_without_a_file_nothing_is_reported(tmp_path: Path) -> None:
    reports = ReportedFile(tmp_path / "nowhere")
    assert (reports.reported(ANN), reports.count(), reports.made_at(), reports.fault) == (None, 0, None, None)


@pytest.mark.parametrize("junk", [b"", b"no database at all, but long enough to be looked at" * 100])
def test_a_damaged_file_reports_nothing_and_says_so_until_a_good_one_comes(
    tmp_path: Path, taken: Import, junk: bytes
) -> None:
    (tmp_path / REPORTS_NAME).write_bytes(junk)
    reports = ReportedFile(tmp_path)
    for _ in range(2):
        assert reports.reported(ANN) is None
        assert reports.fault is not None
        assert reports.fault.endswith(".")
    with pytest.raises(StoreError):
        reports.about(ANN)
    with pytest.raises(StoreError):
        taken("2125550101,90,12,2026-01-31\n", merge=True)
    taken("2125550101,90,12,2026-01-31\n")
    assert reports.reported(ANN) is not None
    assert reports.fault is None


def test_a_file_that_holds_something_else_than_numbers_reports_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / REPORTS_NAME)) as other, other:
        other.execute("CREATE TABLE reported (number INTEGER PRIMARY KEY, score, count, last_day)")
        other.execute("INSERT INTO reported VALUES (12125550101, 'bad', NULL, x'00'), (12125550102, 9, 9, 1e15)")
        other.execute("INSERT INTO reported VALUES (12125550103, 9, 9, 999999999999)")
    reports = ReportedFile(tmp_path)
    assert [reports.reported(number) for number in (ANN, BOB)] == [None, None]
    assert reports.fault is not None
    assert reports.reported("+12125550103") == ReportedNumber(9, 9, date.max)


def test_whoever_has_the_file_open_notices_that_another_took_its_place(tmp_path: Path, taken: Import) -> None:
    taken("2125550101,90,12,2026-01-31\n")
    reports = ReportedFile(tmp_path)
    assert reports.reported(ANN) is not None
    taken("2125550102,90,12,2026-01-31\n")
    assert (reports.reported(ANN), reports.reported(BOB)) == (None, ReportedNumber(90, 12, date(2026, 1, 31)))
    (tmp_path / REPORTS_NAME).unlink()
    assert reports.reported(BOB) is None
    reports.close()
    reports.close()


def test_of_the_same_number_twice_the_later_row_counts(tmp_path: Path, taken: Import) -> None:
    report = taken("2125550101,90,12,2026-01-31\n+12125550101,10,1,2026-01-01\n")
    assert report.numbers == 1
    assert ReportedFile(tmp_path).reported(ANN) == ReportedNumber(10, 1, date(2026, 1, 1))


def test_a_file_takes_the_place_of_the_one_before_or_is_added_to_it(tmp_path: Path, taken: Import) -> None:
    taken("2125550101,90,12,2026-01-31\n2125550102,50,3,2026-01-31\n")
    assert taken("2125550101,10,1,2026-02-01\n2125550103,1,1,2026-02-01\n", merge=True).numbers == 3
    reports = ReportedFile(tmp_path)
    assert reports.reported(ANN) == ReportedNumber(10, 1, date(2026, 2, 1))
    assert reports.reported(BOB) == ReportedNumber(50, 3, date(2026, 1, 31))
    assert taken("2125550104,1,1,2026-02-01\n2125550105,1,1,2026-02-01\n").numbers == 2
    assert reports.reported(BOB) is None


def test_less_than_half_of_what_was_there_is_taken_for_a_file_that_was_cut_off(tmp_path: Path, taken: Import) -> None:
    rows = [f"21255501{count:02},9,9,2026-01-01\n" for count in range(10)]
    taken("".join(rows))
    with pytest.raises(InvalidValue, match=r"holds 4 reported numbers, and there were 10.*Nothing was imported\."):
        taken("".join(rows[:4]))
    assert ReportedFile(tmp_path).count() == 10
    assert taken("".join(rows[:5])).numbers == 5
    assert taken("", replace_anyway=True).numbers == 0
    assert left_over(tmp_path) == {REPORTS_NAME}


def test_rows_nobody_can_use_are_listed_and_the_rest_is_taken(taken: Import) -> None:
    good = "2125550101,90,12,2026-01-31"
    odd = ("x,1,1,2026-01-01", "12,1,1,2026-01-01", "5550101,1,1,2026-01-01", "2125550102,101,1,2026-01-01",
           "2125550102,-1,1,2026-01-01", "2125550102,1.5,1,2026-01-01", "2125550102,1,0,2026-01-01",
           "2125550102,1,99999999999,2026-01-01", "2125550102,1,1,soon", "2125550102,1,1,2026-02-30",
           "2125550102,1,1,1969-12-31", "2125550102,1,1,2026-01-01x", "2125550102,1", "2125550102,\u0661,1,2026-01-01",
           )  # fmt: skip  # a row each
    report = taken("\n".join((good, *odd, good, "", ",,,")) + "\n")
    assert (report.numbers, report.refused_count) == (1, len(odd))
    assert [row.line for row in report.refused] == list(range(3, 3 + len(odd)))
    assert all(row.why.endswith(".") for row in report.refused)


@pytest.mark.parametrize("heading", ["number,score,count\n", "score,count,last_date\n", "", "last_date;score;number\n"])
def test_a_file_without_its_columns_is_refused(tmp_path: Path, taken: Import, heading: str) -> None:
    with pytest.raises(InvalidValue, match="number,score,count,last_date"):
        taken("2125550101,90,12,2026-01-31\n", heading)
    assert left_over(tmp_path) == set()


def test_columns_may_stand_in_any_order(tmp_path: Path, taken: Import) -> None:
    taken("12;Roof sellers;2026-01-31;90;2125550101\n", "count;name;last_date;score;number\n")
    assert ReportedFile(tmp_path).reported(ANN) == ReportedNumber(90, 12, date(2026, 1, 31))


def test_an_import_that_breaks_off_leaves_the_numbers_as_they_were(tmp_path: Path, taken: Import) -> None:
    taken("2125550101,90,12,2026-01-31\n")
    with pytest.raises(InvalidValue, match="not a CSV file"):
        taken('2125550102,90,12,2026-01-31\n"never closed')
    assert ReportedFile(tmp_path).reported(ANN) is not None
    assert left_over(tmp_path) == {REPORTS_NAME}


def test_what_a_killed_import_left_behind_is_in_nobodys_way(tmp_path: Path, taken: Import) -> None:
    for name in ("reports.db.unfinished", "reports.db.rows"):
        (tmp_path / name).write_bytes(b"half a file")
    taken("2125550101,90,12,2026-01-31\n")
    assert ReportedFile(tmp_path).count() == 1
    assert left_over(tmp_path) == {REPORTS_NAME}


def test_two_imports_do_not_mix(tmp_path: Path, taken: Import) -> None:
    taken("2125550101,90,12,2026-01-31\n")
    with (tmp_path / LOCK_NAME).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="already"):
            taken("2125550102,90,12,2026-01-31\n")
    taken("2125550102,90,12,2026-01-31\n")


def test_progress_is_told_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.store.reports_import.PROGRESS_ROWS", 10)
    file = tmp_path / "reports.csv"
    file.write_text(HEADING + "".join(f"21255501{n % 100:02},9,{n + 1},2026-01-01\n" for n in range(225)))
    told: list[int] = []
    report = import_reports(tmp_path, file, country="US", now=NOW, progress=told.append)
    assert told == list(range(0, 225, 10))
    assert report.numbers == 100
