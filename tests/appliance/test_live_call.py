"""One call as the line lives it, on a real store's lists: what is decided when, and the row that says so."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.core import call as core
from appliance.core.household import Category, EntryKind, Household, ListName, Mode, Treatment
from appliance.core.presses import Known
from appliance.core.screening import RULES
from appliance.live_call import LiveCall
from appliance.store import Store
from hardware.cadence import NORTH_AMERICA
from hardware.events import Absence, CallerIdReported, CallType

START = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
SELLER = CallerIdReported(number="2125550123", name="ROOF SELLERS", date="01-31", time="18:30")
FRIEND = CallerIdReported(number="2125550199", name="BRIAR QUINN")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550123", source="page", now=START)
        yield store


def household(store: Store) -> Household:
    return store.settings.household("US", "")


def ringing(report: CallerIdReported | None = None) -> LiveCall:
    call, _ = core.step(core.begin(core.Timing.of(NORTH_AMERICA), 100.0), core.Rang(), 100.0)
    if report is not None:
        call, _ = core.step(call, core.Reported(report), 103.0)
    return LiveCall("main", START, call)


def test_the_row_of_a_call_just_begun_says_only_that_it_rings() -> None:
    row = ringing().record()
    assert (row.line, row.started_at, row.rings) == ("main", START, 1)
    assert (row.ended_at, row.outcome, row.category, row.treatment, row.trace) == (None, None, None, None, ())


def test_a_listed_number_is_decided_before_its_name(store: Store) -> None:
    live = ringing()
    decided = live.decide(CallerIdReported(number="2125550123"), household(store), early=True)
    assert decided == core.Decided(Treatment.DROP, Mode.ON)
    assert live.target(101.0).known is Known.NUMBER


def test_the_row_of_a_call_that_was_decided_early_has_every_rule_in_its_trace(store: Store) -> None:
    live, home = ringing(), household(store)
    live.decide(CallerIdReported(number="2125550123"), home, early=True)
    store.lists.add(ListName.PERMIT, EntryKind.EXACT, "+12125550123", source="page", now=START)
    row = live.record()
    assert [line.rule for line in row.trace] == [rule.name for rule in RULES]
    assert [line.rule for line in row.trace if line.verdict] == ["block_list", "unknown"], (
        "as it was when it was decided"
    )
    assert row == live.record()


def test_an_early_number_is_left_open_while_a_name_could_still_save_the_caller(store: Store) -> None:
    store.lists.add(ListName.PERMIT, EntryKind.NAME, "ROOF*", source="page", now=START)
    live = ringing()
    assert live.decide(CallerIdReported(number="2125550123"), household(store), early=True) is None
    assert not live.decided
    assert live.decide(SELLER, household(store), early=False) == core.Decided(Treatment.RING, Mode.ON)


def test_the_row_tells_caller_decision_and_trace(store: Store) -> None:
    live = ringing()
    live.decide(SELLER, household(store), early=False)
    live.finish(core.Outcome.DROPPED, 112.5)
    row = live.record()
    assert (row.shown, row.number, row.name, row.region) == ("2125550123", "+12125550123", "ROOF SELLERS", "US")
    assert (row.category, row.verdict, row.reason, row.treatment) == ("blocked", "block", "block_list", "drop")
    assert (row.entry_id, row.outcome, row.mode) == (1, "dropped", "on")
    assert row.ended_at == START + timedelta(seconds=12.5)
    assert [line.rule for line in row.trace] == [rule.name for rule in RULES]
    assert next(line.saw for line in row.trace if line.verdict == "block") == "The number is on your block list."
    assert (row.profile, row.wanted, row.handset) == ("day", "drop", False)


TOLD = CallerIdReported(
    number="2125550199", dialled="2125550142", dialable="2125550133", forwarded_by="2125550111",
    name_absence=Absence.PRIVATE, call_type=CallType.RING_BACK, long_distance=True,
)  # fmt: skip  # one report


def test_the_row_keeps_what_else_was_told(store: Store) -> None:
    live = ringing(TOLD)
    live.call, _ = core.step(live.call, core.Rang("B"), 106.0)
    live.decide(TOLD, household(store), early=False)
    row = live.record()
    assert (row.dialled, row.dialable, row.forwarded_by) == ("2125550142", "2125550133", "2125550111")
    assert (row.call_type, row.long_distance, row.name_absence) == ("ring_back", True, "private")
    assert (row.ring_pattern, row.damaged) == ("B", None)


def test_what_was_called_decides_on_the_stores_lists(store: Store) -> None:
    store.lists.add(ListName.BLOCK, EntryKind.DIALLED, "5550142", source="page", now=START)
    live = ringing(TOLD)
    early = CallerIdReported(number="2125550199")
    assert live.decide(early, household(store), early=True) is None, "the number that was called may still come"
    assert live.decide(TOLD, household(store), early=False) == core.Decided(Treatment.DROP, Mode.ON)
    store.lists.add(ListName.PERMIT, EntryKind.RING, "B", source="page", now=START)
    live.call, _ = core.step(live.call, core.Rang("B"), 106.0)
    assert live.decide(TOLD, household(store), early=False) == core.Decided(Treatment.RING, Mode.ON)


def test_a_damaged_report_is_kept_and_neither_blocks_nor_permits(store: Store) -> None:
    store.lists.add(ListName.PERMIT, EntryKind.EXACT, "+12125550199", source="page", now=START)
    store.settings.set("treatment.day.no_caller_id", "drop", by="page", now=START)
    for readable, treatment in ((SELLER, Treatment.DROP), (FRIEND, Treatment.DROP)):
        live = ringing()
        live.call, _ = core.step(live.call, core.Damaged("The check sum is wrong.", readable), 103.0)
        assert live.decide(None, household(store), early=False) == core.Decided(treatment, Mode.ON)
        row = live.record()
        assert (row.category, row.reason, row.presentation) == ("no_caller_id", "damaged_caller_id", "none")
        assert (row.shown, row.number, row.name) == ("", None, None)
        assert row.damaged == "The check sum is wrong."
        assert (row.readable_number, row.readable_name) == (readable.number, readable.name)
        assert live.reported, "Caller ID does come on this line"
        assert live.target(105.0).known is Known.NO_NUMBER


def test_a_good_report_after_a_damaged_one_is_all_that_counts(store: Store) -> None:
    live = ringing()
    live.call, _ = core.step(live.call, core.Damaged("It broke.", FRIEND), 103.0)
    live.decide(None, household(store), early=False)
    live.call, _ = core.step(live.call, core.Reported(SELLER), 104.0)
    assert live.decide(SELLER, household(store), early=False) == core.Decided(Treatment.DROP, Mode.ON)
    assert live.record().damaged is None


def test_a_call_that_somebody_took_from_us_is_not_shown_as_dropped(store: Store) -> None:
    live = ringing(SELLER)
    live.decide(SELLER, household(store), early=False)
    for event in (core.Decided(Treatment.DROP, Mode.ON), core.WentOffHook(), core.HandsetLifted(), core.WentOnHook()):
        live.call, _ = core.step(live.call, event, 103.5)
    assert live.call.state is core.State.GUARDING
    assert live.record().outcome is None


def test_a_call_that_used_permit_next_keeps_it_when_it_is_decided_again(store: Store) -> None:
    until = (START + timedelta(minutes=30)).isoformat()
    store.settings.set("permit_next_until", until, by="button", now=START)
    live = ringing()
    live.decide(CallerIdReported(number="2125550123"), household(store), early=True)
    assert live.uses_permit_next
    store.settings.set("permit_next_until", "", by="line", now=START)  # used up, so no other call shall have it
    assert live.decide(SELLER, household(store), early=False) == core.Decided(Treatment.RING, Mode.ON)
    assert live.record().category == "permitted_next"
    assert ringing().decide(SELLER, household(store), early=False) == core.Decided(Treatment.DROP, Mode.ON)


def test_a_block_that_came_too_late_for_this_call_does_not_explain_it(store: Store) -> None:
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550199", source="page", now=START)
    assert live.decide_again(household(store)) == core.Decided(Treatment.DROP, Mode.ON)
    live.finish(core.Outcome.RANG_OUT, 120.0)
    assert (live.record().category, live.record().treatment) == (Category.UNKNOWN.value, "ring")


def test_a_block_in_time_explains_the_dropped_call(store: Store) -> None:
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550199", source="page", now=START)
    live.decide_again(household(store))
    live.finish(core.Outcome.DROPPED, 120.0)
    assert (live.record().category, live.record().treatment) == (Category.BLOCKED.value, "drop")


def test_a_change_that_took_a_drop_back_explains_the_call_that_rang_on(store: Store) -> None:
    live = ringing(SELLER)
    live.decide(SELLER, household(store), early=False)
    store.lists.remove(1, START, "page")
    assert live.decide_again(household(store)) == core.Decided(Treatment.RING, Mode.ON)
    live.finish(core.Outcome.RANG_OUT, 120.0)
    assert (live.record().category, live.record().treatment) == (Category.UNKNOWN.value, "ring")


def test_a_look_at_another_household_changes_nothing(store: Store) -> None:
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    before = live.record()
    store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550199", source="page", now=START)
    judged = live.judged_anew(household(store))
    assert judged == (Category.BLOCKED, core.Decided(Treatment.DROP, Mode.ON))
    assert live.record() == before


def by_night(store: Store, until: datetime) -> None:
    store.settings.change(
        {"treatment.night.unknown": "drop", "profile_until": f"night {until.isoformat()}"}, by="page", now=START
    )


def test_a_call_is_treated_by_the_profile_in_force_when_it_began(store: Store) -> None:
    by_night(store, START + timedelta(minutes=1))  # ends while the call rings
    live = ringing(FRIEND)
    assert live.decide(FRIEND, household(store), early=False) == core.Decided(Treatment.DROP, Mode.ON)
    assert live.decide_again(household(store)) == core.Decided(Treatment.DROP, Mode.ON)
    assert (live.record().profile, live.record().wanted) == ("night", "drop")
    later = ringing(FRIEND)
    later.started_at = START + timedelta(seconds=61)
    assert later.decide(FRIEND, household(store), early=False) == core.Decided(Treatment.RING, Mode.ON)
    assert later.record().profile == "day"


def test_the_row_tells_what_was_wanted_beside_what_was_done(store: Store) -> None:
    store.settings.set("preset", "balanced", by="page", now=START)
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    assert (live.record().wanted, live.record().treatment) == ("challenge", "ring")


def test_a_call_that_was_dropped_by_a_press_was_wanted_dropped(store: Store) -> None:
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    live.pressed = True
    live.finish(core.Outcome.WOULD_DROP, 120.0)
    row = live.record()
    assert (row.treatment, row.wanted, row.reason, row.category) == ("drop", "drop", "block_pressed", "unknown")


def test_a_lifted_handset_is_in_the_row(store: Store) -> None:
    live = ringing(FRIEND)
    live.decide(FRIEND, household(store), early=False)
    live.call, _ = core.step(live.call, core.HandsetLifted(), 104.0)
    assert live.record().handset


@pytest.mark.parametrize(
    ("report", "known"),
    [
        (SELLER, Known.NUMBER),
        (CallerIdReported(absence=Absence.PRIVATE), Known.NO_NUMBER),
        (CallerIdReported(absence=Absence.UNAVAILABLE), Known.NO_NUMBER),
        (None, Known.NO_NUMBER),
    ],
)
def test_a_press_sees_whether_there_is_a_number(store: Store, report: CallerIdReported | None, known: Known) -> None:
    live = ringing()
    assert live.target(101.0).known is Known.NOTHING_YET
    live.decide(report, household(store), early=False)
    assert live.target(105.0).known is known
    assert live.target(105.0).over_for is None
    live.finish(core.Outcome.RANG_OUT, 120.0)
    assert live.target(125.0).over_for == 5.0


def test_a_press_that_waited_for_the_caller_is_followed_up_once() -> None:
    live = ringing()
    done: list[str] = []
    live.when_known = lambda: done.append("blocked")
    live.follow_up()
    live.follow_up()
    assert done == ["blocked"]


def test_whether_anything_was_reported(store: Store) -> None:
    live = ringing()
    assert not live.reported
    live.decide(CallerIdReported(absence=Absence.PRIVATE), household(store), early=False)
    assert live.reported


def test_each_call_has_an_id_of_its_own() -> None:
    assert ringing().uid != ringing().uid
