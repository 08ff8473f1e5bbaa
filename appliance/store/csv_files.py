"""Lists as CSV files: their text is read, judged and written here, a million rows in a bounded memory. No SQL.

The heading is number,name,note and, as far as wanted, expires, kind, hours and vip, in any order; comma, semicolon or
tab.
"""

import csv
import os
import re
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from appliance.core.caller import list_key
from appliance.core.entry_keys import entry_key
from appliance.core.household import Entry, EntryKind
from appliance.errors import InvalidValue, StoreError
from appliance.store.entries import LABEL_LIMIT, checked, checked_hours
from appliance.store.moments import to_ms
from appliance.store.records import RefusedRow

if TYPE_CHECKING:
    import _csv  # the type of csv.reader has no public name

HEADING = ("number", "name", "note", "expires", "kind", "hours", "vip")
DELIMITERS = ",;\t"
# So many refused rows are listed; the rest is counted. A wrong file must not fill the memory.
REFUSED_LISTED = 1_000
# Characters of a refused value that are kept and shown.
SHOWN = 100
# Longer than any honest row; a file without line ends is read in pieces of this, in characters.
LINE_LIMIT = 100_000
# A spreadsheet runs a cell that begins so. The quote in front is how spreadsheets themselves mark text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
KINDS = " or ".join(", ".join(kind.value for kind in EntryKind).rsplit(", ", 1))
NO_HEADING = "The first line of the file must name its columns: number,name,note. Nothing was imported."

# What a person may write in the column vip.
ANSWERS = {"": False, "no": False, "0": False, "false": False, "yes": True, "1": True, "true": True, "x": True}

# What a row of a file says: kind, value, label, note; and, where it says more, expiry in ms, hours, VIP.
PlainRow = tuple[str, str, str, str]
WholeRow = tuple[str, str, str, str, int | None, str, bool]
FileRow = PlainRow | WholeRow


@dataclass(slots=True)
class Reading:
    """One file as it is read: how its numbers are to be understood, and what had to be refused."""

    country: str
    area_code: str
    rows: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    refused_count: int = 0

    def refuse(self, line: int, value: str, why: str) -> None:
        """Count a row that cannot be used, and list it while the list is short."""
        self.refused_count += 1
        if len(self.refused) < REFUSED_LISTED:
            self.refused.append(RefusedRow(line, value[:SHOWN], why[: 2 * SHOWN]))

    def key(self, kind: EntryKind, text: str) -> str:
        """The normal form of a value; raises ValueError with a sentence."""
        return entry_key(kind, text, self.country, self.area_code)


def read_rows(file: Path, reading: Reading) -> Iterator[FileRow]:
    """The rows of a file that can be used, one by one. Raises InvalidValue when it is no such file."""
    country, area_code = reading.country, reading.area_code
    with opened(file) as text_file:
        lines, heading = headed(text_file, NO_HEADING)
        blanks = [""] * (len(heading) + 1)
        # A short row is filled up with blanks, and a column that the file lacks is the last of them.
        pick = itemgetter(*(heading.index(name) if name in heading else -1 for name in HEADING))
        for cells in lines:
            number, label, note, expires, kind, hours, vip = pick(cells + blanks)
            if not number and not any(cells):
                continue
            reading.rows += 1
            text, more = label + note, expires or kind or hours or vip
            try:
                if more or len(text) > LABEL_LIMIT or "'" in text or "\0" in text or number[:1] == "'":
                    yield _row(reading, number, label, note, expires, kind, hours, vip)
                else:  # nearly every row, and a million of them come through here: no call more than is needed
                    yield "exact", list_key(number, country, area_code), label.strip(), note.strip()
            except ValueError as error:  # InvalidValue, and what core/caller.py raises for a value nobody can use
                reading.refuse(lines.line_num, number, str(error))


@contextmanager
def opened(file: Path) -> Generator[TextIO]:
    """The file as text; what makes it unreadable becomes a sentence."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        raise InvalidValue(f"{file.name} is not UTF-8 text; save it as CSV UTF-8. Nothing was imported.") from error
    except csv.Error as error:
        raise InvalidValue(f"{file.name} is not a CSV file: {error}. Nothing was imported.") from error
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise InvalidValue(f"The file {file} cannot be read: {error.strerror}.") from error


def headed(text: TextIO, missing: str) -> tuple["_csv.Reader", list[str]]:
    """The rows after the heading, and the heading. Raises InvalidValue(`missing`) when it names no number."""
    first = text.readline(LINE_LIMIT)
    if "number" not in first.lower() or "\0" in first:
        raise InvalidValue(missing)
    text.seek(0)
    pieces = iter(partial(text.readline, LINE_LIMIT), "")
    lines = csv.reader(pieces, delimiter=max(DELIMITERS, key=first.count), strict=True)
    heading = [cell.strip().lower() for cell in next(lines)]
    if "number" not in heading:
        raise InvalidValue(missing)
    return lines, heading


def _row(
    reading: Reading, number: str, label: str, note: str, expires: str, kind: str, hours: str, vip: str
) -> WholeRow:
    """What one row says; raises ValueError with a sentence."""
    kind_of = _kind(kind.strip().lower())
    value = reading.key(kind_of, _unguarded(number))
    until = _moment(expires.strip()) if expires else None
    texts = checked(value, _unguarded(label).strip(), _unguarded(note).strip())
    if vip.strip().lower() not in ANSWERS:
        raise InvalidValue(f"{vip!r} in the column vip is no answer: write yes or no.")
    return kind_of.value, *texts, until, checked_hours(hours), ANSWERS[vip.strip().lower()]


def _kind(text: str) -> EntryKind:
    try:
        return EntryKind(text or "exact")
    except ValueError:
        raise InvalidValue(f"{text!r} is no kind of entry: {KINDS}.") from None


def _moment(text: str) -> int | None:
    """An expiry: a day (its end counts) or a time with its zone."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValue(f"{text!r} is no date: write 2026-01-31.") from None
    if len(text) == len("2026-01-31"):
        moment += timedelta(days=1)
    return to_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def write_rows(file: Path, entries: Iterable[Entry]) -> int:
    """Write entries to a file that `read_rows` understands, and that appears whole or not at all; how many rows."""
    rows = 0
    with _appearing(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")  # so that it quotes a cell which holds either
        writer.writerow(HEADING)
        for entry in entries:
            # Numbers keep their plus: nothing else of a formula can stand in them.
            value = _guarded(entry.value) if entry.kind is EntryKind.NAME else entry.value
            until = "" if entry.expires_at is None else entry.expires_at.isoformat()
            texts = (value, _guarded(entry.label), _guarded(entry.note))
            writer.writerow((*texts, until, entry.kind.value, entry.hours, "yes" if entry.vip else ""))
            rows += 1
    return rows


@contextmanager
def _appearing(file: Path) -> Generator[TextIO]:
    """A text file that takes its name only when all of it is on the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")  # only we may read it
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as text:
                yield text
                text.flush()
                os.fsync(text.fileno())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"The file {file} cannot be written: {error.strerror}.") from error


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    """The cell as it was before `_guarded`."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell) else cell
