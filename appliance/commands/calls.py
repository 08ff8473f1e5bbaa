"""Commands about calls: the log, what would happen to a caller, what a captured modem log would have done."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, pass_place, plain
from appliance.core.household import Household, Mode, Treatment

if TYPE_CHECKING:
    from appliance.core.caller import Caller, Report
    from appliance.core.rule import Decision
    from appliance.store import CallRecord, Store

PAGE = 500  # calls read at a time
LIMIT = 20  # calls shown when nobody says how many: one screen

NOTHING_TOLD = ("none", "damaged")  # no report, or none to be believed

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
@click.argument("number", required=False)
@click.option("--name", metavar="NAME", help="The caller name that comes with it.")
@click.option("--withheld", "kind", flag_value="private", help="The caller withholds the number.")
@click.option("--unavailable", "kind", flag_value="unavailable", help="The network does not know the number.")
@click.option("--no-caller-id", "kind", flag_value="none", help="No Caller ID comes with the call.")
@click.option("--damaged", "kind", flag_value="damaged", help="The Caller ID arrives damaged.")
@click.option("--dialled", metavar="NUMBER", help="Which of your numbers is called.")
@click.option("--ring", metavar="PATTERN", help="How it rings: the letter or digit after RING.")
@pass_place
def check(
    place: Place, number: str | None, name: str | None, kind: str | None, dialled: str | None, ring: str | None
) -> None:
    """Say what would happen if NUMBER called now, and what every rule says about it."""
    if (number is None) == (kind is None):
        raise click.UsageError(
            "Give either NUMBER or one of --withheld, --unavailable, --no-caller-id, --damaged.",
            click.get_current_context(),
        )
    if kind in NOTHING_TOLD and not (name is None and dialled is None):
        raise click.UsageError("Without Caller ID there is no name and no --dialled.", click.get_current_context())
    with place.store() as store:
        household = household_of(place, store)
        report = _report(number, name, kind, dialled)
        now = datetime.now(UTC)
        caller, decision, treatment = judge(report, household, now, ring=ring, damaged=kind == "damaged")
    click.echo(f"{_who(caller, household)}: {_sentence(decision, treatment, household)}")
    for opinion in decision.trace:
        mark = ">" if opinion.rule == decision.reason else " "
        verdict = opinion.verdict.value if opinion.verdict else "-"
        click.echo(f"{mark} {opinion.rule:17} {verdict:7} {plain(opinion.saw)}")


def _report(number: str | None, name: str | None, kind: str | None, dialled: str | None) -> "Report | None":
    from hardware.events import Absence, CallerIdReported

    if kind in NOTHING_TOLD:
        return None
    # As the modem reports it: without blanks.
    bare = "".join(number.split()) if number else None
    return CallerIdReported(bare, name, Absence(kind) if kind else None, dialled=dialled)


def household_of(place: Place, store: "Store") -> Household:
    """What a decision depends on, as the line process sees it."""
    config = place.config()
    return store.settings.household(config.country, config.area_code)


def judge(
    report: "Report | None", household: Household, at: datetime, *, ring: str | None = None, damaged: bool = False
) -> "tuple[Caller, Decision, Treatment]":
    """The functions of a real call, in its order."""
    from appliance.core.caller import identify
    from appliance.core.screening import screen
    from appliance.core.treatment import treatment_for

    caller = identify(report, household.country, household.area_code, ring=ring, damaged=damaged)
    decision = screen(caller, household, at)
    return caller, decision, treatment_for(decision, household, at)


def _who(caller: "Caller", household: Household) -> str:
    from appliance.core.caller import Presentation, display

    shown = {
        Presentation.RESTRICTED: "A caller who withholds the number",
        Presentation.UNAVAILABLE: "A caller whose number is not available",
        Presentation.NONE: "A call whose Caller ID arrives damaged" if caller.damaged else "A call without Caller ID",
    }.get(caller.presentation) or (display(caller.number, household.country) if caller.number else caller.shown)
    return plain(f"{shown} {caller.name}" if caller.name else shown)


def _sentence(decision: "Decision", treatment: Treatment, household: Household) -> str:
    from appliance.core.explaining import sentence

    if treatment is Treatment.RING or household.mode is Mode.ON:
        return plain(sentence(decision, treatment))
    return f"{plain(sentence(decision, treatment))} But the mode is {household.mode.value}, so the phone rings."


@click.command(cls=PlacedCommand)
@click.argument("log", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@pass_place
def replay(place: Place, log: Path, as_json: bool) -> None:
    """Say what the calls in a captured modem LOG would have done, with today's lists and settings.

    LOG holds the bytes as the modem sent them; a .json file beside it may hold their times.
    """
    from appliance.captured import calls_in
    from appliance.commands import show
    from hardware.replay import read_log

    found = calls_in(read_log(log), place.config().country)
    at = datetime.now(UTC)
    with place.store() as store:
        household = household_of(place, store)
        judged = [
            (call, *judge(call.report, household, at, ring=call.pattern, damaged=call.damaged is not None))
            for call in found
        ]
    if as_json:
        lines = show.json_array(
            {
                "second": call.began,
                "rings": call.rings,
                "caller": asdict(caller) | {"presentation": caller.presentation.value},
                "verdict": decision.verdict.value,
                "category": decision.category.value,
                "reason": decision.reason,
                "treatment": treatment.value,
                "sentence": _sentence(decision, treatment, household),
            }
            for call, caller, decision, treatment in judged
        )
        for line in lines:
            click.echo(line)
        return
    for call, caller, decision, treatment in judged:
        rings = "no ring" if call.rings == 0 else "1 ring" if call.rings == 1 else f"{call.rings} rings"
        click.echo(
            f"{call.began:9.2f} s  {rings:8}  {_who(caller, household)}: {_sentence(decision, treatment, household)}"
        )
    if not judged:
        click.echo("There is no call in this log.")


COMMANDS: tuple[click.Command, ...] = (calls, check, replay)
