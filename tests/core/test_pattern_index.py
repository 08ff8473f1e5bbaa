"""A thousand patterns: the same answers as comparing each, after comparing few."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from appliance.core.household import EntryKind, ListName
from appliance.core.pattern_index import NO_PATTERNS, PatternIndex
from appliance.core.wildcard import matches
from tests.core.reports import NOW, entry

PATTERNS = st.lists(st.text(alphabet="01*?", min_size=1, max_size=12), max_size=30)
TEXTS = st.lists(st.text(alphabet="012", max_size=14), max_size=3)


def index_of(values: list[str]) -> PatternIndex:
    return PatternIndex(replace(entry(ListName.BLOCK, v, EntryKind.PATTERN), id=i) for i, v in enumerate(values))


@given(PATTERNS, TEXTS)
def test_it_finds_what_comparing_each_pattern_finds_in_the_same_order(patterns: list[str], texts: list[str]) -> None:
    index = index_of(patterns)
    assert index.fitting(texts) == [e for e in index if any(matches(e.value, text) for text in texts)]


@given(PATTERNS)
def test_a_pattern_is_found_by_a_text_made_to_fit_it(patterns: list[str]) -> None:
    index = index_of(patterns)
    for found in index:
        assert found in index.fitting([found.value.replace("*", "").replace("?", "7")])


def test_of_a_thousand_patterns_few_are_compared() -> None:
    index = index_of([f"+1{area}555*" for area in range(200, 600)] + [f"*{end:04d}" for end in range(600)])
    texts = ["+12125550123", "2125550123"]
    assert [e.value for e in index.fitting(texts)] == ["+1212555*", "*0123"]
    assert len([*index.candidates(texts)]) < 20


def test_a_list_speaks_until_its_last_entry_has_expired() -> None:
    hour = timedelta(hours=1)
    soon = entry(ListName.PERMIT, "1*", EntryKind.PATTERN, until=NOW + hour)
    later = replace(soon, expires_at=NOW + 2 * hour)
    index = PatternIndex([later, soon, entry(ListName.BLOCK, "2*", EntryKind.PATTERN)])
    assert index.lists(NOW + hour) == {ListName.PERMIT, ListName.BLOCK}
    assert index.lists(NOW + 2 * hour) == {ListName.BLOCK}
    assert NO_PATTERNS.lists(NOW) == set()
    assert (len(index), len(NO_PATTERNS)) == (3, 0)
