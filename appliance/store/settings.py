"""Settings: what the household switches, read and changed. Each is named in settings_table.py.

A change is one transaction with an event for each setting. A stored value that fits no more (an older version took it,
or another setting has gone on without it) counts as the default.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from appliance.core.history import NOTHING_BEFORE, Past
from appliance.core.household import NO_REPORTS, Household, NumberIndex, Reports
from appliance.core.pattern_index import PatternIndex
from appliance.core.policy import cell_of, setting_of
from appliance.core.profiles import profiles_of
from appliance.errors import InvalidValue
from appliance.store.database import Database
from appliance.store.events import Events
from appliance.store.household_reading import around_of, plain_of, policy_of
from appliance.store.lists import Lists
from appliance.store.moments import from_ms, to_ms
from appliance.store.settings_table import SETTINGS, TREATED, Around, clash, setting_named
from appliance.store.text import storable
from appliance.store.time_zone import zone_of

# What others are read by comes first.
FIRST = ("country", "area_code", "profiles")
# The settings that name profiles.
BY_PROFILE = ("schedule", "exceptions", "profile_until")
EVENT_VALUE = 100  # characters of a value that an event tells; a schedule may have thousands

# name -> (before, after)
Changed = dict[str, tuple[str, str]]


class Settings:
    """The settings of one store."""

    def __init__(self, database: Database, events: Events, lists: Lists) -> None:
        self._database = database
        self._events = events
        self._lists = lists

    def get(self, name: str) -> str:
        """The value now: the household's, else the default. Raises InvalidValue for an unknown name."""
        default = setting_named(name).default
        if self._database.row("SELECT 1 FROM setting WHERE name = ?", (storable(name),)) is None:
            return default
        return _fitting(self._stored()).get(name, default)

    def all(self) -> dict[str, str]:
        """Every setting with its value now, those of the household's own profiles too."""
        return _complete(_fitting(self._stored()))

    def own(self) -> dict[str, str]:
        """The settings that are the household's own choice; the others have their default."""
        return _fitting(self._stored())

    def chosen_at(self, name: str) -> datetime | None:
        """When the household chose the value that is stored; None where there is none, so that the default counts."""
        row = self._database.row("SELECT at FROM setting WHERE name = ?", (name,))
        return None if row is None else from_ms(row["at"])

    def set(self, name: str, value: str, *, by: str, now: datetime, country: str = "", area_code: str = "") -> str:
        """Change one, on disk when this returns; the value before comes back. Raises InvalidValue. See `change`."""
        before = self.get(name)
        self.change({name: value}, by=by, now=now, country=country, area_code=area_code)
        return before

    def reset(self, name: str, *, by: str, now: datetime) -> str:
        """Back to the default, whatever that becomes; the value before comes back. Raises InvalidValue."""
        return self.set(name, setting_named(name).default, by=by, now=now)

    def change(
        self, wanted: Mapping[str, str], *, by: str, now: datetime, country: str = "", area_code: str = ""
    ) -> Changed:
        """Change several at once, all or none; those that differ come back with the value before and the one kept.

        `country` and `area_code` are the installer's, by which a number in `home_number` is read where the household
        chose none. Raises InvalidValue with a sentence.
        """
        with self._database.writing():
            stored = self._stored()
            before = _fitting(stored)
            kept = _judged(before, wanted, country, area_code)
            changed: Changed = {}
            for name, value in kept.items():
                default = setting_named(name).default
                self._keep(name, None if value == default else value, stored.get(name), by, now)
                if value != before.get(name, default):
                    changed[name] = (before.get(name, default), value)
                    self._tell(name, *changed[name], by, now)
            if changed:
                self._lists.moved()
        return changed

    def check(self, wanted: Mapping[str, str], *, country: str = "", area_code: str = "") -> dict[str, str]:
        """The values as `change` would keep them; nothing is changed. Raises InvalidValue for what it would refuse."""
        return _judged(_fitting(self._stored()), wanted, country, area_code)

    def household(
        self,
        config_country: str,
        config_area_code: str,
        index: NumberIndex | None = None,
        *,
        reports: Reports = NO_REPORTS,
        past: Past = NOTHING_BEFORE,
        clock_floor: datetime | None = None,
        changed: Mapping[str, str] | None = None,
    ) -> Household:
        """What a decision depends on, all from one moment. `index` is asked for numbers; None is this store's lists.

        `changed` settings count as if they were stored; raises InvalidValue for one that would be refused.
        """
        with self._database.reading():
            stored = self._stored()
            patterns, names = PatternIndex(self._lists.patterns()), PatternIndex(self._lists.names())
            dialled, rings = self._lists.dialled(), self._lists.rings()
        own = _fitting(stored)
        if changed:
            own |= _judged(own, changed, config_country, config_area_code)
        values = {name: setting.default for name, setting in SETTINGS.items()} | own
        around = around_of(values, config_country, config_area_code)
        return Household(
            country=around.country,
            area_code=around.area_code,
            policy=policy_of(values, around.profiles),
            index=self._lists if index is None else index,
            reports=reports,
            past=past,
            patterns=patterns,
            names=names,
            dialled=dialled,
            rings=rings,
            zone=zone_of(values["time_zone"]),
            clock_floor=clock_floor,
            **plain_of(values, around),
        )

    def _stored(self) -> dict[str, str]:
        return {row["name"]: row["value"] for row in self._database.rows("SELECT name, value FROM setting")}

    def _keep(self, name: str, value: str | None, stored: str | None, by: str, now: datetime) -> None:
        """Put one row, or take it away: what has the default is not the household's own choice."""
        if value == stored:
            return
        if value is None:
            self._database.run("DELETE FROM setting WHERE name = ?", (name,))
        else:
            self._database.run(
                "INSERT OR REPLACE INTO setting (name, value, who, at) VALUES (?, ?, ?, ?)",
                (name, storable(value), storable(by), to_ms(now)),
            )

    def _tell(self, name: str, before: str, after: str, by: str, now: datetime) -> None:
        was, becomes = (value[:EVENT_VALUE] or "empty" for value in (before, after))
        self._events.add("setting", now, who=by, text=f"The setting {name} was changed from {was} to {becomes}.")


def _fitting(stored: Mapping[str, str]) -> dict[str, str]:
    """The stored values that fit, each in the form in which it is kept."""
    around = around_of(stored, "", "")
    found: dict[str, str] = {}
    for name, value in stored.items():
        try:
            found[name] = setting_named(name).kept(name, value, around)
        except InvalidValue:
            continue
    if clash(_complete(found)):
        for name in ("repeat_after_s", "repeat_within_s"):
            found.pop(name, None)
    return found


def _judged(before: Mapping[str, str], wanted: Mapping[str, str], country: str, area_code: str) -> dict[str, str]:
    """Wanted values as they are kept, and what goes with them. Raises InvalidValue when one does not fit."""
    kept: dict[str, str] = {}
    for name in sorted(wanted, key=lambda name: name not in FIRST):
        around = around_of({**before, **kept}, country, area_code)
        kept[name] = setting_named(name).kept(name, wanted[name], around)
    after = _complete({**before, **kept})
    around = around_of(after, country, area_code)
    _check_profiles(after, kept, around)
    if wrong := clash(after):
        raise InvalidValue(wrong)
    gone = (name for name in before if _is_homeless(name, around))
    return {**kept, **dict.fromkeys(gone, "")}


def _check_profiles(after: Mapping[str, str], kept: Mapping[str, str], around: Around) -> None:
    """Raise InvalidValue for a choice in a profile that is not there, and for a profile taken away while it is used."""
    for name, value in kept.items():
        if value and _is_homeless(name, around):
            raise InvalidValue(f"There is no profile for {name}: there are {', '.join(around.profiles)}.")
    for name in BY_PROFILE if "profiles" in kept else ():
        try:
            setting_named(name).kept(name, after[name], around)
        except InvalidValue as error:
            raise InvalidValue(f"A profile that is still used cannot be taken away. In {name}: {error}") from error


def _is_homeless(name: str, around: Around) -> bool:
    cell = cell_of(name)
    return cell is not None and cell[0] not in around.profiles


def _complete(own: Mapping[str, str]) -> dict[str, str]:
    return {
        **{name: setting.default for name, setting in SETTINGS.items()},
        **dict.fromkeys(_cells(profiles_of(own.get("profiles", ""))), ""),
        **own,
    }


def _cells(profiles: Iterable[str]) -> Iterable[str]:
    return (setting_of(profile, category) for profile in profiles for category in TREATED)
