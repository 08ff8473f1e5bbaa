"""What is said when something goes wrong: one page for each kind of failure, in plain words, saying what to do.

These pages need neither the store nor a session, so they work when those do not.
"""

import logging
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from appliance.errors import InvalidValue, NotFound, StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """One page: a title, what happened, what to do."""

    title: str
    text: str
    todo: str = ""


FAILURES = {
    400: Failure(
        "That did not work", "The browser sent something this page does not understand.", "Go back and try again."
    ),
    401: Failure(
        "Please sign in first", "Nothing was changed, because you are not signed in.", "Sign in, then do it again."
    ),
    403: Failure("Not allowed", "You may not do that here."),
    404: Failure(
        "There is no such page", "The page or the entry does not exist, or no longer.", "Start again from the calls."
    ),
    405: Failure("That did not work", "This address cannot be used that way. Nothing was changed."),
    413: Failure("Too much at once", "What was sent is larger than this page takes. Nothing was changed."),
    500: Failure(
        "Something went wrong here",
        "That is our mistake, not yours. The telephone is not affected by it.",
        "Try again. If it stays so, the log says more: journalctl -u quietline-web.",
    ),
    503: Failure("Not just now", "Too many pages are watching at once.", "Try again in a minute."),
}
HOST = Failure(
    "This address is not known here",
    "Quietline answers only to the names it was given, so that no other site can speak in its name.",
    "Open http://quietline.local or the address in numbers, or add the name to web.hosts in quietline.toml.",
)
STALE = Failure(
    "This page was too old",
    "Nothing was changed: the page had been open since before you signed in.",
    "Go back, reload the page and try again.",
)
STORE = "The calls and lists cannot be read just now"


def explain(app: Flask) -> None:
    """Register a page for every failure."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(InvalidValue, _invalid)
    app.register_error_handler(Exception, _own_fault)


def page(failure: Failure, status: int) -> Response:
    """The page for a failure."""
    return make_response(
        render_template("error.html", title=failure.title, text=failure.text, todo=failure.todo), status
    )


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if error.response is not None and 300 <= error.response.status_code < 400:
        return make_response(error.response)
    if code == 400 and error.description == "host":
        return page(HOST, 400)
    answer = page(FAILURES.get(code) or FAILURES[400 if code < 500 else 500], code)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _stale(error: CSRFError) -> Response:
    log.info("refused=token path=%s reason=%r", request.path, error.description)
    return page(STALE, 400)


def _store(error: StoreError) -> Response:
    log.error("store=unusable path=%s reason=%r", request.path, str(error))
    answer = page(Failure(STORE, str(error), "The telephone keeps ringing as always. Try again in a minute."), 503)
    answer.headers["Retry-After"] = "30"
    return answer


def _not_found(error: NotFound) -> Response:
    return page(Failure(FAILURES[404].title, str(error), FAILURES[404].todo), 404)


def _invalid(error: InvalidValue) -> Response:
    return page(Failure("That cannot be used", str(error), "Go back and try again. Nothing was changed."), 400)


def _own_fault(error: Exception) -> Response:
    log.error("page failed path=%s", request.path, exc_info=error)
    return page(FAILURES[500], 500)
