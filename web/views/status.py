"""How Quietline is doing, what happened lately, and the two buttons of the box."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from appliance.concerns import CANNOT_WAKE, WAKING, Words, words_for
from appliance.core.schedule import change_words
from appliance.core.treatment import next_profile, profile_now
from appliance.errors import InvalidValue, NotFound
from appliance.store import MESSAGES_HEARD, EventRow, LineStatus
from web import banners, changing, lamps, when, words, words_policy
from web.context import BY, all_settings, country, go_back, household, now, say, store, tell_line, wall

pages = Blueprint("status", __name__)

EVENTS = 30
# A press is answered by the line within some milliseconds; whoever waits longer is told that nobody answers.
PATIENCE_S = 1.5
GLANCE_S = 0.02

# For how long a call may be waited for: a workman in the morning, a doctor in the course of the day.
WAITING_HOURS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Line:
    """One telephone line in words."""

    name: str
    good: bool
    headline: str
    faults: tuple[str, ...]
    concerns: tuple[Words, ...]
    facts: tuple[tuple[str, str], ...]
    lamps: list[lamps.Lamp]


@dataclass(frozen=True, slots=True)
class InForce:
    """The profile in force, and why."""

    title: str
    text: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in words."""

    id: int
    iso: str
    when: str
    who: str
    text: str


@pages.get("/status")
def show() -> str:
    """All there is to know about the line."""
    return render_template(
        "status.html",
        lines=[_line(line) for line in store().status.all()],
        events=[_happened(event) for event in store().events.page(limit=EVENTS).rows],
        in_force=_in_force(),
        waiting=_waiting(),
        hours=WAITING_HOURS,
    )


@pages.post("/waiting")
def wait() -> AnyResponse:
    """Say that a call is expected: for some hours unknown callers ring."""
    hours = request.form.get("hours", "")
    if hours not in map(str, WAITING_HOURS):
        raise InvalidValue("Please choose for how many hours.")
    until = now() + timedelta(hours=int(hours))
    told = f"Unknown callers ring until {when.within_sentence(until, wall(), country())}. Then it ends by itself."
    changing.change({"expecting_until": until.isoformat(timespec="seconds")}, told)
    return go_back()


@pages.post("/waiting/stop")
def stop_waiting() -> AnyResponse:
    """The call came, or nobody waits any longer."""
    changing.change({"expecting_until": ""}, "Unknown callers are treated as usual again.")
    return go_back()


@pages.post("/press/<any(block, allow):button>")
def press(button: str) -> AnyResponse:
    """Press a button of the box from here; the line does the same as for the button itself."""
    return _ask(f"press_{button}")


def _ask(kind: str) -> AnyResponse:
    """Ask the line to do something, and tell what it did."""
    before = _latest_press()
    asked = store().commands.put(kind, "", BY, now())
    tell_line()
    done = _what_it_did(before.id if before else 0)
    if done is not None:
        say(words.cut(done.text, 300), "tell")
    elif store().commands.get(asked).finished_at is not None:
        say("The button was pressed. What it did will stand under “What happened lately”.", "tell")
    else:
        say("Nobody is watching the telephone line just now, so the button did nothing.", "trouble")
    return go_back()


@pages.post("/messages/<line>/heard")
def heard(line: str) -> AnyResponse:
    """The household has listened to what the telephone company held; the line turns the lamp off."""
    if line not in {status.line for status in store().status.all()}:
        raise NotFound("There is no such telephone line (any more).")
    return _ask(MESSAGES_HEARD.format(line=line))


def _in_force() -> InForce:
    """The profile, and the sentences to tell about it."""
    home = household()
    force, change = profile_now(home, now()), next_profile(home, now())
    told = " ".join(filter(None, (force.because, change_words(change, wall()) if change else "")))
    override = home.policy.schedule.override
    by_hand = override is not None and override[1] > now()
    return InForce(words_policy.profile(force.profile), when.spoken(told, home.country), by_hand=by_hand)


def _waiting() -> str:
    """Until when a call is waited for, in words; "" when none is."""
    value = all_settings()["expecting_until"]
    until = datetime.fromisoformat(value) if value else None
    return when.within_sentence(until, wall(), country()) if until is not None and until > now() else ""


def _latest_press() -> EventRow | None:
    """The newest event of a button, by whomever."""
    return next(iter(store().events.page(kind="button", limit=1).rows), None)


def _what_it_did(before: int) -> EventRow | None:
    """Wait for the event that the line writes for a press."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        latest = _latest_press()
        if latest is not None and latest.id > before and latest.who == BY:
            return latest
        time.sleep(GLANCE_S)
    return None


def _line(line: LineStatus) -> Line:
    alive, found = banners.alive(line, now()), banners.modem_found(line)
    if not alive:
        headline = f"Nobody is watching the line. {banners.AS_IF_NOT_THERE}"
    elif not found:
        headline = f"The modem is not answering. {banners.AS_IF_NOT_THERE}"
    else:
        headline = "Watching the line."
    faults = [*line.faults]
    if not alive:
        faults.append(
            "The part that listens to the telephone has stopped. Restart the box. If that does not help, read its log."
        )
    elif not found and not any(fault.startswith((WAKING, CANNOT_WAKE)) for fault in faults):
        faults.append(
            "Look whether the modem is plugged in at both ends. Pull it out, wait ten seconds, plug it in again."
        )
    return Line(
        line.line,
        alive and found,
        headline,
        tuple(faults),
        tuple(_concerns(line)) if alive and found else (),
        tuple(_facts(line, alive)),
        lamps.drawn(line.lamps, dark=not alive),
    )


def _concerns(line: LineStatus) -> list[Words]:
    """What is known to be wrong with its modem, the urgent first."""
    modem, firmware = words.cut(line.modem_name), words.cut(line.firmware)
    said = [words_for(one, modem, firmware, words.cut(line.country_code)) for one in line.concerns]
    return sorted(said, key=lambda one: not one.urgent)


def _facts(line: LineStatus, alive: bool) -> list[tuple[str, str]]:
    caller_id = {True: "On", False: "Not on: callers show no number", None: "Not known yet"}[line.caller_id]
    return [
        ("Modem", _modem(line)),
        *_of_modem(line),
        ("Port", words.cut(line.port) or "None"),
        ("Caller ID", caller_id),
        ("Messages", "Your telephone company holds one" if line.message_waiting else "None waiting"),
        ("Last ring", _at(line.last_ring_at)),
        ("Last Caller ID", _at(line.last_report_at)),
        ("Running since", _at(line.started_at) if alive else "Not running"),
        ("Last sign of life", _at(line.heartbeat_at)),
        ("Version", line.version),
    ]


def _of_modem(line: LineStatus) -> list[tuple[str, str]]:
    """What the modem said of itself; nothing before it was found."""
    if not line.profile:
        return []
    voice = {True: "It can speak and listen", False: "It can neither speak nor listen", None: "Not known yet"}
    return [
        ("Firmware", words.cut(line.firmware) or "It does not tell"),
        ("Handled as", words.cut(line.profile)),
        ("Voice", voice[line.voice]),
        *([("Its country code", words.cut(line.country_code))] if line.country_code else []),
    ]


def _modem(line: LineStatus) -> str:
    """Which one, how it is, and since when: the newest event about the modem tells that."""
    state = words.MODEMS.get(line.modem, line.modem)
    event = next((event for event in store().events.page(kind="modem", limit=10).rows if event.line == line.line), None)
    since = f" since {when.within_sentence(event.at, wall(), country())}" if event else ""
    return f"{words.cut(line.modem_name)} {state}{since}".strip()


def _at(moment: datetime | None) -> str:
    return "Never" if moment is None else f"{when.moment(moment, wall(), country())} ({when.ago(moment, now())})"


def _happened(event: EventRow) -> Happened:
    return Happened(
        event.id,
        event.at.isoformat(),
        when.moment(event.at, wall(), country()),
        words.doer(event.who),
        words.cut(event.text, 300),
    )
