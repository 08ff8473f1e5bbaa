"""Pieces of raw Caller ID messages make whole ones: bytes and `now` go in, fields come out, or news of damage.

A message may be wrapped over several lines, and come in several copies, of which one good one suffices. No text and no
reports; what one message says is hardware/mdmf.py.
"""

from .fields import Field
from .hex_lines import SEIZURE
from .mdmf import Damaged, Unfinished, Whole, cut_short, is_notice, read

# Seconds after its last piece in which a damaged message may still be followed by a good copy. Copies come in one
# burst; this is as long as a formatted report may take (report.py), which ends one second before the second ring.
COPY_WAIT = 1.5
# Seconds without ring or message after which the next one is another call's (the shortest gap of cadence.py).
SAME_CALL = 8.0
# What a modem hears of an idle line behind a message: marks, breaks, and the seizure of the next copy.
_IDLE_LINE = b"\xff\x00\x55"


class RawMessages:
    """The message begun, and the damage that nobody has been told of."""

    def __init__(self) -> None:
        self._begun: Unfinished | None = None
        self._damage: Damaged | None = None
        self._due: float | None = None
        self._told_at: float | None = None  # the last sign of the call of which a report, good or damaged, was told

    @property
    def open(self) -> bool:
        """Whether a piece of a message, or a damaged one, is held."""
        return self._due is not None

    @property
    def missing(self) -> int:
        """Bytes that the message begun is short of, 0 when none is."""
        return self._begun.missing if self._begun else 0

    def due(self) -> float | None:
        """When nothing more is waited for."""
        return self._due

    def take(self, piece: bytes, now: float) -> list[tuple[Field, ...]]:
        """Add the bytes of one line; the fields of each message that they make whole."""
        self.sign_of_life(now)
        read_now = self._read(piece)
        good = [message.fields for message in read_now if isinstance(message, Whole)]
        last = read_now[-1] if read_now else None
        self._begun = last if isinstance(last, Unfinished) and not good else None
        self._due = now + COPY_WAIT if self._begun or self._damage else None
        return good

    def spoil(self, damage: Damaged, now: float) -> None:
        """A message is known to be damaged, or lost altogether."""
        self.sign_of_life(now)
        self._note(damage)
        self._due = now + COPY_WAIT

    def advance(self, now: float) -> Damaged | None:
        """Give up waiting if its time has come; the damage to tell, unless something was told of the call already."""
        if self._due is None or self._due > now:
            return None
        self._give_up_begun()
        damage, self._damage, self._due = self._damage, None, None
        if damage is None or self._told_at is not None:
            return None
        self._told_at = now
        return damage

    def reported(self, now: float) -> None:
        """A good report of the call came; damaged copies of it say nothing any more."""
        self._damage, self._told_at = None, now
        if self._begun is None:
            self._due = None

    def sign_of_life(self, now: float) -> None:
        """A ring or a message came: the same call goes on, or another one begins."""
        if self._told_at is not None:
            self._told_at = now if now - self._told_at <= SAME_CALL else None

    def _read(self, piece: bytes) -> list[Whole | Damaged | Unfinished]:
        """The messages that the piece holds, by itself or as what the message begun was waiting for."""
        begun, alone = self._begun, messages_in(piece)
        if begun is not None:
            starts_over = piece.lstrip(SEIZURE)[:2] == begun.data[:2] or len(piece) > begun.missing
            if not starts_over and not any(isinstance(message, Whole) for message in alone):
                alone = messages_in(begun.data + piece)
            else:
                self._give_up_begun()
        for message in alone:
            if isinstance(message, Damaged):
                self._note(message)
        return alone

    def _give_up_begun(self) -> None:
        if self._begun is not None and not is_notice(self._begun.data):
            self._note(cut_short(self._begun))
        self._begun = None

    def _note(self, damage: Damaged) -> None:
        """Keep the damaged copy of which most could be read."""
        if self._damage is None or len(damage.fields) > len(self._damage.fields):
            self._damage = damage


def messages_in(data: bytes) -> list[Whole | Damaged | Unfinished]:
    """The copies of a message on one line. Notices that are damaged are left out: they are of no call."""
    data = data.lstrip(SEIZURE)
    found: list[Whole | Damaged | Unfinished] = []
    head = data[:2]
    while data and head.startswith(data[:2]):
        message, size = read(data)
        if not (isinstance(message, Damaged) and is_notice(data)):
            found.append(message)
        data = data[size:]
    if data.strip(_IDLE_LINE) and sum(isinstance(message, Whole) for message in found) == 1:
        # A damaged length may make the beginning of a message look whole, once in 256 times: what follows tells.
        why = "The Caller ID message is longer than it says."
        return [Damaged(why, message.fields) for message in found if isinstance(message, Whole)]
    return found
