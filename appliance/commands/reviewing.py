"""Commands that look back: `review` at likely mistakes, `rehearsal` at what would have become of the calls."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, pass_place, plain

if TYPE_CHECKING:
    from appliance.review import Finding
    from appliance.store import CallRecord

DAYS = 30
WEEK = 7
LONGEST_DAYS = 3_650
ADVICE = {"permit": "permit the number", "remove": "take the entry off its list", "keep": "keep the entry for good"}
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.command(cls=PlacedCommand)
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=DAYS, show_default=True, help="How far back.")
@json_option
@pass_place
def review(place: Place, days: int, as_json: bool) -> None:
    """Look for likely mistakes: blocked but calling again, permitted but never seen ... Changes nothing."""
    from appliance import review as looking
    from appliance.commands import homely, show

    with place.store() as store:
        found = looking.review(store, homely.household_of(place, store), datetime.now(UTC), days)
    if as_json:
        for line in show.json_array(map(_fields, found)):
            click.echo(line)
        return
    for finding in found:
        click.echo(f"- {plain(finding.sentence)}{_advice(finding)}")
    click.echo(f"{len(found)} to look at." if found else f"Nothing looks like a mistake in the last {days} days.")


def _advice(finding: "Finding") -> str:
    words = ADVICE.get(finding.advice.value)
    return f" (You may {words}.)" if words else ""


def _fields(finding: "Finding") -> dict[str, object]:
    return asdict(finding) | {"kind": finding.kind.value, "advice": finding.advice.value}


@click.command(cls=PlacedCommand)
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=WEEK, show_default=True, help="How far back.")
@json_option
@pass_place
def rehearsal(place: Place, days: int, as_json: bool) -> None:
    """Say what would have become of the calls of a rehearsal. `quietline settings set mode rehearsal` begins one."""
    from appliance import rehearsal as past
    from appliance.commands import homely, show
    from appliance.core.household import Mode

    now = datetime.now(UTC)
    with place.store() as store:
        household = homely.household_of(place, store)
        found = past.report(store, now - timedelta(days=days), now)
    if as_json:
        for line in show.json_array(map(_call, found.stopped)):
            click.echo(line)
        return
    for sentence in found.sentences:
        click.echo(sentence)
    for record in found.stopped:
        click.echo(show.call_line(record, household.country))
    if household.mode is Mode.REHEARSAL:
        click.echo("To end the rehearsal and let Quietline act: quietline settings set mode on")


def _call(record: "CallRecord") -> dict[str, object]:
    fields = asdict(record)
    return {name: fields[name] for name in ("uid", "started_at", "number", "name", "category", "reason", "wanted")}


COMMANDS: tuple[click.Command, ...] = (review, rehearsal)
