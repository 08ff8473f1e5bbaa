"""Settings, status, banners, the buttons of the page, the demo box."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from appliance.core.presets import BASES
from appliance.health import TRYING
from appliance.store import SETTINGS, EventRow, Store
from tests.web.house import Browser, House
from web.banners import AS_IF_NOT_THERE

NAMES = ("mode", "country", "area_code", "home_number", "time_zone")


def settings(house: House, **changes: str) -> dict[str, str]:
    """What the form of the settings page sends."""
    values = house.store.settings.all()
    return {name: values[name] for name in NAMES} | {"country": "US"} | changes


# Asked for by a button of their own.
BY_BUTTON = {"permit_next_until", "expecting_until", "profile_until", "profiles", "schedule", "exceptions"}


def test_every_setting_is_on_a_page(browser: Browser) -> None:
    page = browser.text("/settings") + browser.text("/rules/order")
    for profile in BASES:
        page += browser.text(f"/rules?profile={profile}").replace('"treatment.', f'"treatment.{profile}.')

    for name in SETTINGS:
        if name.startswith("rule."):
            assert f'name="on" value="{name.removeprefix("rule.")}"' in page
        elif name == "known_countries":
            assert 'name="country" value="MA"' in page
        elif name not in BY_BUTTON:
            assert f'name="{name}"' in page, name


def test_settings_are_kept_and_only_what_changed_is_told(house: House, browser: Browser) -> None:
    before = len(house.store.events.page().rows)

    browser.post("/settings", settings(house, mode="rehearsal", home_number="(212) 555-0150, 212 555 0151"))

    assert house.store.settings.get("mode") == "rehearsal"
    assert house.store.settings.get("home_number") == "+12125550150,+12125550151"
    assert house.store.settings.get("country") == "", "still from quietline.toml"
    assert len(house.store.events.page().rows) == before + 2
    assert "Saved." in browser.text("/settings")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mode": "asleep"}, "Blocking cannot be"),
        ({"country": "XX"}, "Country cannot be"),
        ({"area_code": "abc"}, "Your area code cannot be"),
        ({"home_number": "0142"}, "is not a whole telephone number"),
        ({"time_zone": "Atlantis"}, "There is no time zone"),
    ],
)
def test_a_setting_that_does_not_fit_changes_nothing_and_is_told_at_its_field(
    change: dict[str, str], said: str, house: House, browser: Browser
) -> None:
    before = house.store.settings.all()

    answer = browser.post("/settings", settings(house, **{"area_code": "212", **change}))

    assert answer.status_code == 422
    assert said in answer.text
    assert house.store.settings.all() == before


def test_all_is_well_needs_no_banner(browser: Browser) -> None:
    page = browser.text("/")

    assert AS_IF_NOT_THERE not in page
    assert "notice" not in page


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"heartbeat_at": datetime.now(UTC) - timedelta(seconds=45)}, "Nobody is watching the telephone line."),
        ({"modem": "lost"}, "The modem is not answering."),
        ({"modem": "looking"}, "Looking for the modem."),
    ],
)
def test_trouble_on_the_line_stands_above_every_page(
    changes: dict[str, object], title: str, house: House, browser: Browser
) -> None:
    house.line_speaks(**changes)

    for path in ("/", "/block", "/settings", "/status"):
        page = browser.text(path)
        assert title in page
        assert AS_IF_NOT_THERE in page


def test_what_is_wrong_with_the_modem_stands_above_every_page_if_it_matters(house: House, browser: Browser) -> None:
    told = {"profile": "USR5637", "firmware": "V1.2.10", "voice": False, "country_code": "B5"}
    house.line_speaks(concerns=("no_voice", "old_firmware"), **told)

    page = browser.text("/")
    assert "Your modem&#39;s own software is old." in page
    assert "has no voice" not in page
    status = browser.text("/status")
    assert status.index("is old.") < status.index("Your modem has no voice.")
    for fact in ("V1.2.10", "USR5637", "It can neither speak nor listen", "B5"):
        assert fact in status

    house.line_speaks(concerns=("old_firmware",), modem="lost")
    assert "is old." not in browser.text("/"), "a modem that is away has other troubles"


def test_a_message_that_waits_is_told_and_dismissed_with_one_press(house: House, browser: Browser) -> None:
    house.line_speaks(message_waiting=True)
    page = browser.text("/block")
    assert "Your telephone company holds a message for you." in page
    assert 'formaction="/messages/main/heard">I have listened</button>' in page

    browser.post("/messages/main/heard")
    (asked,) = house.store.commands.take(["messages_heard:main"], datetime.now(UTC))
    assert asked.by == "page"
    assert "Nobody is watching the telephone line just now" in browser.text("/"), "this line is a row, no process"

    house.line_speaks(message_waiting=False)
    assert "holds a message" not in browser.text("/")


def test_each_of_several_lines_names_its_message(house: House, browser: Browser) -> None:
    house.line_speaks(line="home", message_waiting=True)
    page = browser.text("/")
    assert "Your telephone company holds a message for you (line home)." in page
    assert "/messages/home/heard" in page
    assert "/messages/main/heard" not in page


@pytest.mark.parametrize(
    ("mode", "title"), [("off", "Blocking is switched off."), ("rehearsal", "This is a rehearsal.")]
)
def test_a_switched_off_blocker_says_so_on_every_page(mode: str, title: str, house: House, browser: Browser) -> None:
    house.store.settings.set("mode", mode, by="page", now=house.now)

    assert title in browser.text("/")
    assert title in browser.text("/permit")


def test_an_armed_permit_for_the_next_call_is_told(house: House, browser: Browser) -> None:
    until = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    house.store.settings.set("permit_next_until", until, by="button", now=house.now)

    assert "You are expecting a call." in browser.text("/")


def test_a_line_that_never_spoke_is_told(house: House, browser: Browser) -> None:
    house.store.status.forget("main")

    assert "Not connected to the telephone line yet." in browser.text("/")
    assert "has never been connected" in browser.text("/status")


def test_status_names_modem_port_lamps_and_faults(house: House, browser: Browser) -> None:
    house.line_speaks(
        lamps={"health": "double_flash", "ring": "sparkle"}, faults=("The disk is full.",), caller_id=False
    )
    house.store.events.put(EventRow("button", house.now, "Block was pressed.", line="main", who="button"))

    page = browser.text("/status")

    for text in ("Testmodem answers", "/dev/ttyACM0", "Not on: callers show no number", "The disk is full."):
        assert text in page
    assert "Flashing twice, again and again: the modem is missing" in page
    assert 'class="lamp health double_flash"' in page
    assert 'class="lamp ring other"' in page
    assert "the button on the box" in page


PULL_IT_OUT = "Look whether the modem is plugged in at both ends."


def test_a_modem_that_does_not_answer_is_to_be_pulled_out_only_while_quietline_does_nothing_about_it(
    house: House, browser: Browser
) -> None:
    house.line_speaks(modem="lost", faults=("It does not answer.",))
    assert PULL_IT_OUT in browser.text("/status")
    for said in TRYING.values():
        house.line_speaks(modem="lost", faults=("It does not answer.", said))
        page = browser.text("/status")
        assert said in page
        assert PULL_IT_OUT not in page


def test_a_line_that_is_gone_lights_no_lamp(house: House, browser: Browser) -> None:
    house.line_speaks(heartbeat_at=datetime.now(UTC) - timedelta(minutes=5))

    assert 'class="lamp health off"' in browser.text("/status")


@pytest.mark.parametrize("button", ["block", "allow"])
def test_a_press_on_the_page_is_the_press_of_the_button_and_tells_what_it_did(
    button: str, house: House, browser: Browser
) -> None:
    taken: list[str] = []

    def line() -> None:
        """What the line process does with a press, in a store of its own."""
        with Store.open(house.config.data) as store:
            while not taken:
                for command in store.commands.take(["press_block", "press_allow"], datetime.now(UTC)):
                    store.events.add("button", datetime.now(UTC), text="It is done & seen.", who=command.by)
                    store.commands.finished(command.id, "done", datetime.now(UTC))
                    taken.append(command.kind)

    thread = threading.Thread(target=line)
    thread.start()
    browser.post(f"/press/{button}")
    thread.join(5)

    assert taken == [f"press_{button}"]
    assert "It is done &amp; seen." in browser.text("/")


def test_a_press_that_nobody_takes_says_so(browser: Browser) -> None:
    browser.post("/press/block")

    assert "the button did nothing" in browser.text("/")


@pytest.mark.parametrize(
    ("path", "form", "kind", "number"),
    [
        ("/demo/call/blocked", {}, "sim.call", "2125550142"),
        ("/demo/call/withheld", {}, "sim.call", None),
        ("/demo/call", {"number": "(212) 555-0123"}, "sim.call", "2125550123"),
        ("/demo/hang_up", {}, "sim.hang_up", None),
        ("/demo/lift_handset", {}, "sim.lift_handset", None),
        ("/demo/unplug", {}, "sim.unplug", None),
        ("/demo/plug", {}, "sim.plug", None),
    ],
)
def test_the_demo_box_asks_the_simulated_line(
    path: str, form: dict[str, str], kind: str, number: str | None, house: House, demo_app: Flask
) -> None:
    browser = Browser(demo_app)
    browser.be_signed_in(house.store.accounts.session_version())
    assert "Try it: a simulated telephone line" in browser.text("/")

    browser.post(path, form)

    (command,) = house.store.commands.take([kind], datetime.now(UTC))
    assert command.by == "page"
    if kind == "sim.call":
        assert json.loads(command.argument)["number"] == number
