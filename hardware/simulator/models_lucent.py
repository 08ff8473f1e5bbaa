"""Rows for modems with Lucent, Agere and LSI chips: USR's USB modems, MultiTech's, and the chip by its own name.

Sources: published replies of units; the lists of +VSM=? from MultiTech's manuals (S000434H for the MT9234, S000263C
for the MT5634), of which the first is what a USR5637 prints, too.
"""

from dataclasses import replace

from hardware.simulator.modem_model import ModemModel
from hardware.simulator.signalling_model import CallerIdModel, Patterns, Raw
from hardware.simulator.voice_model import A_LAW, IMA, LINEAR_16, MU_LAW, OTHER, UNSIGNED, VoiceFormat, VoiceModel

_RATES = (8000, 7200, 11025)
FORMATS = (
    VoiceFormat(128, '128,"8-BIT LINEAR",(7200,8000,11025)', UNSIGNED, _RATES),
    VoiceFormat(129, '129,"16-BIT LINEAR",(7200,8000,11025)', LINEAR_16, _RATES, bits=16),
    VoiceFormat(130, '130,"8-BIT ALAW",(8000)', A_LAW),
    VoiceFormat(131, '131,"8-BIT ULAW",(8000)', MU_LAW),
    VoiceFormat(132, '132,"IMA ADPCM",(7200,8000,11025)', IMA, _RATES, bits=4),
)

USR = ModemModel(
    name="usr",
    maker="U.S. Robotics",
    model="USR5637",
    revision="1.2.23",
    identity={0: "5601", 3: "U.S. Robotics 56K FAX USB V1.2.23"},
    classes="0,1,1.0,2,8",
    tagged=False,
    blanks=False,
    ring_per_burst=True,
    says="USR5637 with good firmware: voice, letters for rings (ATS41=1)",
    caller_id=CallerIdModel(raw=Raw.SPACED, patterns=Patterns.LETTERS),
    voice=VoiceModel(
        formats=FORMATS,
        default_format=129,
        records_on=frozenset({5}),
        confirms_hook=True,
        digits_in_vts=False,
        zero_second_tone=False,
    ),
)
# Before 1.2.21 there is no voice. Before 1.2.23 rings and reports were missed now and then: that is luck and no trait
# of the row, and can be played as a fault.
USR_OLD = replace(
    USR,
    name="usr-old",
    revision="1.2.10",
    identity={0: "5601", 3: "U.S. Robotics 56K FAX USB V1.2.10"},
    classes="0,1,1.0,2",
    says="USR5637 with old firmware: refuses voice",
    voice=None,
)
# The successor; its own words are not known to us, so it is told apart by name and number only.
USR5639 = replace(
    USR,
    name="usr5639",
    model="USR5639",
    revision="1.2.25",
    identity={0: "5601", 3: "U.S. Robotics 56K FAX USB V1.2.25"},
    says="USR5639, the successor",
)
# European units leave the factory with TBR-21 and know three countries.
USR_EUROPE = replace(
    USR, name="usr-eu", factory_country="F6", countries=("B4", "3D", "42", "F6"), says="USR5637 as sold in Europe"
)

LUCENT = ModemModel(
    name="lucent",
    maker="Agere",
    model="LT V.92",
    revision="8.31",
    identity={0: "LT V.92 Data+Fax Modem", 3: "LT V.92 Data+Fax Modem Version 8.31"},
    classes="0,1,8",
    tagged=False,
    blanks=True,
    ring_per_burst=False,
    says="Lucent or Agere chip: tells rings by cadence (+VDR=1,5)",
    caller_id=CallerIdModel(raw=Raw.TAGGED, patterns=Patterns.CADENCE, other_parameters=True, ring_at_end=True),
    voice=VoiceModel(
        formats=FORMATS, default_format=129, codes=VoiceModel(formats=(), default_format=0).codes - {b"q"}
    ),
)

MT9234 = ModemModel(
    name="mt9234zba",
    maker="Multi-Tech Systems",
    model="MT9234ZBA-USB",
    revision="1.06",
    identity={0: "MT9234ZBA-USB", 3: "MT9234ZBA-USB V1.06"},
    classes="0,1,1.0,2,8",
    tagged=False,
    blanks=True,
    ring_per_burst=False,
    hangs_up_when_closed=True,
    says="MultiTech MT9234ZBA: hangs up when the port is closed",
    caller_id=CallerIdModel(raw=Raw.PLAIN, patterns=Patterns.CADENCE, other_parameters=True),
    voice=VoiceModel(formats=FORMATS, default_format=129, inactivity_s=10),
)

# Twelve-bit samples and two-bit ADPCM: nothing that we can play.
MT5634 = ModemModel(
    name="mt5634zba",
    maker="Multi-Tech Systems",
    model="MT5634ZBA-USB-V92",
    revision="1.25",
    identity={0: "MT5634ZBA-USB-V92", 3: "MT5634ZBA-USB-V92 V1.25"},
    classes="0,1,1.0,2,8",
    tagged=False,
    blanks=True,
    ring_per_burst=False,
    hangs_up_when_closed=True,
    says="MultiTech MT5634ZBA: voice in formats of its own only",
    caller_id=CallerIdModel(raw=Raw.PLAIN, patterns=Patterns.CADENCE, other_parameters=True),
    voice=VoiceModel(
        formats=(
            VoiceFormat(
                128, '128,"SIGNED PCM",12,0,(7200-8000,11025),(127-129),(0-50)', OTHER, (8000, 7200, 11025), bits=16
            ),
            VoiceFormat(132, '132,"ADPCM/AQ",2,40,(7200),(128),(0-50)', OTHER, (7200,), bits=2),
        ),
        default_format=128,
    ),
)

ROWS = (USR, USR_OLD, USR5639, USR_EUROPE, LUCENT, MT9234, MT5634)
