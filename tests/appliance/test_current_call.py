"""A ringing call while the household changes its lists and switches: which change reaches it, and what its row says.

The call table, the view and the store are real; the modem is one that was never plugged in.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.core import call as core
from appliance.core.household import EntryKind, ListName
from appliance.current_call import CurrentCall, Listeners
from appliance.household_view import HouseholdView
from appliance.live_call import LiveCall
from appliance.store import CallRecord, Store
from hardware.events import CallerIdReported
from hardware.modem import Modem

FRIEND = CallerIdReported(number="2125550199", name="BRIAR QUINN")
KEY = "+12125550199"


class Line:
    """One call at a time, whose first ring is as old as a test needs."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store = store
        self.rows: list[CallRecord] = []
        self.ended: list[LiveCall] = []
        self.view = HouseholdView(Config(data=folder, country="US"))
        self.current = CurrentCall(
            "main",
            modem=Modem(lambda _event, _at: None, port=None),
            view=self.view,
            listeners=Listeners(lambda _: None, self.rows.append, self.ended.append, lambda _: None),
        )

    def rings(self, *, ago: float, report: CallerIdReported = FRIEND) -> LiveCall:
        """A call whose first ring began so many seconds ago; its report has just come."""
        self.current.step(core.Rang(), time.monotonic() - ago)
        self.current.step(core.Reported(report), time.monotonic())
        live = self.current.live
        assert live is not None
        return live

    def set(self, name: str, value: str) -> None:
        self.store.settings.set(name, value, by="page", now=datetime.now(UTC))
        self.changed()

    def block(self) -> None:
        self.store.lists.add(ListName.BLOCK, EntryKind.EXACT, KEY, source="page", now=datetime.now(UTC))
        self.changed()

    def unblock(self) -> None:
        entry = self.store.lists.find(ListName.BLOCK, EntryKind.EXACT, KEY)
        assert entry is not None
        self.store.lists.remove(entry.id, datetime.now(UTC), "page")
        self.changed()

    def changed(self) -> None:
        assert self.view.refresh()
        self.current.household_changed()

    def next_ring(self) -> core.State:
        """What the call is in after one more ring."""
        live = self.current.live
        assert live is not None
        self.current.step(core.Rang(), time.monotonic())
        return live.call.state

    def silence(self) -> CallRecord:
        """The call ends by itself; its row."""
        live = self.current.live
        assert live is not None
        self.current.step(core.Deadline(), live.call.deadline)
        assert live.over
        return self.rows[-1]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with Store.open(tmp_path) as store:
        line = Line(tmp_path, store)
        yield line
        line.view.close()


IN_SILENCE = 4.0
"""Seconds after the start of an American ring: the bell is silent, so what is to be dropped waits for the next ring."""


def test_a_list_reaches_the_call_that_rings(line: Line) -> None:
    live = line.rings(ago=1.0)
    line.block()
    assert live.call.state is core.State.SEIZING
    assert line.rows[-1].category == "blocked"


@pytest.mark.parametrize(
    ("name", "value"),
    [("treatment.day.unknown", "drop"), ("preset", "strict"), ("profile_until", "night {soon}+00:00")],
)
def test_a_choice_about_kinds_of_calls_is_for_calls_to_come(line: Line, name: str, value: str) -> None:
    line.set("treatment.night.unknown", "drop")
    live = line.rings(ago=1.0)
    line.set(name, value.format(soon=f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M}"))
    assert line.next_ring() is core.State.RINGING
    assert live.treated is not None
    assert (live.treated.profile, live.treated.treatment.value) == ("day", "ring")
    assert line.silence().outcome == "rang_out"


def test_a_drop_that_is_still_to_come_is_taken_back_when_the_entry_goes(line: Line) -> None:
    live = line.rings(ago=IN_SILENCE)
    line.block()
    assert live.call.drop_at_ring
    line.unblock()
    assert line.next_ring() is core.State.RINGING
    row = line.silence()
    assert (row.category, row.treatment, row.outcome) == ("unknown", "ring", "rang_out")


@pytest.mark.parametrize("mode", ["rehearsal", "off"])
def test_a_drop_that_is_still_to_come_is_taken_back_when_blocking_is_switched_off(line: Line, mode: str) -> None:
    line.rings(ago=IN_SILENCE)
    line.block()
    line.set("mode", mode)
    assert line.next_ring() is core.State.RINGING
    assert line.silence().mode == mode


def test_a_drop_that_came_too_late_does_not_explain_a_call_that_rang_out(line: Line) -> None:
    line.rings(ago=IN_SILENCE)
    line.block()
    row = line.silence()
    assert (row.category, row.treatment, row.outcome) == ("unknown", "ring", "rang_out")


def test_a_press_stands_whatever_else_changes_until_its_own_entry_goes(line: Line) -> None:
    live = line.rings(ago=IN_SILENCE)
    pending = []
    changes: tuple[Callable[[], None], ...] = (
        lambda: line.current.drop(live),
        lambda: line.set("preset", "gentle"),
        line.block,  # the entry of the press
        line.unblock,
    )
    for change in changes:
        change()
        pending.append((live.call.drop_at_ring, live.pressed))
    assert pending == [(True, True), (True, True), (True, True), (False, False)]


def test_a_call_that_ended_is_remembered_by_the_next(line: Line) -> None:
    live = line.rings(ago=1.0)
    assert line.silence().outcome == "rang_out"
    (before,) = line.view.household.past.of_caller((KEY,))
    assert (before.short, before.blocked) == (True, False)
    assert before.at == live.started_at
    assert line.ended == [live]


def test_a_dropped_call_is_remembered_as_blocked(line: Line) -> None:
    live = line.rings(ago=1.0)
    line.block()
    for event in (core.WentOffHook(), core.Deadline(), core.WentOnHook()):
        line.current.step(event, live.call.deadline)
    assert line.silence().outcome == "dropped"
    found = line.view.household.past.newest_blocked(line.view.now())
    assert found is not None
    assert not found.short
