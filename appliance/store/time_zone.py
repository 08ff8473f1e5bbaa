"""The zone of the household's wall clock: by name, or the machine's own. The only place that looks for it."""

import os
import zoneinfo
from datetime import UTC, tzinfo
from pathlib import Path

LOCALTIME = Path("/etc/localtime")
# The longest name there is has 32 characters.
NAME_LIMIT = 64


def zone_key(text: str) -> str:
    """The name of a zone as the world writes it, from "europe/amsterdam" or "Amsterdam" too; "" for the machine's own.

    Raises ValueError with a sentence.
    """
    name = text.strip().replace(" ", "_")
    if not name or _named(name) is not None:
        return name
    plain = name.casefold()
    for known in sorted(zoneinfo.available_timezones()) if len(name) <= NAME_LIMIT else ():
        if plain in (known.casefold(), known.rpartition("/")[2].casefold()):
            return known
    raise ValueError(f'There is no time zone "{text.strip()[:40]}": write it such as Europe/Amsterdam.')


def zone_of(name: str) -> tzinfo:
    """The zone of that name; the machine's own for "" or a name that is not known (any more). Never raises."""
    return (_named(name) if name else None) or machine_zone()


def machine_zone(environment: str | None = None, localtime: Path = LOCALTIME) -> tzinfo:
    """The zone of this machine: TZ, else /etc/localtime, else UTC. Never raises."""
    told = (os.environ.get("TZ", "") if environment is None else environment).removeprefix(":")
    if told and (zone := _named(told)) is not None:
        return zone
    try:
        _, _, linked = str(localtime.resolve()).partition("/zoneinfo/")
        if linked and (zone := _named(linked)) is not None:
            return zone
        with localtime.open("rb") as file:
            return zoneinfo.ZoneInfo.from_file(file, key=None)
    except (OSError, ValueError):
        return UTC


def _named(name: str) -> tzinfo | None:
    if len(name) > NAME_LIMIT:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a name like "../x" or "Europe" is no zone either
        return None
