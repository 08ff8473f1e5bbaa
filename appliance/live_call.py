"""One call as the line lives it: the pure call, who it is, what was decided, and the row that says so.

Owned by the line's loop. It decides and remembers; it touches neither modem nor lamps nor disk.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from appliance.core import call as core
from appliance.core.caller import Caller, Presentation, Report, identify
from appliance.core.household import Category, Household, Mode, Treatment
from appliance.core.presses import Known, Target
from appliance.core.rule import Decision
from appliance.core.screening import screen, settled_by_number, whole
from appliance.core.treatment import Treated, treated
from appliance.store import CallRecord, TraceLine
from hardware.events import CallerIdReported

PRESSED = "block_pressed"  # the reason of a call that was dropped because somebody pressed Block while it rang


@dataclass
class LiveCall:
    """A call from its first sign to its row. `started_at` is wall time (aware UTC), taken once.

    All that is decided of it is decided as of then: a schedule that changes while it rings changes nothing for it.
    """

    line: str
    started_at: datetime
    call: core.Call
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)
    caller: Caller = field(default_factory=lambda: identify(None, "US"))
    decision: Decision | None = None
    treated: Treated | None = None
    mode: Mode = Mode.ON
    outcome: core.Outcome | None = None
    ended_at: float | None = None  # monotonic seconds
    pressed: bool = False  # Block was pressed while it rang
    when_known: Callable[[], None] | None = None  # a press that waits for the report
    _settled_in: Household | None = None  # where the number alone decided it; the rest of the trace is still to ask
    _earlier: tuple[Decision, Treated] | None = None  # before the lists changed under the ringing call
    _permit_next: datetime | None = None  # granted to this call; asking again must not take it away

    @property
    def over(self) -> bool:
        """Whether its row is final."""
        return self.outcome is not None

    @property
    def decided(self) -> bool:
        """Whether it has been screened on all that came."""
        return self.decision is not None

    def decide(self, report: Report | None, household: Household, *, early: bool) -> core.Decided | None:
        """Screen it; None when `early` and a name that may follow could still change the answer."""
        known = self._permit_next or household.permit_next_until
        household = _with_permit_next(household, known)
        caller = self._identified(report, household)
        look = settled_by_number if early else screen
        decision = look(caller, household, self.started_at)
        if decision is None:
            return None
        if decision.category is Category.PERMITTED_NEXT:
            self._permit_next = known
        self.caller, self.decision = caller, decision
        self._settled_in = household if early else None
        self.treated, self.mode = treated(decision, household, self.started_at), household.mode
        return core.Decided(self.treated.treatment, self.mode)

    def decide_again(self, household: Household) -> core.Decided:
        """The lists have changed while it rings."""
        self._complete()
        if self.decision is not None and self.treated is not None and self._earlier is None:
            self._earlier = (self.decision, self.treated)
        decided = self.decide(self.call.report, household, early=False)
        assert decided is not None  # only an early decision may be left open
        return decided

    def judged_anew(self, household: Household) -> tuple[Category, core.Decided]:
        """What it would be in that household, and what would be done with it; nothing of it is kept."""
        household = _with_permit_next(household, self._permit_next or household.permit_next_until)
        decision = screen(self._identified(self.call.report, household), household, self.started_at)
        treatment = treated(decision, household, self.started_at).treatment
        return decision.category, core.Decided(treatment, household.mode)

    def _complete(self) -> None:
        """Ask the rules that an early decision had no time for: what they say is for the row, and decides nothing."""
        if self._settled_in is not None and self.decision is not None:
            self.decision = whole(self.decision, self.caller, self._settled_in, self.started_at)
            self._settled_in = None

    def _identified(self, report: Report | None, household: Household) -> Caller:
        damaged = report is None and self.call.damaged is not None
        return identify(report, household.country, household.area_code, ring=self.call.pattern, damaged=damaged)

    def finish(self, outcome: core.Outcome, at: float) -> None:
        """It is over. A drop that was decided too late for this call does not explain what became of it."""
        self.outcome, self.ended_at = outcome, at
        too_late = self.treated is not None and self.treated.treatment is Treatment.DROP
        if outcome is core.Outcome.RANG_OUT and too_late and self._earlier is not None:
            self.decision, self.treated = self._earlier

    @property
    def uses_permit_next(self) -> bool:
        """Whether this call got through on "permit the next call"."""
        return self._permit_next is not None

    def follow_up(self) -> None:
        """Do what a press asked for before the caller was known."""
        follow, self.when_known = self.when_known, None
        if follow is not None:
            follow()

    def target(self, now: float) -> Target:
        """The call as a press sees it."""
        if self.caller.keys:
            known = Known.NUMBER
        elif self.decided or self.over:
            known = Known.NO_NUMBER
        else:
            known = Known.NOTHING_YET
        return Target(self.uid, known, None if self.ended_at is None else now - self.ended_at)

    @property
    def hung_up(self) -> bool:
        """Whether it was dropped as far as is known now; for some seconds a ring may still show otherwise."""
        call = self.call
        return call.state is core.State.GUARDING and call.took_line and not (call.rang_on or core.taken(call))

    def record(self) -> CallRecord:
        """Its row as it is now; final once `over`."""
        self._complete()
        decision, told = self.decision, _told(self.call.report)
        damaged = self.call.damaged if self.caller.damaged else None
        outcome = self.outcome or (core.Outcome.DROPPED if self.hung_up else None)
        ended = (
            None if self.ended_at is None else self.started_at + timedelta(seconds=self.ended_at - self.call.began_at)
        )
        trace = _trace(decision)
        treatment, wanted = (self.treated.treatment, self.treated.wanted) if self.treated else (None, None)
        reason = decision.reason if decision else None
        if self.pressed and (self.call.attempts or self.outcome is core.Outcome.WOULD_DROP):
            treatment, wanted, reason = Treatment.DROP, Treatment.DROP, PRESSED
            trace = (*trace, TraceLine(PRESSED, "block", None, "Somebody pressed Block while it rang."))
        return CallRecord(
            uid=self.uid,
            line=self.line,
            started_at=self.started_at,
            ended_at=ended,
            rings=self.call.rings,
            shown=self.caller.shown,
            number=self.caller.number,
            name=self.caller.name,
            presentation=self.caller.presentation.value,
            region=self.caller.region,
            category=decision.category.value if decision else None,
            verdict=decision.verdict.value if decision else None,
            reason=reason,
            entry_id=decision.entry.id if decision and decision.entry else None,
            trace=trace,
            treatment=treatment.value if treatment else None,
            mode=self.mode.value,
            outcome=outcome.value if outcome else None,
            reported_date=told.date,
            reported_time=told.time,
            dialled=told.dialled,
            dialable=told.dialable,
            forwarded_by=told.forwarded_by,
            call_type=told.call_type.value if told.call_type else None,
            long_distance=told.long_distance,
            name_absence=told.name_absence.value if told.name_absence else None,
            ring_pattern=self.call.pattern,
            damaged=damaged.why if damaged else None,
            readable_number=damaged.readable.number if damaged else None,
            readable_name=damaged.readable.name if damaged else None,
            profile=self.treated.profile if self.treated else None,
            wanted=wanted.value if wanted else None,
            handset=core.taken(self.call),
        )

    @property
    def reported(self) -> bool:
        """Whether any Caller ID came with it, be it damaged."""
        call = self.call
        return self.caller.presentation is not Presentation.NONE or call.report is not None or call.damaged is not None


def _trace(decision: Decision | None) -> tuple[TraceLine, ...]:
    return tuple(
        TraceLine(o.rule, o.verdict.value if o.verdict else None, o.category.value if o.category else None, o.saw)
        for o in (decision.trace if decision else ())
    )


def _told(report: Report | None) -> CallerIdReported:
    """All that the report of a real modem tells; nothing for no report."""
    return report if isinstance(report, CallerIdReported) else CallerIdReported()


def _with_permit_next(household: Household, until: datetime | None) -> Household:
    return household if household.permit_next_until == until else replace(household, permit_next_until=until)
