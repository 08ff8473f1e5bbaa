"""Who may see and change what: the gate in front of every view, forgery tokens, and the headers behind every answer.

The gate is closed by default: a view is open without signing in only when it is named in OPEN. No page may enter.
"""

from flask import Flask, Response, abort, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from web import context
from web.hosts import host_allowed

# Reachable without signing in. "first_run" closes itself as soon as there is a password.
OPEN = frozenset({"account.first_run", "account.sign_in"})
FIRST_RUN = "account.first_run"
STATIC = "static"

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    # Everything from ourselves and nothing inline; no frame, no form and no base address elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # browsers that do not know frame-ancestors
}


def protect(app: Flask) -> None:
    """Put gate, tokens and headers around the application. The gate comes first: strangers learn nothing of tokens."""
    app.before_request(_gate)
    CSRFProtect(app)
    app.after_request(_add_headers)


def sign_in(version: int) -> None:
    """From now on this browser is signed in, until the password changes. The old session is gone (no fixation)."""
    session.clear()
    session["version"] = version
    session.permanent = True


def sign_out() -> None:
    """This browser is no longer signed in."""
    session.clear()


def signed_in() -> bool:
    """Whether this browser signed in with the password of today."""
    return session.get("version") == context.store().accounts.session_version()


def _stay_signed_in() -> None:
    """Whoever comes by stays signed in: a fresh cookie on the first page of each day."""
    today = context.now().toordinal()
    if request.method in SAFE and not context.looking_again() and session.get("day") != today:
        session["day"] = today


def _gate() -> AnyResponse | None:
    if not host_allowed(request.environ.get("HTTP_HOST"), context.place().config.web.hosts):
        abort(400, "host")
    if request.endpoint == STATIC:
        return None
    if context.store().accounts.password_hash() is None:
        return None if request.endpoint == FIRST_RUN else redirect(url_for(FIRST_RUN), 303)
    if request.endpoint in OPEN:
        return None
    if signed_in():
        _stay_signed_in()
        return None
    if request.endpoint is None:
        return None  # no such page, or not by this method; the error page shows nothing of the household
    if request.method in SAFE and request.endpoint != "live.stream":
        return redirect(url_for("account.sign_in", next=context.here()), 303)
    return abort(401)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != STATIC:
        response.headers["Cache-Control"] = "no-store"
    return response
