"""Any list comes back from its file as it was, and no file does more than be refused."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appliance.core.household import EntryKind, ListName
from appliance.errors import InvalidValue
from appliance.store import Store
from appliance.store.reported import ReportedFile
from appliance.store.reports_import import import_reports
from tests.store.rows import NOW

CONTACT = ListName.CONTACT
SLOW = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow], "deadline": None}

Row = tuple[EntryKind, str, str, str, datetime | None, str, bool]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
VALUES = {
    EntryKind.EXACT: st.integers(0, 9_999).map(lambda n: f"+1212555{n:04}"),
    EntryKind.PREFIX: st.integers(2, 9_999).map(lambda n: f"+44{n}"),
    EntryKind.PATTERN: st.integers(0, 99).map(lambda n: f"*555{n:02}??"),
    EntryKind.NAME: st.sampled_from(["=EVIL*", "ANN *", "*SCHOOL*", "@X", "-Y*", "'Q*"]),
}
ENTRIES = st.lists(
    st.sampled_from(list(VALUES)).flatmap(
        lambda kind: st.tuples(
            st.just(kind),
            VALUES[kind],
            TEXT,
            TEXT,
            st.none() | st.integers(1, 10**9).map(lambda s: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=s)),
            st.sampled_from(["", "mon-fri 08:00-17:00", "sat,sun 10:00-12:00; mon 22:00-06:00"]),
            st.booleans(),
        )
    ),
    max_size=6,
    unique_by=lambda row: (row[0], row[1]),
)


@settings(max_examples=25, **SLOW)  # type: ignore[arg-type]
@given(rows=ENTRIES)
@example(rows=[(EntryKind.EXACT, "+12125550101", "", "one\rtwo\nthree", None, "", False)])
def test_any_list_comes_back_from_its_file(store: Store, tmp_path: Path, rows: list[Row]) -> None:
    emptied(store)
    for kind, value, label, note, expires_at, hours, vip in rows:
        store.lists.add(
            CONTACT, kind, value, label=label, note=note, source="page", expires_at=expires_at, hours=hours, vip=vip,
            now=NOW,
        )  # fmt: skip  # what a row holds
    before = seen(store)
    assert store.lists.export_csv(CONTACT, tmp_path / "out.csv") == len(before)
    emptied(store)
    report = store.lists.import_csv(CONTACT, tmp_path / "out.csv", country="US", source="import:out.csv", now=NOW)
    assert (report.added, report.refused) == (len(before), ())
    assert seen(store) == before


def emptied(store: Store) -> None:
    for entry in store.lists.page(CONTACT).rows:
        store.lists.remove(entry.id, NOW, "page")


def seen(store: Store) -> set[tuple[object, ...]]:
    """The entries without what an import makes new; blanks around a text are a matter of taste."""
    return {
        (entry.kind, entry.value, entry.label.strip(), entry.note.strip(), entry.expires_at, entry.hours, entry.vip)
        for entry in store.lists.page(CONTACT).rows
    }


HOSTILE = st.binary(max_size=200) | st.lists(
    st.lists(
        st.sampled_from(["", "2125550101", "=1", '"', "'", "\0", "9" * 50, "2026-13-01", "90", "-1", "né"]), max_size=8
    ),
    max_size=6,
).map(lambda rows: "\n".join([",".join(row) for row in rows]).encode())


@pytest.mark.parametrize(
    "heading", [b"", b"number,name,note,expires,kind,hours,vip\n", b"number,score,count,last_date\n"]
)
@settings(max_examples=60, **SLOW)  # type: ignore[arg-type]
@given(junk=HOSTILE)
@example(junk=b'"' + b"x" * 300_000)
@example(junk=b"\xff\xfe" * 100)
@example(junk=b"2125550101,1,1,9999-12-31T23:59:59+99:99\n" * 3)
def test_no_file_does_more_than_be_refused(store: Store, tmp_path: Path, heading: bytes, junk: bytes) -> None:
    file = tmp_path / "junk.csv"
    file.write_bytes(heading + junk)
    count, reports = store.lists.count(CONTACT), ReportedFile(tmp_path)
    numbers = reports.count()
    with suppress(InvalidValue):
        count += store.lists.import_csv(CONTACT, file, country="US", source="import:junk.csv", now=NOW).added
    assert store.lists.count(CONTACT) == count
    with suppress(InvalidValue):
        numbers = import_reports(tmp_path, file, country="US", now=NOW, replace_anyway=True).numbers
    assert reports.count() == numbers
