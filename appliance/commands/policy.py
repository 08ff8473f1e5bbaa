"""Commands about what is done with each kind of call: the table by profile, and the three presets."""

import difflib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, PlacedGroup, pass_place, plain
from appliance.core.household import Category, Treatment
from appliance.errors import InvalidValue

if TYPE_CHECKING:
    from appliance.core.policy import Policy

AS_PRESET = "preset"  # in place of a treatment: the preset decides again
KIND_WIDTH = 17  # columns; the longest name of a kind
CELL_WIDTH = 14


@click.group(cls=PlacedGroup, invoke_without_command=True)
@click.option("--profile", metavar="P", help="Only this profile.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, one cell of the table a line.")
@pass_place
@click.pass_context
def policy(context: click.Context, place: Place, profile: str | None, as_json: bool) -> None:
    """Show what is done with each kind of call in each profile, and who chose it."""
    if context.invoked_subcommand is not None:
        return
    from appliance.commands import homely, show

    with place.store() as store:
        table = homely.household_of(place, store).policy
    profiles = (_profile(table, profile),) if profile else table.profiles
    if as_json:
        for line in show.json_array(_cells(table, profiles)):
            click.echo(line)
        return
    _show(table, profiles)


def _show(table: "Policy", profiles: tuple[str, ...]) -> None:
    from appliance.core.presets import PRESETS
    from appliance.policy_words import CANNOT_TALK, KINDS

    preset = PRESETS[table.preset]
    click.echo(f"Preset: {preset.title}. {preset.meaning} A * marks what you chose yourself.")
    click.echo(_row("", [plain(name) for name in profiles], ""))
    for category in Category:
        cells = [
            f"{table.wanted(name, category).value}{'*' if _own(table, name, category) else ''}" for name in profiles
        ]
        click.echo(_row(category.value, cells, KINDS[category]))
    if any(not _exists(table.wanted(name, category)) for name in profiles for category in Category):
        click.echo(f"{CANNOT_TALK}: until it can, challenge, voicemail and announce let the phone ring.")


def _row(first: str, cells: Iterable[str], last: str) -> str:
    return "  ".join([first.ljust(KIND_WIDTH), *(cell.ljust(CELL_WIDTH) for cell in cells), last]).rstrip()


def _own(table: "Policy", profile: str, category: Category) -> bool:
    return (profile, category) in table.chosen


def _exists(treatment: Treatment) -> bool:
    from appliance.core.treatment import EXISTING

    return treatment in EXISTING


def _cells(table: "Policy", profiles: tuple[str, ...]) -> Iterable[dict[str, str]]:
    for category in Category:
        for name in profiles:
            by = "household" if _own(table, name, category) else "preset"
            treatment = table.wanted(name, category).value
            yield {"category": category.value, "profile": name, "treatment": treatment, "by": by}


@policy.command("set")
@click.argument("profile")
@click.argument("category")
@click.argument("treatment")
@pass_place
def set_policy(place: Place, profile: str, category: str, treatment: str) -> None:
    """Choose what is done with a CATEGORY of calls in a PROFILE; "preset" as TREATMENT: as the preset has it."""
    from appliance.commands import homely
    from appliance.core.policy import setting_of
    from appliance.policy_words import KINDS, TREATMENTS

    with place.store() as store:
        table = homely.household_of(place, store).policy
        name, kind = _profile(table, profile), _category(category)
        value = "" if treatment.strip().lower() == AS_PRESET else treatment.strip().lower()
        homely.change(place, store, setting_of(name, kind), value)
        wanted = homely.household_of(place, store).policy.wanted(name, kind)
    by = "as the preset has it" if not value else "as you chose"
    click.echo(f"{plain(name)}: a call of the kind {kind.value} ({KINDS[kind]}) {TREATMENTS[wanted]}, {by}.")


def _profile(table: "Policy", name: str) -> str:
    found = name.strip().lower()
    if found not in table.profiles:
        raise InvalidValue(f'There is no profile "{plain(name)}"; there are: {", ".join(table.profiles)}.')
    return found


def _category(name: str) -> Category:
    word = name.strip().lower().replace(" ", "_").replace("-", "_")
    names = [category.value for category in Category]
    if word in names:
        return Category(word)
    near = difflib.get_close_matches(word, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
    raise InvalidValue(f'There is no kind of call "{plain(name)}". {hint}')


@click.command(cls=PlacedCommand)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@pass_place
def preset(place: Place, name: str | None, as_json: bool) -> None:
    """Show the presets with their meaning, or choose one by its NAME. What you chose yourself stays."""
    from appliance.commands import homely
    from appliance.core.presets import PRESETS

    with place.store() as store:
        if name is not None:
            homely.change(place, store, "preset", name.strip().lower())
        table = homely.household_of(place, store).policy
    if as_json:
        found = {key: {"title": one.title, "meaning": one.meaning} for key, one in PRESETS.items()}
        click.echo(json.dumps({"chosen": table.preset, "presets": found, "own_choices": len(table.chosen)}))
        return
    for key, one in PRESETS.items():
        click.echo(f"{'>' if key == table.preset else ' '} {key:10} {one.meaning}")
    if table.chosen:
        click.echo(f"What you chose yourself stays as it is: {len(table.chosen)}, marked * in quietline policy.")


COMMANDS: tuple[click.Command, ...] = (policy, preset)
