"""What differs between modems, as values in frozen rows; the default is V.253. No behaviour may enter.

A modem that needs something else gets its own row, never an `if` elsewhere. docs/modems.md says how each was tested.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hardware.country import TBR_21, Signalling
from hardware.voice_commands import (
    CONEXANT_VOICE,
    LUCENT_VOICE,
    MULTITECH_VOICE,
    ROCKWELL_VOICE,
    SILABS_VOICE,
    USR_TI_VOICE,
    USR_VOICE,
    V253_VOICE,
    VoiceCommands,
)

REPLY_S = 3.0
"""Seconds a modem gets for an ordinary command; slowest seen on real units is about 1 s. Then it counts as silent."""

RESET_S = 5.0
"""Seconds for ATZ, which reloads a profile and restarts some chips; peers allow 3 s and sometimes fail."""

FIRST_S = 2.0
"""Seconds for words that may be lost (just after a replug or a reset) and are then repeated."""

QUESTION_S = 1.0
"""Seconds for what we can do without. A modem that knows a question answers it within 0.1 s, and one that does not
says ERROR as fast; a replugged modem has to work again within 5 s."""


@dataclass(frozen=True, slots=True)
class InitCommand:
    """One step of initialisation, sent until it is answered well or its tries are used up.

    What then stops the initialisation: `refusal_stops` for a result other than OK, `silence_stops` for no result within
    `timeout` seconds of the last try.
    """

    command: str
    timeout: float = REPLY_S
    tries: int = 1
    refusal_stops: bool = False
    silence_stops: bool = True


@dataclass(frozen=True, slots=True)
class Switch:
    """A way of Caller ID that can be turned on and asked for.

    `modes` asks which there are, `mode` is this one: 1 is formatted, 2 raw.
    """

    on: str
    query: str
    modes: str = ""
    mode: int = 1


VCID = (Switch("AT+VCID=2", "AT+VCID?", "AT+VCID=?", mode=2), Switch("AT+VCID=1", "AT+VCID?", "AT+VCID=?"))
# Only when +VCID was refused: the bare attempt hung the driver of one Conexant unit.
HASH_CID = (Switch("AT#CID=2", "AT#CID?", "AT#CID=?", mode=2), Switch("AT#CID=1", "AT#CID?", "AT#CID=?"))

INIT = (
    # First of all let go of a line that an earlier run may have left off-hook. The answer may be a digit or nothing
    # (V0, Q1 of another program), so nothing is concluded from it. Letting go takes a second on some units.
    InitCommand("ATH0", silence_stops=False),
    # Words and answers from here on; repeated, because the first bytes after a replug can be lost.
    InitCommand("ATE0V1Q0", timeout=FIRST_S, tries=3),
    # Again, now that the answer can be read, and in case the first was glued to what another program had begun to
    # say. A modem that cannot let go of the line must not be called ready.
    InitCommand("ATH0", tries=2, refusal_stops=True),
    # A stored profile that answers ERROR to ATZ is broken but workable: all we need is set below.
    InitCommand("ATZ", timeout=RESET_S),
    InitCommand("ATE0", timeout=FIRST_S, tries=3, silence_stops=False),  # ATZ may have made it quiet again
    InitCommand("ATV1Q0", tries=2, refusal_stops=True),
    InitCommand("ATX4"),  # call progress results; plain modems know X0 only
    InitCommand("ATS0=0", tries=2, refusal_stops=True),  # a modem that answers by itself would take wanted calls
    InitCommand("AT&C1&D2"),  # a drop of DTR hangs up: closing the port lets go of the line
)
"""Safe on every family: nothing here but ITU-T V.250 and the Hayes commands that all of them have."""


@dataclass(frozen=True, slots=True)
class ModemProfile:
    """The commands of one family of modems. Every text goes out as written, with a carriage return.

    All families take and let go of the line by ATH1 and ATH0, also those that can do no more than show numbers.
    """

    name: str
    signs: str = r"(?!)"
    """A pattern found in what such a modem says of itself (ATI0, ATI3, +GMI, +GMM, one answer to a line), whatever the
    case of its letters. Loose on purpose: nobody has seen every dongle."""
    init: tuple[InitCommand, ...] = INIT
    caller_id: tuple[Switch, ...] = VCID + HASH_CID
    """Ways to ask for Caller ID, best first; the first of the wanted kind that is not refused is used, and a formatted
    one where a raw one is wanted and there is none."""
    extras: tuple[str, ...] = ()
    """Sent before Caller ID is turned on; a refusal means that this unit does without."""
    signalling: Mapping[Signalling, str] = field(default_factory=dict)
    """How the unit is told by which signals the country's exchanges send numbers."""
    europe: str = TBR_21
    """What +GCI calls a European line where it has no code of the country."""
    distinctive_ring: str = "AT+VDR=1,5"
    """Asks for the pattern of each ring. V.253's: DRON and DROF lines, and RING half a second after the last burst,
    which is longer than the pauses within an American ring. With 1,0 most families print no RING, or not the first one;
    6 is the most that some take (Conexant 102752B)."""
    firmware_floor: tuple[int, ...] = ()
    """The first version that works well; older ones are named to the person."""
    voice: VoiceCommands = V253_VOICE
    heartbeat: str = "AT"
    off_hook: str = "ATH1"
    on_hook: str = "ATH0"
    echoes_relay: bool = False
    """Tells of its own relay as of a handset (DLE H and h)."""


V253 = ModemProfile(name="V.253")

USR = ModemProfile(
    name="USR5637",
    # ATI3 "U.S. Robotics 56K FAX USB V1.2.23", ATI0 "5601".
    signs=r"FAX USB|USR ?56(33|37|39)|\b56(33|37|39)\b|^5601$|U\.? ?S\.? ?Robotics",
    distinctive_ring="ATS41=1",  # RING A, RING B, ...
    echoes_relay=True,  # DLE H right after +VLS=1, taken for a hang-up by other programs
    # Maker's release notes: 1.2.21 brought voice (before, +FCLASS=8 is an ERROR), 1.2.23 mended Caller ID and rings
    # that were missed. Older ones were seen never to go off-hook at all (CallAttendantNext).
    firmware_floor=(1, 2, 23),
    voice=USR_VOICE,
)

CONEXANT_ACF = ModemProfile(
    name="Conexant ACF",
    signs=r"Conexant|ACF\d?[_ ]|\bCX\d{5}|EIS_V\d|^56000$",
    extras=(
        # Line in use (1) and extension picked up (2): off-hook is refused with LINE-IN-USE while another telephone
        # holds the line, and ours is dropped when one is lifted, so a call of the household is never disturbed.
        # The danger: on lines of low voltage (some telephone adapters) an idle line passes for one in use and no call
        # is dropped; it rings on, which is the harmless side, and `extra = ["AT-STE=0"]` cures it. Without remote
        # hang-up (4): it takes every polarity reversal for one. Never -SCID=1: it listens for the second caller of a
        # call that somebody is in, prints a report without a ring, and others answered into that call.
        "AT-STE=3",
    ),
    # One number after RING for three American cadences; a ring of another cadence may not be told at all.
    distinctive_ring="AT-SDR=7",
    voice=CONEXANT_VOICE,
)

CONEXANT = replace(
    CONEXANT_ACF,
    name="Conexant",
    # ATI3 "CX93001-EIS_V0.2013-V92" of all its dongles: StarTech, Zoom 3095, Dell, Lenovo, TrendNet, Hiro, no-name.
    signs=r"\bCX930\d\d|RD02-D\d+",
    # A word of the chip's memory that +GCI should set and, in some batches (RD02-D400), does not: then no number ever
    # comes. Not known to outlast a reset, so it is sent at every start.
    signalling={
        Signalling.BELL: "AT!4886=00",
        Signalling.JAPAN: "AT!4886=01",
        Signalling.ETSI_FSK: "AT!4886=02",
        Signalling.BRITAIN: "AT!4886=03",
        Signalling.ETSI_DTMF: "AT!4886=05",
    },
)

LUCENT = ModemProfile(
    name="Lucent",
    # ATI3 "ZOOM V.90 kfav163 ...", "LT V.90 1.0 ...", "Venus V.90 USB U052099a"; later chips say Agere or LSI.
    signs=r"Lucent|Agere|\bLSI\b|\bLT (V\.9|Win|Modem)|\bVenus V\.9|ZOOM V\.9",
    voice=LUCENT_VOICE,
)

MULTITECH = replace(
    LUCENT,
    name="MultiTech",
    # ATI0 "MT9234ZBA-USB ...", "LT V.90 1.0 MT5634ZBAV Serial Data/Fax/Voice Modem Version 4.09a".
    signs=r"\bMT ?(5634|9234)|Multi-?Tech",
    europe="B5",  # "Euro/NAM": one code for Europe and North America (S000273G)
    voice=MULTITECH_VOICE,
)

SILABS = ModemProfile(
    name="Si24xx",
    # ATI6 is the model, "2457"; ATI0 and ATI3 are revision letters only (AN93).
    signs=r"\bSi ?24\d\d|Silicon Lab|ISOmodem|^24(04|14|15|33|34|38|39|57|93|94)$",
    caller_id=VCID,
    signalling={
        Signalling.BELL: "AT+VCDT=1",  # always on: AN93 recommends it, and it reads messages before the ring too
        Signalling.ETSI_FSK: "AT+VCDT=1",
        Signalling.BRITAIN: "AT+VCDT=2",  # with the wetting pulse that the exchange waits for
        Signalling.JAPAN: "AT+VCDT=3",
        Signalling.ETSI_DTMF: "AT+VCDT=6",  # always on, whether the polarity is reversed before the digits or not
    },
    voice=SILABS_VOICE,
)

ROCKWELL = ModemProfile(
    name="Rockwell",
    signs=r"Rockwell|\bRC(V|336|56)\d*|^(144( VOICE|00)?|249|28800|336(00)?|961)$|^56000/33600$",
    distinctive_ring="AT-SDR=7",
    voice=ROCKWELL_VOICE,
)

USR_TI = ModemProfile(
    name="USR-TI",
    # Serial units with a Texas Instruments processor: Sportster, Courier, Message Modem, 5686.
    signs=r"Sportster|Courier|Robotics.* (EXT|INT)\b|Message (Modem|Plus)|\b5686\b|^(1445|2886|336[126])$",
    distinctive_ring="ATS41=1",
    voice=USR_TI_VOICE,
)

PROFILES = (CONEXANT, MULTITECH, USR_TI, USR, SILABS, LUCENT, ROCKWELL, CONEXANT_ACF, V253)
"""Tried in this order: a MultiTech names its Lucent chip too, a USR-TI its maker, and a chip says more than the speed
(5601, 56000) that several share. The default is last."""


def profile_for(said: str) -> ModemProfile:
    """The row of a modem that says this of itself, one answer to a line; V.253 when nothing is recognised."""
    flags = re.IGNORECASE | re.MULTILINE
    return next((row for row in PROFILES if re.search(row.signs, said, flags)), V253)


def profile_named(name: str) -> ModemProfile | None:
    """The row of that name, None when there is none ("auto")."""
    return next((row for row in PROFILES if row.name == name), None)


@dataclass(frozen=True, slots=True)
class ModemOptions:
    """What the installer says of the line and its modem.

    `country` is ISO 3166 alpha-2. `profile` None: found out by asking. `raw_caller_id`: ask for Caller ID messages as
    they came (+VCID=2), which shows damaged ones too. `distinctive_ring`: ask for the pattern of each ring, where the
    modem can tell it. `extra`: commands sent after the profile's own, each one line that begins with AT.
    """

    country: str = "US"
    profile: ModemProfile | None = None
    raw_caller_id: bool = False
    distinctive_ring: bool = False
    extra: tuple[str, ...] = ()


PLAIN_OPTIONS = ModemOptions()
