"""docs/numbering.md says what the data files hold."""

import re
from pathlib import Path

import pytest

from appliance.core.numbering import Meaning, countries_with_facts, facts_of
from appliance.core.numbering.facts import WILD

DOCUMENT = Path(__file__).parents[2] / "docs" / "numbering.md"


@pytest.mark.parametrize("country", countries_with_facts())
def test_the_document_names_every_country_and_every_range_that_a_rule_goes_by(country: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    facts = facts_of(country)
    assert facts.name in text
    words = set(re.split(r"[\s|(),.]+", text))
    for one in facts.ranges:
        if WILD not in one.prefix and one.meaning not in (Meaning.RESERVED, Meaning.FICTITIOUS):
            assert words & {one.called.rsplit(" ", 1)[-1], one.prefix}, f"{one.called} is not in docs/numbering.md"
