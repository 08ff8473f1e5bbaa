"""The store: one connection to `<data>/quietline.db` with a member for each family of tables."""

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from appliance.store.accounts import Accounts
from appliance.store.backup import ready_file, write_copy
from appliance.store.calls import Calls
from appliance.store.commands import Commands
from appliance.store.database import FILE_NAME, Database, Purpose
from appliance.store.events import Events
from appliance.store.lists import Lists
from appliance.store.second_look import SecondLook
from appliance.store.settings import Settings
from appliance.store.status import Status


class Store:
    """Everything that is kept, over one SQLite connection. Belongs to the thread that opened it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.events = Events(database)
        self.lists = Lists(database, self.events)
        self.settings = Settings(database, self.events, self.lists)
        self.calls = Calls(database)
        self.second_look = SecondLook(database)
        self.commands = Commands(database)
        self.status = Status(database)
        self.accounts = Accounts(database, self.events)

    @classmethod
    def open(cls, folder: Path, *, check: bool = False, purpose: Purpose = Purpose.HOUSEHOLD) -> "Store":
        """Open the store of a data folder; made, or brought to this version's schema, when needed.

        `check` looks through the whole file first (0.4 s for a million calls); a damaged one is moved aside and the
        newest good nightly copy takes its place, with an event that says so. A process does that once, at its start.
        Raises StoreTooNew for a store of a newer version, which is left untouched, and StoreError.
        """
        ready_file(folder, check=check)
        return cls(Database(folder / FILE_NAME, purpose))

    def data_version(self) -> int:
        """Moves whenever another connection has written anything at all."""
        return self._database.number("PRAGMA data_version")

    def household_version(self) -> int:
        """Moves whenever a list or a setting has changed, by whomever: heartbeats and calls do not move it."""
        return self._database.number("SELECT amount FROM tally WHERE name = 'household'")

    def replaced(self) -> bool:
        """Whether another file has taken the place of the one open here: close this store and open it again."""
        return self._database.replaced()

    def writing(self) -> AbstractContextManager[None]:
        """Several changes as one transaction: `with store.writing(): ...`. All of it or nothing."""
        return self._database.writing()

    def damage(self) -> str:
        """What SQLite finds wrong with the file, "" when nothing: `PRAGMA quick_check`, 0.4 s for a million calls."""
        found = [str(row[0]) for row in self._database.rows("PRAGMA quick_check(1)")]
        return "" if found == ["ok"] else f"The store's file is damaged: {found[0] if found else 'no answer'}."

    def backup_to(self, file: Path) -> None:
        """Write a complete, checked copy to a new file, while everything goes on. Raises StoreError."""
        write_copy(self._database, file)

    def close(self) -> None:
        """Close the connection; closing again does nothing."""
        self._database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
