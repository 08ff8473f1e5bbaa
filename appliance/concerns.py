"""What is known to be wrong, or missing, with a modem, in words for the household. Pure; knows modems by name only.

The pages and the commands say the same. Keys are the values of hardware's Concern, so that whoever may not come near
hardware can read them from the status row.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`title` says what is so, `text` what follows and what to do; `urgent` stands above every page."""

    title: str
    text: str
    urgent: bool = False


CONCERNS = {
    "old_firmware": Words(
        "Your modem's own software is old.",
        "The firmware of your {modem} is {firmware}, which is known to miss rings and Caller ID. Please update it to "
        "1.2.23 or later: the maker's support page has it, with a program for a Windows computer. Then plug the modem "
        "in here again. Until then it handles calls as well as it can.",
        urgent=True,
    ),
    "no_voice": Words(
        "Your modem has no voice.",
        "Your {modem} can neither speak to callers nor listen to them. For dropping unwanted calls that is not needed.",
    ),
    "no_caller_id": Words(
        "Your modem cannot report Caller ID.",
        "Your {modem} does not tell who calls, so no caller can be known by number. Please use another modem: "
        "dongles with a Conexant CX93010 do, and the U.S. Robotics USR5637.",
        urgent=True,
    ),
    "country_refused": Words(
        "Your modem does not know your country.",
        "Your {modem} refused the country that is set, and keeps its own ({code}). It may miss rings or Caller ID. "
        "Look whether “country” in quietline.toml is right; if it is, and callers show no number, use a modem that is "
        "sold for your country.",
    ),
    "setting_refused": Words(
        "Your modem refused a setting.",
        "A command under “extra” of [modem] in quietline.toml was answered with an error by your {modem}. Correct it "
        "or take it out; all else works.",
    ),
    "rings_alike": Words(
        "Your modem cannot tell rings apart.",
        "“distinctive_ring” in quietline.toml asks for the pattern of each ring, and your {modem} cannot tell it. "
        "Entries of your lists for a kind of ring never apply; all else works. Dongles with a Conexant CX93010 can, "
        "and so can the U.S. Robotics USR5637.",
    ),
}

WAKING = "Quietline is trying to wake the modem"
CANNOT_WAKE = "Quietline cannot wake the modem by itself"
"""How the faults begin that tell what is done for a modem that does not answer, and what a person is to do."""


def words_for(concern: str, modem: str, firmware: str, country_code: str) -> Words:
    """The words of one concern; something sensible for one that this version does not know."""
    found = CONCERNS.get(concern)
    if found is None:
        return Words("Something about your modem needs looking at.", f"It says: {concern.replace('_', ' ')}.")
    text = found.text.format(
        modem=modem or "modem", firmware=firmware or "an old version", code=country_code or "not known"
    )
    return Words(found.title, text, found.urgent)
