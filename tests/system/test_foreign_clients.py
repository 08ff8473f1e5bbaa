"""The simulator is read by two programs none of us wrote: what it says as a modem is what others take for a modem.

phone-modem and basicmodem come from PyPI with the dev extra; each runs as a process of its own.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from hardware.simulator import SimulatedModem
from hardware.simulator.models import MODELS

CLIENT = Path(__file__).parent.parent / "harness" / "foreign_caller_id.py"
NUMBER, NAME = "2125550123", "BRIAR QUINN"
MISSING = " and ".join(name for name in ("phone_modem", "basicmodem") if find_spec(name) is None)

pytestmark = pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"needs {MISSING} (the dev extra)")


class Client:
    """One of the two on a port, with what it has told so far."""

    def __init__(self, name: str, port: str, *more: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(CLIENT), name, port, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=f"reads-{name}")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._told.put(json.loads(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process as process:
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.close()
            complaint = process.stderr.read()
            self._reader.join(10)
        if error is None:
            assert "Traceback" not in complaint, complaint

    def wait_for(self, state: str) -> dict[str, Any]:
        """What it told with that state, next."""
        while True:
            told = self._told.get(timeout=15)
            if told["state"] == state:
                return told


@pytest.fixture(params=["usr", "cx93001", "si24xx"])
def sim(request: pytest.FixtureRequest) -> Iterator[SimulatedModem]:
    assert not MISSING, f"in CI these tests must run; missing: {MISSING}"
    with SimulatedModem(model=MODELS[request.param], speed=5.0) as sim:
        yield sim


@pytest.mark.parametrize("name", ["phone-modem", "basicmodem"])
def test_a_foreign_program_reads_who_calls(sim: SimulatedModem, name: str) -> None:
    with Client(name, sim.port) as client:
        assert client.wait_for("ready")["open"]
        sim.call(NUMBER, NAME)
        client.wait_for("ring")
        told = client.wait_for("callerid")
        assert (told["number"], told["name"]) == (NUMBER, NAME)


def test_a_foreign_program_rejects_a_call(sim: SimulatedModem) -> None:
    with Client("phone-modem", sim.port, "reject") as client:
        client.wait_for("ready")
        call = sim.call(NUMBER, NAME)
        client.wait_for("rejected")
        assert call.wait(10) == "dropped"


def test_a_foreign_program_knows_the_sample_format_of_a_usr_modem() -> None:
    assert not MISSING, f"in CI these tests must run; missing: {MISSING}"
    with SimulatedModem(model=MODELS["usr"]) as sim, Client("phone-modem", sim.port) as client:
        assert client.wait_for("ready")["format"] == 128
