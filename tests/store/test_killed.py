"""kill -9 at any moment: what was acknowledged is there, and nothing is there by half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.store import Store
from tests.store.rows import NOW

BLOCK = ListName.BLOCK

ADDS_AND_SAYS_SO = """
import sys
from pathlib import Path
from appliance.store import Store
from tests.store.rows import NOW
with Store.open(Path(sys.argv[1])) as store:
    for count in range(100_000):
        store.lists.block_caller(f"{sys.argv[2]}{count:05}", by="page", now=NOW)
        print(count, flush=True)
"""
IMPORTS = """
import sys
from pathlib import Path
from appliance.core.household import ListName
from appliance.store import Store, bulk
from tests.store.rows import NOW
bulk.REBUILD_ROWS = 1
with Store.open(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    store.lists.import_csv(ListName.BLOCK, Path(sys.argv[2]), country="US", source="command", now=NOW)
    print("done", flush=True)
    sys.stdin.read()
"""


def started(program: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def killed(process: subprocess.Popen[str]) -> list[str]:
    """Kill it; the lines it had said."""
    process.kill()
    assert process.stdout is not None
    with process:  # its own buffer first: communicate() would read past lines that it already holds
        return process.stdout.read().splitlines()


@pytest.mark.parametrize("attempt", range(8))
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, attempt: int) -> None:
    process = started(ADDS_AND_SAYS_SO, tmp_path, "+1212")
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    time.sleep(random.Random(attempt).uniform(0, 0.3))
    acknowledged = len(killed(process)) + 1
    with Store.open(tmp_path, check=True) as store:
        standing = store.lists.count(BLOCK)
        assert standing in {acknowledged, acknowledged + 1}  # the last one may have been written, but not yet said
        assert all(store.lists.exact(f"+1212{count:05}") for count in range(acknowledged))
        assert len(store.events.page(kind="list", limit=200_000).rows) == standing
        assert store.damage() == ""


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.5])
def test_an_import_that_is_killed_leaves_the_list_as_it_was(tmp_path: Path, moment: float) -> None:
    file = tmp_path / "list.csv"
    file.write_text("number,name\n" + "".join(f"+1213{count:07},NEW\n" for count in range(2_000_000, 2_060_000)))
    with Store.open(tmp_path) as store:
        store.lists.add(BLOCK, EntryKind.EXACT, "+12132000001", label="OLD", source="page", now=NOW)
    process = started(IMPORTS, tmp_path, file)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(moment)
    whole = killed(process) == ["done"]
    with Store.open(tmp_path, check=True) as store:
        labels = {entry.label for entry in store.lists.page(BLOCK).rows}
        found = store.lists.page(BLOCK, search="3200").rows
        assert store.damage() == ""
        assert [event.kind for event in store.events.page(kind="restore").rows] == []
        if whole or store.lists.count(BLOCK) > 1:  # killed after the commit, before it could say so
            assert store.lists.count(BLOCK) == 60_000
            assert labels == {"NEW"}
        else:
            assert labels == {"OLD"}
        assert found
