"""What a caller can send: names meant to confuse or to hurt, and noise by the megabyte. The next call is handled."""

import random
from pathlib import Path

import pytest

from hardware.simulator import Call
from tests.system.house import House
from tests.system.scene import Scene

SELLER = "02079460123"

# Names that felled other blockers, and names that try harder.
HOSTILE: tuple[str | bytes, ...] = (
    "SPRINGFIELD,MA",
    "CANDIDATE SMITH",
    "FULL TIME JOBS",
    "RING",
    "OK",
    "ERROR",
    "NO CARRIER",
    "NMBR",
    "NMBR=02079460199",
    "DATE=0801 TIME=9999",
    "A/B PLUMBING",
    "../../../etc/passwd",
    "O'BRIEN",
    "'; DROP TABLE call; --",
    "Robo? Algona, IA",
    "<script>alert(1)</script>",
    "$(reboot) `reboot`",
    "%s%n{0}{name}",
    "=HYPERLINK(1)",
    "EXACTLY FORTY CHARACTERS LONG, IT IS IT.",
    "X" * 5000,
    "MÜLLER ÅSA",
    b"M\xfcLLER \xc9\xff\xfe",
    b"\x00\x01\x1b[2J\x07\x10\x03",
    "\u202egnipeels",  # shown from right to left
)


def lists(house: House) -> None:
    house.block("+442079460123", label="Roof sellers")


def _report(number: str, name: str | bytes) -> bytes:
    octets = name.encode() if isinstance(name, str) else name
    return b"\r\nDATE=0801\r\nTIME=1015\r\nNMBR=" + number.encode() + b"\r\nNAME=" + octets + b"\r\n\r\n"


@pytest.mark.parametrize("names", [HOSTILE[::2], HOSTILE[1::2]], ids=["even", "odd"])
def test_no_name_can_stop_the_line_or_hide_a_listed_number(tmp_path: Path, names: tuple[str | bytes, ...]) -> None:
    with Scene(tmp_path, country="GB", prepare=lists) as scene:
        for at, name in enumerate(names):
            # Another caller's report, without a ring: a dozen in a row, as fast as no network sends them.
            scene.sim.garbage(_report(f"020794601{at:02}", name))
        _dropped(scene, name=names[0])
        rows = scene.house.calls()
        assert [row.shown for row in rows] == [*(f"020794601{at:02}" for at in range(len(names))), SELLER]
        assert all(row.outcome for row in rows[:-1])
        assert scene.process.alive()


def test_ordinary_looking_hostile_names_are_kept_as_they_came(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB") as scene:
        names = [name for name in HOSTILE if isinstance(name, str) and name.isascii() and len(name) <= 40]
        for at, name in enumerate(names):
            scene.sim.garbage(_report(f"020794602{at:02}", name))
        scene.sim.call(number=SELLER, name="BRIAR QUINN", rings=1)
        scene.row_when(lambda row: row.shown == SELLER and row.name, "the ordinary call after them")
        assert [(row.shown, row.name) for row in scene.house.calls()] == [
            *((f"020794602{at:02}", name) for at, name in enumerate(names)),
            (SELLER, "BRIAR QUINN"),
        ]


@pytest.mark.parametrize("kind", ["random", "line-less", "rings"])
def test_after_a_megabyte_of_noise_the_next_call_is_handled(tmp_path: Path, kind: str) -> None:
    million = 1024 * 1024
    noise = {
        "random": random.Random(20).randbytes(million),
        "line-less": b"\xaa" * million,
        "rings": (b"\r\nRING\r\n" + b"NAME=" * 3 + b"\r\n") * 4000,  # a tenth of that: each is an event of its own
    }[kind]
    with Scene(tmp_path, country="GB", prepare=lists) as scene:
        scene.sim.garbage(noise)
        scene.sim.garbage(b"\r\n")
        if kind == "rings":
            (row,) = scene.house.ended(1)  # thousands of RING lines are one call, with the rings of its few seconds
            assert row.rings < 10
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS", after=0.0)
        assert call.wait(20) == "dropped"
        assert scene.process.alive()
        scene.row_when(lambda row: row.shown == SELLER and row.name == "ROOF SELLERS", "the call after the noise")


def _dropped(scene: Scene, name: str | bytes) -> Call:
    call = scene.sim.call(number=SELLER, name=name)
    assert call.wait(15) == "dropped", call.outcome
    return call
