"""`quietline check`: what would happen to a caller, by the functions of a real call, and what every rule says."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from appliance.commands.base import Place, PlacedCommand, pass_place, plain
from appliance.core.household import Household
from appliance.errors import InvalidValue

if TYPE_CHECKING:
    from appliance.core.rule import Opinion
    from appliance.judging import Judged, Reported

NOTHING_TOLD = ("none", "damaged")  # no report, or none to be believed
SAID = {"allow": "let it ring", "block": "stop it", "screen": "by your settings"}
TITLE_WIDTH = 32  # columns; the longest title of a rule
SAID_WIDTH = 16


@click.command(cls=PlacedCommand)
@click.argument("number", required=False)
@click.option("--name", metavar="NAME", help="The caller name that comes with it.")
@click.option("--at", "when", metavar="WHEN", help='When it calls: "Sat 23:30", "tomorrow 8:00"; otherwise now.')
@click.option("--withheld", "kind", flag_value="private", help="The caller withholds the number.")
@click.option("--unavailable", "kind", flag_value="unavailable", help="The network does not know the number.")
@click.option("--no-caller-id", "kind", flag_value="none", help="No Caller ID comes with the call.")
@click.option("--damaged", "kind", flag_value="damaged", help="The Caller ID arrives damaged.")
@click.option("--dialled", metavar="NUMBER", help="Which of your numbers is called.")
@click.option("--ring", metavar="PATTERN", help="How it rings: the letter or digit after RING.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@pass_place
def check(
    place: Place,
    number: str | None,
    name: str | None,
    when: str | None,
    kind: str | None,
    dialled: str | None,
    ring: str | None,
    as_json: bool,
) -> None:
    """Say what would happen if NUMBER called, and what every rule says about it."""
    from appliance.calls_before import CallsBefore
    from appliance.commands import homely
    from appliance.judging import judge

    _refuse(number, name, kind, dialled)
    with place.store() as store:
        household = homely.household_of(place, store)
        at = homely.moment(when, household) if when else datetime.now(UTC)
        household = homely.household_of(place, store, past=CallsBefore(store, at))
        judged = judge(_report(number, name, kind, dialled), household, at, ring=ring, damaged=kind == "damaged")
    if as_json:
        click.echo(json.dumps(_fields(judged, household, at)))
        return
    click.echo(f"{homely.who(judged.caller, household)}: {_sentence(judged, household)}")
    click.echo(_profile(household, at))
    for opinion in judged.decision.trace:
        click.echo(_line(opinion, decided=opinion.rule == judged.decision.reason))


def _refuse(number: str | None, name: str | None, kind: str | None, dialled: str | None) -> None:
    if (number is None) == (kind is None):
        raise click.UsageError(
            "Give either NUMBER or one of --withheld, --unavailable, --no-caller-id, --damaged.",
            click.get_current_context(),
        )
    if number is not None and not _says_something(number):
        raise InvalidValue(f'"{plain(number)}" is no telephone number: write its digits, such as (212) 555-0100.')
    if kind in NOTHING_TOLD and not (name is None and dialled is None):
        raise click.UsageError("Without Caller ID there is no name and no --dialled.", click.get_current_context())


def _says_something(number: str) -> bool:
    """Whether a modem could show it: digits, or its letter in place of a number that it does not show."""
    return any(map(str.isdigit, number)) or number.strip().upper() in ("P", "O")


def _report(number: str | None, name: str | None, kind: str | None, dialled: str | None) -> "Reported | None":
    from appliance.judging import Reported, Withheld

    if kind in NOTHING_TOLD:
        return None
    # As the modem reports it: without blanks.
    bare = "".join(number.split()) if number else None
    return Reported(bare, name, Withheld(kind) if kind else None, dialled)


def _sentence(judged: "Judged", household: Household) -> str:
    from appliance.commands import homely

    return homely.because(judged, household)


def _profile(household: Household, at: datetime) -> str:
    """Which profile is in force then, and why."""
    from appliance.core.schedule import profile_at

    local = at.astimezone(household.zone)
    return f"{local:%a %Y-%m-%d %H:%M}: {plain(profile_at(household.policy.schedule, local, at).because)}"


def _line(opinion: "Opinion", *, decided: bool) -> str:
    """One rule. What a later one would have done with the caller is no matter any more, so it is not shown."""
    from appliance.rule_words import rule_title

    said = SAID[opinion.verdict.value] if decided and opinion.verdict else ""
    return (
        f"{'>' if decided else ' '} {rule_title(opinion.rule):{TITLE_WIDTH}}  {said:{SAID_WIDTH}}  {plain(opinion.saw)}"
    )


def _fields(judged: "Judged", household: Household, at: datetime) -> dict[str, Any]:
    from appliance.core.schedule import profile_at
    from appliance.rule_words import rule_title

    caller, decision, treated = judged.caller, judged.decision, judged.treated
    return {
        "at": at.isoformat(),
        "shown": caller.shown,
        "number": caller.number,
        "name": caller.name,
        "presentation": caller.presentation.value,
        "verdict": decision.verdict.value,
        "category": decision.category.value,
        "reason": decision.reason,
        "treatment": treated.wanted.value,
        "today": treated.treatment.value,
        "mode": household.mode.value,
        "profile": treated.profile,
        "profile_because": profile_at(household.policy.schedule, at.astimezone(household.zone), at).because,
        "sentence": _sentence(judged, household),
        "trace": [
            {
                "rule": opinion.rule,
                "title": rule_title(opinion.rule),
                "verdict": opinion.verdict.value if opinion.verdict else None,
                "category": opinion.category.value if opinion.category else None,
                "saw": opinion.saw,
            }
            for opinion in decision.trace
        ],
    }


COMMANDS: tuple[click.Command, ...] = (check,)
