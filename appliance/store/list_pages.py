"""One page of a list for people, newest first, searched or whole; costs the same with ten entries and a million."""

import sqlite3

from appliance.core.household import Entry, ListName
from appliance.store.database import Database
from appliance.store.entries import entry_of
from appliance.store.records import Page
from appliance.store.searching import END, found_page
from appliance.store.text import TRIGRAM, holds, needle, trigrams

# Up to so many rows are read through for a search; above, the trigram index is asked (reading 5,000 takes 5 ms).
READ_THROUGH_ROWS = 5_000

NEWEST = "SELECT * FROM entry WHERE list = ? AND id < ? ORDER BY id DESC LIMIT ?"
READ_THROUGH = """
SELECT * FROM (SELECT * FROM entry WHERE list = ? ORDER BY id DESC LIMIT ?)
WHERE id < ? AND holds(?, value, label, note) ORDER BY id DESC LIMIT ?
"""
SEARCH = """
SELECT entry.* FROM entry_search JOIN entry ON entry.id = entry_search.rowid
WHERE entry_search MATCH ? AND entry_search.rowid < ? ORDER BY entry_search.rowid DESC
"""


def count_of(database: Database, list_name: ListName) -> int:
    """How many entries a list has, as the triggers counted them."""
    return database.number("SELECT amount FROM tally WHERE name = ?", (list_name.value,))


def page_of(database: Database, list_name: ListName, search: str, before: int | None, limit: int) -> Page[Entry]:
    """One page; `before` is the cursor of the page before. `search` is part of a value, name or note, "" for all."""
    start = END if before is None else before
    wanted = needle(search)
    if len(wanted) >= TRIGRAM and count_of(database, list_name) > READ_THROUGH_ROWS:
        candidates = database.stream(SEARCH, (trigrams(wanted), start))
        found, after = found_page(candidates, lambda row: _fits(row, list_name, wanted), limit)
        return Page(tuple(entry_of(row) for row in found), after)
    if wanted:
        found = database.rows(READ_THROUGH, (list_name.value, READ_THROUGH_ROWS, start, wanted, limit))
    else:
        found = database.rows(NEWEST, (list_name.value, start, limit))
    return Page(tuple(entry_of(row) for row in found), found[-1]["id"] if len(found) == limit else None)


def _fits(row: sqlite3.Row, list_name: ListName, wanted: str) -> bool:
    return row["list"] == list_name.value and holds(wanted, row["value"], row["label"], row["note"])
