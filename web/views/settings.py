"""What the household switches: the mode, where it lives, and what happens to callers on neither list."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import known_countries
from appliance.store import SETTINGS
from web import countries, words
from web.context import BY, now, place, say, seeother, store, tell_line

pages = Blueprint("settings", __name__, url_prefix="/settings")

NAMES = ("mode", "country", "area_code", *(f"treatment.{key}" for key, _, _ in words.STRANGERS))


@pages.get("")
def form() -> str:
    """The settings as they are."""
    return _page(_effective())


@pages.post("")
def save() -> AnyResponse:
    """Change what is different; all of it or, when something does not fit, nothing."""
    before = _effective()
    wanted = {name: request.form.get(name, before[name]).strip() for name in NAMES}
    misfit = next((name for name, value in wanted.items() if not _fits(name, value)), None)
    if misfit is not None:
        wrong = f"{words.SETTINGS.get(misfit, misfit)}: {SETTINGS[misfit].sentence}."
        return make_response(_page(wanted, wrong), 422)
    changed = [name for name in NAMES if wanted[name] != before[name]]
    for name in changed:
        store().settings.set(name, wanted[name], by=BY, now=now())
    if changed:
        tell_line()
    say("Saved." if changed else "Nothing was changed.", "good" if changed else "tell")
    return seeother(url_for("settings.form"))


def _fits(name: str, value: str) -> bool:
    if name == "country" and value not in known_countries():
        return False
    return SETTINGS[name].fits(value)


def _effective() -> dict[str, str]:
    """The settings in force: the installer's file stands in where the household chose nothing."""
    config = place().config
    values = store().settings.all()
    return values | {
        "country": values["country"] or config.country,
        "area_code": values["area_code"] or config.area_code,
    }


def _page(values: dict[str, str], wrong: str = "") -> str:
    return render_template(
        "settings.html",
        values=values,
        wrong=wrong,
        modes=words.MODES.items(),
        countries=countries.choices(list(known_countries()), values["country"]),
        strangers=words.STRANGERS,
        treatments=words.TREATMENTS.items(),
    )
