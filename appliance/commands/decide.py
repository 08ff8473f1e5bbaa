"""Commands that decide many calls at once: a file of them (`trace`), or those of the last days (`what-if`)."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, pass_place, plain
from appliance.core.household import Entry, Household, ListName
from appliance.errors import InvalidValue, NotFound

if TYPE_CHECKING:
    from appliance.store import Store
    from appliance.tracing import TracedCall
    from appliance.what_if import ChangedCall

DAYS = 30
LONGEST_DAYS = 3_650
STANDARD_INPUT = 0  # its file number; whoever writes there may wait for the answer to one call before the next
SOURCE = "what-if"  # of an entry that is only tried

# No list of choices here: it would read the presets before it is known whether they are needed.
preset_option = click.option("--preset", metavar="NAME", help="Decide as if this preset were chosen.")


@click.command(cls=PlacedCommand)
@click.argument("calls", metavar="CALLS.jsonl", type=click.File("rb"))
@preset_option
@pass_place
def trace(place: Place, calls: IO[bytes], preset: str | None) -> None:
    """Decide the calls of a file in order, each with those before it, and store nothing.

    One JSON object a line, in and out; "-" reads standard input.
    """
    from appliance.commands import homely
    from appliance.tracing import traced

    changed = {} if preset is None else {"preset": _preset(preset)}
    with _store_to_read(place) as store:
        household = homely.household_of(place, store, changed=changed)
        at_once = calls.fileno() == STANDARD_INPUT
        for told in traced(_calls(calls), household):
            sys.stdout.write(json.dumps(told) + "\n")
            if at_once:
                sys.stdout.flush()


def _preset(name: str) -> str:
    """The preset meant, as settings spell it; they also say whether there is one. Raises InvalidValue."""
    if not name.strip():
        raise InvalidValue("There is no preset without a name; quietline preset shows their names.")
    return name.strip().lower()


@contextmanager
def _store_to_read(place: Place) -> "Iterator[Store]":
    """The store; where there is none, an empty one that is gone afterwards, for a trace leaves nothing behind."""
    from appliance.store import Store
    from appliance.store.database import FILE_NAME

    if (place.config().data / FILE_NAME).exists():
        with place.store() as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="quietline-") as folder, Store.open(Path(folder)) as store:
        yield store


def _calls(lines: IO[bytes]) -> "Iterator[TracedCall]":
    from appliance.tracing import LINE_LIMIT, parsed

    number = 0
    while line := lines.readline(LINE_LIMIT + 1):
        number += 1
        if not line.strip():
            continue
        try:
            yield parsed(line)
        except InvalidValue as error:
            raise InvalidValue(f"Line {number} cannot be read: {error}") from error


@click.command("what-if", cls=PlacedCommand)
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="If this setting were so. May be repeated."
)
@preset_option
@click.option("--block", multiple=True, metavar="TEXT", help="If TEXT were on the block list. May be repeated.")
@click.option("--permit", multiple=True, metavar="TEXT", help="If TEXT were on the permit list. May be repeated.")
@click.option("--remove", multiple=True, metavar="TEXT", help="If TEXT were on no list. May be repeated.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=DAYS, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, one call a line.")
@pass_place
def what_if(
    place: Place,
    settings: tuple[str, ...],
    preset: str | None,
    block: tuple[str, ...],
    permit: tuple[str, ...],
    remove: tuple[str, ...],
    days: int,
    as_json: bool,
) -> None:
    """Say which calls of the last days would have been treated otherwise. Changes nothing."""
    from appliance import what_if as past
    from appliance.commands import homely, show

    changed = _changed(settings, preset)
    if not (changed or block or permit or remove):
        raise click.UsageError(
            "Say what would be different: --set NAME=VALUE, --preset, --block, --permit or --remove.",
            click.get_current_context(),
        )
    now = datetime.now(UTC)
    with place.store() as store:
        before = homely.household_of(place, store)
        after = homely.household_of(place, store, changed=changed)
        after = _relisted(store, after, now, block, permit, remove)
        records = store.calls.between(now - timedelta(days=days), now, newest=past.COUNTED)
        found = past.what_if(records, before, after)
    if as_json:
        for line in show.json_array(_fields(call) for call in found.changed):
            click.echo(line)
        return
    click.echo(found.summary(days))
    for call in found.changed:
        click.echo(_line(call))


def _changed(settings: tuple[str, ...], preset: str | None) -> dict[str, str]:
    changed: dict[str, str] = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidValue(f'"{plain(text)}" does not say what the setting would be: write it as NAME=VALUE.')
        changed[name.strip()] = value.strip()
    return changed if preset is None else changed | {"preset": _preset(preset)}


def _relisted(
    store: "Store",
    household: Household,
    now: datetime,
    block: tuple[str, ...],
    permit: tuple[str, ...],
    remove: tuple[str, ...],
) -> Household:
    from appliance.trial import with_entry, without_entry

    for text in remove:
        entries = _entries_of(store, household, text)
        if not entries:
            raise NotFound(f"{plain(text)} is on no list.")
        for entry in entries:
            household = without_entry(household, entry)
    for name, texts in ((ListName.BLOCK, block), (ListName.PERMIT, permit)):
        for text in texts:
            household = with_entry(household, _tried(name, text, household, now))
    return household


def _tried(name: ListName, text: str, household: Household, now: datetime) -> Entry:
    from appliance.commands.lists import guess_kind, normal_form

    kind = guess_kind(text)
    value = normal_form(text, kind, household.country, household.area_code)
    return Entry(0, name, kind, value, "", "", SOURCE, now)


def _entries_of(store: "Store", household: Household, text: str) -> list[Entry]:
    """The entries of that text on all lists; on none when it makes no sense as a number or pattern."""
    from appliance.commands.lists import guess_kind, normal_form

    kind = guess_kind(text)
    value = normal_form(text, kind, household.country, household.area_code)
    found = (store.lists.find(name, kind, value) for name in ListName)
    return [entry for entry in found if entry is not None]


def _line(call: "ChangedCall") -> str:
    from appliance.commands.when import local
    from appliance.what_if import became

    name = f" {plain(call.name)}" if call.name else ""
    return f"{local(call.at)}  {plain(call.who)}{name}: {became(call)}. {plain(call.why)}"


def _fields(call: "ChangedCall") -> dict[str, object]:
    return asdict(call) | {"then": call.then.value, "now": call.now.value}


COMMANDS: tuple[click.Command, ...] = (trace, what_if)
