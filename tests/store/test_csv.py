"""Lists as CSV files: what a spreadsheet, a person or a stranger may hand in, and what comes out."""

import csv
from pathlib import Path

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.errors import InvalidValue, StoreError
from appliance.store import ImportReport, Store, bulk
from tests.store.rows import ANN, BOB, NOW, later

BLOCK, PERMIT = ListName.BLOCK, ListName.PERMIT


def taken(store: Store, folder: Path, text: str | bytes, country: str = "US") -> ImportReport:
    file = folder / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return store.lists.import_csv(BLOCK, file, country=country, source="import:list.csv", now=NOW)


def values(store: Store) -> list[tuple[str, str, str]]:
    return sorted((entry.value, entry.label, entry.note) for entry in store.lists.page(BLOCK, limit=1000).rows)


def test_numbers_in_any_spelling_become_entries(store: Store, tmp_path: Path) -> None:
    report = taken(
        store, tmp_path, "number,name,note\n(212) 555-0101,Ann,sells\n+44 20 7946 0123,,\n12125550102,Bob,\n"
    )
    assert (report.added, report.updated, report.unchanged, report.refused) == (3, 0, 0, ())
    assert values(store) == [(ANN, "Ann", "sells"), (BOB, "Bob", ""), ("+442079460123", "", "")]
    entry = store.lists.exact(ANN)[0]
    assert (entry.source, entry.created_at, entry.kind) == ("import:list.csv", NOW, EntryKind.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "name;number;note\r\nAnn;2125550101;sells\r\n",
        "\ufeffNumber , NAME,note\n2125550101,Ann,sells\n\n,,\n",
        "note\tname\tnumber\nsells\tAnn\t2125550101",
        'number,name,note,more\n"2125550101","Ann","sells",ignored,and this\n',
        "number,name,note\n'+12125550101,'Ann,sells\n".replace("'Ann", "Ann"),
    ],
)
def test_files_of_every_spreadsheet_are_understood(store: Store, tmp_path: Path, text: str) -> None:
    assert taken(store, tmp_path, text).added == 1
    assert values(store) == [(ANN, "Ann", "sells")]


def test_rows_nobody_can_use_are_listed_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    report = taken(store, tmp_path, "number,name\n2125550101,Ann\nhello,Bob\n12,\n2125550102,\n,Nobody\n")
    assert report.added == 2
    assert [(row.line, row.value) for row in report.refused] == [(3, "hello"), (4, "12"), (6, "")]
    assert all(row.why.endswith(".") for row in report.refused)


def test_a_list_of_refused_rows_does_not_grow_without_end(store: Store, tmp_path: Path) -> None:
    report = taken(store, tmp_path, "number\n" + "x\n" * 1500)
    assert (len(report.refused), report.refused_count, report.added) == (1000, 1500, 0)


def test_a_line_without_end_is_refused_in_pieces_that_do_not_fill_the_memory(store: Store, tmp_path: Path) -> None:
    report = taken(store, tmp_path, "number,name\n2125550101,Ann\n" + "1" * 300_000)
    assert (report.added, report.refused_count) == (1, 3)
    assert max(len(row.value) + len(row.why) for row in report.refused) <= 300


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    text = "number,name,note\n2125550101,Ann,sells\n2125550102,Bob,\n"
    taken(store, tmp_path, text)
    again = taken(store, tmp_path, text)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


def test_a_number_that_is_there_keeps_its_name_and_takes_what_is_new(store: Store, tmp_path: Path) -> None:
    entry = store.lists.add(BLOCK, EntryKind.EXACT, ANN, label="Ann", note="old", source="page", now=NOW).entry
    assert entry is not None
    report = taken(store, tmp_path, "number,name,note\n2125550101,,new\n2125550101,,newer\n")
    assert (report.added, report.updated) == (0, 2)
    assert values(store) == [(ANN, "Ann", "newer")]
    assert store.lists.get(entry.id).source == "page"


@pytest.mark.parametrize("rebuild_rows", [1, 1_000_000])
def test_counts_and_search_are_right_whichever_way_the_index_was_made(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rebuild_rows: int
) -> None:
    monkeypatch.setattr(bulk, "REBUILD_ROWS", rebuild_rows)
    monkeypatch.setattr("appliance.store.list_pages.READ_THROUGH_ROWS", 0)  # ask the index also in a short list
    store.lists.add(BLOCK, EntryKind.EXACT, ANN, label="Ann", source="page", now=NOW)
    store.lists.add(PERMIT, EntryKind.EXACT, BOB, label="Bob", source="page", now=NOW)
    taken(store, tmp_path, "number,name\n2125550101,Annabel\n2125550103,Carol\n2125550104,Dave\n")
    store.lists.add(BLOCK, EntryKind.EXACT, "+12125550105", label="Carola", source="page", now=NOW)
    assert (store.lists.count(BLOCK), store.lists.count(PERMIT)) == (4, 1)
    assert [entry.label for entry in store.lists.page(BLOCK, search="carol").rows] == ["Carola", "Carol"]
    assert [entry.label for entry in store.lists.page(BLOCK, search="annabel").rows] == ["Annabel"]
    assert [entry.label for entry in store.lists.page(BLOCK, search="bob").rows] == []
    assert store.damage() == ""


def test_expiry_and_kind_are_read(store: Store, tmp_path: Path) -> None:
    report = taken(
        store,
        tmp_path,
        "number,expires,kind\n2125550101,2026-05-01,\n1900,,prefix\n*555*,,Pattern\nann *,,name\n"
        "5550142,,dialled\nring b,,Ring\nnobody,,dialled\n"
        "2125550102,2026-05-01T10:00:00+02:00,exact\n2125550103,soon,\n2125550104,,weird\n",
    )
    kinds = {entry.value: (entry.kind.value, entry.expires_at) for entry in store.lists.page(BLOCK).rows}
    assert kinds[ANN] == ("exact", NOW.replace(month=5, day=2, hour=0, minute=0, second=0, microsecond=0))
    assert kinds["+1900"] == ("prefix", None)
    assert kinds["*555*"] == ("pattern", None)
    assert kinds["ANN *"] == ("name", None)
    assert kinds["5550142"] == ("dialled", None)
    assert kinds["B"] == ("ring", None)
    assert kinds[BOB][1] == NOW.replace(month=5, day=1, hour=8, minute=0, second=0, microsecond=0)
    assert [(row.line, row.value) for row in report.refused] == [(8, "nobody"), (10, "2125550103"), (11, "2125550104")]


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"2125550101,Ann\n",
        b"<html>number</html>",
        b"number,name\n2125550101,Andr\xe9\n",
        b"number\0,name\n",
        b'number,name\n2125550101,"never closed\n' + b"x" * 200_000,
        b'number,name\n2125550101,"Ann"x\n',
    ],
)
def test_a_file_that_is_no_such_csv_is_refused_and_nothing_is_taken(store: Store, tmp_path: Path, junk: bytes) -> None:
    with pytest.raises(InvalidValue):
        taken(store, tmp_path, junk)
    assert store.lists.count(BLOCK) == 0
    assert store.events.page().rows == ()
    assert taken(store, tmp_path, "number\n2125550101\n").added == 1  # and nothing is left in the way


def test_a_file_that_is_not_there_is_told_in_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="cannot be read: No such file"):
        store.lists.import_csv(BLOCK, tmp_path / "none.csv", country="US", source="command", now=NOW)


def test_an_import_is_one_event_and_moves_the_household(store: Store, tmp_path: Path) -> None:
    version = store.household_version()
    taken(store, tmp_path, "number\n2125550101\nx\n")
    assert [event.text for event in store.events.page().rows] == [
        "list.csv was imported into the block list: 1 added, 0 changed, 1 refused."
    ]
    assert store.household_version() > version


def test_progress_is_told_while_reading(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PROGRESS_ROWS", 10)
    file = tmp_path / "list.csv"
    file.write_text("number\n" + "".join(f"21255501{count:02}\n" for count in range(25)))
    told: list[int] = []
    store.lists.import_csv(BLOCK, file, country="US", source="command", now=NOW, progress=told.append)
    assert told == [0, 10, 20]


NASTY = ["=1+1", "@SUM(A1)", "-2", "+3", "'=x", "''=x", "'", "a,b", 'say "x"', "line\nbreak", "\tx", "Zoë", "'quoted'"]


def test_what_is_exported_comes_back_exactly(store: Store, tmp_path: Path) -> None:
    for count, text in enumerate(NASTY):
        store.lists.add(
            BLOCK, EntryKind.EXACT, f"+121255501{count:02}", label=text, note=text, source="page", now=NOW,
            expires_at=later(days=count) if count % 2 else None,
        )  # fmt: skip
    store.lists.add(BLOCK, EntryKind.NAME, "=EVIL*", label="x", source="page", now=NOW)
    store.lists.add(BLOCK, EntryKind.PREFIX, "+1900", source="page", now=NOW)
    store.lists.add(BLOCK, EntryKind.PATTERN, "*555??", source="page", now=NOW)
    before = {(entry.kind, entry.value, entry.label.strip(), entry.note.strip(), entry.expires_at)
              for entry in store.lists.page(BLOCK).rows}  # fmt: skip
    assert store.lists.export_csv(BLOCK, tmp_path / "out.csv") == len(before)
    with Store.open(tmp_path / "other") as other:
        report = other.lists.import_csv(BLOCK, tmp_path / "out.csv", country="US", source="command", now=NOW)
        assert report.refused == ()
        after = {(entry.kind, entry.value, entry.label, entry.note, entry.expires_at)
                 for entry in other.lists.page(BLOCK).rows}  # fmt: skip
    assert after == before


def test_no_cell_of_an_export_is_a_formula(store: Store, tmp_path: Path) -> None:
    for count, text in enumerate(NASTY):
        store.lists.add(BLOCK, EntryKind.EXACT, f"+121255501{count:02}", label=text, note=text, source="page", now=NOW)
    store.lists.export_csv(BLOCK, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as text_file:
        rows = list(csv.reader(text_file))[1:]
    assert [cell for row in rows for cell in row[1:3] if cell[:1] in tuple("=+-@\t\r")] == []
    assert all(row[0].startswith("+1212555") for row in rows)


def test_an_export_appears_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        store.lists.export_csv(BLOCK, tmp_path / "nowhere" / "out.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        store.lists.export_csv(BLOCK, tmp_path / "folder.csv")
    assert [file.name for file in tmp_path.iterdir() if "csv" in file.name] == ["folder.csv"]
