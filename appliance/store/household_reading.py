"""From settings by name to what a decision depends on. Every value fits by now; no SQL, and nothing is judged here."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from appliance.core.household import Limits, Mode
from appliance.core.policy import Policy, chosen_of
from appliance.core.profiles import known_profiles, profiles_of
from appliance.core.schedule_text import schedule_of
from appliance.store.home_values import own_numbers
from appliance.store.settings_table import RULE, Around

LIMITS = tuple(Limits.__dataclass_fields__)


def around_of(values: Mapping[str, str], country: str, area_code: str) -> Around:
    """What the values of other settings may depend on; the installer's country and area code stand in."""
    return Around(
        values.get("country") or country,
        values.get("area_code") or area_code,
        known_profiles(profiles_of(values.get("profiles", ""))),
    )


def policy_of(values: Mapping[str, str], profiles: tuple[str, ...]) -> Policy:
    """What is to be done with whom, and when."""
    return Policy(
        preset=values["preset"],
        chosen=chosen_of(values),
        own=profiles_of(values["profiles"]),
        schedule=schedule_of(values["schedule"], values["exceptions"], values["profile_until"], profiles),
    )


class Plain(TypedDict):
    """What a household takes from its settings as they stand."""

    mode: Mode
    permit_next_until: datetime | None
    expecting_until: datetime | None
    numbers: tuple[str, ...]
    known_countries: frozenset[str]
    switched: dict[str, bool]
    limits: Limits


def plain_of(values: Mapping[str, str], around: Around) -> Plain:
    """The switches, figures, numbers and moments."""
    return Plain(
        mode=Mode(values["mode"]),
        permit_next_until=_moment(values["permit_next_until"]),
        expecting_until=_moment(values["expecting_until"]),
        numbers=own_numbers(values["home_number"], around.country, around.area_code),
        known_countries=frozenset(filter(None, values["known_countries"].split(","))),
        switched={
            name.removeprefix(RULE): value == "on" for name, value in values.items() if value and name.startswith(RULE)
        },
        limits=Limits(**{name: int(values[name]) for name in LIMITS}),
    )


def _moment(value: str) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
