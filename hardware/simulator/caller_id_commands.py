"""The commands of the Caller ID side and their settings, one row each (ITU-T V.253; CXman, AN93). No byte may enter."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hardware.simulator.answers import Done, RefusedError
from hardware.simulator.signalling_heard import CONEXANT_SIGNALLING, again, report
from hardware.simulator.signalling_model import Patterns, Selector
from hardware.simulator.signalling_sent import Signal

if TYPE_CHECKING:
    from hardware.simulator.commands import Settings, Token

Answer = str | Done
# Bits of -STE (CXman): say LINE-IN-USE, tell of a lifted handset, tell of the far end's hanging up.
LINE_IN_USE, EXTENSION, REMOTE = 1, 2, 4
ALL_RINGS = 7  # of -SDR: a bit for each pattern that is to be told
RAW = 2  # the +VCID= that prints messages as they came
# What takes the line; +VLS= with the labels that do.
SEIZES = re.compile(r"H1|A\d*|D.*|\+VLS=(?:1|3|5|7|9|13)")


class TelephoneSettings:
    """What a modem was told of the line. `handset_up`: whether another telephone is in use; `deaf`: a fault.

    `conexant`: the last !4886, None before the first; `silabs`: +VCDT. `last`: the report that was last heard.
    """

    def __init__(self) -> None:
        self.handset_up: Callable[[], bool] = lambda: False
        self.deaf = False
        self.last: Signal | None = None
        self.reset()

    def reset(self) -> None:
        """As at power-on. Whether !4886 outlives a reset is not known; here it does not, which is the harder case."""
        self.conexant: str | None = None
        self.silabs = 0
        self.senses = 0
        self.snoops = False
        self.ring_numbers = 0
        self.ring_cadence = (0, 0)
        self.kept: dict[str, str] = {}


def answer(settings: "Settings", token: "Token") -> Answer | None:
    """What the modem answers to a command of this side; None for any other. RefusedError for ERROR."""
    kind, telephone = settings.model.caller_id, settings.telephone
    if SEIZES.fullmatch(token.key) and telephone.senses & LINE_IN_USE and telephone.handset_up():
        return Done(result="LINE-IN-USE")
    if settings.model.agrees_to_all and token.name[0] in "+#%*-!" and token.name not in ("+FCLASS", "+VCID"):
        return ""
    if token.name == settings.model.caller_id_command and kind.raw is not None:
        return _caller_id(settings, token)
    row = COMMANDS.get(token.name)
    return row(settings, token) if row is not None else None


def tells(settings: "Settings", letter: bytes) -> bool:
    """Whether the modem tells in voice class of what it senses on the line: where there is a -STE, as that says."""
    if not settings.model.caller_id.senses_line:
        return True
    wanted = {b"P": EXTENSION, b"p": EXTENSION, b"l": REMOTE}.get(letter)
    return wanted is None or bool(settings.telephone.senses & wanted)


def _caller_id(settings: "Settings", token: "Token") -> Answer:
    if token.op == "=" and token.value in ("0", "1", "2"):
        settings.caller_id = int(token.value)
        return ""
    return settings.query(token, str(settings.caller_id), "0,1,2")


def _country(settings: "Settings", token: "Token") -> Answer | None:
    codes = settings.model.countries
    if not codes:
        return None
    if token.op == "=" and token.value in codes:
        settings.country_code = token.value
        return ""
    return settings.query(token, settings.country_code, ",".join(codes))


def _conexant(settings: "Settings", token: "Token") -> Answer:
    if settings.model.caller_id.selector is not Selector.CONEXANT:
        raise RefusedError
    if token.op == "=" and token.value in CONEXANT_SIGNALLING:
        settings.telephone.conexant = token.value
        settings.telephone.deaf = False
        return ""
    return settings.query(token, settings.telephone.conexant or "00", ",".join(CONEXANT_SIGNALLING))


def _silabs(settings: "Settings", token: "Token") -> Answer:
    if settings.model.caller_id.selector is not Selector.SILABS:
        raise RefusedError
    if token.op == "=":
        settings.telephone.silabs = _number(token.value, 7)
        return ""
    return settings.query(token, str(settings.telephone.silabs), "0-7")


def _senses(settings: "Settings", token: "Token") -> Answer:
    if not settings.model.caller_id.senses_line:
        raise RefusedError
    if token.op == "=":
        settings.telephone.senses = _number(token.value, 7)
        return ""
    return settings.query(token, str(settings.telephone.senses), "0-7")


def _snoops(settings: "Settings", token: "Token") -> Answer:
    if not settings.model.caller_id.senses_line:
        raise RefusedError
    if token.op == "=":
        settings.telephone.snoops = _number(token.value, 1) == 1
        if settings.telephone.snoops:  # CXman: it turns Caller ID and the line-in-use bit on with it
            settings.caller_id = settings.caller_id or 1
            settings.telephone.senses |= LINE_IN_USE
        return ""
    return settings.query(token, str(int(settings.telephone.snoops)), "0,1")


def _ring_numbers(settings: "Settings", token: "Token") -> Answer:
    if settings.model.caller_id.patterns is not Patterns.NUMBERS:
        raise RefusedError
    if token.op == "=":
        settings.telephone.ring_numbers = _number(token.value, ALL_RINGS)
        return ""
    return settings.query(token, str(settings.telephone.ring_numbers), "0-7")


def _ring_cadence(settings: "Settings", token: "Token") -> Answer | None:
    if settings.model.caller_id.patterns is not Patterns.CADENCE:
        return None
    if token.op == "=":
        on, _, delay = token.value.partition(",")
        settings.telephone.ring_cadence = (_number(on, 1), _number(delay or "0", 255))
        return ""
    return settings.query(token, "{},{}".format(*settings.telephone.ring_cadence), "0,1),(0-255")


def _again_as_report(settings: "Settings", token: "Token") -> Answer:
    if settings.model.caller_id.rereads != token.name or token.op != "=":
        raise RefusedError
    _number(token.value, 1)
    last = settings.telephone.last
    return Done(told=b"".join(report(settings.model, last, raw=settings.caller_id == RAW)) if last else b"")


def _again_in_hex(settings: "Settings", token: "Token") -> Answer:
    if settings.model.caller_id.rereads != token.name or token.op != "?":
        raise RefusedError
    return again(settings.model, settings.telephone.last)


def _kept(family: Selector, largest: int) -> Callable[["Settings", "Token"], Answer]:
    def keep(settings: "Settings", token: "Token") -> Answer:
        if settings.model.caller_id.selector is not family:
            raise RefusedError
        if token.op == "=":
            if not re.fullmatch("[0-9A-F]{1,2}", token.value) or int(token.value, 16) > largest:
                raise RefusedError
            settings.telephone.kept[token.name] = token.value
            return ""
        return settings.query(token, settings.telephone.kept.get(token.name, "0"), f"0-{largest:X}")

    return keep


def _number(value: str, largest: int) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 3 or int(value) > largest:
        raise RefusedError
    return int(value)


COMMANDS: Mapping[str, Callable[["Settings", "Token"], Answer | None]] = {
    "+GCI": _country,
    "!4886": _conexant,
    "!4892": _kept(Selector.CONEXANT, 0xFF),
    "+VCDT": _silabs,
    "+PCW": _kept(Selector.SILABS, 2),
    "-STE": _senses,
    "-SCID": _snoops,
    "-SDR": _ring_numbers,
    "+VDR": _ring_cadence,
    "+VRID": _again_as_report,
    "+VCIDR": _again_in_hex,
}
