"""The household's own profiles: what people write, and the one form it is kept in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.profiles import PROFILE_LIMIT, known_profiles, profile_title, profiles_key, profiles_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("guests=night, school=day", "guests=night, school=day"),
        ("Guests = Night; school=day\nwork-2=away", "guests=night, school=day, work-2=away"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_profiles_are_taken_as_people_write_them_and_kept_in_one_form(typed: str, kept: str) -> None:
    assert profiles_key(typed) == kept
    assert profiles_key(kept) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("guests", '"guests" does not say which profile it starts from: write it such as "guests=night".'),
        ("my guests=night", '"my guests" cannot be the name of a profile'),
        (f"{'x' * 21}=night", "use 1 to 20 small letters"),
        ("=night", "cannot be the name of a profile"),
        ("night=day", 'There is already a profile "night"'),
        ("guests=night, guests=day", 'There is already a profile "guests"'),
        ("guests=school", 'A profile starts from day, night or away, not "school"'),
        (",".join(f"p{number}=day" for number in range(PROFILE_LIMIT + 1)), "At most 8 profiles"),
    ],
)
def test_profiles_that_cannot_be_are_refused_with_what_to_write_instead(typed: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        profiles_key(typed)
    assert said in str(refused.value)


def test_of_stored_profiles_what_can_no_longer_be_read_is_left_out() -> None:
    own = profiles_of("guests=night, rubbish, night=day, school=day")
    assert own == {"guests": "night", "school": "day"}
    assert known_profiles(own) == ("day", "night", "away", "guests", "school")
    assert len(profiles_of(",".join(f"p{number}=day" for number in range(50)))) == PROFILE_LIMIT


def test_a_profile_is_called_by_its_name() -> None:
    assert [profile_title(name) for name in ("night", "guests")] == ["Night", "Guests"]


PIECES = st.sampled_from(["guests", "night", "Day", "=", ",", " ", "school=day", "a-1"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join)))
def test_no_text_raises_but_for_a_refusal_and_the_normal_form_is_stable(text: str) -> None:
    own = profiles_of(text)
    kept = ", ".join(f"{name}={base}" for name, base in own.items())
    assert profiles_key(kept) == kept
    assert profiles_of(kept) == own
