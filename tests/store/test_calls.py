"""The call log: one row per call, pages and searches that cost the same at any size."""

from dataclasses import replace

import pytest

from appliance.errors import NotFound
from appliance.store import CallRecord, Store, TraceLine
from appliance.store.searching import CANDIDATES
from tests.store.rows import ANN, BOB, NOW, call, later


def test_a_call_comes_back_as_it_was_put(store: Store) -> None:
    record = replace(
        call("u1"),
        ended_at=later(seconds=20),
        category="blocked",
        verdict="block",
        reason="block list",
        entry_id=7,
        treatment="drop",
        mode="rehearsal",
        outcome="would_drop",
        reported_date="03-04",
        reported_time="12:30",
        dialled="2125550199",
        dialable="2125550111",
        forwarded_by="2125550122",
        call_type="voice",
        long_distance=True,
        name_absence="private",
        ring_pattern="B",
        damaged="The check sum was wrong.",
        readable_number="2125550133",
        readable_name="ANN",
        profile="night",
        wanted="voicemail",
        handset=True,
        trace=(TraceLine("permit list", None, None, "not on it"), TraceLine("block list", "block", "blocked", "on it")),
    )
    store.calls.put(record)
    assert store.calls.get("u1") == record
    assert store.calls.page().rows == (record,)


def test_a_call_put_again_is_one_row_with_what_is_known_now(store: Store) -> None:
    store.calls.put(CallRecord("u1", "main", NOW))
    store.calls.put(call("u1"))
    ended = replace(call("u1", name="ANNE SMITH"), ended_at=later(seconds=9), outcome="rang_out", rings=3)
    store.calls.put(ended)
    assert store.calls.page().rows == (ended,)
    assert store.calls.count() == 1
    assert store.calls.page(search="anne").rows == (ended,)
    assert store.calls.page(search="ann smith").rows == ()


def test_a_call_that_never_was_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.calls.get("u1")
    assert store.calls.latest() is None


def test_the_newest_call_is_the_last_to_arrive_also_when_the_clock_was_wrong(store: Store) -> None:
    store.calls.put(call("before the network time came"))
    store.calls.put(replace(call("after"), started_at=later(days=-9000)))
    latest = store.calls.latest()
    assert latest is not None
    assert latest.uid == "after"


def test_the_latest_call_can_be_asked_by_line(store: Store) -> None:
    store.calls.put(call("u1", line="home"))
    store.calls.put(call("u2", line="office"))
    latest = store.calls.latest("home")
    assert latest is not None
    assert latest.uid == "u1"
    assert store.calls.latest("attic") is None


def test_calls_between_two_times_come_oldest_first_by_arrival_and_without_their_traces(store: Store) -> None:
    for uid, hours in (("old", -50), ("a", -2), ("clock was wrong", -9_000), ("b", -1), ("ahead", 7), ("c", 0)):
        store.calls.put(replace(call(uid), started_at=later(hours=hours)))
    found = store.calls.between(later(hours=-48), later(seconds=1))
    assert [record.uid for record in found] == ["a", "b", "c"]
    assert found[0] == replace(store.calls.get("a"), trace=())
    assert [record.uid for record in store.calls.between(later(hours=-48), later(hours=8), newest=2)] == ["ahead", "c"]
    assert store.calls.between(later(hours=9), later(hours=10)) == ()


def test_calls_of_a_killed_process_are_closed_as_interrupted_and_no_others(store: Store) -> None:
    ended = replace(call("u1"), ended_at=NOW, outcome="rang_out")
    store.calls.put(ended)
    store.calls.put(call("u2"))
    store.calls.put(call("u3", line="office"))
    assert store.calls.close_interrupted("main", later(seconds=30)) == 1
    assert store.calls.get("u1") == ended
    assert (store.calls.get("u2").outcome, store.calls.get("u2").ended_at) == ("interrupted", later(seconds=30))
    assert store.calls.get("u3").ended_at is None


def test_an_interrupted_call_never_ends_before_it_began(store: Store) -> None:
    store.calls.put(call("u1"))
    store.calls.close_interrupted("main", later(days=-1))
    assert store.calls.get("u1").ended_at == NOW


def test_pages_hold_every_call_once_newest_first_also_when_calls_come_meanwhile(store: Store) -> None:
    for count in range(25):
        store.calls.put(call(f"u{count}"))
    page = store.calls.page(limit=10)
    seen = [record.uid for record in page.rows]
    store.calls.put(call("meanwhile"))
    while page.next_cursor is not None:
        page = store.calls.page(page.next_cursor, limit=10)
        seen += [record.uid for record in page.rows]
    assert seen == [f"u{count}" for count in reversed(range(25))]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("+1 (212) 555-0101", ["u1"]),
        ("212.555.0102", ["u2"]),
        ("0102", ["u2"]),
        ("55501", ["u2", "u1"]),
        ("ann", ["u1"]),
        ("o'brien", ["u2"]),
        ('BOB "THE', ["u2"]),
        ("' UNION SELECT secret_key FROM account --", []),
        ("number:212", []),
        ("NOT ann", []),
        ("É", ["u3"]),
        ("josé", ["u3"]),
        ("%%%", []),
        ("***", []),
        ("\0\0\0", []),
        ("\ud800" * 3, []),
        ("1" * 10_000, []),
    ],
)
def test_a_search_is_part_of_a_number_or_name_and_never_an_expression(
    store: Store, search: str, found: list[str]
) -> None:
    store.calls.put(call("u1", number=ANN, name="ANN SMITH"))
    store.calls.put(call("u2", number=BOB, name='Bob "the fox" O\'Brien'))
    store.calls.put(call("u3", number=None, name="JOSÉ"))
    assert [record.uid for record in store.calls.page(search=search).rows] == found


@pytest.mark.parametrize("name", ["\0", "\ud800\udfff", "'; DROP TABLE call; --", "\x07" * 4000, "\U0001f4de", "=1+1"])
def test_no_name_keeps_a_call_from_being_stored(store: Store, name: str) -> None:
    store.calls.put(call("u1", name=name))
    assert store.calls.count() == 1
    assert store.calls.get("u1").number == ANN


def test_a_search_whose_pieces_are_everywhere_goes_on_by_its_cursor(store: Store) -> None:
    # "5555555" has one trigram, 555, which every one of these numbers holds.
    with store.writing():
        store.calls.put(call("wanted", number="+12125555555"))
        for count in range(CANDIDATES + 10):
            store.calls.put(call(f"u{count}", number=f"+1212555{count:04}"))
    first = store.calls.page(search="5555555")
    assert first.rows == ()
    rest = store.calls.page(first.next_cursor, search="5555555")
    assert ([record.uid for record in rest.rows], rest.next_cursor) == (["wanted"], None)
