"""A visitor who never rests: signs in and loads pages as fast as they come, on four connections, until killed."""

import sys
import threading

from bench.homes import PASSWORD
from tests.system.visitor import Visitor

PAGES = ("/", "/block", "/status", "/?q=ROOF", "/block?q=MILL")
CONNECTIONS = 4


def _load(address: str) -> None:
    visitor = Visitor(address).enter(PASSWORD)
    while True:
        for page in PAGES:
            visitor.get(page)


if __name__ == "__main__":
    for _ in range(CONNECTIONS):
        threading.Thread(target=_load, args=(sys.argv[1],)).start()
