"""What may be wrong with this appliance, in plain words and with what to do about it. Looks, and changes nothing.

The checks are one ordered tuple; each is a function from the patient to one finding or several.
"""

import grp
import http.client
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from appliance.config import Config, parse_bind
from appliance.errors import ApplianceError
from appliance.store import LineStatus, Store
from hardware.errors import HardwareError, PortBusy

# The line says every few seconds that it lives; half a minute without a word is no hiccup any more.
STALE_AFTER = timedelta(seconds=30)
STOPPED = "stopped"  # the last word of a line process that ended in order
# Below the first, Quietline goes on but should be cleaned up for; below the second, rows will soon be lost. Bytes.
DISK_LOW = 200 * 1024 * 1024
DISK_FULL = 20 * 1024 * 1024
# A clock before this has not been set since the machine came up: Quietline is younger than that.
CLOCK_SANE = datetime(2026, 1, 1, tzinfo=UTC)
CLOCK_MAD = datetime(2100, 1, 1, tzinfo=UTC)
PATIENCE_S = 5.0  # for the page and for timedatectl


class Level(Enum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, how bad it is, what was seen, and what to do (empty when nothing)."""

    check: str
    level: Level
    saw: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What every check looks at. `lines` are the line processes that are alive, by their heartbeat."""

    config: Config
    now: datetime
    lines: tuple[LineStatus, ...]
    gone: tuple[LineStatus, ...]
    mode: str
    store_trouble: str


def examine(config: Config, now: datetime) -> list[Finding]:
    """Every check, in order."""
    patient = _admit(config, now)
    return [finding for check in CHECKS for finding in check(patient)]


def _admit(config: Config, now: datetime) -> Patient:
    try:
        with Store.open(config.data) as store:
            found = store.status.all()
            mode, trouble = store.settings.get("mode"), store.damage()
    except PermissionError:
        return Patient(config, now, (), (), "", f"This user may not use the store in {config.data}.")
    except ApplianceError as error:
        return Patient(config, now, (), (), "", str(error))
    lines = tuple(line for line in found if is_alive(line, now))
    return Patient(config, now, lines, tuple(line for line in found if line not in lines), mode, trouble)


def is_alive(line: LineStatus, now: datetime) -> bool:
    """Whether that line process runs, by what it last said."""
    return line.state != STOPPED and now - line.heartbeat_at <= STALE_AFTER


def _line(patient: Patient) -> Iterator[Finding]:
    for line in patient.lines:
        yield Finding(f"line {line.line}", Level.OK, f"Running, process {line.pid}, {line.state}.")
        for fault in line.faults:
            yield Finding(f"line {line.line}", Level.PROBLEM, fault)
    start = "Start it: sudo systemctl start quietline.target"
    for line in patient.gone:
        since = "stopped at" if line.state == STOPPED else "no sign of life since"
        saw = f"Not running: {since} {line.heartbeat_at:%Y-%m-%d %H:%M} UTC. Every call rings through."
        yield Finding(f"line {line.line}", Level.PROBLEM, saw, start)
    if not patient.lines and not patient.gone:
        yield Finding("line", Level.WARNING, "The line process has never run with this store.", start)


def _modem(patient: Patient) -> Iterator[Finding]:
    if patient.lines:
        for line in patient.lines:
            yield from _reported_modem(line)
        return
    from hardware import ports

    port = patient.config.modem.port
    found = [port] if port != "auto" else [candidate.path for candidate in ports.candidates()]
    if not found:
        yield Finding("modem", Level.PROBLEM, ports.nothing_found(), "Then run this again.")
    for path in found:
        yield from _asked_modem(path)


def _reported_modem(line: LineStatus) -> Iterator[Finding]:
    if not line.modem_name:
        yield Finding(
            "modem", Level.PROBLEM, f"Line {line.line} has no modem: {line.modem or 'none found'}.", "Plug it in."
        )
        return
    yield Finding("modem", Level.OK, f"{line.modem_name} on {line.port}.")
    if line.caller_id:
        yield Finding("caller ID", Level.OK, "The modem reports Caller ID.")
    else:
        advice = "Unplug the modem, wait ten seconds, plug it in again."
        yield Finding("caller ID", Level.PROBLEM, "The modem does not report Caller ID.", advice)
    if line.last_ring_at and not line.last_report_at:
        advice = "Ask your telephone company to turn on Caller ID (CLIP), and set the country in quietline.toml."
        yield Finding("caller ID", Level.WARNING, "Calls have come, but never a Caller ID.", advice)


def _asked_modem(path: str) -> Iterator[Finding]:
    from hardware.modem import identify_port

    try:
        modem = identify_port(path)
    except PortBusy:
        advice = (
            "Stop the other program (fuser -v shows it); ModemManager must leave modems alone: install the udev rule."
        )
        yield Finding("modem", Level.PROBLEM, f"Another program holds {path}.", advice)
    except (HardwareError, OSError) as error:
        advice = "Unplug it, wait ten seconds, plug it in again; if that does not help, it may be no voice modem."
        yield Finding("modem", Level.PROBLEM, f"{path}: {error}", advice)
    else:
        voice = "can speak" if modem.voice else "cannot speak, but can drop calls"
        yield Finding("modem", Level.OK, f"{modem.name} on {path}; it {voice}.")
        if modem.caller_id:
            yield Finding("caller ID", Level.OK, "The modem can report Caller ID.")
        else:
            yield Finding("caller ID", Level.PROBLEM, "The modem refuses to report Caller ID.", "Use another modem.")


def _permissions(patient: Patient) -> Iterator[Finding]:
    from hardware import ports

    port = patient.config.modem.port
    paths = [Path(port)] if port != "auto" else [Path(candidate.path) for candidate in ports.candidates()]
    for path in paths:
        if not path.exists():
            yield Finding(
                "permissions", Level.PROBLEM, f"{path} does not exist.", "Plug the modem in, or correct modem.port."
            )
        elif os.access(path, os.R_OK | os.W_OK):
            yield Finding("permissions", Level.OK, f"This user may use {path}.")
        else:
            group = _group_name(path)
            advice = f'sudo usermod -aG {group} "$USER", then sign in again; the services have the group already.'
            yield Finding("permissions", Level.WARNING, f"This user may not use {path}; group {group} may.", advice)


def _group_name(path: Path) -> str:
    try:
        return grp.getgrgid(path.stat().st_gid).gr_name
    except (KeyError, OSError):
        return "dialout"


def _store(patient: Patient) -> Iterator[Finding]:
    folder = patient.config.data
    if patient.store_trouble:
        yield Finding("store", Level.PROBLEM, patient.store_trouble, f"Look at {folder}; try this command with sudo.")
        return
    yield Finding("store", Level.OK, f"{folder / 'quietline.db'} is in order.")
    copies = sorted((folder / "nightly").glob("quietline-*.db"))
    if copies:
        yield Finding("copies", Level.OK, f"{len(copies)} nightly copies, the newest {copies[-1].name}.")
    else:
        yield Finding("copies", Level.WARNING, "No nightly copy yet.", "The page's process makes one every night.")


def _disk(patient: Patient) -> Iterator[Finding]:
    folder = patient.config.data
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # no such folder yet, or not for this user's eyes: "store" has said so
        return
    level = Level.PROBLEM if free < DISK_FULL else Level.WARNING if free < DISK_LOW else Level.OK
    advice = "" if level is Level.OK else f"Make room on the disk that holds {folder}."
    yield Finding("disk", level, f"{free / 1_000_000:,.0f} MB free.", advice)


def _clock(patient: Patient) -> Iterator[Finding]:
    shown = f"{patient.now.astimezone():%Y-%m-%d %H:%M %Z}"
    if not CLOCK_SANE <= patient.now <= CLOCK_MAD:
        yield Finding("clock", Level.PROBLEM, f"It says {shown}.", "Connect to the internet, or: sudo date --set ...")
        return
    synchronised = _synchronised()
    if synchronised is False:
        advice = "sudo timedatectl set-ntp true; the calls are handled anyway, only their times may be wrong."
        yield Finding("clock", Level.WARNING, f"It says {shown}, but is not set by the network.", advice)
    else:
        yield Finding("clock", Level.OK, f"It says {shown}{', set by the network' if synchronised else ''}.")


def _synchronised() -> bool | None:
    """Whether the clock follows network time; None when systemd cannot say."""
    try:
        asked = subprocess.run(
            ["timedatectl", "show", "-p", "NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(asked.stdout.strip())


def _mode(patient: Patient) -> Iterator[Finding]:
    if patient.mode == "on":
        yield Finding("mode", Level.OK, "on: blocked calls are dropped.")
    elif patient.mode:
        saw = f"{patient.mode}: no call is dropped."
        yield Finding("mode", Level.WARNING, saw, "If that is not what you want: quietline settings set mode on")


def _page(patient: Patient) -> Iterator[Finding]:
    host, port = parse_bind(patient.config.web.bind)
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # the address is asked, not opened
    try:
        with closing(http.client.HTTPConnection(asked, port, timeout=PATIENCE_S)) as connection:
            connection.request("HEAD", "/", headers={"Host": patient.config.web.hosts[0]})
            answer = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        saw = f"Nothing answers at {patient.config.web.bind}: {error}. Calls are handled all the same."
        yield Finding("page", Level.WARNING, saw, "Start it: sudo systemctl start quietline-web")
    else:
        level = Level.OK if answer < 500 else Level.PROBLEM
        yield Finding("page", level, f"Answers at {patient.config.web.bind} (status {answer}).")


Check = Callable[[Patient], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (_line, _modem, _permissions, _store, _disk, _clock, _mode, _page)
