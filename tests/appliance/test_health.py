"""What the health lamp and the status row say, after real calls of the call table."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.core import call as core
from appliance.core.household import Mode
from appliance.health import RINGS_FOR_A_REPORT, SILENT_CALLS, Health
from appliance.live_call import LiveCall
from appliance.store import Store
from hardware.cadence import NORTH_AMERICA
from hardware.events import CallerIdReported, ModemIdentified
from hardware.panel import Signal

START = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
MODEM = ModemIdentified(name="56K", firmware="V1", voice=True, caller_id=True)


@pytest.fixture
def health() -> Health:
    health = Health("main", 4711, "0.1.0", START)
    health.modem_ready("/dev/ttyACM0", MODEM)
    return health


def ended(folder: Path, outcome: core.Outcome, *, rings: int = 2, report: CallerIdReported | None = None) -> LiveCall:
    call = replace(core.begin(core.Timing.of(NORTH_AMERICA), 100.0), rings=rings)
    live = LiveCall("main", START, call)
    with Store.open(folder) as store:
        live.decide(report, store.settings.household("US", ""), early=False)
    live.finish(outcome, 120.0)
    return live


KNOWN = CallerIdReported(number="2125550177")


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
