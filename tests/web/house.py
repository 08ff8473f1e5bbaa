"""A household to look at through the pages: its store, calls as the line would have written them, and browsers.

Calls are decided by the real core, so a row holds what a real call leaves.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.config import Config
from appliance.core.household import EntryKind, ListName
from appliance.judging import Reported, Withheld, judge
from appliance.store import CallRecord, LineStatus, Store, TraceLine
from appliance.store.database import FILE_NAME

PASSWORD = "three green kettles"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

CRUISES, GRANDMA, STRANGER = "2125550142", "2125550117", "2125550188"
WITHHELD = Reported(None, None, Withheld.PRIVATE)


@cache
def new_store() -> bytes:
    """The file of a store that holds nothing yet but its key. Making it anew takes longer than most tests do."""
    with TemporaryDirectory() as folder:
        with Store.open(Path(folder)) as store:
            store.accounts.secret_key()
        return (Path(folder) / FILE_NAME).read_bytes()


class House:
    """One household's store, seen from beside the pages."""

    def __init__(self, folder: Path) -> None:
        self.config = Config(data=folder)
        (folder / FILE_NAME).write_bytes(new_store())
        self.store = Store.open(folder)
        self.now = datetime.now(UTC)
        self.calls = 0

    def lists(self) -> None:
        """One blocked, one permitted caller."""
        self.block("+12125550142", "Sunny Cruises")
        self.store.lists.add(
            ListName.PERMIT, EntryKind.EXACT, "+12125550117", label="Grandma", source="page", now=self.now
        )

    def block(self, number: str, label: str = "") -> int:
        change = self.store.lists.add(ListName.BLOCK, EntryKind.EXACT, number, label=label, source="page", now=self.now)
        assert change.entry is not None
        return change.entry.id

    def call(self, number: str | None = None, name: str | None = None, **changes: object) -> CallRecord:
        """A call that has ended, from a number."""
        return self.call_with(Reported(number, name), **changes)

    def call_with(self, report: Reported | None, **changes: object) -> CallRecord:
        """A call that has ended, with that report (None: no Caller ID came)."""
        at = datetime.now(UTC) - timedelta(minutes=1)
        judged = judge(report, self.store.settings.household("US", ""), at)
        caller, decision, treated = judged.caller, judged.decision, judged.treated
        self.calls += 1
        record = CallRecord(
            uid=f"call-{self.calls}",
            line="main",
            started_at=at,
            ended_at=at + timedelta(seconds=9),
            rings=1,
            shown=caller.shown,
            number=caller.number,
            name=caller.name,
            presentation=caller.presentation.value,
            category=decision.category.value,
            verdict=decision.verdict.value,
            reason=decision.reason,
            entry_id=decision.entry.id if decision.entry else None,
            trace=tuple(TraceLine(o.rule, o.verdict.value if o.verdict else None, None, o.saw) for o in decision.trace),
            treatment=treated.treatment.value,
            profile=treated.profile,
            wanted=treated.wanted.value,
            outcome="dropped" if treated.treatment.value == "drop" else "rang_out",
        )
        record = replace(record, **changes)  # type: ignore[arg-type]  # the caller names fields of the record
        self.store.calls.put(record)
        return record

    def line_speaks(self, **changes: object) -> None:
        """The line process says that all is well, or what `changes` say."""
        status = LineStatus(
            line="main",
            pid=1,
            started_at=datetime.now(UTC) - timedelta(hours=1),
            heartbeat_at=datetime.now(UTC),
            version="0.1.0",
            state="idle",
            modem="ready",
            modem_name="Testmodem",
            port="/dev/ttyACM0",
            caller_id=True,
            lamps={"health": "steady", "ring": "off", "blocked": "off", "message": "off"},
        )
        self.store.status.put(replace(status, **changes))  # type: ignore[arg-type]  # fields of the status

    def blocked(self, number: str) -> bool:
        return self.store.lists.find(ListName.BLOCK, EntryKind.EXACT, number) is not None

    def permitted(self, number: str) -> bool:
        return self.store.lists.find(ListName.PERMIT, EntryKind.EXACT, number) is not None


class Browser:
    """One browser: keeps its cookies, and takes the token for a form from the page that holds the form."""

    def __init__(self, app: Flask, address: str = "192.0.2.10") -> None:
        self.client: FlaskClient = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, environ_overrides=self.environ, buffered=True, **options)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer.text

    def post(self, path: str, form: dict[str, str] | None = None, *, token_from: str = "/") -> TestResponse:
        """Send a form, with the token of the page `token_from`."""
        found = TOKEN.search(self.get(token_from).text)
        return self.send(path, {"csrf_token": found[1] if found else "", **(form or {})})

    def send(self, path: str, form: dict[str, str] | None = None) -> TestResponse:
        """Send a form exactly as given."""
        return self.client.post(path, data=form or {}, environ_overrides=self.environ)

    def set_first_password(self, password: str = PASSWORD) -> TestResponse:
        return self.post("/first-run", {"password": password, "again": password}, token_from="/first-run")

    def be_signed_in(self, version: int) -> None:
        """Have the session that signing in gives, without the tenth of a second that a password check takes."""
        with self.client.session_transaction() as session:
            session["version"] = version
            session.permanent = True

    def sign_in(self, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", {"password": password, **more}, token_from="/sign-in")


def row(text: str, uid: str) -> str:
    """The markup of one call in the call log."""
    found = re.search(rf'<li id="call-{uid}".*?(?=<li id="call-|<div class="row" id="pages">)', text, re.DOTALL)
    assert found, f"no row {uid}"
    return found[0]
