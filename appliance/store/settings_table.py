"""Every setting of the household: its name, its default, what it may be, and the form it is kept in. No SQL.

Whatever a person can switch stands in SETTINGS, but for the treatments of profiles of the household's own, whose names
are not known beforehand: `setting_named` knows those too.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from appliance.core.household import Limits, Mode, Treatment
from appliance.core.policy import cell_of, setting_of
from appliance.core.presets import ALWAYS_RING, BASES, DEFAULT_PRESET, PRESETS
from appliance.core.profiles import profiles_key
from appliance.core.schedule_text import exceptions_key, schedule_key, until_key
from appliance.core.screening import RULES
from appliance.core.terms import Category
from appliance.core.treatment import refusal, selectable
from appliance.core.wall_time import YEARS
from appliance.errors import InvalidValue
from appliance.store.home_values import countries_key, country_key, numbers_key
from appliance.store.time_zone import zone_key

RULE = "rule."
"""How the names of the switches of rules begin: "rule.burst"."""

DAY_S = 86_400
LONGEST_BACK_S = 2 * DAY_S  # the calls of two days are remembered, see core/history.py
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Around:
    """What else of the household a value may depend on: where it is, and which profiles there are."""

    country: str = ""
    area_code: str = ""
    profiles: tuple[str, ...] = BASES


NOWHERE = Around()

Read = Callable[[str, Around], str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `sentence` says what it may be; `allowed` lists its values where there is a list.

    `read` gives the form in which a value is kept: None for one that does not fit, or a ValueError that says why.
    """

    default: str
    sentence: str
    read: Read
    allowed: tuple[str, ...] = ()

    def fits(self, value: str, around: Around = NOWHERE) -> bool:
        """Whether it may have this value."""
        try:
            return self.read(value, around) is not None
        except ValueError:
            return False

    def kept(self, name: str, value: str, around: Around) -> str:
        """The value as it is kept. Raises InvalidValue with what was wrong and what would do."""
        try:
            found = self.read(value, around)
        except ValueError as error:
            raise InvalidValue(str(error)) from error
        if found is None:
            raise InvalidValue(f"{name} cannot be {value[:40]!r}: it may be {self.sentence}.")
        return found


def _one_of(default: str, sentence: str, *allowed: str) -> Setting:
    return Setting(default, sentence, lambda value, _: value if value in allowed else None, allowed)


def _number(default: int, least: int, most: int, what: str) -> Setting:
    def read(value: str, _: Around) -> str | None:
        text = value.strip()
        fits = re.fullmatch("[0-9]{1,9}", text, re.ASCII) and least <= int(text) <= most
        return str(int(text)) if fits else None

    return Setting(str(default), f"{what}, a number from {least} to {most}", read)


def _moment(what: str) -> Setting:
    def read(value: str, _: Around) -> str | None:
        try:
            moment = datetime.fromisoformat(value) if value else None
        except ValueError:
            return None
        return value if moment is None or (moment.tzinfo is not None and moment.year in YEARS) else None

    return Setting("", f"a time with its zone (2026-01-31T18:30:00+00:00) until which {what}, or empty", read)


def _area_code(value: str, _: Around) -> str | None:
    return value if re.fullmatch("([0-9]{1,6})?", value, re.ASCII) else None


def _profile_words(what: str, example: str) -> str:
    return f'{what}, such as "{example}", or empty for none'


def _treatment(category: Category) -> Setting:
    choices = tuple(treatment.value for treatment in selectable(category))

    def read(value: str, _: Around) -> str | None:
        if value in ("", *choices):
            return value
        if value in TREATMENTS and (why := refusal(Treatment(value), category)) is not None:
            raise ValueError(why)
        return None

    return Setting("", f"{' or '.join(choices)}, or empty for what the preset says", read, ("", *choices))


TREATMENTS = frozenset(treatment.value for treatment in Treatment)
TREATED = {category: _treatment(category) for category in Category if category not in ALWAYS_RING}
SWITCH = _one_of("", "on or off, or empty for how Quietline delivers it", "", "on", "off")

SETTINGS: dict[str, Setting] = {
    "mode": _one_of(
        "on",
        "on (do what the table of treatments says), rehearsal (decide and record, never touch the line) or off",
        *(mode.value for mode in Mode),
    ),
    "country": Setting(
        "",
        "the two letters of a country (US, GB, NL), or empty to use quietline.toml",
        lambda value, _: country_key(value),
    ),
    "area_code": Setting(
        "", "the digits of the home area code without the leading zero, or empty to use quietline.toml", _area_code
    ),
    "home_number": Setting(
        "",
        "your own telephone number, or several with a comma between them, or empty",
        lambda value, around: numbers_key(value, around.country, around.area_code),
    ),
    "known_countries": Setting(
        "",
        "countries from which you know people, by their two letters (MA, DE), or empty",
        lambda value, _: countries_key(value),
    ),
    "time_zone": Setting(
        "",
        "the name of a time zone (Europe/Amsterdam), or empty for that of this machine",
        lambda value, _: zone_key(value),
    ),
    "preset": _one_of(DEFAULT_PRESET, "gentle, balanced or strict", *PRESETS),
    "profiles": Setting(
        "",
        _profile_words("profiles of your own, each with the one it starts from", "guests=night, school=day"),
        lambda value, _: profiles_key(value),
    ),
    "schedule": Setting(
        "",
        _profile_words("which profile counts when, every week", "night mon-sun 22:00-07:00"),
        lambda value, around: schedule_key(value, around.profiles),
    ),
    "exceptions": Setting(
        "",
        _profile_words("days that go by another profile", "away 2026-12-24..2026-12-26 Christmas"),
        lambda value, around: exceptions_key(value, around.profiles),
    ),
    "profile_until": Setting(
        "",
        _profile_words("a profile chosen by hand and when that ends", "away 2026-11-23T08:00+00:00"),
        lambda value, around: until_key(value, around.profiles),
    ),
    "permit_next_until": _moment("the next call is permitted"),
    "expecting_until": _moment("a call is expected and unknown callers ring"),
    "repeat_after_s": _number(
        LIMITS.repeat_after_s, 10, DAY_S, "seconds after which a caller who tries again counts as insistent"
    ),
    "repeat_within_s": _number(
        LIMITS.repeat_within_s, 60, LONGEST_BACK_S, "seconds within which a caller who tries again counts as insistent"
    ),
    "burst_s": _number(
        LIMITS.burst_s, 5, DAY_S, "seconds after a blocked call in which unknown callers belong to a burst"
    ),
    "ping_calls": _number(
        LIMITS.ping_calls, 1, 20, "calls that ring once or twice and are gone, which make the next one a ping call"
    ),
    "ping_within_s": _number(LIMITS.ping_within_s, 60, LONGEST_BACK_S, "seconds within which these calls must come"),
    "reported_score": _number(
        LIMITS.reported_score, 1, 100, "how bad the reports of a number must be to count (100 is worst)"
    ),
    "reported_count": _number(LIMITS.reported_count, 1, 1_000_000, "how many reports of a number must be there"),
    "reported_days": _number(
        LIMITS.reported_days, 1, 3_650, "days after which the reports of a number no longer count"
    ),
    **{f"{RULE}{rule.name}": SWITCH for rule in RULES if rule.switch},
    **{setting_of(profile, category): setting for profile in BASES for category, setting in TREATED.items()},
}


def setting_named(name: str) -> Setting:
    """The setting of that name. Raises InvalidValue, with the nearest name, when there is none."""
    if name in SETTINGS:
        return SETTINGS[name]
    cell = cell_of(name)
    if cell is not None and cell[1] in TREATED:
        return TREATED[cell[1]]
    if cell is not None:
        raise InvalidValue(f"There is nothing to choose in {name[:100]}: such calls always ring.")
    near = difflib.get_close_matches(name[:100], SETTINGS, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(SETTINGS)}."
    raise InvalidValue(f"There is no setting {name[:100]!r}.{hint}")


def clash(values: Mapping[str, str]) -> str:
    """Why these settings, each of which fits, do not go together; "" when they do."""
    if int(values["repeat_after_s"]) >= int(values["repeat_within_s"]):
        return "repeat_after_s must be less than repeat_within_s: a caller is insistent between the two."
    return ""
