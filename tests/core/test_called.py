"""What was called: the household's own numbers however much of them a network tells, and ring patterns as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.called import is_called, plain_ring, ring_key
from appliance.core.caller import list_key, spellings
from appliance.core.entry_keys import entry_key
from appliance.core.household import EntryKind


@pytest.mark.parametrize(
    ("typed", "told", "country", "same"),
    [
        ("(212) 555-0142", "2125550142", "US", True),
        ("(212) 555-0142", "12125550142", "US", True),
        ("(212) 555-0142", "5550142", "US", True),
        ("(212) 555-0142", "0142", "US", True),
        ("(212) 555-0142", "142", "US", False),  # three digits tell numbers of one house apart too badly
        ("555 0142", "2125550142", "US", True),
        ("(212) 555-0142", "2125550143", "US", False),
        ("(212) 555-0142", "6465550142", "US", False),  # two whole numbers that end alike
        ("020 7946 0142", "02079460142", "GB", True),
        ("020 7946 0142", "79460142", "GB", True),
        ("+44 20 7946 0142", "442079460142", "GB", True),
        ("030 23125 142", "23125142", "DE", True),
        ("0142", "20", "US", False),
    ],
)
def test_a_number_of_ours_is_known_by_as_much_of_it_as_the_network_tells(
    typed: str, told: str, country: str, same: bool
) -> None:
    assert is_called(list_key(typed, country), spellings(told, country)) is same


@pytest.mark.parametrize("told", ["", "P", "O", "-", "\0", "١٤٢"])
def test_what_holds_no_number_or_too_little_of_one_means_none_of_ours(told: str) -> None:
    assert not is_called("+12125550142", spellings(told, "US"))


@given(st.text(max_size=80), st.sampled_from(["+12125550142", "5550142", "0142", "142", "*"]))
def test_whatever_a_network_sends_can_be_compared(told: str, value: str) -> None:
    assert is_called(value, spellings(told, "US")) in (True, False)


@pytest.mark.parametrize(("typed", "key"), [("B", "B"), (" b ", "B"), ("ring b", "B"), ("RING 2", "2"), ("٢", "2")])
def test_a_ring_pattern_has_one_form(typed: str, key: str) -> None:
    assert ring_key(typed) == key
    assert plain_ring(key) == key


@pytest.mark.parametrize("typed", ["", " ", "RING", "*", "long short", "B;C", "é", "A" * 100])
def test_what_no_modem_prints_is_no_ring_pattern(typed: str) -> None:
    with pytest.raises(ValueError, match="is no ring"):
        ring_key(typed)


@given(st.text(max_size=40))
def test_a_ring_pattern_of_any_text_is_compared_without_harm(heard: str) -> None:
    assert plain_ring(plain_ring(heard)) in (plain_ring(heard), "") or plain_ring(heard).startswith("RING")


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (EntryKind.EXACT, "(212) 555-0142", "+12125550142"),
        (EntryKind.PREFIX, "+1 212", "+1212"),
        (EntryKind.PATTERN, "212 555 ????", "212555????"),
        (EntryKind.NAME, "acme  roofing", "ACME ROOFING"),
        (EntryKind.DIALLED, "(212) 555-0142", "+12125550142"),
        (EntryKind.RING, "ring b", "B"),
    ],
)
def test_each_kind_of_entry_has_its_normal_form(kind: EntryKind, typed: str, key: str) -> None:
    assert entry_key(kind, typed, "US") == key
