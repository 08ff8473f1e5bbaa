"""How telephone networks say who calls, by country, as values in frozen rows. No behaviour may enter.

Sources: spandsp's adsi.h for FSK, Dialogic's table of DTMF variants, SIN 227 for Britain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Signalling(Enum):
    """How the report travels. A modem set for one hears some of the others: signalling_heard.py."""

    BELL = "Bell 202 FSK"
    ETSI = "ETSI V.23 FSK"
    SIN227 = "British V.23 FSK"
    JCLIP = "Japanese V.23 FSK"
    DTMF = "DTMF digits"


class Order(Enum):
    """When the report comes."""

    AFTER_RING = "after the first ring"
    BEFORE_RING = "before the first ring"  # announced by a reversal of the line or an alerting tone
    AFTER_SHORT_RING = "after a short ring that is none yet"  # ETSI's ring pulse alerting signal


@dataclass(frozen=True, slots=True)
class DtmfVariant:
    """A national spelling: `start` number `end`; in place of the number the whole string for each absence.

    `redirect` opens the number that passed the call on, "" where the network does not tell it.
    """

    start: str
    end: str
    private: str
    unavailable: str
    redirect: str = ""


NORDIC = DtmfVariant("A", "C", private="B10C", unavailable="B00C", redirect="D")
HASHED = DtmfVariant("A", "#", private="D1#", unavailable="D3#")
DUTCH = DtmfVariant("D", "C", private="D0000000000C", unavailable="D0000000000C")
DANISH = DtmfVariant("", "#", private="D1#", unavailable="D2#")


@dataclass(frozen=True, slots=True)
class Network:
    """One country's way. `names`: the caller's name is sent where it is known. `dtmf`: with Signalling.DTMF only.

    `single`: one FSK message without parameters (SDMF), which holds date, time and number and nothing else.
    `tells_call_type`: the call type opens every message, as in Britain. `dialled_parameter`: where the number that was
    called stands, None where the network does not tell it (ETSI EN 300 659-3 03; there it is not the dialable number).
    """

    signalling: Signalling
    order: Order = Order.AFTER_RING
    names: bool = False
    dtmf: DtmfVariant | None = None
    single: bool = False
    tells_call_type: bool = False
    dialled_parameter: int | None = None


AMERICAN = Network(Signalling.BELL, names=True)
BELL = Network(Signalling.BELL)
ETSI = Network(Signalling.ETSI, dialled_parameter=0x03)
BRITISH = Network(Signalling.SIN227, Order.BEFORE_RING, tells_call_type=True, dialled_parameter=0x03)
JAPANESE = Network(Signalling.JCLIP)


def _dtmf(variant: DtmfVariant) -> Network:
    return Network(Signalling.DTMF, Order.BEFORE_RING, dtmf=variant)


NETWORKS: Mapping[str, Network] = {
    "US": AMERICAN, "CA": AMERICAN,
    "AU": BELL, "NZ": BELL, "CN": BELL, "HK": BELL, "TW": BELL, "SG": BELL,
    "GB": BRITISH,
    "JP": JAPANESE,
    "NL": _dtmf(DUTCH), "KW": _dtmf(DUTCH),
    "DK": _dtmf(DANISH),
    "SE": _dtmf(NORDIC), "FI": _dtmf(NORDIC), "IS": _dtmf(NORDIC), "BR": _dtmf(NORDIC), "IN": _dtmf(NORDIC),
    "SA": _dtmf(NORDIC), "UY": _dtmf(NORDIC),
}  # fmt: skip
"""By country (ISO 3166 alpha-2); the others report as ETSI says, after the first ring. Dialogic counts Belgium among
the DTMF countries, but Belgian lines were seen to report in FSK (home-assistant #57765). No source names Mexico."""

VARIANTS: Mapping[str, Network] = {
    "bell": AMERICAN,
    "etsi": ETSI,
    "etsi-before-ring": Network(Signalling.ETSI, Order.BEFORE_RING, dialled_parameter=0x03),
    "etsi-short-ring": Network(Signalling.ETSI, Order.AFTER_SHORT_RING, dialled_parameter=0x03),
    "bell-single": Network(Signalling.BELL, single=True),
    "etsi-single": Network(Signalling.ETSI, single=True),
    "british": BRITISH,
    "japanese": JAPANESE,
    "dtmf-a-c": _dtmf(NORDIC),
    "dtmf-a-hash": _dtmf(HASHED),
    "dtmf-d-c": _dtmf(DUTCH),
    "dtmf-hash": _dtmf(DANISH),
    "dtmf-after-ring": Network(Signalling.DTMF, Order.AFTER_RING, dtmf=DUTCH),
}
"""Ways by name, for lines that do not do as their country does: behind a router, an adapter, or another exchange."""


def network_of(country: str) -> Network:
    """The way of a country."""
    return NETWORKS.get(country, ETSI)
