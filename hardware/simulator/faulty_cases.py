"""The use cases as rows: faults a modem has, by name. No behaviour of their own may enter.

Tests run through every row, and a person at the desk plays them by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.simulator.faults import RING
from hardware.simulator.modem import SimulatedModem
from hardware.simulator.moments import Moment

Cause = Callable[[SimulatedModem, str], None]
MOMENTS = ", ".join(moment.value for moment in Moment)


@dataclass(frozen=True, slots=True)
class FaultCase:
    """A fault, how to bring it about and how to end it.

    `argument` says what `begin` and `end` want, "" for nothing; `example` is one.
    """

    says: str
    begin: Cause
    end: Cause | None = None
    argument: str = ""
    example: str = ""


def _replug(sim: SimulatedModem, _argument: str = "") -> None:
    sim.unplug()
    sim.plug()


def _moment(name: str) -> Moment:
    try:
        return Moment(name or Moment.IDLE.value)
    except ValueError as error:
        raise ValueError(f"There is no moment {name!r}; there are {MOMENTS}") from error


def _safe_again(sim: SimulatedModem, _argument: str) -> None:
    sim.unplug_when(None)
    sim.plug()


def _speak_in_streams(sim: SimulatedModem, _argument: str) -> None:
    sim.lock_up_in_stream(None)
    sim.speak_again()


FAULTS: Mapping[str, FaultCase] = {
    "refuse": FaultCase(
        "answers ERROR to a command",
        SimulatedModem.refuse,
        SimulatedModem.accept,
        argument="a command, as ATH1",
        example="ATH1",
    ),
    "refuses-voice": FaultCase(
        "refuses voice, as old firmware does",
        lambda sim, _: sim.refuse_voice(),
        lambda sim, _: sim.refuse_voice(False),
    ),
    "silent": FaultCase("locks up", lambda sim, _: sim.go_silent(), lambda sim, _: sim.speak_again()),
    "silent-for-good": FaultCase(
        "locks up, until it is unplugged and plugged in again", lambda sim, _: sim.lock_up_for_good(), _replug
    ),
    "echo": FaultCase("echoes whatever it is told", lambda sim, _: sim.echo(True), lambda sim, _: sim.echo(False)),
    "unplugged": FaultCase("is pulled out", lambda sim, _: sim.unplug(), lambda sim, _: sim.plug()),
    "unplugged-when": FaultCase(
        "will be pulled out at that moment",
        lambda sim, name: sim.unplug_when(_moment(name)),
        _safe_again,
        argument=f"one of {MOMENTS}",
        example="between-rings",
    ),
    "forgetful": FaultCase("loses its Caller ID setting", lambda sim, _: sim.lose_caller_id_setting()),
    "caller-id-silent": FaultCase(
        "reports no caller, whatever it is told (AT!4886=00 cures some)",
        lambda sim, _: sim.caller_id_silent(),
        lambda sim, _: sim.caller_id_silent(False),
    ),
    "wrong-country": FaultCase(
        "works as in another country",
        lambda sim, code: sim.set_country(code.upper() or "00"),
        lambda sim, _: sim.set_country(sim.country_code),
        argument="its code as for +GCI, or nothing for Japan's",
        example="00",
    ),
    "garbage": FaultCase(
        "says noise",
        lambda sim, text: sim.garbage(text.encode() or bytes(range(256))),
        argument="text, or nothing for all 256 bytes",
        example="noise",
    ),
    "no-carrier": FaultCase("says NO CARRIER for no reason", lambda sim, _: sim.no_carrier()),
    "collision": FaultCase(
        "says RING in the middle of its next reply",
        lambda sim, text: sim.collide(text.encode() or RING),
        lambda sim, _: sim.collide(b""),
        argument="other text, or nothing",
    ),
    "keeps-ringing": FaultCase(
        "says OK to off-hook, but the line rings on",
        lambda sim, _: sim.keeps_ringing(),
        lambda sim, _: sim.keeps_ringing(False),
    ),
    "slow": FaultCase(
        "answers late",
        lambda sim, seconds: sim.slow(float(seconds or 2.0)),
        lambda sim, _: sim.slow(0.0),
        argument="seconds",
        example="2",
    ),
    "slow-connect": FaultCase(
        "takes its time before a stream of sound",
        lambda sim, seconds: sim.slow_connect(float(seconds or 2.0)),
        lambda sim, _: sim.slow_connect(0.0),
        argument="seconds",
        example="2",
    ),
    "stuck-stream": FaultCase(
        "does not end a stream of sound",
        lambda sim, _: sim.stick_in_stream(),
        lambda sim, _: sim.stick_in_stream(False),
    ),
    "stream-noise": FaultCase(
        "breaks into the next stream of sound",
        lambda sim, text: sim.noise_in_stream(text.encode() or bytes(range(256))),
        lambda sim, _: sim.noise_in_stream(b""),
        argument="text, or nothing for all 256 bytes",
        example="noise",
    ),
    "cut-stream": FaultCase("ends the present stream of sound without a word", lambda sim, _: sim.cut_stream()),
    "wrong-formats": FaultCase(
        "lists sample formats that it does not have",
        lambda sim, text: sim.list_formats(text or '77,"UNSIGNED PCM",8,0,8000,0,0'),
        lambda sim, _: sim.list_formats(None),
        argument="another text, or nothing",
    ),
    "silent-in-stream": FaultCase(
        "will lock up in the next stream of sound",
        lambda sim, seconds: sim.lock_up_in_stream(float(seconds or 1.0)),
        _speak_in_streams,
        argument="seconds into it",
        example="1",
    ),
}
