"""The commands of a simulated modem and the settings they change, one row of `COMMANDS` each (ITU-T V.250).

Whatever has no row is answered with ERROR. No byte of the wire may enter: `interpreter.py` reads and writes those.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from hardware.simulator.answers import Done, HookMoved, RefusedError
from hardware.simulator.caller_id_commands import TelephoneSettings
from hardware.simulator.caller_id_commands import answer as telephone_answer
from hardware.simulator.models import COUNTRY_CODE, TBR_21, ModemModel
from hardware.simulator.voice_commands import Kept, VoiceSettings

VOICE_CLASS = "8"

# Commands of letters and a number, with the largest number taken. They are kept; E, V, Q and &D also mean something.
KEPT = {
    "E": 1, "V": 1, "Q": 1, "X": 4, "L": 3, "M": 3, "W": 2,
    "&C": 1, "&D": 3, "&G": 2, "&K": 6, "&R": 1, "&S": 1, "&W": 1,
}  # fmt: skip
POWER_ON = dict.fromkeys(KEPT, 0) | {"E": 1, "V": 1, "X": 4, "&C": 1, "&D": 2}
# How the port is used (V.250, 6.2): kept, and of no consequence on a pseudo-terminal. Flow control, speed, framing.
PORT = {
    "+IFC": Kept(((0, 3), (0, 2)), (2, 2)),
    "+IPR": Kept(((0, 921600),), (0,)),
    "+ICF": Kept(((0, 6), (0, 3)), (3, 3)),
}
# Registers at power-on: no automatic answer, the ends of line, 50 s of waiting for a carrier, 1.4 s without one.
REGISTERS = {0: 0, 3: 13, 4: 10, 7: 50, 10: 14}
TOKEN = re.compile(
    r"(?P<name>(?:[+!]|-(?=[A-Z]{2}))[A-Z0-9.]+)(?P<op>=\?|\?|=)?(?P<value>(?<==)[^;]*)?(?:;|$)"
    # Rockwell's commands follow one another without a mark: AT#CLS=8#CID=1.
    r"|(?P<hash>\#[A-Z0-9.]+)(?P<hop>=\?|\?|=)?(?P<hvalue>(?<==)(?:\[[^\]]*\]|\{[^}]*\}|[^;#])*)?;?"
    r"|S(?P<register>\d+)(?P<sop>=\?|\?|=)(?P<svalue>\d*)"
    r"|(?P<letter>[&%\\*$-]?[A-Z])(?P<digits>\d*)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One command of a line: ATV1S0=0+VCID=1 holds three. `op` is "", "?", "=?" or "="."""

    name: str
    op: str
    value: str

    @property
    def key(self) -> str:
        """The command in its one spelling, as `refuse` compares it: H0 for H, S0=0, +VCID=1."""
        return f"{self.name}{self.op}{self.value}"


def tokens(body: str) -> list[Token] | None:
    """The commands of a line without its AT, or None when it cannot be read."""
    found, position = [], 0
    while position < len(body):
        match = TOKEN.match(body, position)
        if match is None:
            return None
        if match["name"]:
            found.append(Token(match["name"], match["op"] or "", match["value"] or ""))
        elif match["hash"]:
            found.append(Token(match["hash"], match["hop"] or "", match["hvalue"] or ""))
        elif match["register"]:
            found.append(Token(f"S{int(match['register'])}", match["sop"], match["svalue"]))
        else:
            found.append(Token(match["letter"], "", match["digits"] or "0"))
        position = match.end()
    return found


class Settings:
    """What a modem was told, and what it makes of one command. `refused`: answered with ERROR, by key or name."""

    def __init__(self, model: ModemModel, country: str) -> None:
        self.model = model
        self.refused: set[str] = set()
        self.country_code = model.factory_country or COUNTRY_CODE.get(country, TBR_21)
        self.telephone = TelephoneSettings()
        self.voice = VoiceSettings(model.voice, tagged=model.tagged) if model.voice is not None else None
        self.reset()

    def reset(self) -> None:
        """Power-on settings, as after ATZ: echo on, words, and no Caller ID."""
        self.kept = dict(POWER_ON)
        self.registers = dict(REGISTERS)
        self.port = {name: row.initial for name, row in PORT.items()}
        self.caller_id = 0
        self.fax_class = "0"
        self.telephone.reset()
        if self.voice is not None:
            self.voice.reset()

    @property
    def in_voice_class(self) -> bool:
        """Whether the voice side is there and chosen."""
        return self.voice is not None and self.fax_class == VOICE_CLASS

    def leave_voice_class(self) -> None:
        """Back to data, as after ATH; what was set stays."""
        if self.voice is not None and self.in_voice_class:
            self.fax_class = "0"
            self.voice.device = 0

    def perform(self, token: Token) -> str | HookMoved | Done:
        """Carry out one command: the text of its answer, or what it does to the relay. RefusedError for ERROR."""
        if token.key in self.refused or token.name in self.refused:
            raise RefusedError
        if (told := telephone_answer(self, token)) is not None:
            return told
        if token.name in KEPT and not token.op:
            return self._keep(token)
        if token.op and token.name[0] == "S":
            return self._register(token)
        if token.name == self.model.caller_id_command:
            return self._caller_id(token)
        if self.voice is not None and self.voice.knows(token.name):
            return self.voice.perform(token.name, token.op, token.value, in_class=self.in_voice_class)
        row = COMMANDS.get(token.name)
        if row is None:
            raise RefusedError
        return row(self, token)

    def _keep(self, token: Token) -> str:
        if int(token.value) > KEPT[token.name]:
            raise RefusedError
        self.kept[token.name] = int(token.value)
        return ""

    def _register(self, token: Token) -> str:
        number = int(token.name[1:])
        if token.op == "?":
            return f"{self.registers.get(number, 0):03d}"
        if token.op != "=" or number > 255 or not token.value or int(token.value) > 255:
            raise RefusedError
        self.registers[number] = int(token.value)
        return ""

    def _caller_id(self, token: Token) -> str:
        if token.op == "=" and token.value in ("0", "1"):
            self.caller_id = int(token.value)
            return ""
        return self.query(token, str(self.caller_id), "0,1")

    def query(self, token: Token, value: str, possible: str) -> str:
        """The answer to a query of one setting, spelled as this model does."""
        if token.op not in ("?", "=?"):
            raise RefusedError
        if not self.model.tagged or token.name in ("+FCLASS", "#CLS"):  # the classes come bare on every modem seen
            return value if token.op == "?" else possible
        return f"{token.name}: {value}" if token.op == "?" else f"{token.name}: ({possible})"


def _identify(settings: Settings, token: Token) -> str:
    text = settings.model.identity.get(int(token.value or 0))
    if text is None:
        raise RefusedError
    return text


def _hook(settings: Settings, token: Token) -> HookMoved:
    if token.value not in ("0", "1"):
        raise RefusedError
    if token.value == "0":
        settings.leave_voice_class()
    return HookMoved(off_hook=token.value == "1")


def _answer(settings: Settings, _token: Token) -> HookMoved | Done:
    if settings.voice is not None and settings.in_voice_class:
        return Done(hook=HookMoved(off_hook=True), result=settings.voice.model.answer_result)
    return HookMoved(off_hook=True)


def _reset(settings: Settings, _token: Token) -> HookMoved:
    settings.reset()
    return HookMoved(off_hook=False)


def _factory(settings: Settings, _token: Token) -> str:
    settings.reset()
    return ""


def _profile(settings: Settings, _token: Token) -> str:
    kept = " ".join(f"{name}{value}" for name, value in settings.kept.items())
    registers = " ".join(f"S{number:02d}:{value}" for number, value in settings.registers.items())
    return f"ACTIVE PROFILE:\r\n{kept}\r\n{registers}"


def _maker(text: Callable[[ModemModel], str]) -> Callable[[Settings, Token], str]:
    def reply(settings: Settings, token: Token) -> str:
        if token.op not in ("", "?"):
            raise RefusedError
        return f"{token.name}: {text(settings.model)}" if settings.model.tagged else text(settings.model)

    return reply


def _class(settings: Settings, token: Token) -> str:
    if token.op == "=" and token.value in settings.model.classes.split(","):
        settings.fax_class = token.value
        return ""
    return settings.query(token, settings.fax_class, settings.model.classes)


def _port(settings: Settings, token: Token) -> str:
    if token.op == "=":
        settings.port[token.name] = PORT[token.name].taken(token.value, settings.port[token.name])
        return ""
    return settings.query(token, ",".join(map(str, settings.port[token.name])), PORT[token.name].possible)


def _hash_class(settings: Settings, token: Token) -> str:
    if settings.voice is None or not settings.voice.model.hash_commands:
        raise RefusedError
    return _class(settings, token)


def _country(settings: Settings, token: Token) -> str:
    if token.op == "=" and re.fullmatch("[0-9A-F]{2}", token.value):
        settings.country_code = token.value
        return ""
    return settings.query(token, settings.country_code, ",".join(sorted({*COUNTRY_CODE.values(), TBR_21})))


COMMANDS: dict[str, Callable[[Settings, Token], str | HookMoved | Done]] = {
    "A": _answer,
    "H": _hook,
    "I": _identify,
    "Z": _reset,
    "&F": _factory,
    "&V": _profile,
    "+GMI": _maker(lambda model: model.maker),
    "+GMM": _maker(lambda model: model.model),
    "+GMR": _maker(lambda model: model.revision),
    **dict.fromkeys(PORT, _port),
    "+FCLASS": _class,
    "#CLS": _hash_class,
    "+GCI": _country,
}
