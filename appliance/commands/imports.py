"""`quietline import ...`: files into a list, or into the reported numbers. What a row may hold, the store says."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appliance.commands.base import BY, Place, PlacedCommand, PlacedGroup, hand_over, pass_place, plain
from appliance.core.household import ListName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appliance.store import RefusedRow, Store

SHOWN_REFUSED = 20  # refused rows that are spelled out; the rest are counted
PROGRESS_STEP = 100_000  # rows between two lines of progress: one every second or two

NAMES = {"contacts": ListName.CONTACT, "permit": ListName.PERMIT, "block": ListName.BLOCK}

csv_file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@click.group("import", cls=PlacedGroup)
def imports() -> None:
    """Put a CSV file on a list, or into the reported numbers."""


def home(place: Place, store: "Store") -> tuple[str, str]:
    """Country and area code as they count now: the household's choice before the installer's."""
    config = place.config()
    return (
        store.settings.get("country") or config.country,
        store.settings.get("area_code") or config.area_code,
    )


def import_command(word: str, name: ListName) -> click.Command:
    """The command of that name, which puts a file on one list."""
    text = f"""Put the rows of a CSV file on the {name.value} list: all of them or, on an error, none.

    The first line names the columns: number, and optionally name, note, expires, kind, hours, vip. Rows that hold no
    number are listed and left out.
    """

    @click.command(word, cls=PlacedCommand, help=text)
    @csv_file
    @pass_place
    def import_file(place: Place, file: Path) -> None:
        with place.store() as store:
            country, area_code = home(place, store)
            report = store.lists.import_csv(
                name,
                file,
                country=country,
                area_code=area_code,
                source=f"import:{file.name}",
                now=datetime.now(UTC),
                progress=_progress,
            )
        place.ring()
        _tell_refused(report.refused, report.refused_count)
        click.echo(
            f"Into the {name.value} list: {report.added:,} added, {report.updated:,} changed, "
            f"{report.unchanged:,} there already, {report.refused_count:,} left out."
        )

    return import_file


for _word, _name in NAMES.items():
    imports.add_command(import_command(_word, _name))


@imports.command("reports")
@csv_file
@click.option("--merge", is_flag=True, help="Keep the numbers that are there, and add these.")
@click.option("--replace-anyway", is_flag=True, help="Also when the file holds less than half the numbers of before.")
@pass_place
def import_reports(place: Place, file: Path, merge: bool, replace_anyway: bool) -> None:
    """Make the reported numbers those of a CSV file: all of them or, on an error, none.

    The first line names the columns: number, score (0 to 100), count (of reports) and last_date (2026-01-31). What was
    there before goes, unless --merge. Rows that cannot be used are listed and left out.
    """
    from appliance.store.reports_import import import_reports as put_in_place

    folder, now = place.config().data, datetime.now(UTC)
    with place.store() as store:
        country, area_code = home(place, store)
        report = put_in_place(
            folder,
            file,
            country=country,
            area_code=area_code,
            now=now,
            merge=merge,
            replace_anyway=replace_anyway,
            progress=_progress,
        )
        hand_over(folder)
        said = f"Reported numbers: {report.numbers:,} now, {report.before:,} before."
        store.events.add("list", now, who=BY, text=f"{plain(file.name)} was imported: {said}")
    place.ring()
    _tell_refused(report.refused, report.refused_count)
    click.echo(f"{said} {report.refused_count:,} rows were left out.")


def _progress(rows: int) -> None:
    if rows and rows % PROGRESS_STEP == 0:
        click.echo(f"{rows:,} rows read ...", err=True)


def _tell_refused(refused: "Sequence[RefusedRow]", count: int) -> None:
    for row in refused[:SHOWN_REFUSED]:
        click.echo(f"line {row.line}: {plain(row.value)!r} left out: {plain(row.why)}", err=True)
    more = count - min(len(refused), SHOWN_REFUSED)
    if more:
        click.echo(f"... and {more:,} more rows left out.", err=True)


COMMANDS = (imports,)
