"""Migrations: each entirely or not at all, and a newer store is not touched."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from appliance.errors import StoreError, StoreTooNew
from appliance.store import Store, migrate
from appliance.store.database import FILE_NAME, Database, Purpose, create_file
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


def test_every_schema_of_the_past_comes_up_to_date(tmp_path: Path) -> None:
    for count in range(len(migrate.migrations_in())):
        folder = tmp_path / str(count)
        folder.mkdir()
        create_file(folder / FILE_NAME)
        with closing(Database(folder / FILE_NAME, Purpose.HOUSEHOLD)) as database:
            migrate.migrate(database, migrate.migrations_in()[:count])
        with Store.open(folder) as store:
            store.lists.block_caller(ANN, by="page", now=NOW)
