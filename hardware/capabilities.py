"""What a modem answers when asked what it can do: lists and ranges in every spelling seen. Pure; never raises.

A line is what `protocol.py` hands over: one line of a reply, at most 1,024 characters, of any content. An answer
without a line says nothing, whatever its result code: emulated modems (iaxmodem) say OK to everything.
"""

import re
from dataclasses import dataclass

from hardware.sound.formats import Encoding, SoundFormat

VOICE_CLASS = "8"
"""The voice class of +FCLASS (ITU-T V.253; IS-101)."""

SOUND_RATE = 8000
"""Samples per second: the one rate that every family offers; telephone sound has no more to give."""

# The name that some modems put before their answers: "+GMI: CONEXANT", "+VSM:1,...".
_PREFIX = re.compile(r"^[+#][A-Z0-9]{1,12}\s*[:=]\s*")
_CLASS = re.compile(r"(?<![0-9.])[0-9]{1,2}(?:\.[0-9])?(?![0-9.])")
_RANGE = re.compile(r"([0-9]{1,3})(?:\s*-\s*([0-9]{1,3}))?")
_HEX = re.compile(r"(?<![0-9A-Z])([0-9A-F]{2})(?:\s*-\s*([0-9A-F]{2}))?(?![0-9A-Z])", re.IGNORECASE)
# Number and label begin an entry: 1,"UNSIGNED PCM",8,0,8000,0,0 or 128,"8-BIT LINEAR",(7200,8000,11025) or 2;ADPCM;2.
# A number is no label, nor is a rate: "8000", 8k.
_ENTRY = re.compile(
    r"(?<![0-9])([0-9]{1,3})\s*[,;]\s*(?![\"']?[0-9]+(?:k(?:Hz)?)?[\"']?\s*(?:[,;)]|$))"
    r"(?:\"([^\"]{0,40})\"|'([^']{0,40})'|([A-Z0-9][A-Z0-9 ./_-]{0,20}[A-Z][A-Z0-9 ./_-]{0,20})(?=[,;]|$))",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?<![0-9])([0-9]{4,5})(?:\s*-\s*([0-9]{4,5}))?(?![0-9])")
_KILO = re.compile(r"(?<![0-9.])([0-9]{1,2})k(?:Hz)?(?![0-9A-Z])", re.IGNORECASE)
MAX_CODE = 255
"""The largest number of a format or device (ITU-T V.253: one octet)."""
# V.253 table 19 writes what a device is in these letters: handset, line, microphone, speaker, telephone line.
_DEVICE = re.compile(r"[HLMST0-9]*[HLMST][HLMST0-9]*", re.IGNORECASE)
_BITS = re.compile(r"\s*[,;]\s*([0-9]{1,2})\s*(?:[,;]|$)")

# What a label means, once everything but letters and digits is gone; `bits` is what the entry must say of its samples,
# None where the label says it. "ADPCM" alone is one of several kinds, "14 bit PCM" is none that we can make.
_LABELS: tuple[tuple[re.Pattern[str], tuple[int | None, ...], Encoding], ...] = (
    (re.compile(r"(8BIT)?UNSIGNED(8BIT)?(LINEAR)?(PCM)?(8BIT)?"), (8, None), Encoding.UNSIGNED_8),
    (re.compile(r"8BIT(UNSIGNED)?LINEAR|LINEAR8(BIT)?"), (8, None), Encoding.UNSIGNED_8),
    (re.compile(r"(8BIT|G711)?(M|U|MU)LAW(PCM)?|G711U"), (8, None), Encoding.MU_LAW),
    (re.compile(r"(8BIT|G711)?ALAW(PCM)?|G711A"), (8, None), Encoding.A_LAW),
    (re.compile(r"8BITSIGNED(LINEAR)?(PCM)?|SIGNED(LINEAR)?(PCM)?8BIT"), (8, None), Encoding.SIGNED_8),
    (re.compile(r"SIGNED(LINEAR)?(PCM)?"), (8,), Encoding.SIGNED_8),
    (re.compile(r"(16BIT)?(SIGNED)?(PCM|LINEAR(PCM)?)"), (16,), Encoding.LINEAR_16),
    (re.compile(r"16BIT(SIGNED)?LINEAR|LINEAR16(BIT)?"), (16, None), Encoding.LINEAR_16),
    (re.compile(r"IMAADPCM"), (4, None), Encoding.IMA_ADPCM),
)

# One byte a sample and nothing to convert; then the two laws, which lose least; two bytes a sample need twice the speed
# of a real serial cable; ADPCM last, because one lost byte spoils all that follow.
BEST_FIRST = (
    Encoding.UNSIGNED_8,
    Encoding.MU_LAW,
    Encoding.A_LAW,
    Encoding.SIGNED_8,
    Encoding.LINEAR_16,
    Encoding.IMA_ADPCM,
)


@dataclass(frozen=True, slots=True)
class SoundOffer:
    """One entry of a +VSM=? reply: `bits` per sample, None when not said; `rates` in samples/s, (low, high)."""

    code: int
    label: str
    bits: int | None
    rates: tuple[tuple[int, int], ...]

    @property
    def encoding(self) -> Encoding | None:
        """What its samples are, None when it is a kind we cannot make."""
        plain = re.sub(r"[^A-Z0-9]", "", self.label.upper().replace("\N{GREEK CAPITAL LETTER MU}", "M"))
        for label, bits, encoding in _LABELS:
            if self.bits in bits and label.fullmatch(plain):
                return encoding
        return None


def value(line: str) -> str:
    """A line of an answer without the name of the question that some modems repeat before it."""
    return _PREFIX.sub("", line, count=1).strip()


def service_classes(lines: tuple[str, ...]) -> frozenset[str]:
    """The classes of a +FCLASS=? reply: "0,1,1.0,2,8" and "(0,1,2.0,8)" alike."""
    return frozenset(found for line in lines for found in _CLASS.findall(value(line)))


def modes(lines: tuple[str, ...]) -> frozenset[int]:
    """The numbers of a reply such as +VCID=?: "(0,1,2)", "0-2", "(0-2),(0,1)" (the first group counts)."""
    found: set[int] = set()
    for line in lines:
        first_group = value(line).lstrip("(").split(")")[0]
        for low, high in _RANGE.findall(first_group):
            found.update(range(int(low), min(int(high or low), 255) + 1))
    return frozenset(found)


def first_number(lines: tuple[str, ...]) -> int | None:
    """The first number of the last line: the setting, in the answer to a question with "?"; None when there is none."""
    numbers = re.findall(r"[0-9]{1,9}", value(lines[-1])) if lines else []
    return int(numbers[0]) if numbers else None


def country_code(lines: tuple[str, ...]) -> str:
    """The code in a +GCI? reply as two capital hexadecimal digits, "" when there is none."""
    for line in lines:
        if match := _HEX.search(value(line)):
            return match[1].upper()
    return ""


def country_codes(lines: tuple[str, ...]) -> frozenset[str]:
    """The codes of a +GCI=? reply: "(00,B4,B5)", "20,73,B5", "(00-FF)"."""
    found: set[str] = set()
    for line in lines:
        for low, high in _HEX.findall(value(line)):
            found.update(f"{code:02X}" for code in range(int(low, 16), int(high or low, 16) + 1))
    return frozenset(found)


def sound_offers(lines: tuple[str, ...]) -> tuple[SoundOffer, ...]:
    """The entries of a +VSM=? reply, in order; several may stand on one line. What is no entry is passed over.

    So is a number that no modem can mean (above MAX_CODE).
    """
    offers = []
    for line in lines:
        text = value(line)
        entries = list(_ENTRY.finditer(text))
        ends = [entry.start() for entry in entries] + [len(text)]
        for entry, end in zip(entries, ends[1:], strict=True):
            rest = text[entry.end() : end]
            bits = _BITS.match(rest)
            rates = [(int(low), int(high or low)) for low, high in _RATE.findall(rest)]
            rates += [(int(kilo) * 1000, int(kilo) * 1000) for kilo in _KILO.findall(rest)]
            if int(entry[1]) <= MAX_CODE:
                offers.append(SoundOffer(int(entry[1]), _label(entry), bits and int(bits[1]), tuple(rates)))
    return tuple(offers)


def best_sound(offers: tuple[SoundOffer, ...]) -> SoundFormat | None:
    """The format to use, by label and rate and never by number: 130 is unsigned PCM on Conexant and A-law on USR."""
    fit = [offer for offer in offers if any(low <= SOUND_RATE <= high for low, high in offer.rates)]
    for encoding in BEST_FIRST:
        for offer in fit:
            if offer.encoding is encoding:
                return SoundFormat(offer.code, encoding, SOUND_RATE)
    return None


def may_be(guess: SoundFormat, offers: tuple[SoundOffer, ...]) -> bool:
    """Whether a format may be tried though none of the offers fits: what the modem says of its number is no other."""
    return all(offer.encoding is None and offer.bits == 8 for offer in offers if offer.code == guess.code)


def line_devices(lines: tuple[str, ...]) -> frozenset[int]:
    """The +VLS values of a +VLS=? reply that put the modem on the telephone line: T in their label (V.253 table 19)."""
    return frozenset(code for code, label in _devices(lines) if "T" in label.upper())


def lacks_line(lines: tuple[str, ...]) -> bool:
    """Whether a +VLS=? reply lists devices in V.253's letters and none of them is the line. Other words say nothing."""
    return bool(_devices(lines)) and not line_devices(lines)


def _devices(lines: tuple[str, ...]) -> list[tuple[int, str]]:
    entries = [(int(entry[1]), _label(entry)) for line in lines for entry in _ENTRY.finditer(value(line))]
    return [(code, label) for code, label in entries if code <= MAX_CODE and _DEVICE.fullmatch(label)]


def _label(entry: re.Match[str]) -> str:
    return entry[2] or entry[3] or entry[4] or ""


# "U.S. Robotics 56K FAX USB V1.2.23", "... USB 1.2.10", "CX93001-EIS_V0.2013-V92", "LT V.92 ... Version 8.31": the
# version is the last word, a V with a dotted number; some firmware of U.S. Robotics leaves the V out.
_FIRMWARE = re.compile(
    r"^(?P<name>.+?)[\s_]+(?P<firmware>(?:V(?:ersion )?|(?<=USB\s))[0-9]+\.[0-9][\w.-]*)$", re.IGNORECASE
)
_VERSION = re.compile(r"(?:V(?:ersion )?)?([0-9]+(?:\.[0-9]+)+)", re.IGNORECASE)


def name_and_firmware(text: str) -> tuple[str, str] | None:
    """A name that ends in a version, in two; None where it does not."""
    match = _FIRMWARE.match(text)
    return (match["name"], match["firmware"]) if match else None


def is_older(firmware: str, floor: tuple[int, ...]) -> bool:
    """Whether it tells a version, and one below `floor`."""
    version = _VERSION.match(firmware)
    return version is not None and tuple(int(part) for part in version[1].split(".")) < floor
