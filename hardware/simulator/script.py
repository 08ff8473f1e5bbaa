"""What a caller does in one call, as a plan of values. No behaviour, thread, clock or port may enter."""

from dataclasses import dataclass

from hardware.events import Absence
from hardware.simulator.signalling import Network
from hardware.simulator.signalling_fsk import Damage
from hardware.simulator.signalling_model import FIELDS
from hardware.simulator.voice_sound import CallerAct

CHARSETS = ("ascii", "latin-1", "cp437", "utf-8")
PATTERNS = range(1, 5)  # American exchanges know four


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One call: who it is and how the network and the modem tell it. Durations in seconds of the telephone line.

    `number` and `name` are text (the name sent in `charset`) or the very bytes; without both, absence and raw, no
    report comes. `absence`: why the number is missing (P or O is sent for it, and for a name that was not given);
    `name_absence`: why the name is, when that differs. `carries_name`: None leaves it to the country's network.
    `rings`: the caller hangs up after so many, 0 for a report without any ring; None: rings until the exchange ends it.
    `ring_pattern`: which of the exchange's patterns the bell rings, 1 is the ordinary one.
    `order`: which fields come, in this order; None: all, in the modem's. `spacing`: "usr" (NMBR=1) or "conexant"
    (NMBR = 1), None: as the model.
    `network`: how the report travels, None: as in the country. `before_ring`: report before the first ring, None: as
    the network does. `late`: the report comes so much later. `damage`: what happens to it on the way.
    `pieces`: seconds between the lines of the report, None for all in one write.
    `mask`: a second NMBR line with this text follows the first, as some networks send it.
    `raw`: these bytes instead of a composed report. `date` (MMDD) and `time` (HHMM): None for now.
    `dialled`: the number that was called; `dialable`: the one to call back; `forwarded_by`: who passed the call on;
    `call_type`: the octet of ETSI's parameter 11; `long_distance`: the network says so.
    `after_answer`: what is said, pressed and heard once the modem has gone off-hook.
    """

    number: str | bytes | None = None
    name: str | bytes | None = None
    absence: Absence | None = None
    name_absence: Absence | None = None
    carries_name: bool | None = True
    charset: str = "utf-8"
    rings: int | None = None
    ring_pattern: int = 1
    order: tuple[str, ...] | None = None
    spacing: str | None = None
    network: Network | None = None
    before_ring: bool | None = None
    late: float = 0.0
    damage: Damage | None = None
    pieces: float | None = None
    mask: str | bytes | None = None
    raw: bytes | None = None
    date: str | None = None
    time: str | None = None
    dialled: str | None = None
    dialable: str | None = None
    forwarded_by: str | None = None
    call_type: int | None = None
    long_distance: bool = False
    after_answer: tuple[CallerAct, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no line could do: ValueError with a sentence."""
        if strange := set(self.order or ()) - set(FIELDS):
            raise ValueError(f"order: no field is called {sorted(strange)}; there are {FIELDS}")
        if self.spacing not in (None, "usr", "conexant"):
            raise ValueError(f"spacing is {self.spacing!r}; it can be 'usr', 'conexant' or None")
        if self.rings is not None and self.rings < 0:
            raise ValueError(f"rings is {self.rings}; it can be 0 or more, or None")
        if self.late < 0 or (self.pieces is not None and self.pieces < 0):
            raise ValueError("late and pieces are seconds and cannot be negative")
        if self.charset not in CHARSETS:
            raise ValueError(f"charset is {self.charset!r}; it can be one of {CHARSETS}")
        if self.ring_pattern not in PATTERNS:
            raise ValueError(f"ring_pattern is {self.ring_pattern}; it can be 1 to {PATTERNS[-1]}")
        if self.call_type is not None and not 0 <= self.call_type <= 255:
            raise ValueError(f"call_type is {self.call_type}; it is one octet, 0 to 255")
