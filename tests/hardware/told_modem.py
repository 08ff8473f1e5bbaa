"""A simulated modem without its wire: what it was told, and what it prints of a call. No product code may enter."""

from datetime import datetime

from hardware.simulator import Network, Script
from hardware.simulator.commands import Settings, tokens
from hardware.simulator.signalling_heard import hears, report
from hardware.simulator.signalling_sent import sent

NOW = datetime(2026, 1, 17, 14, 52)  # noqa: DTZ001 - a network sends its own local time
CALL = Script(number="2125550123", name="JORDAN AVERY", carries_name=None)


def told(settings: Settings, command: str) -> object:
    found = tokens(command)
    assert found is not None
    return settings.perform(found[0])


def prints(settings: Settings, script: Script, network: Network, *, raw: bool = False) -> bytes:
    if not hears(settings, network):
        return b""
    return b"".join(report(settings.model, sent(script, network, NOW), raw=raw))
