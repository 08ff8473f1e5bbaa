import random
import time
from functools import partial

from hardware.events import ModemLost, ModemReady
from hardware.simulator import SimulatedModem
from hardware.timing import ModemTiming
from tests.hardware.modem_desk import RunningModem, soon

SEED = 20261122
QUICK_LOOK = ModemTiming(rescan=0.1, pauses=(0.1, 0.2, 0.4, 0.8))


def ready_since(run: RunningModem, count: int) -> bool:
    """Whether the modem got ready after the first `count` events."""
    return any(isinstance(event, ModemReady) for event in run.events[count:])


def test_fifty_times_unplugged_at_any_moment_and_back_within_five_seconds_each_time() -> None:
    chance = random.Random(SEED)
    slowest = 0.0
    with SimulatedModem(speed=20.0) as sim, RunningModem(sim.port, timing=QUICK_LOOK) as run:
        run.wait_for(ModemReady)
        for turn in range(50):
            if turn % 2:
                sim.call("2125550123", "A CALLER")  # unplugged while it rings, reports, is taken or let go of
                time.sleep(chance.uniform(0.0, 0.3))
                if turn % 4 == 1:
                    run.modem.go_off_hook()
                    time.sleep(chance.choice([0.0, 0.001, 0.05]))
                    run.modem.go_on_hook()
            sim.unplug()
            if chance.random() < 0.5:
                run.wait_for(ModemLost)
            time.sleep(chance.uniform(0.0, 0.2))
            before = len(run.seen)
            sim.plug()
            start = time.monotonic()
            if chance.random() < 0.3:  # once more, in the middle of being set up
                time.sleep(chance.uniform(0.0, 0.15))
                sim.unplug()
                time.sleep(0.02)
                sim.plug()
            soon(partial(ready_since, run, before))
            slowest = max(slowest, time.monotonic() - start)
            soon(lambda: not sim.line.off_hook)
    assert slowest < 5.0
