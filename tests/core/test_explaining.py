"""Why, in one sentence: for every rule, every treatment, and what is done in place of one that does not exist yet."""

import re
from typing import Protocol

import pytest

from appliance.core.explaining import sentence, sentence_for
from appliance.core.household import EntryKind, ListName
from appliance.core.rule import Decision, Rule
from appliance.core.rules import absence, lists, names, near, numbers, past, reach, reported
from appliance.core.screening import RULES
from appliance.core.terms import Treatment
from appliance.core.treatment import STAND_INS
from tests.core.reports import Home, Shown, entry


class Sentences(Protocol):
    """A file of rules, as far as its words go."""

    SAW: dict[tuple[str, str], str]
    BECAUSE: dict[tuple[str, EntryKind | None], str]


FILES: tuple[Sentences, ...] = (absence, lists, names, near, numbers, past, reach, reported)
NUMBER = "+12125550123"


def blocked(label: str = "") -> Decision:
    return Home([entry(ListName.BLOCK, NUMBER, label=label)]).decide(Shown("2125550123"))


def test_the_reason_is_one_sentence() -> None:
    assert sentence(blocked("Roof sellers"), Treatment.DROP) == (
        "Blocked because the number is on your block list (Roof sellers)."
    )
    assert sentence_for("block_list", Treatment.DROP) == "Blocked because the caller is on your block list."
    assert sentence_for("permit_list", Treatment.RING, EntryKind.NAME, "Ann") == (
        "Let through because the caller's name is on your permit list (Ann)."
    )
    assert sentence_for("impossible", Treatment.RING) == "Let through, although no telephone has such a number."
    assert sentence_for("gone", Treatment.RING) == "Let through because of a rule that no longer exists."
    assert sentence_for("reported", Treatment.DROP, done=False) == (
        "It was to be dropped because others have reported this number as unwanted."
    )
    assert sentence_for("reported", Treatment.CHALLENGE, done=False) == (
        "The caller was to be asked to press a key because others have reported this number as unwanted."
    )


def test_what_cannot_be_done_yet_is_said_with_what_is_done_instead() -> None:
    assert sentence_for("withheld", Treatment.RING, wanted=Treatment.CHALLENGE) == (
        "The phone rings. The caller should press a key first, because the caller withheld the number;"
        " Quietline cannot do that yet."
    )
    assert sentence(blocked("Roofs"), Treatment.DROP, Treatment.DISCONNECTED) == (
        "The call is dropped. The caller should be told that this number is not in service,"
        " because the number is on your block list (Roofs); Quietline cannot do that yet."
    )
    assert sentence_for("ping_caller", Treatment.DROP, wanted=Treatment.ANSWER_BOT, done=False) == (
        "The call was to be dropped. A machine should keep the caller talking,"
        " because calls from such numbers rang once or twice and were gone; Quietline cannot do that yet."
    )
    assert sentence(blocked(), Treatment.DROP, Treatment.DROP) == sentence(blocked(), Treatment.DROP)


@pytest.mark.parametrize("treatment", Treatment)
def test_every_treatment_has_its_words(treatment: Treatment) -> None:
    told = sentence_for("block_list", treatment)
    assert re.fullmatch("[A-Z][a-z ]+(,? although| because) the caller is on your block list[.]", told)
    assert len({sentence_for("block_list", other) for other in Treatment}) == len(Treatment)
    if treatment in STAND_INS:
        assert "cannot do that yet" in sentence_for("unknown", STAND_INS[treatment], wanted=treatment)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_its_reason_and_its_findings_in_words(rule: Rule) -> None:
    assert "no longer exists" not in sentence_for(rule.name, Treatment.RING)
    (home,) = [file for file in FILES if any(key[0] == rule.name for key in file.SAW)]
    assert (rule.name, None) in home.BECAUSE


def test_no_sentence_is_for_a_rule_that_does_not_exist() -> None:
    rules = {rule.name for rule in RULES}
    assert {key[0] for file in FILES for key in (*file.SAW, *file.BECAUSE)} == rules


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_finding_is_a_plain_sentence_and_every_reason_part_of_one(file: Sentences) -> None:
    for text in file.SAW.values():
        assert re.match(r"[A-Z{].*[.]$", text), text
        assert len(text) < 120, text
    for text in file.BECAUSE.values():
        assert re.match(r"[a-z].*[^.]$", text), text
