"""Each simulated modem in each kind of network, through the real thread: recognised, heard, and a call dropped.

The table in docs/modems.md is held to this one.
"""

import pytest

from hardware.events import CallerIdReported, Concern, ModemReady, RingDetected, WentOffHook, WentOnHook
from hardware.profiles import ModemOptions
from hardware.simulator import MODELS, SimulatedModem
from tests.hardware.modem_desk import RunningModem, soon

SPEED = 8.0
PROFILES = {
    "usr": "USR5637",
    "usr-old": "USR5637",
    "usr5639": "USR5637",
    "usr-eu": "USR5637",
    "lucent": "Lucent",
    "mt9234zba": "MultiTech",
    "mt5634zba": "MultiTech",
    "cx93001": "Conexant",
    "cx93010": "Conexant",
    "zoom3095": "Conexant",
    "rd02-d400": "Conexant",
    "tfm561u": "Conexant",
    "plain": "Conexant",
    "old": "Rockwell",
    "si24xx": "Si24xx",
    "rockwell": "Rockwell",
    "usr-ti": "USR-TI",
    "agrees": "V.253",
}
SOUND = {
    "usr": 128,
    "usr5639": 128,
    "usr-eu": 128,
    "lucent": 128,
    "mt9234zba": 128,
    "cx93001": 1,
    "cx93010": 1,
    "zoom3095": 1,
    "rd02-d400": 1,
    "tfm561u": 1,
    "si24xx": 1,
}
"""The +VSM code chosen for each that can speak. The MT5634ZBA offers only sound of its maker's own."""

READS_DTMF = frozenset({"si24xx", "cx93001", "cx93010", "rd02-d400", "tfm561u", "zoom3095", "agrees"})
"""Who reads Caller ID sent as DTMF once the Netherlands are set (AT!4886, +VCDT); the others count the rings."""


RING_OF_TWO_BURSTS = {
    **dict.fromkeys(("usr", "usr-old", "usr5639", "usr-eu", "usr-ti"), "B"),
    **dict.fromkeys(("cx93001", "cx93010", "zoom3095", "rd02-d400", "tfm561u", "rockwell"), "2"),
    **dict.fromkeys(("lucent", "mt9234zba", "mt5634zba", "si24xx"), "2"),  # by DRON and DROF
    "agrees": None,  # says OK to the question, as to all
}
"""How each names the American pattern 2. Those that are missing refuse the question."""


def test_the_table_names_every_model() -> None:
    assert set(PROFILES) == set(MODELS)


@pytest.mark.parametrize("country", ["US", "GB", "FR"])
@pytest.mark.parametrize("name", sorted(PROFILES))
def test_the_modem_is_recognised_and_reads_and_drops_a_call(name: str, country: str) -> None:
    with (
        SimulatedModem(country, model=MODELS[name], speed=SPEED) as sim,
        RunningModem(sim.port, options=ModemOptions(country=country)) as running,
    ):
        modem = running.wait_for(ModemReady, within=20.0).modem
        assert modem.profile == PROFILES[name]
        assert (modem.sound.code if modem.sound else None) == SOUND.get(name)
        assert modem.voice == (name in SOUND)
        assert modem.caller_id
        call = sim.call("2025550117", "A CALLER")
        assert running.wait_for(CallerIdReported, within=15.0).number == "2025550117"
        running.modem.go_off_hook()
        running.wait_for(WentOffHook)
        assert call.wait(5.0, until=("answered",)) == "answered"
        running.modem.go_on_hook()
        running.wait_for(WentOnHook)
        assert call.wait(5.0) == "dropped"


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_where_callers_are_told_in_dtmf_each_modem_reads_it_or_still_counts_the_rings(name: str) -> None:
    with (
        SimulatedModem("NL", model=MODELS[name], speed=SPEED) as sim,
        RunningModem(sim.port, options=ModemOptions(country="NL")) as running,
    ):
        running.wait_for(ModemReady, within=20.0)
        call = sim.call("0205550117", rings=2)
        call.wait(10.0)
        running.wait_for(RingDetected)
        told = [event for event in running.events if isinstance(event, CallerIdReported)]
        assert [event.number for event in told] == (["0205550117"] if name in READS_DTMF else [])


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_each_modem_tells_how_it_rings_or_is_known_not_to_and_no_ring_is_lost(name: str) -> None:
    with (
        SimulatedModem("US", model=MODELS[name], speed=SPEED) as sim,
        RunningModem(sim.port, options=ModemOptions(country="US", distinctive_ring=True)) as running,
    ):
        modem = running.wait_for(ModemReady, within=20.0).modem
        assert (Concern.RINGS_ALIKE in modem.concerns) == (name not in RING_OF_TWO_BURSTS)
        assert Concern.SETTING_REFUSED not in modem.concerns
        sim.call("2025550117", "A CALLER", rings=2, ring_pattern=2)
        running.wait_for(CallerIdReported, within=15.0)
        soon(lambda: len(rings_of(running)) >= 2, within=15.0)
        assert set(rings_of(running)) == {RING_OF_TWO_BURSTS.get(name)}


def rings_of(running: RunningModem) -> list[str | None]:
    return [event.pattern for event in running.events if isinstance(event, RingDetected)]
