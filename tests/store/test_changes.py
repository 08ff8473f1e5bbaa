"""Undo: exactly what was before, or a refusal that says why."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store import Store
from tests.store.rows import ANN, BOB, NOW, later

BLOCK, PERMIT, CONTACT = ListName.BLOCK, ListName.PERMIT, ListName.CONTACT
BY_WORD = {"block": BLOCK, "permit": PERMIT, "contact": CONTACT}
EXACT = EntryKind.EXACT


def test_an_undone_removal_is_the_same_entry_again(store: Store) -> None:
    entry = store.lists.add(BLOCK, EXACT, ANN, label="Ann", note="n", source="page", now=NOW).entry
    assert entry is not None
    change = store.lists.remove(entry.id, NOW, "page")
    assert (change.what, change.entry) == ("removed", entry)
    undone = store.lists.undo(change.id, NOW, "page")
    assert (undone.what, undone.entry) == ("undone", entry)
    assert store.lists.get(entry.id) == entry


def test_an_undone_update_is_as_before(store: Store) -> None:
    entry = store.lists.add(BLOCK, EXACT, ANN, label="Ann", source="page", now=NOW).entry
    assert entry is not None
    change = store.lists.update(entry.id, value=BOB, label="Bob", expires_at=later(days=1), now=NOW, by="page")
    store.lists.undo(change.id, NOW, "page")
    assert store.lists.exact(ANN) == (entry,)
    assert store.lists.exact(BOB) == ()


def test_a_change_is_undone_once(store: Store) -> None:
    change = store.lists.block_caller(ANN, by="button", now=NOW, call_uid="call-1")
    undone = store.lists.undo(change.id, NOW, "button")
    with pytest.raises(InvalidValue, match="undone already"):
        store.lists.undo(change.id, NOW, "button")
    with pytest.raises(InvalidValue, match="was an undo itself"):
        store.lists.undo(undone.id, NOW, "button")
    assert store.lists.latest_change("call-1") is None


def test_what_changed_since_is_not_overwritten_by_an_undo(store: Store) -> None:
    change = store.lists.block_caller(ANN, by="button", now=NOW)
    assert change.entry is not None
    noted = store.lists.update(change.entry.id, note="rang six times", now=NOW, by="page").entry
    with pytest.raises(InvalidValue, match="has been changed on the lists since"):
        store.lists.undo(change.id, NOW, "button")
    assert store.lists.exact(ANN) == (noted,)


def test_a_removal_is_not_undone_over_a_new_entry_of_the_same_number(store: Store) -> None:
    entry = store.lists.add(BLOCK, EXACT, ANN, source="page", now=NOW).entry
    assert entry is not None
    removal = store.lists.remove(entry.id, NOW, "page")
    again = store.lists.add(BLOCK, EXACT, ANN, source="command", now=NOW).entry
    with pytest.raises(InvalidValue, match="has been changed on the lists since"):
        store.lists.undo(removal.id, NOW, "page")
    assert store.lists.exact(ANN) == (again,)


def test_an_undo_that_fails_half_way_changes_nothing(store: Store) -> None:
    store.lists.permit_caller(ANN, by="page", now=NOW, label="Ann")
    change = store.lists.block_caller(ANN, by="button", now=NOW)
    # Permitted again by hand: putting the old permit back would clash, and the block must then stay too.
    store.lists.add(PERMIT, EXACT, ANN, source="page", now=NOW)
    before = store.lists.exact(ANN)
    with pytest.raises(InvalidValue):
        store.lists.undo(change.id, NOW, "button")
    assert store.lists.exact(ANN) == before


def test_there_is_nothing_to_undo_about_what_never_was(store: Store) -> None:
    with pytest.raises(NotFound):
        store.lists.undo(7, NOW, "page")


def test_forgotten_changes_cannot_be_undone_any_more(store: Store) -> None:
    old = store.lists.block_caller(ANN, by="button", now=later(days=-100))
    new = store.lists.block_caller(BOB, by="button", now=NOW)
    assert store.lists.changes.prune(later(days=-90)) == 1
    with pytest.raises(NotFound):
        store.lists.undo(old.id, NOW, "page")
    store.lists.undo(new.id, NOW, "page")
    assert [entry.value for entry in store.lists.page(BLOCK).rows] == [ANN]


NUMBERS = st.sampled_from([ANN, BOB, "+12125550103"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("block"), NUMBERS),
        st.tuples(st.just("permit"), NUMBERS),
        st.tuples(st.sampled_from([f"{what}-{word}" for what in ("add", "remove") for word in BY_WORD]), NUMBERS),
        st.tuples(st.just("undo"), st.integers(0, 5)),
    ),
    max_size=25,
)
Model = dict[tuple[ListName, str], Entry]


def kept(store: Store) -> Model:
    pages = (store.lists.page(name).rows for name in ListName)
    return {(entry.list, entry.value): entry for page in pages for entry in page}


def expected(model: Model, step: str, number: str) -> set[tuple[ListName, str]]:
    """Which entries stand after a step, by the plainest reading of what the step means."""
    wanted = BY_WORD[step.rpartition("-")[2]]
    if step.startswith("remove"):
        return set(model) - {(wanted, number)}
    contrary = {"block": {(PERMIT, number), (CONTACT, number)}, "permit": {(BLOCK, number)}}
    return (set(model) | {(wanted, number)}) - contrary.get(step, set())


def perform(store: Store, step: str, number: str, model: Model) -> int:
    wanted = BY_WORD[step.rpartition("-")[2]]
    if step.startswith("remove"):
        entry = model.get((wanted, number))
        return store.lists.remove(entry.id, NOW, "page").id if entry else 0
    if step.startswith("add"):
        return store.lists.add(wanted, EXACT, number, source="page", now=NOW).id
    deed = store.lists.permit_caller if wanted is PERMIT else store.lists.block_caller
    return deed(number, by="button", now=NOW).id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(steps=STEPS)
def test_any_sequence_of_changes_leaves_the_lists_as_a_plain_model_has_them(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | int]]
) -> None:
    with Store.open(tmp_path_factory.mktemp("model")) as store:
        done: list[tuple[int, Model]] = []  # changes that can be undone, each with the lists before it
        model: Model = {}
        for step, what in steps:
            if isinstance(what, int):
                if done:
                    # Only the newest is sure to be undoable; it must restore the very rows, ids and times included.
                    change, model = done.pop()
                    store.lists.undo(change, NOW, "page")
            else:
                before, standing = model, expected(model, step, what)
                change = perform(store, step, what, model)
                model = kept(store)
                assert set(model) == standing
                if change:
                    done.append((change, before))
            assert kept(store) == model
            assert store.lists.count(BLOCK) == sum(entry.list is BLOCK for entry in model.values())
