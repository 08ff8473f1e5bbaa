"""What all commands share: --data and --config before and after every command, exit codes, the open store, plain text.

Nothing here knows a particular command.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appliance import config as toml
from appliance.errors import StoreError

if TYPE_CHECKING:
    from appliance.store import Store

BY = "command"  # who did it, in the rows that ask


class Exit(IntEnum):
    """What the exit code says; docs/commands.md holds the same table."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    UNUSABLE = 4  # the configuration or the store
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it
    BROKEN_PIPE = 141  # 128 + SIGPIPE, as shells have it


@dataclass
class Place:
    """Where this call of `quietline` works: told by --data and --config wherever they stand; the last one wins."""

    data: Path | None = None
    config_file: Path | None = None

    def config(self) -> toml.Config:
        """The effective configuration. Raises ConfigError."""
        return toml.load(self.config_file, data=self.data)

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """The store, made when there is none yet. Raises ConfigError, StoreError."""
        from appliance.store import Store

        folder = self.config().data
        try:
            opened = Store.open(folder)
        except PermissionError as error:
            raise StoreError(f"This user may not use the store in {folder}; try it with sudo.") from error
        with opened as store:
            hand_over(folder)
            yield store

    def ring(self) -> None:
        """Tell the line and the page to look at the store now."""
        from appliance.store import doorbell

        doorbell.ring(self.config().data, "*")


class PlacedCommand(click.Command):
    """A command that also takes --data and --config after its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _place_options()


class PlacedGroup(click.Group):
    """A group whose commands and groups all take --data and --config."""

    command_class = PlacedCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _place_options()


def _place_options() -> list[click.Parameter]:
    folder = click.Path(path_type=Path, file_okay=False)
    file = click.Path(path_type=Path, dir_okay=False)
    data_help = "Folder of the store; otherwise the one in the configuration."
    config_help = "Configuration to use; otherwise /etc/quietline/quietline.toml."
    return [
        click.Option(["--data"], type=folder, metavar="DIR", expose_value=False, callback=_remember, help=data_help),
        click.Option(
            ["--config", "config_file"],
            type=file,
            metavar="FILE",
            expose_value=False,
            callback=_remember,
            help=config_help,
        ),
    ]


def _remember(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    place = context.ensure_object(Place)
    if value is not None and parameter.name is not None:
        setattr(place, parameter.name, value.absolute())


pass_place = click.make_pass_decorator(Place, ensure=True)


def hand_over(folder: Path) -> None:
    """Give store files that root just made to the owner of the folder, so that the services can still write them."""
    owner = folder.stat()
    if os.geteuid() != 0 or owner.st_uid == 0:
        return
    for name in (
        "quietline.db",
        "quietline.db-wal",
        "quietline.db-shm",
        "quietline.lock",
        "reports.db",
        "reports.lock",
    ):
        file = folder / name
        if file.exists() and file.lstat().st_uid == 0:
            os.chown(file, owner.st_uid, owner.st_gid, follow_symlinks=False)


def plain(text: str) -> str:
    """Text from a caller or a file, fit for a terminal: what does not print (escapes, bidi marks) becomes a dot."""
    return "".join(c if c.isprintable() else "·" for c in text)
