"""The commands of voice class and their settings, one row each (ITU-T V.253; Rockwell's # set). No byte may enter.

Whatever has no row here is no command of voice class.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.simulator.answers import Done, HookMoved, RefusedError, StreamBegun
from hardware.simulator.voice_model import VoiceFormat, VoiceModel

# Seconds of a unit of +VTS= and of #VTS=, and of +VTD=; a tone whose length is not given.
UNIT_S, HASH_UNIT_S = 0.01, 0.1
TONE_UNITS = 100
FREQUENCIES = range(200, 3201)  # Hz; V.253 asks for 200 to 3200, and 0 for none
TONE = re.compile(r"\[(\d*)(?:,(\d*))?(?:,(\d*))?\]|\{([0-9A-D*#]),(\d+)\}|([0-9A-D*#!])")
HEXADECIMAL = re.compile(r"[0-9A-F]{1,4}(,[0-9A-F]{1,4})*")
EVENT_MASK = re.compile(r'"?[CP]"?(,[0-9A-F]*)*|[0-9]+(,[0-9]+)*')


@dataclass(frozen=True, slots=True)
class Kept:
    """A setting that is only kept: numbers within ranges, and what they are at power-on."""

    ranges: tuple[tuple[int, int], ...]
    initial: tuple[int, ...]

    @property
    def possible(self) -> str:
        """What it takes, as an answer to =?."""
        return ",".join(f"({low}-{high})" for low, high in self.ranges)

    def taken(self, value: str, before: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers after `value` was set; an empty place stays as it was. RefusedError out of range."""
        places = value.split(",")
        if len(places) > len(self.ranges):
            raise RefusedError
        numbers = list(before)
        for index, place in enumerate(places):
            low, high = self.ranges[index]
            if place:
                if not place.isascii() or not place.isdigit() or len(place) > 6 or not low <= int(place) <= high:
                    raise RefusedError
                numbers[index] = int(place)
        return tuple(numbers)


def _kept(model: VoiceModel) -> dict[str, Kept]:
    byte = (0, 255)
    plus = {
        "+VGT": Kept((model.gains,), (128,)), "+VGR": Kept((model.gains,), (128,)), "+VGS": Kept((byte,), (128,)),
        "+VGM": Kept((byte,), (128,)), "+VSD": Kept((model.silence_levels, byte), (128, 50)),
        "+VIT": Kept((byte,), (model.inactivity_s,)), "+VRA": Kept((byte,), (50,)), "+VRN": Kept((byte,), (10,)),
        "+VNH": Kept(((0, 2),), (0,)), "+VDR": Kept(((0, 1), byte), (0, 0)), "+VDT": Kept(((0, 1), byte), (0, 0)),
        "+VPR": Kept(((0, 1152),), (0,)), "+VSP": Kept(((0, 1),), (0,)), "+VDD": Kept((byte, byte), (0, 0)),
        "+VTD": Kept((byte,), (TONE_UNITS,)), "+VBT": Kept(((0, 65535), (0, 65535)), (0, 0)),
    }  # fmt: skip
    hashed = {
        "#VGT": Kept(((0, 255),), (128,)), "#VGR": Kept(((0, 255),), (128,)), "#VSD": Kept(((0, 1),), (0,)),
        "#VSS": Kept(((0, 3),), (0,)), "#VSP": Kept((byte,), (55,)), "#VRA": Kept((byte,), (70,)),
        "#VRN": Kept((byte,), (100,)), "#BDR": Kept(((0, 48),), (0,)),
    }  # fmt: skip
    return (plus if model.plus_commands else {}) | (hashed if model.hash_commands else {})


class VoiceSettings:
    """What the voice side was told. `tagged`: replies to queries repeat the command's name.

    `listing`: in place of the formats of +VSM=?, None for the true ones.
    """

    def __init__(self, model: VoiceModel, *, tagged: bool) -> None:
        self.model = model
        self.listing: str | None = None
        self.kept = _kept(model)
        self._tagged = tagged
        self.reset()

    def reset(self) -> None:
        """Power-on settings."""
        self.numbers = {name: row.initial for name, row in self.kept.items()}
        self.form = next(form for form in self.model.formats if form.code == self.model.default_format)
        self.rate = self.form.rates[0]
        self.scale = "0,0"
        self.device = 0
        self.events = ""
        self.key_times = ""

    @property
    def silent_after(self) -> float:
        """Seconds of silence after which it is told, 0 for never."""
        if not self.model.silence_detector:
            return 0.0
        if "+VSD" in self.numbers:
            return self.numbers["+VSD"][1] / 10
        return self.numbers["#VSP"][0] / 10 if self.numbers["#VSS"][0] else 0.0

    @property
    def inactivity_s(self) -> int:
        """Seconds without a word from the host after which the modem hangs up, 0 for never."""
        return self.numbers.get("+VIT", (0,))[0]

    def knows(self, name: str) -> bool:
        """Whether it is a command of this voice side."""
        if name in self.kept:
            return True
        wanted = self.model.plus_commands if name[0] == "+" else self.model.hash_commands
        return wanted and name in COMMANDS

    def perform(self, name: str, op: str, value: str, *, in_class: bool) -> str | Done:
        """Carry out one command that it knows. RefusedError for ERROR."""
        if not in_class and (self.model.only_in_class or name in IN_CLASS):
            raise RefusedError
        row = self.kept.get(name)
        if row is None:
            return COMMANDS[name](self, op, value)
        if op == "=":
            self.numbers[name] = row.taken(value, self.numbers[name])
            return ""
        return self.query(name, op, ",".join(map(str, self.numbers[name])), row.possible)

    def query(self, name: str, op: str, value: str, possible: str) -> str:
        """The answer to a query of one setting."""
        if op not in ("?", "=?"):
            raise RefusedError
        text = value if op == "?" else possible
        return f"{name}: {text}" if self._tagged else text

    def lines(self, name: str, rows: list[str]) -> str:
        """A list of several lines."""
        return "\r\n".join(f"{name}: {row}" if self.model.lists_tagged else row for row in rows)

    def choose(self, form: VoiceFormat, rate: int) -> None:
        """Take a sample format. RefusedError for a rate that it does not have."""
        if rate not in form.rates:
            raise RefusedError
        self.form, self.rate = form, rate


def _formats(settings: VoiceSettings, op: str, value: str) -> str:
    if op == "=?":
        rows = [form.printed for form in settings.model.formats]
        return settings.listing if settings.listing is not None else settings.lines("+VSM", rows)
    if op != "=":
        return settings.query("+VSM", op, f"{settings.form.code},{settings.rate},{settings.scale}", "")
    code, *rest = value.split(",")
    form = next((form for form in settings.model.formats if str(form.code) == code), None)
    if form is None or len(rest) > 3 or not all(place == "" or _number(place) for place in rest):
        raise RefusedError
    settings.choose(form, int(rest[0]) if rest and rest[0] else form.rates[0])
    settings.scale = ",".join(place or "0" for place in (*rest[1:], "0", "0")[:2])
    return ""


def _device(settings: VoiceSettings, op: str, value: str) -> str | Done:
    rows = dict(settings.model.devices)
    if op == "=?":
        return settings.lines("+VLS", list(rows.values()))
    if op != "=":
        return settings.query("+VLS", op, str(settings.device), "")
    if not _number(value) or int(value) not in rows:
        raise RefusedError
    settings.device = int(value)
    takes = settings.device in settings.model.line_devices
    told = b"\x10H" if settings.device == 1 and settings.model.confirms_hook else b""
    result = settings.model.hook_result if takes else None
    return Done(hook=HookMoved(off_hook=takes), told=told, result=result)


def _hash_device(settings: VoiceSettings, op: str, value: str) -> str | Done:
    if op != "=":
        return settings.query("#VLS", op, str(settings.device), "0,1,2,3,4")
    if value == "0A":  # answer on the line (USR)
        settings.device = 0
        return Done(hook=HookMoved(off_hook=True), result="VCON")
    if value not in ("0", "1", "2", "3", "4"):
        raise RefusedError
    settings.device = int(value)
    return Done(hook=HookMoved(off_hook=False) if value == "0" else None, result="VCON" if value in "123" else None)


def _stream(*, plays: bool, records: bool) -> "Row":
    def begin(_settings: VoiceSettings, op: str, _value: str) -> Done:
        if op:
            raise RefusedError
        return Done(stream=StreamBegun(plays=plays, records=records))

    return begin


def _tones(unit: float) -> "Row":
    def play(settings: VoiceSettings, op: str, value: str) -> str | Done:
        if op == "=?":
            return "(200-3200),(200-3200),(0-255)"
        if op != "=" or not value:
            raise RefusedError
        return Done(seconds=_length(settings, value, unit))

    return play


def _length(settings: VoiceSettings, value: str, unit: float) -> float:
    """Seconds that the tones of a +VTS= or #VTS= last. RefusedError for what this modem does not play."""
    seconds, position = 0.0, 0
    usual = settings.numbers.get("+VTD", (TONE_UNITS,))[0] * UNIT_S
    while position < len(value):
        match = TONE.match(value, position)
        if match is None:
            raise RefusedError
        first, second, units, _key, key_units, digit = match.groups()
        if first is not None:
            for frequency in (int(text) for text in (first, second) if text):
                if frequency and frequency not in FREQUENCIES:
                    raise RefusedError
            too_long = units and int(units) > 255
            if too_long or (second is not None and second.strip("0") == "" and not settings.model.zero_second_tone):
                raise RefusedError
        elif not settings.model.digits_in_vts:
            raise RefusedError
        length = units or key_units
        seconds += int(length) * unit if length and len(length) < 4 else 0.1 if digit else usual
        position = match.end() + (value[match.end() : match.end() + 1] == ",")
    return seconds


def _restore(settings: VoiceSettings, op: str, _value: str) -> str:
    if op not in ("", "="):
        raise RefusedError
    device = settings.device
    settings.reset()
    settings.device = device
    return ""


def _events(settings: VoiceSettings, op: str, value: str) -> str:
    if op == "=" and EVENT_MASK.fullmatch(value):
        settings.events = value
        return ""
    return settings.query("+VEM", op, settings.events or "BB8633C1", '"C",(0-FFFFFFFF)')


def _bits(settings: VoiceSettings, op: str, value: str) -> str:
    if op == "=":
        form = next((form for form in settings.model.formats if str(form.bits) == value), None)
        if form is None:
            raise RefusedError
        settings.choose(form, settings.rate if settings.rate in form.rates else form.rates[0])
        return ""
    bits = sorted({form.bits for form in settings.model.formats})
    return settings.query("#VBS", op, str(settings.form.bits), ",".join(map(str, bits)))


def _rate(settings: VoiceSettings, op: str, value: str) -> str:
    if op == "=":
        settings.choose(settings.form, int(value) if _number(value) else 0)
        return ""
    return settings.query("#VSR", op, str(settings.rate), ",".join(map(str, settings.form.rates)))


def _key_times(settings: VoiceSettings, op: str, value: str) -> str:
    if op == "=" and HEXADECIMAL.fullmatch(value):
        settings.key_times = value
        return ""
    return settings.query("#VTD", op, settings.key_times or "3F,3F,3F", "(0-3F),(0-3F),(0-3F)")


def _quiet(_settings: VoiceSettings, op: str, value: str) -> str:
    if op != "=" or not HEXADECIMAL.fullmatch(value):
        raise RefusedError
    return ""


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8


Row = Callable[[VoiceSettings, str, str], str | Done]
COMMANDS: Mapping[str, Row] = {
    "+VSM": _formats, "+VLS": _device, "+VTS": _tones(UNIT_S), "+VIP": _restore, "+VEM": _events,
    "+VTX": _stream(plays=True, records=False), "+VRX": _stream(plays=False, records=True),
    "+VTR": _stream(plays=True, records=True),
    "#VSM": _formats, "#VLS": _hash_device, "#VTS": _tones(HASH_UNIT_S), "#VBS": _bits, "#VSR": _rate,
    "#VTD": _key_times, "#TL": _quiet, "#RG": _quiet,
    "#VTX": _stream(plays=True, records=False), "#VRX": _stream(plays=False, records=True),
}  # fmt: skip
# What moves the relay or the sound is refused outside voice class by every chip.
IN_CLASS = frozenset({"+VLS", "+VTS", "+VTX", "+VRX", "+VTR", "#VLS", "#VTS", "#VTX", "#VRX"})
