"""Why calls come without Caller ID, most telling cause first, as one table. Pure: plain values in, plain sentences out.

What a modem or a country is enters as values; no hardware, clock, store or file may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Cause(Enum):
    """What is most likely wrong."""

    MODEM_CANNOT = "modem_cannot"
    DAMAGED = "damaged"
    FORGETFUL = "forgetful"
    COUNTRY_REFUSED = "country_refused"
    COUNTRY_DIFFERS = "country_differs"
    TONES_UNREADABLE = "tones_unreadable"
    TONES_UNSURE = "tones_unsure"
    AFTER_ANSWER = "after_answer"
    BEFORE_RING = "before_ring"
    OLD_FIRMWARE = "old_firmware"
    STOPPED = "stopped"
    NO_SERVICE = "no_service"


class Sending(Enum):
    """How the exchanges of a country send the number, as far as it matters here."""

    USUAL = "usual"  # data tones, mostly between the first rings: what these modems are made for
    TONES = "tones"  # keypad tones (DTMF)
    BEFORE_RING = "before_ring"  # data tones, before the first ring
    AFTER_ANSWER = "after_answer"  # only once the line was answered


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one line and its modem.

    `silent_calls`: calls in a row that rang twice or more without a report. `damaged_calls` (whose report could not be
    trusted) and `settings_lost` (the modem answered that it no longer reports) are counted since the last good report.
    `ever_reported`: a report came at some time. `can_report`: the modem's Caller ID is on; None when not known.
    `country` is ISO 3166 alpha-2; `country_code` what the modem says of itself, "" for nothing; `country_fits`: that
    code serves the country; `country_refused`: it does not know a better one. `old_firmware`: it is known to work
    badly. `told_how`: the modem was told how the country's exchanges send.
    """

    silent_calls: int = 0
    damaged_calls: int = 0
    settings_lost: int = 0
    ever_reported: bool = False
    can_report: bool | None = True
    country: str = "US"
    country_code: str = ""
    country_fits: bool = True
    country_refused: bool = False
    old_firmware: bool = False
    sending: Sending = Sending.USUAL
    told_how: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`likely`: what is wrong, most likely. `advice`: what to do. Both are whole sentences for the household."""

    cause: Cause
    likely: str
    advice: str


@dataclass(frozen=True, slots=True)
class Row:
    """One cause: whether the facts speak for it, and its words, in which {country} and {code} stand for two facts."""

    cause: Cause
    speaks: Callable[[Facts], bool]
    likely: str
    advice: str


TABLE: tuple[Row, ...] = (
    Row(
        Cause.MODEM_CANNOT,
        lambda facts: facts.can_report is False,
        "Your modem does not report Caller ID.",
        "Please use another modem: dongles with a Conexant CX93010 report it, and the U.S. Robotics USR5637.",
    ),
    Row(  # proves that the line has the service, and explains calls without any report as well
        Cause.DAMAGED,
        lambda facts: facts.damaged_calls > 0,
        "Caller ID is sent on your line, but arrives damaged: something adds noise or weakens it.",
        "Plug the modem straight into the telephone socket with a short cable, behind a DSL filter if you have DSL. "
        "If your telephones crackle too, ask your telephone company to test the line.",
    ),
    Row(  # asked after each silent call: lost before at least half of them, it is what keeps them silent
        Cause.FORGETFUL,
        lambda facts: facts.settings_lost > 0 and 2 * facts.settings_lost >= facts.silent_calls,
        "The modem keeps forgetting that it shall report Caller ID; Quietline tells it again each time.",
        "Pull it out of the USB socket, wait ten seconds, plug it in again. If that does not last, give it a USB hub "
        "with a power supply of its own, or use another modem.",
    ),
    Row(
        Cause.COUNTRY_REFUSED,
        lambda facts: facts.country_refused and not facts.country_fits,
        "The modem does not know the country of your line ({country}), so it may not understand its Caller ID.",
        "Look whether the country in quietline.toml is right. If it is, use a modem that is sold for your country.",
    ),
    Row(
        Cause.COUNTRY_DIFFERS,
        lambda facts: not facts.country_fits,
        "The modem is set to another country (code {code}) than your line ({country}).",
        "Look whether the country in quietline.toml is right, then restart Quietline: "
        "sudo systemctl restart quietline.target",
    ),
    Row(
        Cause.OLD_FIRMWARE,
        lambda facts: facts.old_firmware,
        "Your modem's own software is old, and known to miss Caller ID.",
        "Please update it first: the maker's support page has a newer one, with a program for a Windows computer.",
    ),
    Row(
        Cause.STOPPED,
        lambda facts: facts.ever_reported,
        "Caller ID used to come on this line, and has stopped.",
        "Look whether your telephones still show numbers. If not, ask your telephone company, or look into the "
        "settings of the internet router that your line comes from. If they do, check the cable between modem and "
        "socket.",
    ),
    Row(
        Cause.TONES_UNREADABLE,
        lambda facts: facts.sending is Sending.TONES and not facts.told_how,
        "In your country ({country}) many lines send Caller ID as keypad tones, which your modem cannot read.",
        "Use a modem that can (one with a Silicon Labs Si24xx is made for it), or an internet router that sends it as "
        "data tones (FSK).",
    ),
    Row(
        Cause.TONES_UNSURE,
        lambda facts: facts.sending is Sending.TONES,
        "In your country ({country}) many lines send Caller ID as keypad tones. Your modem was told so, but perhaps it "
        "cannot read them, or your line sends something else.",
        "If your line comes from an internet router, let it send Caller ID as data tones (FSK). If it does "
        'already, the modem must be told: extra = ["AT!4886=02"] under [modem] in quietline.toml.',
    ),
    Row(
        Cause.AFTER_ANSWER,
        lambda facts: facts.sending is Sending.AFTER_ANSWER,
        "In your country ({country}) a modem is told who calls only after it has answered, which none that is known "
        "here can do.",
        "Use a telephone adapter or internet router that sends Caller ID between the first two rings.",
    ),
    Row(
        Cause.BEFORE_RING,
        lambda facts: facts.sending is Sending.BEFORE_RING,
        "In your country ({country}) Caller ID comes before the first ring, and not every modem listens then.",
        "Look whether your telephones show numbers. If not, ask your telephone company to turn on Caller ID. If they "
        "do, use another modem: one with a Silicon Labs Si24xx is made for such lines.",
    ),
    Row(
        Cause.NO_SERVICE,
        lambda _: True,
        "Caller ID has never come on this line, so it is probably not turned on.",
        "Look whether your telephones show numbers. If not, ask your telephone company to turn on Caller ID (CLIP), or "
        "look into the settings of the internet router that your line comes from. If they do, look whether the country "
        "in quietline.toml ({country}) is right.",
    ),
)
"""The first row that speaks is the answer; the last always speaks."""


def diagnose(facts: Facts) -> Diagnosis | None:
    """Why Caller ID is missing; None when it is not, or nobody has called."""
    if facts.silent_calls == 0 and facts.damaged_calls == 0:
        return None
    row = next(row for row in TABLE if row.speaks(facts))
    words = {"country": facts.country, "code": facts.country_code}
    return Diagnosis(row.cause, row.likely.format(**words), row.advice.format(**words))
