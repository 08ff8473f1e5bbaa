"""The password, the sessions' key, and failed sign-ins."""

from pathlib import Path

from appliance.store import Store, accounts
from tests.store.rows import NOW, later


def test_a_new_password_ends_the_sessions_of_the_old_one(store: Store) -> None:
    assert (store.accounts.password_hash(), store.accounts.session_version()) == (None, 0)
    first = store.accounts.set_password_hash("hash-1", by="page", now=NOW)
    second = store.accounts.set_password_hash("hash-2", by="page", now=NOW)
    assert store.accounts.password_hash() == "hash-2"
    assert store.accounts.session_version() == second > first


def test_the_first_password_is_set_by_one_browser_only(store: Store) -> None:
    assert store.accounts.set_first_password_hash("hash-1", by="page", now=NOW)
    assert not store.accounts.set_first_password_hash("hash-2", by="page", now=NOW)
    assert store.accounts.password_hash() == "hash-1"


def test_a_removed_password_ends_every_session_and_may_be_set_anew(store: Store) -> None:
    before = store.accounts.set_password_hash("hash-1", by="page", now=NOW)
    store.accounts.remove_password(by="command", now=NOW)
    assert store.accounts.password_hash() is None
    assert store.accounts.session_version() > before
    assert store.accounts.set_first_password_hash("hash-2", by="page", now=NOW)


def test_a_password_is_told_as_an_event_that_holds_no_part_of_it(store: Store) -> None:
    store.accounts.set_password_hash("hash-1", by="page", now=NOW)
    assert [event.text for event in store.events.page().rows] == ["The password was set."]


def test_the_key_is_made_once_and_is_the_same_for_everyone(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path) as other:
        key = other.accounts.secret_key()
        assert store.accounts.secret_key() == key
        other.accounts.set_password_hash("hash", by="page", now=NOW)
    assert len(key) == 32
    assert store.accounts.secret_key() == key


def test_failures_are_counted_by_source_and_since(store: Store) -> None:
    for minutes, source in ((0, "192.0.2.1"), (1, "192.0.2.1"), (2, "192.0.2.2")):
        store.accounts.record_failure(source, later(minutes=minutes))
    assert store.accounts.failures(NOW, "192.0.2.1") == (2, later(minutes=1))
    assert store.accounts.failures(later(seconds=1)) == (2, later(minutes=2))
    store.accounts.clear_failures("192.0.2.1")
    assert store.accounts.failures(NOW) == (1, later(minutes=2))
    assert store.accounts.failures(NOW, "192.0.2.1") == (0, None)


def test_old_failures_go_by_themselves(store: Store) -> None:
    store.accounts.record_failure("192.0.2.1", NOW)
    store.accounts.record_failure("192.0.2.1", NOW + 2 * accounts.FAILURES_KEPT)
    assert store.accounts.failures(NOW)[0] == 1


def test_a_flood_of_failures_fills_no_disk(store: Store) -> None:
    with store.writing():
        for count in range(accounts.FAILURES_LIMIT + 50):
            store.accounts.record_failure(f"2001:db8::{count:x}", NOW)
    assert store.accounts.failures(NOW)[0] == accounts.FAILURES_LIMIT
