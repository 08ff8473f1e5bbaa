"""A telephone line and a voice modem on a pseudo-terminal: the same object for tests, the demo and a person at a desk.

Service (`modem.py`, `port.py`, `interpreter.py`), state (`line.py`), what networks and modems are (`signalling*.py`,
`models*.py`), and use cases (`script.py`, `cases.py`, `faulty_cases.py`). Nothing
of the product's own protocol code may enter: what the product believes of modems is tested against this, so the two
must not be able to be wrong in the same way.
"""

from hardware.simulator.cases import CALLS
from hardware.simulator.faulty_cases import FAULTS
from hardware.simulator.line import Call, TelephoneLine
from hardware.simulator.models import MODELS, OLD, PLAIN, USR, ModemModel
from hardware.simulator.modem import SimulatedModem
from hardware.simulator.moments import Moment
from hardware.simulator.output import LogEntry
from hardware.simulator.script import Script
from hardware.simulator.signalling import NETWORKS, VARIANTS, Network
from hardware.simulator.signalling_fsk import Damage

__all__ = [
    "CALLS",
    "FAULTS",
    "MODELS",
    "NETWORKS",
    "OLD",
    "PLAIN",
    "USR",
    "VARIANTS",
    "Call",
    "Damage",
    "LogEntry",
    "ModemModel",
    "Moment",
    "Network",
    "Script",
    "SimulatedModem",
    "TelephoneLine",
]
