"""Decides a file of calls in order, each with the calls before it, as real ones would have been. Stores nothing.

One JSON object a line: `id`, `at` (ISO 8601 with offset), `number` (as a modem would show it) or null, `name` or null,
`absence` (null, private, unavailable, none), `rings` before the caller gives up, `answered` (seconds until somebody
lifts a handset, or null), `duration_s`. Other keys are ignored. No file and no store may enter.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from appliance.core.history import History, rang_briefly
from appliance.core.household import Household
from appliance.errors import InvalidValue
from appliance.judging import Judged, Reported, Withheld, judge_caller, lasting, past_call
from appliance.remembered import KeptCallers, KeptIndex

LINE_LIMIT = 100_000
"""Bytes of one line; a call takes two hundred, and a file that is no list of calls must not fill the memory."""

YEARS = range(1980, 3000)
"""Outside of these a day more or less is no time any more, and no call ever came."""

SECONDS_LIMIT = 1_000_000  # no call lasts eleven days
TEXT_LIMIT = 1_000  # characters of a number or a name; a modem sends fewer than a hundred
ABSENCES = (None, "private", "unavailable", "none")

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TracedCall:
    """One line of the file. `report` None: no Caller ID came."""

    id: str | int
    at: datetime
    report: Reported | None
    rings: int
    answered: bool


def parsed(line: bytes) -> TracedCall:
    """The call of one line. Raises InvalidValue with a sentence that says what is wrong with it."""
    if len(line) > LINE_LIMIT:
        raise InvalidValue(f"it is longer than {LINE_LIMIT:,} characters, so it is no call.")
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidValue("it is not JSON; each line holds one call as a JSON object.") from None
    if not isinstance(found, dict):
        raise InvalidValue('it is no JSON object; a call looks like {"id": "1", "at": ...}.')
    return TracedCall(_id(found), _at(found), _report(found), _rings(found), _seconds(found, "answered") is not None)


def traced(calls: Iterable[TracedCall], household: Household) -> Iterator[dict[str, Any]]:
    """What becomes of each call, as the fields of its line of output.

    `treatment` is what the household wants; `today`, where it differs, what this version does in its place. What holds
    for this moment only counts for none of them: see `lasting`.
    """
    history = History()
    household = replace(lasting(household), past=history, index=KeptIndex(household.index))
    callers = KeptCallers(household)
    for call in calls:
        judged = judge_caller(callers.identify(call.report), household, call.at)
        gave_up = rang_briefly(call.rings) and not call.answered
        history.add(past_call(judged, call.at, gave_up=gave_up))
        yield _told(call, judged)


def _told(call: TracedCall, judged: Judged) -> dict[str, Any]:
    decision, treated = judged.decision, judged.treated
    told: dict[str, Any] = {
        "id": call.id,
        "verdict": decision.verdict.value,
        "category": decision.category.value,
        "treatment": treated.wanted.value,
        "reason": decision.reason,
        "profile": treated.profile,
    }
    if treated.treatment is not treated.wanted:
        told["today"] = treated.treatment.value
    return told


def _id(line: Line) -> str | int:
    found = line.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise InvalidValue('it has no "id"; each call needs one, a text or a number.')
    return found


def _at(line: Line) -> datetime:
    found = line.get("at")
    try:
        at = datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise InvalidValue('"at" must be a time with its offset, such as "2026-11-22T18:05:00+01:00".')
    return at


def _report(line: Line) -> Reported | None:
    number, name, absence = _text(line, "number"), _text(line, "name"), line.get("absence")
    if absence not in ABSENCES:
        raise InvalidValue('"absence" must be null, "private", "unavailable" or "none".')
    if absence == "none":
        return None
    return Reported(number, name, Withheld(absence) if absence else None)


def _text(line: Line, field: str) -> str | None:
    found = line.get(field)
    if found is not None and (not isinstance(found, str) or len(found) > TEXT_LIMIT):
        raise InvalidValue(f'"{field}" must be a text in quotation marks, or null.')
    return found


def _rings(line: Line) -> int:
    found = line.get("rings")
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise InvalidValue('"rings" must be a whole number: how often it rings before the caller gives up.')
    return found


def _seconds(line: Line, field: str) -> float | None:
    found = line.get(field)
    if found is None:
        return None
    number = isinstance(found, int | float) and not isinstance(found, bool)
    if not number or not 0 <= found < math.inf:
        raise InvalidValue(f'"{field}" must be a number of seconds, or null.')
    return float(min(found, SECONDS_LIMIT))
