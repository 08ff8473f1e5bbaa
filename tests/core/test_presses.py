"""What a press of Block or Allow means, in every combination of what rang, what is known and what was pressed."""

from itertools import product

import pytest

from appliance.core.presses import (
    LATELY_S,
    UNDO_WITHIN_S,
    AllowPress,
    Before,
    BlockPress,
    Known,
    Target,
    allow_means,
    block_means,
)

RINGS, JUST_OVER, LONG_OVER = None, LATELY_S, LATELY_S + 0.1
SOON, TOO_LATE = UNDO_WITHIN_S, UNDO_WITHIN_S + 0.1

BLOCK = {
    Known.NOTHING_YET: BlockPress.WHEN_KNOWN,
    Known.NUMBER: BlockPress.BLOCK,
    Known.NO_NUMBER: BlockPress.CANNOT,
}
ALLOW = {
    Known.NOTHING_YET: AllowPress.WHEN_KNOWN,
    Known.NUMBER: AllowPress.PERMIT,
    Known.NO_NUMBER: AllowPress.ARM,
}
NOT_SOON_AGAIN = [
    None,
    Before("this", TOO_LATE),
    Before("another", SOON),
    Before("another", TOO_LATE),
    Before(None, SOON),
]


@pytest.mark.parametrize(("known", "over", "before"), list(product(Known, [RINGS, 0.0, JUST_OVER], NOT_SOON_AGAIN)))
def test_a_first_press_means_the_call_that_rings_or_rang_lately(
    known: Known, over: float | None, before: Before | None
) -> None:
    target = Target("this", known, over)
    assert block_means(target, before) is BLOCK[known]
    assert allow_means(target, before, armed=False) is ALLOW[known]


@pytest.mark.parametrize(("known", "before"), list(product(Known, NOT_SOON_AGAIN)))
def test_after_ten_minutes_a_press_means_no_call_any_more(known: Known, before: Before | None) -> None:
    target = Target("this", known, LONG_OVER)
    assert block_means(target, before) is BlockPress.NOTHING
    assert allow_means(target, before, armed=False) is AllowPress.ARM


@pytest.mark.parametrize("before", [None, Before("gone", TOO_LATE)])
def test_with_no_call_at_all_there_is_nothing_to_block_and_the_next_call_to_permit(before: Before | None) -> None:
    assert block_means(None, before) is BlockPress.NOTHING
    assert allow_means(None, before, armed=False) is AllowPress.ARM


@pytest.mark.parametrize(("known", "over"), list(product(Known, [RINGS, 0.0, JUST_OVER, LONG_OVER])))
def test_a_second_press_within_ten_seconds_takes_the_first_back(known: Known, over: float | None) -> None:
    target = Target("this", known, over)
    assert block_means(target, Before("this", SOON)) is BlockPress.UNDO
    assert allow_means(target, Before("this", SOON), armed=False) is AllowPress.UNDO


@pytest.mark.parametrize(("known", "over"), list(product(Known, [RINGS, 0.0, JUST_OVER, LONG_OVER])))
def test_a_new_caller_within_the_ten_seconds_is_not_an_undo(known: Known, over: float | None) -> None:
    target = Target("this", known, over)
    assert block_means(target, Before("the one before", SOON)) is not BlockPress.UNDO
    assert allow_means(target, Before("the one before", SOON), armed=False) is not AllowPress.UNDO


@pytest.mark.parametrize(
    ("target", "before"),
    list(
        product(
            [None, *(Target("this", known, over) for known, over in product(Known, [RINGS, 0.0, LONG_OVER]))],
            [None, Before("this", SOON), Before("this", TOO_LATE), Before("another", SOON)],
        )
    ),
)
def test_allow_disarms_whatever_rang_as_long_as_the_next_call_is_permitted(
    target: Target | None, before: Before | None
) -> None:
    assert allow_means(target, before, armed=True) is AllowPress.DISARM
