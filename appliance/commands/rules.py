"""Commands about the rules: their order and switches, and the ranges of numbers that some of them go by."""

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, PlacedGroup, pass_place, plain
from appliance.errors import InvalidValue

if TYPE_CHECKING:
    from appliance.core.numbering import Range

NAME_WIDTH = 18  # columns; the longest name of a rule
PREFIX_WIDTH = 10
MEANING_WIDTH = 13
ACTIONS = {"block": "in force", "screen": "doubtful"}  # of the others a rule speaks only where they must get through


@click.group(cls=PlacedGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, one rule a line.")
@pass_place
@click.pass_context
def rules(context: click.Context, place: Place, as_json: bool) -> None:
    """Show the rules in their order: the first that knows a caller decides."""
    if context.invoked_subcommand is not None:
        return
    from appliance.commands import homely, show
    from appliance.core.screening import RULES
    from appliance.rule_words import RULES as WORDS

    with place.store() as store:
        household = homely.household_of(place, store)
    if as_json:
        rows = (
            {
                "rule": rule.name,
                "title": WORDS[rule.name][0],
                "sentence": WORDS[rule.name][1],
                "on": rule.switched_on(household),
                "switch": rule.switch,
                "categories": [category.value for category in rule.categories],
            }
            for rule in RULES
        )
        for line in show.json_array(rows):
            click.echo(line)
        return
    for rule in RULES:
        state = "always" if not rule.switch else "on" if rule.switched_on(household) else "off"
        click.echo(f"{rule.name:{NAME_WIDTH}}  {state:6}  {WORDS[rule.name][1]}")


def _switch(state: str, says: str) -> click.Command:
    @click.command(state, cls=PlacedCommand, help=f"Switch the rule NAME {state}.")
    @click.argument("name")
    @pass_place
    def switch(place: Place, name: str) -> None:
        from appliance.commands import homely
        from appliance.rule_words import rule_title

        rule = _named(name)
        with place.store() as store:
            homely.change(place, store, f"rule.{rule}", state)
        click.echo(f"{rule_title(rule)}: this rule is {says}.")

    return switch


rules.add_command(_switch("on", "asked at every call now"))
rules.add_command(_switch("off", "switched off now"))


def _named(text: str) -> str:
    """The name of a rule that has a switch. Raises InvalidValue."""
    from appliance.core.screening import RULES

    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    found = next((rule for rule in RULES if rule.name == name), None)
    if found is None:
        near = difflib.get_close_matches(name, [rule.name for rule in RULES], n=1)
        hint = f"Did you mean {near[0]}?" if near else "quietline rules shows them all."
        raise InvalidValue(f'There is no rule "{plain(text)}". {hint}')
    if not found.switch:
        raise InvalidValue(f"The rule {name} is always on: without it, what you decided yourself would not count.")
    return name


@click.command(cls=PlacedCommand)
@click.option("--country", metavar="XX", help="Of this country; otherwise of your own.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, one range a line.")
@pass_place
def ranges(place: Place, country: str | None, as_json: bool) -> None:
    """Show the beginnings of numbers that a rule goes by, with what they are for and who says so."""
    from appliance.commands import homely, show
    from appliance.core.numbering import facts_of

    with place.store() as store:
        home = homely.household_of(place, store).country
    wanted = _country(country) if country else home
    found = facts_of(wanted).ranges
    if as_json:
        for line in show.json_array(map(_fields, found)):
            click.echo(line)
        return
    _show(wanted, found)


def _country(text: str) -> str:
    from appliance.core.caller import known_countries

    found = text.strip().upper()
    if found not in known_countries():
        raise InvalidValue(f'"{plain(text)}" is no country: write its two letters, such as US, GB or NL.')
    return found


def _show(country: str, found: Iterable["Range"]) -> None:
    rows = list(found)
    for one in rows:
        action, meaning = _action(one), one.meaning.value.replace("_", " ")
        click.echo(
            f"{one.prefix:{PREFIX_WIDTH}}  {meaning:{MEANING_WIDTH}}  {action:12}  {one.sentence} ({one.source})"
        )
    if not rows:
        click.echo(f"No ranges are known for {country}.")


def _action(one: "Range") -> str:
    from appliance.core.numbering import ALWAYS_THROUGH, Action

    if one.action is Action.ALLOW and one.meaning in ALWAYS_THROUGH:
        return "always rings"
    return ACTIONS.get(one.action.value, "known only")


def _fields(one: "Range") -> dict[str, object]:
    return {
        "prefix": one.prefix,
        "lengths": list(one.lengths),
        "meaning": one.meaning.value,
        "action": one.action.value,
        "sentence": one.sentence,
        "source": one.source,
        "url": one.url,
        "since": one.since.isoformat() if one.since else None,
        "checked": one.checked.isoformat(),
    }


COMMANDS: tuple[click.Command, ...] = (rules, ranges)
