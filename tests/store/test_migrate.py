"""Migrations: each entirely or not at all, and a newer store is not touched."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.errors import InvalidValue, StoreError, StoreTooNew
from appliance.store import Store, migrate
from appliance.store.database import FILE_NAME, Database, Purpose, create_file
from appliance.store.moments import from_ms
from tests.store.rows import ANN, NOW

FIRST = "CREATE TABLE one (a);\nCREATE TRIGGER t AFTER INSERT ON one BEGIN DELETE FROM one; SELECT 1; END;\n"


def steps(folder: Path, **files: str) -> tuple[migrate.Migration, ...]:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name[1:]}.sql").write_text(text)
    return migrate.migrations_in(folder)


def tables(database: Database) -> set[str]:
    return {row["name"] for row in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_a_script_is_cut_into_statements_and_triggers_stay_whole() -> None:
    assert migrate.statements_of("-- why; so\n" + FIRST + "-- the end\n") == (
        "-- why; so\nCREATE TABLE one (a);",
        "CREATE TRIGGER t AFTER INSERT ON one BEGIN DELETE FROM one; SELECT 1; END;",
    )


def test_a_script_whose_end_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="has no end"):
        migrate.statements_of("CREATE TABLE one (a)")


def test_a_gap_in_the_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the migration that comes next"):
        steps(tmp_path / "m", _0001_one=FIRST, _0003_three=FIRST)


def test_steps_that_are_missing_are_applied_in_order_and_once(tmp_path: Path) -> None:
    both = steps(tmp_path / "m", _0001_one=FIRST, _0002_two="ALTER TABLE one ADD b;\nCREATE TABLE two (a);\n")
    create_file(tmp_path / "x.db")
    with closing(Database(tmp_path / "x.db", Purpose.HOUSEHOLD)) as database:
        migrate.migrate(database, both[:1])
        assert migrate.version_of(database) == 1
        migrate.migrate(database, both)
        migrate.migrate(database, both)
        assert (migrate.version_of(database), tables(database)) == (2, {"one", "two"})


def test_a_step_that_fails_half_way_leaves_the_version_before(tmp_path: Path) -> None:
    both = steps(tmp_path / "m", _0001_one=FIRST, _0002_two="CREATE TABLE two (a);\nINSERT INTO nowhere VALUES (1);\n")
    create_file(tmp_path / "x.db")
    with closing(Database(tmp_path / "x.db", Purpose.HOUSEHOLD)) as database:
        with pytest.raises(StoreError, match="no such table: nowhere"):
            migrate.migrate(database, both)
        assert (migrate.version_of(database), tables(database)) == (1, {"one"})
        database.run("INSERT INTO one VALUES (1)")  # and the connection is of use


def test_a_store_of_a_newer_version_is_refused_and_not_a_byte_of_it_changes(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    file = tmp_path / FILE_NAME
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    for check in (False, True):
        with pytest.raises(StoreTooNew, match="newer Quietline"):
            Store.open(tmp_path, check=check)
    assert file.read_bytes() == before


def test_a_newer_version_that_stands_in_the_journal_only_is_refused_untouched(tmp_path: Path) -> None:
    # A newer Quietline was killed right after its migration: the file itself still says the old version.
    Store.open(tmp_path).close()
    file, journal = tmp_path / FILE_NAME, tmp_path / f"{FILE_NAME}-wal"
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA wal_autocheckpoint = 0")
        newer.execute("PRAGMA user_version = 99")
        killed = (file.read_bytes(), journal.read_bytes())
    file.write_bytes(killed[0])
    journal.write_bytes(killed[1])
    for check in (False, True):
        with pytest.raises(StoreTooNew):
            Store.open(tmp_path, check=check)
    assert (file.read_bytes(), journal.read_bytes()) == killed


def test_a_file_of_another_program_is_not_made_a_store(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmarks (url)")
        other.execute("PRAGMA user_version = 1")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(tmp_path)
    assert file.read_bytes() == before


def test_processes_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    troubles: list[Exception] = []

    def start() -> None:
        try:
            with Store.open(tmp_path / "new" / "folder") as store:
                store.lists.block_caller(ANN, by="page", now=NOW)
        except Exception as error:  # noqa: BLE001  # the test is that there is none
            troubles.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


# Rows as Quietline 0.1.0 wrote them, into the schema of its version.
ROWS_OF_VERSION_1 = """
INSERT INTO entry (id, list, kind, value, label, note, source, created_at, expires_at) VALUES
    (3, 'block', 'exact', '+12125550101', 'Sunny Cruises', 'at dinner', 'page', 1000, NULL),
    (7, 'permit', 'name', '*SCHOOL*', 'School', '', 'import:x.csv', 2000, 4102444800000),
    (9, 'block', 'prefix', '+44900', '', '', 'command', 3000, NULL);
DELETE FROM entry WHERE id = 9;
INSERT INTO call (uid, line, started_at, ended_at, rings, shown, number, name, presentation, trace, mode, outcome,
    entry_id, ddn) VALUES ('u1', 'main', 1000, 2000, 2, '2125550101', '+12125550101', 'SUNNY CRUISES', 'allowed',
    '[]', 'on', 'dropped', 3, '5550199');
INSERT INTO status (line, pid, started_at, heartbeat_at, version, state, modem, modem_name, port, lamps, faults)
    VALUES ('main', 1, 1000, 2000, '0.1.0', 'idle', 'ready', 'USR5637', '/dev/ttyACM0', '{}', '[]');
INSERT INTO change (id, at, who, list, what) VALUES (1, 1000, 'page', 'block', 'added');
INSERT INTO change_row (change_id, step, before, after)
    VALUES (1, 0, NULL, '[3,"block","exact","+12125550101","Sunny Cruises","at dinner","page",1000,null]');
UPDATE tally SET amount = 41 WHERE name = 'household';
"""


# The same of version 2, which had choices without profiles.
ROWS_OF_VERSION_2 = """
INSERT INTO entry (id, list, kind, value, label, note, source, created_at, expires_at) VALUES
    (3, 'block', 'exact', '+12125550101', 'Sunny Cruises', 'at dinner', 'page', 1000, NULL),
    (4, 'block', 'ring', 'B', '', '', 'page', 1000, NULL),
    (5, 'block', 'exact', '+12125550102', '', '', 'auto:ping_caller', 1000, NULL),
    (7, 'permit', 'name', '*SCHOOL*', 'School', '', 'import:x.csv', 2000, 4102444800000);
INSERT INTO call (uid, line, started_at, ended_at, rings, shown, number, name, presentation, trace, mode, outcome,
    entry_id, dialled, treatment) VALUES ('u1', 'main', 1000, 2000, 2, '2125550101', '+12125550101', 'SUNNY CRUISES',
    'allowed', '[]', 'on', 'dropped', 3, '5550199', 'drop');
INSERT INTO setting (name, value, who, at) VALUES ('treatment.unknown', 'drop', 'page', 1), ('mode', 'off', 'page', 1);
INSERT INTO change (id, at, who, list, what) VALUES (1, 1000, 'page', 'block', 'added');
INSERT INTO change_row (change_id, step, before, after)
    VALUES (1, 0, NULL, '[3,"block","exact","+12125550101","Sunny Cruises","at dinner","page",1000,null]');
"""


def store_of(folder: Path, version: int, rows: str) -> Path:
    """The folder of a store that has not been opened since that version."""
    create_file(folder / FILE_NAME)
    with closing(Database(folder / FILE_NAME, Purpose.HOUSEHOLD)) as database:
        migrate.migrate(database, migrate.migrations_in()[:version])
        for statement in migrate.statements_of(rows):
            database.run(statement)
    return folder


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    return store_of(tmp_path, 1, ROWS_OF_VERSION_1)


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    return store_of(tmp_path, 2, ROWS_OF_VERSION_2)


def test_a_store_of_version_2_keeps_its_rows_and_its_choices_are_those_of_the_day(version_2: Path) -> None:
    with Store.open(version_2, check=True) as store:
        cruises = store.lists.get(3)
        assert (cruises.label, cruises.hours, cruises.vip, cruises.expires_at) == ("Sunny Cruises", "", False, None)
        assert store.lists.get(5).expires_at == from_ms(1000) + timedelta(days=90), "nothing automatic is for ever"
        assert {name: store.lists.count(name) for name in ListName} == {
            ListName.BLOCK: 3, ListName.PERMIT: 1, ListName.CONTACT: 0,
        }  # fmt: skip  # one row
        call = store.calls.get("u1")
        assert (call.profile, call.wanted, call.handset, call.treatment) == (None, None, False, "drop")
        assert store.settings.own() == {"mode": "off", "treatment.day.unknown": "drop"}
        store.lists.add(ListName.CONTACT, EntryKind.EXACT, "+12125550177", source="page", now=NOW)
        assert store.lists.count(ListName.CONTACT) == 1
        assert [entry.id for entry in store.lists.page(ListName.BLOCK, search="cruises").rows] == [3]
        store.lists.undo(1, NOW, "page")  # a change that an earlier version wrote down
        assert store.lists.exact(ANN) == ()
        assert store.damage() == ""


def test_a_store_of_version_1_opens_and_keeps_its_rows(version_1: Path) -> None:
    with Store.open(version_1, check=True) as store:
        cruises = store.lists.get(3)
        assert (cruises.list, cruises.kind, cruises.value) == (ListName.BLOCK, EntryKind.EXACT, ANN)
        assert (cruises.label, cruises.note, cruises.source) == ("Sunny Cruises", "at dinner", "page")
        assert [entry.id for entry in store.lists.names()] == [7]
        assert store.lists.get(7).expires_at is not None
        assert (store.lists.count(ListName.BLOCK), store.lists.count(ListName.PERMIT)) == (1, 1)
        call = store.calls.get("u1")
        assert (call.dialled, call.ring_pattern, call.long_distance, call.damaged) == ("5550199", None, False, None)
        assert store.calls.page(search="cruises").rows == (call,)
        (status,) = store.status.all()
        assert (status.message_waiting, status.concerns, status.voice) == (False, (), None)
        assert store.household_version() >= 41
        assert store.damage() == ""


def test_a_store_of_version_1_goes_on_as_a_new_one_would(version_1: Path) -> None:
    with Store.open(version_1) as store:
        for kind, value in ((EntryKind.DIALLED, "5550142"), (EntryKind.RING, "B")):
            change = store.lists.add(ListName.PERMIT, kind, value, label="Second number", source="page", now=NOW)
            assert change.entry is not None
            assert change.entry.id > 9, "an id that was used once is never used again"
        assert store.lists.count(ListName.PERMIT) == 3
        assert {e.value for e in store.lists.page(ListName.PERMIT, search="second").rows} == {"5550142", "B"}
        store.lists.update(3, label="Cruises again", now=NOW, by="page")
        assert store.lists.get(3).label == "Cruises again"
        twin = store.lists.add(ListName.PERMIT, EntryKind.RING, "C", source="page", now=NOW).entry
        assert twin is not None
        with pytest.raises(InvalidValue, match="already"):
            store.lists.update(twin.id, value="B", now=NOW, by="page")
        undone = store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550177", source="page", now=NOW)
        store.lists.undo(undone.id, NOW, "page")
        assert store.lists.exact("+12125550177") == ()


def test_the_schema_is_the_same_however_it_came_to_be(
    version_1: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def schema(folder: Path) -> dict[str, str]:
        with Store.open(folder):
            pass
        with closing(sqlite3.connect(folder / FILE_NAME)) as file:
            return dict(file.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))

    assert schema(version_1) == schema(tmp_path_factory.mktemp("new"))


@pytest.mark.parametrize(("version", "rows"), [(1, ROWS_OF_VERSION_1), (2, ROWS_OF_VERSION_2)])
def test_no_step_leaves_a_row_behind_when_it_fails_half_way(tmp_path: Path, version: int, rows: str) -> None:
    store_of(tmp_path, version, rows)
    *before, step = migrate.migrations_in()[: version + 1]
    with closing(Database(tmp_path / FILE_NAME, Purpose.HOUSEHOLD)) as database:
        entries = database.number("SELECT count(*) FROM entry")
        for cut in range(1, len(step.statements)):
            broken = migrate.Migration(version + 1, "broken", (*step.statements[:cut], "SELECT 1 FROM nowhere"))
            with pytest.raises(StoreError, match="no such table: nowhere"):
                migrate.migrate(database, (*before, broken))
            assert migrate.version_of(database) == version
            assert database.number("SELECT count(*) FROM entry") == entries
    with Store.open(tmp_path) as store:
        assert store.lists.get(3).label == "Sunny Cruises"


def test_every_schema_of_the_past_comes_up_to_date(tmp_path: Path) -> None:
    for count in range(len(migrate.migrations_in())):
        folder = tmp_path / str(count)
        folder.mkdir()
        create_file(folder / FILE_NAME)
        with closing(Database(folder / FILE_NAME, Purpose.HOUSEHOLD)) as database:
            migrate.migrate(database, migrate.migrations_in()[:count])
        with Store.open(folder) as store:
            store.lists.block_caller(ANN, by="page", now=NOW)
