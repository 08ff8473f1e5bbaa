"""The rule about numbers that others have reported. Where the reports come from is no matter here."""

from datetime import date

from appliance.core.household import EntryKind, ReportedNumber
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import silent, times_in_words
from appliance.core.terms import Category
from appliance.core.time_words import date_text

RULE = "reported"


def reported(case: Case) -> Opinion:
    """Enough others were called by this number lately and minded it."""
    number = case.caller.number
    if number is None:
        return silent(SAW, RULE, "no_number")
    found = case.household.reports.reported(number)
    if found is None:
        return silent(SAW, RULE, "no")
    today = case.local.date()
    what = _weighed(found, today, case)
    text = SAW[RULE, what].format(times=times_in_words(found.count), last=date_text(min(found.last, today)))
    if what != "yes":
        return Opinion(RULE, None, None, text)
    return Opinion(RULE, Verdict.SCREEN, Category.REPORTED, text)


def _weighed(found: ReportedNumber, today: date, case: Case) -> str:
    limits = case.household.limits
    if found.score < limits.reported_score:
        return "harmless"
    if found.count < limits.reported_count:
        return "too_few"
    # A date still to come is a mistake of the source, or of our clock: the report itself is no older than today.
    return "too_old" if (today - found.last).days > limits.reported_days else "yes"


SAW: dict[tuple[str, str], str] = {
    (RULE, "yes"): "Reported by others {times}, last on {last}.",
    (RULE, "no"): "Nobody has reported this number.",
    (RULE, "no_number"): "There is no number that others could have reported.",
    (RULE, "harmless"): "Reported by others {times}, but hardly anybody minded.",
    (RULE, "too_few"): "Reported by others only {times}, which is too few to go by.",
    (RULE, "too_old"): "Reported by others {times}, but not since {last}; it may be somebody else's number by now.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    (RULE, None): "others have reported this number as unwanted",
}

REPORTED = Rule(RULE, reported, (Category.REPORTED,))
