"""What would happen if somebody called: the answer comes from the function that decides a real call."""

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from appliance.calls_before import CallsBefore
from appliance.core.caller import Caller, display
from appliance.core.explaining import sentence
from appliance.core.household import Category, Household, Mode, Treatment
from appliance.core.moment_text import moment_of
from appliance.judging import Judged, Reported, Withheld, judge
from appliance.store import TraceLine
from web import rows, when, words, words_policy
from web.context import household_if, now, store, wall

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
    at: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What would happen."""

    treatment: str
    text: str
    but: str
    reason: str
    kind: str
    force: str
    name: str
    number: str
    absent: str
    trace: rows.Trace


@pages.get("")
def ask() -> AnyResponse | str:
    """The question, and the answer once it is asked."""
    form = Form(
        _asked("number"),
        _asked("name"),
        request.args.get("absence", "private"),
        _asked("dialled"),
        _asked("ring"),
        _asked("at") or "now",
    )
    if "ask" not in request.args:
        return _page(form)
    try:
        return _page(form, answer=_answer(form))
    except ValueError as error:
        return make_response(_page(form, wrong=str(error)), 422)


def _page(form: Form, answer: Answer | None = None, wrong: str = "") -> str:
    return render_template("check.html", form=form, answer=answer, wrong=wrong, absences=ABSENCES)


def _asked(field: str) -> str:
    return request.args.get(field, "").strip()[:LONGEST]


def _answer(form: Form) -> Answer:
    """The answer. Raises ValueError with a sentence when the time cannot be read."""
    at = now() if form.at == "now" else moment_of(form.at, wall())
    home = household_if({}, past=CallsBefore(store(), at))
    report = _report(form)
    damaged = report is None and form.absence == "damaged"
    judged = judge(report, home, at, ring=form.ring or None, damaged=damaged)
    decision, treated = judged.decision, judged.treated
    trace = tuple(TraceLine(o.rule, o.verdict.value if o.verdict else None, None, o.saw) for o in decision.trace)
    return Answer(
        treatment=treated.treatment.value,
        text=_text(treated.treatment),
        but=_but(home, judged),
        reason=sentence(decision, treated.treatment, treated.wanted),
        kind=words_policy.category(decision.category.value),
        force=f"{when.moment(at, wall(), home.country)}: {when.spoken(treated.because, home.country)}",
        name=words.cut(judged.caller.name),
        number=_number(judged.caller, home),
        absent=words.DAMAGED if damaged else words.ABSENT.get(judged.caller.presentation.value, ""),
        trace=rows.told_apart(trace, decision.reason),
    )


def _text(treatment: Treatment) -> str:
    if treatment is Treatment.DROP:
        return "It would be dropped after its first ring."
    if treatment is Treatment.RING:
        return "The telephone would ring."
    return words_policy.what_is_done(treatment)


def _report(form: Form) -> Reported | None:
    name, dialled = form.name or None, form.dialled or None
    if form.number:
        return Reported(form.number, name, dialled=dialled)
    if form.absence in {"none", "damaged"}:
        return None
    absence = Withheld.UNAVAILABLE if form.absence == "unavailable" else Withheld.PRIVATE
    return Reported(None, name, absence, dialled)


def _number(caller: Caller, home: Household) -> str:
    return words.cut(display(caller.number or caller.shown, home.country), 40) if caller.keys else ""


def _but(home: Household, judged: Judged) -> str:
    if judged.decision.category is Category.PERMITTED_NEXT:
        return "Only for the next call; then this caller is judged as usual."
    if judged.treated.treatment is Treatment.DROP and home.mode is Mode.REHEARSAL:
        return "But this is a rehearsal, so the telephone rings all the same."
    if judged.treated.treatment is Treatment.DROP and home.mode is Mode.OFF:
        return "But blocking is switched off, so the telephone rings all the same."
    return ""
