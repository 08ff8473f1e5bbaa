import contextlib
from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import RecoveryStep, ReplyReceived
from hardware.profiles import V253, InitCommand, ModemOptions
from hardware.recovery import LADDER, WORKED_S, Ladder, Sight, with_factory_reset
from hardware.setup import Answer, Outcome, SetupFailed, set_up
from hardware.timing import REAL

STEPS = [rung.step for rung in LADDER]


class Climb:
    """A ladder, a clock, and a modem that never answers."""

    def __init__(self) -> None:
        self.ladder = Ladder()
        self.now = 1000.0
        self.told: list[RecoveryStep] = []

    def look(self, sight: Sight = Sight.SAME, *, cannot: tuple[RecoveryStep, ...] = ()) -> bool:
        """What the thread does each half second; whether a port may be tried now."""
        self.ladder.saw(sight, self.now)
        while (step := self.ladder.due(self.now)) is not None:
            if self.ladder.is_news(step):
                self.told.append(step)
            self.ladder.done(self.now, "It cannot be done here." if step in cannot else "")
        return self.ladder.may_open(self.now)

    def until_tried(self, *, back_after: float = 99.0, cannot: tuple[RecoveryStep, ...] = ()) -> float:
        """Seconds until a port may be tried, which is another one so long after a step that takes it away."""
        start = away_since = self.now
        while not self.look(Sight.NEW if self.now - away_since >= back_after else Sight.SAME, cannot=cannot):
            away_since = away_since if self.ladder.recovering else self.now
            self.now += 0.5
            assert self.now < start + 60, "a port is tried again some time"
        return self.now - start

    def silent(self) -> None:
        """The set-up is tried and not answered."""
        self.now += 9.0
        self.ladder.failed(self.now)


def test_the_table_has_every_step_once_in_the_order_of_their_force() -> None:
    assert list(RecoveryStep) == STEPS


def test_a_modem_that_never_answers_climbs_step_by_step_and_is_tried_for_ever() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    waits = []
    for _ in range(8):
        waits.append(climb.until_tried())
        climb.silent()
    assert climb.told == STEPS
    assert waits == [1.0, 1.0, 10.0, 15.0, 30.0, 30.0, 30.0, 30.0]


def test_a_person_is_asked_about_a_minute_after_a_modem_was_found_silent() -> None:
    climb = Climb()
    start = climb.now
    climb.ladder.failed(climb.now)
    while RecoveryStep.USB_POWER not in climb.told:
        climb.until_tried(back_after=3.0)
        climb.silent()
    assert climb.now - start < 60
    climb.look()
    assert climb.told[-1] is RecoveryStep.GIVEN_UP
    assert climb.now - start < 90


def test_dtr_is_low_for_a_second_before_the_port_is_opened_again() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    climb.now += 0.99
    assert not climb.look()
    assert climb.told == []
    climb.now += 0.01
    assert climb.look()


def test_a_modem_that_is_pulled_out_climbs_nothing() -> None:
    climb = Climb()
    for _ in range(10):
        climb.ladder.failed(climb.now)  # the port was lost in the middle of a talk ...
        climb.now += 0.5
        climb.look(Sight.ABSENT)  # ... because it is gone
        climb.now += 20
        assert climb.look(Sight.NEW)
    assert climb.told == []
    assert not climb.ladder.factory_reset


def test_a_modem_put_back_between_two_looks_climbs_nothing_either() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    climb.now += 0.5
    assert climb.look(Sight.NEW)
    assert climb.told == []


def test_one_that_vanishes_for_a_step_of_ours_and_comes_back_goes_on_climbing() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    for _ in range(2):
        climb.until_tried()
        climb.silent()
    assert not climb.look()
    assert climb.told[2:] == [RecoveryStep.USB_RECONNECT]
    climb.now += 0.5
    assert not climb.look(Sight.ABSENT)
    climb.now += 2.0
    assert climb.look(Sight.NEW), "tried as soon as it is back"
    climb.now += 0.1
    climb.look(Sight.NEW)  # udev gives the rights a moment later
    climb.silent()
    climb.look()
    assert climb.told[-1] is RecoveryStep.USB_POWER


def test_one_that_does_not_come_back_after_a_step_is_given_the_next() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    for _ in range(2):
        climb.until_tried()
        climb.silent()
    while climb.told[-1] is not RecoveryStep.GIVEN_UP:
        climb.look(Sight.ABSENT if climb.ladder.recovering else Sight.SAME)
        climb.now += 0.5
        assert climb.now < 1100
    assert climb.told == STEPS


def test_pulling_it_out_and_back_after_we_gave_up_starts_at_the_foot() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    while RecoveryStep.GIVEN_UP not in climb.told:
        climb.until_tried()
        climb.silent()
    climb.look(Sight.ABSENT)
    assert climb.look(Sight.NEW)
    climb.ladder.failed(climb.now)
    climb.now += 1
    climb.look()
    assert climb.told[-2:] == [RecoveryStep.GIVEN_UP, RecoveryStep.REOPEN]


def test_steps_that_cannot_be_done_are_told_and_passed_without_a_wait() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    cannot = (RecoveryStep.USB_RECONNECT, RecoveryStep.USB_POWER)
    waits = []
    for _ in range(3):
        waits.append(climb.until_tried(cannot=cannot))
        climb.silent()
    assert climb.told == STEPS
    assert waits == [1.0, 1.0, 30.0]


@pytest.mark.parametrize(
    ("worked", "step"), [(WORKED_S, RecoveryStep.REOPEN), (WORKED_S - 1, RecoveryStep.USB_RECONNECT)]
)
def test_failures_are_forgotten_when_it_has_worked_for_ten_minutes(worked: float, step: RecoveryStep) -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    climb.until_tried()
    climb.silent()
    climb.until_tried()
    climb.ladder.ready(climb.now)
    climb.now += worked
    climb.ladder.failed(climb.now)
    climb.until_tried()
    assert climb.told[2] is step


def test_a_lock_up_that_is_found_by_the_heartbeat_is_not_taken_for_having_worked() -> None:
    assert REAL.heartbeat + REAL.misses * REAL.answer < WORKED_S / 5


def test_giving_up_is_told_once_and_again_only_after_it_had_worked() -> None:
    climb = Climb()
    climb.ladder.failed(climb.now)
    for _ in range(9):
        climb.until_tried()
        climb.silent()
    assert climb.told.count(RecoveryStep.GIVEN_UP) == 1
    climb.until_tried()
    climb.ladder.ready(climb.now)
    climb.now += 60
    climb.ladder.failed(climb.now)
    climb.look()
    assert climb.told.count(RecoveryStep.GIVEN_UP) == 2


def test_the_factorys_settings_are_taken_from_the_second_failure_on() -> None:
    climb = Climb()
    seen = []
    for _ in range(4):
        seen.append(climb.ladder.factory_reset)
        climb.ladder.failed(climb.now)
    assert seen == [False, False, True, True]


MOVES = st.lists(st.tuples(st.sampled_from(["failed", "ready", *Sight]), st.floats(0, 700), st.booleans()), max_size=60)


@given(MOVES)
def test_whatever_happens_a_port_that_is_there_is_tried_within_a_minute(
    moves: list[tuple[object, float, bool]],
) -> None:
    climb = Climb()
    for move, seconds, cannot in moves:
        climb.now += seconds
        if move == "failed":
            climb.ladder.failed(climb.now)
        elif move == "ready":
            climb.ladder.ready(climb.now)
        elif isinstance(move, Sight):
            climb.look(move, cannot=tuple(RecoveryStep)[:-1] if cannot else ())
    climb.until_tried()


# -- the factory's settings


def said_to(script: Generator[InitCommand, Answer, Outcome], silent: frozenset[str] = frozenset()) -> list[str]:
    """All that a set-up says to a modem that answers OK to everything, or nothing to some."""
    said = []
    with contextlib.suppress(StopIteration):
        step = next(script)
        while True:
            said.append(step.command)
            step = script.send(None if step.command in silent else ReplyReceived(step.command, "OK"))
    return said


def plain() -> Generator[InitCommand, Answer, Outcome]:
    return set_up(ModemOptions(profile=V253))


def test_the_factorys_settings_come_behind_the_stored_ones_and_before_ours() -> None:
    said = said_to(with_factory_reset(plain()))
    assert said[said.index("ATZ") + 1] == "AT&F"
    assert said.count("AT&F") == 1
    assert said.index("AT&F") < said.index("ATE0", said.index("ATZ"))
    assert [command for command in said if command != "AT&F"] == said_to(plain())


def test_the_outcome_is_that_of_the_set_up() -> None:
    script = with_factory_reset(plain())
    step = next(script)
    with pytest.raises(StopIteration) as done:  # noqa: PT012  # each command in its turn
        while True:
            step = script.send(ReplyReceived(step.command, "OK"))
    assert done.value.value.profile == V253


def test_a_modem_that_does_not_know_the_reset_is_set_up_all_the_same() -> None:
    assert "AT&C1&D2" in said_to(with_factory_reset(plain()), silent=frozenset({"AT&F"}))


def test_a_set_up_that_fails_still_says_why() -> None:
    with pytest.raises(SetupFailed, match="does not answer"):
        said_to(with_factory_reset(plain()), silent=frozenset({"ATZ", "AT&F"}))
