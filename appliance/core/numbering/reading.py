"""From the text of a data file to facts; strict, so that a slip of the pen is a sentence and not a wrong decision.

One file describes one country, or, as `shared_*.toml`, ranges that several countries have in common.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from appliance.core.numbering.facts import SHORT, WILD, Action, Facts, Groups, Meaning, Range

LONGEST = 15  # digits; E.164 ends there

_COUNTRY_KEYS = {
    "country", "code", "trunk", "abroad", "neighbour_digits", "direct_dial_digits", "checked", "include", "source",
    "url", "range",
}  # fmt: skip
_SHARED_KEYS = {"checked", "source", "url", "range"}
_RANGE_KEYS = {
    "prefixes", "digits", "meaning", "action", "note", "called", "trunk", "source", "url", "since", "checked",
}  # fmt: skip
_GROUP_KEYS = {"shares", "domestic", "parts", "lures", "neighbours"}

Kind = TypeVar("Kind")
Choice = TypeVar("Choice", Meaning, Action)


class BadData(ValueError):
    """A data file holds something that it must not; the sentence says where and what."""


class Table:
    """One table of a file; every reading names the place where it stands. Wrong or unknown keys raise BadData."""

    def __init__(self, values: Mapping[str, object], place: str, known: set[str]) -> None:
        self._values = values
        self.place = place
        unknown = sorted(set(values) - known)
        if unknown:
            raise self.bad(f"unknown {unknown}; it may hold {sorted(known)}")

    def get(self, key: str, kind: type[Kind], default: Kind | None = None) -> Kind:
        """The value of a key; without a default it must be there."""
        value = self._values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.bad(f"{key} must be of type {kind.__name__}, not {value!r}")
        return value

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        values = self.get(key, list, None if needed else [])
        if not all(isinstance(value, str) and value for value in values) or (needed and not values):
            raise self.bad(f"{key} must be a list of texts, not {values!r}")
        return tuple(values)

    def tables(self, key: str) -> list[dict[str, object]]:
        """The repeated tables of a name."""
        values = self.get(key, list, [])
        if not all(isinstance(value, dict) for value in values):
            raise self.bad(f"{key} must be repeated tables")
        return values

    def day(self, key: str, default: date | None = None) -> date:
        """A date."""
        return self.get(key, date, default)

    def day_if_any(self, key: str) -> date | None:
        """A date, or None when the key is not there."""
        return self.day(key) if key in self._values else None

    def bad(self, what: str) -> BadData:
        """The error to raise."""
        return BadData(f"{self.place}: {what}.")


def read_table(text: str, place: str, known: set[str]) -> Table:
    """The table of a whole file. Raises BadData."""
    return Table(_toml(text, place), place, known)


def read_facts(text: str, country: str, place: str, shared: Callable[[str], str]) -> Facts:
    """The facts of one country. `shared` gives the text of a file that it includes. Raises BadData."""
    table = read_table(text, place, _COUNTRY_KEYS)
    trunk = table.get("trunk", str, "")
    ranges = _ranges(table, trunk)
    for name in table.texts("include", needed=False):
        file = f"shared_{name}.toml"
        ranges += _ranges(read_table(shared(file), file, _SHARED_KEYS), trunk)
    _no_doubles(ranges, table)
    code = table.get("code", int)
    return Facts(
        country=country,
        name=table.get("country", str),
        code=str(code),
        trunk=trunk,
        abroad=table.get("abroad", str),
        neighbour_digits=table.get("neighbour_digits", int),
        direct_dial_digits=table.get("direct_dial_digits", int),
        ranges=tuple(ranges),
    )


def _ranges(table: Table, trunk: str) -> list[Range]:
    ranges: list[Range] = []
    for number, values in enumerate(table.tables("range"), 1):
        place = f"{table.place}, range {number}"
        ranges += _range(Table(values, place, _RANGE_KEYS), table, trunk)
    return ranges


def _range(table: Table, file: Table, trunk: str) -> list[Range]:
    lengths = _lengths(table)
    own_trunk = trunk if table.get("trunk", bool, True) else ""
    note, source = table.get("note", str), table.get("source", str, file.get("source", str, ""))
    url = table.get("url", str, file.get("url", str, ""))
    if not note or note.endswith("."):
        raise table.bad("note must be the rest of a sentence, without its full stop")
    if not source:
        raise table.bad("it needs a source, of its own or of the file")
    if url and not url.startswith("https://"):
        raise table.bad(f"url must begin with https://, not {url!r}")
    ranges = []
    for prefix in table.texts("prefixes"):
        digits = prefix.lstrip(WILD)
        if (digits and not (digits.isascii() and digits.isdecimal())) or len(prefix) > min(lengths, default=LONGEST):
            raise table.bad(f"{prefix!r} is no beginning of a number with {lengths} digits")
        ranges.append(
            Range(
                prefix=prefix,
                lengths=lengths,
                meaning=_one_of(Meaning, table, "meaning"),
                action=_one_of(Action, table, "action"),
                called=table.get("called", str, "") or _called(prefix, lengths, own_trunk, table),
                note=note,
                source=source,
                url=url,
                since=table.day_if_any("since"),
                checked=table.day("checked", file.day("checked")),
                trunk=own_trunk,
            )
        )
    return ranges


def _lengths(table: Table) -> tuple[int, ...]:
    values = table.get("digits", list, [])
    if not all(isinstance(value, int) and 1 < value <= LONGEST for value in values):
        raise table.bad(f"digits must be a list of lengths from 2 to {LONGEST}, not {values!r}")
    return tuple(values)


def _called(prefix: str, lengths: tuple[int, ...], trunk: str, table: Table) -> str:
    if WILD in prefix:
        raise table.bad(f"{prefix!r} needs a `called`: how people name such numbers")
    if lengths == (len(prefix),):
        return f"The number {prefix if len(prefix) <= SHORT else trunk + prefix}"
    return f"Numbers that begin with {trunk}{prefix}"


def _one_of(kind: type[Choice], table: Table, key: str) -> Choice:
    text = table.get(key, str)
    try:
        return kind(text)
    except ValueError:
        raise table.bad(f"{key} {text!r} is none of {[one.value for one in kind]}") from None


def _no_doubles(ranges: list[Range], table: Table) -> None:
    seen: set[tuple[str, int]] = set()
    for one in ranges:
        for length in one.lengths or (0,):
            if (one.prefix, length) in seen:
                raise table.bad(f"two facts about {one.prefix!r}")
            seen.add((one.prefix, length))


def read_groups(text: str, place: str) -> Groups:
    """Which countries belong together. Raises BadData."""
    table = read_table(text, place, _GROUP_KEYS)
    near: dict[str, set[str]] = {}
    for part in _sets(table, "parts").values():
        for country in part:
            near.setdefault(country, set()).update(part)
    shares = table.get("shares", dict)
    if not all(isinstance(value, str) for value in shares.values()):
        raise table.bad("shares must name one country each")
    return Groups(
        shares=shares,
        domestic=_sets(table, "domestic"),
        near={country: frozenset(others - {country}) for country, others in near.items()},
        lures=frozenset(table.texts("lures")),
        neighbours=_sets(table, "neighbours"),
    )


def _sets(table: Table, key: str) -> dict[str, frozenset[str]]:
    values = table.get(key, dict)
    inner = Table(values, f"{table.place}, {key}", set(values))
    return {name: frozenset(inner.texts(name)) for name in values}


def _toml(text: str, place: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{place}: {error}.") from None
