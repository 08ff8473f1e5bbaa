"""How long the next sign-in must wait. Pure: failures and `now` go in, seconds come out.

Two brakes. An address that failed often waits longer and longer. And because one attacker may have many addresses,
failures from everywhere slow everybody down a little, up to a minute: enough against guessing, and the household
still gets in.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

# A person who mistypes does so two or three times; the fifth failure is the first that costs waiting.
FREE_FAILURES = 5
FIRST_WAIT_S = 10.0
LONGEST_WAIT_S = 15 * 60.0

# Failures of all addresses together. At one guess a minute the 1,000 commonest passwords take most of a day.
FREE_FAILURES_OVERALL = 20
FIRST_WAIT_OVERALL_S = 1.0
LONGEST_WAIT_OVERALL_S = 60.0

# Failures older than this are forgotten.
REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many sign-ins failed within REMEMBERED, and when the last did."""

    count: int
    last: datetime | None


def seconds_to_wait(mine: Failures, everybody: Failures, now: datetime) -> int:
    """Whole seconds until an address with these failures may try again; 0 means now."""
    waits = (
        _remaining(mine, now, FREE_FAILURES, FIRST_WAIT_S, LONGEST_WAIT_S),
        _remaining(everybody, now, FREE_FAILURES_OVERALL, FIRST_WAIT_OVERALL_S, LONGEST_WAIT_OVERALL_S),
    )
    return math.ceil(max(waits))


def _remaining(failures: Failures, now: datetime, free: int, first: float, longest: float) -> float:
    if failures.last is None or failures.count < free:
        return 0.0
    wait = min(longest, first * 2.0 ** min(failures.count - free, 30))
    # A clock that was set back leaves the last failure in the future: as if it were now, never a longer wait.
    return max(0.0, wait - max(0.0, (now - failures.last).total_seconds()))
