"""The coverage-guided fuzz target: `python -m tests.fuzz.target [libFuzzer options] CORPUS ...`.

Its invariant: whatever bytes a modem sends, in whatever pieces, the same events come out, none raises, little is held.

The first byte of an input chooses who reads the rest and what was going on before; where it is cut into pieces its own
bytes decide.
"""

import random
import sys
from collections.abc import Callable, Iterable

import atheris

with atheris.instrument_imports(include=["hardware"]):
    from hardware.anonymise import Anonymiser
    from hardware.capabilities import best_sound, country_codes, line_devices, modes, service_classes, sound_offers
    from hardware.capture import capture_of
    from hardware.events import SoundReceived, WireEvent
    from hardware.protocol import ModemProtocol
    from hardware.session import ModemSession
    from hardware.tape import Direction, TapeEntry

PIECES = 8
SECONDS_LATER = 200.0
"""Beyond every deadline of protocol and session: what is held must have been told or dropped by then."""

COMMANDS = ("", "AT", "ATI3", "AT+VSM=?", "AT+VRX", "AT+VTX", "ATA", "AT+VCID?", "ATH1", "AT#VRX")


def pieces_of(data: bytes) -> list[bytes]:
    """The data cut at places that its own bytes decide."""
    cuts = random.Random(data)
    places = sorted(cuts.randrange(len(data) + 1) for _ in range(cuts.randrange(PIECES)))
    return [data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True)]


def in_one(events: Iterable[WireEvent]) -> list[WireEvent]:
    """The events with neighbouring pieces of sound put together: how sound is cut says nothing."""
    joined: list[WireEvent] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, SoundReceived) and isinstance(last, SoundReceived):
            joined[-1] = SoundReceived(last.data + event.data)
        else:
            joined.append(event)
    return joined


def heard(command: str, pieces: list[bytes]) -> list[WireEvent]:
    """What a protocol makes of the pieces, all read at the same moment while `command` is outstanding."""
    protocol = ModemProtocol()
    if command:
        protocol.send(command, 0.0)
        protocol.data_to_send()
    events = [event for piece in pieces for event in protocol.receive_data(piece, 1.0)]
    for _ in range(1000):
        due = protocol.deadline()
        if due is None:
            return in_one(events)
        events += protocol.advance(max(due, 1.0))
        protocol.data_to_send()
    raise AssertionError("deadlines without end")


def dialogue(data: bytes) -> None:
    """A text dialogue or a stream, whole and in pieces."""
    command = COMMANDS[data[0] % len(COMMANDS)]
    whole = heard(command, [data[1:]])
    cut = heard(command, pieces_of(data[1:]))
    if whole != cut:
        raise AssertionError(f"cut otherwise, {data[1:]!r} after {command!r} says {cut} and not {whole}")


def session(data: bytes) -> None:
    """A modem being set up, asked off-hook and on-hook, that says these bytes; it lets go or is given up.

    The pieces come as information before the OK to its commands, the others unasked.
    """
    modem, now = ModemSession("port", 0.0), 0.0
    pieces = pieces_of(data[1:])
    for number, piece in enumerate(pieces):
        modem.receive_data(b"" if number % 4 == 3 else piece, now)
        for turn in range(60):
            if not modem.data_to_send():
                break
            information = pieces[(number + turn) % len(pieces)]
            modem.receive_data(b"\r\n" + information + b"\r\nOK\r\n", now)
        if number % 3 == 1:
            modem.go_off_hook(now)
        elif number % 3 == 2:
            modem.go_on_hook(now)
        now += data[0] / 16
        modem.advance(now)
    end = now + SECONDS_LATER
    while modem.may_hold_the_line and modem.failure is None and now < end:
        due = modem.deadline()
        assert due is not None, "a line that may be held, and no deadline"
        now = max(now, due)
        modem.advance(now)
        modem.data_to_send()
    assert modem.failure is not None or not modem.may_hold_the_line, "held beyond every deadline"


def answers(data: bytes) -> None:
    """What a modem says of itself: lists that nobody has proof-read."""
    lines = tuple(data[1:].decode("latin-1").split("\n"))
    best_sound(sound_offers(lines))
    for read in (service_classes, modes, country_codes, line_devices):
        read(lines)


def report(data: bytes) -> None:
    """A log for a bug report: as long as before, and each time of it still fits."""
    pieces = pieces_of(data[1:])
    directions = (Direction.READ, Direction.READ, Direction.WRITTEN)
    tape = [TapeEntry(float(at), directions[at % 3], piece) for at, piece in enumerate(pieces) if piece]
    capture = capture_of(tape)
    assert len(capture.log) == sum(len(entry.data) for entry in tape if entry.direction is Direction.READ)
    assert len(Anonymiser().log(data[1:])) == len(data) - 1


TARGETS: tuple[Callable[[bytes], None], ...] = (*(dialogue,) * 5, session, answers, report)


def check(data: bytes) -> None:
    """One input."""
    if len(data) > 1:
        TARGETS[data[0] >> 5](data)


def main() -> None:
    """Fuzz as the options say."""
    # libFuzzer starts itself anew, by this name and in a shell, to merge what it found.
    atheris.Setup([f"{sys.executable} -m tests.fuzz.target", *sys.argv[1:]], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
