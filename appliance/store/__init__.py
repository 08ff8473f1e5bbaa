"""The store: what is kept. The only room that may import sqlite3, and the only one where SQL is written.

A `Store` is one connection and belongs to one thread. Every error that leaves is a StoreError (the disk), an
InvalidValue (what a person gave) or a NotFound, each with a sentence for people.
"""

from appliance.store.backup import nightly, restore
from appliance.store.commands import MESSAGES_HEARD
from appliance.store.database import Purpose
from appliance.store.doorbell import Doorbell, ring
from appliance.store.lists import KEEP
from appliance.store.records import (
    CallRecord,
    Change,
    Command,
    EventRow,
    ImportReport,
    LineStatus,
    Page,
    RefusedRow,
    ReportsImport,
    TraceLine,
)
from appliance.store.settings_table import SETTINGS, Setting, setting_named
from appliance.store.store import Store
from appliance.store.writer import Writer, WriterStuck

__all__ = [
    "KEEP",
    "MESSAGES_HEARD",
    "SETTINGS",
    "CallRecord",
    "Change",
    "Command",
    "Doorbell",
    "EventRow",
    "ImportReport",
    "LineStatus",
    "Page",
    "Purpose",
    "RefusedRow",
    "ReportsImport",
    "Setting",
    "Store",
    "TraceLine",
    "Writer",
    "WriterStuck",
    "nightly",
    "restore",
    "ring",
    "setting_named",
]
