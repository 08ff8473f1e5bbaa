"""Days and times of the week as people write them: "Mon-Fri 8-17" in, spans of wall time out, and back.

What is accepted is wide, what is written is one form: "mon-fri 08:00-17:00". No zone and no date may enter.
"""

import re
from dataclasses import dataclass

from appliance.core.wildcard import ascii_digit

DAY_MINUTES = 24 * 60
EVERY_DAY = frozenset(range(7))
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TEXT_LIMIT = 1_000
"""Characters; a line for every day of the week, morning and afternoon, takes 300."""

SPAN_LIMIT = 40
"""Parts of one week: morning and afternoon of every day, twice over. Each is looked at for every call."""

_GROUPS = {
    "weekday": frozenset(range(5)),
    "workday": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
_SHORTEST_DAY = 2  # letters that tell the seven names apart


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the week in wall time: on `days` (0 Monday to 6 Sunday) from `start` to `end`, minutes of the day.

    `end` at or before `start` means the next day, so the same minute twice is a whole day; the days are those on which
    it begins.
    """

    days: frozenset[int]
    start: int
    end: int

    def covers(self, weekday: int, minute: int) -> bool:
        """Whether that minute of that day (0 Monday) is in it."""
        if self.start < self.end:
            return weekday in self.days and self.start <= minute < self.end
        if minute >= self.start:
            return weekday in self.days
        return minute < self.end and (weekday - 1) % 7 in self.days

    def __str__(self) -> str:
        return f"{days_text(self.days)} {clock_text(self.start)}-{clock_text(self.end)}"


def spans_of(text: str) -> tuple[Span, ...]:
    """One line: days, then from when to when, as often as wanted; no days are every day, no times the whole day.

    Raises ValueError with a sentence.
    """
    spans: list[Span] = []
    days: frozenset[int] = frozenset()
    waiting = False  # days were named, and no time yet
    for word in _words(text):
        named = _days(word)
        if named:
            if spans and not days:
                raise ValueError(
                    f'Write the days before the times, not "{_shown(text)}": such as "sat,sun 10:00-12:00".'
                )
            days = days | named if waiting else named
            waiting = True
        else:
            spans.append(Span(days or EVERY_DAY, *_times(word)))
            waiting = False
    if waiting:
        spans.append(Span(days, 0, DAY_MINUTES))
    if not spans:
        raise ValueError('No day and no time is named: write it such as "mon-fri 08:00-17:00".')
    return tuple(spans)


def minute_of(word: str) -> int:
    """The minute of the day of "8", "8:30", "8.30", "8pm", "noon": 0 to 1440. Raises ValueError with a sentence."""
    named = {"noon": 12 * 60, "midnight": 0}.get(word)
    if named is not None:
        return named
    found = _CLOCK.fullmatch(word)
    if found is None:
        raise ValueError(f'"{_shown(word)}" is no time of day: write it such as 08:00 or 17:30.')
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f'"{_shown(word)}" is no time of day: before am and pm stands an hour from 1 to 12.')
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute >= 60 or hour * 60 + minute > DAY_MINUTES:
        raise ValueError(f'"{_shown(word)}" is no time of day: a day goes from 00:00 to 24:00.')
    return hour * 60 + minute


def clock_text(minute: int) -> str:
    """A minute of the day as "08:05"; 1440 is "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def joined_halves(plain: str) -> str:
    """Times with am and pm in one word: "8 a.m." as "8am"."""
    return re.sub(r"(?<=[0-9])\s*([ap])\.?m\b\.?", r"\1m", plain)


def weekday_of(word: str) -> int | None:
    """0 for "mon", "Monday", "mondays" ... 6 for Sunday; None for any other word."""
    stem = word.lower().strip(".").removesuffix("s")
    if len(stem) < _SHORTEST_DAY:
        return None
    return next((day for day, name in enumerate(DAY_NAMES) if name.lower().startswith(stem)), None)


def days_text(days: frozenset[int]) -> str:
    """Days in their normal form: "mon-fri", "sat,sun", "mon,wed-fri"."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{_short(run[0])}-{_short(run[-1])}" if len(run) > 2 else ",".join(map(_short, run)) for run in runs
    )


def plain_text(text: str) -> str:
    """A line in small letters, ASCII digits and plain dashes. Raises ValueError when it is too long."""
    return ascii_text(text).lower()


def ascii_text(text: str) -> str:
    """The same with its capitals."""
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"That is too long: at most {TEXT_LIMIT} characters.")
    return "".join(map(ascii_digit, text)).translate(_DASHES)


def _words(text: str) -> list[str]:
    """Days and times, each with its dash inside: "Mon - Fri 8 am to 5 pm" is "mon-fri", "8am-5pm"."""
    plain = re.sub(r"\b(?:every ?day|each day|all days)\b", "daily", plain_text(text))
    plain = joined_halves(plain)
    plain = re.sub(r"(?:^|\s)(?:to|till|until|through)(?=\s)", " - ", plain)
    plain = re.sub(r"(?:^|\s)(?:and|from|on|at|every)(?=\s)", " ", plain)
    return [word for word in re.split(r"[\s,&+]+", re.sub(r"\s*-\s*", "-", plain)) if word]


def _days(word: str) -> frozenset[int]:
    """The days that a word names; none for a word that names none."""
    group = _GROUPS.get(word.removesuffix("s"))
    if group is not None:
        return group
    first, dash, last = word.partition("-")
    begin, end = weekday_of(first), weekday_of(last or first)
    if begin is None or end is None or bool(dash) != bool(last):
        return frozenset()
    return frozenset((begin + step) % 7 for step in range((end - begin) % 7 + 1))


def _times(word: str) -> tuple[int, int]:
    first, _, last = word.partition("-")
    if not first or not last:
        raise ValueError(f'"{_shown(word)}" is no day and no time: write it such as "mon-fri 08:00-17:00".')
    one, other = _CLOCK.fullmatch(first), _CLOCK.fullmatch(last)
    if one and other and bool(one[3]) != bool(other[3]):
        raise ValueError(
            f'"{_shown(word)}" can be read in two ways: write am or pm behind both times, or behind neither.'
        )
    start, end = minute_of(first), minute_of(last)
    if start == DAY_MINUTES:
        raise ValueError(f'"{_shown(word)}" begins when the day is over: write 00:00 of the next day.')
    return start, end or DAY_MINUTES


def _short(day: int) -> str:
    return DAY_NAMES[day][:3].lower()


def _shown(text: str) -> str:
    return text.strip()[:40]
