"""Commands about which profile is in force when: the week, exceptions, a profile by hand, a call that is expected."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from appliance.commands.base import Place, PlacedCommand, PlacedGroup, pass_place, plain
from appliance.core.household import Household
from appliance.errors import InvalidValue

if TYPE_CHECKING:
    from appliance.store import Store

AUTO = "auto"  # in place of a profile: the schedule decides again
EXPECT_LONGEST_H = 48
"""Hours for which any unknown caller may ring; longer than that is a gentle preset, not a call that is expected."""


@click.group(cls=PlacedGroup, invoke_without_command=True)
@pass_place
@click.pass_context
def schedule(context: click.Context, place: Place) -> None:
    """Show which profile is in force now, why, and what comes next."""
    if context.invoked_subcommand is not None:
        return
    from appliance.commands import homely

    with place.store() as store:
        _show(homely.household_of(place, store))
        click.echo(f"Every week: {store.settings.get('schedule') or 'nothing set, so it is always Day'}")
        click.echo(f"Exceptions: {store.settings.get('exceptions') or 'none'}")


def _show(household: Household) -> None:
    """What is in force, and what comes next."""
    from appliance.commands import homely
    from appliance.core.schedule import change_words, next_change, profile_at

    local = homely.local_now(household)
    plan = household.policy.schedule
    click.echo(f"Now: {plain(profile_at(plan, local, local).because)}")
    change = next_change(plan, local)
    click.echo(
        f"Next: {plain(change_words(change, local))}" if change else "Next: nothing changes in the days to come."
    )


@schedule.command("set")
@click.argument("text")
@pass_place
def set_schedule(place: Place, text: str) -> None:
    """Set the weekly schedule, such as "night mon-sun 22:00-07:00; away sat 10:00-12:00"; "" for none."""
    _set(place, "schedule", text, "Every week")


@click.group(cls=PlacedGroup, invoke_without_command=True)
@pass_place
@click.pass_context
def exceptions(context: click.Context, place: Place) -> None:
    """Show the days on which the weekly schedule does not count."""
    if context.invoked_subcommand is not None:
        return
    with place.store() as store:
        lines = [line.strip() for line in store.settings.get("exceptions").split(";") if line.strip()]
    for line in lines:
        click.echo(plain(line))
    if not lines:
        click.echo("There are no exceptions.")


@exceptions.command("set")
@click.argument("text")
@pass_place
def set_exceptions(place: Place, text: str) -> None:
    """Set the exceptions, such as "away 2026-12-24..2026-12-26 Christmas; night 2026-12-31T20:00..2027-01-01T09:00"."""
    _set(place, "exceptions", text, "Exceptions")


def _set(place: Place, name: str, text: str, what: str) -> None:
    from appliance.commands import homely

    with place.store() as store:
        value = homely.change(place, store, name, text)
        click.echo(f"{what}: {plain(value) or 'nothing'}")
        _show(homely.household_of(place, store))


@click.command(cls=PlacedCommand)
@click.argument("name")
@click.option("--until", metavar="WHEN", help='Until when: "22:00", "tomorrow 8:00", "Monday 7:00", "3h".')
@pass_place
def profile(place: Place, name: str, until: str | None) -> None:
    """Put the profile NAME in force by hand until WHEN; "auto" gives it back to the schedule."""
    from appliance.commands import homely

    chosen = name.strip().lower()
    if (until is None) != (chosen == AUTO):
        hint = 'Write until when, such as --until "tomorrow 8:00"; or "auto" alone to go back to the schedule.'
        raise click.UsageError(hint, click.get_current_context())
    with place.store() as store:
        value = "" if until is None else _by_hand(place, store, chosen, until)
        homely.change(place, store, "profile_until", value)
        _show(homely.household_of(place, store))


def _by_hand(place: Place, store: "Store", name: str, until: str) -> str:
    from appliance.commands import homely
    from appliance.core.moment_text import until_text
    from appliance.core.schedule_text import until_value

    household = homely.household_of(place, store)
    if name not in household.policy.profiles:
        known = ", ".join(household.policy.profiles)
        raise InvalidValue(f'There is no profile "{plain(name)}"; there are: {known}.')
    try:
        return until_value(name, until_text(until, homely.local_now(household)))
    except ValueError as error:
        raise InvalidValue(str(error)) from error


@click.command(cls=PlacedCommand)
@click.argument("hours", required=False)
@pass_place
def expect(place: Place, hours: str | None) -> None:
    """Wait for a call: unknown callers ring for so many HOURS; "off" ends it. Without HOURS, say how it stands."""
    from appliance.commands import homely
    from appliance.core.time_words import until_words

    with place.store() as store:
        if hours is not None:
            ends = _ends(hours, datetime.now(UTC))
            homely.change(place, store, "expecting_until", ends.isoformat(timespec="seconds") if ends else "")
        household = homely.household_of(place, store)
    local, until = homely.local_now(household), household.expecting_until
    if until is None or until <= local:
        click.echo("You are not waiting for a call.")
    else:
        when = until_words(until.astimezone(household.zone), local)
        click.echo(f"You are waiting for a call: unknown callers ring until {when}. Blocked ones do not.")


def _ends(text: str, now: datetime) -> datetime | None:
    word = text.strip().lower().removesuffix("h")
    if word == "off":
        return None
    if not word.isascii() or not word.isdigit() or not 1 <= int(word[:4]) <= EXPECT_LONGEST_H or len(word) > 4:
        raise InvalidValue(f'"{plain(text)}" is no number of hours: write 1 to {EXPECT_LONGEST_H}, or "off".')
    return now + timedelta(hours=int(word))


COMMANDS: tuple[click.Command, ...] = (schedule, exceptions, profile, expect)
