"""Rows for the other chips, the old sets of commands, and modems that are little more than Caller ID.

Sources: Silicon Labs AN93; Rockwell's AT reference; USR's Caller ID page; the software
modem is iaxmodem as it was seen over a pseudo-terminal.
"""

from dataclasses import replace

from hardware.simulator.modem_model import ModemModel
from hardware.simulator.signalling_model import IAX_FIELDS, CallerIdModel, Patterns, Raw, Selector
from hardware.simulator.voice_model import A_LAW, MU_LAW, OTHER, SIGNED, UNSIGNED, VoiceFormat, VoiceModel

PLAIN = ModemModel(
    name="plain",
    maker="QUIETLINE",
    model="CALLER ID ONLY",
    revision="V0.1",
    identity={0: "56000", 3: "CX93001-EIS_V0.2013-V92"},
    classes="0,1",
    tagged=True,
    blanks=True,
    ring_per_burst=False,
    says="Caller ID and nothing else",
)

OLD = ModemModel(
    name="old",
    maker="QUIETLINE",
    model="OLD DATA MODEM",
    revision="1.0",
    identity={0: "33600", 3: "V.34 DATA FAX"},
    classes="0,1,2",
    tagged=False,
    blanks=True,
    ring_per_burst=False,
    caller_id_command="#CID",
    says="an old data modem with #CID",
)

SILABS = ModemModel(
    name="si24xx",
    maker="Silicon Labs",
    model="Si2457",
    revision="D",
    identity={0: "D", 3: "C", 6: "2457", 7: "Si2457D"},
    classes="0,1,8",
    tagged=False,
    blanks=True,
    ring_per_burst=True,
    says="Silicon Labs Si24xx: CIDM and NO CARRIER around each report, AT+VCDT for other countries and DTMF",
    caller_id=CallerIdModel(
        raw=Raw.PLAIN,
        patterns=Patterns.CADENCE,
        frames=True,
        digits="text",
        selector=Selector.SILABS,
        rereads="+VCIDR",
    ),
    voice=VoiceModel(
        formats=(
            VoiceFormat(0, '0,"SIGNED PCM",8,0,8000,0,0', SIGNED),
            VoiceFormat(1, '1,"UNSIGNED PCM",8,0,8000,0,0', UNSIGNED),
            VoiceFormat(4, '4,"ULAW",8,0,8000,0,0', MU_LAW),
            VoiceFormat(5, '5,"ALAW",8,0,8000,0,0', A_LAW),
            VoiceFormat(129, '129,"G.726",2,0,8000,0,0', OTHER, bits=2),
            VoiceFormat(131, '131,"G.726",4,0,8000,0,0', OTHER, bits=4),
        ),
        default_format=1,
        silence_levels=(118, 138),
        gains=(112, 134),
        echoes_end=True,
    ),
)

# Serial modems of the nineties. Rockwell's voice commands begin with #.
ROCKWELL = ModemModel(
    name="rockwell",
    maker="ROCKWELL",
    model="RCV336DPFSP",
    revision="V2.063",
    identity={0: "33600", 3: "V2.063-V34_ACF_DS1"},
    classes="0,1,2,8",
    tagged=False,
    blanks=True,
    ring_per_burst=False,
    caller_id_command="#CID",
    hangs_up_when_closed=True,
    says="Rockwell with # commands: AT#CLS=8, AT#CID=1",
    caller_id=CallerIdModel(raw=Raw.PLAIN, patterns=Patterns.NUMBERS, other_parameters=True, ring_at_end=True),
    voice=VoiceModel(
        formats=(
            VoiceFormat(2, "2", OTHER, (7200,), bits=2),
            VoiceFormat(4, "4", OTHER, (7200,), bits=4),
            VoiceFormat(8, "8", UNSIGNED, (7200, 11025)),
        ),
        default_format=4,
        shielded_idle=True,
        hash_commands=True,
        plus_commands=False,
        any_byte_stops=True,
        hook_result="VCON",
        final="VCON",
    ),
)
USR_TI = replace(
    ROCKWELL,
    name="usr-ti",
    maker="U.S. Robotics",
    model="Sportster",
    revision="4.11.2",
    identity={0: "5601", 3: "Sportster 33600 FAX RS Rev. 4.11.2"},
    classes="0,1,2.0",
    caller_id=CallerIdModel(raw=Raw.PLAIN, patterns=Patterns.LETTERS, other_parameters=True),
    voice=None,
    says="USR with a chip by TI: AT#CID=1",
)

# A software modem on a VoIP account. What it does not know it calls OK.
AGREEABLE = ModemModel(
    name="agrees",
    maker="",
    model="",
    revision="",
    identity={0: "spandsp", 3: "www.soft-switch.org"},
    classes="0,1,1.0",
    tagged=False,
    blanks=False,
    ring_per_burst=True,
    agrees_to_all=True,
    says="a software modem: OK to everything, who calls before it rings, <NONE>, the name before the number",
    caller_id=CallerIdModel(
        order=IAX_FIELDS, blank_between=True, none_word="<NONE>", before_ring=True, dialled_tag="NDID"
    ),
)

ROWS = (PLAIN, OLD, SILABS, ROCKWELL, USR_TI, AGREEABLE)
