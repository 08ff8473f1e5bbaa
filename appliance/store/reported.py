"""The file of reported numbers, as it is read: `<data>/reports.db`, an SQLite file of its own, beside the store.

    CREATE TABLE reported (
        number INTEGER PRIMARY KEY,  -- E.164 without the plus
        score INTEGER NOT NULL,      -- 0 (nobody minds) to 100 (surely unwanted)
        count INTEGER NOT NULL,      -- how many reports, at least 1
        last_day INTEGER NOT NULL    -- of the newest report, in days since 1970-01-01
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE made (rows INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;  -- one row; milliseconds since 1970

It is never changed, only replaced whole by another under the same name (reports_import.py), so no reader waits and none
sees half of it. No memory grows with it: a look-up reads four or five pages.
"""

import logging
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from appliance.core.household import ReportedNumber
from appliance.errors import StoreError
from appliance.store.database import Database, Purpose, StoreDamaged
from appliance.store.moments import from_ms

LOG = logging.getLogger(__name__)

REPORTS_NAME = "reports.db"
# Pages of 4 kB: the upper levels of a tree of ten million rows.
CACHE_PAGES = 32
EPOCH_DAY = date(1970, 1, 1)
LAST_DAY = (date.max - EPOCH_DAY).days

E164 = re.compile(r"\+([0-9]{1,15})", re.ASCII)
LOOK_UP = "SELECT score, count, last_day FROM reported WHERE number = ?"

Found = TypeVar("Found")


class ReportedFile:
    """The reported numbers of a data folder. Serves core's Reports. Belongs to the thread that asks first.

    Opened when it is first asked, and again when another file has taken its place.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / REPORTS_NAME
        self._database: Database | None = None
        self.fault: str | None = None

    def reported(self, number: str) -> ReportedNumber | None:
        """What is reported of an E.164 number. Never raises: a missing or damaged file reports nothing.

        A damaged one is told in `fault`, a sentence for people, until it is read again.
        """
        try:
            found = self.about(number)
        except StoreError as error:
            if self.fault is None:
                LOG.error("reports=unreadable reason=%s", error)
            self.fault = f"The file of reported numbers cannot be read, so no number counts as reported. {error}"
            return None
        self.fault = None
        return found

    def about(self, number: str) -> ReportedNumber | None:
        """The same for people who ask. Raises StoreError when there is a file that cannot be read."""
        digits = E164.fullmatch(number)
        if digits is None:
            return None
        row = self._asked(lambda database: database.row(LOOK_UP, (int(digits[1]),)))
        if row is None:
            return None
        if not all(isinstance(value, int) for value in row):
            raise StoreDamaged("The file of reported numbers holds something else than numbers.")
        score, count, last_day = row
        day = EPOCH_DAY + timedelta(days=min(max(last_day, 0), LAST_DAY))
        return ReportedNumber(score, count, day)

    def count(self) -> int:
        """How many numbers are reported; 0 without a file. Raises StoreError."""
        return self._asked(lambda database: database.number("SELECT rows FROM made")) or 0

    def made_at(self) -> datetime | None:
        """When the file was made; None without one. Raises StoreError."""
        at = self._asked(lambda database: database.number("SELECT at FROM made"))
        return None if at is None else from_ms(at).astimezone(UTC)

    def close(self) -> None:
        """Close the file; asking again opens it anew."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _asked(self, question: Callable[[Database], Found]) -> Found | None:
        """The answer of the file that stands there now; None when there is none."""
        if self._database is not None and self._database.replaced():
            self.close()
        try:
            if self._database is None:
                if not os.path.exists(self._file):  # noqa: PTH110  # Path.exists raises where a folder is closed to us
                    return None
                self._database = Database(self._file, Purpose.LINE, read_only=True)
                self._database.rows(f"PRAGMA cache_size = {CACHE_PAGES}")
                self._database.rows("PRAGMA mmap_size = 0")
            return question(self._database)
        except StoreError:
            self.close()
            raise
