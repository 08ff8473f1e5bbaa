"""The rows that leave the store: frozen, typed, times as aware UTC. No SQL and no rule may enter.

Entry, ListName, EntryKind and Household belong to the pure core (core/household.py); they are used as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from appliance.core.household import Entry, ListName

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page, newest first. `next_cursor` asks for the page after it; None when this is the last one."""

    rows: tuple[Row, ...]
    next_cursor: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the lists, kept so that it can be undone.

    `what` is "added", "updated", "removed", "undone" or "unchanged" (the list already said so: id is 0, nothing was
    kept, there is nothing to undo). `entry` is the entry as it is after the change; for a removal, as it was before.
    `replaced` is an entry of another list that had to go (block_caller on a permitted number or a contact, and the
    reverse).
    """

    id: int
    at: datetime
    by: str
    call_uid: str | None
    list: ListName
    what: str
    entry: Entry | None
    replaced: Entry | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of an imported file that could not be used: where (1 is the heading), what stood there, and why not."""

    line: int
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `refused` lists the first refused rows; `refused_count` counts all of them."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0


@dataclass(frozen=True, slots=True)
class ReportsImport:
    """What an import of reported numbers did: how many numbers the file had `before` and has now, and what was refused.

    `refused` lists the first refused rows; `refused_count` counts all of them.
    """

    before: int
    numbers: int
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What one rule said about a call; `verdict` is None when it had no opinion. `saw` is a sentence for people."""

    rule: str
    verdict: str | None
    category: str | None
    saw: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call, from first ring to outcome. Put again under the same `uid` as more becomes known.

    `shown` is the number as the wire sent it; `number` is E.164 where that could be formed. Enum members of the core
    travel here as their values, so an old row can still be read when a category is gone. `dialled`, `dialable` and
    `forwarded_by` are numbers as sent. `damaged` says why the Caller ID could not be believed; `readable_number` and
    `readable_name` are what could be read of it, for people only. `profile` was in force and `wanted` that treatment;
    `treatment` is what was done. `handset`: somebody lifted a handset, as far as is known.
    """

    uid: str
    line: str
    started_at: datetime
    ended_at: datetime | None = None
    rings: int = 0
    shown: str = ""
    number: str | None = None
    name: str | None = None
    presentation: str = "none"
    region: str | None = None
    category: str | None = None
    verdict: str | None = None
    reason: str | None = None
    entry_id: int | None = None
    trace: tuple[TraceLine, ...] = ()
    treatment: str | None = None
    mode: str = "on"
    outcome: str | None = None
    reported_date: str | None = None
    reported_time: str | None = None
    dialled: str | None = None
    dialable: str | None = None
    forwarded_by: str | None = None
    call_type: str | None = None
    long_distance: bool = False
    name_absence: str | None = None
    ring_pattern: str | None = None
    damaged: str | None = None
    readable_number: str | None = None
    readable_name: str | None = None
    profile: str | None = None
    wanted: str | None = None
    handset: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something the household may want to know. `id` is 0 until it is stored.

    `kind` is one of button, fault, message, modem, setting, list, backup, restore, warning; `who` is what did it
    ("button", "page", "command", "line", ...); `text` is a sentence for people.
    """

    kind: str
    at: datetime
    text: str
    line: str | None = None
    who: str = ""
    call_uid: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """Something one process asks of another. `outcome` is None until the other one finished it."""

    id: int
    kind: str
    argument: str
    by: str
    at: datetime
    taken_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class LineStatus:
    """How one line process is doing, as it last said so. `lamps` is lamp name -> pattern name.

    `profile`, `firmware`, `country_code` (two hexadecimal digits of ITU-T T.35) and `voice` tell of its modem;
    `concerns` is what is known to be wrong with it (values of hardware's Concern). `message_waiting`: the telephone
    company holds a message. `rings_without_caller_id` counts calls in a row that rang twice or more without Caller ID.
    """

    line: str
    pid: int
    started_at: datetime
    heartbeat_at: datetime
    version: str
    state: str
    modem: str = ""
    modem_name: str = ""
    port: str = ""
    caller_id: bool | None = None
    last_ring_at: datetime | None = None
    last_report_at: datetime | None = None
    lamps: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    message_waiting: bool = False
    profile: str = ""
    firmware: str = ""
    country_code: str = ""
    concerns: tuple[str, ...] = ()
    voice: bool | None = None
    rings_without_caller_id: int = 0
