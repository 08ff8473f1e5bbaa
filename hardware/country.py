"""What a modem must be told about the country of its line: codes and Caller ID signalling, as facts. No behaviour
beyond looking them up, no byte and no command of a modem may enter.

Sources: ITU-T T.35 (02/2000) annex A with Operational Bulletin 766 for the codes, checked against the lists in the
Conexant manuals 1199 and 100722A (T.35 has no code for Taiwan; the manuals give FE); Commission Decision 98/482/EC for
where ETSI TBR 21 holds; spandsp adsi.h, SIN 227, ETSI EN 300 659 and Dialogic's pages for how numbers are sent. New
Zealand: Telecom's PTC 200 clause 11 and its Access Standards Newsletter 148 (Bellcore's messages between two rings);
Singapore's ACLIP has the messages of Bellcore too (adsi.h).
"""

from collections.abc import Mapping
from enum import Enum

_T35 = """
    JP:00 AL:01 DZ:02 AS:03 AI:05 AG:06 AR:07 AU:09 AT:0A BS:0B BH:0C BD:0D BB:0E BE:0F BZ:10 BJ:11 BM:12 BT:13 BO:14
    BW:15 BR:16 VG:19 BN:1A BG:1B MM:1C BI:1D BY:1E CM:1F CA:20 CV:21 KY:22 CF:23 TD:24 CL:25 CN:26 CO:27 KM:28 CG:29
    CK:2A CR:2B CU:2C CY:2D CZ:2E KH:2F KP:30 DK:31 DJ:32 DO:33 DM:34 EC:35 EG:36 SV:37 GQ:38 ET:39 FK:3A FJ:3B FI:3C
    FR:3D PF:3E GA:40 GM:41 DE:42 AO:43 GH:44 GI:45 GR:46 GD:47 GU:48 GT:49 GG:4A GN:4B GW:4C GY:4D HT:4E HN:4F HK:50
    HU:51 IS:52 IN:53 ID:54 IR:55 IQ:56 IE:57 IL:58 IT:59 CI:5A JM:5B AF:5C JE:5D JO:5E KE:5F KI:60 KR:61 KW:62 LA:63
    LB:64 LS:65 LR:66 LY:67 LI:68 LU:69 MO:6A MG:6B MY:6C MW:6D MV:6E ML:6F MT:70 MR:71 MU:72 MX:73 MC:74 MN:75 MS:76
    MA:77 MZ:78 NR:79 NP:7A NL:7B NC:7D NZ:7E NI:7F NE:80 NG:81 NO:82 OM:83 PK:84 PA:85 PG:86 PY:87 PE:88 PH:89 PL:8A
    PT:8B PR:8C QA:8D RO:8E RW:8F KN:90 SH:92 LC:93 SM:94 ST:96 VC:97 SA:98 SN:99 SC:9A SL:9B SG:9C SB:9D SO:9E ZA:9F
    ES:A0 LK:A1 SD:A2 SR:A3 SZ:A4 SE:A5 CH:A6 SY:A7 TZ:A8 TH:A9 TG:AA TO:AB TT:AC TN:AD TR:AE TC:AF TV:B0 UG:B1 UA:B2
    AE:B3 GB:B4 US:B5 BF:B6 UY:B7 RU:B8 VU:B9 VA:BA VE:BB VN:BC WF:BD WS:BE YE:BF CD:C2 ZM:C3 ZW:C4 SK:C5 SI:C6 TW:FE
"""
T35: Mapping[str, str] = dict(pair.split(":") for pair in _T35.split())
"""ISO 3166 alpha-2 -> the byte of ITU-T T.35 in two hexadecimal digits, as +GCI writes it. Germany is 42 on every modem
seen (04 stands for it in T.35 too)."""

TBR_21 = "F6"
"""No country of T.35: US Robotics, Agere and others give it to the European standard for telephone lines, TBR 21."""

_TBR_21 = "AT BE CH CY CZ DE DK EE ES FI FR GB GR HU IE IS IT LI LT LU LV MT NL NO PL PT SE SI SK"
TBR_21_COUNTRIES = frozenset(_TBR_21.split())
"""Where TBR 21 is the standard of the line. It says nothing about how numbers are sent."""

NORTH_AMERICA = T35["US"]
"""Canada's lines are of the American kind (TIA-968); a modem that does not know Canada serves it with this."""


class Signalling(Enum):
    """How an exchange sends the number."""

    BELL = "bell"  # Bellcore GR-30: Bell 202 between the first two rings
    JAPAN = "japan"  # NTT: V.23 after the line was answered
    ETSI_FSK = "etsi_fsk"  # ETSI EN 300 659: V.23, before or after the first ring
    BRITAIN = "britain"  # SIN 227: V.23 before the first ring, after a polarity reversal
    ETSI_DTMF = "etsi_dtmf"  # digits as tones, before the first ring or between rings


# A country with no line here sends numbers in ways no source names; its modem is left as it is. Belgium has DTMF in
# spandsp's list, but a Conexant there reads numbers as it comes (home-assistant #57765): FSK.
_SIGNALLING = {
    Signalling.BELL: "US CA AU CN HK NZ SG TW",
    Signalling.JAPAN: "JP",
    Signalling.BRITAIN: "GB",
    Signalling.ETSI_FSK: "FR DE NO IT ES ZA TR AT BE CH CZ GR HU IE LU PL PT",
    Signalling.ETSI_DTMF: "NL DK SE FI IS BR IN KW SA UY",
}
SIGNALLING: Mapping[str, Signalling] = {
    country: signalling for signalling, countries in _SIGNALLING.items() for country in countries.split()
}


def codes_for(country: str, europe: str = TBR_21) -> tuple[str, ...]:
    """The +GCI codes that serve a line in `country` (ISO 3166 alpha-2), best first; empty for a country without one.

    `europe` is what the family of modems calls a line of TBR 21.
    """
    own = (T35[country],) if country in T35 else ()
    if country in TBR_21_COUNTRIES:
        return (*own, europe)
    return (*own, NORTH_AMERICA) if country == "CA" else own
