"""What passed on the port of a running modem, as its tape and its log have it."""

import logging
import os
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from hardware.events import ModemReady, RingDetected, SoundReceived
from hardware.profiles import V253, ModemOptions
from hardware.simulator import SimulatedModem
from hardware.tape import Direction
from tests.hardware.modem_desk import RunningModem, soon

SOUND = bytes(range(0x20, 0x80)) * 200


def test_every_byte_of_the_dialogue_is_on_the_tape_in_order() -> None:
    with SimulatedModem(speed=10.0) as sim, RunningModem(sim.port) as run:
        run.wait_for(ModemReady)
        sim.call("2125550123", "A CALLER", rings=1)
        run.wait_for(RingDetected)
        soon(lambda: b"2125550123" in read(run))
        entries = run.modem.tape.entries()
        assert b"".join(e.data for e in entries if e.direction is Direction.WRITTEN).startswith(b"ATH0\rATE0V1Q0\r")
        said = b"".join(e.data for e in sim.log if e.direction == "out")
        assert read(run) == said[: len(read(run))]
        assert [e.at for e in entries] == sorted(e.at for e in entries)


def read(run: RunningModem) -> bytes:
    return b"".join(e.data for e in run.modem.tape.entries() if e.direction is Direction.READ)


@contextmanager
def talking_modem() -> Iterator[tuple[str, threading.Event]]:
    """A modem on a bare pty that answers off-hook with sound; its port, and whether it was asked."""
    master, slave = os.openpty()
    tty.setraw(slave)
    asked = threading.Event()

    def play() -> None:
        with suppress(OSError):  # the last program has closed the port
            while data := os.read(master, 100):
                if data == b"AT+VRX\r":
                    os.write(master, b"\r\nCONNECT\r\n" + SOUND)
                    asked.set()
                elif data.startswith(b"AT"):
                    os.write(master, b"\r\nOK\r\n")
                else:
                    os.write(master, b"\x10\x03\r\nOK\r\n")

    player = threading.Thread(target=play)
    player.start()
    try:
        yield os.ttyname(slave), asked
    finally:
        os.close(slave)
        player.join(5)
        os.close(master)


def test_no_sound_is_kept_or_logged_only_how_much_there_was(caplog: pytest.LogCaptureFixture) -> None:
    listening = ModemOptions(profile=replace(V253, off_hook="AT+VRX"))
    with caplog.at_level(logging.DEBUG), talking_modem() as (port, asked), RunningModem(port, options=listening) as run:
        run.wait_for(ModemReady)
        run.modem.go_off_hook()
        assert asked.wait(5)
        soon(lambda: heard(run) >= len(SOUND))
        run.modem.go_on_hook()
        soon(lambda: run.modem.tape.entries()[-1].data == b"\r\nOK\r\n")
        entries = run.modem.tape.entries()
    kept = b"".join(entry.data for entry in entries)
    assert SOUND[:30] not in kept
    assert SOUND[:30].decode() not in caplog.text
    assert sum(entry.sound for entry in entries if entry.direction is Direction.READ) >= len(SOUND)
    assert b"AT+VRX\r" in kept
    assert "ATH0" in caplog.text


def heard(run: RunningModem) -> int:
    return sum(len(event.data) for event in run.events if isinstance(event, SoundReceived))
