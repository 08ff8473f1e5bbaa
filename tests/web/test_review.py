"""Likely mistakes with one press to mend each, and what a rehearsal has shown."""

import html
import re
from datetime import timedelta

import pytest

from appliance.core.household import EntryKind, ListName
from tests.web.house import CRUISES, Browser, House

HERE = "/rules/review"
UNDO = re.compile(r'formaction="(/changes/\d+/undo)"')


def page(browser: Browser) -> str:
    return html.unescape(browser.text(HERE))


def undo(browser: Browser) -> None:
    found = UNDO.search(browser.text(HERE))
    assert found
    browser.post(found[1])


def test_nothing_wrong_says_so(browser: Browser) -> None:
    assert "Nothing looks wrong." in page(browser)


def test_who_was_turned_away_again_and_again_is_permitted_with_one_press(house: House, browser: Browser) -> None:
    house.block("+12125550142", "Sunny Cruises")
    for _ in range(3):
        house.call(CRUISES, "SUNNY CRUISES")
    shown = page(browser)
    assert "(212) 555-0142 (Sunny Cruises) was turned away 3 times" in shown
    assert 'name="number" value="+12125550142" aria-label="Permit: Sunny Cruises"' in shown

    browser.post(f"{HERE}/permit", {"number": "+12125550142", "back": HERE})
    assert house.permitted("+12125550142")
    assert not house.blocked("+12125550142")

    undo(browser)
    assert house.blocked("+12125550142")
    assert not house.permitted("+12125550142")


@pytest.mark.parametrize("number", ["", "nobody", "*", "1" * 400])
def test_what_is_no_number_is_not_permitted(number: str, house: House, browser: Browser) -> None:
    assert browser.post(f"{HERE}/permit", {"number": number}).status_code == 400
    assert house.store.lists.count(ListName.PERMIT) == 0


def test_a_blocked_emergency_number_goes_with_one_press(house: House, browser: Browser) -> None:
    entry = house.block("911")
    shown = page(browser)
    assert "911 is on your block list, but it is an emergency or operator number." in shown
    assert f"/block/{entry}/remove" in shown

    browser.post(f"/block/{entry}/remove", {"back": HERE})
    assert not house.blocked("911")
    undo(browser)
    assert house.blocked("911")


def test_what_goes_soon_is_kept_or_removed_with_one_press(house: House, browser: Browser) -> None:
    change = house.store.lists.add(
        ListName.PERMIT, EntryKind.EXACT, "+12125550170", source="auto:repeat_caller", now=house.now,
        expires_at=house.now + timedelta(days=3),
    )  # fmt: skip  # one entry
    assert change.entry
    shown = page(browser)
    assert "was put on your permit list by Quietline itself" in shown
    assert f"/permit/{change.entry.id}/remove" in shown

    browser.post(f"/permit/{change.entry.id}/keep", {"back": HERE})

    assert house.store.lists.get(change.entry.id).expires_at is None
    assert "Nothing looks wrong." in page(browser)


def test_who_was_wanted_after_all_is_told_without_a_button(house: House, browser: Browser) -> None:
    entry = house.block("+12125550142", "Sunny Cruises")
    house.call(CRUISES, "SUNNY CRUISES")
    house.store.lists.remove(entry, house.now, "page")
    house.store.lists.add(ListName.PERMIT, EntryKind.EXACT, "+12125550142", source="page", now=house.now)

    shown = page(browser)

    assert "had been turned away once before you put it on your permit list" in shown
    assert "aria-label" not in shown.split('<ul class="entries">')[1].split("</ul>")[0]
    assert 'href="/?q=%2B12125550142"' in shown


def test_a_rehearsal_tells_what_it_has_shown(house: House, browser: Browser) -> None:
    house.lists()
    assert "rehearsal" not in page(browser)
    house.store.settings.set("mode", "rehearsal", by="page", now=house.now)
    assert "No call came during a rehearsal" in page(browser)

    house.call(CRUISES, "SUNNY <b>CRUISES", mode="rehearsal", outcome="would_drop")
    house.call("2065550188", "JOE EXAMPLE", mode="rehearsal")

    shown = browser.text(HERE)
    assert "In the last 7 days 2 calls came during the rehearsal, and all of them rang." in shown
    assert "Without the rehearsal 1 would have been dropped." in shown
    assert "SUNNY &lt;b&gt;CRUISES" in shown
