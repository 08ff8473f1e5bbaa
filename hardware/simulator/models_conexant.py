"""Rows for modems with Conexant's CX93001 and CX93010: the dongles of many makers. No behaviour may enter.

Sources: Conexant's AT manual 102752B; the transcripts cx93001-start-up-replies, tfm561u-two-reply-styles and
zoom3095-profile-listing.
"""

from dataclasses import replace

from hardware.simulator.modem_model import ModemModel
from hardware.simulator.signalling_model import CallerIdModel, Patterns, Raw, Selector
from hardware.simulator.voice_model import A_LAW, IMA, MU_LAW, OTHER, SIGNED, UNSIGNED, VoiceFormat, VoiceModel

VOICE = VoiceModel(
    formats=(
        VoiceFormat(0, '0,"SIGNED PCM",8,0,8000,0,0', SIGNED),
        VoiceFormat(1, '1,"UNSIGNED PCM",8,0,8000,0,0', UNSIGNED),
        VoiceFormat(129, '129,"IMA ADPCM",4,0,8000,0,0', IMA, bits=4),
        VoiceFormat(130, '130,"UNSIGNED PCM",8,0,8000,0,0', UNSIGNED),
        VoiceFormat(131, '131,"Mu-Law",8,0,8000,0,0', MU_LAW),
        VoiceFormat(132, '132,"A-Law",8,0,8000,0,0', A_LAW),
        VoiceFormat(133, '133,"14 bit PCM",14,0,8000,0,0', OTHER, bits=16),
    ),
    default_format=1,
    silence_detector=False,
)
CALLER_ID = CallerIdModel(
    raw=Raw.PLAIN,
    other_parameters=True,
    dialable_tag="DDN_NMBR= ",
    seizure="CALID_202",
    digits="fields",
    selector=Selector.CONEXANT,
    patterns=Patterns.NUMBERS,
    senses_line=True,
    rereads="+VRID",
)

CX93001 = ModemModel(
    name="cx93001",
    maker="CONEXANT",
    model="CX93001",
    revision="V0.2013",
    identity={0: "56000", 3: "CX93001-EIS_V0.2013-V92", 9: "CONEXANT ACF"},
    classes="0,1,1.0,8",
    tagged=True,
    blanks=True,
    ring_per_burst=False,
    says="Conexant CX93001, as in StarTech's USB56KEMH2: voice, numbers for rings (AT-SDR=7), AT!4886",
    caller_id=CALLER_ID,
    voice=VOICE,
)
CX93010 = replace(
    CX93001,
    name="cx93010",
    model="CX93010",
    identity={0: "56000", 3: "CX93010-EIS_V0.2013-V92", 9: "CONEXANT ACF"},
    says="Conexant CX93010, as in dongles without a name",
)
# The country decides about Caller ID, and the unit leaves the factory as an American one (home-assistant #20116).
ZOOM = replace(
    CX93001,
    name="zoom3095",
    model="3095",
    revision="V0.2002",
    identity={0: "56000", 3: "CX93001-EIS_V0.2002-V92"},
    factory_country="B5",
    says="Zoom 3095: no Caller ID abroad before AT+GCI of the country",
)
RD02 = replace(
    CX93001,
    name="rd02-d400",
    model="RD02-D400",
    identity={0: "56000", 3: "CX93001-EIS_V0.2002-V92"},
    caller_id=replace(CALLER_ID, deaf_until="!4886"),
    says="Dell or Lenovo RD02-D400: no Caller ID before AT!4886=00",
)
TFM561U = replace(
    CX93001,
    name="tfm561u",
    model="TFM-561U",
    revision="V0.2002",
    identity={0: "56000", 3: "CX93001-EIS_V0.2002-V92"},
    tight_replies=frozenset({"+FCLASS"}),
    says="TrendNet TFM-561U: replies in two styles",
)

ROWS = (CX93001, CX93010, ZOOM, RD02, TFM561U)
