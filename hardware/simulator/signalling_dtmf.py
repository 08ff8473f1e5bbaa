"""Caller ID as a string of DTMF digits, written for the simulator alone (Dialogic's and Teltone's tables). Pure."""

from hardware.events import Absence
from hardware.simulator.signalling import DtmfVariant

# Digits of a number that networks of this kind send at most.
NUMBER_LIMIT = 15


def digits(variant: DtmfVariant, number: str | None, absence: Absence | None, forwarded_by: str | None) -> str:
    """The string for one call. Only digits pass: a plus, letters and blanks have no tone. No digits: unavailable."""
    plain = _tones(number)
    if not plain:
        return variant.private if absence is Absence.PRIVATE else variant.unavailable
    passed_on = variant.redirect + _tones(forwarded_by) if variant.redirect and _tones(forwarded_by) else ""
    return f"{variant.start}{plain}{passed_on}{variant.end}"


def _tones(number: str | None) -> str:
    return "".join(letter for letter in number or "" if letter in "0123456789")[:NUMBER_LIMIT]
