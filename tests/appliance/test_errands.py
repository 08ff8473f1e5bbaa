"""Errands on a real store: done in order in a thread of their own, answered in the owner's, refusals told."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.errands import ErrandDone, Errands
from appliance.errors import InvalidValue
from appliance.store import Store, restore

NOW = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)


class Owner:
    """The thread that owns the state: takes what is posted, one at a time."""

    def __init__(self) -> None:
        self.posted: SimpleQueue[ErrandDone] = SimpleQueue()

    def follow(self, times: int = 1) -> None:
        for _ in range(times):
            self.posted.get(timeout=10).follow()


@pytest.fixture
def owner() -> Owner:
    return Owner()


@pytest.fixture
def errands(tmp_path: Path, owner: Owner) -> Iterator[Errands]:
    errands = Errands(tmp_path, owner.posted.put)
    yield errands
    errands.close(10)


def refused(sentence: str) -> None:
    raise AssertionError(sentence)


def test_the_answer_comes_back_in_the_owners_thread(errands: Errands, owner: Owner) -> None:
    threads: list[threading.Thread] = []
    answers: list[str] = []

    def work(store: Store) -> str:
        threads.append(threading.current_thread())
        return store.settings.get("mode")

    errands.send(work, answers.append, refused)
    owner.follow()
    assert answers == ["on"]
    assert threads != [threading.current_thread()]


def test_errands_are_done_in_the_order_they_were_sent(errands: Errands, owner: Owner) -> None:
    done: list[int] = []
    for number in range(20):
        errands.send(lambda _, number=number: number, done.append, refused)  # type: ignore[misc]  # bound per turn
    owner.follow(20)
    assert done == list(range(20))


def test_a_refusal_of_the_store_is_told_as_its_sentence_and_the_next_errand_is_done(
    errands: Errands, owner: Owner
) -> None:
    told: list[str] = []
    errands.send(lambda store: store.settings.set("mode", "loud", by="page", now=NOW), lambda _: None, told.append)
    errands.send(lambda store: store.settings.get("mode"), told.append, refused)
    owner.follow(2)
    assert told[0].startswith("mode cannot be 'loud'")
    assert told[1] == "on"


def test_after_a_restore_the_new_store_is_written(tmp_path: Path, errands: Errands, owner: Owner) -> None:
    data, copy = tmp_path, tmp_path / "copy.db"
    errands.send(lambda store: store.backup_to(copy), lambda _: None, refused)
    owner.follow()
    errands.send(_block("+12125550123"), lambda _: None, refused)
    owner.follow()
    restore(data, copy)
    errands.send(_block("+12125550144"), lambda _: None, refused)
    owner.follow()
    with Store.open(data) as store:
        assert store.lists.find(ListName.BLOCK, EntryKind.EXACT, "+12125550123") is None
        assert store.lists.find(ListName.BLOCK, EntryKind.EXACT, "+12125550144") is not None


def test_a_folder_that_cannot_be_used_is_told_and_tried_again(tmp_path: Path, owner: Owner) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file where the folder should be")
    errands = Errands(folder, owner.posted.put)
    told: list[str] = []
    errands.send(lambda store: store.settings.get("mode"), told.append, lambda sentence: told.append("no: " + sentence))
    owner.follow()
    folder.unlink()
    errands.send(lambda store: store.settings.get("mode"), told.append, refused)
    owner.follow()
    errands.close(10)
    assert told[0].startswith("no: ")
    assert told[1:] == ["on"]


def test_closing_finishes_what_was_asked(tmp_path: Path, owner: Owner) -> None:
    errands = Errands(tmp_path, owner.posted.put)
    errands.send(_block("+12125550123"), lambda _: None, refused)
    errands.close(10)
    with Store.open(tmp_path) as store:
        assert store.lists.find(ListName.BLOCK, EntryKind.EXACT, "+12125550123") is not None


def test_a_mistake_in_an_answer_belongs_to_its_owner(errands: Errands, owner: Owner) -> None:
    def oops(_: str) -> None:
        raise InvalidValue("of the owner")

    errands.send(lambda store: store.settings.get("mode"), oops, refused)
    with pytest.raises(InvalidValue, match="of the owner"):
        owner.follow()


def _block(number: str):  # type: ignore[no-untyped-def]  # the type is that of Errands.send
    return lambda store: store.lists.block_caller(number, by="button", now=NOW)


def test_a_change_that_meets_a_busy_store_is_made_when_the_store_is_free(
    errands: Errands, owner: Owner, tmp_path: Path
) -> None:
    done: list[str] = []
    with Store.open(tmp_path) as import_of_a_million:
        with import_of_a_million.writing():
            errands.send(lambda store: store.settings.set("mode", "off", by="page", now=NOW), done.append, refused)
            with pytest.raises(Empty):  # longer than one try waits for the lock
                owner.posted.get(timeout=6.0)
        owner.follow()
        assert done == ["on"]  # the value before
        assert import_of_a_million.settings.get("mode") == "off"


def test_a_mistake_of_our_own_in_one_errand_does_not_keep_the_next_from_being_done(
    errands: Errands, owner: Owner
) -> None:
    told: list[str] = []

    def mistaken(_: Store) -> str:
        return dict[str, str]()["a key that is not there"]

    errands.send(mistaken, refused, told.append)
    errands.send(lambda store: store.settings.get("mode"), told.append, refused)
    owner.follow(2)
    assert told == ["Quietline met a fault of its own; the log says more.", "on"]
