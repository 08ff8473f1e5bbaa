"""Every rule in its order, with its switch and its figures; where the family lives; the number ranges in force."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import display, known_countries
from appliance.core.rule import Rule
from appliance.core.screening import RULES
from appliance.rule_words import RULES as WORDS
from appliance.rule_words import rule_title
from appliance.store import SETTINGS
from web import countries
from web.context import all_settings, household
from web.preview import answered, going_back
from web.words_rules import FIGURES, REPEAT, REPEAT_CLASH, Figure

pages = Blueprint("rules", __name__, url_prefix="/rules")

LONGEST_FIGURE = 10
PLAIN_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of a rule, as its field shows it."""

    name: str
    before: str
    after: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule as the page shows it. `wrong` is what is wrong with one of its figures."""

    name: str
    title: str
    meaning: str
    switch: bool
    on: bool
    usual: bool
    figures: tuple[Asked, ...]
    wrong: str


@pages.get("/order")
def show() -> str:
    """All rules, in the order in which they are asked."""
    return _page({}, {}, {})


@pages.post("/order")
def save() -> AnyResponse | str:
    """Change switches, figures and countries: all of them or, when something does not fit, nothing."""
    switches, figures, wrong = _switches(), *_figures()
    lands = _countries()
    if wrong or going_back():
        typed = {name: request.form[name].strip()[:LONGEST_FIGURE] for name in request.form if name in SETTINGS}
        return make_response(_page({**switches, **lands}, typed, wrong), 422 if wrong else 200)
    return answered({**switches, **figures, **lands}, "The rules are saved.", url_for("rules.show"))


def _switches() -> dict[str, str]:
    """The switches that the form holds; "" where a rule stands as delivered."""
    shown, on = set(request.form.getlist("rule")), set(request.form.getlist("on"))
    return {
        f"rule.{rule.name}": "" if (rule.name in on) == rule.on else "on" if rule.name in on else "off"
        for rule in RULES
        if rule.switch and rule.name in shown
    }


def _figures() -> tuple[dict[str, str], dict[str, str]]:
    """The figures that fit, by setting, and what is wrong with the others."""
    fitting: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for figure in (figure for figures in FIGURES.values() for figure in figures):
        if figure.setting not in request.form:
            continue
        value = _stored(request.form[figure.setting], figure)
        if SETTINGS[figure.setting].fits(value):
            fitting[figure.setting] = value
        else:
            most = f"{figure.least} to {figure.most:,}"
            wrong[figure.setting] = f"“{figure.before} … {figure.after}”: please write a number from {most}."
    if all(name in fitting for name in REPEAT) and int(fitting[REPEAT[0]]) >= int(fitting[REPEAT[1]]):
        wrong[REPEAT[0]] = REPEAT_CLASH
    return fitting, wrong


def _stored(text: str, figure: Figure) -> str:
    """What somebody typed in the units of the page, in those of the setting; "" for what is no number."""
    typed = PLAIN_NUMBER.fullmatch(text.strip().replace(",", "."))
    return str(round(float(typed[0]) * figure.size)) if typed else ""


def _countries() -> dict[str, str]:
    if "countries" not in request.form:  # a marker: no country chosen sends nothing else
        return {}
    chosen = [code for code in request.form.getlist("country") if code in known_countries()]
    return {"known_countries": ",".join(sorted(set(chosen)))}


def _page(unsaved: Mapping[str, str], typed: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    found = all_settings() | dict(unsaved)
    home = household()
    chosen = {code for code in found["known_countries"].split(",") if code}
    return render_template(
        "rules_order.html",
        rules=[_shown(rule, found, typed, wrong) for rule in RULES],
        numbers=[display(number, home.country) for number in home.numbers],
        countries=[
            (code, name, code in chosen)
            for code, name in countries.choices(list(known_countries()), "")
            if code != home.country
        ],
        chosen=sorted(countries.name(code) for code in chosen),
        wrong=bool(wrong),
    )


def _shown(rule: Rule, values: Mapping[str, str], typed: Mapping[str, str], wrong: Mapping[str, str]) -> Shown:
    switched = values.get(f"rule.{rule.name}", "")
    figures = FIGURES.get(rule.name, ())
    return Shown(
        name=rule.name,
        title=rule_title(rule.name),
        meaning=WORDS[rule.name][1] if rule.name in WORDS else "",
        switch=rule.switch,
        on=switched == "on" or (switched == "" and rule.on),
        usual=rule.on,
        figures=tuple(_asked(figure, values, typed) for figure in figures),
        wrong=next((wrong[figure.setting] for figure in figures if figure.setting in wrong), ""),
    )


def _asked(figure: Figure, values: Mapping[str, str], typed: Mapping[str, str]) -> Asked:
    usual = _in_units(SETTINGS[figure.setting].default, figure)
    value = typed.get(figure.setting) or _in_units(values[figure.setting], figure)
    return Asked(figure.setting, figure.before, figure.after, value, usual)


def _in_units(value: str, figure: Figure) -> str:
    return f"{int(value) / figure.size:.10g}"
