"""Traces: households of a country and the calls of some weeks, by a seed. The same seed gives the same calls."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bench.efficacy.households import BLOCK_DIGITS, household
from bench.efficacy.plans import Plan, plans
from bench.efficacy.scene import Behaviour, Hours, Scene
from bench.efficacy.traces import Attempt, Call, Home, Trace
from bench.efficacy.unwanted import UNWANTED
from bench.efficacy.wanted import WANTED
from bench.efficacy.weights import weights

START = date(2026, 9, 1)
"""A Tuesday; sixty days from here see the clocks change in Europe."""

SATURDAY = 5
REDIAL_MINUTE_S = (20.0, 58.0)
REDIAL_LATER_S = (300.0, 1_200.0)
RING_S = 6.0
RINGS = (4, 8)
SPOKEN_S = {True: (20.0, 600.0), False: (5.0, 90.0)}  # wanted or not, from lifting to the end


def traces(region: str, households: int, days: int, seed: int) -> list[Trace]:
    """So many households of one country, each with its calls of so many days."""
    plan = plans()[region]
    found = []
    for index in range(households):
        rng = Random(f"{seed} {region} {index}")  # a text, so that one household more changes none of the others
        home = household(rng, plan, weights(), f"{region}-{index}", START)
        found.append(Trace(home, _calls(rng, plan, home, days)))
    return found


def _calls(rng: Random, plan: Plan, home: Home, days: int) -> tuple[Call, ...]:
    scene = Scene(rng, plan, home, weights())
    calls = [*_wanted(scene, days), *_unwanted(scene, days)]
    calls.sort(key=lambda call: call.at)
    return tuple(replace(call, id=f"{home.name}-{index}") for index, call in enumerate(calls))


def _wanted(scene: Scene, days: int) -> list[Call]:
    found = []
    for behaviour in _drawn(scene, WANTED, "wanted", days):
        at = _moment(scene, behaviour, days, working=0.0)
        attempts = behaviour.calls(scene)
        found += [_call(scene, at, a, behaviour.kind, wanted=True, presses=behaviour.presses) for a in attempts]
    return found


def _unwanted(scene: Scene, days: int) -> list[Call]:
    rng, found = scene.rng, []
    on_working_days = scene.weights.figure("on_working_days")
    for behaviour in _drawn(scene, UNWANTED, "unwanted", days):
        at = _moment(scene, behaviour, days, on_working_days if behaviour.hours is Hours.OFFICE else 0.0)
        presses = rng.random() < scene.weights.live_share(behaviour.kind)
        attempts = behaviour.calls(scene)
        if attempts and behaviour.redialled:
            attempts += _redials(scene, attempts[-1])
        found += [_call(scene, at, a, behaviour.kind, wanted=False, presses=presses) for a in attempts]
    return found


def _drawn(scene: Scene, behaviours: Sequence[Behaviour], what: str, days: int) -> list[Behaviour]:
    shares = scene.weights.shares(what, scene.plan.region)
    count = round(scene.weights.calls_a_month(what, scene.plan.region) * days / 30)
    return scene.rng.choices(behaviours, [shares.get(b.kind, 0.0) for b in behaviours], k=count)


def _redials(scene: Scene, last: Attempt) -> list[Attempt]:
    """What a dialler does when it got nobody; it does not know why."""
    rng = scene.rng
    luck = rng.random()
    minute, later = scene.weights.figure("redial_minute"), scene.weights.figure("redial_later")
    if luck < minute:
        return [_again(last, last.shown, rng.uniform(*REDIAL_MINUTE_S), "redial_minute")]
    if luck < minute + later:
        shown = last.shown
        if shown and rng.random() < 0.5:  # the next line of the same switchboard
            shown = shown[:-BLOCK_DIGITS] + "".join(rng.choices("0123456789", k=BLOCK_DIGITS))
        return [_again(last, shown, rng.uniform(*REDIAL_LATER_S), "redial_later")]
    return []


def _again(last: Attempt, shown: str | None, after: float, kind: str) -> Attempt:
    return Attempt(shown, last.name, last.after_s + after, last.absence, kind=kind)


def _moment(scene: Scene, behaviour: Behaviour, days: int, working: float) -> datetime:
    rng = scene.rng
    on_working_day = rng.random() < working
    while True:
        day = START + timedelta(days=rng.randrange(days))
        if not on_working_day or day.weekday() < SATURDAY:
            break
    first, last = behaviour.hours.value
    hour = rng.uniform(first, last)
    midnight = datetime.combine(day, time(), ZoneInfo(scene.plan.zone))
    return midnight + timedelta(seconds=int(hour * 3600))


def _call(scene: Scene, at: datetime, attempt: Attempt, kind: str, *, wanted: bool, presses: bool) -> Call:
    rng = scene.rng
    # As moments, not as wall times: an hour later is an hour later when the clocks change, too.
    moment = datetime.fromtimestamp(at.timestamp() + int(attempt.after_s), at.tzinfo)
    rings = attempt.rings or rng.randint(*RINGS)
    share = scene.weights.figure("answered_wanted" if wanted else "answered_unwanted")
    answered = None if attempt.rings or rng.random() > share else round(rng.uniform(4, rings * RING_S), 1)
    talk = 0.0 if answered is None else rng.uniform(*SPOKEN_S[wanted])
    duration = round((rings * RING_S if answered is None else answered) + talk, 1)
    return Call(
        "", moment, attempt.shown, attempt.name, attempt.absence, rings, answered, duration,
        wanted, attempt.kind or kind, presses,
    )  # fmt: skip  # one row, one line
