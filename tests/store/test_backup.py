"""Copies of the store: made while it is used, taken back, and taken by itself when the file is damaged."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.core.household import ListName
from appliance.errors import InvalidValue, StoreError, StoreTooNew
from appliance.store import Store, nightly, restore
from appliance.store.database import FILE_NAME
from tests.store.rows import ANN, BOB, NOW, call, later


def filled(folder: Path, *numbers: str, calls: int = 300) -> None:
    with Store.open(folder) as store:
        for number in numbers:
            store.lists.block_caller(number, by="page", now=NOW)
        with store.writing():
            for count in range(calls):
                store.calls.put(call(f"u{count}"))


def blocked(folder: Path) -> set[str]:
    with Store.open(folder) as store:
        return {entry.value for entry in store.lists.page(ListName.BLOCK).rows}


def beside(folder: Path, pattern: str) -> list[str]:
    return sorted(file.name for file in folder.glob(pattern))


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def scribbled(file: Path) -> None:
    dice = random.Random(7)
    with file.open("r+b") as raw:
        for place in range(4096, file.stat().st_size, 4096):
            raw.seek(place)
            raw.write(dice.randbytes(512))


def without_head(file: Path) -> None:
    with file.open("r+b") as raw:
        raw.write(b"\0" * 100)


DAMAGES = [cut, scribbled, without_head]


def test_a_backup_holds_everything_and_the_store_goes_on(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as store:
        store.backup_to(tmp_path / "copy.db")
        store.lists.block_caller(BOB, by="page", now=NOW)
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    other = tmp_path / "other"
    restore(other, tmp_path / "copy.db")
    assert blocked(other) == {ANN}
    with Store.open(other) as store:
        assert store.calls.count() == 300
        assert store.calls.page(search="smith", limit=5).rows[0].uid == "u299"


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("to my aunt")
    with pytest.raises(StoreError, match="exists already"):
        store.backup_to(tmp_path / "letter")
    with pytest.raises(StoreError, match="cannot be written"):
        store.backup_to(tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "letter").read_text() == "to my aunt"
    assert beside(tmp_path, ".*") == []


def test_nightly_copies_are_dated_and_the_newest_seven_are_kept(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    made = [nightly(tmp_path, NOW + timedelta(days=day)) for day in range(9)]
    assert [file.name for file in made[:2]] == ["quietline-2026-03-04.db", "quietline-2026-03-05.db"]
    assert beside(tmp_path / "nightly", "*") == [file.name for file in made[2:]]
    assert nightly(tmp_path, NOW + timedelta(days=8)) == made[8]  # twice in one night is one copy


def test_a_clock_that_fell_back_does_not_push_out_good_copies(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    for day in range(7):
        nightly(tmp_path, NOW + timedelta(days=day))
    assert nightly(tmp_path, later(days=-20_000)).exists()
    assert len(beside(tmp_path / "nightly", "quietline-2026-*")) == 7


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_moved_aside_and_the_newest_good_copy_takes_its_place(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    filled(tmp_path, ANN)
    nightly(tmp_path, NOW)
    filled(tmp_path, BOB)
    damage(nightly(tmp_path, later(days=1)))  # the newest copy is damaged too: it is passed over
    damage(tmp_path / FILE_NAME)
    with Store.open(tmp_path, check=True) as store:
        event = store.events.page().rows[0]
        assert store.damage() == ""
    assert blocked(tmp_path) == {ANN}
    assert event.kind == "restore"
    assert event.text == (
        "The store was damaged: it was restored from the copy quietline-2026-03-04.db. Later changes are lost."
    )
    assert len(beside(tmp_path, "quietline.db.damaged-*[0-9]")) == 1
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_without_copies_starts_empty_and_says_so(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    filled(tmp_path, ANN)
    damage(tmp_path / FILE_NAME)
    with Store.open(tmp_path, check=True) as store:
        assert store.events.page().rows[0].text.endswith("the lists are empty.")
    assert blocked(tmp_path) == set()
    assert len(beside(tmp_path, "quietline.db.damaged-*[0-9]")) == 1


def test_the_journal_of_a_damaged_store_is_not_played_into_the_copy(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    nightly(tmp_path, NOW)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as killed:
        killed.execute("PRAGMA wal_autocheckpoint = 0")
        killed.execute("UPDATE entry SET value = '+12125550199'")
        killed.commit()
        journal = (tmp_path / f"{FILE_NAME}-wal").read_bytes()
    without_head(tmp_path / FILE_NAME)
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(journal)
    Store.open(tmp_path, check=True).close()
    assert blocked(tmp_path) == {ANN}
    assert len(beside(tmp_path, "quietline.db.damaged-*-wal")) == 1


def test_a_store_that_vanished_comes_back_from_its_copy(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    nightly(tmp_path, NOW)
    (tmp_path / FILE_NAME).unlink()
    with Store.open(tmp_path, check=True) as store:
        assert store.events.page().rows[0].text.startswith("The store was missing: it was restored")
    assert blocked(tmp_path) == {ANN}


def test_a_good_store_passes_the_check_unchanged(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    nightly(tmp_path, NOW)
    with Store.open(tmp_path, check=True) as store:
        assert [event.kind for event in store.events.page().rows] == ["list"]
    assert beside(tmp_path, "*damaged*") == []


def test_a_restore_keeps_what_it_replaced_and_open_stores_see_it_as_one_change(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as running:
        running.backup_to(tmp_path / "copy.db")
        running.lists.block_caller(BOB, by="page", now=NOW)
        before = (running.data_version(), running.household_version())
        kept = restore(tmp_path, tmp_path / "copy.db", NOW)
        assert kept == tmp_path / "quietline.db.before-restore-20260304-123015"
        assert {entry.value for entry in running.lists.page(ListName.BLOCK).rows} == {ANN}
        assert running.data_version() != before[0]
        assert running.household_version() > before[1]
        assert not running.replaced()
        assert running.events.page().rows[0].text == "The store was restored from copy.db."
        running.lists.block_caller("+12125550103", by="page", now=NOW)  # and it goes on
        assert running.damage() == ""
    assert blocked(tmp_path) == {ANN, "+12125550103"}
    # What was replaced is a backup like any other: restoring it takes the restore back.
    again = restore(tmp_path, kept, NOW)
    assert again != kept
    assert blocked(tmp_path) == {ANN, BOB}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_the_store_stays(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as store:
        store.backup_to(tmp_path / "copy.db")
    damage(tmp_path / "copy.db")
    filled(tmp_path, BOB)
    with pytest.raises(StoreError):
        restore(tmp_path, tmp_path / "copy.db", NOW)
    assert blocked(tmp_path) == {ANN, BOB}
    assert beside(tmp_path, "*before-restore*") == []
    assert beside(tmp_path, ".*") == []


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    letter = tmp_path / "letter"
    letter.write_text("to my aunt")
    (tmp_path / "empty.db").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "bookmarks.db")) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    for name in ("letter", "empty.db", "bookmarks.db"):
        with pytest.raises(StoreError):
            restore(tmp_path, tmp_path / name, NOW)
    with pytest.raises(InvalidValue, match="There is no file"):
        restore(tmp_path, tmp_path / "none.db", NOW)
    assert blocked(tmp_path) == {ANN}


@pytest.mark.parametrize(
    "addition",
    [
        "CREATE TRIGGER guest AFTER INSERT ON call BEGIN DELETE FROM entry; END",
        "CREATE VIEW guest AS SELECT secret_key FROM account",
        "CREATE TABLE guest (a)",
        "DROP TABLE event",
        "DROP TRIGGER entry_added",
    ],
)
def test_a_backup_with_other_tables_or_triggers_is_refused(tmp_path: Path, addition: str) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as store:
        store.backup_to(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as guest:
        guest.execute(addition)
    with pytest.raises(StoreError, match="other tables or triggers"):
        restore(tmp_path, tmp_path / "copy.db", NOW)
    assert blocked(tmp_path) == {ANN}
    assert beside(tmp_path, ".*") == []


def test_a_list_imported_in_bulk_makes_a_backup_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.store.bulk.REBUILD_ROWS", 1)  # which takes the triggers off and puts them back
    (tmp_path / "list.csv").write_text(f"number\n{ANN}\n")
    with Store.open(tmp_path) as store:
        store.lists.import_csv(ListName.BLOCK, tmp_path / "list.csv", country="US", source="command", now=NOW)
        store.backup_to(tmp_path / "copy.db")
    restore(tmp_path / "other", tmp_path / "copy.db", NOW)
    assert blocked(tmp_path / "other") == {ANN}


def test_a_backup_of_a_newer_version_is_refused_and_not_changed(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as store:
        store.backup_to(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(StoreTooNew):
        restore(tmp_path, tmp_path / "copy.db", NOW)
    assert (tmp_path / "copy.db").read_bytes() == before
    assert blocked(tmp_path) == {ANN}


def test_a_backup_restores_over_a_damaged_store(tmp_path: Path) -> None:
    filled(tmp_path, ANN)
    with Store.open(tmp_path) as store:
        store.backup_to(tmp_path / "copy.db")
    without_head(tmp_path / FILE_NAME)
    restore(tmp_path, tmp_path / "copy.db", NOW)
    assert blocked(tmp_path) == {ANN}
