from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hardware.events import CallerIdSettingLost
from hardware.heartbeat import Heartbeat, Question
from hardware.timing import REAL
from tests.hardware.session_desk import ready_desk

HOUR = REAL.caller_id_check


def answered_questions(heart: Heartbeat, now: float, until: float) -> list[tuple[float, Question]]:
    """All that is asked of a modem that answers everything and says nothing by itself."""
    asked = []
    while (due := heart.due(idle=True)) is not None and due <= until:
        now = max(now, due)
        question = heart.question(now, idle=True)
        assert question is not None, "what is due is asked"
        asked.append((now, question))
        heart.heard(now)
    return asked


def test_once_an_hour_the_question_is_for_caller_id() -> None:
    asked = answered_questions(Heartbeat(REAL, 0.0), 0.0, 10 * HOUR)
    polls = [at for at, question in asked if question is Question.CALLER_ID]
    assert len(polls) == 10
    assert all(HOUR <= later - earlier <= HOUR + REAL.heartbeat for earlier, later in pairwise(polls))
    assert len(asked) == 10 * HOUR / REAL.heartbeat, "in place of a heartbeat, not beside it"


def test_the_hourly_question_waits_for_the_end_of_a_call() -> None:
    heart = Heartbeat(REAL, 0.0)
    heart.rang(HOUR - 1)
    assert heart.question(HOUR + 1, idle=True) is None
    heart.rang(HOUR + 5)
    assert heart.due(idle=True) == HOUR + 5 + REAL.heartbeat


def test_a_question_asked_for_comes_before_its_hour_and_starts_a_new_one() -> None:
    heart = Heartbeat(REAL, 0.0)
    heart.check_caller_id()
    assert heart.question(100.0, idle=True) is Question.CALLER_ID
    heart.heard(100.0)
    asked = answered_questions(heart, 100.0, 100.0 + HOUR + REAL.heartbeat)
    assert [question for _, question in asked].count(Question.CALLER_ID) == 1


def test_nothing_is_asked_while_something_else_is_said() -> None:
    assert Heartbeat(REAL, 0.0).due(idle=False) is None
    assert Heartbeat(REAL, 0.0).question(1e6, idle=False) is None


def test_three_questions_without_an_answer_are_the_end_whichever_they_were() -> None:
    heart, now, asked = Heartbeat(REAL, 0.0), 0.0, []
    heart.check_caller_id()
    while Question.NONE_IT_IS_DEAD not in asked:
        now += 1.0
        if (question := heart.question(now, idle=True)) is not None:
            asked.append(question)
    assert asked == [Question.CALLER_ID, Question.SIGN_OF_LIFE, Question.SIGN_OF_LIFE, Question.NONE_IT_IS_DEAD]


@given(st.lists(st.tuples(st.sampled_from(["heard", "rang", "check", "overtaken", "look"]), st.floats(0, 90))))
def test_a_silent_modem_is_always_found_within_a_minute_and_a_half(moves: list[tuple[str, float]]) -> None:
    heart, now = Heartbeat(REAL, 0.0), 0.0
    for move, seconds in moves:
        now += seconds
        match move:
            case "heard":
                heart.heard(now)
            case "rang":
                heart.rang(now)
            case "check":
                heart.check_caller_id()
            case "overtaken":
                heart.overtaken()
            case _:
                heart.question(now, idle=True)
    start = now
    while heart.question(now, idle=True) is not Question.NONE_IT_IS_DEAD:
        now += 0.5
        assert now - start < 90


def test_a_setting_that_was_lost_in_silence_is_sent_again_within_the_hour() -> None:
    desk = ready_desk()
    desk.until(desk.now + HOUR / 2)
    desk.replies["AT+VCID?"] = b"\r\n0\r\n\r\nOK\r\n"
    before = len(desk.written)
    while not (events := desk.until(desk.now + REAL.heartbeat)):
        assert len(desk.written) - before <= HOUR / REAL.heartbeat
    assert events == [CallerIdSettingLost()]
    assert desk.sent()[-1] == "AT+VCID=1"
