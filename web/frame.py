"""What the frame around every page shows: language, version, navigation, banners. Asked for by the templates."""

from datetime import datetime

from flask import Flask

from appliance.version import version
from web import banners, context, when
from web.language import ENGLISH

NAVIGATION: tuple[tuple[str, dict[str, str], str], ...] = (
    ("calls.log", {}, "Calls"),
    ("lists.show", {"name": "permit"}, "Permit list"),
    ("lists.show", {"name": "block"}, "Block list"),
    ("check.ask", {}, "What if …?"),
    ("status.show", {}, "Status"),
    ("settings.form", {}, "Settings"),
)


def hang(app: Flask) -> None:
    """Give the templates what the frame needs. What asks the store is a function: error pages do not call it."""
    app.jinja_env.globals.update(
        banners=_banners, here=context.here, language=ENGLISH, navigation=NAVIGATION, version=version()
    )


def _banners() -> list[banners.Banner]:
    store, now = context.store(), context.now()
    until = store.settings.get("permit_next_until")
    ends = datetime.fromisoformat(until) if until else None
    expecting = when.clock(ends, context.country()) if ends is not None and ends > now else ""
    return banners.banners(store.status.all(), store.settings.get("mode"), now, expecting)
