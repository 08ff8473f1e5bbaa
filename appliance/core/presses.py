"""What a press of Block or Allow means, as two small tables. No list, lamp or clock may enter."""

from dataclasses import dataclass
from enum import Enum

UNDO_WITHIN_S = 10.0
"""Seconds in which a second press takes back the first: time to see the lamp and think, not for another call."""

LATELY_S = 600.0
"""Seconds after a call in which a press still means that caller: time to hear a salesman out, and find the box."""

PERMIT_NEXT_S = 1800.0
"""Seconds for which "permit the next call" stays armed: "we will call you right back" takes no longer."""


class Known(Enum):
    """What is known of the caller that a press is about."""

    NOTHING_YET = "nothing_yet"  # it rings, and the report may still come
    NUMBER = "number"
    NO_NUMBER = "no_number"  # withheld, unavailable or no report: there is no number to put on a list


@dataclass(frozen=True, slots=True)
class Target:
    """The call that a press is about. `over_for` is seconds since it stopped ringing, None while it rings."""

    uid: str
    known: Known
    over_for: float | None = None

    @property
    def lately(self) -> bool:
        """Whether the household can still mean this call."""
        return self.over_for is None or self.over_for <= LATELY_S


@dataclass(frozen=True, slots=True)
class Before:
    """What the same button did last: for which call, and how many seconds ago. Undone presses are forgotten."""

    uid: str | None
    ago: float


class BlockPress(Enum):
    """What Block does."""

    UNDO = "undo"
    BLOCK = "block"
    WHEN_KNOWN = "when_known"  # as soon as the report is there
    CANNOT = "cannot"  # there is no number to block: say so
    NOTHING = "nothing"  # nobody called lately: say so


class AllowPress(Enum):
    """What Allow does."""

    UNDO = "undo"
    PERMIT = "permit"
    WHEN_KNOWN = "when_known"
    ARM = "arm"  # the next call gets through, whoever it is
    DISARM = "disarm"


_BLOCK = {
    Known.NOTHING_YET: BlockPress.WHEN_KNOWN,
    Known.NUMBER: BlockPress.BLOCK,
    Known.NO_NUMBER: BlockPress.CANNOT,
}

_ALLOW = {
    Known.NOTHING_YET: AllowPress.WHEN_KNOWN,
    Known.NUMBER: AllowPress.PERMIT,
    # No number to permit, so the one thing that helps this caller is that the next call gets through.
    Known.NO_NUMBER: AllowPress.ARM,
}


def block_means(target: Target | None, before: Before | None) -> BlockPress:
    """What a press of Block means now."""
    if _again(target, before):
        return BlockPress.UNDO
    return _BLOCK[target.known] if target is not None and target.lately else BlockPress.NOTHING


def allow_means(target: Target | None, before: Before | None, *, armed: bool) -> AllowPress:
    """What a press of Allow means now; `armed` is whether the next call is permitted already."""
    if armed:
        return AllowPress.DISARM
    if _again(target, before):
        return AllowPress.UNDO
    return _ALLOW[target.known] if target is not None and target.lately else AllowPress.ARM


def _again(target: Target | None, before: Before | None) -> bool:
    """A second press soon after the first, and no new call in between that it could be about."""
    if before is None or before.ago > UNDO_WITHIN_S:
        return False
    return target is None or target.uid == before.uid
