"""The use cases as rows: calls a line brings and faults a modem has, by name. No behaviour of their own may enter.

Tests run through every row, and a person at the desk plays them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.events import Absence
from hardware.simulator.modem import SimulatedModem
from hardware.simulator.script import Script


@dataclass(frozen=True, slots=True)
class CallCase:
    """A call worth trying, with the reason in one sentence."""

    says: str
    script: Script


@dataclass(frozen=True, slots=True)
class FaultCase:
    """A fault, how to bring it about and how to end it. `argument` says what `begin` and `end` want, "" for nothing."""

    says: str
    begin: Callable[[SimulatedModem, str], None]
    end: Callable[[SimulatedModem, str], None] | None = None
    argument: str = ""


NUMBER = "2125550123"
NAME = "JORDAN AVERY"


def _named(name: str | bytes) -> Script:
    return Script(number=NUMBER, name=name)


CALLS: Mapping[str, CallCase] = {
    "ordinary": CallCase("A number and a name.", _named(NAME)),
    "number-only": CallCase("No name, as in most of Europe.", Script(number=NUMBER)),
    "name-only": CallCase("No number line at all.", Script(name=NAME, order=("DATE", "TIME", "NAME"))),
    "withheld": CallCase("The caller withholds the number.", Script(absence=Absence.PRIVATE)),
    "unavailable": CallCase("The network does not know the number.", Script(absence=Absence.UNAVAILABLE)),
    "silent": CallCase("Rings and no report.", Script()),
    "one-ring": CallCase("Hangs up after one ring.", Script(number=NUMBER, rings=1)),
    "no-ring": CallCase(
        "A report and no ring, as with call waiting.", Script(number=NUMBER, rings=0, before_ring=True)
    ),
    "before-ring": CallCase("The report comes before the first ring.", Script(number=NUMBER, before_ring=True)),
    "late": CallCase("The report comes after the second ring.", Script(number=NUMBER, name=NAME, late=5.0)),
    "in-pieces": CallCase("Half a second between the lines.", Script(number=NUMBER, name=NAME, pieces=0.5)),
    "in-slow-pieces": CallCase("Three seconds between the lines.", Script(number=NUMBER, name=NAME, pieces=3.0)),
    "name-first": CallCase(
        "The name comes before the number.", Script(number=NUMBER, name=NAME, order=("DATE", "TIME", "NAME", "NMBR"))
    ),
    "date-last": CallCase(
        "The date comes last.", Script(number=NUMBER, name=NAME, order=("NMBR", "NAME", "DATE", "TIME"))
    ),
    "masked": CallCase("A second number line masks the first.", Script(number=NUMBER, name=NAME, mask="O")),
    "leading-one": CallCase("The number has its country's 1.", Script(number="1" + NUMBER, name=NAME)),
    "named-ring": CallCase("The name is a modem's word.", _named("RING")),
    "named-candidate": CallCase("The name holds DATE.", _named("CANDIDATE SMITH")),
    "named-springfield": CallCase("The name holds RING.", _named("SPRINGFIELD IL")),
    "named-ok": CallCase("The name is a result code.", _named("OK")),
    "named-equals": CallCase("The name looks like fields.", _named("NMBR = 9 = NAME =")),
    "named-markup": CallCase("The name is markup.", _named("<script>alert(1)</script>")),
    "named-quotes": CallCase("The name tries to be SQL and shell.", _named("'; DROP TABLE call; -- `id` $(id)")),
    "named-path": CallCase("The name is a path.", _named("../../etc/passwd")),
    "named-bytes": CallCase("The name is not text.", _named(b"V\xe4h\x81l\xe4\x00\x1b[2J\xff")),
    "named-long": CallCase("The name has three thousand characters.", _named("X" * 3000)),
}

FAULTS: Mapping[str, FaultCase] = {
    "refuse": FaultCase(
        "answers ERROR to a command", SimulatedModem.refuse, SimulatedModem.accept, argument="a command, as ATH1"
    ),
    "silent": FaultCase("locks up", lambda sim, _: sim.go_silent(), lambda sim, _: sim.speak_again()),
    "echo": FaultCase("echoes whatever it is told", lambda sim, _: sim.echo(True), lambda sim, _: sim.echo(False)),
    "unplugged": FaultCase("is pulled out", lambda sim, _: sim.unplug(), lambda sim, _: sim.plug()),
    "forgetful": FaultCase("loses its Caller ID setting", lambda sim, _: sim.lose_caller_id_setting()),
    "garbage": FaultCase(
        "says noise",
        lambda sim, text: sim.garbage(text.encode() or bytes(range(256))),
        argument="text, or nothing for all 256 bytes",
    ),
    "keeps-ringing": FaultCase(
        "says OK to off-hook, but the line rings on",
        lambda sim, _: sim.keeps_ringing(),
        lambda sim, _: sim.keeps_ringing(False),
    ),
    "slow": FaultCase(
        "answers late",
        lambda sim, seconds: sim.slow(float(seconds or 2.0)),
        lambda sim, _: sim.slow(0.0),
        argument="seconds",
    ),
}
