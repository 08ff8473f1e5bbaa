"""What may be wrong with this appliance, in plain words and with what to do about it. Looks, and changes nothing.

The checks are one ordered tuple, from the telephone line to the page; each is a function from the patient to findings.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from appliance.config import Config
from appliance.doctor import calls, machine, modem, plugged, waking
from appliance.doctor.patient import STALE_AFTER, Finding, Level, Patient, System, admit, is_alive

__all__ = ["CHECKS", "STALE_AFTER", "Finding", "Level", "Patient", "System", "examine", "is_alive"]

Check = Callable[[Patient], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    machine.line_process,
    plugged.plugged_in,
    plugged.other_programs,
    plugged.permissions,
    modem.identity,
    modem.voice,
    modem.caller_id,
    modem.country,
    calls.reports,
    calls.other_telephones,
    calls.messages,
    waking.means,
    waking.history,
    machine.store,
    machine.disk,
    machine.clock,
    machine.mode,
    machine.page,
)


def examine(config: Config, now: datetime, system: System | None = None) -> list[Finding]:
    """Every check, in order. Without a line process the modem itself is asked, which takes some seconds."""
    patient = admit(config, now, system or System())
    known, trouble = modem.meet(patient)
    patient = replace(patient, modems=known, unmet=trouble)
    return [finding for check in CHECKS for finding in check(patient)]
