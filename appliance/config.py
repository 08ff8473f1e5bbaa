"""What the installer decides: quietline.toml, read once at start. What the household decides lives in the store.

Every default stands here and nowhere else. An error names file, key, value and what is allowed, in one line.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from appliance.errors import ConfigError
from appliance.extra_commands import MAX_COMMANDS, why_refused

SYSTEM_FILE = Path("/etc/quietline/quietline.toml")
SYSTEM_DATA = Path("/var/lib/quietline")

# BCM numbers brought out on the 40-pin header of every Raspberry Pi; 0 and 1 belong to the HAT's own EEPROM.
HEADER_PINS = range(2, 28)

# The rows of hardware/profiles.py, which the pages may not read; a test holds the two lists together.
MODEM_PROFILES = (
    "V.253",
    "USR5637",
    "Conexant",
    "Conexant ACF",
    "MultiTech",
    "Lucent",
    "Si24xx",
    "Rockwell",
    "USR-TI",
)


@dataclass(frozen=True, slots=True)
class ModemConfig:
    """Which modem answers for the line, and how it is treated. `appliance.modem_options` hands it to the modem."""

    port: str = "auto"  # "auto", or a device such as /dev/serial/by-id/...
    profile: str = "auto"  # "auto": found out by asking; else one of MODEM_PROFILES
    caller_id: str = "formatted"  # or "raw": messages as they came, where the modem can
    distinctive_ring: bool = False  # ask for the pattern of each ring
    extra: tuple[str, ...] = ()  # commands sent after ours at every start
    usb_reconnect: bool = True  # a modem that hangs is unplugged and plugged in by software
    usb_power: str = ""  # "HUB:PORT" for uhubctl: a modem that hangs has its power switched off and on


@dataclass(frozen=True, slots=True)
class PanelConfig:
    """Lamps and buttons by BCM pin; the defaults keep clear of UART (14, 15), I2C (2, 3) and SPI (7 to 11)."""

    enabled: bool = True
    health: int = 17
    ring: int = 22
    blocked: int = 27
    message: int = 23
    block_button: int = 5
    allow_button: int = 6


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Where the page is served, and by which names it may be asked for (a guard against DNS rebinding)."""

    bind: str = "127.0.0.1:8080"
    hosts: tuple[str, ...] = ("quietline.local", "quietline", "localhost")


@dataclass(frozen=True, slots=True)
class Config:
    """All of quietline.toml, with the defaults filled in. `file` is where it came from, None when there was none."""

    country: str = "US"  # ISO 3166 alpha-2
    area_code: str = ""  # national digits without trunk prefix
    data: Path = SYSTEM_DATA
    modem: ModemConfig = field(default_factory=ModemConfig)
    panel: PanelConfig = field(default_factory=PanelConfig)
    web: WebConfig = field(default_factory=WebConfig)
    file: Path | None = None


def load(path: Path | None = None, *, data: Path | None = None) -> Config:
    """Read `path`, or the system's file when it is None and there is one. `data` overrides the folder.

    Raises ConfigError.
    """
    file = path if path is not None else (SYSTEM_FILE if SYSTEM_FILE.exists() else None)
    table = _read(file) if file is not None else {}
    where = str(file or SYSTEM_FILE)
    _refuse_unknown(table, _TOP | _SECTIONS.keys(), where, "")
    values: dict[str, Any] = {key: check(table[key], f"{where}: {key}") for key, check in _TOP.items() if key in table}
    for name, (section, checks) in _SECTIONS.items():
        values[name] = section(**_section(table.get(name, {}), checks, where, name))
    _refuse_shared_pins(values["panel"], where)
    values["data"] = data if data is not None else values.get("data") or default_data()
    return Config(file=file, **values)


def default_data() -> Path:
    """The store's folder when nobody names one: systemd's, the installed one where there is one, else the person's own.

    An installed folder that this person may not write is still the answer: an entry that quietly landed in a second
    store, which no line process reads, would be worse than "permission denied".
    """
    state = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if state:
        return Path(state)
    return SYSTEM_DATA if SYSTEM_DATA.exists() else personal_data()


def personal_data() -> Path:
    """Where this person's programs keep their data (XDG base directory specification), with our name on it."""
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "quietline"


def dump(config: Config) -> str:
    """The effective values as TOML that load() reads back to the same Config."""
    lines = [f"{name} = {_toml(getattr(config, name))}" for name in _TOP]
    for name in _SECTIONS:
        section = getattr(config, name)
        lines += ["", f"[{name}]", *(f"{f.name} = {_toml(getattr(section, f.name))}" for f in fields(section))]
    return "\n".join(lines) + "\n"


def parse_bind(text: str) -> tuple[str, int]:
    """Host and port of "HOST:PORT" or "[::1]:PORT". Raises ValueError with what is allowed."""
    host, _, port = text.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not host or not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError('must be HOST:PORT, for example "127.0.0.1:8080" or "0.0.0.0:80"')
    return host, int(port)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: is not valid TOML: {error}.") from error


def _section(table: Any, checks: "Mapping[str, _Check]", where: str, name: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: {name} = {_toml(table)}: must be a section, written [{name}].")
    _refuse_unknown(table, checks, where, f"{name}.")
    return {key: checks[key](value, f"{where}: {name}.{key}") for key, value in table.items()}


def _refuse_unknown(table: Mapping[str, Any], allowed: Any, where: str, prefix: str) -> None:
    for key in table:
        if key not in allowed:
            close = difflib.get_close_matches(key, list(allowed), n=1)
            hint = f'did you mean "{prefix}{close[0]}"?' if close else f"allowed are {', '.join(sorted(allowed))}."
            raise ConfigError(f'{where}: unknown key "{prefix}{key}": {hint}')


def _refuse_shared_pins(panel: PanelConfig, where: str) -> None:
    seen: dict[int, str] = {}
    for name in _PINS:
        pin = getattr(panel, name)
        if pin in seen:
            raise ConfigError(
                f"{where}: panel.{name} = {pin}: pin {pin} is already panel.{seen[pin]}; each needs its own."
            )
        seen[pin] = name


_Check = Callable[[Any, str], Any]


def _text_check(pattern: str, allowed: str) -> _Check:
    def check(value: Any, where: str) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ConfigError(f"{where} = {_toml(value)}: must be {allowed}.")
        return value

    return check


def _pin(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in HEADER_PINS:
        raise ConfigError(f"{where} = {_toml(value)}: must be a BCM pin number from 2 to 27.")
    return value


def _yes_no(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where} = {_toml(value)}: must be true or false.")
    return value


def _folder(value: Any, where: str) -> Path:
    if not isinstance(value, str) or not value.startswith(("/", "~/")) or "\0" in value:
        raise ConfigError(
            f'{where} = {_toml(value)}: must be a folder written from the root, such as "/var/lib/quietline".'
        )
    return Path(value).expanduser()


def _bind(value: Any, where: str) -> str:
    try:
        parse_bind(value)
    except (AttributeError, ValueError):
        raise ConfigError(
            f'{where} = {_toml(value)}: must be HOST:PORT, for example "127.0.0.1:8080" or "0.0.0.0:80".'
        ) from None
    return str(value)


def _one_of(*allowed: str) -> _Check:
    def check(value: Any, where: str) -> str:
        for word in allowed:
            if isinstance(value, str) and value.casefold() == word.casefold():
                return word
        words = ", ".join(f'"{word}"' for word in allowed)
        raise ConfigError(f"{where} = {_toml(value)}: must be one of {words}.")

    return check


def _commands(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(command, str) for command in value):
        raise ConfigError(f'{where} = {_toml(value)}: must be a list of modem commands, such as ["AT-STE=0"].')
    if len(value) > MAX_COMMANDS:
        raise ConfigError(f"{where}: holds {len(value)} commands; {MAX_COMMANDS} are allowed.")
    for command in value:
        reason = why_refused(command)
        if reason is not None:
            raise ConfigError(f"{where}: {_toml(command)} must {reason}.")
    return tuple(value)


def _hosts(value: Any, where: str) -> tuple[str, ...]:
    good = isinstance(value, list) and value and all(isinstance(host, str) and _HOST.fullmatch(host) for host in value)
    if not good:
        raise ConfigError(f'{where} = {_toml(value)}: must be a list of host names, such as ["quietline.local"].')
    return tuple(host.lower() for host in value)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    return '"' + "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\U{ord(c):08X}") for c in str(value)) + '"'


_ESCAPES = {'"': '\\"', "\\": "\\\\"}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?")
# uhubctl names a hub by its bus and the ports that lead to it: "1", "1-1", "1-1.4".
_HUB_PORT = r"(?:[0-9]{1,3}(?:-[0-9]{1,2}(?:\.[0-9]{1,2}){0,5})?:[1-9][0-9]?)?"
_PINS = ("health", "ring", "blocked", "message", "block_button", "allow_button")

_TOP: dict[str, _Check] = {
    "country": _text_check("[A-Z]{2}", 'a country of two capital letters, such as "US" or "GB"'),
    "area_code": _text_check("[0-9]{0,6}", 'up to six digits without the leading 0 or 1, such as "212", or ""'),
    "data": _folder,
}
_SECTIONS: dict[str, tuple[type, dict[str, _Check]]] = {
    "modem": (
        ModemConfig,
        {
            "port": _text_check("auto|/[^\\0\\s]+", '"auto" or a device such as "/dev/ttyACM0"'),
            "profile": _one_of("auto", *MODEM_PROFILES),
            "caller_id": _one_of("formatted", "raw"),
            "distinctive_ring": _yes_no,
            "extra": _commands,
            "usb_reconnect": _yes_no,
            "usb_power": _text_check(_HUB_PORT, '"HUB:PORT" as uhubctl lists them, such as "1-1:2", or ""'),
        },
    ),
    "panel": (PanelConfig, {"enabled": _yes_no, **dict.fromkeys(_PINS, _pin)}),
    "web": (WebConfig, {"bind": _bind, "hosts": _hosts}),
}
