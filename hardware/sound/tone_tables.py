"""What telephone networks sound like: tones as facts, by country. No sound is made or recognised here.

Frequencies in Hz, times in seconds. Sources: [E180] ITU-T E.180 Supplement 2 (2003), various tones used in national
networks; [SIN350] British Telecom SIN 350; [S002] ACIF S002 (Australia); [TNA102] Telecom New Zealand TNA 102; [AST]
the indications table of Asterisk where E.180 says nothing or something older; [PTP] North American precise audible
tone plan, ITU-T E.300 Supplement 3.
"""

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """What a tone of the network means. Keys (DTMF) are no tones here: a person pressed them."""

    DIAL_TONE = "dial_tone"
    BUSY = "busy"
    REORDER = "reorder"  # congestion; also what a caller who stays on the line hears at last
    RINGBACK = "ringback"
    INTERCEPT = "intercept"  # special information: number changed or disconnected
    VACANT_CODE = "vacant_code"  # special information: no such number
    NO_ROUTE = "no_route"  # special information: reorder ("RO")
    NO_CIRCUIT = "no_circuit"  # special information: all circuits busy
    SPECIAL_INFORMATION = "special_information"  # the form of ITU-T E.180, which does not say which of them
    FAX_CALLING = "fax_calling"  # CNG
    FAX_ANSWERING = "fax_answering"  # CED, and any modem that answers


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a tone: its frequencies together, or a pause with none.

    `swell` is how often per second the sound swells and fades (one frequency modulated by another, depth 90 %), 0 for
    a steady one. `level` in dB is beside the level of the whole tone.
    """

    seconds: float
    frequencies: tuple[float, ...] = ()
    swell: float = 0.0
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that follow each other, round and round; a single part is a steady tone."""

    parts: tuple[Part, ...]

    @property
    def steady(self) -> bool:
        """Whether it goes on without a pause or a change."""
        return len(self.parts) == 1

    @property
    def cadence(self) -> tuple[float, ...]:
        """Seconds on, off, on, off ... of one round; empty for a steady tone."""
        return () if self.steady else tuple(part.seconds for part in self.parts)


@dataclass(frozen=True, slots=True)
class CountryTones:
    """The tones of one country. `reorder` is None where busy tone is sent instead.

    `special_information` are the kinds that its network sends: outside North America only one, which gives no reason.
    """

    dial: Pattern
    busy: Pattern
    reorder: Pattern | None
    ringback: Pattern
    source: str
    special_information: tuple[Tone, ...] = (Tone.SPECIAL_INFORMATION,)

    def patterns(self) -> dict[Tone, Pattern]:
        """Each tone that the country has."""
        rows = {Tone.DIAL_TONE: self.dial, Tone.BUSY: self.busy, Tone.REORDER: self.reorder}
        rows[Tone.RINGBACK] = self.ringback
        return {tone: pattern for tone, pattern in rows.items() if pattern}


def beeps(*seconds: float, at: tuple[float, ...], swell: float = 0.0) -> Pattern:
    """A tone that goes on, off, on, off ..."""
    sounds = enumerate(seconds)
    return Pattern(tuple(Part(s, () if n % 2 else at, 0.0 if n % 2 else swell) for n, s in sounds))


def steadily(*frequencies: float, swell: float = 0.0) -> Pattern:
    """A tone without end; a round of it is a second, so that frequencies in whole Hz join without a jump."""
    return Pattern((Part(1.0, frequencies, swell),))


def _one_frequency(
    frequency: float, busy: float, reorder: float | None, ring: tuple[float, ...], source: str = "E180"
) -> CountryTones:
    """The common plan: one frequency for all; busy and reorder are as long on as off."""
    at = (frequency,)
    fast = None if reorder is None else beeps(reorder, reorder, at=at)
    return CountryTones(steadily(*at), beeps(busy, busy, at=at), fast, beeps(*ring, at=at), source)


_LOW, _HIGH = (480.0, 620.0), (440.0, 480.0)
NORTH_AMERICA = CountryTones(
    steadily(350, 440),
    beeps(0.5, 0.5, at=_LOW),
    beeps(0.25, 0.25, at=_LOW),
    beeps(2.0, 4.0, at=_HIGH),
    "PTP",
    (Tone.INTERCEPT, Tone.VACANT_CODE, Tone.NO_ROUTE, Tone.NO_CIRCUIT, Tone.SPECIAL_INFORMATION),
)
_DOUBLE = (0.4, 0.2, 0.4, 2.0)  # the ring of Britain and of networks that it built
_BRITISH_RING = beeps(*_DOUBLE, at=(400, 450))

TONES: dict[str, CountryTones] = {
    "US": NORTH_AMERICA,
    "CA": NORTH_AMERICA,
    "GB": CountryTones(
        steadily(350, 440),
        beeps(0.375, 0.375, at=(400,)),
        beeps(0.4, 0.35, 0.225, 0.525, at=(400,)),
        _BRITISH_RING,
        "SIN350",
    ),
    "IE": CountryTones(steadily(425), beeps(0.5, 0.5, at=(425,)), beeps(0.25, 0.25, at=(425,)), _BRITISH_RING, "E180"),
    "AU": CountryTones(
        steadily(413, 438),
        beeps(0.375, 0.375, at=(425,)),
        None,  # the busy tone, every second beep 10 dB softer
        beeps(*_DOUBLE, at=(413, 438)),
        "S002",
    ),
    "NZ": CountryTones(
        steadily(400), beeps(0.5, 0.5, at=(400,)), beeps(0.25, 0.25, at=(400,)), _BRITISH_RING, "TNA102"
    ),
    "IN": CountryTones(
        steadily(400, swell=25),
        beeps(0.75, 0.75, at=(400,)),
        beeps(0.25, 0.25, at=(400,)),
        beeps(*_DOUBLE, at=(400,), swell=25),
        "E180",
    ),
    "FR": _one_frequency(440, 0.5, 0.25, (1.5, 3.5)),
    "JP": CountryTones(steadily(400), beeps(0.5, 0.5, at=(400,)), None, beeps(1.0, 2.0, at=(400,), swell=16), "E180"),
    "DE": _one_frequency(425, 0.48, 0.24, (1.0, 4.0)),
    "NL": _one_frequency(425, 0.5, 0.25, (1.0, 4.0)),
    "AT": _one_frequency(420, 0.4, 0.2, (1.0, 5.0)),
    "BE": _one_frequency(425, 0.5, 0.167, (1.0, 3.0)),
    "CH": _one_frequency(425, 0.5, 0.2, (1.0, 4.0)),
    "IT": CountryTones(
        beeps(0.2, 0.2, 0.6, 1.0, at=(425,)),
        beeps(0.5, 0.5, at=(425,)),
        beeps(0.2, 0.2, at=(425,)),
        beeps(1.0, 4.0, at=(425,)),
        "E180",
    ),
    "ES": CountryTones(
        steadily(425),
        beeps(0.2, 0.2, at=(425,)),
        beeps(0.2, 0.2, 0.2, 0.2, 0.2, 0.6, at=(425,)),
        beeps(1.5, 3.0, at=(425,)),
        "E180",
    ),
    "SE": CountryTones(
        steadily(425),
        beeps(0.25, 0.25, at=(425,)),
        beeps(0.25, 0.75, at=(425,)),
        beeps(1.0, 5.0, at=(425,)),
        "E180",
    ),
    "NO": _one_frequency(425, 0.5, 0.2, (1.0, 4.0)),
    "DK": _one_frequency(425, 0.5, 0.2, (1.0, 4.0)),
    "FI": _one_frequency(425, 0.3, 0.2, (1.0, 4.0)),
    "BR": CountryTones(
        steadily(425),
        beeps(0.25, 0.25, at=(425,)),
        beeps(0.25, 0.25, 0.75, 0.25, at=(425,)),
        beeps(1.0, 4.0, at=(425,)),
        "AST",
    ),
    "PT": _one_frequency(425, 0.5, 0.2, (1.0, 5.0)),
    "PL": _one_frequency(425, 0.5, None, (1.0, 4.0)),
    "CZ": CountryTones(
        beeps(0.33, 0.33, 0.66, 0.66, at=(425,)),
        beeps(0.33, 0.33, at=(425,)),
        beeps(0.165, 0.165, at=(425,)),
        beeps(1.0, 4.0, at=(425,)),
        "E180",
    ),
    "GR": CountryTones(
        beeps(0.2, 0.3, 0.7, 0.8, at=(425,)),
        beeps(0.3, 0.3, at=(425,)),
        beeps(0.2, 0.2, at=(425,)),
        beeps(1.0, 4.0, at=(425,)),
        "AST",
    ),
    "HU": _one_frequency(425, 0.3, None, (1.25, 3.75)),
    "RU": _one_frequency(425, 0.35, 0.175, (1.0, 4.0), "AST"),
    "CN": CountryTones(
        steadily(450),
        beeps(0.35, 0.35, at=(450,)),
        beeps(0.7, 0.7, at=(450,)),
        beeps(1.0, 4.0, at=(450,)),
        "E180",
    ),
    "HK": CountryTones(
        steadily(350, 440),
        beeps(0.5, 0.5, at=_LOW),
        beeps(0.25, 0.25, at=_LOW),
        beeps(0.4, 0.2, 0.4, 3.0, at=_HIGH),
        "E180",
    ),
    "TW": CountryTones(
        steadily(350, 440), beeps(0.5, 0.5, at=_LOW), beeps(0.25, 0.25, at=_LOW), beeps(1.0, 2.0, at=_HIGH), "AST"
    ),
    "TR": CountryTones(
        steadily(450),
        beeps(0.5, 0.5, at=(450,)),
        beeps(0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.6, 0.2, at=(450,)),
        beeps(2.0, 4.0, at=(450,)),
        "E180",
    ),
    "ZA": CountryTones(
        steadily(400, swell=33),
        beeps(0.5, 0.5, at=(400,)),
        beeps(0.25, 0.25, at=(400,)),
        beeps(*_DOUBLE, at=(400,), swell=33),
        "AST",
    ),
    "MX": _one_frequency(425, 0.25, None, (1.0, 4.0), "AST"),
    "IL": _one_frequency(414, 0.5, 0.25, (1.0, 3.0), "AST"),
}

EUROPE = _one_frequency(425, 0.5, 0.25, (1.0, 4.0))
"""ETSI TR 101 041-1: what new European networks are to sound like."""


def tones_of(country: str) -> CountryTones:
    """The tones of a country (ISO 3166 alpha-2); countries not listed sound as most of Europe does."""
    return TONES.get(country, EUROPE)


SPECIAL_INFORMATION: dict[Tone, Pattern] = {
    # ITU-T E.180 section 7; Telcordia GR-1162 for the four that tell why.
    Tone.INTERCEPT: Pattern((Part(0.274, (913.8,)), Part(0.274, (1370.6,)), Part(0.380, (1776.7,)))),
    Tone.VACANT_CODE: Pattern((Part(0.380, (985.2,)), Part(0.274, (1370.6,)), Part(0.380, (1776.7,)))),
    Tone.NO_ROUTE: Pattern((Part(0.274, (913.8,)), Part(0.380, (1428.5,)), Part(0.380, (1776.7,)))),
    Tone.NO_CIRCUIT: Pattern((Part(0.380, (985.2,)), Part(0.380, (1428.5,)), Part(0.380, (1776.7,)))),
    Tone.SPECIAL_INFORMATION: Pattern((Part(0.330, (950,)), Part(0.330, (1400,)), Part(0.330, (1800,)))),
}

FAX_CALLING = beeps(0.5, 3.0, at=(1100,))
"""CNG, ITU-T T.30 section 4.3.3.2."""
FAX_ANSWERING = steadily(2100)
"""CED, ITU-T T.30 section 4.3.3.1: 2.6 to 4.0 s of it."""

RECORD_BEEP = Pattern((Part(0.5, (933,)),))
"""Speak after this: what vgetty plays, shorter. Away from keys, fax (1100 Hz) and special information (950 Hz)."""

KEY_ROWS = (697.0, 770.0, 852.0, 941.0)
KEY_COLUMNS = (1209.0, 1336.0, 1477.0, 1633.0)
KEYPAD = ("123A", "456B", "789C", "*0#D")
"""ITU-T Q.23: a key is one row and one column together."""
KEY_SECONDS = 0.07
"""On, and then off: what telephones with a memory send; receivers must take 40 ms (ITU-T Q.24 annex A)."""


def key(name: str) -> Pattern:
    """One key press with its pause, from "0123456789*#ABCD". Raises ValueError for another key."""
    for row, names in zip(KEY_ROWS, KEYPAD, strict=True):
        if len(name) == 1 and name in names:
            return beeps(KEY_SECONDS, KEY_SECONDS, at=(row, KEY_COLUMNS[names.index(name)]))
    raise ValueError(f"There is no key {name!r}; there are {' '.join(''.join(KEYPAD))}.")
