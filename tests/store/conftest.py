"""A real store in a folder of its own, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened
