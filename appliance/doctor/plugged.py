"""The modem as Linux sees it: plugged in, of a kind that works, held by another program, ours to use. Asks no modem."""

import grp
import os
from collections.abc import Iterator
from pathlib import Path

from appliance.doctor.patient import Finding, Level, Patient
from hardware import ports

MODEM_MANAGER = "ModemManager"
RULES = "60-quietline.rules"
LEAVE_ALONE = (
    f"Install systemd/{RULES} as docs/install.md says, which tells ModemManager to leave telephone modems alone, then "
    "plug the modem in again. Or do without it: sudo systemctl disable --now ModemManager"
)


def plugged_in(patient: Patient) -> Iterator[Finding]:
    """Which modems are there, and which of them can never work."""
    soft_ones = ports.softmodems(*patient.looks_in)
    for soft in soft_ones:
        saw = f"{soft.known_name} ({soft.usb_id}) is a softmodem: half a modem, whose other half is a Windows program."
        advice = "It cannot work here. Use a modem with a processor of its own, such as one with a Conexant CX93010."
        yield Finding("plugged in", Level.PROBLEM, saw, advice)
    good_ones = ports.candidates(*patient.looks_in)
    for good in good_ones:
        yield Finding("plugged in", Level.OK, f"{good.known_name}, at {good.path}.")
    known = {good.path for good in good_ones}
    for path in patient.paths:
        if path in known:
            continue
        if Path(path).exists():
            yield Finding("plugged in", Level.OK, f"{path} is there.")
        else:
            advice = "Plug the modem in, or correct modem.port in quietline.toml."
            yield Finding("plugged in", Level.PROBLEM, f"{path} does not exist.", advice)
    if not patient.paths and not soft_ones:
        advice = (
            "A telephone modem goes between the telephone socket and USB: a dongle with a Conexant CX93010, or the "
            "U.S. Robotics USR5637."
        )
        yield Finding("plugged in", Level.PROBLEM, ports.nothing_found(*patient.looks_in), advice)


def other_programs(patient: Patient) -> Iterator[Finding]:
    """Who else has the port open, and whether ModemManager has been told to leave it alone."""
    ours = {line.pid for line in patient.lines} | {os.getpid()}
    paths = [path for path in patient.paths if Path(path).exists()]
    found = False
    for path in paths:
        for pid, name in _holders(Path(path), patient.system.proc):
            if pid in ours:
                continue
            found = True
            advice = LEAVE_ALONE if name == MODEM_MANAGER else f"Stop it: sudo kill {pid}"
            saw = f"{name} (process {pid}) uses the modem on {path}; two programs on one modem disturb each other."
            yield Finding("other programs", Level.PROBLEM, saw, advice)
    if _runs(MODEM_MANAGER, patient.system.proc):
        if any((folder / RULES).exists() for folder in patient.system.rules):
            saw = "ModemManager runs, and has been told to leave telephone modems alone."
            yield Finding("other programs", Level.OK, saw)
        else:
            saw = "ModemManager runs, and may talk to the modem in the middle of a call."
            yield Finding("other programs", Level.WARNING, saw, LEAVE_ALONE)
    elif paths and not found:
        yield Finding("other programs", Level.OK, "No other program uses the modem, as far as this user can see.")


def permissions(patient: Patient) -> Iterator[Finding]:
    """Whether this user may open the ports."""
    for path in map(Path, patient.paths):
        if not path.exists():  # "plugged in" has said so
            continue
        if os.access(path, os.R_OK | os.W_OK):
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


def _holders(device: Path, proc: Path) -> list[tuple[int, str]]:
    """The processes that have it open, as far as this user may see them."""
    try:
        target = str(device.resolve(strict=True))
    except (OSError, RuntimeError):
        return []
    return [(int(process.name), _name(process)) for process in _processes(proc) if target in _open_files(process)]


def _runs(name: str, proc: Path) -> bool:
    return any(_name(process) == name for process in _processes(proc))


def _processes(proc: Path) -> list[Path]:
    try:
        return sorted(folder for folder in proc.iterdir() if folder.name.isdecimal())
    except OSError:
        return []


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip()
    except OSError:  # it has ended meanwhile
        return ""


def _open_files(process: Path) -> set[str]:
    files = set()
    try:
        for descriptor in (process / "fd").iterdir():
            files.add(str(descriptor.readlink()))
    except OSError:  # ended meanwhile, or somebody else's
        return files
    return files
