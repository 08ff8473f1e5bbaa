"""The one way from a report to what is done: for real calls, `check`, the page, traces, what-if. No store, no clock.

It also turns rows of the call log back into callers and into the calls before a call. Neither the line's hardware nor
the page may enter: a report is whatever has the fields of core's `Report`; `Reported` is a plain one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from appliance.core.call_facts import Outcome
from appliance.core.caller import identify, spellings
from appliance.core.history import PastCall, rang_briefly
from appliance.core.household import Category, Household, Treatment
from appliance.core.report import Caller, Presentation, Report
from appliance.core.rule import Decision, Verdict
from appliance.core.screening import screen
from appliance.core.treatment import Treated, treated
from appliance.store.records import CallRecord

NO_COUNTRY = "ZZ"
"""Nobody's country: a number without "+" then stays what it is (CLDR, "unknown region")."""


class Withheld(Enum):
    """Why a report holds no number; the values of core's `Absence`."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Reported:
    """A Caller ID report from a form, a file or a stored row."""

    number: str | None = None
    name: str | None = None
    absence: Withheld | None = None
    dialled: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Who it is, what every rule said, and what the household wants done with it."""

    caller: Caller
    decision: Decision
    treated: Treated


def judge(
    report: Report | None, household: Household, at: datetime, *, ring: str | None = None, damaged: bool = False
) -> Judged:
    """The functions of a real call in its order. `at` is aware; None for no report, with `damaged` for a broken one."""
    caller = identify(report, household.country, household.area_code, ring=ring, damaged=damaged)
    return judge_caller(caller, household, at)


def judge_caller(caller: Caller, household: Household, at: datetime) -> Judged:
    """The same for a caller who is known already."""
    decision = screen(caller, household, at)
    return Judged(caller, decision, treated(decision, household, at))


def lasting(household: Household) -> Household:
    """A household without what holds for this moment only, which says nothing about calls of other days.

    These are the next call let through, a call expected, and a profile by hand.
    """
    schedule = replace(household.policy.schedule, override=None)
    policy = replace(household.policy, schedule=schedule)
    return replace(household, permit_next_until=None, expecting_until=None, policy=policy)


def past_call(judged: Judged, at: datetime, *, gave_up: bool) -> PastCall:
    """What later calls may ask of this one. `gave_up`: it rang once or twice, and nobody here took it.

    A call that was dropped did not give up: it was ended here.
    """
    dropped = judged.treated.treatment is Treatment.DROP
    blocked = dropped or judged.decision.verdict is Verdict.BLOCK
    short = gave_up and judged.treated.treatment is Treatment.RING
    return PastCall(at, judged.caller.keys, judged.decision.category, blocked, short)


class Identify(Protocol):
    """`identify` at one home."""

    def __call__(self, report: Report | None, *, ring: str | None, damaged: bool) -> Caller:
        """Who the report speaks of."""


def caller_of(record: CallRecord, identified: Identify) -> Caller:
    """Who a stored call came from. Its number stays as it was read then: the house may have moved. Never raises."""
    report, damaged = _report_of(record)
    caller = identified(report, ring=record.ring_pattern, damaged=damaged)
    if report is None or record.number is None or caller.number == record.number:
        return caller
    return identified(replace(report, number=record.number), ring=record.ring_pattern, damaged=damaged)


def _report_of(record: CallRecord) -> tuple[Reported | None, bool]:
    """What came with a stored call, and whether it was damaged."""
    presentation = _presentation(record)
    if presentation is Presentation.NONE:
        return None, record.damaged is not None
    return Reported(record.shown or None, record.name, _ABSENCES.get(presentation), record.dialled), False


def past_call_of(record: CallRecord) -> PastCall:
    """A stored call as later ones may ask of it; a category that no longer exists is None. Never raises."""
    dropped = record.outcome in DROPPED
    blocked = dropped or record.verdict == Verdict.BLOCK.value
    return PastCall(record.started_at, _keys(record), _category(record.category), blocked, gave_up(record))


def gave_up(record: CallRecord) -> bool:
    """Whether the caller rang once or twice and was gone, and it is not known that anybody here took it."""
    return record.outcome == Outcome.RANG_OUT.value and rang_briefly(record.rings) and not record.handset


DROPPED = frozenset({Outcome.DROPPED.value, Outcome.DROP_FAILED.value, Outcome.WOULD_DROP.value})
"""A rehearsal remembers as if it were none: what it shows is what would become of the calls."""

_ABSENCES = {Presentation.RESTRICTED: Withheld.PRIVATE, Presentation.UNAVAILABLE: Withheld.UNAVAILABLE}


def _presentation(record: CallRecord) -> Presentation:
    try:
        return Presentation(record.presentation)
    except ValueError:  # of another version: what was shown still counts
        return Presentation.ALLOWED if record.shown else Presentation.NONE


def _category(value: str | None) -> Category | None:
    try:
        return Category(value)
    except ValueError:
        return None


def _keys(record: CallRecord) -> tuple[str, ...]:
    """At least the best spelling. A number that was not E.164 at home is none without a home either."""
    if record.number is not None:
        return (record.number,)
    return spellings(record.shown, NO_COUNTRY)[:1] if _presentation(record) is Presentation.ALLOWED else ()
