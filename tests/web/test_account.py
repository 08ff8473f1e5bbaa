from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.web.house import PASSWORD, Browser, House
from web.throttle import LONGEST_WAIT_OVERALL_S, LONGEST_WAIT_S, Failures, seconds_to_wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/", "/block", "/status", "/sign-in", "/settings", "/live", "/nowhere"])
def test_until_there_is_a_password_every_page_leads_to_setting_it(path: str, new_app: Flask) -> None:
    answer = Browser(new_app).get(path)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/first-run"


def test_the_first_run_sets_the_password_and_signs_in(house: House, new_app: Flask) -> None:
    browser = Browser(new_app)

    assert browser.set_first_password().headers["Location"] == "/"

    assert "The password is set" in browser.text("/")
    kept = house.store.accounts.password_hash()
    assert kept is not None
    assert kept.startswith("scrypt:")


def test_the_first_run_is_over_once_there_is_a_password(house: House, app: Flask, browser: Browser) -> None:
    before = house.store.accounts.password_hash()

    assert Browser(app).get("/first-run").status_code == 303
    browser.post("/first-run", {"password": "taken over 123", "again": "taken over 123"})

    assert house.store.accounts.password_hash() == before


@pytest.mark.parametrize(
    ("password", "again", "why"),
    [
        ("short", "short", "at least 8 characters"),
        ("password123", "password123", "a stranger would try"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "a stranger would try"),
        ("three green kettles", "three green cattle", "not the same"),
        ("x1" * 150, "x1" * 150, "at most 200"),
        ("", "", "at least 8 characters"),
    ],
)
def test_a_poor_password_is_refused_with_a_reason(
    password: str, again: str, why: str, house: House, new_app: Flask
) -> None:
    answer = Browser(new_app).post("/first-run", {"password": password, "again": again}, token_from="/first-run")

    assert answer.status_code == 422
    assert why in answer.text
    assert house.store.accounts.password_hash() is None


def test_a_wrong_password_does_not_sign_in(stranger: Browser) -> None:
    answer = stranger.sign_in("three red kettles")

    assert answer.status_code == 401
    assert "That is not the password" in answer.text
    assert stranger.get("/").status_code == 303


def test_signing_in_gives_a_new_session(stranger: Browser) -> None:
    before = stranger.get("/sign-in").headers["Set-Cookie"].split(";")[0]

    assert stranger.sign_in().headers["Set-Cookie"].split(";")[0] != before


def test_after_five_failures_the_address_has_to_wait_even_with_the_right_password(app: Flask) -> None:
    guesser = Browser(app)
    for _ in range(5):
        assert guesser.sign_in("wrong wrong").status_code == 401

    answer = guesser.sign_in(PASSWORD)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert f"Please wait {answer.headers['Retry-After']} seconds" in answer.text


def test_another_address_is_not_held_up_by_five_failures(app: Flask) -> None:
    guesser = Browser(app)
    for _ in range(5):
        guesser.sign_in("wrong wrong")

    assert Browser(app, "192.0.2.77").sign_in().status_code == 303


def test_many_addresses_together_are_slowed_down_too(house: House, app: Flask) -> None:
    for number in range(26):
        house.store.accounts.record_failure(f"198.51.100.{number}", datetime.now(UTC))

    assert Browser(app, "192.0.2.77").sign_in().status_code == 429


def test_a_good_sign_in_forgets_the_failures_of_that_address(house: House, stranger: Browser) -> None:
    for _ in range(3):
        stranger.sign_in("wrong wrong")
    stranger.sign_in()

    assert house.store.accounts.failures(datetime.now(UTC) - timedelta(hours=1), "192.0.2.10")[0] == 0


def test_the_old_password_cannot_be_guessed_on_the_page_that_changes_it(browser: Browser) -> None:
    form = {"current": "wrong wrong", "password": "four blue kettles", "again": "four blue kettles"}
    for _ in range(5):
        assert browser.post("/password", form).status_code == 422

    assert browser.post("/password", {**form, "current": PASSWORD}).status_code == 429


def test_changing_the_password_ends_every_other_session_and_keeps_this_one(app: Flask, browser: Browser) -> None:
    other = Browser(app)
    other.sign_in()
    assert other.get("/").status_code == 200

    form = {"current": PASSWORD, "password": "four blue kettles", "again": "four blue kettles"}
    assert browser.post("/password", form).status_code == 303

    assert browser.get("/").status_code == 200
    assert other.get("/").status_code == 303
    assert "The password was changed" in other.text("/sign-in")
    assert other.sign_in(PASSWORD).status_code == 401
    assert other.sign_in("four blue kettles").status_code == 303


def test_signing_out_ends_the_session(browser: Browser) -> None:
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"

    assert browser.get("/").status_code == 303


def test_a_forged_session_is_no_session(stranger: Browser) -> None:
    stranger.client.set_cookie("quietline", "eyJ2ZXJzaW9uIjoxfQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")

    assert stranger.get("/").status_code == 303


def failed(count: int, seconds_ago: float) -> Failures:
    return Failures(count, NOW - timedelta(seconds=seconds_ago) if count else None)


@pytest.mark.parametrize(
    ("mine", "everybody", "wait"),
    [
        (failed(0, 0), failed(0, 0), 0),
        (failed(4, 0), failed(4, 0), 0),
        (failed(5, 0), failed(5, 0), 10),
        (failed(5, 4), failed(5, 4), 6),
        (failed(5, 11), failed(5, 11), 0),
        (failed(6, 0), failed(6, 0), 20),
        (failed(8, 0), failed(8, 0), 80),
        (failed(500, 0), failed(19, 0), LONGEST_WAIT_S),
        (failed(0, 0), failed(19, 0), 0),
        (failed(0, 0), failed(22, 0), 4),
        (failed(0, 0), failed(9000, 0), LONGEST_WAIT_OVERALL_S),
        (failed(5, -3600), failed(5, -3600), 10),  # the clock was set back an hour: no longer wait than usual
    ],
)
def test_the_wait_doubles_and_has_an_end(mine: Failures, everybody: Failures, wait: float) -> None:
    assert seconds_to_wait(mine, everybody, NOW) == wait
