"""What the calls so far say about the line: Caller ID that came or did not, other telephones, messages waiting."""

import re
from collections.abc import Iterator

from appliance.caller_id_facts import facts_of
from appliance.core.diagnosis import diagnose
from appliance.doctor.patient import Finding, Level, Patient, local
from appliance.health import ABOUT_CALLER_ID, SILENT_CALLS
from appliance.store import LineStatus
from hardware.profiles import profile_named

SHOW_SOMEBODY = "To show somebody what the modem says: sudo quietline capture FILE.log"


def reports(patient: Patient) -> Iterator[Finding]:
    """Whether rings bring Caller ID, and if not, why."""
    for line in (*patient.lines, *patient.gone):
        told = [fault for fault in line.faults if fault.startswith(ABOUT_CALLER_ID)]
        if told:  # the running line knows more than its row says
            yield Finding("calls", Level.PROBLEM, told[0], SHOW_SOMEBODY)
        else:
            yield _from_row(line, patient.config.country)


def _from_row(line: LineStatus, country: str) -> Finding:
    silent = line.rings_without_caller_id
    found = diagnose(facts_of(line, country))
    if found is not None:
        level = Level.PROBLEM if silent >= SILENT_CALLS else Level.WARNING
        calls = "The last call" if silent == 1 else f"The last {silent} calls"
        return Finding("calls", level, f"{calls} came without Caller ID. {found.likely}", found.advice)
    if line.last_ring_at is None:
        return Finding("calls", Level.OK, f"No call has come yet on line {line.line}.")
    rang = f"The last ring on line {line.line} was at {local(line.last_ring_at)}"
    if line.last_report_at is None:
        return Finding("calls", Level.OK, f"{rang}; too short a call to say anything about Caller ID.")
    return Finding("calls", Level.OK, f"{rang}, the last Caller ID came at {local(line.last_report_at)}.")


def other_telephones(patient: Patient) -> Iterator[Finding]:
    """Whether the modem notices that somebody in the house telephones."""
    for modem in patient.modems:
        profile = profile_named(modem.profile)
        told = (*(profile.extras if profile else ()), *patient.config.modem.extra)
        looks = [found[1] for text in told if (found := re.search(r"-STE=(\d+)", text, re.IGNORECASE))]
        if looks and looks[-1] != "0":
            saw = "The modem is told to look whether another telephone is in use before it drops a call."
        elif looks:
            saw = "The modem could see whether another telephone is in use, but modem.extra turns that off."
        else:
            saw = "This modem cannot see other telephones. A call that has stopped ringing is never touched."
        yield Finding("telephones", Level.OK, saw)


def messages(patient: Patient) -> Iterator[Finding]:
    """Whether the telephone company holds a message."""
    for line in patient.lines:
        waits = "Your telephone company holds a message for you." if line.message_waiting else ""
        yield Finding("messages", Level.OK, waits or "Your telephone company has told of no message waiting.")
