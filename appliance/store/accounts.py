"""The household's password (as a hash made elsewhere), the key that signs sessions, and failed sign-ins."""

import secrets
from datetime import datetime, timedelta

from appliance.store.database import Database
from appliance.store.events import Events
from appliance.store.moments import from_ms_or_none, to_ms
from appliance.store.text import storable

# 256 bits: what HMAC-SHA-256, which signs the sessions, can use.
SECRET_BYTES = 32
# Failures older than this count for no throttle.
FAILURES_KEPT = timedelta(days=1)
# An attacker with many addresses fills no disk: beyond so many rows the oldest go.
FAILURES_LIMIT = 10_000


class Accounts:
    """Who may sign in. One household, one password."""

    def __init__(self, database: Database, events: Events) -> None:
        self._database = database
        self._events = events

    def password_hash(self) -> str | None:
        """The hash of the password, or None before the first one is set."""
        row = self._database.row("SELECT password_hash FROM account WHERE id = 1")
        return None if row is None else row["password_hash"]

    def set_password_hash(self, password_hash: str, *, by: str, now: datetime) -> int:
        """Change the password. The new session version comes back; sessions of older versions are over."""
        with self._database.writing():
            self._database.run(
                "INSERT INTO account (id, password_hash, session_version) VALUES (1, ?1, 1)"
                " ON CONFLICT (id) DO UPDATE SET password_hash = ?1, session_version = session_version + 1",
                (password_hash,),
            )
            self._events.add("setting", now, who=by, text="The password was set.")
            return self.session_version()

    def set_first_password_hash(self, password_hash: str, *, by: str, now: datetime) -> bool:
        """Set the password unless there is one: of two browsers on the first-run page, one wins."""
        with self._database.writing():
            if self.password_hash() is not None:
                return False
            self.set_password_hash(password_hash, by=by, now=now)
            return True

    def remove_password(self, *, by: str, now: datetime) -> None:
        """Forget the password: every session is over, and the first-run page asks for a new one."""
        with self._database.writing():
            self._database.run(
                "UPDATE account SET password_hash = NULL, session_version = session_version + 1 WHERE id = 1"
            )
            self._events.add("setting", now, who=by, text="The password was removed.")

    def session_version(self) -> int:
        """Moves with every password; 0 before the first."""
        return self._database.number("SELECT session_version FROM account WHERE id = 1")

    def secret_key(self) -> bytes:
        """The key that signs sessions: made once, kept."""
        row = self._database.row("SELECT secret_key FROM account WHERE id = 1")
        if row is not None and row["secret_key"]:
            return bytes(row["secret_key"])
        with self._database.writing():
            self._database.run(
                "INSERT INTO account (id, session_version, secret_key) VALUES (1, 0, ?1)"
                " ON CONFLICT (id) DO UPDATE SET secret_key = ?1 WHERE secret_key IS NULL",
                (secrets.token_bytes(SECRET_BYTES),),
            )
            kept = self._database.row("SELECT secret_key FROM account WHERE id = 1")
        assert kept is not None
        return bytes(kept["secret_key"])

    def record_failure(self, source: str, now: datetime) -> None:
        """A sign-in failed; `source` is the address it came from."""
        with self._database.writing():
            self._database.run(
                "INSERT INTO sign_in_failure (source, at) VALUES (?, ?)", (storable(source)[:100], to_ms(now))
            )
            self._database.run("DELETE FROM sign_in_failure WHERE at < ?", (to_ms(now - FAILURES_KEPT),))
            self._database.run(
                "DELETE FROM sign_in_failure WHERE id <= (SELECT max(id) FROM sign_in_failure) - ?", (FAILURES_LIMIT,)
            )

    def failures(self, since: datetime, source: str | None = None) -> tuple[int, datetime | None]:
        """How many sign-ins failed since then, and when the last did; from one source, or from anywhere."""
        row = self._database.row(
            "SELECT count(*) AS amount, max(at) AS last FROM sign_in_failure"
            " WHERE at >= ?1 AND (?2 IS NULL OR source = ?2)",
            (to_ms(since), source),
        )
        assert row is not None
        return row["amount"], from_ms_or_none(row["last"])

    def clear_failures(self, source: str) -> None:
        """A sign-in went well: what failed from there is forgotten."""
        self._database.run("DELETE FROM sign_in_failure WHERE source = ?", (source,))
