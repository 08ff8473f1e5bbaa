"""The machine around the modem: line process, store, copies, disk, clock, mode, page."""

import http.client
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from appliance.config import parse_bind
from appliance.doctor.patient import STOPPED, Finding, Level, Patient
from appliance.health import ABOUT_CALLER_ID

# Below the first, Quietline goes on but should be cleaned up for; below the second, rows will soon be lost. Bytes.
DISK_LOW = 200 * 1024 * 1024
DISK_FULL = 20 * 1024 * 1024
# A clock before this has not been set since the machine came up: Quietline is younger than that.
CLOCK_SANE = datetime(2026, 1, 1, tzinfo=UTC)
CLOCK_MAD = datetime(2100, 1, 1, tzinfo=UTC)
PATIENCE_S = 5.0  # for the page and for timedatectl


def line_process(patient: Patient) -> Iterator[Finding]:
    """Whether the telephone line is watched, and what its process says is wrong."""
    for line in patient.lines:
        yield Finding(f"line {line.line}", Level.OK, f"Running, process {line.pid}, {line.state}.")
        for fault in line.faults:
            if not fault.startswith(ABOUT_CALLER_ID):  # told with the calls
                yield Finding(f"line {line.line}", Level.PROBLEM, fault)
    start = "Start it: sudo systemctl start quietline.target"
    for line in patient.gone:
        since = "stopped at" if line.state == STOPPED else "no sign of life since"
        saw = f"Not running: {since} {line.heartbeat_at:%Y-%m-%d %H:%M} UTC. Every call rings through."
        yield Finding(f"line {line.line}", Level.PROBLEM, saw, start)
    if not patient.lines and not patient.gone:
        yield Finding("line", Level.WARNING, "The line process has never run with this store.", start)


def store(patient: Patient) -> Iterator[Finding]:
    """Whether what is kept is whole, and copied every night."""
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


def disk(patient: Patient) -> Iterator[Finding]:
    """Whether there is room."""
    folder = patient.config.data
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # no such folder yet, or not for this user's eyes: "store" has said so
        return
    level = Level.PROBLEM if free < DISK_FULL else Level.WARNING if free < DISK_LOW else Level.OK
    advice = "" if level is Level.OK else f"Make room on the disk that holds {folder}."
    yield Finding("disk", level, f"{free / 1_000_000:,.0f} MB free.", advice)


def clock(patient: Patient) -> Iterator[Finding]:
    """Whether it can be right."""
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


def mode(patient: Patient) -> Iterator[Finding]:
    """Whether calls are dropped at all."""
    if patient.mode == "on":
        yield Finding("mode", Level.OK, "on: blocked calls are dropped.")
    elif patient.mode:
        saw = f"{patient.mode}: no call is dropped."
        yield Finding("mode", Level.WARNING, saw, "If that is not what you want: quietline settings set mode on")


def page(patient: Patient) -> Iterator[Finding]:
    """Whether it can be opened."""
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
