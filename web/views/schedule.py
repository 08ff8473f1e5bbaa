"""When which profile is in force: the week, the days that go another way, and the profile chosen by hand."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.household import Household
from appliance.core.moment_text import until_text
from appliance.core.schedule import change_words
from appliance.core.schedule_text import exceptions_key, schedule_key, schedule_of, until_value
from appliance.core.time_words import until_words
from appliance.core.treatment import next_profile, profile_now
from appliance.core.week import clock_text, days_text, minute_of, plain_text
from appliance.errors import NotFound
from web import changing, when, words_policy
from web.context import all_settings, go_back, household, now, seeother, wall
from web.weekly import span_words

pages = Blueprint("schedule", __name__, url_prefix="/rules/schedule")

LONGEST = 60
LONGEST_ROW = 200

UNREADABLE = "This line does not count, because its profile is gone."

# What is read back from a form to be changed: the normal form of one text of the schedule.
Key = Callable[[str, Collection[str]], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the schedule: as it is kept, and in words."""

    text: str
    profile: str
    when: str
    note: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in one of the forms, and what is wrong with it."""

    wrong: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    days: frozenset[int] = frozenset()


EMPTY = Form()


@pages.get("")
def show() -> str:
    """What is in force, and the whole schedule."""
    return _page()


@pages.post("/week")
def add_period() -> AnyResponse:
    """Add a part of the week."""
    days = frozenset(int(day) for day in request.form.getlist("day") if day in {*"0123456"})
    form = Form(typed=_values("profile", "start", "end"), days=days)
    if not days:
        return _refused("Please choose at least one day.", week=form)
    try:
        times = "-".join(clock_text(minute_of(plain_text(form.typed[name]))) for name in ("start", "end"))
        text = f"{_profile(form)} {days_text(days)} {times}"
        _add("schedule", text, schedule_key, "That is part of every week from now on.")
    except ValueError as error:
        return _refused(str(error), week=form)
    return seeother(url_for("schedule.show"))


@pages.post("/exceptions")
def add_exception() -> AnyResponse:
    """Add days that go another way."""
    form = Form(typed=_values("profile", "from_day", "from_time", "to_day", "to_time", "note"))
    try:
        _add("exceptions", f"{_profile(form)} {_days(form.typed)}", exceptions_key, "Those days are marked.")
    except ValueError as error:
        return _refused(str(error), exception=form)
    return seeother(url_for("schedule.show"))


@pages.post("/<any(week, exceptions):part>/remove")
def remove(part: str) -> AnyResponse:
    """Take a line out."""
    name = {"week": "schedule", "exceptions": "exceptions"}[part]
    lines, row = _lines(name), request.form.get("row", "")[:LONGEST_ROW]
    if row not in lines:
        raise NotFound("There is no such line in the schedule (any more).")
    lines.remove(row)
    changing.change({name: "; ".join(lines)}, "It is taken out of the schedule.")
    return seeother(url_for("schedule.show"))


@pages.post("/until")
def choose() -> AnyResponse:
    """Choose a profile by hand, until a time."""
    form = Form(typed=_values("profile", "until"))
    home = household()
    here = wall()
    try:
        profile = _profile(form)
        until = until_text(form.typed["until"], here)
    except ValueError as error:
        return _refused(str(error), by_hand=form)
    ends = when.spoken(until_words(until.astimezone(here.tzinfo), here), home.country)
    told = f"“{words_policy.profile(profile)}” is in force until {ends}."
    changing.change({"profile_until": until_value(profile, until)}, told)
    return seeother(url_for("schedule.show"))


@pages.post("/back")
def back() -> AnyResponse:
    """Back to the schedule."""
    changing.change({"profile_until": ""}, "The schedule is in force again.", nothing="The schedule is in force.")
    return go_back()


def _profile(form: Form) -> str:
    """The profile that was chosen. Raises ValueError when there is none of that name."""
    if form.typed["profile"] not in household().policy.profiles:
        raise ValueError("Please choose one of the profiles.")
    return form.typed["profile"]


def _values(*names: str) -> dict[str, str]:
    return {name: " ".join(request.form.get(name, "").split())[:LONGEST] for name in names}


def _lines(name: str) -> list[str]:
    return [line.strip() for line in all_settings()[name].split(";") if line.strip()]


def _add(name: str, text: str, key: Key, told: str) -> None:
    """Put a line behind the others. Raises ValueError with a sentence."""
    added = key(text, household().policy.profiles)
    changing.change({name: "; ".join([*_lines(name), added])}, told)


def _days(typed: dict[str, str]) -> str:
    """What the form says behind the profile. A time without a day means the first day."""
    values = {name: value.replace(";", ",") for name, value in typed.items()}  # what parts the lines is in none
    if not values["from_day"]:
        raise ValueError("Please choose the first day.")
    begin, end = values["from_day"], values["to_day"]
    if values["to_time"] and not end:
        end = begin
    first = begin + (f"T{values['from_time']}" if values["from_time"] else "")
    last = end + (f"T{values['to_time']}" if values["to_time"] else "")
    return f"{f'{first}..{last}' if last else first} {values['note']}".strip()


def _refused(wrong: str, **forms: Form) -> AnyResponse:
    marked = {name: Form(wrong, form.typed, form.days) for name, form in forms.items()}
    return make_response(_page(**marked), 422)


def _page(week: Form = EMPTY, exception: Form = EMPTY, by_hand: Form = EMPTY) -> str:
    home = household()
    schedule, here = home.policy.schedule, wall()
    force, change = profile_now(home, now()), next_profile(home, now())
    return render_template(
        "rules_schedule.html",
        profile=words_policy.profile(force.profile),
        because=when.spoken(force.because, home.country),
        then=when.spoken(change_words(change, here), home.country) if change else "",
        chosen=schedule.override is not None and schedule.override[1] > now(),
        profiles=[(name, words_policy.profile(name)) for name in home.policy.profiles],
        days=list(enumerate(words_policy.DAYS)),
        weekly=[_period(line, home) for line in _lines("schedule")],
        exceptions=[_exceptional(line, home, here) for line in _lines("exceptions")],
        week=week,
        exception=exception,
        by_hand=by_hand,
    )


def _period(line: str, home: Household) -> Row:
    """One line of the week; one that cannot be read (any more) is shown as it is."""
    found = schedule_of(line, "", "", home.policy.profiles).weekly
    if not found:
        return Row(line, "", line, UNREADABLE)
    told = span_words(found[0].span, home.country)
    return Row(line, words_policy.profile(found[0].profile), f"{told[0].upper()}{told[1:]}")


def _exceptional(line: str, home: Household, here: datetime) -> Row:
    found = schedule_of("", line, "", home.policy.profiles).exceptions
    if not found:
        return Row(line, "", line, UNREADABLE)
    one = found[0]
    over = one.end <= here.replace(tzinfo=None)
    return Row(line, words_policy.profile(one.profile), when.stretch(one.start, one.end, home.country), one.note, over)
