"""The use cases as rows: calls a line brings, by name. No behaviour may enter; the faults are in faulty_cases.py.

Tests run through every row, and a person at the desk plays them by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.events import Absence
from hardware.simulator.script import Script
from hardware.simulator.signalling import VARIANTS
from hardware.simulator.signalling_fsk import Damage


@dataclass(frozen=True, slots=True)
class CallCase:
    """A call worth trying, with the reason in one sentence.

    `told`: a modem set for America and formatted reports says who calls, or why not. Some calls it cannot tell.
    """

    says: str
    script: Script
    told: bool = True


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
    "named-latin-1": CallCase("The name is in Latin-1.", Script(number=NUMBER, name="VÄHÄLÄ", charset="latin-1")),
    "named-cp437": CallCase("The name is in CP437.", Script(number=NUMBER, name="VÄHÄLÄ", charset="cp437")),
    "named-utf-8": CallCase("The name is in UTF-8.", _named("VÄHÄLÄ")),
    "name-withheld": CallCase("Only the name is withheld.", Script(number=NUMBER, name_absence=Absence.PRIVATE)),
    "as-the-country": CallCase(
        "The name comes only where the country's network sends one.",
        Script(number=NUMBER, name=NAME, carries_name=None),
    ),
    "international": CallCase("A number with a plus.", Script(number="+493023125012")),
    "long-distance": CallCase("Marked as long distance.", Script(number=NUMBER, name=NAME, long_distance=True)),
    "forwarded": CallCase("Passed on by another number.", Script(number=NUMBER, forwarded_by="2125550190")),
    "call-type": CallCase("The call type is told: a ring-back.", Script(number=NUMBER, call_type=0x02)),
    "dialled": CallCase("The called number is told.", Script(number=NUMBER, dialled="2125550199")),
    "dialable": CallCase(
        "A number to call back stands beside the caller's.", Script(number=NUMBER, dialable="18005550188")
    ),
    "dialable-only": CallCase("Only the number to call back is told.", Script(dialable="2125550188"), told=False),
    "second-line": CallCase("The ring of the second number.", Script(number=NUMBER, ring_pattern=2)),
    "third-line": CallCase("The ring of the third number.", Script(number=NUMBER, ring_pattern=3)),
    "single-format": CallCase(
        "The older kind of message, without a name.", Script(number=NUMBER, network=VARIANTS["bell-single"])
    ),
    "short-ring": CallCase(
        "A short ring announces the report; only a modem set for a European country hears that.",
        Script(number=NUMBER, network=VARIANTS["etsi-short-ring"]),
        told=False,
    ),
    "british": CallCase(
        "Reported the British way; only a modem set for Britain hears that.",
        Script(number="02079460123", network=VARIANTS["british"]),
        told=False,
    ),
    "damaged-digit": CallCase(
        "One bit of the number is wrong.", Script(number=NUMBER, name=NAME, damage=Damage.BIT_FLIPPED), told=False
    ),
    "damaged-checksum": CallCase(
        "The checksum is wrong.", Script(number=NUMBER, name=NAME, damage=Damage.CHECKSUM), told=False
    ),
    "damaged-end": CallCase(
        "The end of the report is missing.", Script(number=NUMBER, name=NAME, damage=Damage.TRUNCATED), told=False
    ),
    "damaged-then-good": CallCase(
        "A damaged copy, then a good one.", Script(number=NUMBER, name=NAME, damage=Damage.BAD_THEN_GOOD)
    ),
    "twice": CallCase("Two good copies.", Script(number=NUMBER, name=NAME, damage=Damage.TWICE)),
    "opening-only": CallCase(
        "Only the report's opening is heard.", Script(number=NUMBER, damage=Damage.SEIZURE_ONLY), told=False
    ),
    **{
        f"{name}{ending}": CallCase(
            f"{says} by tones ({name}), as only few modems hear.",
            Script(number=number, absence=absence, network=network),
            told=False,
        )
        for name, network in VARIANTS.items()
        if network.dtmf is not None
        for ending, says, number, absence in (
            ("", "Reported", "2025550142", None),
            ("-withheld", "Withheld, told", None, Absence.PRIVATE),
            ("-unavailable", "Not known, told", None, Absence.UNAVAILABLE),
        )
    },
}
