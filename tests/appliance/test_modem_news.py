"""What a modem and the network tell besides calls: lamp, status and sentences, with a real panel and status row."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from appliance.health import Health
from appliance.modem_news import ModemNews
from appliance.store import EventRow
from hardware.events import (
    CallerIdSettingLost,
    Concern,
    MessageWaitingReported,
    ModemIdentified,
    ModemLost,
    ModemReady,
    RecoveryStep,
    RecoveryTried,
)
from hardware.panel import SIGNALS, Panel, Signal

START = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
OLD = ModemIdentified(
    "USR5637", "V1.2.10", voice=False, caller_id=True, profile="USR5637", country_code="B5",
    concerns=(Concern.OLD_FIRMWARE, Concern.NO_VOICE),
)  # fmt: skip  # one modem
DARK, WAITING = SIGNALS[Signal.MESSAGES_HEARD][1].name, SIGNALS[Signal.MESSAGE_WAITING][1].name


class Desk:
    """News with a panel without pins, and the rows it wrote."""

    def __init__(self, panel: Panel, health: Health) -> None:
        self.health, self.panel = health, panel
        self.rows: list[EventRow] = []
        self.news = ModemNews(health, panel.tell, self.rows.append)

    @property
    def lamp(self) -> str:
        return self.panel.showing()["message"]

    def said(self) -> list[tuple[str, str, str]]:
        said = [(row.kind, row.who, row.text) for row in self.rows]
        self.rows.clear()
        return said


@pytest.fixture
def panel() -> Iterator[Panel]:
    panel = Panel(None, lambda *_: None)
    yield panel
    panel.close()


@pytest.fixture
def desk(panel: Panel) -> Desk:
    return Desk(panel, Health("main", 4711, "0.1.0", START))


def test_a_message_that_waits_lights_the_lamp_until_the_network_says_that_it_was_heard(desk: Desk) -> None:
    desk.news.message_waiting(MessageWaitingReported(on=True))
    assert desk.lamp == WAITING
    assert desk.said() == [("message", "line", "Your telephone company holds a message for you.")]
    assert desk.health.status("idle", {}, ()).message_waiting
    desk.news.message_waiting(MessageWaitingReported(on=False))
    assert desk.lamp == DARK
    assert desk.said() == [("message", "line", "Your telephone company holds no message for you any more.")]


def test_the_network_repeating_itself_is_no_news(desk: Desk) -> None:
    desk.news.message_waiting(MessageWaitingReported(on=False))
    assert desk.said() == []
    for _ in range(3):
        desk.news.message_waiting(MessageWaitingReported(on=True))
    assert len(desk.said()) == 1


def test_who_has_listened_turns_the_lamp_off_until_the_network_reports_again(desk: Desk) -> None:
    desk.news.message_waiting(MessageWaitingReported(on=True))
    desk.rows.clear()
    desk.news.messages_heard("page")
    assert desk.lamp == DARK
    assert not desk.health.status("idle", {}, ()).message_waiting
    assert desk.said() == [("button", "page", "The message lamp is off until your telephone company reports again.")]
    desk.news.messages_heard("page")
    assert desk.said() == [("button", "page", "There was no message waiting any more.")]
    desk.news.message_waiting(MessageWaitingReported(on=True))
    assert desk.lamp == WAITING


def test_a_message_told_before_a_restart_still_waits_after_it(desk: Desk, panel: Panel) -> None:
    desk.news.message_waiting(MessageWaitingReported(on=True))
    after = Health("main", 4712, "0.1.0", START)
    after.remember([desk.health.status("stopped", {}, ())])
    panel.tell(Signal.MESSAGES_HEARD)
    restarted = Desk(panel, after)
    assert restarted.lamp == WAITING
    assert restarted.said() == []


def test_what_a_modem_says_of_itself_stands_in_the_status(desk: Desk) -> None:
    desk.news.ready(ModemReady("/dev/ttyACM0", OLD))
    status = desk.health.status("idle", {}, ())
    assert (status.modem_name, status.profile, status.firmware, status.country_code, status.voice) == (
        "USR5637", "USR5637", "V1.2.10", "B5", False,
    )  # fmt: skip  # one row
    assert status.concerns == ("old_firmware", "no_voice")
    assert desk.said() == [("modem", "line", "The modem USR5637 is ready.")]


def test_a_modem_that_is_lost_is_told_once_per_reason_and_when_it_is_back(desk: Desk) -> None:
    for _ in range(2):
        desk.news.lost(ModemLost("It was unplugged."))
    assert [text for _, _, text in desk.said()] == [
        "The modem cannot be used. It was unplugged. The telephone rings as usual meanwhile."
    ]
    desk.news.ready(ModemReady("/dev/ttyACM0", OLD))
    assert desk.said() == [("modem", "line", "The modem USR5637 is back.")]


def test_a_forgotten_setting_is_a_warning(desk: Desk) -> None:
    desk.news.caller_id_lost(CallerIdSettingLost())
    assert [row.kind for row in desk.rows] == ["warning"]


@pytest.mark.parametrize("step", list(RecoveryStep), ids=lambda step: step.value)
def test_each_step_of_recovery_is_told_with_whether_it_could_be_done(desk: Desk, step: RecoveryStep) -> None:
    desk.news.recovery_tried(RecoveryTried(step))
    desk.news.recovery_tried(RecoveryTried(step, "No USB port is known."))
    (_, _, done), (_, _, not_done) = desk.said()
    assert not_done.endswith(" No USB port is known.")
    assert ("could not" in not_done) is (step is not RecoveryStep.GIVEN_UP)
    assert "could not" not in done


def test_when_nothing_helps_somebody_is_asked_to_unplug_it(desk: Desk) -> None:
    desk.news.recovery_tried(RecoveryTried(RecoveryStep.GIVEN_UP))
    assert "Please pull it out of the USB socket" in desk.rows[0].text
