"""What the household switches: the mode, where it lives, its number and its clock. Who gets through has own pages."""

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import display, known_countries
from web import changing, countries, when, words
from web.context import all_settings, go_back, place, say, seeother, wall

pages = Blueprint("settings", __name__, url_prefix="/settings")

NAMES = ("mode", "country", "area_code", "home_number", "time_zone")

LONGEST = 200


@pages.get("")
def form() -> str:
    """The settings as they are."""
    return _page(_effective())


@pages.post("")
def save() -> AnyResponse:
    """Change what is different; all of it or, when something does not fit, nothing."""
    before = _effective()
    wanted = {name: request.form.get(name, before[name]).strip()[:LONGEST] for name in NAMES}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    for name in changed:
        # One after the other, so that the sentence stands at the field it is about.
        wrong = changing.misfit({other: changed[other] for other in {"country", "area_code", name} & {*changed}})
        if wrong:
            return make_response(_page(wanted, name, wrong), 422)
    changing.change(changed, "Saved.")
    return seeother(url_for("settings.form"))


@pages.post("/undo/<word>")
def undo(word: str) -> AnyResponse:
    """Take back a change of settings, from whichever page it was made."""
    if changing.take_back(word):
        say("Undone: everything is as it was before.")
    else:
        say("This has been changed again since, so nothing was undone.", "care")
    return go_back()


def _effective() -> dict[str, str]:
    """The settings in force: the installer's file stands in where the household chose nothing."""
    config = place().config
    found = all_settings()
    country = found["country"] or config.country
    numbers = ", ".join(display(number, country) for number in found["home_number"].split(",") if number)
    return found | {
        "country": country,
        "area_code": found["area_code"] or config.area_code,
        "home_number": numbers,
    }


def _page(values: Mapping[str, str], wrong_name: str = "", wrong: str = "") -> str:
    return render_template(
        "settings.html",
        values=values,
        wrong_name=wrong_name,
        wrong=wrong,
        modes=words.MODES.items(),
        countries=countries.choices(list(known_countries()), values["country"]),
        clock=when.clock(wall(), wall(), values["country"]),
    )
