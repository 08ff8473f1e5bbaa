"""A protocol in a sound stream, and what comes of it in time; for the tests of streams in the dialogue."""

from hardware.events import ReplyReceived, RingDetected, SoundEnded, WireEvent
from hardware.protocol import ModemProtocol

RING = RingDetected()
ENDED = SoundEnded()
ABORT = b"\x00\x10\x18\x10\x03"


def opened(command: str) -> ModemProtocol:
    """A protocol in the stream of a command that was answered with CONNECT at second 0."""
    protocol = ModemProtocol()
    protocol.send(command, 0.0)
    assert protocol.data_to_send() == command.encode() + b"\r"
    assert protocol.receive_data(b"\r\nCONNECT\r\n", 0.0) == [ReplyReceived(command, "CONNECT")]
    return protocol


def written_until(protocol: ModemProtocol, until: float) -> list[tuple[float, bytes]]:
    """What is written, and when, if the modem is silent."""
    written = []
    now = 0.0
    while True:
        data = protocol.data_to_send(now)
        if data:
            written.append((now, data))
        due = protocol.deadline()
        if due is None or due > until:
            return written
        now = max(now, due)
        protocol.advance(now)


def silence(protocol: ModemProtocol, now: float) -> list[tuple[float, WireEvent]]:
    """What is told, and when, if the modem says nothing more."""
    told: list[tuple[float, WireEvent]] = []
    for _ in range(1000):
        protocol.data_to_send(now)
        due = protocol.deadline()
        if due is None:
            return told
        now = max(now, due)
        told += [(now, event) for event in protocol.advance(now)]
    raise AssertionError("it never ends")
