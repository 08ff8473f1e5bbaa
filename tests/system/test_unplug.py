"""The modem is pulled out at any moment and put back: within five seconds it works again, fifty times of fifty.

Every time is real but the telephone network's: what hardware/ is asked to do here is done by the line process.
"""

import random
import time
from pathlib import Path

import pytest

from appliance.store import LineStatus
from hardware.simulator import SimulatedModem
from tests.system.house import House, eventually

SPEED = 10.0
"""The telephone network runs so much faster, so that a report comes 0.33 s after the first ring."""
WORKING_AGAIN_S = 5.0
TURNS = 10
SEED = 20_261_122


@pytest.mark.parametrize("number", range(5))
def test_unplugged_at_a_random_moment_it_drops_calls_again_within_five_seconds(tmp_path: Path, number: int) -> None:
    chance = random.Random(SEED + number)
    with SimulatedModem(speed=SPEED) as sim, House(tmp_path) as house:
        house.quietline("block", "add", "21255501*")
        house.start_line(sim.port)
        for turn in range(TURNS):
            time.sleep(chance.uniform(0.0, 0.8))  # the drop of the call before may still be going on
            sim.unplug()
            time.sleep(chance.choice((0.0, chance.uniform(0.0, 0.6), chance.uniform(0.6, 2.0))))
            sim.plug()
            _works_again(house, sim, turn)
        assert house.line is not None
        assert house.line.alive()
        rows = house.ended(TURNS)
        assert {row.shown for row in rows} >= {f"21255501{turn:02d}" for turn in range(TURNS)}


def _works_again(house: House, sim: SimulatedModem, turn: int) -> None:
    plugged, wall = time.monotonic(), time.time()
    if sim.line.call is not None:
        sim.line.call.hang_up()

    def ready() -> LineStatus | None:
        if not any(entry.at > plugged and b"+VCID=1" in entry.data for entry in sim.log):
            return None  # what the status says may still be of the time before
        status = house.status()
        return status if status and status.modem == "ready" and status.heartbeat_at.timestamp() > wall else None

    eventually(ready, 10, "the modem is ready again")
    call = sim.call(number=f"21255501{turn:02d}", name="A CALLER")
    assert call.wait(10, until=("answered", "dropped")) in {"answered", "dropped"}
    took = time.monotonic() - plugged
    assert took < WORKING_AGAIN_S, f"working again only after {took:.1f} s"
