"""The household's own profiles, as a text: "guests=night, school=day". Names only; no treatment, no time may enter."""

import re
from collections.abc import Mapping

from appliance.core.presets import BASES

PROFILE_LIMIT = 8
"""Own profiles. Each is a column of the table of treatments; with more, nobody finds a mistake in it."""

_NAME = re.compile("[a-z0-9][a-z0-9-]{0,19}")
_HOW = 'write it such as "guests=night"'


def profiles_key(text: str) -> str:
    """The normal form of own profiles typed by a person; "" for none. Raises ValueError with a sentence."""
    own: dict[str, str] = {}
    for part in _parts(text):
        name, found, base = (piece.strip().lower() for piece in part.partition("="))
        if not found:
            raise ValueError(f'"{part[:40]}" does not say which profile it starts from: {_HOW}.')
        if not _NAME.fullmatch(name):
            raise ValueError(
                f'"{name[:40]}" cannot be the name of a profile: use 1 to 20 small letters, digits and "-"; {_HOW}.'
            )
        if name in BASES or name in own:
            raise ValueError(f'There is already a profile "{name}": choose another name.')
        if base not in BASES:
            raise ValueError(
                f'A profile starts from {", ".join(BASES[:-1])} or {BASES[-1]}, not "{base[:40]}": {_HOW}.'
            )
        own[name] = base
    if len(own) > PROFILE_LIMIT:
        raise ValueError(f"At most {PROFILE_LIMIT} profiles of your own are possible.")
    return ", ".join(f"{name}={base}" for name, base in own.items())


def profiles_of(text: str) -> dict[str, str]:
    """Own profiles by name, with what each starts from; never raises: what cannot be read is left out."""
    own: dict[str, str] = {}
    for part in _parts(text):
        try:
            name, _, base = profiles_key(part).partition("=")
        except ValueError:
            continue
        if len(own) < PROFILE_LIMIT:
            own.setdefault(name, base)
    return own


def profile_title(profile: str) -> str:
    """A profile as a page calls it: "Night", "Guests"."""
    return profile[:1].upper() + profile[1:]


def known_profiles(own: Mapping[str, str]) -> tuple[str, ...]:
    """Every profile there is, the built-in ones first."""
    return (*BASES, *own)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,;\n]", text) if part.strip()]
