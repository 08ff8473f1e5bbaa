"""Commands: handed out once, in order, and never late."""

from datetime import timedelta
from pathlib import Path

import pytest

from appliance.errors import NotFound
from appliance.store import Purpose, Store
from tests.store.rows import NOW, later


def test_commands_are_handed_out_once_in_the_order_they_came(store: Store) -> None:
    first = store.commands.put("press_block", "", "page", NOW)
    store.commands.put("sim.call", '{"number": "2125550101"}', "page", NOW)
    second = store.commands.put("press_allow", "", "page", NOW)
    taken = store.commands.take(["press_block", "press_allow"], later(seconds=1))
    assert [(command.id, command.kind, command.by) for command in taken] == [
        (first, "press_block", "page"),
        (second, "press_allow", "page"),
    ]
    assert store.commands.take(["press_block", "press_allow"], later(seconds=2)) == []
    assert [command.argument for command in store.commands.take(["sim.call"], NOW)] == ['{"number": "2125550101"}']


def test_two_processes_never_take_the_same_command(store: Store, tmp_path: Path) -> None:
    store.commands.put("press_block", "", "page", NOW)
    with Store.open(tmp_path) as other:
        assert len(other.commands.take(["press_block"], NOW)) == 1
    assert store.commands.take(["press_block"], NOW) == []


def test_a_press_that_nobody_took_in_time_lapses_rather_than_hit_the_next_caller(store: Store) -> None:
    number = store.commands.put("press_block", "", "page", NOW)
    assert store.commands.take(["press_block"], later(minutes=10)) == []
    assert store.commands.get(number).outcome == "too late"


def test_a_command_that_keeps_may_be_taken_late(store: Store) -> None:
    store.commands.put("sim.call", "", "page", NOW)
    assert len(store.commands.take(["sim.call"], later(minutes=10), max_age=timedelta(hours=1))) == 1


def test_the_one_who_asked_can_see_what_became_of_it(store: Store) -> None:
    number = store.commands.put("press_block", "", "page", NOW)
    store.commands.take(["press_block"], later(seconds=1))
    assert store.commands.get(number).outcome is None
    store.commands.finished(number, "blocked", later(seconds=2))
    command = store.commands.get(number)
    assert (command.taken_at, command.finished_at, command.outcome) == (later(seconds=1), later(seconds=2), "blocked")


def test_forgotten_commands_are_not_found(store: Store) -> None:
    number = store.commands.put("press_block", "", "page", NOW)
    assert store.commands.prune(later(days=1)) == 1
    with pytest.raises(NotFound):
        store.commands.get(number)


def test_looking_for_commands_does_not_wait_for_a_writer(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path, purpose=Purpose.LINE) as line, store.writing():
        assert line.commands.take(["press_block"], NOW) == []
