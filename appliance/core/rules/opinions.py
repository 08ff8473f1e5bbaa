"""How a rule says what it has to say, from the sentences in its file's SAW table: (rule, what it found) -> sentence."""

from collections.abc import Mapping

from appliance.core.rule import Opinion, Verdict
from appliance.core.terms import Category

Sentences = Mapping[tuple[str, str], str]


def screen_if(saw: Sentences, condition: bool, rule: str, category: Category) -> Opinion:
    """The category, left to the household's policy, when the condition holds; else no opinion. Keys "yes", "no"."""
    if not condition:
        return silent(saw, rule, "no")
    return Opinion(rule, Verdict.SCREEN, category, saw[rule, "yes"])


def silent(saw: Sentences, rule: str, what: str) -> Opinion:
    """No opinion, and why."""
    return Opinion(rule, None, None, saw[rule, what])
