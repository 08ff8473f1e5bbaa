"""Captures on disk: what passed on a modem's port, with numbers and names replaced. In the data folder, and for people.

A capture is two files, NAME.log and NAME.json. Each appears whole or not at all, the log last.
"""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from appliance.errors import ApplianceError
from appliance.health import Health
from hardware.capture import capture_of, write_capture
from hardware.replay import CaptureError, read_log
from hardware.tape import Tape, TapeEntry

CAPTURE = "capture:{line}"
"""The kind of command by which that line process is asked for a capture. Its name is part of it: only one is meant."""

FOLDER = "captures"  # within the data folder; the nightly copies hold the store alone
KEPT = 5
"""Captures that stay in the data folder, each of some 100 kB: the newest is fetched within seconds, the others are for
whoever lost theirs."""

WRITTEN = "written:"
"""What the outcome of the command begins with when it worked: the name of the log follows. Else it is a sentence."""


class CaptureTrouble(ApplianceError, OSError):
    """A capture cannot be written or read; the text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Written:
    """A capture on disk: how many bytes of the modem, over how many seconds."""

    log: Path
    description: Path
    bytes: int
    seconds: float


def on_request(folder: Path, health: Health, tape: Tape) -> Callable[[str, float], Callable[[], str]]:
    """What the line does when it is asked for a capture: nothing itself, but it says what an errand has to do."""

    def asked(_who: str, _at: float) -> Callable[[], str]:
        modem, name = health.modem, f"{health.line}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        return partial(keep, folder / FOLDER, name, tape, modem=modem.name if modem else "", country=health.country)

    return asked


def keep(folder: Path, name: str, tape: Tape, *, modem: str, country: str) -> str:
    """Write the tape into the folder of captures and prune it; the outcome of the command. Never raises."""
    log = folder / f"{name.replace('/', '-')}.log"
    try:
        folder.mkdir(mode=0o770, exist_ok=True)
        write(tape.entries(), log, modem=modem, country=country, replace=True)
        _prune(folder)
    except CaptureTrouble as trouble:
        return str(trouble)
    except OSError as trouble:
        return f"The folder {folder} cannot be used: {trouble.strerror}."
    return WRITTEN + log.name


def write(entries: tuple[TapeEntry, ...], log: Path, *, modem: str, country: str, replace: bool = False) -> Written:
    """Write what is on a tape as a capture. Raises CaptureTrouble; then nothing is there that was not before."""
    capture = capture_of(entries)

    def put(unfinished: Path) -> None:
        write_capture(capture, unfinished, modem=modem, country=country)

    return _place(put, log, replace=replace)


def fetch(folder: Path, outcome: str, log: Path, *, replace: bool = False) -> Written:
    """Copy the capture that a line process has kept. Raises CaptureTrouble, also for an outcome that is a sentence."""
    if not outcome.startswith(WRITTEN):
        raise CaptureTrouble(outcome)
    source = folder / FOLDER / Path(outcome.removeprefix(WRITTEN)).name

    def put(unfinished: Path) -> None:
        unfinished.write_bytes(source.read_bytes())
        described = json.loads(source.with_suffix(".json").read_bytes()) | {"name": log.stem}
        unfinished.with_suffix(".json").write_text(json.dumps(described, indent=1) + "\n", "utf-8")

    return _place(put, log, replace=replace)


def refuse_existing(log: Path) -> None:
    """Raises CaptureTrouble when one of the two files is there already."""
    for file in (log, log.with_suffix(".json")):
        if file.exists():
            raise CaptureTrouble(f"{file} exists already; choose another name, or say --force.")


def _place(put: Callable[[Path], None], log: Path, *, replace: bool) -> Written:
    """Have the two files written beside their place, then move them there."""
    if not replace:
        refuse_existing(log)
    try:
        with tempfile.TemporaryDirectory(prefix=".capture-", dir=log.parent) as beside:
            unfinished = Path(beside) / log.name
            put(unfinished)
            chunks = read_log(unfinished)
            for file in (unfinished.with_suffix(".json"), unfinished):
                with file.open("rb") as written:
                    os.fsync(written.fileno())
                file.replace(log.with_name(file.name))
    except CaptureError as trouble:
        raise CaptureTrouble(f"{trouble}.") from trouble
    except OSError as trouble:
        raise CaptureTrouble(f"{log} cannot be written: {trouble.strerror or trouble}.") from trouble
    size = sum(len(data) for _, data in chunks)
    return Written(log, log.with_suffix(".json"), size, chunks[-1][0] - chunks[0][0] if chunks else 0.0)


def _prune(folder: Path) -> None:
    """Forget the oldest. Names hold their time, so of one line the later ones come later."""
    logs = sorted(folder.glob("*.log"), key=lambda log: log.stem.rpartition("-")[2])
    for old in logs[:-KEPT]:
        for file in (old, old.with_suffix(".json")):
            file.unlink(missing_ok=True)
