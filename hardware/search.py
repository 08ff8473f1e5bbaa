"""Which port to try next, and when: looks at the disk for ports, never opens one. Time is an argument.

A port that could not be opened is tried again with growing pauses; one that was plugged in anew is tried at once.
When a modem that does not answer is tried again is the ladder's to say (recovery.py).
"""

from pathlib import Path

from hardware.ports import candidates, nothing_found
from hardware.recovery import Sight
from hardware.timing import REAL, ModemTiming

Identity = tuple[tuple[str, int, int, int, int, int], ...]


class PortSearch:
    """For one line. `port` is a path that need not exist yet, or None to look among the plausible USB devices."""

    def __init__(self, port: str | None, by_id: Path, sysfs: Path, timing: ModemTiming = REAL) -> None:
        self._port = port
        self._by_id = by_id
        self._sysfs = sysfs
        self._timing = timing
        self._failures = 0
        self._failed: Identity = ()
        self._not_before = float("-inf")

    def sight(self) -> Sight:
        """How the ports look, compared with those that failed last."""
        paths = self._present()
        if not paths:
            return Sight.ABSENT
        return Sight.SAME if _identity(paths) == self._failed else Sight.NEW

    def due(self, now: float) -> list[str]:
        """The paths to try now, in order; empty when nothing is there or its pause is not over."""
        paths = self._present()
        if paths and (now >= self._not_before or _identity(paths) != self._failed):
            return paths
        if not paths:
            self.worked()  # what comes next was plugged in anew: no pause
        return []

    def failed(self, now: float, *, rest: float | None = None) -> None:
        """None of the ports given works, or the one that did was lost: `rest` until the same ones are tried again.

        None: a pause that grows from failure to failure.
        """
        identity = _identity(self._present())
        if identity != self._failed:
            self._failures = 0
        pause = self._timing.pauses[min(self._failures, len(self._timing.pauses) - 1)]
        self._failures += 1
        self._failed, self._not_before = identity, now + (pause if rest is None else rest)

    def worked(self) -> None:
        """A port works: what failed before is forgotten."""
        self._failures, self._failed, self._not_before = 0, (), float("-inf")

    def why_nothing(self) -> str | None:
        """One plain sentence when there is no port to try at all, else None."""
        if self._present():
            return None
        if self._port is not None:
            return f"The modem's port {self._port} does not exist; is the modem plugged in?"
        return nothing_found(self._by_id, self._sysfs)

    def _present(self) -> list[str]:
        if self._port is not None:
            return [self._port] if _exists(self._port) else []
        return [found.path for found in candidates(self._by_id, self._sysfs)]


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:
        return False


def _identity(paths: list[str]) -> Identity:
    """What changes when a device is unplugged and plugged in, or when udev gives us the right to open it."""
    seen = []
    for path in paths:
        try:
            link, node = Path(path).lstat(), Path(path).stat()
        except OSError:
            continue
        seen.append((path, link.st_ino, link.st_ctime_ns, node.st_rdev, node.st_mode, node.st_gid))
    return tuple(seen)
