"""For all tests: what a shell may have taken from the processes that they start, patience, and the order."""

import signal

import pytest
from hypothesis import settings

# A shell that starts the tests in the background has SIGINT ignored, and every child would inherit that: Ctrl-C, which
# some tests send, would do nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more about what else the machine does than about the code; bench/ measures that.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Whole houses, browsers and fuzzers: they mostly wait, for a bell or for another process.
LONG = frozenset({"system", "browser", "fuzz"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones are spread among the short, which fill their waiting, and are over before them."""
    long = [item for item in items if not LONG.isdisjoint(item.path.parts)]
    short = [item for item in items if LONG.isdisjoint(item.path.parts)]
    placed = [(0.8 * place / len(long), item) for place, item in enumerate(long)]
    placed += [(place / len(short), item) for place, item in enumerate(short)]
    items[:] = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
