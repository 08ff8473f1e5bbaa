"""Settings: what the household switches. Each is named here once, with its default and what is allowed."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from appliance.core.household import Category, Household, Mode, NumberIndex, Treatment
from appliance.core.policy import DAY, Policy
from appliance.core.treatment import EXISTING
from appliance.errors import InvalidValue
from appliance.store.database import Database
from appliance.store.events import Events
from appliance.store.lists import Lists
from appliance.store.moments import to_ms


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `allowed` lists its values, or `check` judges one where there is no list; `sentence` says it all."""

    default: str
    sentence: str
    allowed: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None

    def fits(self, value: str) -> bool:
        """Whether it may have this value."""
        return value in self.allowed if self.check is None else self.check(value)


def _is_moment(value: str) -> bool:
    try:
        return value == "" or datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _matches(pattern: str) -> Callable[[str], bool]:
    form = re.compile(pattern, re.ASCII)
    return lambda value: form.fullmatch(value) is not None


TREATED = (Category.WITHHELD, Category.UNAVAILABLE, Category.NO_CALLER_ID, Category.IMPOSSIBLE, Category.UNKNOWN)
TREATMENTS = tuple(treatment.value for treatment in Treatment if treatment in EXISTING)

SETTINGS: dict[str, Setting] = {
    "mode": Setting(
        "on",
        "on (drop what is blocked), rehearsal (decide and record, never touch the line) or off",
        tuple(mode.value for mode in Mode),
    ),
    "country": Setting(
        "", "the two letters of a country (US, GB, NL), or empty to use quietline.toml", check=_matches("([A-Z]{2})?")
    ),
    "area_code": Setting(
        "",
        "the digits of the home area code without the leading zero, or empty to use quietline.toml",
        check=_matches("([0-9]{1,6})?"),
    ),
    **{
        f"treatment.{category.value}": Setting("ring", "ring (let the phone ring) or drop (hang up)", TREATMENTS)
        for category in TREATED
    },
    "permit_next_until": Setting(
        "",
        "a time with its zone (2026-01-31T18:30:00+00:00) until which the next call is permitted, or empty",
        check=_is_moment,
    ),
}


class Settings:
    """The settings of one store."""

    def __init__(self, database: Database, events: Events, lists: Lists) -> None:
        self._database = database
        self._events = events
        self._lists = lists

    def get(self, name: str) -> str:
        """The value now: the household's, else the default. Raises InvalidValue for an unknown name."""
        setting = _named(name)
        row = self._database.row("SELECT value FROM setting WHERE name = ?", (name,))
        return setting.default if row is None or not setting.fits(row["value"]) else str(row["value"])

    def set(self, name: str, value: str, *, by: str, now: datetime) -> str:
        """Change it, on disk when this returns; the value before comes back. Raises InvalidValue."""
        if not _named(name).fits(value):
            raise InvalidValue(f"{name} cannot be {value!r}: it may be {_named(name).sentence}.")
        with self._database.writing():
            before = self.get(name)
            if value != before:
                self._database.run(
                    "INSERT OR REPLACE INTO setting (name, value, who, at) VALUES (?, ?, ?, ?)",
                    (name, value, by, to_ms(now)),
                )
                self._lists.moved()
                text = f"The setting {name} was changed from {before or 'empty'} to {value or 'empty'}."
                self._events.add("setting", now, who=by, text=text)
        return before

    def all(self) -> dict[str, str]:
        """Every setting with its value now."""
        stored = {row["name"]: row["value"] for row in self._database.rows("SELECT name, value FROM setting")}
        return {
            name: stored[name] if name in stored and setting.fits(stored[name]) else setting.default
            for name, setting in SETTINGS.items()
        }

    def household(self, config_country: str, config_area_code: str, index: NumberIndex | None = None) -> Household:
        """What a decision depends on, all from one moment. `index` is asked for numbers; None is this store's lists."""
        with self._database.reading():
            values = self.all()
            patterns, names = self._lists.patterns(), self._lists.names()
            dialled, rings = self._lists.dialled(), self._lists.rings()
        until = values["permit_next_until"]
        return Household(
            country=values["country"] or config_country,
            area_code=values["area_code"] or config_area_code,
            mode=Mode(values["mode"]),
            policy=Policy(
                chosen={(DAY, category): Treatment(values[f"treatment.{category.value}"]) for category in TREATED}
            ),
            index=self._lists if index is None else index,
            patterns=patterns,
            names=names,
            dialled=dialled,
            rings=rings,
            permit_next_until=datetime.fromisoformat(until) if until else None,
        )


def _named(name: str) -> Setting:
    if name in SETTINGS:
        return SETTINGS[name]
    near = difflib.get_close_matches(name, SETTINGS, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(SETTINGS)}."
    raise InvalidValue(f"There is no setting {name!r}.{hint}")
