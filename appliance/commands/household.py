"""Commands about what the household switches: settings, the page's password; and the installer's configuration."""

import sys
from datetime import UTC, datetime

import click

from appliance.commands.base import BY, Place, PlacedCommand, PlacedGroup, pass_place, plain
from appliance.errors import InvalidValue


@click.group(cls=PlacedGroup)
def settings() -> None:
    """What the household switches: mode, country, what happens to withheld callers ..."""


@settings.command("get")
@click.argument("name")
@pass_place
def get_setting(place: Place, name: str) -> None:
    """Print the value of one setting."""
    with place.store() as store:
        click.echo(store.settings.get(name))


@settings.command("set")
@click.argument("name")
@click.argument("value")
@pass_place
def set_setting(place: Place, name: str, value: str) -> None:
    """Change one setting; it counts from the next call on."""
    from appliance.commands import homely

    with place.store() as store:
        before = store.settings.get(name)
        kept = homely.change(place, store, name, value)
    was = f"was {before or 'empty'}" if before != kept else "as before"
    click.echo(f"{name} is now {kept or 'empty'} ({was}).")
    if name == "home_number" and kept and not all(number.startswith("+") for number in kept.split(",")):
        click.echo("That is no whole number in the country that is set, so it counts only once the country fits.")


@settings.command("list")
@pass_place
def list_settings(place: Place) -> None:
    """Print every setting, its value, and what it may be."""
    from appliance.store.settings_table import setting_named

    with place.store() as store:
        values = store.settings.all()
    for name, value in values.items():
        click.echo(plain(f"{name} = {value}").ljust(36) + f"  # {setting_named(name).sentence}")


@click.command(cls=PlacedCommand)
@click.option("--remove", is_flag=True, help="Forget the password: the page asks for a new one, as at first.")
@pass_place
def password(place: Place, remove: bool) -> None:
    """Set the password of the page (asked for, not shown). Everybody who is signed in must sign in again."""
    from appliance import passwords

    now = datetime.now(UTC)
    if remove:
        with place.store() as store:
            store.accounts.remove_password(by=BY, now=now)
        click.echo("The password is gone: whoever opens the page next sets a new one.")
    else:
        chosen = _asked_for()
        refused = passwords.refusal(chosen, chosen)
        if refused:
            raise InvalidValue(refused)
        hashed = passwords.hashed(chosen)
        with place.store() as store:
            store.accounts.set_password_hash(hashed, by=BY, now=now)
        click.echo("The password is set.")
    place.ring()


def _asked_for() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    asked: str = click.prompt("New password", hide_input=True, confirmation_prompt="The same again")
    return asked


@click.command("config", cls=PlacedCommand)
@pass_place
def show_config(place: Place) -> None:
    """Print the effective configuration, in the form of quietline.toml."""
    from appliance.config import SYSTEM_FILE, dump

    config = place.config()
    click.echo(f"# from {config.file}" if config.file else f"# defaults: there is no {SYSTEM_FILE}")
    click.echo(dump(config), nl=False)


COMMANDS = (settings, password, show_config)
