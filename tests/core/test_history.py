"""The calls before: found by number and range, forgotten when there are too many."""

from datetime import timedelta

from appliance.core.history import KEPT, KEPT_CALLS, KEPT_OF_ONE, NOTHING_BEFORE, History, PastCall, rang_briefly
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
    assert history.newest_blocked(NOW + timedelta(seconds=20)) is began
    assert history.newest_blocked(NOW - timedelta(seconds=1)) is None


def test_a_call_that_is_stamped_years_ahead_wipes_nothing_and_hides_no_blocked_call() -> None:
    history = History()
    one, blocked = call(0), call(10, blocked=True)
    ahead = call(300 * KEPT.total_seconds(), ("+12125550188",), blocked=True)
    for each in (one, blocked, ahead, call(30, ())):
        history.add(each)
    assert [*history.of_caller(KEYS)] == [blocked, one]
    assert [*history.of_range(KEYS[0])] == [ahead, blocked, one]
    assert history.newest_blocked(NOW + timedelta(seconds=40)) is blocked


def test_however_many_call_only_so_many_are_kept() -> None:
    history = History()
    first = call(0, ("885",))
    history.add(first)
    for second in range(KEPT_CALLS - 1):
        history.add(call(second / 100, (f"+1212555{second}",)))
    assert [*history.of_caller(("885",))] == [first]
    history.add(call(1, blocked=True))
    assert [*history.of_caller(("885",))] == []


def test_of_one_caller_and_of_one_range_the_newest_are_found_and_the_rest_is_no_burden() -> None:
    history = History()
    for second in range(KEPT_CALLS + 10):
        history.add(call(second / 100))
    found = history.of_caller(KEYS)
    assert len(found) == len(history.of_range(KEYS[0])) == KEPT_OF_ONE
    assert found[0].at == NOW + timedelta(seconds=(KEPT_CALLS + 9) / 100)
    for number in range(KEPT_CALLS):  # all of those are forgotten, found or not
        history.add(call(100, (f"+4420794{number:05}",)))
    assert [*history.of_caller(KEYS)] == [*history.of_range(KEYS[0])] == []


def test_a_caller_who_gave_up_before_the_first_ring_did_not_ring_briefly() -> None:
    assert [rang_briefly(rings) for rings in range(4)] == [False, True, True, False]


def test_a_clock_that_is_set_back_loses_nothing() -> None:
    history = History()
    history.add(call(1_000_000))
    history.add(call(0))
    assert len(history.of_caller(KEYS)) == 2


def test_nothing_before_holds_nothing() -> None:
    assert [*NOTHING_BEFORE.of_caller(KEYS)] == [*NOTHING_BEFORE.of_range(KEYS[0])] == []
    assert NOTHING_BEFORE.newest_blocked(NOW) is None
