"""One call's Caller ID as the network sends it: facts of the script in, a signal out. Pure.

What a modem makes of it is in signalling_heard.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hardware.events import Absence
from hardware.simulator.script import Script
from hardware.simulator.signalling import Network, Signalling
from hardware.simulator.signalling_dtmf import digits
from hardware.simulator.signalling_fsk import (
    Kind,
    Parameter,
    Parameters,
    copies,
    multiple,
    single,
    sound,
    waiting,
)  # fmt: skip

ABSENCE_LETTER = {Absence.PRIVATE: b"P", Absence.UNAVAILABLE: b"O"}
VOICE_CALL = 0x01  # the call type that Britain puts before every ordinary call


@dataclass(frozen=True, slots=True)
class Signal:
    """What travels on the line for one report.

    `fields`: values by tag, of what was sent only. `parameters`: what else a message holds, in its order. `octets`: the
    copies of the message as they arrive, none for DTMF. `digits`: the DTMF string, else "". `script` has the details.
    """

    network: Network
    script: Script
    fields: Mapping[str, bytes]
    parameters: Parameters = ()
    octets: tuple[bytes, ...] = ()
    digits: str = ""
    notice: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is sent at all."""
        return not self.fields and not self.parameters and self.script.raw is None

    @property
    def readable(self) -> bool:
        """Whether a modem that checks finds one good copy."""
        fsk = self.network.signalling not in (Signalling.DTMF, Signalling.JCLIP)
        return any(map(sound, self.octets)) if fsk and self.script.damage else not self.script.damage


def sent(script: Script, network: Network, now: datetime) -> Signal:
    """The report of a call; `now` is local time, for date and time where the script does not give them."""
    if script.raw is not None:
        return Signal(network, script, {})
    values = _values(script, network, now)
    if not {"NMBR", "NAME"} & set(values) and script.dialable is None:
        return Signal(network, script, {})
    if network.dtmf is not None:
        number = script.number.decode("latin-1") if isinstance(script.number, bytes) else script.number
        string = digits(network.dtmf, number, script.absence, script.forwarded_by)
        told = values.get("NMBR", b"O")
        if (
            string == network.dtmf.private == network.dtmf.unavailable
        ):  # a string that looks like a number is told as one
            told = string.strip("ABCD#").encode()
        return Signal(network, script, {"NMBR": told}, digits=string)
    extra = _parameters(script, network)
    if network.signalling is Signalling.JCLIP:  # framed, summed and with parity of its own; no modem here prints it raw
        return Signal(network, script, values, extra)
    return Signal(network, script, values, extra, _octets(script, network, values, extra))


def notice(on: bool, network: Network) -> Signal:
    """Messages wait in the network's mailbox, or wait no more. Without a call."""
    whole = waiting(on, single_format=network.single)
    body = whole[2:-1] if whole[0] == Kind.MULTIPLE_WAITING else whole
    return Signal(network, Script(), {}, ((body[0], body[2:]),), (whole,), notice=True)


def text(value: str | bytes, charset: str = "utf-8") -> bytes:
    """Text as octets; what the character set does not have becomes a question mark."""
    return value if isinstance(value, bytes) else value.encode(charset, "replace")


def _values(script: Script, network: Network, now: datetime) -> dict[str, bytes]:
    carries_name = network.names if script.carries_name is None else script.carries_name
    number_absence = ABSENCE_LETTER.get(script.absence) if script.absence else None
    name_absence = ABSENCE_LETTER[script.name_absence] if script.name_absence else number_absence
    values = {
        "DATE": text(script.date or now.strftime("%m%d")),
        "TIME": text(script.time or now.strftime("%H%M")),
        "NMBR": number_absence if script.number is None else text(script.number),
        "NAME": name_absence if script.name is None else text(script.name, script.charset),
    }
    if network.single or not carries_name:
        values["NAME"] = None
    return {tag: value for tag, value in values.items() if value is not None}


def _parameters(script: Script, network: Network) -> list[tuple[int, bytes]]:
    """What has no tag of its own."""
    found: list[tuple[int, bytes]] = []
    call_type = VOICE_CALL if script.call_type is None and network.tells_call_type else script.call_type
    if call_type is not None:
        found.append((Parameter.CALL_TYPE, bytes([call_type])))
    if script.dialled is not None and network.dialled_parameter is not None:
        found.append((network.dialled_parameter, text(script.dialled)))
    if script.dialable is not None:
        found.append((Parameter.DIALABLE, text(script.dialable)))
    if script.long_distance:
        found.append((Parameter.QUALIFIER, b"L"))
    if script.forwarded_by is not None:
        found += [(Parameter.FIRST_CALLED, text(script.forwarded_by)), (Parameter.FORWARD_TYPE, b"\x01")]
    return [] if network.single else found


def _octets(script: Script, network: Network, values: Mapping[str, bytes], extra: Parameters) -> tuple[bytes, ...]:
    number = values.get("NMBR", b"")
    when = values.get("DATE", b"") + values.get("TIME", b"")
    if network.single:
        return copies(single(when, number), script.damage, number)
    known = {
        "NMBR": (Parameter.NUMBER_ABSENCE if script.number is None else Parameter.NUMBER, number),
        "NAME": (Parameter.NAME_ABSENCE if script.name is None else Parameter.NAME, values.get("NAME", b"")),
    }
    first = [pair for pair in extra if pair[0] == Parameter.CALL_TYPE]
    rest = [pair for pair in extra if pair[0] != Parameter.CALL_TYPE]
    order = [tag for tag in script.order or known if tag in known and tag in values]
    body = [*first, (int(Parameter.TIME), when), *(known[tag] for tag in order), *rest]
    return copies(multiple(body), script.damage, number)
