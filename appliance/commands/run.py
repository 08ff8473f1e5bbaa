"""Commands that run something: the line, the page, the demo, the simulated modem."""

import os
import re
import site
import sys
from pathlib import Path

import click

from appliance.commands.base import Exit, Place, PlacedCommand, pass_place

ROOT = Path(__file__).resolve().parents[2]  # the folder that holds appliance/ and web/


def show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """--version."""
    if wanted and not context.resilient_parsing:
        from appliance.version import version

        click.echo(f"quietline {version()}")
        context.exit()


def check_bind(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """--bind HOST:PORT."""
    from appliance.config import parse_bind

    if value is not None:
        try:
            parse_bind(value)
        except ValueError as error:
            raise click.BadParameter(f"{value!r} {error}") from error
    return value


bind_option = click.option("--bind", metavar="HOST:PORT", callback=check_bind, help="Where to serve the page.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Log everything, whole numbers and bytes included.")


@click.command(cls=PlacedCommand)
@click.option("--port", metavar="PORT", help="Serial port of the modem; otherwise the one in the configuration.")
@click.option(
    "--name", default="main", show_default=True, metavar="NAME", help="Name of this line, when there are several."
)
@verbose_option
@pass_place
def line(place: Place, port: str | None, name: str, verbose: bool) -> int:
    """Look after the phone line until stopped."""
    from appliance.journal import start_logging
    from appliance.line import run

    start_logging(verbose=verbose)
    return run(place.config(), port=port, name=name)


@click.command(cls=PlacedCommand)
@bind_option
@pass_place
def web(place: Place, bind: str | None) -> None:
    """Serve the page until stopped."""
    config = place.config()
    arguments = ["--data", str(config.data), "--bind", bind or config.web.bind]
    if place.config_file is not None:
        arguments += ["--config", str(place.config_file)]
    os.execve(sys.executable, web_command(*arguments), web_environment())  # noqa: S606  # our own program, no shell


def web_command(*arguments: str) -> list[str]:
    """The command of the page's own process. -P: never import a `web` that lies in the current folder."""
    return [sys.executable, "-P", "-m", "web", *arguments]


def web_environment() -> dict[str, str]:
    """The environment of the page's process; from a clone it must be told where `web` is."""
    environment = dict(os.environ)
    if str(ROOT) not in site.getsitepackages():
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    return environment


@click.command(cls=PlacedCommand)
@bind_option
@verbose_option
@pass_place
def demo(place: Place, bind: str | None, verbose: bool) -> int:
    """Try it without a modem: a simulated phone line, the whole appliance, its page."""
    from appliance.demo import run

    return run(place.config_file, place.data, bind, verbose=verbose)


def check_model(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """--model NAME."""
    from hardware.simulator import MODELS

    if value not in MODELS:
        raise click.BadParameter(f"there is no modem {value!r}; there are {', '.join(MODELS)}")
    return value


def check_country(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """--country CC."""
    if value is not None and not re.fullmatch("[A-Za-z]{2}", value):
        raise click.BadParameter(f"{value!r} is no country; say it in two letters, as US, GB or DE")
    return value.upper() if value is not None else None


@click.command(cls=PlacedCommand)
@click.option(
    "--pty", is_flag=True, help="Print the port of the simulated modem and read what happens from standard input."
)
@click.option(
    "--model", default="usr", show_default=True, metavar="NAME", callback=check_model, help="Which modem it is."
)
@click.option(
    "--country", metavar="CC", callback=check_country, help="Whose telephone line; otherwise the configured one."
)
@pass_place
def simulate(place: Place, pty: bool, model: str, country: str | None) -> int:
    """A simulated phone line and modem on a pseudo-terminal, for a person at a desk.

    Commands on standard input: call 2125550123 "A NAME", play CASE, hang up, lift, replace, break FAULT, mend FAULT,
    unplug, plug, models, help, quit.
    """
    if not pty:
        raise click.UsageError(
            "Say --pty: it is the only way so far to reach the simulated modem.", click.get_current_context()
        )
    from hardware.simulator import desk

    return int(desk.run(country=country or place.config().country, model=model) or Exit.OK)


COMMANDS = (line, web, demo, simulate)
