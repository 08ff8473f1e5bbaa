"""What differs between the simulated modems, as values in frozen rows. No behaviour may enter."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModemModel:
    """One kind of modem, by what it says and how.

    `identity` maps the digit of ATI to its text. `classes` is the reply to AT+FCLASS=?. `tagged`: replies to queries
    repeat the command's name ("+VCID: 1" rather than "1"). `blanks`: Caller ID reads "NMBR = " rather than "NMBR=".
    `ring_per_burst`: RING is printed at each burst of a ring with several (British), not only at the first.
    `caller_id_command`: the command that asks for Caller ID, +VCID or the older #CID.
    `hangs_up_when_closed`: closing the port drops DTR and with it the line. Many modems do so with &D2, some
    USB ones do not, so the rows below are the harder kind: a product must not lean on it.
    """

    name: str
    maker: str
    model: str
    revision: str
    identity: Mapping[int, str]
    classes: str
    tagged: bool
    blanks: bool
    ring_per_burst: bool
    caller_id_command: str = "+VCID"
    hangs_up_when_closed: bool = False


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
)

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
)

MODELS: Mapping[str, ModemModel] = {row.name: row for row in (USR, PLAIN, OLD)}

# Country codes of +GCI (ITU-T T.35), so that a host which asks is told where this line is.
COUNTRY_CODE: Mapping[str, str] = {
    "US": "B5", "CA": "20", "GB": "B4", "IE": "57", "AU": "09", "NZ": "7E", "IN": "53", "JP": "00", "BR": "16",
    "DE": "42", "NL": "7B", "FR": "3D", "IT": "59", "ES": "A0", "BE": "0F", "CH": "A6", "AT": "0A",
    "DK": "31", "SE": "A5", "FI": "3C", "NO": "82",
}  # fmt: skip
TBR_21 = "F6"  # the European code that covers the rest
