import pytest
from flask import Flask

from tests.web.house import Browser, House
from web.context import local_path
from web.hosts import host_allowed

NAMES = ("quietline.local", "quietline", "Kitchen.Example:8080")

HOSTS = (
    ("quietline.local", True),
    ("QuietLine.Local", True),
    ("quietline.local:8080", True),
    ("quietline.local.", True),
    ("quietline.local.:80", True),
    ("quietline", True),
    ("kitchen.example", True),
    ("localhost", True),
    ("localhost:8080", True),
    ("127.0.0.1", True),
    ("192.168.1.20:8080", True),
    ("[::1]", True),
    ("[fe80::1]:8080", True),
    (None, False),
    ("", False),
    ("evil.example", False),
    ("quietline.local.evil.example", False),
    ("evil.example:8080", False),
    ("quietline.local..", False),
    ("quietline.local:80:80", False),
    ("quietline.local/evil.example", False),
    ("quietline.local@evil.example", False),
    ("quietline.local evil.example", False),
    ("quietline.local,evil.example", False),
    ("quietline.local\r\nx: y", False),
    ("quietline.lοcal", False),  # a Greek omicron
    ("127.0.0.1.evil.example", False),
    ("127.0.0.1.", True),
    ("0x7f.1", False),
    ("[127.0.0.1]", False),
    ("[::1].evil.example", False),
    ("::1", False),
    ("a" * 300, False),
)


@pytest.mark.parametrize(("header", "allowed"), HOSTS)
def test_only_our_own_names_and_plain_addresses_are_answered(header: str | None, allowed: bool) -> None:
    assert host_allowed(header, NAMES) is allowed


@pytest.mark.parametrize("path", ["/", "/sign-in", "/live", "/static/quietline.css", "/no-such-page"])
def test_a_page_under_a_strange_name_shows_nothing(path: str, browser: Browser) -> None:
    answer = browser.get(path, headers={"Host": "rebound.example"})

    assert answer.status_code == 400
    assert "This address is not known here" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/sign-in", "/status", "/nowhere", "/static/quietline.css"])
def test_every_answer_carries_the_protecting_headers(path: str, browser: Browser) -> None:
    headers = browser.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert ("no-store" in headers["Cache-Control"]) is not path.startswith("/static")


def test_no_page_holds_script_or_style_of_its_own(house: House, browser: Browser) -> None:
    house.lists()
    house.call("2125550142", "SUNNY CRUISES")
    for path in ("/", "/block", "/block/add", "/permit", "/settings", "/check?ask=1", "/status", "/password"):
        page = browser.text(path)

        assert "<script>" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Browser) -> None:
    cookie = stranger.sign_in().headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/", "/permit", "/block", "/settings", "/check", "/status", "/password"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(path: str, stranger: Browser) -> None:
    answer = stranger.get(path)

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")
    assert stranger.sign_in(next=path).headers["Location"] == path


def test_a_stranger_gets_no_live_stream(stranger: Browser) -> None:
    assert stranger.get("/live").status_code == 401


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", "/é", ""],
)
def test_signing_in_never_leads_to_another_site(address: str, stranger: Browser) -> None:
    assert local_path(address) == "/"
    assert stranger.sign_in(next=address).headers["Location"] == "/"


def test_a_form_that_is_too_large_is_refused_in_plain_words(browser: Browser) -> None:
    answer = browser.post("/block/add", {"value": "1" * 70_000})

    assert answer.status_code == 413
    assert "Too much at once" in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/block/", "/grey", "/calls/../secret", "/static/../__init__.py"])
def test_what_is_not_there_is_said_so(path: str, browser: Browser) -> None:
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_sessions_survive_a_restart_because_the_key_is_kept(house: House, app: Flask, browser: Browser) -> None:
    from web import create_app

    again = Browser(create_app(house.config))
    cookie = browser.client.get_cookie("quietline")
    assert cookie is not None
    again.client.set_cookie("quietline", cookie.value)

    assert again.get("/").status_code == 200


def test_a_store_that_cannot_be_read_becomes_a_page_that_says_so(house: House, browser: Browser) -> None:
    (house.config.data / "quietline.db").write_bytes(b"not a database at all" * 100)

    answer = browser.get("/")

    assert answer.status_code == 503
    assert "cannot be read just now" in answer.text
    assert "The telephone keeps ringing as always" in answer.text
    assert "Retry-After" in answer.headers
