"""The clicks with which a household changes who gets through, in a real browser."""

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from appliance.core.household import ListName
from tests.browser.eyes import Eyes
from tests.web.house import CRUISES, PASSWORD, House
from tests.web.serving import Served

FAR = "2065550188"  # in no way close to anybody on a list


def test_a_choice_is_looked_at_taken_back_to_the_table_saved_and_undone(house: House, eyes: Eyes) -> None:
    house.call(FAR, "JOE EXAMPLE")
    eyes.move_in()
    page = eyes.page
    page.get_by_role("link", name="Who gets through").click()
    page.get_by_label("Unknown callers").select_option(label="Drop it")
    table = page.locator("form#table")
    table.get_by_role("button", name="See what would change").click()

    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("JOE EXAMPLE")).to_be_visible()
    eyes.picture("preview")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Unknown callers")).to_have_value("drop")
    assert house.store.settings.get("treatment.day.unknown") == ""

    table.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved for Day.")).to_be_visible()
    assert house.store.settings.get("treatment.day.unknown") == "drop"

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: everything is as it was before.")).to_be_visible()
    assert house.store.settings.get("treatment.day.unknown") == ""


def test_save_stays_in_sight_however_far_one_is_in_a_long_form(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    page = eyes.page
    for path, first in (("/rules", "#permitted"), ("/rules/order", "#rule-permit_next")):
        page.goto(path)
        page.locator(first).scroll_into_view_if_needed()
        expect(page.locator(".saving.stays button").first).to_be_in_viewport()


def test_what_cannot_be_done_yet_cannot_be_chosen(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    eyes.page.goto("/rules")

    options = eyes.page.locator("#treatment-unknown option")

    assert options.locator("xpath=self::*[not(@disabled)]").all_inner_texts() == [
        "As “Balanced”: Caller must press a key", "Let it ring", "Drop it",
    ]  # fmt: skip  # what is offered


def test_waiting_for_a_call_is_one_click_each_way(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    page = eyes.page
    page.get_by_role("link", name="Status").click()
    page.get_by_role("button", name="2 hours").click()

    expect(page.locator("#banners")).to_contain_text("You are waiting for a call.")
    assert house.store.settings.get("expecting_until")

    page.locator("#banners").get_by_role("button", name="Stop waiting").click()
    expect(page.get_by_role("button", name="2 hours")).to_be_visible()
    assert house.store.settings.get("expecting_until") == ""


def test_a_night_is_added_to_the_week_and_taken_out_again(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    page = eyes.page
    page.goto("/rules/schedule")
    week = page.locator("section", has_text="Every week")
    week.get_by_label("From", exact=True).fill("21:30")
    week.get_by_role("button", name="Add").click()

    expect(page.get_by_text("Every day, 9:30 pm to 7:00 am the next day")).to_be_visible()
    assert house.store.settings.get("schedule") == "night mon-sun 21:30-07:00"
    eyes.picture("schedule")

    page.get_by_role("button", name="Remove Night").click()
    expect(page.get_by_text("Nothing is set, so it is always Day.")).to_be_visible()
    assert house.store.settings.get("schedule") == ""


def test_a_rule_is_switched_off(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    page = eyes.page
    page.goto("/rules/order")
    page.get_by_label("Use this rule: Withheld number").uncheck()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("The rules are saved.")).to_be_visible()
    expect(page.get_by_label("Use this rule: Withheld number")).not_to_be_checked()
    assert house.store.settings.get("rule.withheld") == "off"


def test_a_likely_mistake_is_mended_with_one_click(house: House, eyes: Eyes) -> None:
    house.lists()
    for _ in range(3):
        house.call(CRUISES, "SUNNY CRUISES")
    eyes.move_in()
    page = eyes.page
    page.goto("/rules/review")
    page.get_by_role("button", name="Permit: Sunny Cruises").click()

    expect(page.get_by_text("always rings from now on")).to_be_visible()
    expect(page.locator(".finding").get_by_role("button", name="Permit")).to_have_count(0)
    assert house.permitted("+12125550142")


def test_who_gets_through_is_changed_without_scripts(house: House, server: Served, chromium: Chromium) -> None:
    house.call(FAR, "JOE EXAMPLE")
    context = chromium.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("text=Set the password")

    page.goto("/rules")
    page.select_option("#treatment-unknown", "drop")
    page.click("form#table >> text=See what would change")
    assert page.is_visible("text=JOE EXAMPLE")
    page.click("button:has-text('Save')")
    assert house.store.settings.get("treatment.day.unknown") == "drop"
    page.click(".notice button:has-text('Undo')")
    assert house.store.settings.get("treatment.day.unknown") == ""

    page.goto("/contact/add")
    page.fill("#value", "212 555 0161")
    page.fill("#hours", "Mon-Fri 8-17")
    page.check("[name=vip]")
    page.click("button:has-text('Add')")
    (entry,) = house.store.lists.page(ListName.CONTACT).rows
    assert (entry.hours, entry.vip) == ("mon-fri 08:00-17:00", True)
    context.close()
