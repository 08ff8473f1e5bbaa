"""Whom the doctor looks at: configuration, store, modems, and where Linux tells of devices. No check may enter."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from appliance.config import Config
from appliance.errors import ApplianceError
from appliance.store import EventRow, LineStatus, Store
from hardware import ports

STALE_AFTER = timedelta(seconds=30)
"""The line says every few seconds that it lives; half a minute without a word is no hiccup any more."""
STOPPED = "stopped"  # the last word of a line process that ended in order

MODEM_EVENTS = 200
"""Of the newest events about modems, as many as are read: a modem that hangs makes some six each time."""


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
class System:
    """Where Linux tells of devices and processes, and where udev reads its rules."""

    by_id: Path = ports.BY_ID
    sysfs: Path = ports.SYSFS
    proc: Path = Path("/proc")
    rules: tuple[Path, ...] = (Path("/etc/udev/rules.d"), Path("/usr/lib/udev/rules.d"), Path("/lib/udev/rules.d"))


@dataclass(frozen=True, slots=True)
class Modem:
    """What is known of one modem: from the row of its line process, or from asking it (then `line` is "")."""

    line: str
    port: str
    name: str
    firmware: str
    profile: str
    country_code: str
    caller_id: bool | None
    voice: bool | None
    sound: str  # its sample format in words, "" when not known
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patient:
    """What every check looks at. `lines` are the line processes that are alive, by their heartbeat.

    `unmet` tells why a modem that should be there could not be asked; `events` are the newest ones about modems.
    """

    config: Config
    now: datetime
    system: System = field(default_factory=System)
    lines: tuple[LineStatus, ...] = ()
    gone: tuple[LineStatus, ...] = ()
    mode: str = ""
    store_trouble: str = ""
    events: tuple[EventRow, ...] = ()
    modems: tuple[Modem, ...] = ()
    unmet: tuple[Finding, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The ports in question: those the line processes have, else the one of the configuration, else all found."""
        held = [line.port for line in self.lines if line.port]
        if held:
            return held
        port = self.config.modem.port
        return [port] if port != "auto" else [found.path for found in ports.candidates(*self.looks_in)]

    @property
    def looks_in(self) -> tuple[Path, Path]:
        """Where ports are looked for."""
        return self.system.by_id, self.system.sysfs


def admit(config: Config, now: datetime, system: System) -> Patient:
    """Read what the store knows."""
    try:
        with Store.open(config.data) as store:
            found = store.status.all()
            mode, trouble = store.settings.get("mode"), store.damage()
            events = store.events.page(kind="modem", limit=MODEM_EVENTS).rows
    except PermissionError:
        return Patient(config, now, system, store_trouble=f"This user may not use the store in {config.data}.")
    except ApplianceError as error:
        return Patient(config, now, system, store_trouble=str(error))
    alive = tuple(line for line in found if is_alive(line, now))
    gone = tuple(line for line in found if line not in alive)
    return Patient(config, now, system, alive, gone, mode, trouble, events)


def is_alive(line: LineStatus, now: datetime) -> bool:
    """Whether that line process runs, by what it last said."""
    return line.state != STOPPED and now - line.heartbeat_at <= STALE_AFTER


def local(at: datetime) -> str:
    """A time for a sentence: "2026-11-22 18:05" where we are."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
