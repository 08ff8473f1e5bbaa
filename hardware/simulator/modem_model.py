"""What differs between the simulated modems: the fields of a row. No behaviour may enter; models*.py has the rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.simulator.signalling_model import CallerIdModel
from hardware.simulator.voice_model import VoiceModel

ORDINARY = CallerIdModel()


@dataclass(frozen=True, slots=True)
class ModemModel:
    """One kind of modem, by what it says and how.

    `identity` maps the digit of ATI to its text. `classes` is the reply to AT+FCLASS=?. `tagged`: replies to queries
    repeat the command's name ("+VCID: 1" rather than "1"). `blanks`: Caller ID reads "NMBR = " rather than "NMBR=".
    `ring_per_burst`: RING is printed at each burst of a ring with several (British), not only at the first.
    `caller_id_command`: the command that asks for Caller ID, +VCID or the older #CID.
    `hangs_up_when_closed`: closing the port drops DTR and with it the line. Many modems do so with &D2, some
    USB ones do not, so most rows are the harder kind: a product must not lean on it.
    `says`: one sentence for the person at the desk. `caller_id`, `voice`: those sides; no `voice`: none at all.
    `factory_country`: +GCI at power-on, "" for the code of its line. `countries`: what +GCI= takes, () for any.
    `tight_replies`: commands whose reply has no blank line before OK.
    `agrees_to_all`: every command of an extended set is answered with OK, and nothing comes of it.
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
    says: str = ""
    caller_id: CallerIdModel = ORDINARY
    voice: VoiceModel | None = None
    factory_country: str = ""
    countries: tuple[str, ...] = ()
    tight_replies: frozenset[str] = frozenset()
    agrees_to_all: bool = False
