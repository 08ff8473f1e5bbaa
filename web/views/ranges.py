"""The number ranges that are known in the household's country: what they are for, who says so, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from appliance.core.household import Household
from appliance.core.numbering import ALWAYS_THROUGH, Action, Meaning, Range, facts_of
from appliance.core.screening import RULES
from appliance.core.terms import Category
from appliance.core.treatment import profile_now, wanted_for
from web import countries, words_policy
from web.context import household, now
from web.words_policy import MEANINGS

pages = Blueprint("ranges", __name__, url_prefix="/rules/ranges")

# What a range makes of a caller; the other meanings decide nothing.
CATEGORIES = {
    Meaning.TELEMARKETING: Category.TELEMARKETING,
    Meaning.PREMIUM: Category.PREMIUM,
    Meaning.SHARED_COST: Category.SHARED_COST,
    Meaning.TOLL_FREE: Category.TOLL_FREE,
    Meaning.RESERVED: Category.RESERVED,
    Meaning.FICTITIOUS: Category.RESERVED,
}


BEGIN = "Numbers that begin with "


@dataclass(frozen=True, slots=True)
class Shown:
    """Ranges that differ in their first digits only, in words."""

    sentences: tuple[str, ...]
    done: str
    source: str
    url: str
    since: str
    checked: str


@pages.get("")
def show() -> str:
    """The ranges by what they are for."""
    home = household()
    profile = profile_now(home, now()).profile
    groups = [
        (MEANINGS[meaning.value], [_shown(alike, home, profile) for alike in _alike(home.country, meaning)])
        for meaning in Meaning
    ]
    return render_template(
        "rules_ranges.html",
        country=countries.name(home.country),
        groups=[(title, ranges) for title, ranges in groups if ranges],
        profile=words_policy.profile(profile),
    )


def _alike(country: str, meaning: Meaning) -> list[list[Range]]:
    """The ranges of one meaning, those together of which the same is told."""
    groups: dict[tuple[object, ...], list[Range]] = {}
    for one in facts_of(country).ranges:
        if one.meaning is meaning:
            groups.setdefault((one.note, one.action, one.source, one.url, one.since, one.checked), []).append(one)
    return list(groups.values())


def _shown(alike: Sequence[Range], home: Household, profile: str) -> Shown:
    one = alike[0]
    return Shown(
        sentences=_sentences(alike),
        done=_done(one, home, profile),
        source=one.source,
        url=one.url,
        since=_day(one.since) if one.since else "",
        checked=_day(one.checked),
    )


def _sentences(alike: Sequence[Range]) -> tuple[str, ...]:
    begins = [one.called.removeprefix(BEGIN) for one in alike if one.called.startswith(BEGIN)]
    if len(begins) < 2:
        return tuple(dict.fromkeys(one.sentence for one in alike))
    joined = f"{BEGIN}{', '.join(begins[:-1])} or {begins[-1]} {alike[0].note}."
    return (joined, *dict.fromkeys(one.sentence for one in alike if not one.called.startswith(BEGIN)))


def _done(one: Range, home: Household, profile: str) -> str:
    if one.meaning in ALWAYS_THROUGH:
        return "Always rings, unless you block exactly that number."
    category = CATEGORIES.get(one.meaning)
    if category is Category.TELEMARKETING and one.action is Action.SCREEN:
        category = Category.MASS_CALLS
    if category is None or one.action is Action.OFF:
        return "Nothing; it is only good to know."
    rule = next((rule for rule in RULES if category in rule.categories), None)
    if rule is not None and not rule.switched_on(home):
        return "Nothing, because the rule for such numbers is switched off."
    return words_policy.what_is_done(wanted_for(home.policy, profile, category))


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
