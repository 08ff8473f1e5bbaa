from contextlib import ExitStack, closing
from datetime import timedelta
from http.client import HTTPConnection
from itertools import product

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, expect

from appliance.core.household import EntryKind, ListName
from appliance.store import ring
from tests.browser.eyes import Eyes
from tests.web.house import CRUISES, GRANDMA, PASSWORD, STRANGER, WITHHELD, House
from tests.web.serving import Served
from web.live import MOST_STREAMS

CHECK = "/check?ask=1&number=2125550142&dialled=2125550143&ring=B"
RULES = ("/rules", "/rules/schedule", "/rules/order", "/rules/ranges", "/rules/review")
LISTS = ("/permit", "/block", "/contact", "/contact/add")
PAGES = ("/", *LISTS, CHECK, "/status", *RULES, "/settings", "/password")
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


def plain(path: str) -> str:
    """A path as part of a file's name."""
    return path.split("?")[0].replace("/", "-")


def lived_in(house: House) -> None:
    """Calls of every sort, with long and strange names."""
    house.lists()
    house.call(CRUISES, "SUNNY CRUISES")
    house.call(GRANDMA, "ROSE EXAMPLE")
    house.call(STRANGER, "A VERY LONG NAME INDEED WITHOUT END" * 2)
    house.call("442079460123", "<b>شركة المثال</b>")
    house.call(
        "2125550177", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", outcome="would_drop", mode="rehearsal"
    )
    house.call("2125550166", outcome="drop_failed")
    house.call("2125550155", ended_at=None, outcome=None)
    house.call_with(WITHHELD)
    house.call_with(None)
    house.call_with(
        None,
        damaged="The check sum of the message is wrong.",
        readable_number="2125550133",
        readable_name="شركة المثال",
        reason="damaged_caller_id",
    )
    house.call(
        STRANGER, "ROSE EXAMPLE", dialled="2125550143", ring_pattern="B", forwarded_by="442079460111",
        long_distance=True, dialable="W" * 60, call_type="ring_back",
    )  # fmt: skip  # one call
    house.call(CRUISES, "SUNNY CRUISES", outcome="waiting_call", rings=0)
    house.call(CRUISES, "SUNNY CRUISES", outcome="line_in_use")
    for kind, value in ((EntryKind.DIALLED, "2125550143"), (EntryKind.RING, "B")):
        house.store.lists.add(ListName.BLOCK, kind, value, label="Second number", source="page", now=house.now)
    house.line_speaks(
        message_waiting=True, concerns=("no_voice", "old_firmware", "country_refused"), profile="USR5637",
        firmware="V1.2.10", voice=False, country_code="B5", faults=("Something is odd.",),
        lamps={"health": "fast_blink", "ring": "off", "blocked": "off", "message": "slow_blink"},
    )  # fmt: skip  # one row
    house.store.lists.block_caller("+12125550177", by="page", now=house.now, label="W" * 80, note="n" * 400)
    lived_with(house)


def lived_with(house: House) -> None:
    """A schedule, profiles, contacts and mistakes, with long and strange names."""
    for name, value in {
        "home_number": "+12125550150",
        "known_countries": "MA,DE",
        "profiles": "guests=night, wwwwwwwwwwwwwwwwwwww=day",
        "schedule": "night mon-sun 22:00-07:00; wwwwwwwwwwwwwwwwwwww mon,wed,fri 10:00-10:00",
        "exceptions": f"away 2030-12-24T18:00..2030-12-26 {'W' * 40}; away 2020-01-01 Over",
        "profile_until": f"night {(house.now + timedelta(hours=30)).isoformat(timespec='minutes')}",
        "expecting_until": (house.now + timedelta(hours=2)).isoformat(),
        "treatment.day.withheld": "drop",
    }.items():
        house.store.settings.set(name, value, by="page", now=house.now)
    add = house.store.lists.add
    add(
        ListName.CONTACT, EntryKind.EXACT, "+12125550161", label="W" * 80, source="auto:repeat_caller", now=house.now,
        expires_at=house.now + timedelta(days=5), hours="mon-fri 08:00-17:00; sat 09:00-12:00", vip=True,
    )  # fmt: skip  # one entry
    add(ListName.BLOCK, EntryKind.EXACT, "911", source="page", now=house.now)
    for _ in range(3):
        house.call("2065550123", "W" * 60, treatment="drop", outcome="dropped", profile="wwwwwwwwwwwwwwwwwwww")


def test_from_the_first_run_to_a_blocked_call_in_the_log(house: House, eyes: Eyes) -> None:
    house.lists()
    house.call(CRUISES, "SUNNY CRUISES")

    eyes.move_in()

    row = eyes.page.locator("#calls > li").first
    expect(row).to_contain_text("SUNNY CRUISES")
    expect(row).to_contain_text("Dropped after 1 ring")
    row.get_by_text("Why?").click()
    expect(row.get_by_text("Block list – this decided")).to_be_visible()
    eyes.picture("first-call")


def test_a_new_call_appears_and_changes_without_a_reload(house: House, eyes: Eyes) -> None:
    house.call(GRANDMA, "ROSE EXAMPLE")
    eyes.move_in()
    page = eyes.page
    page.evaluate("window.notReloaded = true")
    page.locator("summary").first.click()
    expect(page.locator("#live-state")).to_have_text("This page keeps itself up to date.")

    record = house.call(STRANGER, "NEW YORK NY", ended_at=None, outcome=None)
    ring(house.config.data, "web*")
    expect(page.locator("#calls > li").first).to_contain_text("Ringing now")
    house.call(STRANGER, "NEW YORK NY", uid=record.uid, rings=3)
    ring(house.config.data, "web*")
    expect(page.locator("#calls > li").first).to_contain_text("Rang 3 times")

    assert page.locator("#calls > li").count() == 2
    assert page.locator("details[open]").count() == 1, "what was opened stays open"
    assert page.evaluate("window.notReloaded") is True


def test_an_update_leaves_the_focus_where_it_was(house: House, eyes: Eyes) -> None:
    record = house.call(STRANGER, "NEW YORK NY", ended_at=None, outcome=None)
    eyes.move_in()
    button = eyes.page.get_by_role("button", name="Permit: NEW YORK NY")
    button.focus()

    house.call(STRANGER, "NEW YORK NY", uid=record.uid, rings=3)
    house.call(GRANDMA, "ROSE EXAMPLE")
    ring(house.config.data, "web*")

    expect(eyes.page.locator("#calls > li").nth(1)).to_contain_text("Rang 3 times")
    expect(eyes.page.get_by_role("button", name="Permit: NEW YORK NY")).to_be_focused()


def test_a_banner_comes_and_goes_by_itself(house: House, eyes: Eyes) -> None:
    eyes.move_in()

    house.line_speaks(modem="lost")
    ring(house.config.data, "web*")
    expect(eyes.page.get_by_text("The modem is not answering.")).to_be_visible()

    house.line_speaks()
    ring(house.config.data, "web*")
    expect(eyes.page.get_by_text("The modem is not answering.")).to_have_count(0)


def test_block_and_undo_are_one_click_each(house: House, eyes: Eyes) -> None:
    house.call(STRANGER, "NEW YORK NY")
    eyes.move_in()
    page = eyes.page

    page.get_by_role("button", name="Block: NEW YORK NY").click()
    expect(page.get_by_text("is blocked from now on")).to_be_visible()
    assert house.blocked("+12125550188")

    page.get_by_role("button", name="Undo: NEW YORK NY").click()
    expect(page.get_by_text("Undone: everything is as it was before.")).to_be_visible()
    assert not house.blocked("+12125550188")


def test_a_message_is_dismissed_by_keyboard_alone(house: House, eyes: Eyes) -> None:
    house.line_speaks(message_waiting=True)
    eyes.move_in()
    page = eyes.page
    banner = page.locator("#banners .notice")
    expect(banner).to_contain_text("Your telephone company holds a message for you.")

    page.get_by_role("button", name="I have listened").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody is watching the telephone line just now")).to_be_visible()
    assert house.store.commands.get(1).kind == "messages_heard:main"

    house.line_speaks(message_waiting=False)  # as the line does
    ring(house.config.data, "web*")
    expect(banner).to_have_count(0)


def test_everything_works_without_scripts(house: House, server: Served, chromium: Chromium) -> None:
    house.call(STRANGER, "NEW YORK NY")
    context = chromium.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("text=Set the password")

    page.click("button:has-text('Block')")
    assert house.blocked("+12125550188")
    page.click(".notice button:has-text('Undo')")
    assert not house.blocked("+12125550188")
    page.click("text=Why?")
    assert page.is_visible("text=this decided")
    context.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(house: House, eyes: Eyes) -> None:
    house.call(STRANGER, "NEW YORK NY")
    eyes.move_in()
    page = eyes.page
    page.goto("/")
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # once around
            break
        text, outline = page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [(e.getAttribute('aria-label') || e.textContent || e.name || '').trim(),"
            " s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 3]; }"
        )
        reached.append(text)
        assert outline, f"no visible focus on {text!r}"

    for wanted in (
        "Skip to the page",
        "Calls",
        "Settings",
        "Why?",
        "Block: NEW YORK NY",
        "Permit: NEW YORK NY",
        "Sign out",
    ):
        assert any(wanted in text for text in reached), wanted


def test_an_entry_is_added_by_keyboard_alone(house: House, eyes: Eyes) -> None:
    eyes.move_in()
    page = eyes.page
    page.goto("/block/add")
    page.get_by_label("One number").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("+44 900")
    page.keyboard.press("Enter")

    expect(page.get_by_text("is on the block list.")).to_be_visible()
    expect(page.locator(".entry")).to_contain_text("+44900…")


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_fits_wide_and_narrow_screens_both_ways_and_stands_out_by_day_and_night(
    half: int, house: House, eyes: Eyes
) -> None:
    lived_in(house)
    house.store.settings.set("mode", "rehearsal", by="page", now=house.now)
    eyes.move_in()
    for path in PAGES[half::2]:
        eyes.page.goto(path)  # once: loading a page takes longer than looking at it
        eyes.page.evaluate(OPEN_ALL)
        for width, direction in product((360, 1100), ("ltr", "rtl")):
            eyes.page.set_viewport_size({"width": width, "height": 740})
            eyes.page.evaluate("direction => { document.documentElement.dir = direction; }", direction)

            assert eyes.overflow() <= 0, eyes.picture(f"{width}-{direction}{plain(path)}")
            assert eyes.small_targets() == [], eyes.picture(f"{width}-{direction}{plain(path)}")
        for scheme in ("light", "dark"):
            eyes.page.emulate_media(color_scheme=scheme)

            assert eyes.poor_contrast() == [], eyes.picture(f"{scheme}{plain(path)}")


def test_a_page_that_gets_no_stream_polls_instead(
    house: House, server: Served, context: BrowserContext, eyes: Eyes
) -> None:
    eyes.move_in()
    eyes.page.goto("/check")  # has nothing that lives, but the banners: its stream is one of the six
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
    late = context.new_page()
    late.clock.install()
    with ExitStack() as taken:
        for _ in range(MOST_STREAMS):
            connection = taken.enter_context(closing(HTTPConnection(server.address.removeprefix("http://"))))
            connection.request("GET", "/live", headers={"Cookie": cookie})
            taken.enter_context(closing(connection.getresponse()))
        with late.expect_response(lambda response: response.url.endswith("/live")) as refused:
            late.goto("/")
        assert refused.value.status == 503

        house.call(STRANGER, "LATE LATE LATE")
        late.clock.run_for(12_000)

        expect(late.locator("#calls")).to_contain_text("LATE LATE LATE")
        late.close()
