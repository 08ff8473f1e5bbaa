"""A call of a trace with the truth about it, and the rows in which Quietline is told of calls and lists. Types only."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of a behaviour. `rings`: how often before the caller gives up, None as people and diallers do.

    `kind`: under which name it is counted, "" as the behaviour it is part of.
    """

    shown: str | None
    name: str | None = None
    after_s: float = 0.0  # since the behaviour began
    absence: str | None = None
    rings: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as `quietline trace` reads it, and what only the benchmark knows.

    `presses`: a person is there who can press a key; `kind`: the behaviour.
    """

    id: str
    at: datetime
    number: str | None
    name: str | None
    absence: str | None
    rings: int
    answered: float | None
    duration_s: float
    wanted: bool
    kind: str
    presses: bool

    def line(self) -> str:
        """Its line of a trace: nothing of the truth is in it."""
        return json.dumps(
            {
                "id": self.id,
                "at": self.at.isoformat(),
                "number": self.number,
                "name": self.name,
                "absence": self.absence,
                "rings": self.rings,
                "answered": self.answered,
                "duration_s": self.duration_s,
            }
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list: E.164 and a name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Reported:
    """One row of the reports: E.164, 0 to 100, how many, and the newest."""

    number: str
    score: int
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class Home:
    """One household, and who calls it. Numbers of campaigns are national digits, all others E.164.

    `offices` are contacts with numbers beside theirs; `steady` sellers keep their number, `blocks` rotate through a
    thousand; `victims` are wanted callers whose numbers others misuse.
    """

    name: str
    region: str
    area: str
    number: str  # national digits
    area_code: str
    contacts: tuple[Listed, ...]
    offices: tuple[str, ...]  # national digits
    permitted: tuple[Listed, ...]
    blocked: tuple[Listed, ...]
    reports: tuple[Reported, ...]
    steady: tuple[str, ...]
    blocks: tuple[str, ...]
    victims: tuple[str, ...]
    family: str | None = None  # ISO 3166, the country of relatives
    known_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A household and its calls in order of time."""

    home: Home
    calls: tuple[Call, ...] = field(repr=False)
