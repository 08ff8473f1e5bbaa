"""A captured modem log in, events out: for tests, `quietline replay` and bug reports. No port and no policy.

`semantic_events` speaks the vocabulary of tests/transcripts/CATALOGUE.md, the rest of this room's own events.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from . import at
from .errors import HardwareError
from .events import (
    CallerIdReported,
    KeyPressed,
    LineSignal,
    MessageWaitingReported,
    ReplyReceived,
    RingDetected,
    SignalHeard,
    SoundEnded,
    SoundReceived,
    UnsolicitedLine,
    WireEvent,
)
from .protocol import ModemProtocol

Chunk = tuple[float, bytes]

# What a recording begins with; of every family the samples come back alike.
RECORD = "AT+VRX"

# The corpus asks whether a telephone was lifted, not which one.
_CATALOGUE_NAMES = {
    LineSignal.EXTENSION_OFF_HOOK: "handset_off_hook",
    LineSignal.EXTENSION_ON_HOOK: "handset_on_hook",
}


class CaptureError(HardwareError, ValueError):
    """The timing beside a captured log does not fit it."""


def read_log(path: Path) -> list[Chunk]:
    """The bytes of a capture in bursts of (seconds, bytes).

    The timing is the `timing` list of the `.json` beside the log: [seconds, byte offset] pairs, both rising. Without
    one all bytes come at second 0. Raises OSError when the log cannot be read, CaptureError when its timing is no use.
    """
    data = path.read_bytes()
    description = path.with_suffix(".json")
    if description == path or not description.exists():
        return [(0.0, data)]
    try:
        timing = json.loads(description.read_bytes()).get("timing", [[0.0, 0]])
        starts = [(float(seconds), int(offset)) for seconds, offset in timing]
    except (ValueError, TypeError, AttributeError) as error:
        raise CaptureError(f"{description} holds no timing: {error}") from error
    rising = all(a[0] <= b[0] and a[1] < b[1] for a, b in pairwise(starts))
    if not starts or starts[0][1] != 0 or starts[-1][1] > len(data) or not rising:
        raise CaptureError(f"{description}: the timing does not fit a log of {len(data)} bytes")
    ends = [offset for _, offset in starts[1:]] + [len(data)]
    return [(seconds, data[offset:end]) for (seconds, offset), end in zip(starts, ends, strict=True)]


def replay_events(chunks: Iterable[Chunk], asked: str | None = None) -> list[tuple[float, WireEvent]]:
    """Every event with the second at which a listener would have had it. Nothing comes after the last chunk.

    `asked` is the command that the capture begins with the answer to, None when it begins in an idle modem.
    """
    protocol = ModemProtocol()
    events: list[tuple[float, WireEvent]] = []
    for seconds, data in chunks:
        if asked is not None:
            protocol.send(asked, seconds)
            protocol.data_to_send()
            asked = None
        while (due := protocol.deadline()) is not None and due < seconds:
            events += [(due, event) for event in protocol.advance(due)]
        events += [(seconds, event) for event in protocol.receive_data(data, seconds)]
    while (due := protocol.deadline()) is not None:
        events += [(due, event) for event in protocol.advance(due)]
    return events


def semantic_events(chunks: Iterable[Chunk], mode: str = "idle", commands: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What a capture says, as the dicts that tests/transcripts/replay_check.py compares.

    `mode` is the case's: "voice-receive" begins with the CONNECT of a recording. `commands` are those the host had
    sent, whose echoes are no information.
    """
    events = replay_events(chunks, RECORD if mode == "voice-receive" else None)
    return [described for _, event in events for described in _described(event, commands)]


def _described(event: WireEvent, commands: Sequence[str]) -> list[dict[str, Any]]:
    match event:
        case RingDetected(pattern=None):
            return [{"event": "ring"}]
        case RingDetected(pattern=pattern):
            return [{"event": "distinctive_ring", "pattern": pattern}]
        case CallerIdReported():
            return [
                {
                    "event": "caller_id",
                    "number": event.number,
                    "name": event.name,
                    "absence": event.absence.value if event.absence else None,
                    "date": event.date,
                    "time": event.time,
                    "ddn": event.dialled or event.dialable,
                }
            ]
        case MessageWaitingReported(on=on):
            return [{"event": "message_waiting", "on": on}]
        case SignalHeard(signal=signal):
            return [{"event": _CATALOGUE_NAMES.get(signal, signal.value)}]
        case KeyPressed(key=key):
            return [{"event": "dtmf", "digit": key}]
        case SoundReceived(data=data):
            return [{"event": "audio", "bytes": len(data), "data": data}]
        case SoundEnded():
            return [{"event": "end_of_stream"}]
        case UnsolicitedLine(text=text) if not any(at.is_echo(text, command) for command in commands):
            # Nothing was asked here, so replies come as lines nobody asked for.
            code = at.result_code(text)
            return [{"event": "result", "code": code} if code else {"event": "info", "text": text}]
        case ReplyReceived(result=result, lines=lines):
            return [*({"event": "info", "text": line} for line in lines), {"event": "result", "code": result}]
    return []
