"""A simulated modem and a plain program at its port, for the test files that say how they want them.

SPEED: how much faster than life (needed); MODEL: which modem (a USR5637); READY: whether the program has asked for
Caller ID already (no). A file that needs more has fixtures of its own.
"""

from collections.abc import Iterator

import pytest

from hardware.simulator import USR, SimulatedModem
from tests.hardware.plain_program import Program


@pytest.fixture
def sim(request: pytest.FixtureRequest) -> Iterator[SimulatedModem]:
    module = request.module
    with SimulatedModem(model=getattr(module, "MODEL", USR), speed=module.SPEED) as sim:
        yield sim


@pytest.fixture
def program(request: pytest.FixtureRequest, sim: SimulatedModem) -> Iterator[Program]:
    with Program(sim.port) as program:
        yield program.ready() if getattr(request.module, "READY", False) else program
