"""How a modem that hangs is brought back: whether it may be taken off USB, and how often that was needed."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from appliance.doctor.patient import Finding, Level, Patient, local
from appliance.modem_news import NOT_DONE, TRIED
from hardware import ports
from hardware.usb_power import PROGRAM

LOOK_BACK = timedelta(days=7)
_TOLD = (*TRIED.values(), *NOT_DONE.values())


def means(patient: Patient) -> Iterator[Finding]:
    """What can be done without a hand."""
    for path in patient.paths:
        if Path(path).exists():
            yield _off_usb(path, patient)
    switch = patient.config.modem.usb_power
    if switch and shutil.which(PROGRAM) is None:
        saw = f"modem.usb_power names {switch}, but the program that switches it is not installed."
        yield Finding("waking it", Level.WARNING, saw, f"Install it: sudo apt install {PROGRAM}")
    elif switch:
        yield Finding(
            "waking it", Level.OK, f"If nothing else helps, the USB power at {switch} is switched off and on."
        )


def _off_usb(path: str, patient: Patient) -> Finding:
    folder = ports.usb_folder_of(Path(path).resolve(), patient.system.sysfs)
    if folder is None:
        saw = "The modem is not on USB: when it hangs, Quietline can reset it, but somebody must switch it off and on."
        return Finding("waking it", Level.OK, saw)
    if not patient.config.modem.usb_reconnect:
        saw = "When the modem hangs it is reset; taking it off USB is switched off (modem.usb_reconnect)."
        return Finding("waking it", Level.OK, saw)
    file = folder / "authorized"
    if _may_write(file, patient):
        return Finding("waking it", Level.OK, "When the modem hangs, Quietline can take it off USB and put it back.")
    saw = "When the modem hangs, Quietline may not take it off USB and put it back."
    advice = "Install the udev rule as docs/install.md says, plug the modem in again, and restart Quietline."
    return Finding("waking it", Level.WARNING, saw, f"{advice} (It is {file}.)")


def _may_write(file: Path, patient: Patient) -> bool:
    """Whether the line process may; without one, whether this user may."""
    who = next((who for line in patient.lines if (who := _identity(patient.system.proc / str(line.pid)))), None)
    if who is None:
        return os.access(file, os.W_OK)
    user, groups = who
    try:
        found = file.stat()
    except OSError:
        return False
    if user in (0, found.st_uid):
        return user == 0 or bool(found.st_mode & 0o200)
    return bool(found.st_mode & (0o020 if found.st_gid in groups else 0o002))


def _identity(process: Path) -> tuple[int, set[int]] | None:
    """User and groups of a process (proc_pid_status(5)), None when it is gone."""
    try:
        lines = (process / "status").read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    try:
        user, group = int(told["Uid"].split()[1]), int(told["Gid"].split()[1])
        return user, {group, *map(int, told.get("Groups", "").split())}
    except (KeyError, IndexError, ValueError):
        return None


def history(patient: Patient) -> Iterator[Finding]:
    """How often it had to be woken lately."""
    if patient.store_trouble:
        return
    steps = [
        event
        for event in patient.events
        if patient.now - event.at <= LOOK_BACK and event.text.startswith(_TOLD)  # newest first
    ]
    if steps:
        saw = f"The modem had to be woken within the last week, last at {local(steps[0].at)}. {steps[0].text}"
        advice = "If that goes on, try another cable, or a USB hub with a power supply of its own, or another modem."
        yield Finding("woken", Level.WARNING, saw, advice)
    else:
        yield Finding("woken", Level.OK, "The modem never had to be woken within the last week.")
