"""What the household wants done with each category, by profile, and when which profile is in force. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from appliance.core.presets import BASES, DEFAULT_PRESET, PRESETS
from appliance.core.terms import Category, Treatment

DAY = "day"
"""The profile that is in force when nothing else says so."""


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the week in wall time: on `days` (0 Monday to 6 Sunday) from `start` to `end`, minutes of the day.

    `end` at or before `start` means the next day; the day is the one on which it begins.
    """

    profile: str
    days: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A stretch of days that goes another way: wall times without zone, `end` exclusive. Beats the weekly periods."""

    profile: str
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When which profile is in force. `override`: a profile by hand, until an aware moment; it beats all else."""

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
        """What is to be done; an unknown profile counts as Day."""
        base = self.own.get(profile, profile if profile in BASES else DAY)
        return self.chosen.get((profile, category)) or PRESETS[self.preset].tables[base][category]
