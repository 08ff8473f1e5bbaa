"""Patterns: what fits, what is refused, and that none can hang the line."""

import fnmatch
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.wildcard import PATTERN_LIMIT, matches, name_key, pattern_key, plain_name


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("+1212*", "+12125550123", True),
        ("+1212*", "2125550123", False),
        ("*0123", "+12125550123", True),
        ("*555*", "+12125550123", True),
        ("+1212555????", "+12125550123", True),
        ("+1212555???", "+12125550123", False),
        ("2125550123", "2125550123", True),
        ("2125550123", "+12125550123", False),
        ("1*1", "1", False),
        ("1*1", "11", True),
        ("*?*", "5", True),
        ("*1?3*5*", "01234512395", True),
        ("A*B?D*", "AXXBCD", True),
        ("a.c", "abc", False),
        ("[V]*", "[V] JOHN DOE", True),
    ],
)
def test_a_pattern_fits_the_whole_text_or_not_at_all(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


@given(st.text(alphabet="ab*?", max_size=10), st.text(alphabet="ab", max_size=12))
def test_it_agrees_with_the_shells_wildcards(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(fnmatch.translate(pattern), text))


def test_a_hostile_pattern_over_a_hostile_text_ends_at_once() -> None:
    pattern = ("*a?" * 20)[: PATTERN_LIMIT - 1] + "b"
    assert not any(matches(pattern, "a" * length) for length in range(1000))  # one backtracking match would take years


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("+1 (212) 555-*", "+1212555*"),
        ("0900***", "0900*"),
        ("٠٩٠٠*", "0900*"),
        ("*?", None),
        ("", None),
        ("0900 abc*", None),
        ("1" * 61, None),
    ],
)
def test_a_number_pattern_has_one_spelling(typed: str, key: str | None) -> None:
    if key is None:
        with pytest.raises(ValueError, match=r"\.$"):
            pattern_key(typed)
    else:
        assert pattern_key(typed) == key == pattern_key(key)


def test_a_name_pattern_ignores_case_and_blanks() -> None:
    assert name_key("  acme   Roofing* ") == "ACME ROOFING*"
    assert matches(name_key("Straße*"), plain_name("STRASSE 1"))
    assert matches(name_key("Va\u0308ha\u0308la\u0308"), plain_name("V\u00e4h\u00e4l\u00e4"))


@given(st.text(max_size=40))
def test_normalising_a_name_twice_changes_nothing(text: str) -> None:
    assert plain_name(plain_name(text)) == plain_name(text)
