"""The `quietline` command: gathers the commands and turns every error into one line and an exit code.

The commands themselves are in appliance/commands/, one module per family.
"""

import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from appliance.commands import (
    calls,
    care,
    check,
    decide,
    household,
    imports,
    lists,
    policy,
    reviewing,
    rules,
    run,
    schedule,
)
from appliance.commands.base import Exit, PlacedGroup
from appliance.errors import ApplianceError, ConfigError, InvalidValue, NotFound, StoreError
from appliance.journal import marked
from hardware.errors import HardwareError

log = logging.getLogger("quietline.command")

# The first class that fits gives the exit code.
EXIT_CODES: tuple[tuple[type[BaseException], Exit], ...] = (
    (NotFound, Exit.NOT_FOUND),
    (ConfigError, Exit.UNUSABLE),
    (StoreError, Exit.UNUSABLE),
    (InvalidValue, Exit.USAGE),
    (ApplianceError, Exit.FAILED),
    (HardwareError, Exit.FAILED),
    (click.UsageError, Exit.USAGE),
    (click.ClickException, Exit.FAILED),
    (OSError, Exit.FAILED),
)


@click.group(cls=PlacedGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=run.show_version, help="Say which."
)
def quietline() -> None:
    """Quietline, a call blocker for the landline.

    Every command also takes --data DIR and --config FILE, before or after its name.
    """


for family in (run, lists, imports, household, policy, schedule, rules, calls, check, decide, reviewing, care):
    for command in family.COMMANDS:
        quietline.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code comes back. An error is one line on standard error, never a traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with quietline.make_context("quietline", words) as context:
            code = quietline.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        _complain("stopped.")
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        _silence_output()
        code = Exit.BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  # the top of the process: a person gets one line, not a traceback
        code = _explain(error)
    return int(code or Exit.OK)


def _explain(error: Exception) -> int:
    code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), None)
    if code is None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.debug("unexpected error", exc_info=error)
        _complain(f"unexpected {type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}")
        return Exit.FAILED
    _complain(_sentence(error))
    return code


def _sentence(error: Exception) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f'{error.format_message()} Try "{error.ctx.command_path} --help".'
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)


def _complain(text: str) -> None:
    with contextlib.suppress(OSError):  # nobody is listening on standard error either
        click.echo(marked("quietline: " + " ".join(text.split())), err=True)


def _silence_output() -> None:
    """Point standard output at nothing, or Python complains at exit about what it could not flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
