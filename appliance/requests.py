"""What the page and other programs ask of the line through the store: taken once, obeyed, and said to be done.

Owned by the line's loop; the store is read and written by errands, so nothing here waits for the disk.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from appliance.store import Command, Store

Obey = Callable[[str, float], Callable[[], str] | None]
"""Given who asked, and when it was taken (monotonic seconds). What comes back is left to an errand to do, and says what
became of it, without raising; None when all is done."""


class Requests:
    """`obey` says what to do for each kind of command; `send` gives an errand with what follows it."""

    def __init__(
        self, send: Callable[[Callable[[Store], Any], Callable[[Any], object]], None], obey: Mapping[str, Obey]
    ):
        self._send, self._obey = send, obey

    def take(self) -> None:
        """Look for what waits, and do it when the errand is back."""
        kinds = tuple(self._obey)
        self._send(lambda store: store.commands.take(kinds, datetime.now(UTC)), self._taken)

    def _taken(self, commands: list[Command]) -> None:
        for command in commands:
            rest = self._obey[command.kind](command.by, time.monotonic())
            self._send(partial(_finish, command.id, rest), lambda _: None)


def _finish(command: int, rest: Callable[[], str] | None, store: Store) -> None:
    outcome = "done" if rest is None else rest()
    store.commands.finished(command, outcome, datetime.now(UTC))
