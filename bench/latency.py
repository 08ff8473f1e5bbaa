"""From the last byte of Caller ID that suffices to the off-hook command, both on the pseudo-terminal.

The simulator notes the time before it writes the number's line and after it has read the last byte of ATH1, so its
own scheduling counts against us. Lists of ten to a million entries; the web process stopped, busy and killed.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice

from bench.fast_line import HASTE
from bench.figures import Figure, median, share
from bench.homes import FEW, MANY, MILLION, PASSWORD, Homes, name, number
from hardware.simulator import SimulatedModem
from tests.system.house import ROOT, House, Process
from tests.system.visitor import Visitor

CALLS = 36
"""For each list and each state of the web process: more than a hundred for each list."""
PAUSE_S = 0.5
"""From on-hook until the line process takes the next ring for a new call, at HASTE."""
PATIENCE_S = 10.0
SPOILT = 5
"""Calls that may be rung again. When a crowded machine delays an off-hook beyond the next ring, which comes in 0.14 s
at HASTE and 2.7 s in life, the line takes the next call for the same one, and drops it before it shows its number."""
MEDIAN_MS, P99_MS = 2.0, 10.0
SEED = 555

Samples = dict[str, list[float]]


def measure(homes: Homes) -> Iterator[Figure]:
    """The table's rows; the plain program is rung in the same states of the same web process."""
    plain: Samples = {}
    for entries in (FEW, MANY, MILLION):
        house = homes.with_entries(entries)
        if not plain:
            plain = _in_every_state(house, _plain_program, entries)
        ours = _in_every_state(house, _line, entries)
        yield from _rows(f"{entries:,} entries", ours, plain)


def _rows(what: str, ours: Samples, plain: Samples) -> Iterator[Figure]:
    everything = [value for values in ours.values() for value in values]
    floor = [value for values in plain.values() for value in values]
    for label, part, budget in (("median", 0.5, MEDIAN_MS), ("p99", 0.99, P99_MS)):
        text = f"off-hook, {what}, {label} of {len(everything)}"
        yield Figure(text, share(everything, part), "ms", budget, share(floor, part), "a plain program")
    for state, values in ours.items():
        yield Figure(f"  of these, web {state}: median", median(values), "ms", None, median(plain[state]), "plain")
        yield Figure(f"  of these, web {state}: slowest", max(values), "ms", None, max(plain[state]), "plain")


def _in_every_state(house: House, subject: Callable[[House, SimulatedModem], Process], entries: int) -> Samples:
    samples: Samples = {}
    with SimulatedModem(speed=HASTE) as sim:
        process = subject(house, sim)
        try:
            for state, begin in STATES.items():
                with begin(house):
                    samples[state] = _ring(sim, entries, len(samples))
        finally:
            process.stop() if subject is _line else process.kill()
    return samples


def _ring(sim: SimulatedModem, entries: int, turn: int) -> list[float]:
    # No caller twice within some calls: at this haste a second report would come while the first may still be repeated.
    callers = random.Random(SEED + turn).sample(range(entries), min(entries, CALLS))
    took: list[float] = []
    for index in islice(cycle(callers), CALLS + SPOILT):
        call = sim.call(number=number(index), name=name(index))
        outcome = call.wait(PATIENCE_S)
        assert outcome == "dropped", f"{number(index)} was not dropped but {outcome}"
        assert call.off_hook_at is not None
        if call.number_sending_at is not None:
            took.append((call.off_hook_at - call.number_sending_at) * 1000)
        time.sleep(PAUSE_S)
        if len(took) == CALLS:
            return took
    raise AssertionError(f"{SPOILT} calls were taken before they had shown a number")


# What is rung


def _line(house: House, sim: SimulatedModem) -> Process:
    where = ("--data", str(house.data), "--config", str(house.config))
    house.line = Process(house.folder / "line.log", "bench.fast_line", *where, "line", "--port", sim.port)
    house.used.append(house.line)
    house.wait_ready()
    return house.line


def _plain_program(house: House, sim: SimulatedModem) -> Process:
    log = house.folder / "plain.log"
    program = Process(log, "bench.plain_modem_program", sim.port)
    end = time.monotonic() + PATIENCE_S
    while "ready" not in program.text():
        assert time.monotonic() < end, program.text()
        time.sleep(0.02)
    return program


# What the web process does meanwhile


@contextmanager
def _stopped(house: House) -> Iterator[None]:
    """Frozen between two instructions, as a hung process is; what it holds open stays open."""
    Visitor(house.start_web()).enter(PASSWORD).close()
    assert house.web is not None
    house.web.child.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        house.web.child.send_signal(signal.SIGCONT)
        house.web.stop()


@contextmanager
def _busy(house: House) -> Iterator[None]:
    address = house.start_web()
    Visitor(address).enter(PASSWORD).close()
    hammer = subprocess.Popen([sys.executable, "-m", "bench.hammer", address], cwd=ROOT)
    try:
        time.sleep(1.0)
        yield
        assert hammer.poll() is None, "the visitor gave up"
    finally:
        hammer.kill()
        hammer.wait()
        assert house.web is not None
        house.web.stop()


@contextmanager
def _killed(house: House) -> Iterator[None]:
    Visitor(house.start_web()).enter(PASSWORD).close()
    assert house.web is not None
    house.web.kill()
    yield


STATES = {"stopped": _stopped, "busy": _busy, "killed": _killed}
