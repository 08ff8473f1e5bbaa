"""What a rehearsal has shown: what would have become of the calls, had Quietline touched the line. No SQL, no page.

A rehearsal decides and records every call, and lets it ring. This counts those rows.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from appliance.core.call_facts import Outcome
from appliance.core.household import Mode, Treatment
from appliance.core.terms import Category
from appliance.policy_words import CANNOT_TALK
from appliance.store import Store
from appliance.store.records import CallRecord

LISTED = 100
"""Stopped calls that are listed; more in a week is no rehearsal to read through, but a log to search."""

COUNTED = 30_000
"""Calls that are read at most; a month at a thousand a day, and 30 MB."""

STOPPED = frozenset({Treatment.DROP, Treatment.DISCONNECTED, Treatment.ANNOUNCE, Treatment.ANSWER_BOT})
"""Treatments with which nobody in the house hears of the call."""

_PEOPLE_KNOWN = frozenset({Category.PERMITTED.value, Category.CONTACT.value, Category.NEAR_CONTACT.value})
_KINDS = {
    Treatment.DROP: "would have been dropped",
    Treatment.DISCONNECTED: "would have heard that the number is not in service",
    Treatment.ANNOUNCE: "would have heard a sentence and been let go",
    Treatment.ANSWER_BOT: "would have been kept busy by a machine",
    Treatment.CHALLENGE: "would be asked to press a key",
    Treatment.VOICEMAIL: "would be asked to leave a message",
}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The calls of a rehearsal between two moments (aware).

    `wanted`: what the policy wants done with how many; `stopped` are the calls that would have been kept from the
    house, oldest first, the newest LISTED of `stopped_count`.
    """

    since: datetime
    until: datetime
    counted: int
    wanted: Mapping[Treatment, int]
    stopped: tuple[CallRecord, ...]
    stopped_count: int
    known: int  # calls from the permit list and contacts

    @property
    def days(self) -> int:
        """Whole days, at least one."""
        return max(1, round((self.until - self.since).total_seconds() / 86_400))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell the household."""
        last = "day" if self.days == 1 else f"{self.days} days"
        if not self.counted:
            return (f"No call came during a rehearsal in the last {last}.",)
        calls = "1 call" if self.counted == 1 else f"{self.counted:,} calls"
        came = f"In the last {last} {calls} came during the rehearsal, and all of them rang."
        parts = [f"{_amount(n)} {_KINDS[kind]}" for kind, n in self.wanted.items() if kind in STOPPED]
        doubtful = [f"{_amount(n)} {_KINDS[kind]}" for kind, n in self.wanted.items() if kind in _DOUBTFUL]
        return (
            came,
            f"Without the rehearsal {' and '.join(parts)}." if parts else "Not one of them would have been stopped.",
            *((f"{' and '.join(doubtful)}; {CANNOT_TALK}, so these would ring as well.",) if doubtful else ()),
            *((f"All {_amount(self.known)} from people you know would have rung.",) if self.known > 1 else ()),
        )


_DOUBTFUL = frozenset({Treatment.CHALLENGE, Treatment.VOICEMAIL})


def report(store: Store, since: datetime, until: datetime) -> Rehearsed:
    """The calls of a rehearsal that began in [since, until); aware times. Raises StoreError."""
    wanted: Counter[Treatment] = Counter()
    stopped: list[CallRecord] = []
    known = 0
    for record in store.calls.between(since, until, newest=COUNTED):
        kind = wanted_of(record)
        untouched = record.mode != Mode.REHEARSAL.value or record.outcome == Outcome.WAITING_CALL.value
        if untouched or kind is None:
            continue
        wanted[kind] += 1
        known += record.category in _PEOPLE_KNOWN
        if kind in STOPPED:
            stopped.append(record)
    return Rehearsed(
        since, until, wanted.total(), dict(wanted.most_common()), tuple(stopped[-LISTED:]), len(stopped), known
    )


def wanted_of(record: CallRecord) -> Treatment | None:
    """What was to be done with a stored call; None for one that was not decided, or by a version with other words."""
    try:
        return Treatment(record.wanted or record.treatment)
    except ValueError:
        return None


def _amount(number: int) -> str:
    return f"{number:,}"
