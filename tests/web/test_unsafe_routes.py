"""Every route that may change something, in one table; a route that is missing from it fails the suite."""

from dataclasses import dataclass, field

import pytest
from flask import Flask

from tests.web.house import Browser, House

NOWHERE = "999999"


@dataclass(frozen=True)
class Route:
    endpoint: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    missing: str = ""  # the same with something that does not exist
    page_too: bool = False  # the same address shows the form on GET


ENTRY = {"kind": "exact", "value": "2125550123"}
SETTINGS = {"mode": "off"}
PERIOD = {"profile": "night", "day": "0", "start": "22:00", "end": "07:00"}

ROUTES = (
    Route("account.sign_out", "/sign-out"),
    Route("account.password", "/password", {"current": "x", "password": "y", "again": "y"}, page_too=True),
    Route("calls.block", "/calls/call-1/block", missing="/calls/nobody/block"),
    Route("calls.permit", "/calls/call-1/permit", missing="/calls/nobody/permit"),
    Route("calls.undo", "/changes/1/undo", missing=f"/changes/{NOWHERE}/undo"),
    Route("lists.add", "/block/add", ENTRY, missing="/grey/add", page_too=True),
    Route("lists.edit", "/block/1/edit", ENTRY, missing=f"/block/{NOWHERE}/edit", page_too=True),
    Route("lists.remove", "/block/1/remove", missing=f"/permit/{NOWHERE}/remove"),
    Route("lists.keep", "/block/1/keep", missing=f"/block/{NOWHERE}/keep"),
    Route("settings.save", "/settings", SETTINGS, page_too=True),
    Route("settings.undo", "/settings/undo/nonsense", missing="/settings/undo/nonsense"),
    Route("policy.preset", "/rules/preset", {"preset": "strict"}),
    Route("policy.table", "/rules/table", {"profile": "day", "treatment.withheld": "drop"}),
    Route("policy.add_profile", "/rules/profiles", {"name": "guests", "base": "day"}),
    Route("policy.remove_profile", "/rules/profiles/guests/remove", missing="/rules/profiles/nobody/remove"),
    Route("rules.save", "/rules/order", {"rule": "withheld"}, page_too=True),
    Route("schedule.add_period", "/rules/schedule/week", PERIOD),
    Route("schedule.add_exception", "/rules/schedule/exceptions", {"profile": "away", "from_day": "2030-12-24"}),
    Route("schedule.remove", "/rules/schedule/week/remove", missing="/rules/schedule/week/remove"),
    Route("schedule.choose", "/rules/schedule/until", {"profile": "away", "until": "2h"}),
    Route("schedule.back", "/rules/schedule/back"),
    Route("review.permit", "/rules/review/permit", {"number": "2125550123"}),
    Route("status.wait", "/waiting", {"hours": "2"}),
    Route("status.stop_waiting", "/waiting/stop"),
    Route("status.press", "/press/block", missing="/press/snooze"),
    Route("status.heard", "/messages/main/heard", missing="/messages/attic/heard"),
    Route("demo.call", "/demo/call/blocked", missing="/demo/call/santa"),
    Route("demo.call_from", "/demo/call", {"number": "2125550123"}),
    Route("demo.act", "/demo/hang_up", missing="/demo/explode"),
)
# Whoever is not signed in may send these: they are about signing in, and have tests of their own.
OPEN = {"account.first_run", "account.sign_in"}

each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.endpoint)


@pytest.fixture
def app(demo_app: Flask) -> Flask:
    return demo_app


@pytest.fixture
def filled(house: House) -> House:
    house.block("+12125550142", "Sunny Cruises")
    house.call("2125550188")
    return house


def test_every_route_that_takes_a_post_is_in_this_table(app: Flask) -> None:
    unsafe = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods and "POST" in rule.methods}

    assert unsafe - OPEN == {route.endpoint for route in ROUTES}


def test_no_route_takes_another_unsafe_method(app: Flask) -> None:
    methods = set().union(*(rule.methods or set() for rule in app.url_map.iter_rules()))

    assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}


@each_route
def test_a_get_writes_nothing(route: Route, filled: House, browser: Browser) -> None:
    before = filled.store.data_version()

    answer = browser.get(route.path, query_string=route.form)

    assert answer.status_code == (200 if route.page_too else 405)
    assert filled.store.data_version() == before


@each_route
def test_without_a_token_nothing_is_written(route: Route, filled: House, browser: Browser) -> None:
    before = filled.store.data_version()

    answer = browser.send(route.path, route.form)

    assert answer.status_code == 400
    assert "This page was too old" in answer.text
    assert filled.store.data_version() == before


@each_route
def test_the_token_of_another_browser_does_not_serve(
    route: Route, filled: House, browser: Browser, stranger: Browser
) -> None:
    other = stranger.get("/sign-in").text.split('csrf_token" value="')[1].split('"')[0]
    before = filled.store.data_version()

    assert browser.send(route.path, {"csrf_token": other, **route.form}).status_code == 400
    assert filled.store.data_version() == before


@each_route
def test_whoever_is_not_signed_in_changes_nothing(route: Route, filled: House, stranger: Browser) -> None:
    before = filled.store.data_version()

    answer = stranger.post(route.path, route.form, token_from="/sign-in")

    assert answer.status_code == 401
    assert filled.store.data_version() == before


@pytest.mark.parametrize("route", [route for route in ROUTES if route.missing], ids=lambda route: route.endpoint)
def test_what_does_not_exist_is_not_found_and_nothing_is_written(route: Route, filled: House, browser: Browser) -> None:
    before = filled.store.data_version()

    answer = browser.post(route.missing, route.form)

    assert answer.status_code == 404
    assert filled.store.data_version() == before


def test_the_demo_does_not_exist_outside_the_demo(house: House, new_app: Flask) -> None:
    assert not [rule for rule in new_app.url_map.iter_rules() if rule.rule.startswith("/demo")]
