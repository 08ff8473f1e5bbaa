"""Shared by the system tests: mock pins for the panel of a line that runs in the test's own process."""

from collections.abc import Iterator
from pathlib import Path

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory

from tests.system.desk import Desk


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[MockFactory]:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    factory = MockFactory()
    gpiozero.Device.pin_factory = factory
    yield factory
    factory.reset()
    gpiozero.Device.pin_factory = None


@pytest.fixture
def desk(tmp_path: Path, pins: MockFactory) -> Iterator[Desk]:
    """A British box (reports come before the bell, so its calls are short) with its modem ready."""
    with Desk(tmp_path, pins) as desk:
        yield desk


@pytest.fixture
def american_desk(tmp_path: Path, pins: MockFactory) -> Iterator[Desk]:
    """The same with four seconds of silence between two rings, the report in them."""
    with Desk(tmp_path, pins, country="US") as desk:
        yield desk
