"""`quietline import ...`: files as a person hands them in, on a real store."""

import json
from pathlib import Path

import pytest

from appliance.store.reported import ReportedFile
from tests.appliance.conftest import Quietline

REPORTS = "number,score,count,last_date\n+1 212 555 0101,90,12,2026-11-01\n2125550102,40,1,2026-10-31T08:00:00Z\n"


@pytest.mark.parametrize("word", ["contacts", "permit", "block"])
def test_a_file_of_numbers_goes_on_the_list_that_is_named(quietline: Quietline, tmp_path: Path, word: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        'number,name,note,hours,vip\n212-555-0101,Ann,sister,,yes\n2125550102,School,,"Mon-Fri 8-17",\nx,,,,\n'
    )
    said = quietline("import", word, file)
    name = word.removesuffix("s")
    assert said.out == f"Into the {name} list: 2 added, 0 changed, 0 there already, 1 left out.\n"
    assert said.err.startswith("line 4: 'x' left out: ")
    rows = {row["label"]: row for row in json.loads(quietline(name, "list", "--json").out)}
    assert (rows["Ann"]["vip"], rows["Ann"]["source"]) == (True, "import:people.csv")
    assert rows["School"]["hours"] == "mon-fri 08:00-17:00"


def test_reported_numbers_are_replaced_by_the_next_file(quietline: Quietline, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text(REPORTS + "x,1,1,2026-01-01\n2125550103,101,1,2026-01-01\n")
    said = quietline("import", "reports", file)
    assert said.out == "Reported numbers: 2 now, 0 before. 2 rows were left out.\n"
    assert [line.split(":")[0] for line in said.err.splitlines()] == ["line 4", "line 5"]
    reports = ReportedFile(tmp_path / "data")
    found = reports.reported("+12125550101")
    assert found is not None
    assert (found.score, found.count, found.last.isoformat()) == (90, 12, "2026-11-01")
    file.write_text("number,score,count,last_date\n2125550103,70,3,2026-11-02\n")
    assert quietline("import", "reports", file).out == "Reported numbers: 1 now, 2 before. 0 rows were left out.\n"
    assert (reports.reported("+12125550101"), reports.count()) == (None, 1)


def test_a_file_that_was_cut_off_is_refused_until_a_person_says_otherwise(quietline: Quietline, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("number,score,count,last_date\n" + "".join(f"21255501{n:02},9,9,2026-01-01\n" for n in range(10)))
    quietline("import", "reports", file)
    file.write_text(REPORTS)
    said = quietline("import", "reports", file)
    assert (said.code, said.out) == (2, "")
    assert "may be cut off. Nothing was imported." in said.err
    assert quietline("import", "reports", "--merge", file).out.startswith("Reported numbers: 10 now, 10 before.")
    assert quietline("import", "reports", "--replace-anyway", file).out.startswith(
        "Reported numbers: 2 now, 10 before."
    )


def test_a_file_without_its_columns_is_refused_with_what_they_are(quietline: Quietline, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("number,score\n2125550101,90\n")
    said = quietline("import", "reports", file)
    assert said.code == 2
    assert "no column count" in said.err
    assert "number,score,count,last_date" in said.err
    assert not (tmp_path / "data" / "reports.db").exists()
