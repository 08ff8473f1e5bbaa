"""One page of a search, the same for calls and entries: candidates from the trigram index, each compared once more."""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice

# A needle like 5555555 has one trigram, and a million rows may hold it without holding the needle. So many candidates
# are compared for one page (15 ms); the page may then be short, and its cursor goes on where it stopped.
CANDIDATES = 2_000
# Above every id: the first page starts there.
END = 2**63 - 1


def found_page(
    candidates: Iterable[sqlite3.Row], fits: Callable[[sqlite3.Row], bool], limit: int
) -> tuple[list[sqlite3.Row], int | None]:
    """The first `limit` candidates that fit, and the cursor after them; None when the candidates ended before."""
    found: list[sqlite3.Row] = []
    last: int | None = None
    seen = 0
    for row in islice(candidates, CANDIDATES):
        seen += 1
        last = row["id"]
        if fits(row):
            found.append(row)
            if len(found) == limit:
                return found, last
    return found, last if seen == CANDIDATES else None
