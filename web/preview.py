"""Look before you save: which calls of the last days would have been treated otherwise. One page for every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from appliance.what_if import ChangedCall, what_if
from web import changing, when, words, words_policy
from web.context import all_settings, country, household, household_if, now, seeother, store, wall

DAYS = 30

# The newest; more than two an hour all month. Each is judged twice, 0.7 ms here and ten times that on a small box.
MOST_CALLS = 2_000

# Of the calls that differ so many are listed, the newest; the sentence above counts them all.
LISTED_CALLS = 50

# Fields of a form that are not what it is about.
OURS = frozenset({"csrf_token", "do"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A call that would have gone another way, in words."""

    when: str
    who: str
    then: str
    now: str
    why: str


def going_back() -> bool:
    """Whether the form came back from the preview to be changed further."""
    return request.form.get("do") == "back"


def answered(wanted: Mapping[str, str], told: str, back: str) -> AnyResponse | str:
    """Do what the pressed button says: show what would change, or save and go to `back`.

    `wanted` are settings by name that fit. The form's fields travel through the page of the preview.
    """
    if request.form.get("do") != "preview":
        changing.change(wanted, told)
        return seeother(back)
    current = all_settings()
    changed = {name: value for name, value in wanted.items() if value != current.get(name, "")}
    calls = store().calls.between(now() - timedelta(days=DAYS), now(), newest=MOST_CALLS)
    found = what_if(calls, household(), household_if(changed))
    return render_template(
        "rules_preview.html",
        summary=found.summary(DAYS),
        newest=MOST_CALLS if len(calls) == MOST_CALLS else 0,
        calls=[_shown(call) for call in reversed(found.changed[-LISTED_CALLS:])],
        more=max(0, len(found.changed) - LISTED_CALLS),
        fields=[(name, value) for name, value in request.form.items(multi=True) if name not in OURS],
        changes=len(changed),
        address=request.path,
        leave=back,
    )


def _shown(call: ChangedCall) -> Shown:
    return Shown(
        when=when.moment(call.at, wall(), country()),
        who=" ".join(filter(None, (words.cut(call.name), words.cut(call.who, 40)))),
        then=words_policy.treatment(call.then.value),
        now=words_policy.treatment(call.now.value),
        why=words.cut(call.why, 300),
    )
