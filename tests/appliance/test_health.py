"""What the health lamp and the status row say, after real calls of the call table."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.concerns import CONCERNS
from appliance.core import call as core
from appliance.core.diagnosis import Cause
from appliance.core.household import Mode
from appliance.health import ABOUT_CALLER_ID, RINGS_FOR_A_REPORT, SILENT_CALLS, TRYING, Health
from appliance.live_call import LiveCall
from appliance.store import Store
from hardware.cadence import NORTH_AMERICA
from hardware.events import CallerIdReported, Concern, ModemIdentified, RecoveryStep, RecoveryTried
from hardware.panel import Signal

START = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
MODEM = ModemIdentified(name="56K", firmware="V1", voice=True, caller_id=True)


@pytest.fixture
def health() -> Health:
    health = Health("main", 4711, "0.1.0", START)
    health.modem_ready("/dev/ttyACM0", MODEM)
    return health


def ended(
    folder: Path,
    outcome: core.Outcome,
    *,
    rings: int = 2,
    report: CallerIdReported | None = None,
    damaged: core.Damaged | None = None,
) -> LiveCall:
    call = replace(core.begin(core.Timing.of(NORTH_AMERICA), 100.0), rings=rings, damaged=damaged)
    live = LiveCall("main", START, call)
    with Store.open(folder) as store:
        live.decide(report, store.settings.household("US", ""), early=False)
    live.finish(outcome, 120.0)
    return live


KNOWN = CallerIdReported(number="2125550177")
DAMAGED = core.Damaged("The checksum is wrong.", CallerIdReported())


def test_before_a_modem_is_found_that_is_the_fault() -> None:
    health = Health("main", 4711, "0.1.0", START)
    assert health.faults() == ("Quietline is looking for the modem.",)
    assert health.signal(Mode.ON, health.faults()) is Signal.MODEM_MISSING
    assert health.status("idle", {}, health.faults()).modem == "looking"


def test_a_lost_modem_comes_first_and_goes_when_it_is_back(health: Health) -> None:
    health.modem_lost("The modem was unplugged.")
    assert health.faults("The disk is full.") == ("The modem was unplugged.", "The disk is full.")
    assert health.status("idle", {}, ()).modem == "lost"
    health.modem_ready("/dev/ttyACM1", MODEM)
    assert health.faults(None) == ()
    status = health.status("idle", {"health": "steady"}, ())
    assert (status.modem, status.port, status.modem_name, status.caller_id) == ("ready", "/dev/ttyACM1", "56K", True)


@pytest.mark.parametrize(
    ("mode", "signal"),
    [(Mode.ON, Signal.READY), (Mode.REHEARSAL, Signal.REHEARSING), (Mode.OFF, Signal.BLOCKING_OFF)],
)
def test_the_lamp_says_the_mode_when_all_is_well_and_the_fault_when_not(
    health: Health, mode: Mode, signal: Signal
) -> None:
    assert health.signal(mode, ()) is signal
    assert health.signal(mode, ("The disk is full.",)) is Signal.FAULT


def test_a_drop_that_failed_is_a_fault_until_one_works(health: Health, tmp_path: Path) -> None:
    health.call_ended(ended(tmp_path, core.Outcome.DROP_FAILED, report=KNOWN))
    assert "could not be hung up" in health.faults()[0]
    health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, report=KNOWN))
    assert health.faults() != ()
    health.call_ended(ended(tmp_path, core.Outcome.DROPPED, report=KNOWN))
    assert health.faults() == ()


def test_calls_without_caller_id_ask_for_a_look_at_the_modem_and_become_a_fault(health: Health, tmp_path: Path) -> None:
    for number in range(1, SILENT_CALLS + 1):
        assert health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT))
        assert bool(health.faults()) == (number == SILENT_CALLS)
    assert f"The last {SILENT_CALLS} calls came without Caller ID." in health.faults()[0]
    assert not health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, report=KNOWN))
    assert health.faults() == ()


def test_a_call_that_rang_too_short_for_a_report_says_nothing(health: Health, tmp_path: Path) -> None:
    for _ in range(SILENT_CALLS + 1):
        assert not health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, rings=RINGS_FOR_A_REPORT - 1))
    assert health.faults() == ()


def silent(health: Health, folder: Path, calls: int = SILENT_CALLS) -> None:
    for _ in range(calls):
        health.call_ended(ended(folder, core.Outcome.RANG_OUT))


def cause(health: Health) -> Cause | None:
    found = health.diagnosis()
    return found.cause if found else None


def test_silence_is_explained_by_what_is_known_of_line_and_modem(health: Health, tmp_path: Path) -> None:
    silent(health, tmp_path)
    assert cause(health) is Cause.NO_SERVICE
    assert "ask your telephone company to turn on Caller ID" in health.faults()[0]
    assert health.faults()[0].startswith(ABOUT_CALLER_ID)
    health.country = "NL"
    assert cause(health) is Cause.TONES_UNREADABLE
    health.last_report_at = START
    assert cause(health) is Cause.STOPPED
    for _ in range(SILENT_CALLS):
        health.setting_lost()
    assert cause(health) is Cause.FORGETFUL


def test_caller_id_that_arrives_damaged_is_a_fault_of_its_own_until_a_good_one_comes(
    health: Health, tmp_path: Path
) -> None:
    for _ in range(SILENT_CALLS):
        assert not health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, damaged=DAMAGED))
    assert cause(health) is Cause.DAMAGED
    assert f"the last {SILENT_CALLS} calls could not be trusted" in health.faults()[0]
    health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, report=KNOWN))
    assert health.faults() == ()


def test_a_damaged_call_among_silent_ones_says_that_the_line_has_the_service(health: Health, tmp_path: Path) -> None:
    health.call_ended(ended(tmp_path, core.Outcome.RANG_OUT, damaged=DAMAGED))
    silent(health, tmp_path)
    assert cause(health) is Cause.DAMAGED


def test_silence_outlives_a_restart_but_not_the_modem(health: Health, tmp_path: Path) -> None:
    silent(health, tmp_path)
    after = Health("main", 4712, "0.1.0", START)
    after.remember([health.status("stopped", {}, ())])
    after.modem_ready("/dev/ttyACM0", MODEM)
    assert after.faults() == health.faults() != ()
    after.modem_ready("/dev/ttyACM0", replace(MODEM, name="Another 56K"))
    assert after.faults() == ()


def test_what_is_tried_with_a_modem_that_hangs_is_told_until_it_is_back(health: Health) -> None:
    health.modem_lost("The modem stopped answering.")
    for step in RecoveryStep:
        health.recovery_tried(RecoveryTried(step))
        assert health.faults() == ("The modem stopped answering.", TRYING[step])
    assert "pull it out of the USB socket" in health.faults()[1]
    health.modem_ready("/dev/ttyACM0", MODEM)
    assert health.faults() == ()


def test_a_step_that_could_not_be_taken_is_not_told_as_being_tried(health: Health) -> None:
    health.modem_lost("The modem stopped answering.")
    health.recovery_tried(RecoveryTried(RecoveryStep.REOPEN))
    health.recovery_tried(RecoveryTried(RecoveryStep.USB_POWER, "The program uhubctl is not installed."))
    assert health.faults()[1] == TRYING[RecoveryStep.REOPEN]


def test_a_modem_that_was_pulled_out_is_not_being_woken(health: Health) -> None:
    health.modem_lost("The modem stopped answering.")
    health.recovery_tried(RecoveryTried(RecoveryStep.GIVEN_UP))
    health.modem_lost("No telephone modem is plugged in.")
    assert health.faults() == ("No telephone modem is plugged in.",)


@pytest.mark.parametrize("concern", Concern)
def test_the_lamp_shows_what_a_person_must_do_something_about(health: Health, concern: Concern) -> None:
    health.modem_ready("/dev/ttyACM0", replace(MODEM, concerns=(concern,)))
    assert health.faults() == ()  # told with words of its own
    assert health.signal(Mode.ON, ()) is (Signal.FAULT if CONCERNS[concern.value].urgent else Signal.READY)


def test_firmware_that_misses_caller_id_explains_its_absence(health: Health, tmp_path: Path) -> None:
    health.modem_ready("/dev/ttyACM0", replace(MODEM, concerns=(Concern.OLD_FIRMWARE,)))
    silent(health, tmp_path)
    assert cause(health) is Cause.OLD_FIRMWARE


def test_while_the_modem_is_gone_its_silence_is_not_the_matter(health: Health, tmp_path: Path) -> None:
    silent(health, tmp_path)
    health.modem_lost("The modem was unplugged.")
    assert health.faults() == ("The modem was unplugged.",)
    health.modem_ready("/dev/ttyACM0", MODEM)
    assert health.faults()[0].startswith(ABOUT_CALLER_ID)


def test_a_modem_without_voice_is_no_fault(health: Health) -> None:
    health.modem_ready("/dev/ttyACM0", replace(MODEM, voice=False, concerns=(Concern.NO_VOICE,)))
    assert health.signal(Mode.ON, health.faults()) is Signal.READY


def test_a_modem_that_cannot_report_is_told_once(health: Health, tmp_path: Path) -> None:
    deaf = replace(MODEM, caller_id=False)
    health.modem_ready("/dev/ttyACM0", deaf)
    silent(health, tmp_path)
    assert cause(health) is Cause.MODEM_CANNOT
    assert "does not report Caller ID" in health.faults()[0]
    health.modem_ready("/dev/ttyACM0", replace(deaf, concerns=(Concern.NO_CALLER_ID,)))
    assert health.faults() == ()
