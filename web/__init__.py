"""What people see: pages over the store, in a process of their own. No modem, pin, SQL or phone line may enter.

`create_app` puts the pieces together; the pages are in views/, one blueprint each.
"""

import logging
import secrets
from datetime import timedelta

from flask import Flask

from appliance.config import Config
from appliance.errors import StoreError
from appliance.store import Store
from web import context, failures, frame, security
from web.live import Live
from web.views import account, calls, check, lists, policy, ranges, review, rules, schedule, settings, status
from web.views import demo as demo_box
from web.views import live as live_page  # not as `live`: that is a module of this package

log = logging.getLogger(__name__)

# Forms are small; the largest is a note of 500 characters. An import has a limit of its own.
LARGEST_FORM_BYTES = 64 * 1024

# A telephone on the kitchen table should not ask for the password each week.
SIGNED_IN_FOR = timedelta(days=90)


def create_app(config: Config, *, demo: bool = False) -> Flask:
    """The WSGI application for the store in `config.data`. With `demo`, callers can be simulated from the page."""
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        SECRET_KEY=_secret_key(config),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=30),  # the address of each file carries the version
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="quietline",
        SESSION_COOKIE_SAMESITE="Strict",
        # Each cookie holds all of the session: a late answer that changed nothing must not put an older one back.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session: a page may stay open for days
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    context.attach(app, config, Live(config.data), demo=demo)
    frame.hang(app)
    security.protect(app)
    failures.explain(app)
    for blueprint in (
        account.pages,
        calls.pages,
        lists.pages,
        policy.pages,
        schedule.pages,
        rules.pages,
        ranges.pages,
        review.pages,
        check.pages,
        status.pages,
        settings.pages,
        live_page.pages,
    ):
        app.register_blueprint(blueprint)
    if demo:
        app.register_blueprint(demo_box.pages)
    return app


def _secret_key(config: Config) -> bytes:
    try:
        with Store.open(config.data) as store:
            return store.accounts.secret_key()
    except StoreError as error:
        # Every page will say so until the store is usable again; sessions begun until the next start end with it.
        log.error("store=unusable reason=%r", str(error))
        return secrets.token_bytes(32)
