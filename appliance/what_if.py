"""Which calls of the past would have been treated otherwise, had the household been another. Pure: rows in, words out.

Both households judge every call anew, each with the calls before it as they would have gone there. So what differs is
what the change does, not what rules have learnt since, or what somebody pressed then. No store and no clock may enter.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.core.call_facts import Outcome
from appliance.core.caller import display
from appliance.core.explaining import sentence
from appliance.core.history import History
from appliance.core.household import Household, Mode, Treatment
from appliance.core.report import Caller, Presentation
from appliance.judging import Judged, caller_of, gave_up, judge_caller, lasting, past_call
from appliance.remembered import KeptCallers, KeptIndex
from appliance.store.records import CallRecord

COUNTED = 10_000
"""Calls that are judged at most, the newest: a busy household's year, and some seconds of work."""

INSTEAD = {
    Treatment.RING: "would have rung",
    Treatment.CHALLENGE: "would have been asked to press a key",
    Treatment.VOICEMAIL: "would have been asked to leave a message",
    Treatment.ANNOUNCE: "would have heard a sentence and been let go",
    Treatment.DISCONNECTED: "would have heard that the number is not in service",
    Treatment.DROP: "would have been dropped",
    Treatment.ANSWER_BOT: "would have been kept busy by a machine",
}
"""What becomes of a call, after "it"."""

IN_PLACE = {
    Treatment.RING: "ringing",
    Treatment.CHALLENGE: "being asked to press a key",
    Treatment.VOICEMAIL: "being asked to leave a message",
    Treatment.ANNOUNCE: "hearing a sentence and being let go",
    Treatment.DISCONNECTED: "hearing that the number is not in service",
    Treatment.DROP: "being dropped",
    Treatment.ANSWER_BOT: "being kept busy by a machine",
}
"""The same after "instead of"."""


@dataclass(frozen=True, slots=True)
class ChangedCall:
    """A call that would have gone another way. `then` and `now`: what the households want done with it."""

    uid: str
    at: datetime
    who: str
    name: str
    then: Treatment
    now: Treatment
    why: str  # the reason under the changed household, a sentence


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The calls that differ, oldest first, of `counted` calls. `silent`: not all of it can be done by this version."""

    changed: tuple[ChangedCall, ...]
    counted: int
    silent: bool = False

    def summary(self, days: int) -> str:
        """The answer in one or two sentences."""
        newest = "the newest " if self.counted >= COUNTED else ""
        calls = "1 call" if self.counted == 1 else f"{newest}{self.counted:,} calls"
        last = "day" if days == 1 else f"{days} days"
        if not self.counted:
            return f"There was no call in the last {last}, so nothing can be said about it."
        if not self.changed:
            return f"Of {calls} in the last {last} none would have been treated otherwise."
        kinds = Counter((call.then, call.now) for call in self.changed)
        parts = [f"{n:,} {INSTEAD[now]} instead of {IN_PLACE[then]}" for (then, now), n in kinds.most_common()]
        text = f"Of {calls} in the last {last} {len(self.changed):,} would have been treated otherwise: "
        return f"{text}{_joined(parts)}.{NOT_YET if self.silent else ''}"


def became(call: ChangedCall) -> str:
    """What would have become of one call, in words: "would have been dropped instead of ringing"."""
    return f"{INSTEAD[call.now]} instead of {IN_PLACE[call.then]}"


NOT_YET = " (Quietline cannot talk to callers in this version: until it can, doubtful calls ring.)"


def what_if(records: Iterable[CallRecord], before: Household, after: Household) -> WhatIf:
    """Judge calls, oldest first, by two households; each has its own history, which grows with the calls.

    What holds for this moment only (the next call let through, a call expected, a profile by hand) counts in neither:
    it says nothing about past days. Calls that Quietline never touches (call waiting) are left out.
    """
    callers = KeptCallers(before)
    same_home = (before.country, before.area_code) == (after.country, after.area_code)
    then, now = _Seen(before, callers), _Seen(after, callers if same_home else KeptCallers(after))
    same_mode = before.mode is after.mode
    changed: list[ChangedCall] = []
    counted, silent = 0, False
    for record in records:
        if record.outcome == Outcome.WAITING_CALL.value:
            continue
        counted += 1
        old, new = then.judge(record), now.judge(record)
        was, is_now = (_wanted(old), _wanted(new)) if same_mode else (_done(old, before), _done(new, after))
        if was is not is_now:
            changed.append(_changed(record, new, was, is_now, after))
            silent = silent or is_now is not new.treated.treatment or was is not old.treated.treatment
    return WhatIf(tuple(changed), counted, silent and same_mode)


class _Seen:
    """One of the two households, with the calls before the next one as they went there."""

    def __init__(self, household: Household, callers: KeptCallers) -> None:
        self._history = History()
        self._callers = callers
        self._household = replace(lasting(household), past=self._history, index=KeptIndex(household.index))

    def judge(self, record: CallRecord) -> Judged:
        judged = judge_caller(caller_of(record, self._callers.identify), self._household, record.started_at)
        self._history.add(past_call(judged, record.started_at, gave_up=gave_up(record)))
        return judged


def _wanted(judged: Judged) -> Treatment:
    return judged.treated.wanted


def _done(judged: Judged, household: Household) -> Treatment:
    """What is really done: only in mode ON is the line ever touched."""
    return judged.treated.treatment if household.mode is Mode.ON else Treatment.RING


def _changed(record: CallRecord, new: Judged, was: Treatment, is_now: Treatment, after: Household) -> ChangedCall:
    caller = new.caller
    why = sentence(new.decision, is_now)
    return ChangedCall(record.uid, record.started_at, who(caller, after.country), caller.name or "", was, is_now, why)


def who(caller: Caller, country: str) -> str:
    """The caller's number for people, or why there is none."""
    if caller.number:
        return display(caller.number, country)
    return NO_NUMBER.get(caller.presentation, caller.shown)


NO_NUMBER = {
    Presentation.RESTRICTED: "number withheld",
    Presentation.UNAVAILABLE: "number not available",
    Presentation.NONE: "no Caller ID",
}


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
