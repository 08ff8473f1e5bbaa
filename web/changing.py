"""How a page changes settings: all of them or none, told once, and taken back with one press. No page may enter."""

from collections.abc import Mapping

from flask import url_for

from appliance.errors import InvalidValue, NotFound
from web.context import BY, all_settings, now, place, say, store, tell_line
from web.words import setting


def misfit(wanted: Mapping[str, str]) -> str:
    """What is wrong with the first value that does not fit, as a sentence; "" when all of them do."""
    config = place().config
    try:
        store().settings.check(wanted, country=config.country, area_code=config.area_code)
    except InvalidValue as error:
        return _named(str(error), wanted)
    return ""


def _named(wrong: str, wanted: Mapping[str, str]) -> str:
    """A sentence about a setting, with the setting called as on the page."""
    for name in wanted:
        if wrong.startswith(f"{name} "):
            return setting(name) + wrong.removeprefix(name)
    return wrong


def change(wanted: Mapping[str, str], told: str, *, nothing: str = "Nothing was changed.") -> None:
    """Set what is different, tell the line, and say `told` with an Undo, or `nothing` when nothing was different.

    Raises InvalidValue before anything is changed.
    """
    config = place().config
    changed = store().settings.change(wanted, by=BY, now=now(), country=config.country, area_code=config.area_code)
    if not changed:
        say(nothing, "tell")
        return
    tell_line()
    say(told, undo=url_for("settings.undo", word=place().undo.keep(changed)))


def take_back(word: str) -> bool:
    """Put back what was before a change; False when one of its settings has been changed again since.

    Raises NotFound when the change is no longer known.
    """
    changed = place().undo.take(word)
    if changed is None:
        raise NotFound("This can no longer be undone with one press; please change it by hand.")
    current = all_settings()
    if any(current.get(name, "") != after for name, (_, after) in changed.items()):
        return False
    store().settings.change({name: before for name, (before, _) in changed.items()}, by=BY, now=now())
    tell_line()
    return True
