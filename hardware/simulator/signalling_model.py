"""How the Caller ID side of simulated modems differs, as values in frozen rows. No behaviour may enter.

Sources: manuals of the chips; reports of other blockers' users.
"""

from dataclasses import dataclass
from enum import Enum

FIELDS = ("DATE", "TIME", "NMBR", "NAME")
IAX_FIELDS = ("DATE", "TIME", "NAME", "NMBR", "ANID", "USER", "PASS", "CDID", "NDID")


class Raw(Enum):
    """How a message is printed with +VCID=2."""

    PLAIN = "hex digits alone"
    TAGGED = "MESG = and hex digits"
    SPACED = "MESG= and the octets apart"


class Selector(Enum):
    """Which command chooses the signalling that the modem listens for."""

    COUNTRY = "+GCI"
    CONEXANT = "!4886, and until then +GCI"
    SILABS = "+VCDT"


class Patterns(Enum):
    """How the pattern of a ring is told, once the command for it was given."""

    LETTERS = "RING A, with S41=1"
    NUMBERS = "RING 1, with -SDR=7"
    CADENCE = "DRON and DROF, with +VDR=1,5"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerIdModel:
    """The Caller ID side of one kind of modem. What a formatted report leaves out when damaged, all leave out.

    `raw`: with +VCID=2; None: refused. `order`: of the fields in a report, where the network does not say.
    `other_parameters`: parameters without a tag of their own are printed as MESG lines. `dialled_tag`, `dialable_tag`:
    tags for these numbers, None for such a line. `seizure`: what is printed when only the opening signal was heard.
    `digits`: a DTMF string, where it is heard, is printed "text" as it came or as "fields".
    `selector`: see there. `deaf_until`: nothing is heard before this command was given (Dell's RD02-D400).
    `frames`: the report stands between the words of a data call, CIDM and NO CARRIER (Si24xx).
    `blank_between`: each field is a reply of its own. `none_word`: what stands for a field that was not sent.
    `before_ring`: this modem knows who calls before it rings, whatever the network does (a software modem on VoIP).

    `ring_at_end`: RING is printed when the bell stops, not when it starts. `patterns`: see there.
    `hears_short_ring`: a ring of a fifth of a second is printed, too.
    `senses_line`: -STE, -SCID: it knows when another telephone is in use. `rereads`: the command that tells the last
    report again (+VRID=0 in the form of a report, +VCIDR? in hex).
    """

    raw: Raw | None = None
    order: tuple[str, ...] = FIELDS
    other_parameters: bool = False
    dialled_tag: str | None = None
    dialable_tag: str | None = None
    seizure: str | None = None
    digits: str | None = None
    selector: Selector = Selector.COUNTRY
    deaf_until: str | None = None
    frames: bool = False
    blank_between: bool = False
    none_word: str | None = None
    before_ring: bool = False
    ring_at_end: bool = False
    patterns: Patterns | None = None
    hears_short_ring: bool = True
    senses_line: bool = False
    rereads: str | None = None
