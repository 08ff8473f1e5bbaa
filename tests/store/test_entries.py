"""What an entry may hold beside its value: hours, VIPs, and an end where nobody made it by hand."""

from datetime import timedelta
from pathlib import Path

import pytest

from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store import Change, Store
from tests.store.rows import ANN, BOB, NOW, later

BLOCK, PERMIT, CONTACT = ListName.BLOCK, ListName.PERMIT, ListName.CONTACT
EXACT = EntryKind.EXACT
RULE = "auto:ping_caller"


def entry_of(change: Change) -> Entry:
    assert change.entry is not None
    return change.entry


def blocked_by_rule(store: Store, days: float = 30) -> Entry:
    return entry_of(store.lists.add(BLOCK, EXACT, ANN, source=RULE, expires_at=later(days=days), now=NOW))


def test_hours_are_kept_in_one_form_and_vips_stay(store: Store) -> None:
    entry = entry_of(
        store.lists.add(CONTACT, EXACT, ANN, source="page", hours="Monday to Friday 8 - 17", vip=True, now=NOW)
    )
    assert (entry.hours, entry.vip) == ("mon-fri 08:00-17:00", True)
    assert store.lists.get(entry.id) == entry
    again = entry_of(store.lists.add(CONTACT, EXACT, ANN, source="page", now=NOW))
    assert (again.hours, again.vip) == ("", True)


def test_an_update_of_hours_and_vip_can_be_undone(store: Store) -> None:
    before = entry_of(store.lists.add(PERMIT, EXACT, ANN, source="page", hours="sat 9-12", vip=True, now=NOW))
    change = store.lists.update(before.id, hours="", vip=False, now=NOW, by="page")
    assert (entry_of(change).hours, entry_of(change).vip) == ("", False)
    kept = entry_of(store.lists.update(before.id, note="n", now=NOW, by="page"))
    assert (kept.hours, kept.vip) == ("", False)
    store.lists.update(before.id, note="", now=NOW, by="page")
    store.lists.undo(change.id, NOW, "page")
    assert store.lists.get(before.id) == before


@pytest.mark.parametrize("hours", ["sometimes", "mon 25-26", "\0", "x" * 5_000, "mon-fri 8-17; " * 500])
def test_hours_nobody_can_read_are_refused_with_a_sentence(store: Store, hours: str) -> None:
    entry = entry_of(store.lists.add(PERMIT, EXACT, BOB, source="page", now=NOW))
    with pytest.raises(InvalidValue, match=r"\.$"):
        store.lists.add(PERMIT, EXACT, ANN, source="page", hours=hours, now=NOW)
    with pytest.raises(InvalidValue, match=r"\.$"):
        store.lists.update(entry.id, hours=hours, now=NOW, by="page")
    assert store.lists.page(PERMIT).rows == (entry,)


@pytest.mark.parametrize("expires_at", [None, later(days=90, seconds=1), later(days=36_500)])
def test_what_a_rule_puts_on_a_list_ends_within_ninety_days(store: Store, expires_at: object) -> None:
    with pytest.raises(InvalidValue, match="must end within 90 days"):
        store.lists.add(BLOCK, EXACT, ANN, source=RULE, expires_at=expires_at, now=NOW)  # type: ignore[arg-type]
    assert blocked_by_rule(store, days=90).source == RULE


def test_the_table_itself_holds_nothing_automatic_for_ever(store: Store) -> None:
    entry = blocked_by_rule(store)
    with pytest.raises(Exception, match="CHECK constraint failed"):
        store._database.run("UPDATE entry SET expires_at = NULL WHERE id = ?", (entry.id,))


def test_a_person_who_keeps_an_automatic_entry_makes_it_lasting_and_is_its_source(store: Store) -> None:
    entry = blocked_by_rule(store)
    change = store.lists.keep(entry.id, "page", NOW)
    assert (entry_of(change).source, entry_of(change).expires_at) == ("page", None)
    store.lists.undo(change.id, NOW, "page")
    assert store.lists.get(entry.id) == entry
    with pytest.raises(InvalidValue):
        store.lists.keep(entry.id, RULE, NOW)
    with pytest.raises(NotFound):
        store.lists.keep(entry.id + 1, "page", NOW)


def test_a_person_who_notes_something_on_an_automatic_entry_does_not_keep_it(store: Store) -> None:
    entry = blocked_by_rule(store)
    noted = entry_of(store.lists.update(entry.id, note="rang twice", now=NOW, by="page"))
    assert (noted.source, noted.expires_at) == (RULE, entry.expires_at)
    dated = entry_of(store.lists.update(entry.id, expires_at=later(days=500), now=NOW, by="page"))
    assert (dated.source, dated.expires_at) == ("page", later(days=500))


def test_a_rule_never_shortens_what_a_person_made(store: Store) -> None:
    mine = entry_of(store.lists.add(BLOCK, EXACT, ANN, label="Ann", source="page", now=NOW))
    change = store.lists.add(BLOCK, EXACT, ANN, source=RULE, expires_at=later(days=1), now=NOW)
    assert (change.what, store.lists.get(mine.id)) == ("unchanged", mine)


def test_a_rule_may_lengthen_its_own_entry_and_take_over_one_that_has_run_out(store: Store) -> None:
    blocked_by_rule(store, days=30)
    shorter = entry_of(store.lists.add(BLOCK, EXACT, ANN, source=RULE, expires_at=later(days=2), now=NOW))
    longer = entry_of(store.lists.add(BLOCK, EXACT, ANN, source=RULE, expires_at=later(days=60), now=NOW))
    assert (shorter.expires_at, longer.expires_at) == (later(days=30), later(days=60))
    store.lists.add(BLOCK, EXACT, BOB, source="page", expires_at=later(days=-1), now=later(days=-9))
    over = entry_of(store.lists.add(BLOCK, EXACT, BOB, source=RULE, expires_at=later(days=2), now=NOW))
    assert (over.source, over.expires_at) == (RULE, later(days=2))


def test_blocking_by_hand_what_a_rule_had_blocked_is_the_persons(store: Store) -> None:
    entry = blocked_by_rule(store)
    change = store.lists.block_caller(ANN, by="button", now=NOW)
    assert (entry_of(change).id, entry_of(change).source, entry_of(change).expires_at) == (entry.id, "button", None)


def test_blocking_a_contact_takes_the_contact_away_and_undo_brings_it_back(store: Store) -> None:
    contact = entry_of(store.lists.add(CONTACT, EXACT, ANN, label="Ann", vip=True, source="page", now=NOW))
    permit = entry_of(store.lists.add(PERMIT, EXACT, "2125550101", source="page", now=NOW))
    change = store.lists.block_caller(ANN, by="button", now=NOW, call_uid="u1", spellings=(ANN, "2125550101"))
    assert change.replaced == contact
    assert [entry.list for entry in store.lists.matching([ANN, "2125550101"])] == [BLOCK]
    store.lists.undo(change.id, NOW, "button")
    assert set(store.lists.matching([ANN, "2125550101"])) == {contact, permit}


def test_permitting_a_contact_leaves_the_contact(store: Store) -> None:
    contact = entry_of(store.lists.add(CONTACT, EXACT, ANN, source="page", now=NOW))
    store.lists.permit_caller(ANN, by="page", now=NOW)
    assert store.lists.get(contact.id) == contact


def test_who_is_close_to_a_number_is_found_among_contacts_and_permits_only(store: Store) -> None:
    for name, value in ((CONTACT, ANN), (PERMIT, BOB), (BLOCK, "+12125550103"), (CONTACT, "+121255501049")):
        store.lists.add(name, EXACT, value, source="page", now=NOW)
    assert [entry.value for entry in store.lists.near("+12125550199", 2)] == [ANN, BOB]
    assert [entry.value for entry in store.lists.near(ANN, 2)] == [BOB]
    assert store.lists.near("+12125551199", 2) == ()


def test_an_import_makes_an_automatic_entry_the_households_own(store: Store, tmp_path: Path) -> None:
    blocked_by_rule(store)
    (tmp_path / "list.csv").write_text("number\n2125550101\n")
    report = store.lists.import_csv(BLOCK, tmp_path / "list.csv", country="US", source="import:list.csv", now=NOW)
    (entry,) = store.lists.exact(ANN)
    assert (report.added, report.updated) == (0, 1)
    assert (entry.source, entry.expires_at) == ("import:list.csv", None)


def test_automatic_entries_go_when_they_have_ended(store: Store) -> None:
    blocked_by_rule(store, days=30)
    assert store.lists.prune(NOW + timedelta(days=30)) == 1
    assert store.lists.count(BLOCK) == 0
