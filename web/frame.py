"""What the frame around every page shows: language, version, navigation, banners. Asked for by the templates."""

from datetime import datetime

from flask import Flask

from appliance.core.profiles import known_profiles, profiles_of
from appliance.core.schedule_text import schedule_of
from appliance.version import version
from web import banners, context, when, words_policy
from web.language import ENGLISH

NAVIGATION: tuple[tuple[str, dict[str, str], str], ...] = (
    ("calls.log", {}, "Calls"),
    ("lists.show", {"name": "contact"}, "Contacts"),
    ("lists.show", {"name": "permit"}, "Permit list"),
    ("lists.show", {"name": "block"}, "Block list"),
    ("policy.show", {}, "Who gets through"),
    ("check.ask", {}, "What if …?"),
    ("status.show", {}, "Status"),
    ("settings.form", {}, "Settings"),
)

# The pages of "Who gets through", in the order in which a household comes to need them.
RULES_NAVIGATION = (
    ("policy.show", "What happens"),
    ("schedule.show", "When"),
    ("rules.show", "Rules"),
    ("ranges.show", "Number ranges"),
    ("review.show", "Likely mistakes"),
)


def hang(app: Flask) -> None:
    """Give the templates what the frame needs. What asks the store is a function: error pages do not call it."""
    app.jinja_env.globals.update(
        banners=_banners,
        here=context.here,
        language=ENGLISH,
        messages=context.messages,
        navigation=NAVIGATION,
        rules_navigation=RULES_NAVIGATION,
        version=version(),
    )


def _banners() -> list[banners.Banner]:
    now, values = context.wall(), context.all_settings()
    schedule = schedule_of("", "", values["profile_until"], known_profiles(profiles_of(values["profiles"])))
    by_hand = ""
    if schedule.override and schedule.override[1] > now:
        profile, until = schedule.override
        by_hand = f"“{words_policy.profile(profile)}” is in force until {_until(until)}"
    passing = banners.Passing(_ends(values["permit_next_until"]), _ends(values["expecting_until"]), by_hand)
    return banners.banners(context.store().status.all(), values["mode"], now, passing)


def _ends(value: str) -> str:
    """Until when, in words; "" when it is over or was never set."""
    until = datetime.fromisoformat(value) if value else None
    return _until(until) if until is not None and until > context.now() else ""


def _until(until: datetime) -> str:
    now, country = context.wall(), context.country()
    if until.astimezone(now.tzinfo).date() == now.date():
        return when.clock(until, now, country)
    return when.within_sentence(until, now, country)
