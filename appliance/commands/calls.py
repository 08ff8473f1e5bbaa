"""Commands about calls: the log, and what the calls of a captured modem log would have done."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, pass_place
from appliance.core.household import Household

if TYPE_CHECKING:
    from appliance.captured import CapturedCall
    from appliance.judging import Judged
    from appliance.store import CallRecord, Store

PAGE = 500  # calls read at a time
LIMIT = 20  # calls shown when nobody says how many: one screen

json_option = click.option("--json", "as_json", is_flag=True, help="As a JSON array, one call a line.")


@click.command(cls=PlacedCommand)
@json_option
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, metavar="N", help="How many.")
@click.option("--search", default="", metavar="TEXT", help="Only calls with TEXT in number or name.")
@pass_place
def calls(place: Place, as_json: bool, limit: int, search: str) -> None:
    """Show the call log, newest first."""
    from appliance.commands import show

    with place.store() as store:
        rows = _calls(store, search, limit)
        if as_json:
            for line in show.json_array(map(asdict, rows)):
                click.echo(line)
            return
        country = store.settings.get("country") or place.config().country
        empty = True
        for call in rows:
            click.echo(show.call_line(call, country))
            empty = False
    if empty:
        click.echo("No call found." if search else "No call yet.")


def _calls(store: "Store", search: str, limit: int) -> Iterator["CallRecord"]:
    before: int | None = None
    while limit > 0:
        page = store.calls.page(before, search=search, limit=min(limit, PAGE))
        yield from page.rows
        limit -= len(page.rows)
        before = page.next_cursor
        if before is None:
            return


@click.command(cls=PlacedCommand)
@click.argument("log", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@pass_place
def replay(place: Place, log: Path, as_json: bool) -> None:
    """Say what the calls in a captured modem LOG would have done, with today's lists and settings.

    LOG holds the bytes as the modem sent them; a .json file beside it may hold their times.
    """
    from appliance.captured import calls_in
    from appliance.commands import homely, show
    from appliance.judging import judge, lasting
    from hardware.replay import read_log

    at = datetime.now(UTC)
    with place.store() as store:
        household = lasting(homely.household_of(place, store))
        judged = [
            (call, judge(call.report, household, at, ring=call.pattern, damaged=call.damaged is not None))
            for call in calls_in(read_log(log), place.config().country)
        ]
    if as_json:
        for line in show.json_array(_fields(call, found, household) for call, found in judged):
            click.echo(line)
        return
    for call, found in judged:
        rings = "no ring" if call.rings == 0 else "1 ring" if call.rings == 1 else f"{call.rings} rings"
        who, why = homely.who(found.caller, household), homely.because(found, household)
        click.echo(f"{call.began:9.2f} s  {rings:8}  {who}: {why}")
    if not judged:
        click.echo("There is no call in this log.")


def _fields(call: "CapturedCall", judged: "Judged", household: Household) -> dict[str, object]:
    from appliance.commands import homely

    decision = judged.decision
    return {
        "second": call.began,
        "rings": call.rings,
        "caller": asdict(judged.caller),
        "verdict": decision.verdict.value,
        "category": decision.category.value,
        "reason": decision.reason,
        "treatment": judged.treated.wanted.value,
        "today": judged.treated.treatment.value,
        "sentence": homely.because(judged, household),
    }


COMMANDS: tuple[click.Command, ...] = (calls, replay)
