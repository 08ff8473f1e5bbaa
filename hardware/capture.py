"""What passed on a modem's port as a transcript: a log of its bytes and a description, fit for a bug report and a test.

Numbers and names are replaced by made-up ones. The form is that of tests/transcripts: NAME.log and NAME.json.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import at
from .anonymise import Anonymiser
from .replay import Chunk, semantic_events
from .tape import Direction, TapeEntry

LONGEST_REPLY = 5.0
"""Seconds after a command in which lines may be its answer. The longest list of a modem takes two."""

_LINE = re.compile(rb"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Capture:
    """`log`: what the modem sent. `timing`: (seconds since the first byte, offset) of each read. `commands`: ours."""

    log: bytes
    timing: tuple[tuple[float, int], ...]
    commands: tuple[str, ...]
    sound_bytes: int

    @property
    def chunks(self) -> list[Chunk]:
        """The log as it came, in pieces of (seconds, bytes)."""
        ends = [*(offset for _, offset in self.timing), len(self.log)][1:]
        return [(at, self.log[start:end]) for (at, start), end in zip(self.timing, ends, strict=True)]


def capture_of(entries: Iterable[TapeEntry]) -> Capture:
    """The tape as a capture, without anybody's number or name. Sound is left out; only its size is told."""
    log = bytearray()
    timing: list[tuple[float, int]] = []
    commands: list[str] = []
    asked: list[tuple[float, int]] = []
    arrived: list[tuple[float, int]] = []
    sound, begun, keeper = 0, None, Anonymiser()
    for entry in entries:
        sound += entry.sound
        if entry.direction is Direction.WRITTEN:
            commands += [keeper.command(command) for command in entry.data.decode("latin-1").split()]
            asked.append((entry.at, len(log)))
        elif entry.data:
            begun = entry.at if begun is None else begun
            timing.append((round(entry.at - begun, 3), len(log)))
            arrived.append((entry.at, len(log)))
            log += entry.data
    data = bytes(log)
    changed = keeper.log(data, replies=_replies(data, asked, arrived))
    return Capture(changed, tuple(timing), tuple(commands), sound)


def write_capture(capture: Capture, log: Path, *, modem: str, country: str) -> Path:
    """Write `log` and, beside it, its description with what Quietline made of it; the path of the description.

    Raises OSError. A file that exists is written over.
    """
    description = log.with_suffix(".json")
    log.write_bytes(capture.log)
    description.write_text(json.dumps(_description(capture, log.stem, modem, country), indent=1) + "\n", "utf-8")
    return description


def _description(capture: Capture, name: str, modem: str, country: str) -> dict[str, object]:
    story = "Describe here what happened, and what should have happened."
    if capture.sound_bytes:
        story += f" Sound ({capture.sound_bytes} bytes) was left out."
    return {
        "name": name,
        "kind": "capture",
        "modem": modem,
        "country": country,
        "mode": "idle",
        "grade": "captured",
        "source": "quietline capture; numbers and names replaced",
        "story": story,
        "commands": list(capture.commands),
        "timing": [list(pair) for pair in capture.timing] or [[0.0, 0]],
        # As Quietline understood it; where that is wrong, this is what to correct.
        "expect": semantic_events(capture.chunks, commands=tuple(dict.fromkeys(capture.commands))),
    }


def _replies(
    log: bytes, asked: Sequence[tuple[float, int]], arrived: Sequence[tuple[float, int]]
) -> tuple[tuple[int, int], ...]:
    """From each command to the result code that answers it, to the next command, or to when it was too late for one.

    `asked` and `arrived`: (seconds, offset) of each command and each read. A ring or a caller ends a reply, too, but
    whoever anonymises the log sees those.
    """
    times = [at for at, _ in arrived]
    ranges = []
    for (second, start), (_, following) in zip(asked, [*asked, (0.0, len(log))][1:], strict=True):
        late = bisect_right(times, second + LONGEST_REPLY)
        end = max(start, min(following, arrived[late][1] if late < len(arrived) else len(log)))
        for line in _LINE.finditer(log, start, end):
            if at.result_code(at.text_of(line[0])) is not None:
                end = line.end()
                break
        ranges.append((start, end))
    return tuple(ranges)
