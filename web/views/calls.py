"""The call log, and what can be done about one call."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import display
from appliance.core.explaining import sentence
from appliance.core.presets import KNOWN
from appliance.core.screening import screen
from appliance.core.terms import Treatment
from appliance.errors import InvalidValue
from appliance.store import CallRecord, Change
from web import banners, rows, words
from web.context import (
    BY,
    area_code,
    country,
    cursor,
    go_back,
    household,
    now,
    place,
    say,
    search_text,
    store,
    tell_line,
    wall,
)

pages = Blueprint("calls", __name__)

ROWS = 30


@pages.get("/")
def log() -> str:
    """Newest first, or what matches a search; the first page keeps itself up to date."""
    search, before = search_text(), cursor()
    page = store().calls.page(before, search=search, limit=ROWS)
    house = _house()
    return render_template(
        "calls.html",
        calls=[rows.row(call, store().lists, house, url_for) for call in page.rows],
        next=page.next_cursor,
        search=search,
        older_than=before,
        live=before is None,
        demo=_demo(),
    )


@pages.get("/calls/<uid>/why")
def why(uid: str) -> str:
    """One call, and what every rule said of it."""
    call = store().calls.get(uid)
    return render_template(
        "call.html",
        call=rows.row(call, store().lists, _house(), url_for),
        told=rows.told_apart(call.trace, call.reason),
    )


def _house() -> rows.House:
    alive = any(banners.alive(line, now()) for line in store().status.all())
    return rows.House(country(), area_code(), wall(), alive)


def _demo() -> object:
    if not place().demo:
        return None
    from web.views.demo import box

    return box()


@pages.post("/calls/<uid>/block")
def block(uid: str) -> AnyResponse:
    """Block this caller's number for good."""
    call = store().calls.get(uid)
    caller = rows.caller_at_home(call, country(), area_code())
    if not caller.keys:
        raise InvalidValue("This caller showed no number, so there is nothing that could be blocked.")
    change = store().lists.block_caller(
        caller.keys[0], by=BY, now=now(), call_uid=uid, label=call.name or "", spellings=caller.keys[1:]
    )
    tell_line()
    decision = screen(caller, household(), now())
    if decision.category in KNOWN:  # by a beginning, a pattern or a name: permit beats block
        why = sentence(decision, Treatment.RING)
        say(f"{_named(call)} is on the block list now, but keeps ringing. {why}", "care", _undo(change))
    else:
        say(f"{_named(call)} is blocked from now on.", undo=_undo(change))
    return go_back(f"call-{uid}")


@pages.post("/calls/<uid>/permit")
def permit(uid: str) -> AnyResponse:
    """Permit this caller's number for good."""
    call = store().calls.get(uid)
    caller = rows.caller_at_home(call, country(), area_code())
    if not caller.keys:
        raise InvalidValue("This caller showed no number, so there is nothing that could be permitted.")
    change = store().lists.permit_caller(
        caller.keys[0], by=BY, now=now(), call_uid=uid, label=call.name or "", spellings=caller.keys[1:]
    )
    tell_line()
    say(f"{_named(call)} always rings from now on.", undo=_undo(change))
    return go_back(f"call-{uid}")


@pages.post("/changes/<int:change_id>/undo")
def undo(change_id: int) -> AnyResponse:
    """Put back what was before a change of the lists."""
    try:
        change = store().lists.undo(change_id, now(), BY)
    except InvalidValue as error:
        say(str(error), "care")
        return go_back()
    tell_line()
    say("Undone: everything is as it was before.")
    return go_back(f"call-{change.call_uid}" if change.call_uid else "")


def _undo(change: Change) -> str | None:
    return url_for("calls.undo", change_id=change.id) if change.id else None


def _named(call: CallRecord) -> str:
    return words.isolated(call.name or display(call.number or call.shown, country()))
