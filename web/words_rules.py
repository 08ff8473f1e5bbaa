"""The figures of the rules as the page asks for them, in the units of people. No request, no SQL, no markup."""

from dataclasses import dataclass

MINUTE_S, HOUR_S = 60, 3_600


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a rule goes by: its setting, the words around it, how many of the setting's units one is.

    `least` and `most` are what it may be, in the units of the page.
    """

    setting: str
    before: str
    after: str
    least: int
    most: int
    size: int = 1


FIGURES = {
    "burst": (Figure("burst_s", "Within", "seconds after a blocked call", 5, 86_400),),
    "repeat_caller": (
        Figure("repeat_after_s", "At least", "minutes after the call before", 1, 1_440, MINUTE_S),
        Figure("repeat_within_s", "and at most", "minutes after it", 1, 2_880, MINUTE_S),
    ),
    "ping_caller": (
        Figure("ping_calls", "After", "such calls", 1, 20),
        Figure("ping_within_s", "within", "hours", 1, 48, HOUR_S),
    ),
    "reported": (
        Figure("reported_count", "At least", "complaints", 1, 1_000_000),
        Figure("reported_score", "with a score of at least", "of 100", 1, 100),
        Figure("reported_days", "the newest at most", "days old", 1, 3_650),
    ),
}

# The two settings between which a caller is insistent.
REPEAT = ("repeat_after_s", "repeat_within_s")
REPEAT_CLASH = "The first of the two must be less than the second: a caller insists between them."
