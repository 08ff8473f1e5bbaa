"""Real input: iaxmodem, a software modem that none of us wrote, rung over IAX2 on loopback.

It needs root for a network namespace of its own. `make test` installs it; in CI a missing one fails.
"""

import importlib
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from appliance.store import CallRecord
from tests.system.house import House, eventually

IaxLine: Any = importlib.import_module("tests.harness.iaxmodem_call").IaxLine  # shared material, without types

SELLER, FRIEND, STRANGER = "2125550123", "2125550199", "6465550177"
# A number for each: who calls again after some minutes is insistent, and short calls from one range are pings.
HOSTILE = [
    ("7185550177", "SPRINGFIELD,MA"),
    ("9175550177", "CANDIDATE SMITH"),
    ("3475550177", "'; DROP TABLE call; --"),
    ("9295550177", "../../etc/passwd <b>"),
]

MISSING = " and ".join(
    what
    for what, there in (
        ("iaxmodem (apt-get install iaxmodem)", shutil.which("iaxmodem") is not None),
        ("root, for a network namespace", os.geteuid() == 0),
    )
    if not there
)

pytestmark = pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"needs {MISSING}")


class Exchange:
    """The house at the end of iaxmodem's line. Every call dials anew while the modem is still busy with the last."""

    def __init__(self, line: Any, house: House) -> None:
        self.line, self.house = line, house

    def call(self, ring_time: float, **who: str) -> tuple[dict[str, Any], CallRecord]:
        """What the exchange saw of one call, and its finished row."""
        before = len(self.house.calls())
        seen: dict[str, Any] = self.line.call(ring_time=ring_time, hold=8.0, redial=15.0, **who)

        def row() -> CallRecord | None:
            calls = self.house.calls()
            return calls[-1] if len(calls) == before + 1 and calls[-1].outcome else None

        return seen, eventually(row, 20, f"one more row, finished; have {self.house.calls()[before:]}")


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    assert not MISSING, f"in CI these tests must run; missing: {MISSING}"
    house = House(tmp_path_factory.mktemp("iaxmodem"), country="US")
    house.block("+12125550123", label="Roof sellers")
    house.permit("+12125550199", label="Grandma")
    with IaxLine(group="root") as line, line.proc.stdout, house:
        process = house.start_line(line.tty)
        yield Exchange(line, house)
        assert process.stop() == 0
        assert "Traceback" not in process.text()


def test_a_blocked_number_is_rejected(exchange: Exchange) -> None:
    seen, row = exchange.call(12.0, number=SELLER, name="ROOF SELLERS")
    assert seen["outcome"] == "rejected", seen
    assert seen["ended_at"] - seen["answered_at"] >= 2.0
    assert (row.outcome, row.number, row.name) == ("dropped", "+12125550123", "ROOF SELLERS")
    assert (row.reason, row.dialled) == ("block_list", "5550100")


@pytest.mark.parametrize(
    ("number", "category"), [(FRIEND, "permitted"), (STRANGER, "unknown")], ids=["permitted", "unknown"]
)
def test_a_permitted_and_an_unknown_number_are_left_ringing(exchange: Exchange, number: str, category: str) -> None:
    seen, row = exchange.call(7.0, number=number, name="BRIAR QUINN")
    assert seen["outcome"] == "not-answered", seen
    assert (row.outcome, row.category, row.shown, row.name) == ("rang_out", category, number, "BRIAR QUINN")


def test_a_withheld_number_rings_and_is_rejected_when_the_household_says_so(exchange: Exchange) -> None:
    seen, row = exchange.call(4.0, number="P", name="P")
    assert seen["outcome"] == "not-answered", seen
    assert (row.outcome, row.category) == ("rang_out", "withheld")
    exchange.house.set("treatment.day.withheld", "drop")
    seen, row = exchange.call(12.0, number="P", name="P")
    assert seen["outcome"] == "rejected", seen
    assert (row.outcome, row.category, row.number) == ("dropped", "withheld", None)


@pytest.mark.parametrize(("number", "name"), HOSTILE, ids=[name for _, name in HOSTILE])
def test_a_hostile_name_is_survived_and_logged(exchange: Exchange, number: str, name: str) -> None:
    seen, row = exchange.call(2.0, number=number, name=name)
    assert seen["outcome"] == "not-answered", seen
    assert (row.shown, row.name) == (number, name)
    assert row.category == ("nameless" if name == "SPRINGFIELD,MA" else "unknown")
