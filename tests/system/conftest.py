"""Shared by the system tests: mock pins for the panel of a line that runs in the test's own process."""

from collections.abc import Iterator
from pathlib import Path

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory

from tests.system.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A British box (reports come before the bell, so its calls are short) with its modem ready."""
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    factory = MockFactory()
    gpiozero.Device.pin_factory = factory
    try:
        with Desk(tmp_path, factory) as desk:
            yield desk
    finally:
        factory.reset()
        gpiozero.Device.pin_factory = None
