"""Likely mistakes, each with one press to mend it, and what a rehearsal has shown."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import display
from appliance.core.entry_keys import entry_key
from appliance.core.household import EntryKind, Mode
from appliance.errors import InvalidValue, NotFound
from appliance.rehearsal import Rehearsed, report
from appliance.review import Advice, Finding, review
from appliance.store import CallRecord
from web import when, words
from web.context import BY, area_code, country, go_back, household, now, say, store, tell_line, wall

pages = Blueprint("review", __name__, url_prefix="/rules/review")

# Of a rehearsal: the last week, which has a weekend in it.
REHEARSED = timedelta(days=7)

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a finding: its text, its look, where its POST goes."""

    text: str
    css: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One likely mistake, with what can be done about it; `search` finds its calls in the log."""

    sentence: str
    named: str
    number: str
    search: str
    presses: tuple[Press, ...]


@pages.get("")
def show() -> str:
    """What may be wrong, the gravest first."""
    home = household()
    rehearsing = home.mode is Mode.REHEARSAL
    rehearsed = report(store(), now() - REHEARSED, now()) if rehearsing else None
    return render_template(
        "rules_review.html",
        findings=[_shown(finding) for finding in review(store(), home, now())],
        rehearsed=rehearsed,
        stopped=_stopped(rehearsed) if rehearsed else [],
    )


@pages.post("/permit")
def permit() -> AnyResponse:
    """Permit a number that was turned away again and again."""
    try:
        number = entry_key(EntryKind.EXACT, request.form.get("number", "")[:LONGEST], country(), area_code())
    except ValueError as error:
        raise InvalidValue(str(error)) from error
    change = store().lists.permit_caller(number, by=BY, now=now())
    tell_line()
    undo = url_for("calls.undo", change_id=change.id) if change.id else None
    say(f"{words.isolated(display(number, country()))} always rings from now on.", undo=undo)
    return go_back()


def _shown(finding: Finding) -> Shown:
    named = words.cut(finding.label) or words.cut(display(finding.number, country()))
    return Shown(words.cut(finding.sentence, 300), named, finding.number, finding.number, _presses(finding))


def _presses(finding: Finding) -> tuple[Press, ...]:
    if finding.advice is Advice.PERMIT:
        return (Press("Permit", "permit", url_for("review.permit")),)
    if finding.entry_id is None or finding.advice is Advice.NOTHING:
        return ()
    try:
        entry = store().lists.get(finding.entry_id)
    except NotFound:  # it went this very moment
        return ()
    name = entry.list.value
    remove = Press("Remove", "block", url_for("lists.remove", name=name, entry_id=entry.id))
    if finding.advice is Advice.KEEP:
        return (Press("Keep", "permit", url_for("lists.keep", name=name, entry_id=entry.id)), remove)
    return (remove,)


def _stopped(rehearsed: Rehearsed) -> list[tuple[str, str]]:
    """When, and who: the calls that would have been kept from the house, newest first."""
    return [(when.moment(call.started_at, wall(), country()), _who(call)) for call in reversed(rehearsed.stopped)]


def _who(call: CallRecord) -> str:
    number = words.cut(display(call.number or call.shown, country()), 40) if call.number or call.shown else ""
    absent = words.ABSENT.get(call.presentation, words.ABSENT["none"])
    return " ".join(filter(None, (words.cut(call.name), number))) or absent
