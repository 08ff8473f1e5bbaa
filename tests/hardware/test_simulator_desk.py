import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.simulator import CALLS, FAULTS, MODELS, NETWORKS, desk
from tests.hardware.plain_program import PATIENCE_S, Program, until


class Person:
    """Types commands when a test says so, and remembers what was said back."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def say(self, text: str) -> None:
        self.heard.append(text)

    @property
    def port(self) -> str:
        return self.heard[0].rsplit(" ", 1)[-1]

    def heard_of(self, words: str) -> bool:
        return any(words in line for line in self.heard)


def test_a_person_sees_the_port_and_what_the_program_at_the_modem_does() -> None:
    person = Person()

    def typed() -> Iterator[str]:
        with Program(person.port) as program:
            program.ready()
            yield 'call 2125550123 "JORDAN AVERY"\n'
            program.wait_for(b"NAME=JORDAN AVERY\r\n")
            program.ask(b"ATH1")
            program.ask(b"ATH0")
            yield "status\n"
        until(lambda: person.heard_of("closed the port"))

    assert desk.run("US", speed=40.0, lines=typed(), say=person.say) == 0
    for words in (
        "a program opened the port",
        "asks to be told who calls (AT+VCID=1 -> OK)",
        "ring 1",
        "the modem says who calls",
        "goes off-hook: answers the call",
        "goes on-hook: hangs up (ATH0 -> OK)",
        "last call: dropped, 1 rings",
    ):
        assert person.heard_of(words), words
    assert not Path(person.port).exists()


def test_every_command_every_case_and_every_fault_can_be_typed_and_is_in_the_help() -> None:
    person = Person()
    lines = ["help", "?", *desk.COMMANDS, *(f"play {name}" for name in CALLS)]
    lines = [line for line in lines if line not in ("quit", "play", "break", "mend", "messages")]
    lines += [f"{verb} {name} {case.example}" for name, case in FAULTS.items() for verb in ("break", "mend")]
    assert desk.run(speed=1000.0, lines=lines, say=person.say) == 0
    for name in (*desk.COMMANDS, *CALLS, *FAULTS, *MODELS, *NETWORKS):
        assert person.heard_of(name), name
    assert {line.rpartition(": ")[2] for line in person.heard if "It is said like this" in line} <= {
        "mend FAULT [WHAT]"  # what has no end cannot be mended
    }


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("dance", "no command 'dance'"),
        ('call 2125550123 "JORDAN', "quote is missing"),
        ("call 1 2 3", "put a name of several words in quotes"),
        ("hang up", "nobody is calling"),
        ("play chess", "The cases are ordinary"),
        ("break", "The faults are refuse"),
        ("break slow much", "It is said like this: break FAULT"),
        ("break refuse ?!", "is no command"),
        ("break unplugged-when sleeping", "There is no moment 'sleeping'"),
        ("break wrong-country B5B5", "is no country code"),
        ("messages maybe", "on or off"),
        ("waiting 1 2 3", "put a name of several words in quotes"),
        ("mend forgetful", "What can be mended"),
        ("", "The line is gone"),
    ],
)
def test_what_cannot_be_done_is_answered_with_what_can(line: str, answer: str) -> None:
    person = Person()
    assert desk.run(lines=[line], say=person.say) == 0
    assert person.heard_of(answer), person.heard


def test_a_person_can_choose_modem_and_country_and_play_what_happens_there() -> None:
    person = Person()

    def typed() -> Iterator[str]:
        with Program(person.port) as program:
            program.ready()
            yield "call 02079460123 NOBODY\n"
            program.wait_for(b"NMBR = 02079460123\r\n\r\n\r\nRING\r\n")
            program.ask(b"AT-SCID=1")
            yield "lift\n"
            start = len(program.seen)
            yield "waiting 02079460199\n"
            program.wait_for(b"NMBR = 02079460199", start=start)
            yield "hang up\n"
            yield "replace\n"
            yield "messages on\n"
            program.wait_for(b"MESG = 0B01FF\r\n", start=start)
            assert b"NAME" not in program.seen

    assert desk.run("GB", speed=40.0, model="cx93001", lines=typed(), say=person.say) == 0
    assert "(cx93001) on a telephone line (GB)" in person.heard[0]


def test_quit_ends_it_and_nothing_typed_after_it_is_heard() -> None:
    person = Person()
    desk.run(lines=["quit", "dance"], say=person.say)
    assert not person.heard_of("dance")


def test_an_interrupt_from_the_keyboard_takes_the_port_away_and_ends_without_a_trace() -> None:
    command = [sys.executable, "-c", "from hardware.simulator import desk; raise SystemExit(desk.run())"]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = process.stdout.readline().decode().split()[-1]
        process.stdout.readline()
        with Program(port) as program:
            assert program.ask(b"AT").endswith(b"OK\r\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
        assert process.stderr.read() == b""
    assert not os.path.lexists(port)
