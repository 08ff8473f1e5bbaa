"""`quietline block ...`, `quietline permit ...` and `quietline contact ...`: the same commands over each list."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.commands.base import BY, Place, PlacedCommand, PlacedGroup, pass_place, plain
from appliance.commands.imports import home, import_command
from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound

if TYPE_CHECKING:
    from appliance.store import Store

KINDS = [kind.value for kind in EntryKind]
PAGE = 500  # entries read at a time, so that a list of a million never fills the memory
WHO = {
    ListName.BLOCK: "Callers that are always turned away: the block list.",
    ListName.PERMIT: "Callers that are always let through: the permit list.",
    ListName.CONTACT: "People you know, who are always let through: the contact list.",
}
DONE = {ListName.BLOCK: "Blocked", ListName.PERMIT: "Permitted", ListName.CONTACT: "Added to your contacts:"}
STRONGER = {  # what wins over the block list
    ListName.PERMIT: "It is also on the permit list, which wins: these calls are still let through.",
    ListName.CONTACT: "It is also on the contact list, which wins: these calls are still let through.",
}

kind_option = click.option(
    "--kind", type=click.Choice(KINDS), help="What TEXT is; otherwise guessed: with * or ? a pattern, else one number."
)


def guess_kind(text: str) -> EntryKind:
    """With a wildcard it is a pattern, over the name when it holds letters and no digit, else over the number."""
    if not any(c in "*?" for c in text):
        return EntryKind.EXACT
    return EntryKind.NAME if any(map(str.isalpha, text)) and not any(map(str.isdigit, text)) else EntryKind.PATTERN


def normal_form(text: str, kind: EntryKind, country: str, area_code: str) -> str:
    """The value to store. Raises InvalidValue."""
    from appliance.core.entry_keys import entry_key

    try:
        return entry_key(kind, text, country, area_code)
    except ValueError as error:
        raise InvalidValue(str(error)) from error


def list_group(name: ListName) -> click.Group:
    """The group of commands for one list."""
    group = PlacedGroup(name.value, help=WHO[name])
    for command in (_add(name), _remove(name), _list(name), import_command("import", name), _export(name)):
        group.add_command(command)
    return group


def _add(name: ListName) -> click.Command:
    @click.command("add", cls=PlacedCommand, help=f"Put TEXT on the {name.value} list.")
    @click.argument("text")
    @kind_option
    @click.option("--label", default="", help="Who it is.")
    @click.option("--note", default="", help="Anything to remember about it.")
    @click.option("--expires", default="", metavar="WHEN", help="Until when: 2026-12-31, or 30d, 2w, 12h from now.")
    @click.option("--hours", default="", metavar="HOURS", help='When it counts: "mon-fri 8-17"; otherwise always.')
    @pass_place
    def add(
        place: Place, text: str, kind: str | None, label: str, note: str, expires: str, hours: str, vip: bool = False
    ) -> None:
        from appliance.commands import show, when

        now = datetime.now(UTC)
        ends = when.expiry(expires, now) if expires else None
        chosen = EntryKind(kind) if kind else guess_kind(text)
        with place.store() as store:
            country, area_code = home(place, store)
            value = normal_form(text, chosen, country, area_code)
            change = store.lists.add(
                name, chosen, value, label=label, note=note, source=BY, expires_at=ends, hours=hours, vip=vip, now=now
            )
            stronger = _stronger(store, name, chosen, value, now)
        place.ring()
        assert change.entry is not None  # only a removal may come without
        click.echo(_said(name, change.what, show.described(change.entry, country)))
        for sentence in stronger:
            click.echo(sentence)

    if name is not ListName.BLOCK:
        add = click.option("--vip", is_flag=True, help="Rings at any time, also at night and while you are away.")(add)
    return add


def _said(name: ListName, what: str, entry: str) -> str:
    if what == "unchanged":
        return f"The {name.value} list already holds {entry}."
    if what == "updated":
        return f"Changed on the {name.value} list: {entry}."
    return f"{DONE[name]} {entry}."


def _stronger(store: "Store", name: ListName, kind: EntryKind, value: str, now: datetime) -> list[str]:
    """What to tell somebody whose block is overruled."""
    if name is not ListName.BLOCK:
        return []
    found = {other: store.lists.find(other, kind, value) for other in STRONGER}
    return [STRONGER[other] for other, entry in found.items() if entry is not None and entry.live(now)]


def _remove(name: ListName) -> click.Command:
    @click.command("remove", cls=PlacedCommand, help=f"Take TEXT off the {name.value} list.")
    @click.argument("text")
    @kind_option
    @pass_place
    def remove(place: Place, text: str, kind: str | None) -> None:
        from appliance.commands import show

        kinds = [EntryKind(kind)] if kind else [guess_kind(text), *EntryKind]
        with place.store() as store:
            country, area_code = home(place, store)
            entry = _find(store, name, kinds, text, (country, area_code))
            store.lists.remove(entry.id, datetime.now(UTC), BY)
        place.ring()
        click.echo(f"Took off the {name.value} list: {show.described(entry, country)}.")

    return remove


def _find(store: "Store", name: ListName, kinds: list[EntryKind], text: str, home: tuple[str, str]) -> Entry:
    for kind in kinds:
        try:
            entry = store.lists.find(name, kind, normal_form(text, kind, *home))
        except InvalidValue:
            if len(kinds) == 1:
                raise
            continue  # the text makes no sense as this kind, so it is none of this kind
        if entry is not None:
            return entry
    raise NotFound(f"{plain(text)} is not on the {name.value} list.")


def _list(name: ListName) -> click.Command:
    @click.command("list", cls=PlacedCommand, help=f"Show the {name.value} list, newest first.")
    @click.option("--search", default="", metavar="TEXT", help="Only entries that hold TEXT in value, label or note.")
    @click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the newest N.")
    @click.option("--json", "as_json", is_flag=True, help="As a JSON array, one entry a line.")
    @pass_place
    def show_list(place: Place, search: str, limit: int | None, as_json: bool) -> None:
        from appliance.commands import show

        with place.store() as store:
            country, _area_code = home(place, store)
            entries = _entries(store, name, search, limit)
            if as_json:
                for line in show.json_array(map(show.entry_fields, entries)):
                    click.echo(line)
                return
            empty = True
            for entry in entries:
                click.echo(show.entry_line(entry, country))
                empty = False
        if empty:
            click.echo(f"Nothing found on the {name.value} list." if search else f"The {name.value} list is empty.")

    return show_list


def _entries(store: "Store", name: ListName, search: str, limit: int | None) -> Iterator[Entry]:
    left = limit
    page = store.lists.page(name, search=search, limit=PAGE)
    while True:
        yield from page.rows if left is None else page.rows[:left]
        left = None if left is None else left - len(page.rows)
        if page.next_cursor is None or (left is not None and left <= 0):
            return
        page = store.lists.page(name, search=search, before=page.next_cursor, limit=PAGE)


def _export(name: ListName) -> click.Command:
    @click.command("export", cls=PlacedCommand, help=f"Write the {name.value} list to a CSV file that import reads.")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    @pass_place
    def export_file(place: Place, file: Path) -> None:
        with place.store() as store:
            amount = store.lists.export_csv(name, file)
        click.echo(f"Wrote {amount:,} entries of the {name.value} list to {file}.")

    return export_file


COMMANDS = tuple(map(list_group, (ListName.BLOCK, ListName.PERMIT, ListName.CONTACT)))
