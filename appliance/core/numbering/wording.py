"""What telephone companies write where a caller's name stands: warnings, marks of trust, places. Data from the files
beside this one; a caller can send any name, so all of it is bounded, and nothing in the data is an expression.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from appliance.core.numbering.reading import BadData, Table, read_table
from appliance.core.wildcard import ascii_digit, plain_name

WORDING_LIMIT = 64  # characters of a name that are looked at; the longest on any wire has 50

_LABEL_KEYS = {"checked", "whole", "begins", "anywhere", "shapes", "verified"}
_PLACE_KEYS = {"checked", "countries", "states", "towns", "fillers"}
_AFTER_A_WARNING = frozenset(":?!*")


@dataclass(frozen=True, slots=True)
class Labels:
    """Warnings and marks, in the form of `plain_name`; the longest first.

    A "#" at the end of a shape stands for a digit, and more digits may follow.
    """

    whole: frozenset[str]
    begins: tuple[str, ...]
    anywhere: tuple[str, ...]
    shapes: frozenset[str]
    marks: tuple[str, ...]
    hint: re.Pattern[str]  # found in every name that holds a label, and in few others

    def warning(self, name: str) -> str | None:
        """The label in a name, None without one. Labels are words, never parts of one."""
        plain = plain_name(self.without_mark(name[:WORDING_LIMIT]))
        if self.hint.search(plain) is None:
            return None  # nearly every name: a ringing call waits, so they are asked for all labels at once
        if plain in self.whole or any(_has_shape(plain, shape) for shape in self.shapes):
            return plain
        for label in self.anywhere:
            at = plain.find(label)
            if at >= 0 and _is_border(plain, at - 1) and _is_border(plain, at + len(label)):
                return label
        for label in self.begins:
            if plain.startswith(label) and _is_border(plain, len(label)):
                return label
        for at, character in enumerate(plain):
            if character in _AFTER_A_WARNING and plain[:at] in self.whole:
                return plain[:at]
        return None

    def verified(self, name: str) -> bool:
        """Whether the name opens with a mark of trust."""
        return self.without_mark(name) != name

    def without_mark(self, name: str) -> str:
        """The name behind its mark of trust, or the name as it is."""
        plain = name[:WORDING_LIMIT].upper()
        if not plain.startswith(self.marks):
            return name
        for mark in self.marks:
            if plain.startswith(mark) and (not mark[-1].isalnum() or plain[len(mark) : len(mark) + 1].isspace()):
                return name[len(mark) :].lstrip()
        return name


@dataclass(frozen=True, slots=True)
class Places:
    """How a town and state are written in place of a name; `countries` are those where this is done."""

    countries: frozenset[str]
    states: frozenset[str]
    towns: Mapping[str, frozenset[str]]
    fillers: tuple[str, ...]

    def is_place(self, name: str) -> bool:
        """Whether the name is "TOWN ST". A state that people and firms bear too (MD, CO) needs more to be believed."""
        shown = name[:WORDING_LIMIT].replace(",", " ")
        *town, state = plain_name(shown).split() or [""]
        if not town or state not in self.states or not all(_is_word(word) for word in town):
            return False
        called = " ".join(town)
        if called.startswith(self.fillers):
            return False
        padded = shown.rstrip()[: -len(state)].endswith("  ")  # the state stands in its own columns
        return state not in self.towns or padded or called in self.towns[state]


@lru_cache(maxsize=1)
def labels() -> Labels:
    """The warnings and marks."""
    table = read_table(_text("labels.toml"), "labels.toml", _LABEL_KEYS)
    table.day("checked")
    whole, begins, anywhere, shapes, marks = (
        tuple(sorted(_plain(table, key), key=len, reverse=True))
        for key in ("whole", "begins", "anywhere", "shapes", "verified")
    )
    heads = (*whole, *begins, *(shape.rstrip("#") for shape in shapes))
    hint = re.compile(f"\\A(?:{_any_of(heads)})|{_any_of(anywhere)}")
    return Labels(frozenset(whole), begins, anywhere, frozenset(shapes), marks, hint)


@lru_cache(maxsize=1)
def places() -> Places:
    """The towns and states."""
    table = read_table(_text("places.toml"), "places.toml", _PLACE_KEYS)
    table.day("checked")
    towns = Table(table.get("towns", dict), "places.toml, towns", set(_plain(table, "states")))
    doubtful = table.get("towns", dict)
    return Places(
        countries=frozenset(table.texts("countries")),
        states=frozenset(_plain(table, "states")),
        towns={state: frozenset(towns.texts(state)) for state in doubtful},
        fillers=tuple(_plain(table, "fillers")),
    )


def _plain(table: Table, key: str) -> tuple[str, ...]:
    texts = table.texts(key)
    if any(plain_name(text) != text for text in texts):
        raise BadData(f"{table.place}: {key} must be in upper case, with single blanks.")
    return texts


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, texts))


def _has_shape(name: str, shape: str) -> bool:
    head = shape.rstrip("#")
    if len(name) < len(shape) or not name.startswith(head):
        return False
    return all(ascii_digit(c).isdigit() for c in name[len(head) :])


def _is_border(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or not text[at].isalnum()


def _is_word(word: str) -> bool:
    return all(c.isalpha() or c in ".'-" for c in word)
