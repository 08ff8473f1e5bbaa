"""What a press has done, in words."""

from datetime import UTC, datetime

import pytest

from appliance import press_words
from appliance.core.household import Category, Entry, EntryKind, ListName
from appliance.core.rule import Decision, Opinion, Verdict
from appliance.store import Change

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NUMBER = "(212) 555-0117"


def entry(name: ListName, kind: EntryKind = EntryKind.EXACT, value: str = "+12125550117", label: str = "") -> Entry:
    return Entry(1, name, kind, value, label, "", "page", AT)


def change(name: ListName, what: str = "added", replaced: Entry | None = None) -> Change:
    return Change(1, AT, "button", None, name, what, entry(name), replaced)


def decided(rule: str, category: Category, *also: str, by: Entry | None = None) -> Decision:
    verdict = Verdict.BLOCK if category is Category.BLOCKED else Verdict.ALLOW
    trace = tuple(Opinion(name, Verdict.ALLOW, None, "") for name in also)
    return Decision(verdict, category, rule, by, (Opinion(rule, verdict, category, ""), *trace))


BLOCKED = decided("block_list", Category.BLOCKED)
PERMITTED = decided("permit_list", Category.PERMITTED)


@pytest.mark.parametrize(
    ("name", "made", "decision", "text"),
    [
        (ListName.BLOCK, change(ListName.BLOCK), BLOCKED, "Block was pressed: {} is now on the block list."),
        (
            ListName.BLOCK,
            change(ListName.BLOCK, "unchanged"),
            BLOCKED,
            "Block was pressed: {} was already on the block list.",
        ),
        (
            ListName.BLOCK,
            change(ListName.BLOCK, replaced=entry(ListName.CONTACT, label="Grandma")),
            BLOCKED,
            (
                "Block was pressed: {} is now on the block list. It was one of your contacts (“Grandma”), and is taken "
                "off there."
            ),
        ),
        (
            ListName.BLOCK,
            change(ListName.BLOCK),
            decided("block_list", Category.BLOCKED, "emergency"),
            (
                "Block was pressed: {} is now on the block list. Careful: it belongs to an emergency or operator "
                "service. Take it off the block list if that was a mistake."
            ),
        ),
        (ListName.PERMIT, change(ListName.PERMIT), PERMITTED, "Allow was pressed: {} is now on the permit list."),
        (
            ListName.PERMIT,
            change(ListName.PERMIT, replaced=entry(ListName.BLOCK)),
            PERMITTED,
            "Allow was pressed: {} is now on the permit list. It was on the block list, and is taken off there.",
        ),
        (
            ListName.PERMIT,
            change(ListName.PERMIT),
            decided("permit_list", Category.PERMITTED, "contacts", "emergency"),
            (
                "Allow was pressed: {} is now on the permit list. It gets through anyway, because it is one of your "
                "contacts."
            ),
        ),
        (
            ListName.PERMIT,
            change(ListName.PERMIT),
            decided("permit_list", Category.PERMITTED, "emergency"),
            (
                "Allow was pressed: {} is now on the permit list. It gets through anyway, because it belongs to an "
                "emergency or operator service."
            ),
        ),
    ],
)
def test_a_press_is_told_with_what_it_means(name: ListName, made: Change, decision: Decision, text: str) -> None:
    assert press_words.pressed(name, NUMBER, made, decision) == text.format(NUMBER)


def test_a_block_that_counts_needs_no_more_words() -> None:
    assert press_words.stays(NUMBER, BLOCKED) is None


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        (
            decided(
                "permit_list", Category.PERMITTED, by=entry(ListName.PERMIT, EntryKind.PREFIX, "+1212", "New York")
            ),
            (
                "{} is still let through, because your permit list says so: “+1212” (New York). Permit beats block; "
                "remove that entry to block this caller."
            ),
        ),
        (
            decided("contacts", Category.CONTACT, by=entry(ListName.CONTACT, EntryKind.NAME, "GRANDMA*")),
            (
                "{} is still let through, because your contacts say so: “GRANDMA*”. A contact beats block; remove that "
                "contact to block this caller."
            ),
        ),
    ],
)
def test_a_caller_who_stays_permitted_is_told_with_the_entry_to_remove(decision: Decision, text: str) -> None:
    assert press_words.stays(NUMBER, decision) == text.format(NUMBER)
