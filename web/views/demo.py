"""The demo box: a simulated line to play with. Registered only when the page runs in the demo."""

import json
from dataclasses import dataclass

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as AnyResponse

from web import banners, lamps
from web.context import BY, go_back, now, say, store, tell_line

pages = Blueprint("demo", __name__, url_prefix="/demo")

LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Caller:
    """A sample caller: the button's texts, and what the simulated line sends."""

    key: str
    title: str
    hint: str
    number: str | None = None
    name: str | None = None
    absence: str | None = None


CALLERS = (
    Caller("blocked", "A blocked caller", "Sunny Cruises", "2125550142", "SUNNY CRUISES"),
    Caller("permitted", "A permitted caller", "Grandma", "2125550117", "ROSE EXAMPLE"),
    Caller("contact", "One of your contacts", "Dr. Fern", "3125550134", "FERN PRACTICE"),
    Caller("near_contact", "Close to a contact", "another desk at Dr. Fern’s", "3125550139", "FERN PRACTICE"),
    Caller("unknown", "An unknown caller", "on no list", "6465550188", "JORDAN EXAMPLE"),
    Caller("withheld", "A hidden number", "withheld", absence="private"),
    Caller("carrier_flagged", "A labelled caller", "the telephone company says spam", "8325550150", "SPAM? ROOFS"),
    Caller("spoofed", "A number like your own", "nobody you know", "9175550107", "BRIAR QUINN"),
)

ACTIONS = (
    ("hang_up", "The caller hangs up"),
    ("lift_handset", "Somebody lifts the handset"),
    ("unplug", "Unplug the modem"),
    ("plug", "Plug it in"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """What the demo box draws."""

    callers: tuple[Caller, ...]
    actions: tuple[tuple[str, str], ...]
    lamps: list[lamps.Lamp]


def box() -> Box:
    """The box as it is now."""
    lines = store().status.all()
    shown = lines[0] if lines else None
    drawn = lamps.drawn(shown.lamps if shown else {}, dark=shown is None or not banners.alive(shown, now()))
    return Box(CALLERS, ACTIONS, drawn)


@pages.post("/call/<caller>")
def call(caller: str) -> AnyResponse:
    """One of the sample callers calls."""
    sample = next((one for one in CALLERS if one.key == caller), None)
    if sample is None:
        abort(404)
    return _ask("call", number=sample.number, name=sample.name, absence=sample.absence)


@pages.post("/call")
def call_from() -> AnyResponse:
    """A number somebody typed calls."""
    number = "".join(c for c in request.form.get("number", "") if c in "+0123456789*#")[:LONGEST_NUMBER]
    if not number:
        say("Please type a number to call from.", "care")
        return go_back()
    return _ask("call", number=number, name=None, absence=None)


@pages.post("/<any(hang_up, lift_handset, unplug, plug):action>")
def act(action: str) -> AnyResponse:
    """Something happens on the line."""
    return _ask(action)


def _ask(kind: str, **argument: str | None) -> AnyResponse:
    store().commands.put(f"sim.{kind}", json.dumps(argument) if argument else "", BY, now())
    tell_line()
    return go_back("calls-title")
