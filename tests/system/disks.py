"""Disks that fill up or fail, mounted for one test. Mounting needs root; elsewhere the test is skipped and says why."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """Mounts on `folder` as the arguments of mount(8) say; away again at the end."""
    folder.mkdir(parents=True)
    done = _run("mount", *how, str(folder))
    if done.returncode != 0:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 3 MB, in memory."""
    with mounted(folder, "-t", "tmpfs", "-o", "size=3m", "tmpfs") as disk:
        yield disk


def fill(disk: Path) -> Path:
    """Takes every byte that is left; remove the file to give them back."""
    file = disk / "filling"
    with file.open("wb", buffering=0) as out:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    out.write(b"\0" * size)
            except OSError:
                continue  # the next smaller piece may still fit
    assert os.statvfs(disk).f_bavail == 0
    return file


@contextmanager
def failing_disk(folder: Path) -> Iterator[Path]:
    """A disk that `fail` makes read-only at once, as the kernel does when an SD card gives up."""
    image = folder.with_suffix(".img")
    with image.open("wb") as out:
        out.truncate(8 * 1024 * 1024)
    done = _run("mkfs.ext4", "-q", "-F", str(image))
    if done.returncode != 0:
        pytest.skip(f"no ext4 here: {done.stderr.strip()}")
    with mounted(folder, "-o", "loop", str(image)) as disk:
        yield disk


def fail(disk: Path) -> None:
    """From now on nothing can be written, also through files that are open for writing."""
    done = _run("mount", "-o", "remount,abort", str(disk))
    assert done.returncode == 0, done.stderr
    with pytest.raises(OSError, match="Read-only"):
        (disk / "probe").touch()
