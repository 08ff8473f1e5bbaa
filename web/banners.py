"""What must not be overlooked, above every page: the line is not watched, the modem is gone, blocking is off. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.concerns import words_for
from appliance.store import LineStatus
from web.words import cut

# The line says every few seconds that it lives. Half a minute without a word is no hiccup any more.
STALE_AFTER = timedelta(seconds=30)

# What a line says of its modem.
MODEM_READY = "ready"
MODEM_LOOKED_FOR = "looking"

AS_IF_NOT_THERE = "The telephone rings as if Quietline were not there."


@dataclass(frozen=True, slots=True)
class Banner:
    """One notice: "trouble", "care" or "tell", what is so, what follows, and where to read, change or end it."""

    kind: str
    title: str
    text: str
    endpoint: str = ""
    link: str = ""
    press: "Press | None" = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a notice: its text, and what its POST goes to."""

    text: str
    endpoint: str
    values: Mapping[str, str]


def alive(status: LineStatus, now: datetime) -> bool:
    """Whether that line process has spoken lately."""
    return now - status.heartbeat_at <= STALE_AFTER


def modem_found(status: LineStatus) -> bool:
    """Whether that line has a modem that answers."""
    return status.modem == MODEM_READY


@dataclass(frozen=True, slots=True)
class Passing:
    """What holds for a while only, each as the end of a sentence, "" where it does not."""

    next_call: str = ""  # until when the next call is permitted
    waiting: str = ""  # until when a call is waited for
    by_hand: str = ""  # which profile was chosen by hand, and until when


NOTHING_PASSING = Passing()


def banners(lines: Sequence[LineStatus], mode: str, now: datetime, passing: Passing = NOTHING_PASSING) -> list[Banner]:
    """The notices of this moment, worst first."""
    several = len(lines) > 1
    found = [banner for line in lines if (banner := _of_line(line, now, several=several))]
    if not lines:
        found.append(
            Banner("trouble", "Not connected to the telephone line yet.", AS_IF_NOT_THERE, "status.show", "What to do")
        )
    for line in lines:
        found += _of_modem(line, now, several=several)
    if mode == "off":
        found.append(Banner("care", "Blocking is switched off.", "Every call rings.", "settings.form", "Switch it on"))
    elif mode == "rehearsal":
        text = "Every call rings; the log shows which ones would have been dropped."
        found.append(Banner("care", "This is a rehearsal.", text, "settings.form", "Change it"))
    found += _passing(passing)
    return found + [_message(line, several=several) for line in lines if line.message_waiting]


def _passing(passing: Passing) -> Iterator[Banner]:
    if passing.next_call:
        text = f"Whoever calls next is let through, until {passing.next_call}. Press Allow again to change that."
        yield Banner("tell", "You are expecting a call.", text, "status.show", "To the buttons")
    if passing.waiting:
        text = f"Unknown callers ring until {passing.waiting}; those on your block list do not."
        stop = Press("Stop waiting", "status.stop_waiting", {})
        yield Banner("tell", "You are waiting for a call.", text, press=stop)
    if passing.by_hand:
        back = Press("Back to the schedule", "schedule.back", {})
        yield Banner("tell", f"{passing.by_hand}.", "You chose that by hand.", press=back)


def _where(line: LineStatus, *, several: bool) -> str:
    return f" (line {line.line})" if several else ""


def _of_modem(line: LineStatus, now: datetime, *, several: bool) -> list[Banner]:
    """What is wrong with the modem itself, as far as it must not be overlooked; the rest stands on the status page."""
    if not alive(line, now) or not modem_found(line):
        return []
    said = [words_for(one, cut(line.modem_name), cut(line.firmware), line.country_code) for one in line.concerns]
    where = _where(line, several=several)
    return [
        Banner("care", f"{one.title.removesuffix('.')}{where}.", "", "status.show", "What to do")
        for one in said  # the whole story, which may be long, stands on the status page
        if one.urgent
    ]


def _message(line: LineStatus, *, several: bool) -> Banner:
    where = _where(line, several=several)
    return Banner(
        "tell",
        f"Your telephone company holds a message for you{where}.",
        "Call its answering service to listen.",
        press=Press("I have listened", "status.heard", {"line": line.line}),
    )


def _of_line(line: LineStatus, now: datetime, *, several: bool) -> Banner | None:
    where = _where(line, several=several)
    if not alive(line, now):
        return Banner(
            "trouble", f"Nobody is watching the telephone line{where}.", AS_IF_NOT_THERE, "status.show", "What to do"
        )
    if line.modem == MODEM_LOOKED_FOR:
        return Banner("care", f"Looking for the modem{where}.", AS_IF_NOT_THERE, "status.show", "See the status")
    if not modem_found(line):
        return Banner("trouble", f"The modem is not answering{where}.", AS_IF_NOT_THERE, "status.show", "What to do")
    if line.faults:
        return Banner("care", f"Something needs looking at{where}.", line.faults[0], "status.show", "See the status")
    return None
