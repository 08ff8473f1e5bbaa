"""Events: in the order they happened."""

from appliance.store import EventRow, Store
from tests.store.rows import NOW, later


def test_an_event_comes_back_as_it_was_told(store: Store) -> None:
    told = store.events.add("button", NOW, text="Block was pressed.", line="main", who="button", call_uid="u1")
    assert store.events.page().rows == (told,)
    assert told.id > 0


def test_pages_are_newest_first_and_may_keep_one_kind(store: Store) -> None:
    for count in range(6):
        store.events.add("fault" if count % 2 else "modem", NOW, text=f"event {count}")
    first = store.events.page(limit=4)
    rest = store.events.page(first.next_cursor, limit=4)
    assert [event.text[-1] for event in first.rows + rest.rows] == list("543210")
    assert rest.next_cursor is None
    assert [event.text[-1] for event in store.events.page(kind="fault").rows] == list("531")


def test_what_happened_about_one_call_is_told_oldest_first(store: Store) -> None:
    for text, uid in (("one", "u1"), ("two", "u2"), ("three", "u1")):
        store.events.add("button", NOW, text=text, call_uid=uid)
    assert [event.text for event in store.events.of_call("u1")] == ["one", "three"]


def test_a_text_that_cannot_be_stored_is_stored_as_near_as_can_be(store: Store) -> None:
    told = store.events.put(EventRow("warning", NOW, "x\0\ud800" + "y" * 1000))
    assert told.text == "x\ufffd\ufffd" + "y" * 497
    assert store.events.page().rows == (told,)


def test_old_events_can_be_forgotten(store: Store) -> None:
    store.events.add("modem", later(days=-400), text="old")
    store.events.add("modem", NOW, text="new")
    assert store.events.prune(later(days=-365)) == 1
    assert [event.text for event in store.events.page().rows] == ["new"]
