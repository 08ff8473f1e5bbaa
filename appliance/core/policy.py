"""What the household wants done with each category, by profile, and when which profile is in force. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from appliance.core.presets import BASES, DEFAULT_PRESET, PRESETS
from appliance.core.terms import Category, Treatment
from appliance.core.week import Span

DAY = "day"
"""The profile that is in force when nothing else says so."""

SETTING = "treatment."
"""How the names of the household's own choices begin: "treatment.night.withheld"."""


@dataclass(frozen=True, slots=True)
class Period:
    """A part of every week that goes by another profile."""

    profile: str
    span: Span


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A stretch of days that goes another way: wall times without zone, `end` exclusive. Beats the weekly periods."""

    profile: str
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When which profile is in force. `override`: a profile by hand, until an aware moment; it beats all else.

    Of several periods, or several exceptions, that hold at once the last one counts: the general case is written
    first, and what is special behind it.
    """

    weekly: tuple[Period, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    override: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The table. `chosen` are the household's own choices by (profile, category); the preset fills the rest.

    `own` are the household's own profiles: name -> the built-in one (day, night, away) it starts from.
    """

    preset: str = DEFAULT_PRESET
    chosen: Mapping[tuple[str, Category], Treatment] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    schedule: Schedule = Schedule()

    @property
    def profiles(self) -> tuple[str, ...]:
        """Every profile, the built-in ones first."""
        return (*BASES, *self.own)

    def wanted(self, profile: str, category: Category) -> Treatment:
        """What is to be done. A profile that is not known, as one that was deleted, counts as Day.

        An own profile goes by its own choices, then by those of the one it starts from, then by the preset.
        """
        for named in (profile, self.base_of(profile)):
            if (named, category) in self.chosen:
                return self.chosen[named, category]
        return self.preset_wants(profile, category)

    def preset_wants(self, profile: str, category: Category) -> Treatment:
        """What the preset says; an unknown one counts as the default."""
        return PRESETS.get(self.preset, PRESETS[DEFAULT_PRESET]).tables[self.base_of(profile)][category]

    def base_of(self, profile: str) -> str:
        """The built-in profile that it is, or starts from; Day for one that is not known."""
        return self.own.get(profile, profile if profile in BASES else DAY)


def cell_of(setting: str) -> tuple[str, Category] | None:
    """The profile and category that a setting speaks of; None when it speaks of none, as "mode" does."""
    profile, _, category = setting.removeprefix(SETTING).partition(".")
    if not setting.startswith(SETTING) or not profile or category not in _CATEGORIES:
        return None
    return profile, Category(category)


def setting_of(profile: str, category: Category) -> str:
    """The name of the setting for a cell of the table."""
    return f"{SETTING}{profile}.{category.value}"


def chosen_of(settings: Mapping[str, str]) -> dict[tuple[str, Category], Treatment]:
    """The household's own choices among its settings by name; "" and what cannot be read are no choice."""
    chosen = {}
    for name, value in settings.items():
        cell = cell_of(name)
        if cell is not None and value in _TREATMENTS:
            chosen[cell] = Treatment(value)
    return chosen


_CATEGORIES = frozenset(category.value for category in Category)
_TREATMENTS = frozenset(treatment.value for treatment in Treatment)
