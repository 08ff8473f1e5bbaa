"""What would happen if somebody called: the answer comes from the same functions that decide a real call."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from appliance.core.caller import Caller, display, identify
from appliance.core.explaining import sentence
from appliance.core.household import Category, Household, Mode, Treatment
from appliance.core.screening import screen
from appliance.core.treatment import treatment_for
from appliance.store import TraceLine
from web import rows, words
from web.context import now, place, store

pages = Blueprint("check", __name__, url_prefix="/check")

LONGEST = 60

ABSENCES = (
    ("private", "The caller hides the number"),
    ("unavailable", "The number is not available"),
    ("none", "No Caller ID comes at all"),
    ("damaged", "The Caller ID arrives damaged"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What was asked."""

    number: str
    name: str
    absence: str
    dialled: str
    ring: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What would happen."""

    treatment: str
    text: str
    but: str
    reason: str
    name: str
    number: str
    absent: str
    trace: tuple[rows.Step, ...]


@pages.get("")
def ask() -> str:
    """The question, and the answer once it is asked."""
    form = Form(
        _asked("number"), _asked("name"), request.args.get("absence", "private"), _asked("dialled"), _asked("ring")
    )
    answer = _answer(form) if "ask" in request.args else None
    return render_template("check.html", form=form, answer=answer, absences=ABSENCES)


def _asked(field: str) -> str:
    return request.args.get(field, "").strip()[:LONGEST]


def _answer(form: Form) -> Answer:
    config = place().config
    household = store().settings.household(config.country, config.area_code)
    report = _report(form)
    damaged = report is None and form.absence == "damaged"
    caller = identify(report, household.country, household.area_code, ring=form.ring or None, damaged=damaged)
    decision = screen(caller, household, now())
    treatment = treatment_for(decision, household, now())
    trace = tuple(TraceLine(o.rule, o.verdict.value if o.verdict else None, None, o.saw) for o in decision.trace)
    return Answer(
        treatment=treatment.value,
        text="It would be dropped after its first ring."
        if treatment is Treatment.DROP
        else "The telephone would ring.",
        but=_but(household, treatment, decision.category),
        reason=sentence(decision, treatment),
        name=words.cut(caller.name),
        number=_number(caller, household),
        absent=words.DAMAGED if damaged else words.ABSENT.get(caller.presentation.value, ""),
        trace=rows.steps(trace, decision.reason),
    )


def _report(form: Form) -> rows.Reported | None:
    name, dialled = form.name or None, form.dialled or None
    if form.number:
        return rows.Reported(form.number, name, dialled=dialled)
    if form.absence in {"none", "damaged"}:
        return None
    return rows.Reported(None, name, rows.Absent(form.absence), dialled)


def _number(caller: Caller, household: Household) -> str:
    return words.cut(display(caller.number or caller.shown, household.country), 40) if caller.keys else ""


def _but(household: Household, treatment: Treatment, category: Category) -> str:
    if category is Category.PERMITTED_NEXT:
        return "Only for the next call; then this caller is judged as usual."
    if treatment is Treatment.DROP and household.mode is Mode.REHEARSAL:
        return "But this is a rehearsal, so the telephone rings all the same."
    if treatment is Treatment.DROP and household.mode is Mode.OFF:
        return "But blocking is switched off, so the telephone rings all the same."
    return ""
