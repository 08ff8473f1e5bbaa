"""A small disk of its own for one program: really full, really read-only. Nothing outside the program sees it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BEGINNING = """
import subprocess, sys, time
from pathlib import Path
from appliance.core.household import ListName
from appliance.errors import StoreError
from appliance.store import Store, Writer
from tests.store.rows import ANN, NOW, call, status
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)

def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.01)

def fill():
    with (disk / "photographs").open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass

def remount(how):
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
"""


def on_a_small_disk(folder: Path, program: str) -> None:
    """Run a program that finds 2 MB at `disk`, and `fill`, `remount` and `until`; its asserts are the test's."""
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk of their own")
    done = subprocess.run(
        [*alone, sys.executable, "-c", BEGINNING + program, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
