import pytest

from hardware.events import (
    CallerIdReported,
    CallerIdSettingLost,
    Concern,
    HookFailed,
    ModemIdentified,
    ModemReady,
    RingDetected,
    WentOffHook,
    WentOnHook,
)
from hardware.hook import MAY_HOLD_THE_LINE, TABLE, Act, Happening, State
from hardware.timing import REAL
from tests.hardware.session_desk import ERROR, OK, SILENCE, SOUND, Desk, ready_desk

# -- the table


def test_every_state_and_happening_is_spoken_for() -> None:
    assert set(TABLE) == {(state, happening) for state in State for happening in Happening}


def test_no_way_leads_out_of_holding_the_line_but_letting_go_or_closing_the_port() -> None:
    for (state, happening), (after, acts) in TABLE.items():
        if state in MAY_HOLD_THE_LINE and after not in MAY_HOLD_THE_LINE:
            assert happening is Happening.RELEASED or Act.GIVE_UP_THE_PORT in acts
        if after is State.RELEASING and state is not State.RELEASING:
            assert Act.SEND_ON_HOOK in acts


def test_every_state_that_may_hold_the_line_moves_on_at_its_deadline() -> None:
    for state in MAY_HOLD_THE_LINE:
        after, acts = TABLE[state, Happening.DEADLINE]
        assert after in {State.RELEASING, State.FAILED}
        assert Act.SEND_ON_HOOK in acts or Act.GIVE_UP_THE_PORT in acts


@pytest.mark.parametrize("mute", [{"ATH1"}, {"ATH0"}, {"ATH1", "ATH0"}, set()])
def test_the_line_is_never_held_beyond_its_limits_whatever_goes_unanswered(mute: set[str]) -> None:
    desk = ready_desk()
    desk.replies.update(dict.fromkeys(mute, SILENCE))
    started = desk.now
    desk.off_hook()
    assert desk.holds()
    while desk.holds():
        due = desk.session.deadline()
        assert due is not None, "every off-hook state has a deadline"
        desk.until(due)
        assert desk.now < started + REAL.off_hook_limit + REAL.release + 1
    assert "ATH0" in desk.sent()


def test_giving_up_the_port_is_only_ever_done_on_the_way_to_failed() -> None:
    for after, acts in TABLE.values():
        assert (Act.GIVE_UP_THE_PORT in acts) <= (after is State.FAILED)


# -- setting up


def test_setting_up_lets_go_of_the_line_first_and_asks_for_caller_id_after_the_reset() -> None:
    desk = Desk()
    assert desk.settle() == [
        ModemReady(
            "/dev/ttyACM0",
            ModemIdentified("U.S. Robotics 56K FAX USB", "V1.2.23", True, True, profile="USR5637", sound=SOUND),
        )
    ]
    sent = desk.sent()
    assert sent[0] == "ATH0"
    assert sent.index("ATZ") < sent.index("AT+VCID=1") < sent.index("AT+VCID?")


@pytest.mark.parametrize("command", ["ATZ", "ATX4", "AT&C1&D2", "ATI3", "ATI0", "AT+GMM", "AT+FCLASS=?"])
def test_commands_that_a_modem_may_refuse_do_not_stop_it_from_working(command: str) -> None:
    desk = Desk()
    desk.replies[command] = ERROR
    assert any(isinstance(event, ModemReady) for event in desk.settle())


def test_a_modem_that_refuses_vcid_is_asked_with_the_older_command() -> None:
    desk = Desk()
    desk.replies["AT+VCID=1"] = ERROR
    desk.replies["AT#CID?"] = b"\r\n1\r\n\r\nOK\r\n"
    (ready,) = desk.settle()
    assert isinstance(ready, ModemReady)
    assert ready.modem.caller_id
    assert "AT#CID=1" in desk.sent()


def test_a_modem_without_caller_id_works_all_the_same_and_says_so() -> None:
    desk = Desk()
    desk.replies |= {"AT+VCID=1": ERROR, "AT#CID=1": ERROR}
    (ready,) = desk.settle()
    assert isinstance(ready, ModemReady)
    assert not ready.modem.caller_id


def test_caller_id_that_reads_back_as_off_is_turned_on_again_before_it_is_given_up() -> None:
    desk = Desk()
    desk.replies |= {"AT+VCID?": b"\r\n+VCID: 0\r\n\r\nOK\r\n", "AT#CID=1": ERROR}
    (ready,) = desk.settle()
    assert isinstance(ready, ModemReady)
    assert not ready.modem.caller_id
    assert desk.sent().count("AT+VCID=1") == 3


def test_a_modem_that_says_ok_to_everything_and_no_more_is_taken_as_it_is() -> None:
    desk = Desk()
    desk.replies = {}
    (ready,) = desk.settle()
    modem = ModemIdentified("modem without a name", "", voice=False, caller_id=True, concerns=(Concern.NO_VOICE,))
    assert ready == ModemReady("/dev/ttyACM0", modem)


def test_a_conexant_unit_is_named_without_its_prefixes() -> None:
    desk = Desk()
    desk.replies |= {
        "ATI3": b"\r\nCX93001-EIS_V0.2013-V92\r\n\r\nOK\r\n",
        "AT+FCLASS=?": b'\r\n+FCLASS: (0,1,1.0,2,8)\r\n\r\nOK\r\n',
    }  # fmt: skip
    (ready,) = desk.settle()
    assert isinstance(ready, ModemReady)
    assert ready.modem == ModemIdentified("CX93001-EIS", "V0.2013-V92", True, True, profile="Conexant", sound=SOUND)


def test_a_device_that_never_answers_fails_with_a_sentence() -> None:
    desk = Desk()
    desk.replies = dict.fromkeys(["ATH0", "ATE0V1Q0"], SILENCE)
    desk.until(desk.now + 30)
    assert "does not answer" in (desk.session.failure or "")
    assert desk.session.data_to_send() == b""


def test_first_words_lost_after_a_replug_are_said_again() -> None:
    desk = Desk()
    desk.first_replies = {"ATH0": SILENCE, "ATE0V1Q0": SILENCE}
    desk.until(desk.now + 10)
    assert desk.session.state is State.READY


@pytest.mark.parametrize("answer", [ERROR, b"0\r", SILENCE])
def test_a_first_on_hook_whose_answer_says_nothing_is_followed_by_one_whose_answer_does(answer: bytes) -> None:
    desk = Desk()
    desk.first_replies = {"ATH0": answer}
    events = desk.until(desk.now + 10)
    assert any(isinstance(event, ModemReady) for event in events)
    assert desk.sent()[:3] == ["ATH0", "ATE0V1Q0", "ATH0"]


def test_a_modem_that_cannot_let_go_of_the_line_is_never_called_ready() -> None:
    desk = Desk()
    desk.replies["ATH0"] = ERROR
    assert desk.settle() == []
    assert desk.session.failure == "The modem refused ATH0 with ERROR."


def test_a_ring_and_its_number_during_setting_up_are_told() -> None:
    desk = Desk()
    desk.replies["ATX4"] = b"\r\nRING\r\n\r\nDATE=1122\r\nTIME=0110\r\nNMBR=2125550123\r\nNAME=A CALLER\r\n\r\nOK\r\n"
    events = desk.settle()
    assert RingDetected() in events
    assert any(isinstance(event, CallerIdReported) and event.number == "2125550123" for event in events)
    assert any(isinstance(event, ModemReady) for event in events)


def test_a_hook_command_while_setting_up_is_refused_and_not_sent() -> None:
    desk = Desk()
    assert [type(event) for event in desk.session.go_off_hook(desk.now)] == [HookFailed]
    desk.settle()
    assert "ATH1" not in desk.sent()


# -- the hook


def test_off_hook_and_on_hook_are_confirmed() -> None:
    desk = ready_desk()
    before = len(desk.written)
    assert desk.off_hook() == [WentOffHook()]
    assert desk.on_hook() == [WentOnHook()]
    assert desk.sent(before) == ["ATH1", "ATH0"]


def test_on_hook_while_on_hook_sends_nothing_because_it_could_refuse_a_ringing_call() -> None:
    desk = ready_desk()
    before = len(desk.written)
    assert desk.on_hook() == [WentOnHook()]
    assert desk.sent(before) == []


@pytest.mark.parametrize("answer", [ERROR, b"\r\nNO DIALTONE\r\n"])
def test_a_refused_off_hook_is_told_and_the_line_is_let_go_of_all_the_same(answer: bytes) -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = answer
    (failed,) = desk.off_hook()
    assert isinstance(failed, HookFailed)
    assert failed.wanted_off_hook
    assert desk.on_hook() == [WentOnHook()]
    assert desk.sent()[-1] == "ATH0"


def test_a_line_in_doubt_is_let_go_of_without_being_asked() -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = SILENCE
    desk.off_hook()
    events = desk.until(desk.now + REAL.hook + REAL.doubt + 0.1)
    assert [type(event) for event in events] == [HookFailed, WentOnHook]
    assert desk.session.state is State.READY


def test_a_forgotten_line_is_let_go_of_at_the_limit() -> None:
    desk = ready_desk()
    desk.off_hook()
    assert desk.until(desk.now + REAL.off_hook_limit - 0.1) == []
    assert desk.until(desk.now + 0.2) == [WentOnHook()]


def test_asking_again_for_the_line_does_not_move_the_limit() -> None:
    desk = ready_desk()
    desk.off_hook()
    desk.until(desk.now + REAL.off_hook_limit - 1)
    assert desk.off_hook() == [WentOffHook()]
    assert desk.until(desk.now + 1.1) == [WentOnHook()]


def test_letting_go_is_tried_again_and_each_failure_is_told() -> None:
    desk = ready_desk()
    desk.off_hook()
    desk.replies["ATH0"] = ERROR
    events = desk.on_hook()
    assert [type(event) for event in events] == [HookFailed] * REAL.release_tries
    assert desk.session.failure == "The modem did not let go of the line: The modem answered ERROR to ATH0."


def test_letting_go_that_works_the_second_time_is_confirmed() -> None:
    desk = ready_desk()
    desk.off_hook()
    desk.replies["ATH0"] = SILENCE
    desk.on_hook()
    desk.replies["ATH0"] = OK
    events = desk.until(desk.now + REAL.hook + 0.1)
    assert [type(event) for event in events] == [HookFailed, WentOnHook]


def test_an_on_hook_asked_before_the_off_hook_was_written_is_written_after_it() -> None:
    desk = ready_desk()
    desk.replies["AT"] = SILENCE
    desk.until(desk.now + REAL.heartbeat)  # a heartbeat is out and unanswered
    before = len(desk.written)
    desk.session.go_off_hook(desk.now)
    desk.session.go_on_hook(desk.now)
    desk.until(desk.now + 2)
    assert desk.sent(before)[:2] == ["ATH1", "ATH0"]
    assert set(desk.sent(before)[2:]) <= {"ATH0"}, "once more, because the heartbeat's answer is still owed"
    assert desk.session.state is State.READY


def test_losing_the_port_says_what_became_of_the_hook_command() -> None:
    desk = ready_desk()
    desk.replies["ATH1"] = SILENCE
    desk.off_hook()
    assert desk.session.port_lost("The modem was unplugged.", desk.now) == [
        HookFailed(wanted_off_hook=True, reason="The modem was unplugged.")
    ]
    assert not desk.session.may_hold_the_line


# -- heartbeat


def test_a_quiet_modem_is_asked_for_a_sign_of_life_once_a_minute() -> None:
    desk = ready_desk()
    start, before = desk.now, len(desk.written)
    assert desk.until(start + 300.5) == []
    assert desk.sent(before) == ["AT"] * 5


def test_no_heartbeat_falls_into_a_ringing_call() -> None:
    desk = ready_desk()
    desk.until(desk.now + REAL.heartbeat - 1)
    before = len(desk.written)
    for _ in range(4):
        desk.hear(b"\r\nRING\r\n")
        desk.until(desk.now + 6)
    assert desk.sent(before) == []


def test_three_missed_heartbeats_give_up_the_port() -> None:
    desk = ready_desk()
    desk.replies["AT"] = SILENCE
    start = desk.now
    desk.until(start + REAL.heartbeat + REAL.misses * REAL.answer + 0.1)
    assert desk.session.failure == "The modem stopped answering."


def test_noise_is_no_sign_of_life() -> None:
    desk = ready_desk()
    desk.replies["AT"] = b"\x81\xfe7\r\n\x00\x13"
    desk.until(desk.now + REAL.heartbeat + REAL.misses * REAL.answer + 0.1)
    assert desk.session.failure is not None


def test_an_answer_that_comes_late_still_counts_as_life() -> None:
    desk = ready_desk()
    desk.replies["AT"] = SILENCE
    desk.until(desk.now + REAL.heartbeat)
    desk.until(desk.now + 2.0)
    desk.hear(OK)
    before = len(desk.written)
    desk.until(desk.now + REAL.heartbeat - 0.1)
    assert desk.sent(before) == []
    assert desk.session.failure is None


def test_an_unanswered_heartbeat_delays_an_off_hook_by_a_fifth_of_a_second_at_most() -> None:
    desk = ready_desk()
    desk.replies["AT"] = SILENCE
    desk.until(desk.now + REAL.heartbeat)
    asked = desk.now
    desk.off_hook()
    desk.until(desk.now + 1)
    assert desk.written[-1][1] == "ATH1"
    assert desk.written[-1][0] - asked <= 0.2 + 1e-6


def test_an_ok_that_may_belong_to_an_earlier_command_does_not_prove_that_the_line_is_free() -> None:
    desk = ready_desk()
    desk.replies |= {"AT": SILENCE, "ATH1": SILENCE, "ATH0": SILENCE}
    desk.until(desk.now + REAL.heartbeat + 0.3)  # the heartbeat is given up, its answer still owed
    desk.off_hook()
    desk.hear(OK)  # the heartbeat's; the modem is slow
    assert desk.settle() == [WentOffHook()]
    desk.on_hook()
    before = len(desk.written)
    desk.hear(OK)  # ATH1's: no proof that ATH0 was obeyed
    assert desk.settle() == []
    assert desk.sent(before) == ["ATH0"]
    desk.hear(OK)
    assert desk.settle() == [WentOnHook()]


# -- Caller ID setting


def test_a_lost_caller_id_setting_is_found_told_and_sent_again() -> None:
    desk = ready_desk()
    desk.replies["AT+VCID?"] = b"\r\n0\r\n\r\nOK\r\n"
    before = len(desk.written)
    desk.session.check_caller_id()
    assert desk.until(desk.now + 0.1) == [CallerIdSettingLost()]
    assert desk.sent(before) == ["AT+VCID?", "AT+VCID=1"]


def test_caller_id_is_not_asked_about_until_ten_seconds_after_a_ring() -> None:
    desk = ready_desk()
    desk.hear(b"\r\nRING\r\n")
    before = len(desk.written)
    desk.session.check_caller_id()
    desk.until(desk.now + REAL.quiet_after_ring - 0.1)
    assert desk.sent(before) == []
    desk.until(desk.now + 0.2)
    assert desk.sent(before) == ["AT+VCID?"]


def test_caller_id_that_is_still_on_is_left_alone() -> None:
    desk = ready_desk()
    before = len(desk.written)
    desk.session.check_caller_id()
    assert desk.until(desk.now + 1) == []
    assert desk.sent(before) == ["AT+VCID?"]


def test_a_megabyte_of_noise_changes_nothing_and_the_next_ring_is_heard() -> None:
    desk = ready_desk()
    noise = bytes(range(256)) * 64
    for _ in range(64):
        desk.hear(noise)
        desk.until(desk.now + 0.01)
    desk.hear(b"\r\n")
    desk.events.clear()
    desk.until(desk.now + 12)
    desk.hear(b"\r\nRING\r\n")
    assert RingDetected() in desk.settle()
    assert desk.session.state is State.READY
