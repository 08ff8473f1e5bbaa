"""Pieces of raw Caller ID messages make whole ones: bytes and `now` go in, fields come out, or news of damage.

A message may be wrapped over several lines, and come in several copies, of which one good one suffices. No text and no
reports; what one message says is hardware/mdmf.py.
"""

from .events import CallerNumberReceived
from .fields import Field, Kind
from .hex_lines import SEIZURE, is_whole
from .mdmf import Damaged, Unfinished, Whole, cut_short, is_notice, read

# Seconds after its last piece in which a damaged message may still be followed by a good copy. Copies come in one
# burst; this is as long as a formatted report may take (report.py), which ends one second before the second ring.
COPY_WAIT = 1.5
# Seconds without ring or message after which the next ring is another call's (the shortest gap of cadence.py).
SAME_CALL = 8.0
# The same for a report or message that follows: below that gap; and when it has rung since, which the next call may
# have done, whose report comes 1 s after its first ring at the least.
LATE = 7.5
LATE_AFTER_RING = 4.0
# Digits by which a damaged number must differ to be another's. One bit wrong changes one.
OTHER_DIGITS = 2
# What a modem hears of an idle line behind a message: marks, breaks, and the seizure of the next copy.
_IDLE_LINE = b"\xff\x00\x55"


class RawMessages:
    """The message begun, and the damage that nobody has been told of."""

    def __init__(self) -> None:
        self._begun: Unfinished | None = None
        self._damage: Damaged | None = None
        self._due: float | None = None
        self._half = ""
        # The call of which a report, good or damaged, was told: whether it may go on, its number, and when it was told.
        self._told = False
        self._told_number: str | None = None
        self._told_at = 0.0
        self._sign_at = float("-inf")  # of the last ring, report or message, whichever came last
        self._rung = False  # since the last message
        self._of_another = False  # every damaged copy held names somebody else than was told

    @property
    def open(self) -> bool:
        """Whether a piece of a message, or a damaged one, is held."""
        return self._due is not None

    @property
    def missing(self) -> int:
        """Bytes that the message begun is short of, 0 when none is."""
        return self._begun.missing if self._begun else 0

    @property
    def half(self) -> str:
        """The first digit of the next byte, when a line end cut that in two."""
        return self._half if self._begun else ""

    def due(self) -> float | None:
        """When nothing more is waited for."""
        return self._due

    def take(self, piece: bytes, now: float, half: str = "") -> list[tuple[Field, ...]]:
        """Add the bytes of one line; the fields of each message that they make whole."""
        self._came(now)
        read_now = self._read(piece)
        good = [message.fields for message in read_now if isinstance(message, Whole)]
        last = read_now[-1] if read_now else None
        self._begun, self._half = last if isinstance(last, Unfinished) and not good else None, half
        self._due = now + COPY_WAIT if self._begun or self._damage else None
        return good

    def spoil(self, damage: Damaged, now: float) -> None:
        """A message is known to be damaged, or lost altogether."""
        self._came(now)
        self._note(damage)
        self._due = now + COPY_WAIT

    def advance(self, now: float) -> Damaged | None:
        """Give up waiting if its time has come; the damage to tell, unless something was told of the call already."""
        if self._due is None or self._due > now:
            return None
        self._give_up_begun()
        damage, self._damage, self._due = self._damage, None, None
        if damage is None or (self._told and not self._of_another):
            return None
        self._tell(_number_of(damage), self._sign_at)
        return damage

    def reported(self, now: float, number: str | None = None) -> None:
        """A good report of the call came, the last of it at `now`; damaged copies of it say nothing any more."""
        self._tell(number, now)
        self._damage = None
        if self._begun is None:
            self._due = None

    def rang(self, now: float) -> None:
        """A ring came: the same call goes on, or another one begins."""
        self._sign(now, SAME_CALL)
        self._rung = True

    def _came(self, now: float) -> None:
        self._sign(now, LATE_AFTER_RING if self._rung else LATE)
        self._rung = False

    def _sign(self, now: float, patience: float) -> None:
        self._told = self._told and now - self._sign_at <= patience
        self._sign_at = now

    def _tell(self, number: str | None, now: float) -> None:
        self._told, self._told_number, self._told_at = True, number, now
        self._sign_at = max(self._sign_at, now)

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
        later = self._sign_at - self._told_at > COPY_WAIT
        another = later and _differ(self._told_number, _number_of(damage))
        self._of_another = another and (self._damage is None or self._of_another)
        if self._damage is None or len(damage.fields) > len(self._damage.fields):
            self._damage = damage


def _number_of(damage: Damaged) -> str | None:
    value = dict(damage.fields).get(Kind.NUMBER)
    return value.number if isinstance(value, CallerNumberReceived) else None


def _differ(told: str | None, damaged: str | None) -> bool:
    """Whether two numbers cannot be one, however the area is written and whichever digit one of them lost."""
    pairs = zip(reversed(told or ""), reversed(damaged or ""), strict=False)
    return sum(one != other for one, other in pairs) >= OTHER_DIGITS


def messages_in(data: bytes) -> list[Whole | Damaged | Unfinished]:
    """The messages on one line: copies of one, or several. Notices that are damaged are left out: they are of no call.

    Another message behind the first counts only when it is whole.
    """
    data = data.lstrip(SEIZURE)
    found: list[Whole | Damaged | Unfinished] = []
    head = data[:2]
    while data and head.startswith(data[:2]):
        message, size = read(data)
        if not (isinstance(message, Damaged) and is_notice(data)):
            found.append(message)
        data = data[size:]
    others = _whole_messages(data)
    if others:
        return [*found, *others]
    if data.strip(_IDLE_LINE) and sum(isinstance(message, Whole) for message in found) == 1:
        # A damaged length may make the beginning of a message look whole, once in 256 times: what follows tells.
        why = "The Caller ID message is longer than it says."
        return [Damaged(why, message.fields) for message in found if isinstance(message, Whole)]
    return found


def _whole_messages(data: bytes) -> list[Whole]:
    """The messages that bytes are made of, none unless they are nothing else."""
    found: list[Whole] = []
    while data := data.lstrip(_IDLE_LINE):
        message, size = read(data)
        if not (isinstance(message, Whole) and is_whole(data)):
            return []
        found.append(message)
        data = data[size:]
    return found
