"""The household's password: first run, signing in and out, changing it."""

import logging
import threading

from flask import Blueprint, Response, make_response, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance import passwords
from web import security
from web.context import BY, local_path, now, say, seeother, store
from web.throttle import REMEMBERED, Failures, seconds_to_wait

log = logging.getLogger(__name__)

pages = Blueprint("account", __name__)

# Asking how long to wait, checking, and noting a failure are one step: guesses sent at once still come one by one.
_attempt = threading.Lock()


@pages.route("/first-run", methods=["GET", "POST"])
def first_run() -> AnyResponse | str:
    """Set the first password. Gone as soon as there is one."""
    accounts = store().accounts
    if accounts.password_hash() is not None:
        return seeother(url_for("calls.log"))
    if request.method == "GET":
        return render_template("first_run.html")
    password = request.form.get("password", "")
    wrong = passwords.refusal(password, request.form.get("again", ""))
    if wrong:
        return make_response(render_template("first_run.html", wrong=wrong), 422)
    if not accounts.set_first_password_hash(passwords.hashed(password), by=BY, now=now()):
        return seeother(url_for("account.sign_in"))  # somebody else was quicker
    security.sign_in(accounts.session_version())
    say("The password is set. From now on only who knows it sees this page.")
    return seeother(url_for("calls.log"))


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse | str:
    """Ask for the password, ever more slowly after failures."""
    if security.signed_in():
        return seeother(local_path(request.values.get("next")))
    if request.method == "GET":
        return _sign_in_page(
            told="The password was changed, so please sign in again." if session.get("version") else ""
        )
    with _attempt:
        wait = _seconds_to_wait()
        if wait:
            answer = _sign_in_page(f"Too many wrong passwords. Please wait {_in_words(wait)}, then try again.", 429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        good = _good_password(request.form.get("password", ""))
    if not good:
        return _sign_in_page("That is not the password. Please try again.", 401)
    security.sign_in(store().accounts.session_version())
    return seeother(local_path(request.form.get("next")))


@pages.post("/sign-out")
def sign_out() -> AnyResponse:
    """End this browser's session."""
    security.sign_out()
    return seeother(url_for("account.sign_in"))


@pages.route("/password", methods=["GET", "POST"])
def password() -> AnyResponse | str:
    """Change the password; every other browser is signed out."""
    if request.method == "GET":
        return render_template("password.html")
    new = request.form.get("password", "")
    with _attempt:  # a borrowed telephone must not guess the password here instead
        wait = _seconds_to_wait()
        known = not wait and _good_password(request.form.get("current", ""))
    if wait:
        wrong: str | None = f"Too many wrong passwords. Please wait {_in_words(wait)}, then try again."
    elif not known:
        wrong = "The password until now is not right."
    else:
        wrong = passwords.refusal(new, request.form.get("again", ""))
    if wrong:
        return make_response(render_template("password.html", wrong=wrong), 429 if wait else 422)
    security.sign_in(store().accounts.set_password_hash(passwords.hashed(new), by=BY, now=now()))
    say("The password is changed. Everybody else has to sign in again.")
    return seeother(url_for("calls.log"))


def _sign_in_page(wrong: str = "", status: int = 200, told: str = "") -> Response:
    next_page = local_path(request.values.get("next"))
    return make_response(render_template("sign_in.html", wrong=wrong, told=told, next=next_page), status)


def _address() -> str:
    return request.remote_addr or "unknown"


def _seconds_to_wait() -> int:
    since = now() - REMEMBERED
    accounts = store().accounts
    return seconds_to_wait(Failures(*accounts.failures(since, _address())), Failures(*accounts.failures(since)), now())


def _good_password(given: str) -> bool:
    accounts = store().accounts
    if passwords.matches(accounts.password_hash(), given):
        accounts.clear_failures(_address())
        return True
    accounts.record_failure(_address(), now())
    log.warning("sign_in=refused from=%s", _address())
    return False


def _in_words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds != 1 else "1 second"
