"""Rules about where a call comes from and what it costs to call back; the last is for everybody else."""

from appliance.core.household import EntryKind
from appliance.core.numbering import Meaning, groups
from appliance.core.report import Caller, NumberKind
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import NO_NUMBER, silent, unspoken
from appliance.core.terms import Category

_DEAR = {
    Meaning.PREMIUM: Category.PREMIUM,
    NumberKind.PREMIUM: Category.PREMIUM,
    Meaning.SHARED_COST: Category.SHARED_COST,
    NumberKind.SHARED_COST: Category.SHARED_COST,
}
_FREE = frozenset({Meaning.TOLL_FREE, NumberKind.TOLL_FREE})
_TWO_OF_ONE_PLAN = frozenset({"US", "CA"})


def _use(caller: Caller) -> Meaning | NumberKind:
    """What the number is for: by our own data first, which says less often something else than the library."""
    fact = caller.fact
    return caller.kind if fact is None or fact.meaning is Meaning.FICTITIOUS else fact.meaning


def premium(case: Case) -> Opinion:
    """Numbers that cost more to call back."""
    caller, fact, use = case.caller, case.caller.fact, _use(case.caller)
    category = _DEAR.get(use)
    if category is None:
        return silent(SAW, "premium", "no" if caller.keys else "no_number")
    if fact is None or fact.meaning is not use:
        return Opinion("premium", Verdict.SCREEN, category, SAW["premium", category.value])
    if not fact.speaks:
        return unspoken("premium", f"{fact.sentence} {SAW['premium', 'off']}")
    return Opinion("premium", Verdict.SCREEN, category, fact.sentence)


def toll_free(case: Case) -> Opinion:
    """Numbers that are free to call: banks and shops show them, and so do diallers."""
    if _use(case.caller) not in _FREE:
        return silent(SAW, "toll_free", "no" if case.caller.keys else "no_number")
    return Opinion("toll_free", Verdict.SCREEN, Category.TOLL_FREE, SAW["toll_free", "yes"])


def foreign(case: Case) -> Opinion:
    """Numbers of other countries, but for those that the household knows people in."""
    caller, home, together = case.caller, case.household.country, groups()
    region = caller.region
    if caller.number is None or region is None:
        return silent(SAW, "foreign", "nowhere" if caller.keys else "no_number")
    if region == home or region in together.domestic.get(home, ()):
        return silent(SAW, "foreign", "home")
    if region in case.household.known_countries:
        return silent(SAW, "foreign", "known")
    if caller.number.startswith("+1") and region not in _TWO_OF_ONE_PLAN:
        category = Category.FOREIGN_PLUS_ONE
    elif region in together.lures and region not in together.neighbours.get(home, ()):
        category = Category.FOREIGN_LURE
    elif region in together.near.get(home, ()):
        category = Category.FOREIGN_NEAR
    else:
        category = Category.FOREIGN
    return Opinion("foreign", Verdict.SCREEN, category, SAW["foreign", category.value])


def unknown(_case: Case) -> Opinion:
    """Every caller that no rule before it knows."""
    return Opinion("unknown", Verdict.SCREEN, Category.UNKNOWN, SAW["unknown", "yes"])


SAW: dict[tuple[str, str], str] = {
    ("premium", "premium"): "Calling this number back would be expensive.",
    ("premium", "shared_cost"): "Calling this number back would cost more than an ordinary call.",
    ("premium", "no"): "Nothing says that calling this number back would cost more than an ordinary call.",
    ("premium", "off"): "Nothing is decided by that.",
    ("premium", "no_number"): NO_NUMBER,
    ("toll_free", "no_number"): NO_NUMBER,
    ("foreign", "no_number"): NO_NUMBER,
    ("toll_free", "yes"): "The number is free to call, as the numbers of many firms are.",
    ("toll_free", "no"): "The number is not one that is free to call.",
    ("foreign", "foreign"): "The number belongs to another country.",
    ("foreign", "foreign_near"): "The number belongs to another country in your part of the world.",
    ("foreign", "foreign_lure"): (
        "The number belongs to a country that is often used to lure people into expensive calls back."
    ),
    ("foreign", "foreign_plus_one"): (
        "The number begins with +1 like those of the United States and Canada, but belongs to another country."
    ),
    ("foreign", "home"): "The number does not belong to another country.",
    ("foreign", "known"): "The number belongs to a country from which you expect calls.",
    ("foreign", "nowhere"): "Nothing says that the call comes from another country.",
    ("unknown", "yes"): "Whoever no other rule knows is an unknown caller.",
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("premium", None): "calling this number back would cost more than an ordinary call",
    ("toll_free", None): "the number is one that is free to call, as diallers like to show",
    ("foreign", None): "the number belongs to another country",
    ("unknown", None): "this caller is not known to you",
}

PREMIUM = Rule("premium", premium, (Category.PREMIUM, Category.SHARED_COST))
TOLL_FREE = Rule("toll_free", toll_free, (Category.TOLL_FREE,), on=False)
FOREIGN = Rule(
    "foreign",
    foreign,
    (Category.FOREIGN_PLUS_ONE, Category.FOREIGN_LURE, Category.FOREIGN_NEAR, Category.FOREIGN),
)
UNKNOWN = Rule("unknown", unknown, (Category.UNKNOWN,), switch=False)
