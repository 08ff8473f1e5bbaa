"""Where log lines go: standard error, with systemd's "<N>" priority in front when it is the one reading."""

import logging
import os
import sys

# syslog severities, sd-daemon(3)
_SEVERITY = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}


class _OneLine(logging.Formatter):
    """One record, one line: what a caller sent can not forge a second one."""

    def __init__(self, prefix: bool) -> None:
        time = "" if prefix else "%(asctime)s "  # the journal knows the time
        super().__init__(time + "level=%(levelname)s from=%(name)s %(message)s", "%Y-%m-%d %H:%M:%S")
        self._prefix = prefix

    def format(self, record: logging.LogRecord) -> str:
        text = "".join(c if c.isprintable() else "\\n" if c == "\n" else "·" for c in super().format(record))
        return f"<{_SEVERITY.get(record.levelno, 6)}>{text}" if self._prefix else text


def marked(text: str, level: int = logging.ERROR) -> str:
    """One line for standard error, with its priority in front when the journal reads it."""
    return f"<{_SEVERITY.get(level, 6)}>{text}" if _journal_reads() else text


def start_logging(*, verbose: bool = False) -> None:
    """Log to standard error: INFO and above, everything when `verbose` (raw bytes and whole numbers included)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine(prefix=_journal_reads()))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # says "running job" every time otherwise


def _journal_reads() -> bool:
    """Whether standard error is the journal's: a shell started by a service inherits the variable, not the stream."""
    try:
        stream = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):  # closed, or no file at all
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{stream.st_dev}:{stream.st_ino}"
