"""The permit and block list: look-ups, pages, and each change."""

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store import Store
from tests.store.rows import ANN, BOB, NOW, later

BLOCK, PERMIT = ListName.BLOCK, ListName.PERMIT
EXACT, PREFIX, PATTERN, NAME = EntryKind.EXACT, EntryKind.PREFIX, EntryKind.PATTERN, EntryKind.NAME


def test_an_entry_is_found_as_it_was_added(store: Store) -> None:
    change = store.lists.add(
        BLOCK, EXACT, ANN, label="Ann", note="sells", source="page", expires_at=later(days=1), now=NOW
    )
    entry = change.entry
    assert entry is not None
    assert (entry.value, entry.label, entry.note, entry.source) == (ANN, "Ann", "sells", "page")
    assert (entry.created_at, entry.expires_at) == (NOW, later(days=1))
    assert store.lists.get(entry.id) == store.lists.find(BLOCK, EXACT, ANN) == entry
    assert store.lists.exact(ANN) == (entry,)
    assert store.lists.exact(BOB) == ()
    assert (change.what, change.by) == ("added", "page")


def test_what_matches_a_number_in_any_of_its_spellings_is_found_at_once_and_nothing_else(store: Store) -> None:
    for value in ("+1", "+1212", "+12125550", "+1213", "+44"):
        store.lists.add(BLOCK, PREFIX, value, source="page", now=NOW)
    store.lists.add(PERMIT, PREFIX, "+121255", source="page", now=NOW)
    store.lists.add(PERMIT, PREFIX, "2125", source="page", now=NOW)
    store.lists.add(BLOCK, EXACT, "+12", source="page", now=NOW)
    store.lists.add(BLOCK, EXACT, BOB, source="page", now=NOW)
    store.lists.add(PERMIT, EXACT, ANN, source="page", now=NOW)
    store.lists.add(BLOCK, EXACT, "2125550101", source="page", now=NOW)
    begins = ["+1", "+1212", "+121255", "+12125550"]
    assert sorted(entry.value for entry in store.lists.matching([ANN])) == [*begins, ANN]
    both = [ANN, "2125550101"]
    assert sorted(entry.value for entry in store.lists.matching(both)) == [*begins, ANN, "2125", "2125550101"]
    assert store.lists.matching([]) == ()
    assert store.lists.prefix_sizes() == {2, 3, 4, 5, 7, 9}
    assert sorted(entry.value for entry in store.lists.matching([ANN], {2, 9, 50})) == ["+1", "+12125550", ANN]


def test_patterns_and_names_are_told_apart(store: Store) -> None:
    store.lists.add(BLOCK, PATTERN, "+1212555????", source="page", now=NOW)
    store.lists.add(PERMIT, NAME, "ANN *", source="page", now=NOW)
    assert [entry.value for entry in store.lists.patterns()] == ["+1212555????"]
    assert [entry.value for entry in store.lists.names()] == ["ANN *"]


def test_what_was_called_is_kept_apart_from_who_calls_and_reaches_every_household(store: Store) -> None:
    store.lists.add(BLOCK, EXACT, ANN, source="page", now=NOW)
    store.lists.add(BLOCK, EntryKind.DIALLED, ANN, source="page", now=NOW)
    store.lists.add(PERMIT, EntryKind.RING, "B", source="page", now=NOW)
    assert [entry.kind for entry in store.lists.exact(ANN)] == [EXACT]
    household = store.settings.household("US", "")
    assert [entry.value for entry in household.dialled] == [ANN]
    assert [entry.value for entry in household.rings] == ["B"]
    assert [*household.patterns, *household.names] == []


@pytest.mark.parametrize("text", ["", "x' OR '1'='1", '"; DROP TABLE entry; --', "\0", "\ud800", "+1" * 5000])
def test_what_a_caller_shows_is_only_ever_compared(store: Store, text: str) -> None:
    store.lists.add(BLOCK, EXACT, ANN, source="page", now=NOW)
    assert store.lists.exact(text) == ()
    assert store.lists.matching([text]) == ()
    assert store.lists.count(BLOCK) == 1


def test_adding_again_keeps_what_is_known_and_takes_what_is_new(store: Store) -> None:
    first = store.lists.add(BLOCK, EXACT, ANN, label="Ann", note="old", source="page", now=NOW).entry
    change = store.lists.add(BLOCK, EXACT, ANN, note="new", source="command", now=later(hours=1))
    assert first is not None
    assert change.entry is not None
    assert (change.what, change.entry.id) == ("updated", first.id)
    assert (change.entry.label, change.entry.note, change.entry.source) == ("Ann", "new", "page")


def test_adding_the_same_again_is_no_change_and_no_event(store: Store) -> None:
    store.lists.add(BLOCK, EXACT, ANN, label="Ann", source="page", now=NOW)
    events = store.events.page().rows
    version = store.household_version()
    change = store.lists.add(BLOCK, EXACT, ANN, label="Ann", source="page", now=later(hours=1))
    assert (change.id, change.what) == (0, "unchanged")
    assert store.events.page().rows == events
    assert store.household_version() == version


def test_an_update_changes_what_is_given_and_nothing_else(store: Store) -> None:
    entry = store.lists.add(
        BLOCK, EXACT, ANN, label="Ann", note="sells", source="page", expires_at=later(days=1), now=NOW
    ).entry
    assert entry is not None
    changed = store.lists.update(entry.id, label="Anne", now=NOW, by="page").entry
    assert changed is not None
    assert (changed.label, changed.note, changed.expires_at) == ("Anne", "sells", later(days=1))
    forever = store.lists.update(entry.id, expires_at=None, now=NOW, by="page").entry
    assert forever is not None
    assert forever.expires_at is None


def test_an_update_cannot_make_an_entry_twice(store: Store) -> None:
    store.lists.add(BLOCK, EXACT, ANN, source="page", now=NOW)
    entry = store.lists.add(BLOCK, EXACT, BOB, source="page", now=NOW).entry
    assert entry is not None
    with pytest.raises(InvalidValue, match="is on the block list already"):
        store.lists.update(entry.id, value=ANN, now=NOW, by="page")
    assert store.lists.get(entry.id) == entry


def test_what_is_gone_cannot_be_changed(store: Store) -> None:
    entry = store.lists.add(BLOCK, EXACT, ANN, source="page", now=NOW).entry
    assert entry is not None
    store.lists.remove(entry.id, NOW, "page")
    for attempt in (store.lists.get, lambda number: store.lists.remove(number, NOW, "page")):
        with pytest.raises(NotFound):
            attempt(entry.id)
    with pytest.raises(NotFound):
        store.lists.update(entry.id, label="x", now=NOW, by="page")


@pytest.mark.parametrize(
    ("value", "label", "note"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("+1\n2", "", ""),
        ("1" * 101, "", ""),
        ("1", "x" * 201, ""),
        ("1", "", "x" * 2001),
    ],
)
def test_an_entry_nobody_could_read_is_refused(store: Store, value: str, label: str, note: str) -> None:
    with pytest.raises(InvalidValue):
        store.lists.add(BLOCK, EXACT, value, label=label, note=note, source="page", now=NOW)
    assert store.lists.count(BLOCK) == 0
    assert store.events.page().rows == ()


def test_blocking_a_permitted_caller_moves_the_number_in_one_change(store: Store) -> None:
    permit = store.lists.permit_caller(ANN, by="page", now=NOW, label="Ann").entry
    change = store.lists.block_caller(ANN, by="button", now=later(minutes=1), call_uid="call-1", label="ANN")
    assert (change.what, change.replaced) == ("added", permit)
    assert [entry.list for entry in store.lists.exact(ANN)] == [BLOCK]
    assert store.lists.latest_change("call-1") == change
    assert (store.lists.count(BLOCK), store.lists.count(PERMIT)) == (1, 0)


def test_permitting_a_blocked_caller_takes_the_block_away_and_undo_brings_it_back(store: Store) -> None:
    block = store.lists.add(BLOCK, EXACT, ANN, label="Ann", note="sells", source="page", now=NOW).entry
    change = store.lists.permit_caller(ANN, by="button", now=later(minutes=1))
    store.lists.undo(change.id, later(minutes=2), "button")
    assert store.lists.exact(ANN) == (block,)


def test_blocking_takes_away_a_permit_under_another_spelling(store: Store) -> None:
    permit = store.lists.add(PERMIT, EXACT, "2125550101", source="page", now=NOW).entry
    change = store.lists.block_caller(ANN, by="button", now=NOW, spellings=(ANN, "2125550101"))
    assert store.lists.exact("2125550101") == ()
    store.lists.undo(change.id, NOW, "button")
    assert store.lists.exact("2125550101") == (permit,)
    assert store.lists.exact(ANN) == ()


def test_blocking_a_number_that_was_blocked_for_a_while_blocks_it_for_good(store: Store) -> None:
    store.lists.add(BLOCK, EXACT, ANN, source="page", expires_at=later(hours=-1), now=later(days=-1))
    change = store.lists.block_caller(ANN, by="button", now=NOW)
    assert change.entry is not None
    assert (change.what, change.entry.expires_at) == ("updated", None)


def test_blocking_twice_says_that_nothing_changed(store: Store) -> None:
    store.lists.block_caller(ANN, by="button", now=NOW, call_uid="call-1")
    again = store.lists.block_caller(ANN, by="button", now=NOW, call_uid="call-2")
    assert (again.what, again.id) == ("unchanged", 0)
    assert store.lists.latest_change("call-2") is None


def test_a_callers_name_that_is_too_long_is_cut_not_refused(store: Store) -> None:
    entry = store.lists.block_caller(ANN, by="button", now=NOW, label="A\0\ud800" + "x" * 500).entry
    assert entry is not None
    assert entry.label.startswith("A\ufffd\ufffdxxx")
    assert len(entry.label) == 200


def test_every_change_is_told_as_an_event_with_who_did_it(store: Store) -> None:
    change = store.lists.block_caller(ANN, by="button", now=NOW, call_uid="call-1", label="Ann")
    store.lists.undo(change.id, NOW, "page")
    told = [(event.kind, event.who, event.call_uid, event.text) for event in store.events.page().rows]
    assert told == [
        ("list", "page", "call-1", "The last change of Ann on the block list was undone."),
        ("list", "button", "call-1", "Ann was added to the block list."),
    ]


def test_pages_hold_every_entry_once_newest_first(store: Store) -> None:
    for count in range(25):
        store.lists.add(BLOCK, EXACT, f"+121255501{count:02}", source="page", now=NOW)
        store.lists.add(PERMIT, EXACT, f"+121355501{count:02}", source="page", now=NOW)
    seen: list[str] = []
    cursor = None
    while True:
        page = store.lists.page(BLOCK, before=cursor, limit=10)
        seen += [entry.value for entry in page.rows]
        if (cursor := page.next_cursor) is None:
            break
    assert seen == [f"+121255501{count:02}" for count in reversed(range(25))]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("(212) 555-0101", [ANN]),
        ("555 01", [BOB, ANN]),
        ("02", [BOB]),
        ("o'br", [BOB]),
        ("CAFÉ", [ANN]),
        ("100%", [BOB]),
        ("_", []),
        ('"', []),
        ("* OR *", []),
        ("  ", [BOB, ANN]),
    ],
)
def test_a_search_finds_parts_of_numbers_names_and_notes(store: Store, search: str, found: list[str]) -> None:
    store.lists.add(BLOCK, EXACT, ANN, label="Ann", note="café sales", source="page", now=NOW)
    store.lists.add(BLOCK, EXACT, BOB, label="Bob O'Brien", note="100% sure", source="page", now=NOW)
    store.lists.add(PERMIT, EXACT, "+12125550199", label="Café O'Brien 100%", source="page", now=NOW)
    assert [entry.value for entry in store.lists.page(BLOCK, search=search).rows] == found


def test_expired_entries_are_pruned_with_one_event_and_the_others_stay(store: Store) -> None:
    store.lists.add(BLOCK, EXACT, ANN, source="page", expires_at=NOW, now=later(days=-1))
    store.lists.add(PERMIT, EXACT, BOB, source="page", expires_at=later(seconds=1), now=NOW)
    store.lists.add(BLOCK, PREFIX, "+1900", source="page", now=NOW)
    version = store.household_version()
    assert store.lists.prune(NOW) == 1
    assert store.household_version() > version
    assert (store.lists.count(BLOCK), store.lists.count(PERMIT)) == (1, 1)
    assert store.events.page().rows[0].text == "1 expired entries were removed from the lists."
    assert store.lists.prune(NOW) == 0
