"""The moves that rows of the call table share: counting rings, taking the line, telling callers apart, ending. Pure."""

from dataclasses import replace
from typing import Any

from appliance.core.call_facts import (
    Action,
    Call,
    Event,
    Finish,
    GoOffHook,
    GoOnHook,
    OpenNext,
    Outcome,
    Rang,
    Reported,
    Screen,
    State,
)
from appliance.core.caller import Report
from appliance.core.household import Mode, Treatment

HOLD_S = 2.5  # exchanges in Britain need 2 s to clear a call; half a second for slow relays
SEIZE_LIMIT_S = 3.5  # a hook command times out after 3 s and says so; this is for a modem layer that says nothing
RELEASE_LIMIT_S = 4.0  # the same, for on-hook, which is asked again each time it runs out
RELEASES = 3  # then the modem counts as lost; its own layer goes on asking
ATTEMPTS = 3  # a line that rings on after three off-hooks has a fault that a fourth does not mend
MARGIN_S = 1.0  # exchanges stretch their ringing by up to a second
RACE_S = 1.0  # ringing leaves the line within 0.2 s of off-hook; a modem may print the cut ring a little later
STILL_SOUNDS_S = 0.5  # a modem may print RING up to this long before the bell starts
REGULAR_S = 0.5  # a caller's own rings come a period apart, give or take this much of a modem's printing

Result = tuple[Call, tuple[Action, ...]]


def count_ring(call: Call, ring: Rang, now: float) -> Call:
    """Count a ring by its start: some modems print RING every two seconds, so lines must not chain."""
    call = replace(call, heard_at=now, pattern=call.pattern or ring.pattern)
    if call.ring_at is not None and now - call.ring_at <= call.timing.same_ring:
        return call
    if call.lifted_at is not None and now - call.lifted_at > RACE_S:
        call = replace(call, lifted_at=None)  # a line that somebody has does not ring: put back, or noise
    return replace(call, rings=call.rings + 1, ring_at=now, ring_before=call.ring_at)


def gap_end(call: Call) -> float:
    return (call.began_at if call.heard_at is None else call.heard_at) + call.timing.gap


def until_gap(call: Call) -> Call:
    return replace(call, deadline=gap_end(call))


def let_ring(call: Call, **known: Any) -> Call:
    """Any: `known` are fields of Call. Set with the rest, for each copy costs as much as a look-up."""
    return replace(call, state=State.RINGING, drop_at_ring=False, deadline=gap_end(call), **known)


def wait_for_report(call: Call) -> Call:
    if call.ring_at is None or call.asked:
        return until_gap(call)
    return replace(call, deadline=min(call.ring_at + call.timing.report_wait, gap_end(call)))


def ask_without_waiting(call: Call) -> Result:
    return until_gap(replace(call, asked=True)), (Screen(call.report),)


def rang_within(call: Call, now: float, seconds: float) -> bool:
    return call.ring_at is not None and now - call.ring_at <= seconds


def wants_drop(call: Call) -> bool:
    """Whether the line may be touched. Not when our own fault hid the report: that is no reason to block."""
    unseen = call.blind and call.report is None
    return would_drop(call) and not (call.gave_up or taken(call) or unseen)


def taken(call: Call) -> bool:
    """Whether somebody in the house has this call."""
    return call.left_alone or call.lifted_at is not None


def would_drop(call: Call) -> bool:
    """Whether the household wants this call dropped, if that can be done."""
    return call.treatment is Treatment.DROP and call.mode is Mode.ON


def seize(call: Call, now: float) -> Result:
    if call.attempts >= ATTEMPTS:
        return let_ring(call, gave_up=True), ()
    call = replace(
        call,
        state=State.SEIZING,
        attempts=call.attempts + 1,
        held_since=now,
        failed=False,
        rang_on=False,
        drop_at_ring=False,
        deadline=now + SEIZE_LIMIT_S,
    )
    return call, (GoOffHook(),)


def let_go(call: Call, now: float) -> Result:
    call = replace(call, state=State.RELEASING, releases=call.releases + 1, deadline=now + RELEASE_LIMIT_S)
    return call, (GoOnHook(),)


def fuse(call: Call) -> float:
    """Seconds from a ring on guard to the next attempt: time for a new caller's report, if it may be a new caller.

    Never into the sounding bell: some modems refuse off-hook then (USR firmware 1.2.10 and later).
    """
    return call.timing.sounding + STILL_SOUNDS_S if call.failed else call.timing.report_wait


def identity(report: Report) -> tuple[str | None, str | None]:
    return report.number, report.absence.value if report.absence else None


def knows_who(call: Call) -> bool:
    """Whether the report so far holds a number, or why there is none; a name alone is nobody yet."""
    return call.report is not None and identity(call.report) != (None, None)


def is_another(call: Call, report: Report) -> bool:
    """Whether this report cannot be of this call.

    Two numbers are two callers. A number and an absence are two callers only when a ring lies between them: some
    networks send the number and then "O" to mask it.
    """
    if call.report is None or not knows_who(call) or identity(call.report) == identity(report):
        return False
    if call.report.number is not None and report.number is not None:
        return True
    return _rang_since_report(call)


def _rang_since_report(call: Call) -> bool:
    if call.state is State.GUARDING:
        return call.rang_on
    return call.ring_at is not None and call.report_at is not None and call.ring_at > call.report_at


def completes(call: Call, event: Reported) -> bool:
    """Whether this report tells more of this call than what is known."""
    if event.amends or not knows_who(call):
        return call.report != event.report
    assert call.report is not None
    return identity(call.report) == identity(event.report) and not (call.whole and call.report == event.report)


def adopt(call: Call, report: Report, now: float, *, whole: bool) -> Call:
    if call.report_at is not None:
        return replace(call, report=report, whole=whole)
    return replace(call, report=report, whole=whole, report_at=now, leads=call.rings == 0)


def open_another(call: Call, event: Event, now: float) -> Result:
    """The call is over, and another began with this report, and with the ring just before it if that was its own."""
    if call.ring_at is None or not _newest_ring_is_of_another(call, now):
        return finish(call, OpenNext(((event, now),)))
    return finish(replace(call, rings=call.rings - 1), OpenNext(((Rang(), call.ring_at), (event, now))))


def _newest_ring_is_of_another(call: Call, now: float) -> bool:
    """Whether the newest ring began the call whose report has just come.

    In doubt it did not: somebody may have answered our caller at that ring, and the report be one of call waiting. A
    ring taken for its own would then drop the call that is being talked on.
    """
    if call.ring_at is None or now - call.ring_at > call.timing.report_wait or not _rang_since_report(call):
        return False
    if call.state is State.GUARDING:
        return True  # our caller was hung up, so whoever rings now is another
    if call.leads:
        return False  # on this line reports come before their rings
    return call.ring_before is None or abs(call.ring_at - call.ring_before - call.timing.period) > REGULAR_S


def open_pending(call: Call, now: float) -> OpenNext:
    """What another caller sent while we held the line. As of now: an old ring must not be taken for a sounding one."""
    reports = tuple((event, now) for event in call.pending)
    if call.ring_at is None or not call.rang_on or now - call.ring_at > call.timing.period + MARGIN_S:
        return OpenNext(reports)
    return OpenNext(((Rang(), call.ring_at), *reports))


def finish(call: Call, *more: Action) -> Result:
    return replace(call, state=State.ENDED), (Finish(outcome(call)), *more)


def outcome(call: Call) -> Outcome:
    if call.gave_up:
        return Outcome.DROP_FAILED
    if taken(call) and call.rings and (call.attempts or would_drop(call)):
        return Outcome.LINE_IN_USE
    if call.state is State.LOST:
        return Outcome.INTERRUPTED
    if call.rings == 0:
        return Outcome.WAITING_CALL
    if call.took_line and call.state is State.GUARDING:
        return Outcome.DROPPED
    if call.treatment is Treatment.DROP and call.mode is Mode.REHEARSAL:
        return Outcome.WOULD_DROP
    return Outcome.RANG_OUT
