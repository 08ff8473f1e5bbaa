import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.simulator import FAULTS, Script, SimulatedModem
from hardware.simulator.faults import Faults
from hardware.simulator.line import FINAL, LINE, Act, Call, TelephoneLine, Wire


def dialled(line: TelephoneLine) -> Call:
    call = Call(Script(number="2125550123"), lambda _: None)
    line.begin(call, 0.0)
    return call


def test_every_state_of_the_line_speaks_for_everything_anyone_can_do() -> None:
    assert set(LINE) == set(itertools.product(Wire, Act))


def test_the_caller_leaving_ends_every_call() -> None:
    assert {LINE[wire, Act.CALLER_LEAVES][0] for wire in Wire} == {Wire.QUIET}


@pytest.mark.parametrize("acts", list(itertools.product(list(Act)[1:], repeat=4)))
def test_a_call_with_a_final_outcome_keeps_it_and_an_empty_line_is_free(acts: tuple[Act, ...]) -> None:
    line = TelephoneLine()
    call = dialled(line)
    settled = None
    for at, act in enumerate(acts, start=1):
        line.act(act, float(at))
        assert settled in (None, call.outcome)
        settled = call.outcome if call.outcome in FINAL else None
    for act in (Act.HANDSET_REPLACED, Act.MODEM_RELEASES, Act.CALLER_LEAVES):
        line.act(act, 9.0)
    assert line.free
    assert call.over
    assert call.ended_at is not None
    assert line.disturbed <= (call.seizures > 0)


def test_the_line_says_since_when_it_is_free() -> None:
    line = TelephoneLine()
    dialled(line)
    line.act(Act.MODEM_SEIZES, 3.0)
    line.act(Act.CALLER_LEAVES, 4.0)
    assert line.free_since is None
    line.act(Act.MODEM_RELEASES, 5.0)
    line.act(Act.MODEM_RELEASES, 6.0)
    assert line.free_since == 5.0


def test_the_first_off_hook_and_the_last_on_hook_are_kept() -> None:
    line = TelephoneLine()
    line.deaf_seizures = 1
    call = dialled(line)
    for at, act in ((1.0, Act.MODEM_SEIZES), (2.0, Act.MODEM_RELEASES), (3.0, Act.MODEM_SEIZES)):
        line.act(act, at)
    line.act(Act.MODEM_RELEASES, 4.0)
    line.act(Act.MODEM_RELEASES, 5.0)
    assert (call.off_hook_at, call.on_hook_at, call.seizures) == (1.0, 4.0, 2)
    assert call.outcome == "dropped"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"order": ("NMBR", "DATUM")}, "DATUM"),
        ({"spacing": "rockwell"}, "rockwell"),
        ({"rings": -1}, "rings"),
        ({"late": -0.1}, "negative"),
        ({"pieces": -0.1}, "negative"),
        ({"charset": "ebcdic"}, "ebcdic"),
        ({"ring_pattern": 5}, "ring_pattern"),
        ({"call_type": 256}, "octet"),
    ],
)
def test_a_script_no_line_could_play_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Script(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_every_fault_can_be_brought_about_by_a_method_of_its_own() -> None:
    methods = {name for name in vars(Faults) if not name.startswith("_")}
    ends = {"accept", "speak_again", "plug"}
    assert len(FAULTS) == len(methods - ends)
    assert all(callable(getattr(SimulatedModem, name)) for name in methods)


def test_the_simulator_needs_neither_the_serial_nor_the_gpio_library() -> None:
    program = "import sys; sys.modules['serial'] = sys.modules['gpiozero'] = None; import hardware.simulator.desk"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=60)
