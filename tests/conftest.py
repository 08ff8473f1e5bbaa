"""For all tests: what a shell may have taken from the processes that they start, patience, and the order."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A shell that starts the tests in the background has SIGINT ignored, and every child would inherit that: Ctrl-C, which
# some tests send, would do nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more about what else the machine does than about the code; bench/ measures that.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).parent
# Whole houses, browsers and fuzzers: they mostly wait, for a bell or for another process.
LONG = frozenset({"system", "browser", "fuzz"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: what is left for the end is short, and no worker waits for another."""
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] not in LONG)
