"""A telephone line and a voice modem on a pseudo-terminal: the same object for tests, the demo and a person at a desk.

Service (`modem.py`, `port.py`, `interpreter.py`), state (`line.py`) and use cases (`script.py`, `cases.py`). Nothing
of the product's own protocol code may enter: what the product believes of modems is tested against this, so the two
must not be able to be wrong in the same way.
"""

from hardware.simulator.cases import CALLS, FAULTS
from hardware.simulator.line import Call, TelephoneLine
from hardware.simulator.models import MODELS, OLD, PLAIN, USR, ModemModel
from hardware.simulator.modem import SimulatedModem
from hardware.simulator.output import LogEntry
from hardware.simulator.script import Script

__all__ = [
    "CALLS",
    "FAULTS",
    "MODELS",
    "OLD",
    "PLAIN",
    "USR",
    "Call",
    "LogEntry",
    "ModemModel",
    "Script",
    "SimulatedModem",
    "TelephoneLine",
]
