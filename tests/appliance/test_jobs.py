import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.core.household import EntryKind, ListName
from appliance.jobs import COMMANDS_KEPT, COPY_OVERDUE, Jobs, running
from appliance.store import CallRecord, Doorbell, Store

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


class Clock:
    """Wall time that a test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(tmp_path: Path, clock: Clock) -> Jobs:
    Store.open(tmp_path).close()
    return Jobs(tmp_path, now=clock)


def events(folder: Path, kind: str) -> list[str]:
    with Store.open(folder) as store:
        return [event.text for event in store.events.page(kind=kind).rows]


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "nightly").glob("*.db"))


def test_a_week_of_nights_is_kept(jobs: Jobs, clock: Clock, tmp_path: Path) -> None:
    for night in range(10):
        clock.at = NOW + timedelta(days=night)
        jobs.copy()
    assert copies(tmp_path) == [
        f"quietline-2026-{day}.db" for day in ("11-25", "11-26", "11-27", "11-28", "11-29", "11-30", "12-01")
    ]
    assert jobs.faults == ()


def test_a_copy_is_a_whole_store(jobs: Jobs, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550199", source="test", now=NOW)
    jobs.copy()
    home = tmp_path / "elsewhere"
    home.mkdir()
    (tmp_path / "nightly" / "quietline-2026-11-22.db").rename(home / "quietline.db")
    with Store.open(home) as store:
        assert store.lists.count(ListName.BLOCK) == 1


def test_what_has_expired_is_removed_and_everybody_is_told(jobs: Jobs, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number, ends in (("+12125550101", NOW - timedelta(1)), ("+12125550102", NOW + timedelta(1))):
            store.lists.add(
                ListName.BLOCK, EntryKind.EXACT, number, source="test", expires_at=ends, now=NOW - timedelta(2)
            )
    with Doorbell(tmp_path, "line-main") as bell:
        jobs.tidy()
        assert bell.drain()
    with Store.open(tmp_path) as store:
        assert [entry.value for entry in store.lists.page(ListName.BLOCK).rows] == ["+12125550102"]


def test_old_commands_are_forgotten(jobs: Jobs, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        old = store.commands.put("press_block", "", "page", NOW - COMMANDS_KEPT - timedelta(hours=1))
        new = store.commands.put("press_block", "", "page", NOW)
        jobs.tidy()
        assert store.commands.get(new).id == new
        with pytest.raises(LookupError):
            store.commands.get(old)


def test_a_copy_that_the_night_missed_is_made_by_day(jobs: Jobs, clock: Clock, tmp_path: Path) -> None:
    jobs.tidy()
    assert copies(tmp_path) == ["quietline-2026-11-22.db"]
    newest = tmp_path / "nightly" / "quietline-2026-11-22.db"
    os.utime(newest, (clock.at.timestamp(), clock.at.timestamp()))
    clock.at += COPY_OVERDUE - timedelta(minutes=1)
    jobs.tidy()
    assert len(copies(tmp_path)) == 1
    clock.at += timedelta(minutes=2)
    jobs.tidy()
    assert len(copies(tmp_path)) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    file = folder / "filler"
    with file.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            return file


def test_a_full_disk_is_a_fault_that_is_told_when_there_is_room_again(small_disk: Path, clock: Clock) -> None:
    with Store.open(small_disk):  # held open, as the page does
        jobs = Jobs(small_disk, now=clock)
        filler = fill(small_disk)
        jobs.copy()
        jobs.tidy()
        assert "The nightly copy could not be made" in jobs.faults[0]
        filler.unlink()
        clock.at += timedelta(hours=1)
        jobs.tidy()
        assert jobs.faults == ()
        assert copies(small_disk) == ["quietline-2026-11-22.db"]
        told = events(small_disk, "fault")
        assert sum("nightly copy could not be made" in text for text in told) == 1
        assert events(small_disk, "backup") == ["The nightly copy works again."]


def test_a_fault_that_lasts_is_told_once(jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "nightly").write_text("a file where the folder should be")
    for _ in range(3):
        jobs.tidy()
    assert len(events(tmp_path, "fault")) == 1
    assert len(jobs.faults) == 1


def test_a_store_that_can_not_be_opened_ends_no_job(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    jobs = Jobs(tmp_path / "file", now=clock)
    jobs.copy()
    jobs.tidy()
    assert len(jobs.faults) == 2


def rehearsing(folder: Path, since: datetime) -> None:
    with Store.open(folder) as store:
        store.settings.set("mode", "rehearsal", by="page", now=since)


def called(folder: Path, at: datetime, treatment: str, mode: str = "rehearsal") -> None:
    outcome = "would_drop" if treatment == "drop" else "rang_out"
    with Store.open(folder) as store:
        row = CallRecord(f"{at}", "main", at, at, rings=4, category="unknown", wanted=treatment, treatment=treatment)
        store.calls.put(replace(row, mode=mode, outcome=outcome))


def test_a_rehearsal_is_told_after_its_first_week_and_each_week_after_that(
    jobs: Jobs, clock: Clock, tmp_path: Path
) -> None:
    rehearsing(tmp_path, NOW)
    for day in (1, 2, 3, 8):
        called(tmp_path, NOW + timedelta(days=day), "drop" if day != 3 else "ring")
    called(tmp_path, NOW - timedelta(days=1), "drop", mode="on")
    clock.at = NOW + timedelta(days=6, hours=23)
    jobs.rehearsal()
    assert events(tmp_path, "message") == []
    for hours in (0, 1, 30):  # an hourly look tells it once
        clock.at = NOW + timedelta(days=7, hours=hours)
        jobs.rehearsal()
    (told,) = events(tmp_path, "message")
    assert told.startswith("In the last 7 days 3 calls came during the rehearsal, and all of them rang.")
    assert "2 would have been dropped" in told
    clock.at = NOW + timedelta(days=14)
    jobs.rehearsal()
    assert len(events(tmp_path, "message")) == 2
    assert "1 would have been dropped" in events(tmp_path, "message")[0]


def test_weeks_in_which_the_appliance_was_off_are_told_as_one(jobs: Jobs, clock: Clock, tmp_path: Path) -> None:
    rehearsing(tmp_path, NOW)
    clock.at = NOW + timedelta(days=40)
    jobs.rehearsal()
    jobs.rehearsal()
    assert len(events(tmp_path, "message")) == 1


def test_only_a_rehearsal_that_goes_on_is_told(jobs: Jobs, clock: Clock, tmp_path: Path) -> None:
    rehearsing(tmp_path, NOW)
    with Store.open(tmp_path) as store:
        store.settings.set("mode", "on", by="page", now=NOW + timedelta(days=3))
    clock.at = NOW + timedelta(days=8)
    jobs.rehearsal()
    rehearsing(tmp_path, clock.at)  # again: a week from then
    clock.at += timedelta(days=6)
    jobs.rehearsal()
    assert events(tmp_path, "message") == []


def test_a_report_by_a_clock_far_ahead_silences_none_that_follows(jobs: Jobs, clock: Clock, tmp_path: Path) -> None:
    rehearsing(tmp_path, NOW)
    for days in (30_000, 7, -30_000):
        clock.at = NOW + timedelta(days=days)
        jobs.rehearsal()
    assert len(events(tmp_path, "message")) == 2


def test_the_schedule_runs_and_ends_with_the_page(tmp_path: Path) -> None:
    with running(Config(data=tmp_path)) as jobs:
        late = {(job.misfire_grace_time, job.coalesce) for job in jobs.scheduler.get_jobs()}
        found = {job.id: job.next_run_time for job in jobs.scheduler.get_jobs()}
    assert late == {(None, True)}, "what is late must run, once"
    assert set(found) == {"copy", "tidy", "rehearsal"}
    assert (found["copy"].hour, found["copy"].minute) == (3, 30)
    assert found["tidy"] - datetime.now(UTC) < timedelta(minutes=3)
    assert not jobs.scheduler.running
    jobs.stop()
