"""Commands that look after the appliance: status, doctor, backup, restore."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from appliance.commands.base import BY, Exit, Place, PlacedCommand, hand_over, pass_place, plain
from appliance.commands.capture import capture

MARKS = {"ok": "ok      ", "warning": "warning ", "problem": "PROBLEM "}


@click.command(cls=PlacedCommand)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, one line of the house each.")
@pass_place
def status(place: Place, as_json: bool) -> None:
    """Say how the appliance is doing: mode, lists, calls, and each phone line."""
    from appliance.commands import homely, show
    from appliance.concerns import words_for
    from appliance.core.household import ListName
    from appliance.core.schedule import profile_at
    from appliance.doctor import is_alive

    now = datetime.now(UTC)
    with place.store() as store:
        lines = store.status.all()
        if as_json:
            for text in show.json_array(map(asdict, lines)):
                click.echo(text)
            return
        household = homely.household_of(place, store)
        local = homely.local_now(household)
        click.echo(f"mode: {household.mode.value}")
        click.echo(f"in force: {plain(profile_at(household.policy.schedule, local, local).because)}")
        click.echo(f"preset: {household.policy.preset}")
        click.echo(f"block list: {store.lists.count(ListName.BLOCK):,}")
        click.echo(f"permit list: {store.lists.count(ListName.PERMIT):,}")
        click.echo(f"contacts: {store.lists.count(ListName.CONTACT):,}")
        click.echo(f"calls: {store.calls.count():,}")
    for line in lines:
        click.echo(plain(show.line_status(line, is_alive(line, now))))
        for concern in line.concerns:
            words = words_for(concern, line.modem_name, line.firmware, line.country_code)
            click.echo(f"  {plain(words.title)} {plain(words.text)}")
        for fault in line.faults:
            click.echo(f"  {plain(fault)}")
        if line.message_waiting:
            click.echo("  Your telephone company holds a message for you.")
    if not lines:
        click.echo("line: has never run here")


@click.command(cls=PlacedCommand)
@pass_place
def doctor(place: Place) -> int:
    """Look for what may be wrong, and say what to do about it."""
    from appliance.doctor import Level, examine

    findings = examine(place.config(), datetime.now(UTC))
    for finding in findings:
        click.echo(f"{MARKS[finding.level.value]} {finding.check}: {plain(finding.saw)}")
        if finding.advice:
            click.echo(f"{'':9} -> {finding.advice}")
    if any(finding.level is not Level.OK for finding in findings):
        click.echo("To show somebody what the modem says, with all numbers replaced: quietline capture FILE.log")
    problems = sum(finding.level is Level.PROBLEM for finding in findings)
    warnings = sum(finding.level is Level.WARNING for finding in findings)
    click.echo(f"{len(findings)} checks: {problems} problems, {warnings} warnings.")
    return Exit.FAILED if problems else Exit.OK


@click.command(cls=PlacedCommand)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_place
def backup(place: Place, file: Path) -> None:
    """Write everything that is kept, checked and complete, to a new FILE; calls go on meanwhile."""
    if file.exists():
        raise click.ClickException(f"{file} exists already; choose another name.")
    with place.store() as store:
        store.backup_to(file)
        store.events.add("backup", datetime.now(UTC), who=BY, text=f"A backup was written to {file.name}.")
    click.echo(f"Wrote a backup of {file.stat().st_size:,} bytes to {file}.")


@click.command(cls=PlacedCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_place
def restore(place: Place, file: Path) -> None:
    """Put the backup FILE in place of everything that is kept. What was there before is kept beside it."""
    from appliance.store import restore as put_back

    folder = place.config().data
    kept = put_back(folder, file)
    hand_over(folder)
    place.ring()
    click.echo(f"Restored from {file}. What was there before is kept in {kept}.")


COMMANDS: tuple[click.Command, ...] = (status, doctor, capture, backup, restore)
