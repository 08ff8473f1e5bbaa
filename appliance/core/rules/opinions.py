"""How a rule says what it has to say, from the sentences in its file's SAW table: (rule, what it found) -> sentence."""

from collections.abc import Mapping
from functools import lru_cache

from appliance.core.rule import Opinion, Verdict
from appliance.core.terms import Category

Sentences = Mapping[tuple[str, str], str]

OFF = "This rule is switched off."
NO_NUMBER = "No number was shown, so this cannot be told."


def screen_if(saw: Sentences, condition: bool, rule: str, category: Category) -> Opinion:
    """The category, left to the household's policy, when the condition holds; else no opinion. Keys "yes", "no"."""
    if not condition:
        return unspoken(rule, saw[rule, "no"])
    return Opinion(rule, Verdict.SCREEN, category, saw[rule, "yes"])


def silent(saw: Sentences, rule: str, what: str) -> Opinion:
    """No opinion, and why."""
    return unspoken(rule, saw[rule, what])


def switched_off(rule: str) -> Opinion:
    """The line that a rule leaves which the household does not want asked."""
    return unspoken(rule, OFF)


@lru_cache(maxsize=512)  # most rules say nothing to most calls, and always in the same words; about 150 of them
def unspoken(rule: str, saw: str) -> Opinion:
    """No opinion, in words that are the same for many calls."""
    return Opinion(rule, None, None, saw)


def times_in_words(times: int) -> str:
    """How often, for people: "once", "12 times"."""
    return "once" if times == 1 else f"{times:,} times"
