"""Rules about the number itself, the plan that it belongs to, and our own number. One rule is one function."""

from appliance.core.household import EntryKind
from appliance.core.numbering import ALWAYS_THROUGH, Action, Meaning, facts_of
from appliance.core.numbering.wording import labels
from appliance.core.report import Presentation
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import NO_NUMBER, screen_if, silent, unspoken
from appliance.core.terms import Category

_FOR_SALES = frozenset({Meaning.TELEMARKETING, Meaning.SERVICE})  # the second only to be told from the first
_OF_NOBODY = frozenset({Meaning.RESERVED, Meaning.FICTITIOUS})


def is_emergency(case: Case) -> bool:
    """Whether it is a number of help or of the state, which nothing but an entry for this very number keeps out."""
    fact = case.caller.fact
    return fact is not None and fact.meaning in ALWAYS_THROUGH and fact.action is Action.ALLOW


def emergency(case: Case) -> Opinion:
    """Emergency services, helplines and operators must always get through."""
    fact = case.caller.fact
    if fact is None or not is_emergency(case):
        return silent(SAW, "emergency", "no" if case.caller.keys else "no_number")
    return Opinion("emergency", Verdict.ALLOW, Category.EMERGENCY, fact.sentence)


def impossible(case: Case) -> Opinion:
    """No numbering plan has such a number, so it was made up."""
    if not case.caller.keys and case.caller.possible:
        return silent(SAW, "impossible", "no_number")
    made_up = case.caller.presentation is Presentation.ALLOWED and not case.caller.possible
    return screen_if(SAW, made_up, "impossible", Category.IMPOSSIBLE)


def own_number(case: Case) -> Opinion:
    """Nobody can call us from our own number."""
    if not case.household.numbers:
        return silent(SAW, "own_number", "no_home")
    if not case.caller.keys:
        return silent(SAW, "own_number", "no_number")
    return screen_if(SAW, case.caller.number in case.household.numbers, "own_number", Category.OWN_NUMBER)


def telemarketing(case: Case) -> Opinion:
    """Ranges that a law sets aside for sales calls; doubtful where polls and charities call from them as well."""
    fact = case.caller.fact
    doubtful = fact is not None and fact.action is Action.SCREEN
    return _by_range("telemarketing", _FOR_SALES, Category.MASS_CALLS if doubtful else Category.TELEMARKETING, case)


def reserved(case: Case) -> Opinion:
    """Ranges that are given to nobody."""
    return _by_range("reserved", _OF_NOBODY, Category.RESERVED, case)


def _by_range(rule: str, meanings: frozenset[Meaning], category: Category, case: Case) -> Opinion:
    fact = case.caller.fact
    if fact is None or fact.meaning not in meanings:
        return silent(SAW, rule, "no" if case.caller.keys else "no_number")
    if not fact.speaks:
        return unspoken(rule, f"{fact.sentence} {SAW[rule, 'off']}")
    return Opinion(rule, Verdict.SCREEN, category, fact.sentence)


def neighbour_spoofing(case: Case) -> Opinion:
    """Diallers show numbers that look like ours; real neighbours are known, or say so in the name."""
    number, home = case.caller.number, case.household
    facts = facts_of(home.country)
    if not home.numbers:
        return silent(SAW, "neighbour_spoofing", "no_home")
    if not facts.neighbour_digits:
        return silent(SAW, "neighbour_spoofing", "no_plan")
    if not case.caller.keys:
        return silent(SAW, "neighbour_spoofing", "no_number")
    if number is None or number in home.numbers or not any(facts.is_neighbour(number, own) for own in home.numbers):
        return silent(SAW, "neighbour_spoofing", "no")
    if case.caller.name and labels().verified(case.caller.name):
        return silent(SAW, "neighbour_spoofing", "verified")
    return Opinion("neighbour_spoofing", Verdict.SCREEN, Category.SPOOFED, SAW["neighbour_spoofing", "yes"])


_NO_HOME = "You have not entered your own number, so nothing can be compared with it."

SAW: dict[tuple[str, str], str] = {
    ("emergency", "no"): "The number is not that of an emergency service, a helpline or an operator.",
    **{
        (rule, "no_number"): NO_NUMBER
        for rule in ("emergency", "impossible", "own_number", "telemarketing", "reserved", "neighbour_spoofing")
    },
    ("impossible", "yes"): "No telephone has such a number.",
    ("impossible", "no"): "Nothing says that the number was made up.",
    ("own_number", "yes"): "The number shown is your own.",
    ("own_number", "no"): "The number shown is not your own.",
    ("own_number", "no_home"): _NO_HOME,
    ("telemarketing", "no"): "The number is not in a range that is set aside for sales calls.",
    ("telemarketing", "off"): "Nothing is decided by that.",
    ("reserved", "no"): "The number is not in a range that belongs to nobody.",
    ("reserved", "off"): "Nothing is decided by that.",
    ("neighbour_spoofing", "yes"): "The number begins like yours.",
    ("neighbour_spoofing", "no"): "The number does not begin like yours.",
    ("neighbour_spoofing", "verified"): "The number begins like yours, and your telephone company vouches for it.",
    ("neighbour_spoofing", "no_home"): _NO_HOME,
    ("neighbour_spoofing", "no_plan"): "It is not known how the numbers of neighbours begin in your country.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("emergency", None): "calls from emergency services, helplines and operators must always get through",
    ("impossible", None): "no telephone has such a number",
    ("own_number", None): "the caller shows your own number",
    ("telemarketing", None): "numbers that begin like this are meant for sales calls, polls and the like",
    ("reserved", None): "numbers that begin like this belong to nobody",
    ("neighbour_spoofing", None): "the number begins like yours, and dishonest callers often show such numbers",
}

EMERGENCY = Rule("emergency", emergency, (Category.EMERGENCY,), switch=False)
IMPOSSIBLE = Rule("impossible", impossible, (Category.IMPOSSIBLE,))
OWN_NUMBER = Rule("own_number", own_number, (Category.OWN_NUMBER,))
TELEMARKETING = Rule("telemarketing", telemarketing, (Category.TELEMARKETING, Category.MASS_CALLS))
RESERVED = Rule("reserved", reserved, (Category.RESERVED,))
NEIGHBOUR_SPOOFING = Rule("neighbour_spoofing", neighbour_spoofing, (Category.SPOOFED,), by_name=True)
