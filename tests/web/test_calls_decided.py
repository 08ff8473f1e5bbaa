"""What a row of the call log tells of the decision: what was wanted, what was done, the profile, every rule's word."""

from appliance.core.household import EntryKind, ListName
from appliance.core.screening import RULES
from tests.web.house import GRANDMA, Browser, House, row


def test_what_was_wanted_and_what_was_done_in_its_place_stand_in_the_row(house: House, browser: Browser) -> None:
    uid = house.call("2065550188", "JOE EXAMPLE").uid

    shown = row(browser.text("/"), uid)

    assert "press a key" in shown
    assert "Quietline cannot do that yet" in shown
    assert "Kind of call: Unknown callers." in shown


def test_the_profile_of_a_call_is_told_unless_it_was_day(house: House, browser: Browser) -> None:
    by_day = house.call("2065550188", "JOE EXAMPLE").uid
    by_night = house.call("2065550188", "JOE EXAMPLE", profile="night").uid
    by_guests = house.call("2065550188", "JOE EXAMPLE", profile="guests").uid
    older = house.call("2065550188", "JOE EXAMPLE", profile=None, wanted=None).uid

    page = browser.text("/")

    assert "badge" not in row(page, by_day)
    assert "badge" not in row(page, older)
    assert '<span class="badge"><bdi>Night</bdi></span>' in row(page, by_night)
    assert '<span class="badge"><bdi>Guests</bdi></span>' in row(page, by_guests)


def test_the_row_tells_the_rules_that_spoke_and_a_page_of_the_call_what_all_said(
    house: House, browser: Browser
) -> None:
    uid = house.call("2065550188", "JOE <b>EXAMPLE").uid

    shown = row(browser.text("/"), uid)
    assert "this decided" in shown
    assert "Permit list" not in shown
    assert f'href="/calls/{uid}/why">What all {len(RULES)} rules said</a>' in shown

    spoke, silent = browser.text(f"/calls/{uid}/why").split('<details id="silent-all">')
    assert "JOE &lt;b&gt;EXAMPLE" in spoke
    assert "this decided" in spoke
    assert "Permit list" in silent
    assert browser.get("/calls/nobody/why").status_code == 404


def test_a_caller_in_the_contacts_is_named_so_and_can_be_blocked_and_undone(house: House, browser: Browser) -> None:
    house.store.lists.add(ListName.CONTACT, EntryKind.EXACT, "+12125550117", source="page", now=house.now)
    uid = house.call(GRANDMA, "ROSE EXAMPLE").uid
    shown = row(browser.text("/"), uid)
    assert "In your contacts" in shown
    assert ">Permit</button>" not in shown

    browser.post(f"/calls/{uid}/block")
    assert house.blocked("+12125550117")
    assert house.store.lists.count(ListName.CONTACT) == 0

    change = house.store.lists.latest_change(uid)
    assert change
    browser.post(f"/changes/{change.id}/undo")
    assert house.store.lists.count(ListName.CONTACT) == 1
    assert not house.blocked("+12125550117")


def test_a_treatment_of_a_newer_version_breaks_no_row(house: House, browser: Browser) -> None:
    uid = house.call("2065550188", "JOE EXAMPLE", treatment="teleport", wanted="teleport", category="telepathy").uid

    shown = row(browser.text("/"), uid)

    assert "JOE EXAMPLE" in shown
    assert "Kind of call: Telepathy." in shown
