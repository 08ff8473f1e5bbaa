"""What is asked of the line through the store: obeyed once, by the line that is meant, and said to be done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from appliance.requests import Requests
from appliance.store import MESSAGES_HEARD, Store


def of_line(store: Store, name: str, heard: list[str]) -> Requests:
    def send(work: Callable[[Store], Any], done: Callable[[Any], object]) -> None:
        done(work(store))  # an errand that is back at once

    return Requests(send, {MESSAGES_HEARD.format(line=name): lambda who, _at: heard.append(f"{name}: {who}")})


def test_a_request_is_obeyed_once_by_its_line_and_said_to_be_done(tmp_path: Path) -> None:
    heard: list[str] = []
    now = datetime.now(UTC)
    with Store.open(tmp_path) as store:
        asked = store.commands.put(MESSAGES_HEARD.format(line="attic"), "", "page", now)
        for _ in range(2):
            of_line(store, "main", heard).take()
            of_line(store, "attic", heard).take()
        assert heard == ["attic: page"]
        assert store.commands.get(asked).outcome == "done"


def test_a_request_that_waited_too_long_is_not_obeyed(tmp_path: Path) -> None:
    heard: list[str] = []
    with Store.open(tmp_path) as store:
        asked = store.commands.put(
            MESSAGES_HEARD.format(line="main"), "", "page", datetime.now(UTC) - timedelta(minutes=5)
        )
        of_line(store, "main", heard).take()
        assert heard == []
        assert store.commands.get(asked).outcome == "too late"
