"""What a simulated modem makes of the bell and of a Caller ID signal: values in, lines of text out. Pure.

Nothing here knows how a report is read: only how each family of modems prints one.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hardware.simulator.modem_model import ModemModel
from hardware.simulator.signalling import Network, Order, Signalling
from hardware.simulator.signalling_fsk import Parameter
from hardware.simulator.signalling_model import Patterns, Raw, Selector
from hardware.simulator.signalling_plan import RingStarted, RingStopped
from hardware.simulator.signalling_sent import Signal, text

if TYPE_CHECKING:
    from hardware.simulator.commands import Settings

# What a modem listens for after +GCI (ITU-T T.35): America, Britain and Japan have ways of their own, the rest ETSI's.
COUNTRY_SIGNALLING = {"B5": Signalling.BELL, "20": Signalling.BELL, "B4": Signalling.SIN227, "00": Signalling.JCLIP}
# The same after Conexant's !4886.
CONEXANT_SIGNALLING = {
    "00": Signalling.BELL, "01": Signalling.JCLIP, "02": Signalling.ETSI, "03": Signalling.SIN227,
    "05": Signalling.DTMF,
}  # fmt: skip
# And after the +VCDT of Si24xx (AN93): 0 hears nothing before the first ring, 1 listens always.
AFTER_RING_ONLY, ALWAYS = 0, 1
SILABS_SIGNALLING = {
    2: Signalling.SIN227, 3: Signalling.JCLIP, 4: Signalling.DTMF, 5: Signalling.DTMF, 6: Signalling.DTMF,
    7: Signalling.DTMF,
}  # fmt: skip

FSK = frozenset({Signalling.BELL, Signalling.ETSI, Signalling.SIN227})
LETTERS = "ABCD"
LETTERS_REGISTER = 41  # S41=1 asks a USR for them
TENTH_S = 0.1  # the unit of DRON and DROF


def hears(settings: "Settings", network: Network) -> bool:
    """Whether the modem, as it is set, takes in what this network sends.

    Behind the first ring any FSK is taken by a modem that is set for any: the two kinds differ by 100 Hz, and modems
    set for America report on European lines. Before the ring it must know the announcement. What Japan sends once the
    call is answered is out of reach, but for a chip with a command for it.
    """
    kind, telephone = settings.model.caller_id, settings.telephone
    if kind.before_ring:  # a software modem is told by its VoIP account
        return not telephone.deaf
    if telephone.deaf or (kind.deaf_until and telephone.conexant is None):
        return False
    early, wanted = network.order is not Order.AFTER_RING, network.signalling
    tuned = COUNTRY_SIGNALLING.get(settings.country_code, Signalling.ETSI)
    if kind.selector is Selector.CONEXANT and telephone.conexant is not None:
        tuned = CONEXANT_SIGNALLING[telephone.conexant]
    elif kind.selector is Selector.SILABS:
        if telephone.silabs in (AFTER_RING_ONLY, ALWAYS):
            return wanted in FSK and (telephone.silabs == ALWAYS or not early)
        tuned = SILABS_SIGNALLING[telephone.silabs]
    if wanted is Signalling.DTMF:
        return tuned is wanted and kind.digits is not None
    if wanted is Signalling.JCLIP:
        return tuned is wanted and kind.selector is Selector.SILABS
    if not early and wanted in FSK:
        return tuned in FSK
    return tuned is wanted or (wanted is Signalling.ETSI and tuned is Signalling.SIN227)


def report(model: ModemModel, signal: Signal, *, raw: bool) -> list[bytes]:
    """The lines of a report as `model` prints it; joined they are what passes the wire. Empty when it says nothing."""
    kind, script = model.caller_id, signal.script
    as_it_came = raw and kind.raw is not None and not signal.digits
    if script.raw is not None:
        return script.raw.splitlines(keepends=True)
    if signal.empty and (kind.none_word is None or signal.notice):
        return []
    if signal.digits and kind.digits == "text":
        lines = [f"{signal.digits}\r\n".encode()]
    elif as_it_came and kind.raw is not None:
        lines = [_hex(kind.raw, octets) + b"\r\n" for octets in signal.octets]
    elif not signal.readable:
        # A damaged report is kept back (CXman); when only its opening was heard, some say at least that much.
        seizure = kind.seizure if not signal.octets and not signal.digits else None
        lines = [_line(model, signal, "MESG", seizure.encode())] if seizure else []
    else:
        lines = list(_formatted(model, signal))
    if lines and kind.blank_between:
        lines = [b"\r\n" + line for line in lines]
    elif lines:
        lines[0] = b"\r\n" + lines[0]
        lines[-1] += b"" if as_it_came or (signal.digits and kind.digits == "text") else b"\r\n"
    return list(_framed(lines, signal.network)) if lines and kind.frames else lines


def again(model: ModemModel, signal: Signal | None) -> str:
    """The last report once more, as the answer to a command (+VCIDR? of Si24xx)."""
    if signal is None or not signal.octets:
        return "NO DATA"
    octets = signal.octets[-1].hex(" ").upper()
    width = 16 * 3  # octets on a line
    wrapped = [octets[start : start + width].rstrip() for start in range(0, len(octets), width)]
    return "\r\n".join([f"{model.caller_id.rereads}:", *wrapped])


def ring(settings: "Settings", step: RingStarted | RingStopped) -> list[str]:
    """What is printed at this edge of the bell."""
    kind, bursts = settings.model.caller_id, settings.model.ring_per_burst
    over = isinstance(step, RingStopped) and step.last
    if step.short:
        return ["RING"] if kind.hears_short_ring and over is kind.ring_at_end else []
    if kind.patterns is Patterns.CADENCE and settings.telephone.ring_cadence[0]:
        return _measured(step, settings.telephone.ring_cadence[1] > 0)
    if kind.patterns is Patterns.LETTERS and settings.registers.get(LETTERS_REGISTER):
        return [f"RING {LETTERS[step.pattern - 1]}"] if over else []
    if kind.patterns is Patterns.NUMBERS and settings.telephone.ring_numbers:
        return [f"RING {step.pattern}"] if over else []
    if isinstance(step, RingStopped):
        return ["RING"] if kind.ring_at_end and (step.last or bursts) else []
    return ["RING"] if not kind.ring_at_end and (step.new_ring or bursts) else []


def _measured(step: RingStarted | RingStopped, ring_after: bool) -> list[str]:
    """`ring_after`: RING behind the last burst (+VDR=1,5); else a Lucent prints it with the next ring, or never."""
    if isinstance(step, RingStopped):
        return [f"DRON={round(step.sound / TENTH_S)}", *(["RING"] if ring_after and step.last else [])]
    silence = [] if step.silence is None else [f"DROF={round(step.silence / TENTH_S)}"]
    return [*silence, "RING"] if silence and step.new_ring and not ring_after else silence


def _formatted(model: ModemModel, signal: Signal) -> Iterator[bytes]:
    kind, script = model.caller_id, signal.script
    values = dict(signal.fields)
    if kind.dialled_tag and script.dialled is not None:
        values[kind.dialled_tag] = text(script.dialled)
    if signal.notice:
        yield from _others(model, signal)
        return
    before = [pair for pair in signal.parameters if pair[0] == Parameter.CALL_TYPE]
    yield from _others(model, signal, before)
    order = (*(script.order or kind.order), *((kind.dialled_tag,) if kind.dialled_tag in values else ()))
    for tag in dict.fromkeys(order):
        value = values.get(tag)
        if value is None and kind.none_word is not None:
            value = kind.none_word.encode()
        if value is not None:
            yield _line(model, signal, tag, value)
        if tag == "NMBR" and script.mask is not None:
            yield _line(model, signal, tag, text(script.mask))
    yield from _others(model, signal, [pair for pair in signal.parameters if pair not in before])


def _others(model: ModemModel, signal: Signal, parameters: list[tuple[int, bytes]] | None = None) -> Iterator[bytes]:
    kind = model.caller_id
    for parameter, value in signal.parameters if parameters is None else parameters:
        if parameter == Parameter.DIALABLE and kind.dialable_tag:
            yield kind.dialable_tag.encode() + value + b"\r\n"
        elif kind.other_parameters:
            whole_notice = signal.notice and signal.network.single
            octets = signal.octets[0] if whole_notice else bytes([parameter, len(value)]) + value
            yield _line(model, signal, "MESG", octets.hex().upper().encode())


def _line(model: ModemModel, signal: Signal, tag: str, value: bytes) -> bytes:
    spacing = signal.script.spacing
    equals = b" = " if spacing == "conexant" or (spacing is None and model.blanks) else b"="
    return tag.encode() + equals + value + b"\r\n"


def _hex(raw: Raw, octets: bytes) -> bytes:
    match raw:
        case Raw.PLAIN:
            return octets.hex().upper().encode()
        case Raw.TAGGED:
            return b"MESG = " + octets.hex().upper().encode()
        case Raw.SPACED:
            return b"MESG=" + octets.hex(" ").upper().encode()


def _framed(lines: list[bytes], network: Network) -> Iterator[bytes]:
    """As Si24xx prints it: what it saw of the announcement, the word for the carrier, the report, the carrier's end."""
    if network.order is Order.BEFORE_RING:
        yield b"\r\nFLASH\r\n"
    if network.signalling is Signalling.SIN227:
        yield b"\r\nSTAS\r\n"
    if network.signalling is not Signalling.DTMF:
        yield b"\r\nCIDM\r\n"
    yield from lines
    if network.signalling is not Signalling.DTMF:
        yield b"\r\nNO CARRIER\r\n"
