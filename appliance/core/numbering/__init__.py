"""Facts about numbers, read from the data files beside this one when they are first asked for. Nothing is decided here.

How to correct a fact: docs/numbering.md. A file is read once; a change takes effect when Quietline starts again.
"""

from functools import lru_cache
from importlib import resources

from appliance.core.numbering.facts import ALWAYS_THROUGH, SHORT, Action, Facts, Groups, Meaning, Range
from appliance.core.numbering.reading import BadData, read_facts, read_groups
from appliance.core.numbering.wording import labels, places

__all__ = [
    "ALWAYS_THROUGH",
    "SHORT",
    "Action",
    "BadData",
    "Facts",
    "Groups",
    "Meaning",
    "Range",
    "countries_with_facts",
    "facts_of",
    "groups",
    "labels",
    "load_facts",
    "places",
    "text_of",
]


@lru_cache(maxsize=300)  # there are 245 countries to ask about, and 30 files of a few kilobytes
def facts_of(country: str) -> Facts:
    """What is known of a country's plan (ISO 3166 alpha-2); nothing but common sense for one without a file.

    A file that cannot be read is as none, and `damage` says why: it may be a foreign caller's, in the midst of a call.
    """
    sharing = groups().shares.get(country, country)
    if len(sharing) != 2 or not sharing.isascii() or not sharing.isalpha():
        return Facts(country)
    name = f"{sharing.lower()}.toml"
    if not resources.files(__name__).joinpath(name).is_file():
        return Facts(country)
    try:
        return read_facts(text_of(name), sharing.upper(), name, text_of)
    except (BadData, OSError, UnicodeDecodeError) as error:
        return Facts(country, damage=str(error))


def load_facts(country: str) -> None:
    """Read all that the first call at home in a country would ask for. Raises BadData for a file that is not of one."""
    facts_of(country)
    labels()
    places()


@lru_cache(maxsize=1)
def groups() -> Groups:
    """Which countries belong together. Raises BadData."""
    return read_groups(text_of("groups.toml"), "groups.toml")


def countries_with_facts() -> list[str]:
    """ISO 3166 alpha-2 codes of the countries that have a file of their own, sorted."""
    names = (file.name for file in resources.files(__name__).iterdir())
    return sorted(name[:2].upper() for name in names if len(name) == len("xx.toml") and name.endswith(".toml"))


def text_of(name: str) -> str:
    """The text of one data file."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
