"""What is done with each kind of call, by profile: the presets, the table, profiles of one's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.policy import DAY, Policy, Schedule, chosen_of, setting_of
from appliance.core.presets import ALWAYS_RING, BASES, PRESETS
from appliance.core.profiles import profiles_key
from appliance.core.terms import Category, Treatment
from appliance.core.treatment import EXISTING, allowed, refusal, selectable, wanted_for
from appliance.errors import NotFound
from web import changing, words_policy
from web.context import all_settings, household, seeother
from web.preview import answered, going_back

pages = Blueprint("policy", __name__, url_prefix="/rules")

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of call as the table shows it. `chosen` is "" where the preset, or the profile below, decides."""

    key: str
    title: str
    meaning: str
    fixed: bool
    chosen: str
    otherwise: str
    options: tuple[tuple[str, str], ...]
    later: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One profile to look at; `base` is the one that an own profile starts from, "" for the built-in ones."""

    name: str
    title: str
    base: str


@pages.get("")
def show() -> str:
    """The table of one profile."""
    profile = request.args.get("profile", DAY)
    return _page(profile if profile in household().policy.profiles else DAY)


@pages.post("/preset")
def preset() -> AnyResponse | str:
    """Choose a preset; the household's own choices stay."""
    name = request.form.get("preset", "")
    if name not in PRESETS:
        return make_response(_page(DAY, wrong="Please choose one of the three."), 422)
    if going_back():
        return _page(DAY, {"preset": name})
    return answered({"preset": name}, f"“{PRESETS[name].title}” is in force from now on.", url_for("policy.show"))


@pages.post("/table")
def table() -> AnyResponse | str:
    """Change what is done in one profile."""
    profile = _profile(request.form.get("profile", ""))
    told = f"Saved for {words_policy.profile(profile)}."
    if request.form.get("all") == "preset":
        wanted = {setting_of(profile, category): "" for category in Category if category not in ALWAYS_RING}
        told = f"{words_policy.profile(profile)} is as delivered again."
    else:
        wanted = _table(profile)
    wrong = _refused(wanted) or changing.misfit(wanted)
    if wrong or going_back():
        return make_response(_page(profile, wanted, wrong), 422 if wrong else 200)
    return answered(wanted, told, url_for("policy.show", profile=profile))


@pages.post("/profiles")
def add_profile() -> AnyResponse:
    """Add a profile of one's own, which starts from a built-in one."""
    name = "-".join(request.form.get("name", "").lower().split())[:LONGEST_NAME]
    own = all_settings()["profiles"]
    try:
        # One name: what separates several is no letter of any.
        added = profiles_key(re.sub("[,;=]", "?", name) + f"={request.form.get('base', '')}")
        wanted = profiles_key(f"{own}, {added}")
    except ValueError as error:
        return make_response(_page(DAY, wrong_profile=str(error), new_profile=name), 422)
    changing.change({"profiles": wanted}, f"The profile “{words_policy.profile(name)}” is ready. Say when it counts.")
    return seeother(url_for("policy.show", profile=name))


@pages.post("/profiles/<name>/remove")
def remove_profile(name: str) -> AnyResponse:
    """Remove a profile of one's own, with what was chosen in it."""
    policy = household().policy
    own = dict(policy.own)
    if own.pop(name, None) is None:
        raise NotFound("There is no such profile of your own (any more).")
    title = words_policy.profile(name)
    if name in _used(policy.schedule):
        return make_response(
            _page(name, wrong_profile=f"“{title}” is still used under When. Remove it there first."), 422
        )
    left = ", ".join(f"{other}={base}" for other, base in own.items())
    changing.change({"profiles": left}, f"The profile “{title}” is gone.")
    return seeother(url_for("policy.show"))


def _used(schedule: Schedule) -> set[str]:
    """The profiles that the schedule names."""
    week, days = {one.profile for one in schedule.weekly}, {one.profile for one in schedule.exceptions}
    return week | days | ({schedule.override[0]} if schedule.override else set())


def _profile(name: str) -> str:
    if name not in household().policy.profiles:
        raise NotFound("There is no such profile (any more).")
    return name


def _table(profile: str) -> dict[str, str]:
    """What the form says of the kinds of call that it holds."""
    said = {category: request.form.get(f"treatment.{category.value}") for category in Category}
    return {
        setting_of(profile, category): value
        for category, value in said.items()
        if value is not None and category not in ALWAYS_RING
    }


def _refused(wanted: Mapping[str, str]) -> str:
    """Why one of the treatments cannot be chosen, as a sentence; "" when all can."""
    refusals = (refusal(treatment, category) for (_, category), treatment in chosen_of(wanted).items())
    return next(filter(None, refusals), "")


def _page(
    profile: str,
    unsaved: Mapping[str, str] | None = None,
    wrong: str = "",
    *,
    wrong_profile: str = "",
    new_profile: str = "",
) -> str:
    """The page of a profile; `unsaved` are settings by name as the form left them."""
    policy = household().policy
    profile = _profile(profile)
    shown = all_settings() | dict(unsaved or {})
    policy = replace(policy, chosen=chosen_of(shown), preset=shown["preset"])
    groups = [(group.title, [_kind(policy, profile, *kind) for kind in group.kinds]) for group in words_policy.GROUPS]
    later = any(kind.note for _, kinds in groups for kind in kinds)
    return render_template(
        "rules_policy.html",
        presets=[(name, one.title, one.meaning) for name, one in PRESETS.items()],
        preset=policy.preset,
        profile=profile,
        profile_title=words_policy.profile(profile),
        starts_from=words_policy.profile(policy.own[profile])
        if profile in policy.own
        else PRESETS[policy.preset].title,
        meaning=PRESETS[policy.preset].meanings[policy.own.get(profile, profile)],
        tabs=[Tab(name, words_policy.profile(name), policy.own.get(name, "")) for name in policy.profiles],
        groups=groups,
        not_yet=words_policy.NOT_YET,
        for_now=words_policy.FOR_NOW if later else "",
        bases=[(name, words_policy.profile(name)) for name in BASES],
        new_profile=new_profile,
        wrong=wrong,
        wrong_profile=wrong_profile,
    )


def _kind(policy: Policy, profile: str, key: str, title: str, meaning: str) -> Kind:
    category = Category(key)
    chosen = policy.chosen.get((profile, category))
    below = replace(
        policy, chosen={cell: value for cell, value in policy.chosen.items() if cell != (profile, category)}
    )
    otherwise = wanted_for(below, profile, category)
    wanted = wanted_for(policy, profile, category)
    base = policy.own.get(profile)
    whose = f"As {words_policy.profile(base)}" if base else f"As “{PRESETS[policy.preset].title}”"
    return Kind(
        key=key,
        title=title,
        meaning=meaning,
        fixed=category in ALWAYS_RING,
        chosen=chosen.value if chosen else "",
        otherwise=f"{whose}: {words_policy.treatment(otherwise.value)}",
        options=tuple((one.value, words_policy.TREATMENTS[one.value]) for one in selectable(category)),
        later=tuple(words_policy.TREATMENTS[one.value] for one in Treatment if one in allowed(category) - EXISTING),
        note=words_policy.until_then(wanted),
    )
