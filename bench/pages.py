"""How soon a page is there, over HTTP from the real web process, with a million calls and a million entries."""

import random
import time
from collections.abc import Callable, Iterator

from bench.figures import Figure, share
from bench.homes import FAMILY_NAMES, FEW, MILLION, PASSWORD, TRADES, Homes, number
from tests.system.house import House
from tests.system.visitor import Visitor

P95_MS = 30.0
LOADS = 200
SEED = 20_000

Address = Callable[[random.Random, int], str]

PAGES: dict[str, Address] = {
    "log, first page": lambda _chance, _rows: "/",
    "log, deep page by cursor": lambda chance, rows: f"/?before={chance.randrange(rows // 2, rows)}",
    "log, search for a name": lambda chance, _: f"/?q={chance.choice(FAMILY_NAMES)}+{chance.choice(TRADES)[:4]}",
    "log, search for part of a number": lambda chance, rows: f"/?q={number(chance.randrange(rows // 3))[3:]}",
    "log, search for a whole number": lambda chance, rows: f"/?q={number(chance.randrange(rows // 3))}",
    "log, search for two letters": lambda chance, _: f"/?q={chance.choice(FAMILY_NAMES)[:2]}",
    "log, search for nobody": lambda chance, _: f"/?q=NOBODY{chance.randrange(1000)}",
    "log, deep page of a search": lambda chance, rows: f"/?q=ROOFING&before={chance.randrange(rows // 2, rows)}",
    "block list, first page": lambda _chance, _rows: "/block",
    "block list, deep page by cursor": lambda chance, rows: f"/block?before={chance.randrange(rows // 2, rows)}",
    "block list, search for a name": lambda chance, _: f"/block?q={chance.choice(FAMILY_NAMES)}",
    "block list, search for a number": lambda chance, rows: f"/block?q={number(chance.randrange(rows))}",
    "permit list, search for nobody": lambda _chance, _rows: "/permit?q=NOBODY",
    "check of a number": lambda chance, rows: f"/check?ask=1&number={number(chance.randrange(rows))}",
    "status": lambda _chance, _rows: "/status",
    "contacts": lambda _chance, _rows: "/contact",
    "check of a number tonight": lambda chance, rows: f"/check?ask=1&at=23:30&number={number(chance.randrange(rows))}",
    "who gets through: the table": lambda _chance, _rows: "/rules?profile=night",
    "who gets through: the schedule": lambda _chance, _rows: "/rules/schedule",
    "who gets through: the rules": lambda _chance, _rows: "/rules/order",
    "who gets through: number ranges": lambda _chance, _rows: "/rules/ranges",
    "who gets through: likely mistakes": lambda _chance, _rows: "/rules/review",
    "settings": lambda _chance, _rows: "/settings",
}


def measure(homes: Homes) -> Iterator[Figure]:
    """The same pages also from a house with ten calls: the ratio says what the million costs."""
    few = _load_all(homes.with_calls(FEW), FEW)
    many = _load_all(homes.with_calls(MILLION), MILLION)
    for page, took in many.items():
        yield Figure(f"{page}: p95", share(took, 0.95), "ms", P95_MS, share(few[page], 0.95), "with ten calls")
        yield Figure(f"{page}: p50", share(took, 0.5), "ms", None, share(few[page], 0.5), "with ten calls")


def _load_all(house: House, rows: int) -> dict[str, list[float]]:
    address = house.start_web()
    assert house.web is not None
    try:
        with Visitor(address).enter(PASSWORD) as visitor:
            return {page: _load(visitor, address, rows) for page, address in PAGES.items()}
    finally:
        house.web.stop()


def _load(visitor: Visitor, address: Address, rows: int) -> list[float]:
    chance = random.Random(SEED)
    took = []
    for _ in range(LOADS):
        path = address(chance, rows)
        begun = time.monotonic()
        visitor.get(path)
        took.append((time.monotonic() - begun) * 1000)
    return took
