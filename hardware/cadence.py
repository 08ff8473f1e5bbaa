"""How telephones ring, by country: facts in seconds, no behaviour beyond what follows from them.

Sources: Asterisk indications table for the patterns; the margins are ours and argued below.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cadence:
    """One period of ringing as on, off, on, off ... in seconds."""

    pattern: tuple[float, ...]

    @property
    def period(self) -> float:
        """Seconds from the start of one ring to the start of the next."""
        return sum(self.pattern)

    @property
    def sounding(self) -> float:
        """Seconds from the first sound of a ring to its last (a British double ring is one ring)."""
        return self.period - self.pattern[-1]

    @property
    def same_ring(self) -> float:
        """RING lines closer together than this (seconds) belong to one ring.

        Half a second above the sound: modems print RING at either edge of each burst.
        """
        return self.sounding + 0.5

    @property
    def gap(self) -> float:
        """With no ring for this long (seconds) the call is over.

        Real lines stretch a period (4 to 6 s seen within one American call, 10 s at exchanges that drop a ring), and
        other blockers settled between 7 and 9 s; a period and a half, and never under 8 s, keeps one call one row.
        """
        return max(8.0, self.period * 1.5)


NORTH_AMERICA = Cadence((2.0, 4.0))
EUROPE = Cadence((1.0, 4.0))
BRITAIN = Cadence((0.4, 0.2, 0.4, 2.0))

CADENCES: dict[str, Cadence] = {
    "US": NORTH_AMERICA,
    "CA": NORTH_AMERICA,
    "TR": NORTH_AMERICA,
    "GB": BRITAIN,
    "IE": BRITAIN,
    "AU": BRITAIN,
    "NZ": BRITAIN,
    "IN": BRITAIN,
    "ZA": BRITAIN,
    "HK": Cadence((0.4, 0.2, 0.4, 3.0)),
    "FR": Cadence((1.5, 3.5)),
    "JP": Cadence((1.0, 2.0)),
    "DE": EUROPE,
    "NL": EUROPE,
    "AT": Cadence((1.0, 5.0)),
    "BE": Cadence((1.0, 3.0)),
    "CH": EUROPE,
    "IT": EUROPE,
    "ES": Cadence((1.5, 3.0)),
    "SE": Cadence((1.0, 5.0)),
    "NO": EUROPE,
    "DK": EUROPE,
    "FI": EUROPE,
    "BR": EUROPE,
    "CN": EUROPE,
    "TW": EUROPE,
    "CZ": EUROPE,
    "GR": EUROPE,
    "PL": EUROPE,
    "HU": Cadence((1.25, 3.75)),
    "PT": Cadence((1.0, 5.0)),
}


def cadence_of(country: str) -> Cadence:
    """The ringing of a country (ISO 3166 alpha-2); countries not listed ring as most of Europe does."""
    return CADENCES.get(country, EUROPE)
