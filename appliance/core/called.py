"""What was called: which of the household's numbers, and how it rings. No caller, no list and no library may enter.

One line may have several numbers, each with a ring of its own. An exchange that tells which one was dialled does so in
the Caller ID report; a modem tells the ring by a letter or digit behind RING.
"""

from collections.abc import Sequence

from appliance.core.wildcard import ascii_digit

ENDING = 4
"""Digits that must be alike at the end. Networks send a called number whole, without its area code, or only the last
four that tell the numbers of one line apart; any fewer, and numbers of one house could be mixed up."""

RING_LIMIT = 4
"""Characters of a ring pattern; modems print one letter or digit (USR "RING B", Conexant "RING 2")."""


def ring_key(text: str) -> str:
    """The normal form of a ring pattern typed by a person: "ring b" becomes "B". Raises ValueError with a sentence."""
    found = plain_ring(text)
    if not found.isascii() or not found.isalnum() or len(found) > RING_LIMIT:
        raise ValueError(
            f'"{text.strip()[:40]}" is no ring: write how it rings, such as B, 2 or SLS (short-long-short).'
        )
    return found


def plain_ring(text: str) -> str:
    """A ring pattern as it is compared: upper case, without the word RING and without blanks. Never raises."""
    words = "".join(map(ascii_digit, text)).upper().split()
    return "".join(words[1:] if words[:1] == ["RING"] else words)


def is_called(value: str, dialled: Sequence[str]) -> bool:
    """Whether an entry means the number that was dialled; `dialled` are its spellings. One may be the end of the other.

    Numbers are not told apart further: all that can be called here are the household's own.
    """
    return any(_ends_alike(value, spelling) for spelling in dialled)


def _ends_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one.lstrip("+"), other.lstrip("+")), key=len)
    without_trunk = shorter.removeprefix("0")
    return any(len(end) >= ENDING and longer.endswith(end) for end in (shorter, without_trunk))
