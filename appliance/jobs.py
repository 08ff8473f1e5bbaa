"""What runs on a schedule, in the page's process: the nightly copy and tidying up. The only door to APScheduler.

A job that fails (a full disk) says so once, as an event of kind "fault", and once more when it works again; when not
even the event can be stored, it is said as soon as it can be. Nothing of the call's path may enter.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from appliance.config import Config
from appliance.core.household import Mode
from appliance.errors import StoreError
from appliance.rehearsal import report
from appliance.store import Store, nightly, ring

log = logging.getLogger("quietline.jobs")

COPY_AT = {"hour": 3, "minute": 30}  # local time; after any change to or from summer time, when the house is asleep
# With no copy for this long one is made at the next hour: at 03:30 the appliance may be off every night, and a
# Raspberry Pi's clock may jump over it, for it has none of its own.
COPY_OVERDUE = timedelta(hours=25)
TIDY_EVERY_H = 1
# The first look after a start; the page and the line come first.
FIRST_TIDY_AFTER = timedelta(minutes=2)
# How long a rehearsal is looked back on; the first time so long after it began.
REHEARSED = timedelta(days=7)
# Events of that kind that are looked through for the last report of a rehearsal; the network tells a few a day.
MESSAGES_SEEN = 200
# Commands from one process to another are done within seconds; a week is for whoever looks into a fault.
COMMANDS_KEPT = timedelta(days=7)
WHO = "jobs"
REPORT = "message"  # the kind of event
DEFAULTS = {
    "misfire_grace_time": None,  # run however late: APScheduler's own default skips what is 1 s late
    "coalesce": True,  # after a jump of the clock once, not once for every hour jumped over
    "max_instances": 1,
}


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


class Jobs:
    """The schedule of one data folder. `now` gives aware UTC times."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = utc_now) -> None:
        self._folder = folder
        self._now = now
        self._faults: dict[str, str] = {}  # by job; what is wrong now
        self._unsaid: list[tuple[datetime, str, str]] = []  # events the store would not take: time, kind, text
        self.scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=1)}, job_defaults=DEFAULTS
        )
        self.scheduler.add_job(self.copy, "cron", id="copy", **COPY_AT)
        first = now() + FIRST_TIDY_AFTER
        self.scheduler.add_job(self.tidy, "interval", id="tidy", hours=TIDY_EVERY_H, next_run_time=first)
        self.scheduler.add_job(self.rehearsal, "interval", id="rehearsal", hours=TIDY_EVERY_H, next_run_time=first)
        self.scheduler.add_listener(self._crashed, EVENT_JOB_ERROR)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong now, a sentence each."""
        return tuple(self._faults.values())

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self.scheduler.start()

    def stop(self) -> None:
        """End; a job that runs is waited for (a copy of a million calls takes a second)."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)

    def copy(self) -> None:
        """Make the nightly copy."""
        at = self._now()
        try:
            made = nightly(self._folder, at)
        except OSError as error:  # StoreError is one
            self._failed("copy", f"The nightly copy could not be made: {error}", at)
        else:
            log.info("job=copy file=%s", made.name)
            self._worked("copy", "The nightly copy works again.", at)

    def tidy(self) -> None:
        """Remove what has expired, make a copy that is overdue, say what could not be said before."""
        at = self._now()
        try:
            with Store.open(self._folder) as store:
                self._say_unsaid(store)
                gone = store.lists.prune(at)
                store.commands.prune(at - COMMANDS_KEPT)
        except StoreError as error:
            self._failed("tidy", f"The store could not be tidied up: {error}", at)
        else:
            if gone:
                log.info("job=tidy expired=%d", gone)
                ring(self._folder, "*")
            self._worked("tidy", "The store can be tidied up again.", at)
        if self._copy_overdue(at):
            self.copy()

    def rehearsal(self) -> None:
        """Say what a rehearsal would have done, after its first week and after each that follows."""
        at = self._now()
        try:
            with Store.open(self._folder) as store:
                ends = _rehearsed_until(store, at)
                if ends is not None and not _told(store, ends, at):
                    found = report(store, ends - REHEARSED, ends)
                    store.events.add(REPORT, at, text=" ".join(found.sentences), who=WHO)
                    log.info("job=rehearsal calls=%d", found.counted)
                    ring(self._folder, "web*")
        except StoreError as error:
            self._failed("rehearsal", f"The report of the rehearsal could not be written: {error}", at)
        else:
            self._worked("rehearsal", "The report of the rehearsal can be written again.", at)

    def _copy_overdue(self, at: datetime) -> bool:
        try:
            newest = max(file.stat().st_mtime for file in (self._folder / "nightly").glob("quietline-*.db"))
        except (ValueError, OSError):
            return True
        return abs(at.timestamp() - newest) > COPY_OVERDUE.total_seconds()

    def _failed(self, job: str, text: str, at: datetime) -> None:
        if job not in self._faults:  # once per fault, not once per hour
            log.error("job=%s failed=%r", job, text)
            self._say(at, "fault", text)
        self._faults[job] = text

    def _worked(self, job: str, text: str, at: datetime) -> None:
        if self._faults.pop(job, None):
            log.info("job=%s works_again=yes", job)
            self._say(at, "backup" if job == "copy" else "warning", text)

    def _say(self, at: datetime, kind: str, text: str) -> None:
        self._unsaid.append((at, kind, text))
        try:
            with Store.open(self._folder) as store:
                self._say_unsaid(store)
        except StoreError as error:
            log.warning("event=unsaid waiting=%d reason=%r", len(self._unsaid), str(error))

    def _say_unsaid(self, store: Store) -> None:
        while self._unsaid:
            at, kind, text = self._unsaid[0]
            store.events.add(kind, at, text=text, who=WHO)
            del self._unsaid[0]
        ring(self._folder, "web*")

    def _crashed(self, event: Any) -> None:
        """APScheduler has logged the traceback of something nobody foresaw; the household sees one sentence."""
        text = f"A scheduled job failed: {type(event.exception).__name__}: {event.exception}"
        self._failed(event.job_id, text, self._now())


def _rehearsed_until(store: Store, at: datetime) -> datetime | None:
    """The end of the last whole week of the rehearsal that goes on; None without one, or in its first week."""
    began = store.settings.chosen_at("mode") if store.settings.get("mode") == Mode.REHEARSAL.value else None
    weeks = 0 if began is None else (at - began) // REHEARSED
    return None if began is None or weeks < 1 else began + weeks * REHEARSED


def _told(store: Store, ends: datetime, at: datetime) -> bool:
    """Whether that week has been told. A report of later than now was written by a clock that was wrong."""
    newest = store.events.page(kind=REPORT, limit=MESSAGES_SEEN).rows
    return any(event.who == WHO and ends <= event.at <= at for event in newest)


@contextmanager
def running(config: Config) -> Generator[Jobs]:
    """The schedule of a configuration, for as long as the page runs."""
    jobs = Jobs(config.data)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()
