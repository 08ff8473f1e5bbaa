"""Rules about time and about the calls before this one. One rule is one function."""

from collections.abc import Sequence
from datetime import timedelta

from appliance.core.history import PastCall
from appliance.core.household import EntryKind, ListName
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.lists import blocking
from appliance.core.rules.opinions import silent, times_in_words
from appliance.core.terms import Category


def permit_next(case: Case) -> Opinion:
    """The household expects a call and asked for the next one, whoever it is."""
    until = case.household.permit_next_until
    if until is None:
        return silent(SAW, "permit_next", "not_armed")
    if case.at >= until:
        return silent(SAW, "permit_next", "armed_too_long_ago")
    return Opinion("permit_next", Verdict.ALLOW, Category.PERMITTED_NEXT, SAW["permit_next", "armed"])


def expected_call(case: Case) -> Opinion:
    """The household waits for a call and cannot say from which number; whom it blocked is not meant."""
    until = case.household.expecting_until
    if until is None:
        return silent(SAW, "expected_call", "not_waiting")
    if case.at >= until:
        return silent(SAW, "expected_call", "waited_long_enough")
    if blocking(case) is not None:
        return silent(SAW, "expected_call", "blocked")
    return Opinion("expected_call", Verdict.ALLOW, Category.EXPECTED, SAW["expected_call", "waiting"])


def burst(case: Case) -> Opinion:
    """A blocked call was just before: diallers try again at once, from another number."""
    blocked = case.household.past.newest_blocked(case.at)
    if blocked is None or not _within(blocked, case, 0, case.household.limits.burst_s):
        return silent(SAW, "burst", "no")
    text = SAW["burst", "yes"].format(ago=_span(case.at - blocked.at))
    return Opinion("burst", Verdict.SCREEN, Category.BURST, text)


def repeat_caller(case: Case) -> Opinion:
    """The same caller tries again after a while: an insistent person. Diallers ring twice in a row: too soon is none.

    Nor is a call that was given up after a ring or two: that is how numbers are tested, not how people ask to be heard.
    """
    if not case.caller.keys:
        return silent(SAW, "repeat_caller", "no_number")
    limits = case.household.limits
    found = "no"
    for call in _of_caller(case):
        if not call.short and _within(call, case, limits.repeat_after_s, limits.repeat_within_s):
            text = SAW["repeat_caller", "yes"].format(ago=_span(case.at - call.at))
            return Opinion("repeat_caller", Verdict.ALLOW, Category.REPEAT, text)
        if found == "no" and call.at <= case.at:
            found = _no_insistence(call, case)
    return silent(SAW, "repeat_caller", found)


def _no_insistence(call: PastCall, case: Case) -> str:
    if call.short:
        return "gave_up"
    return "too_soon" if _within(call, case, 0, case.household.limits.repeat_after_s) else "too_long_ago"


def ping_caller(case: Case) -> Opinion:
    """Somebody tests the number, or wants to be called back at a price: rings once or twice and is gone, and again."""
    if not case.caller.keys:
        return silent(SAW, "ping_caller", "no_number")
    limits = case.household.limits
    number = case.caller.number
    calls = _of_caller(case) if number is None else case.household.past.of_range(number)
    times = len([call for call in calls if call.short and _within(call, case, 0, limits.ping_within_s)])
    if times == 0:
        return silent(SAW, "ping_caller", "no")
    if times < limits.ping_calls:
        return silent(SAW, "ping_caller", "too_few")
    return Opinion(
        "ping_caller", Verdict.SCREEN, Category.PING, SAW["ping_caller", "yes"].format(times=times_in_words(times))
    )


def _of_caller(case: Case) -> Sequence[PastCall]:
    return case.household.past.of_caller(case.caller.keys) if case.caller.keys else ()


def _within(call: PastCall, case: Case, least_s: int, most_s: int) -> bool:
    """Whether the call was so long ago. One that seems to be still to come, for the clock was set back, never was."""
    return least_s <= (case.at - call.at).total_seconds() <= most_s


def _span(ago: timedelta) -> str:
    seconds = int(ago.total_seconds())
    for unit, size in (("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


SAW: dict[tuple[str, str], str] = {
    ("permit_next", "armed"): "You asked for the next call to be let through.",
    ("permit_next", "not_armed"): "You did not ask for the next call to be let through.",
    ("permit_next", "armed_too_long_ago"): "You asked for the next call to be let through, but that has run out.",
    ("expected_call", "waiting"): "You are waiting for a call, so callers whom you do not know ring too.",
    ("expected_call", "not_waiting"): "You did not say that you are waiting for a call.",
    ("expected_call", "waited_long_enough"): "You said that you were waiting for a call, but that time is over.",
    ("expected_call", "blocked"): "You are waiting for a call, but this caller is on your block list.",
    ("burst", "yes"): "Another call was blocked {ago} before this one.",
    ("burst", "no"): "No other call was blocked just before this one.",
    ("repeat_caller", "yes"): "The same caller rang {ago} ago and now tries again.",
    ("repeat_caller", "no"): "This caller has not rung lately.",
    ("repeat_caller", "no_number"): "Without a number nobody can tell whether this caller has rung before.",
    ("repeat_caller", "gave_up"): "This caller has rung before, but gave up after a ring or two.",
    (
        "repeat_caller",
        "too_soon",
    ): "This caller rang only just now; machines ring twice in a row, so that does not count.",
    ("repeat_caller", "too_long_ago"): "This caller has rung before, but too long ago to count as trying again.",
    ("ping_caller", "yes"): "This number, or one close to it, rang once or twice and was gone, {times} lately.",
    ("ping_caller", "too_few"): "This number, or one close to it, rang once or twice and was gone, but not often.",
    ("ping_caller", "no"): "Nobody with a number like this rang once or twice and was gone.",
    ("ping_caller", "no_number"): "There is no number of which earlier short calls could be known.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("permit_next", None): "you asked for the next call to be let through",
    ("expected_call", None): "you are waiting for a call",
    ("burst", None): "another call was blocked just before",
    ("repeat_caller", None): "the same caller tried again after a while",
    ("ping_caller", None): "calls from such numbers rang once or twice and were gone",
}

PERMIT_NEXT = Rule("permit_next", permit_next, (Category.PERMITTED_NEXT,), switch=False)
EXPECTED_CALL = Rule("expected_call", expected_call, (Category.EXPECTED,), switch=False, yields_to=ListName.BLOCK)
BURST = Rule("burst", burst, (Category.BURST,), on=False)
REPEAT_CALLER = Rule("repeat_caller", repeat_caller, (Category.REPEAT,))
PING_CALLER = Rule("ping_caller", ping_caller, (Category.PING,))
