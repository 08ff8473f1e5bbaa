"""A process that changes the block list all the time and writes down, surely on disk, what the store has acknowledged.

`python -m tests.system.list_changer DATA LOG`: "+ VALUE" after it was added; "? VALUE" before and "- VALUE" after it
was removed. A value's last line says what must be true of it, "?" that nobody knows.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from appliance.core.household import EntryKind, ListName
from appliance.store import Store

PAUSE_S = 0.03
"""Between two changes: some thirty a second, and time left for the others on a small machine."""
BY = "test"


def change_for_ever(data: Path, log: Path) -> None:
    with Store.open(data) as store, log.open("ab", buffering=0) as out:

        def note(mark: str, value: str) -> None:
            out.write(f"{mark} {value}\n".encode())
            os.fsync(out.fileno())

        for count in range(1_000_000):
            value = f"+1646{os.getpid() % 100:02d}{count:05d}"
            change = store.lists.add(ListName.BLOCK, EntryKind.EXACT, value, source=BY, now=datetime.now(UTC))
            note("+", value)
            if count % 3 == 0:
                assert change.entry is not None
                note("?", value)
                store.lists.remove(change.entry.id, datetime.now(UTC), BY)
                note("-", value)
            time.sleep(PAUSE_S)


def acknowledged(log: Path) -> tuple[set[str], set[str]]:
    """What must be on the list, and what must not."""
    last: dict[str, str] = {}
    for line in log.read_text().splitlines(keepends=True):
        if line.endswith("\n"):  # the last line may be cut short
            mark, value = line.split()
            last[value] = mark
    return {value for value, mark in last.items() if mark == "+"}, {
        value for value, mark in last.items() if mark == "-"
    }


if __name__ == "__main__":
    change_for_ever(Path(sys.argv[1]), Path(sys.argv[2]))
