"""Rules about the caller's name. Anybody can send any name, so none of these lets a call through."""

from appliance.core.household import EntryKind
from appliance.core.numbering.wording import WORDING_LIMIT, labels, places
from appliance.core.rule import Case, Opinion, Rule, Verdict
from appliance.core.rules.opinions import silent
from appliance.core.terms import Category
from appliance.core.wildcard import ascii_digit

TELLING = 7
"""Digits that must be alike at the end before a name counts as the number again; fewer may be a house number."""


def carrier_label(case: Case) -> Opinion:
    """The telephone company puts its warning where the name stands."""
    name = case.caller.name
    if not name:
        return silent(SAW, "carrier_label", "no_name")
    label = labels().warning(name)
    if label is None:
        return silent(SAW, "carrier_label", "verified" if labels().verified(name) else "no")
    saw = SAW["carrier_label", "yes"].format(label=label)
    return Opinion("carrier_label", Verdict.SCREEN, Category.CARRIER_FLAGGED, saw)


def name_is_number(case: Case) -> Opinion:
    """A caller who is nobody in particular: the name only repeats the number."""
    return _nameless("name_is_number", _repeats(case.caller.name or "", case.caller.keys), case)


def name_is_place(case: Case) -> Opinion:
    """A caller who is nobody in particular: in North America the name is then the town and state of the line."""
    known = places()
    at_home = case.household.country in known.countries
    return _nameless("name_is_place", at_home and known.is_place(labels().without_mark(case.caller.name or "")), case)


def _nameless(rule: str, found: bool, case: Case) -> Opinion:
    name = case.caller.name
    if not name:
        return silent(SAW, rule, "no_name")
    if not found:
        return silent(SAW, rule, "no")
    if labels().verified(name):
        return silent(SAW, rule, "verified")
    return Opinion(rule, Verdict.SCREEN, Category.NAMELESS, SAW[rule, "yes"])


def _repeats(name: str, keys: tuple[str, ...]) -> bool:
    told = labels().without_mark(name[:WORDING_LIMIT])
    if any(map(str.isalpha, told)):
        return False
    digits = _digits(told)
    if len(digits) < TELLING:
        return False
    shown = [_digits(key) for key in keys]
    return any(len(number) >= TELLING and (number.endswith(digits) or digits.endswith(number)) for number in shown)


def _digits(text: str) -> str:
    return "".join([c for c in map(ascii_digit, text) if c.isdigit()])


_NO_NAME = "No name came with the call."
_VOUCHED = "The telephone company vouches for the caller in the name."

SAW: dict[tuple[str, str], str] = {
    ("carrier_label", "yes"): "The telephone company warns of this caller: the name says {label}.",
    ("carrier_label", "no"): "The name holds no warning from the telephone company.",
    ("carrier_label", "verified"): _VOUCHED,
    ("carrier_label", "no_name"): _NO_NAME,
    ("name_is_number", "yes"): "In place of a name the number is shown once more.",
    ("name_is_number", "no"): "The name is more than the number.",
    ("name_is_number", "verified"): _VOUCHED,
    ("name_is_number", "no_name"): _NO_NAME,
    ("name_is_place", "yes"): "In place of a name only a town and state are shown.",
    ("name_is_place", "no"): "The name is more than a town and state.",
    ("name_is_place", "verified"): _VOUCHED,
    ("name_is_place", "no_name"): _NO_NAME,
}

BECAUSE: dict[tuple[str, EntryKind | None], str] = {
    ("carrier_label", None): "the telephone company warns of this caller",
    ("name_is_number", None): "the name shown is only the number again",
    ("name_is_place", None): "the name shown is only a town and state",
}

CARRIER_LABEL = Rule("carrier_label", carrier_label, (Category.CARRIER_FLAGGED,), by_name=True)
NAME_IS_NUMBER = Rule("name_is_number", name_is_number, (Category.NAMELESS,), by_name=True)
NAME_IS_PLACE = Rule("name_is_place", name_is_place, (Category.NAMELESS,), by_name=True)
