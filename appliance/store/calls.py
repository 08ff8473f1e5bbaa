"""Calls: one row per call, put again as more becomes known of it. Newest first is by arrival, never by the clock."""

import json
import sqlite3
from datetime import datetime

from appliance.errors import NotFound
from appliance.store.database import Database
from appliance.store.moments import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from appliance.store.records import CallRecord, Page, TraceLine
from appliance.store.searching import END, found_page
from appliance.store.text import TRIGRAM, holds, needle, storable, trigrams

# A search of one or two characters has no trigram; it reads this many newest calls.
SHORT_SEARCH_ROWS = 10_000

PUT = """
INSERT INTO call (uid, line, started_at, ended_at, rings, shown, number, name, presentation, region, category, verdict,
    reason, entry_id, trace, treatment, mode, outcome, reported_date, reported_time, dialled, dialable, forwarded_by,
    call_type, long_distance, name_absence, ring_pattern, damaged, readable_number, readable_name, profile, wanted,
    handset)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET
    ended_at = excluded.ended_at, rings = excluded.rings, shown = excluded.shown, number = excluded.number,
    name = excluded.name, presentation = excluded.presentation, region = excluded.region,
    category = excluded.category, verdict = excluded.verdict, reason = excluded.reason, entry_id = excluded.entry_id,
    trace = excluded.trace, treatment = excluded.treatment, mode = excluded.mode, outcome = excluded.outcome,
    reported_date = excluded.reported_date, reported_time = excluded.reported_time, dialled = excluded.dialled,
    dialable = excluded.dialable, forwarded_by = excluded.forwarded_by, call_type = excluded.call_type,
    long_distance = excluded.long_distance, name_absence = excluded.name_absence,
    ring_pattern = excluded.ring_pattern, damaged = excluded.damaged, readable_number = excluded.readable_number,
    readable_name = excluded.readable_name, profile = excluded.profile, wanted = excluded.wanted,
    handset = excluded.handset
"""
NEWEST = "SELECT * FROM call WHERE id < ? ORDER BY id DESC LIMIT ?"
SEARCH = """
SELECT call.* FROM call_search JOIN call ON call.id = call_search.rowid
WHERE call_search MATCH ? AND call_search.rowid < ? ORDER BY call_search.rowid DESC
"""
SHORT_SEARCH = """
SELECT * FROM call
WHERE id > (SELECT max(id) FROM call) - ? AND id < ? AND holds(?, shown, number, name) ORDER BY id DESC LIMIT ?
"""
# As many calls are judged again in one what-if, a second's work; a busy household has as many in a year.
HISTORY = 10_000
# Thousands are read at once: all but the trace, which is most of a row.
SOME = """
SELECT id, uid, line, started_at, ended_at, rings, shown, number, name, presentation, region, category, verdict, reason,
    entry_id, '[]', treatment, mode, outcome, reported_date, reported_time, dialled, dialable, forwarded_by, call_type,
    long_distance, name_absence, ring_pattern, damaged, readable_number, readable_name, profile, wanted, handset
FROM call WHERE id IN ({which} AND started_at >= ? AND started_at < ? ORDER BY id DESC LIMIT ?) ORDER BY id
"""
BETWEEN = SOME.format(which="SELECT id FROM call INDEXED BY call_by_time WHERE TRUE")
FROM_NUMBERS = SOME.format(
    which="SELECT id FROM call INDEXED BY call_by_number"
    " WHERE number BETWEEN ? AND ? AND length(number) = ? AND outcome IS NOT NULL"
)
WITHOUT_NUMBER = SOME.format(
    which="SELECT id FROM call INDEXED BY call_by_time WHERE number IS NULL AND outcome IS NOT NULL"
)
BLOCKED = SOME.format(
    which="SELECT id FROM call INDEXED BY call_by_time"
    " WHERE outcome IS NOT NULL AND (verdict = 'block' OR outcome IN ('dropped', 'drop_failed', 'would_drop'))"
    " AND category IS NOT 'burst'"
)

Period = tuple[datetime, datetime]
"""From when on, and before when; both aware."""


class Calls:
    """The call log of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, record: CallRecord) -> None:
        """Write a call; the same `uid` again replaces what was known of it."""
        self._database.run(PUT, _values(record))

    def page(self, before: int | None = None, *, search: str = "", limit: int = 50) -> Page[CallRecord]:
        """Newest first; `before` is the cursor of the page before. `search` is part of a number or a name."""
        start = END if before is None else before
        wanted = needle(search)
        if len(wanted) >= TRIGRAM:
            candidates = self._database.stream(SEARCH, (trigrams(wanted), start))
            found, after = found_page(
                candidates, lambda row: holds(wanted, row["shown"], row["number"], row["name"]), limit
            )
            return Page(tuple(_call(row) for row in found), after)
        if wanted:
            found = self._database.rows(SHORT_SEARCH, (SHORT_SEARCH_ROWS, start, wanted, limit))
        else:
            found = self._database.rows(NEWEST, (start, limit))
        return Page(tuple(_call(row) for row in found), found[-1]["id"] if len(found) == limit else None)

    def get(self, uid: str) -> CallRecord:
        """One call; raises NotFound."""
        row = self._database.row("SELECT * FROM call WHERE uid = ?", (storable(uid),))
        if row is None:
            raise NotFound("There is no such call (any more).")
        return _call(row)

    def latest(self, line: str | None = None) -> CallRecord | None:
        """The newest call of a line, or of all lines."""
        if line is None:
            row = self._database.row("SELECT * FROM call ORDER BY id DESC LIMIT 1")
        else:
            row = self._database.row("SELECT * FROM call WHERE line = ? ORDER BY id DESC LIMIT 1", (line,))
        return None if row is None else _call(row)

    def between(self, since: datetime, until: datetime, *, newest: int = HISTORY) -> tuple[CallRecord, ...]:
        """The calls that began at `since` or later and before `until`, oldest first by arrival; `trace` is left empty.

        Of more than `newest` calls, the last ones.
        """
        return self._some(BETWEEN, since, until, newest)

    def of_numbers(self, first: str, last: str, period: Period, newest: int) -> tuple[CallRecord, ...]:
        """Calls that are over, from these two numbers (E.164, of one length) or any between; else as `between`."""
        return self._some(FROM_NUMBERS, first, last, len(first), *period, newest)

    def of_no_number(self, period: Period, newest: int) -> tuple[CallRecord, ...]:
        """Calls that are over and showed no number, or none that is whole; else as `between`."""
        return self._some(WITHOUT_NUMBER, *period, newest)

    def blocked(self, period: Period, newest: int) -> tuple[CallRecord, ...]:
        """Calls that were blocked for what they were, not for coming after another; else as `between`."""
        return self._some(BLOCKED, *period, newest)

    def _some(self, statement: str, *values: str | int | datetime) -> tuple[CallRecord, ...]:
        found = self._database.rows(
            statement, tuple(to_ms(value) if isinstance(value, datetime) else value for value in values)
        )
        return tuple(_call(row) for row in found)

    def close_interrupted(self, line: str, now: datetime) -> int:
        """Close the calls a killed process left open, as "interrupted" unless more was known; how many there were."""
        return self._database.run(
            "UPDATE call SET ended_at = max(?, started_at), outcome = coalesce(outcome, 'interrupted')"
            " WHERE line = ? AND ended_at IS NULL",
            (to_ms(now), line),
        )

    def count(self) -> int:
        """How many calls there are; costs nothing."""
        return self._database.number("SELECT amount FROM tally WHERE name = 'call'")


def _values(record: CallRecord) -> tuple[str | int | None, ...]:
    trace = json.dumps([(line.rule, line.verdict, line.category, line.saw) for line in record.trace])
    values: tuple[str | int | None, ...] = (
        record.uid,
        record.line,
        to_ms(record.started_at),
        to_ms_or_none(record.ended_at),
        record.rings,
        record.shown,
        record.number,
        record.name,
        record.presentation,
        record.region,
        record.category,
        record.verdict,
        record.reason,
        record.entry_id,
        trace,
        record.treatment,
        record.mode,
        record.outcome,
        record.reported_date,
        record.reported_time,
        record.dialled,
        record.dialable,
        record.forwarded_by,
        record.call_type,
        int(record.long_distance),
        record.name_absence,
        record.ring_pattern,
        record.damaged,
        record.readable_number,
        record.readable_name,
        record.profile,
        record.wanted,
        int(record.handset),
    )
    return tuple(storable(value) if isinstance(value, str) else value for value in values)


def _call(row: sqlite3.Row) -> CallRecord:
    _, uid, line, started_at, ended_at, *middle = row
    rings, shown, number, name, presentation, region, category, verdict, reason, entry_id, trace, *rest = middle
    treatment, mode, outcome, date, time, dialled, dialable, forwarded_by, call_type, long_distance, *last = rest
    name_absence, ring_pattern, damaged, readable_number, readable_name, profile, wanted, handset = last
    return CallRecord(
        uid,
        line,
        from_ms(started_at),
        from_ms_or_none(ended_at),
        rings,
        shown,
        number,
        name,
        presentation,
        region,
        category,
        verdict,
        reason,
        entry_id,
        tuple(TraceLine(*part) for part in json.loads(trace)),
        treatment,
        mode,
        outcome,
        date,
        time,
        dialled,
        dialable,
        forwarded_by,
        call_type,
        bool(long_distance),
        name_absence,
        ring_pattern,
        damaged,
        readable_number,
        readable_name,
        profile,
        wanted,
        bool(handset),
    )
