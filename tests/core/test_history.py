"""The calls before: found by number and range, forgotten after two days or when there are too many."""

from datetime import timedelta

from appliance.core.history import KEPT, KEPT_CALLS, NOTHING_BEFORE, History, PastCall
from appliance.core.household import Category
from tests.core.reports import NOW

KEYS = ("+12125550123", "2125550123")


def call(
    seconds: float, keys: tuple[str, ...] = KEYS, *, blocked: bool = False, why: Category | None = None
) -> PastCall:
    return PastCall(NOW + timedelta(seconds=seconds), keys, why, blocked, short=False)


def test_calls_are_found_by_number_and_by_range_newest_first() -> None:
    history = History()
    first, second, neighbour, far = call(0), call(60), call(70, ("+12125550999",)), call(80, ("+12125551123",))
    for one in (first, second, neighbour, far, call(90, ())):
        history.add(one)
    assert [*history.of_caller(KEYS)] == [second, first]
    assert [*history.of_range("+12125550555")] == [neighbour, second, first]
    assert [*history.of_caller(())] == [*history.of_caller(("885",))] == []


def test_a_call_of_a_burst_does_not_begin_one() -> None:
    history = History()
    began = call(0, blocked=True, why=Category.BLOCKED)
    for one in (began, call(10, blocked=True, why=Category.BURST), call(20)):
        history.add(one)
    assert history.newest_blocked() is began


def test_calls_are_forgotten_after_two_days() -> None:
    history = History()
    history.add(call(0, blocked=True))
    history.add(call(KEPT.total_seconds()))
    assert len(history.of_caller(KEYS)) == 2
    later = call(KEPT.total_seconds() + 1, ())
    history.add(later)
    assert len(history.of_caller(KEYS)) == 1
    assert history.newest_blocked() is None
    history.add(call(3 * KEPT.total_seconds(), ()))
    assert [*history.of_caller(KEYS)] == [*history.of_range(KEYS[0])] == []


def test_however_many_call_only_so_many_are_kept() -> None:
    history = History()
    for second in range(KEPT_CALLS + 10):
        history.add(call(second / 100))
    assert len(history.of_caller(KEYS)) == KEPT_CALLS


def test_a_clock_that_is_set_back_loses_nothing() -> None:
    history = History()
    history.add(call(1_000_000))
    history.add(call(0))
    assert len(history.of_caller(KEYS)) == 2


def test_nothing_before_holds_nothing() -> None:
    assert [*NOTHING_BEFORE.of_caller(KEYS)] == [*NOTHING_BEFORE.of_range(KEYS[0])] == []
    assert NOTHING_BEFORE.newest_blocked() is None
