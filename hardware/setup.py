"""How a modem is brought into a known state and asked what it is: a script of commands. Sans-IO, once per open port.

It decides what to send next from what was answered. Bytes, time and threads stay out; the values are in profiles.py,
the reading of answers in capabilities.py. Nothing is asked that is not used, nothing twice, and a modem without the
voice class is asked nothing about voice: a replugged modem has to work again within five seconds.
"""

from collections.abc import Generator
from dataclasses import dataclass

from hardware import capabilities
from hardware.country import SIGNALLING, codes_for
from hardware.events import Concern, ModemIdentified, ReplyReceived
from hardware.profiles import (
    CONEXANT_ACF,
    INIT,
    PLAIN_OPTIONS,
    QUESTION_S,
    V253,
    InitCommand,
    ModemOptions,
    ModemProfile,
    Switch,
    profile_for,
)
from hardware.sound.formats import SoundFormat

Answer = ReplyReceived | None
"""The reply to a command, None when the modem was silent."""

MAX_NAME = 60
"""Characters kept of what a modem says of itself; honest names have up to 40."""

SHORTEST_NAME = 4
"""Characters below which an answer is a revision or a checksum; the shortest name seen is a speed ("5601")."""

MAX_SILENCES = 3
"""Questions left unanswered after which no more are asked: what a modem needs to work is told to it all the same."""

_SETTLED = (
    InitCommand("ATE0V1Q0", tries=2, refusal_stops=True),
    InitCommand("ATS0=0", tries=2, refusal_stops=True),
    InitCommand("ATH0", tries=2, refusal_stops=True),
)
"""Said once more after commands of the installer, whatever those were."""


class SetupFailed(Exception):
    """The modem cannot be used as it is; the text is one plain sentence. Stays inside this room."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the modem is, the profile that serves it, and the switch that turned Caller ID on.

    `caller_id` None: this modem has none; it still counts rings and drops calls.
    """

    modem: ModemIdentified
    profile: ModemProfile
    caller_id: Switch | None


def set_up(options: ModemOptions = PLAIN_OPTIONS) -> Generator[InitCommand, Answer, Outcome]:
    """Initialise, identify, turn Caller ID on: yields each command to send and is sent its answer.

    Raises SetupFailed, but never for anything the modem says of itself.
    """
    for step in (options.profile or V253).init:
        yield from _carry_out(step)
    asking = _Asking()
    said = yield from _describe(asking)
    profile = options.profile or (yield from _recognise(asking, said))
    sound = yield from _find_sound(asking, profile)
    country_code, served = yield from _set_country(asking, profile, options.country)
    for command in profile.extras:
        yield from asking.tell(command)
    switch = yield from _turn_on_caller_id(asking, profile, raw=options.raw_caller_id)
    alike = options.distinctive_ring and not (yield from _obeys(profile.distinctive_ring))
    obeyed = yield from _obey_the_installer(options.extra)
    name, firmware = _name(said, profile)
    found = {
        Concern.OLD_FIRMWARE: capabilities.is_older(firmware, profile.firmware_floor),
        Concern.NO_VOICE: sound is None,
        Concern.NO_CALLER_ID: switch is None,
        Concern.COUNTRY_REFUSED: not served,
        Concern.SETTING_REFUSED: not obeyed,
        Concern.RINGS_ALIKE: alike,
    }
    modem = ModemIdentified(
        name=name,
        firmware=firmware,
        voice=sound is not None,
        caller_id=switch is not None,
        profile=profile.name,
        sound=sound,
        country_code=country_code,
        concerns=tuple(concern for concern, holds in found.items() if holds),
    )
    return Outcome(modem, profile, switch)


def switched_off(reply: ReplyReceived) -> bool:
    """Whether a modem answers that a setting is off. Many only say OK, or refuse the question: that is no "off"."""
    return reply.result == "OK" and capabilities.first_number(reply.lines) == 0


def _carry_out(step: InitCommand) -> Generator[InitCommand, Answer, Answer]:
    reply: Answer = None
    for _ in range(step.tries):
        reply = yield step
        if reply is not None and reply.result == "OK":
            return reply
    if reply is None and step.silence_stops:
        raise SetupFailed(f"The modem does not answer (to {step.command}).")
    if reply is not None and step.refusal_stops:
        raise SetupFailed(f"The modem refused {step.command} with {reply.result}.")
    return reply


class _Asking:
    """What can be done without: asked once each, and no more after MAX_SILENCES."""

    def __init__(self) -> None:
        self._silences = 0

    def ask(self, question: str) -> Generator[InitCommand, Answer, tuple[str, ...]]:
        """The lines of the answer; none for ERROR, silence, or an OK that says nothing."""
        reply = yield from self.tell(question)
        return reply.lines if reply is not None and reply.result == "OK" else ()

    def tell(self, command: str) -> Generator[InitCommand, Answer, Answer]:
        if self._silences >= MAX_SILENCES:
            return None
        reply = yield from _carry_out(InitCommand(command, timeout=QUESTION_S, silence_stops=False))
        self._silences += reply is None
        return reply


# -- what it is


def _describe(asking: _Asking) -> Generator[InitCommand, Answer, dict[str, list[str]]]:
    said = {}
    for question in ("ATI0", "ATI3", "AT+GMI", "AT+GMM"):
        lines = yield from asking.ask(question)
        said[question] = [capabilities.value(line) for line in lines]
    return said


def _recognise(asking: _Asking, said: dict[str, list[str]]) -> Generator[InitCommand, Answer, ModemProfile]:
    """By what it has said; a unit that gave nothing but a speed, or nothing known, is asked one thing more."""
    profile = profile_for(_joined(said))
    if profile is V253:
        said["ATI6"] = list((yield from asking.ask("ATI6")))  # the model of a Si24xx, the data pump of a Rockwell
    elif profile is CONEXANT_ACF:
        said["AT+GMI9"] = list((yield from asking.ask("AT+GMI9")))
    else:
        return profile
    return profile_for(_joined(said))


def _joined(said: dict[str, list[str]]) -> str:
    return "\n".join(line for lines in said.values() for line in lines)


def _name(said: dict[str, list[str]], profile: ModemProfile) -> tuple[str, str]:
    """Name and firmware, "" for a firmware that is not told."""
    code = (said["ATI0"] or [""])[0][:MAX_NAME]
    spoken = said["ATI3"] + said["AT+GMM"] + said["ATI0"]
    family = [profile.name] if profile is not V253 else []
    # A revision letter (Si24xx: "C") names nothing; the family does.
    names = [text for text in spoken if len(text) >= SHORTEST_NAME] + family + spoken
    name = (names or ["modem without a name"])[0][:MAX_NAME]
    return capabilities.name_and_firmware(name) or (name, code if code != name else "")


# -- what it can do


def _find_sound(asking: _Asking, profile: ModemProfile) -> Generator[InitCommand, Answer, SoundFormat | None]:
    """The sample format to speak and listen in; None for a modem that can do neither. Leaves the voice class behind."""
    voice = profile.voice
    if not voice.formats:
        return None
    classes = yield from asking.ask("AT+FCLASS=?")
    if capabilities.VOICE_CLASS not in capabilities.service_classes(classes):
        return None
    entered = yield from _carry_out(InitCommand(voice.enter, timeout=QUESTION_S, silence_stops=False))
    if entered is not None and entered.result != "OK":
        return None
    sound = yield from _choose_sound(asking, profile)
    if sound is not None:
        devices = yield from asking.ask(voice.devices)
        if capabilities.lacks_line(devices):
            sound = None  # a speaker and a microphone, but no way to the line
    left = yield from _carry_out(InitCommand(voice.leave, tries=2, silence_stops=False))
    if left is None or left.result != "OK":
        # In the voice class rings would come as shielded codes. ATZ ends it (V.250), and all that follows from ATZ.
        for step in INIT:
            yield from _carry_out(step)
        return None
    return sound


def _choose_sound(asking: _Asking, profile: ModemProfile) -> Generator[InitCommand, Answer, SoundFormat | None]:
    voice = profile.voice
    lines = yield from asking.ask(voice.formats)
    offers = capabilities.sound_offers(lines)
    best = capabilities.best_sound(offers)
    if best is not None:
        return best
    for guess in (guess for guess in voice.guesses if capabilities.may_be(guess, offers)):
        reply = yield from asking.tell(voice.select.format(code=guess.code, rate=guess.rate))
        if reply is not None and reply.result == "OK":
            chosen = yield from asking.ask(voice.selected)
            if capabilities.first_number(chosen) == guess.code:
                return guess
    return None


# -- what it is told


def _set_country(
    asking: _Asking, profile: ModemProfile, country: str
) -> Generator[InitCommand, Answer, tuple[str, bool]]:
    """The modem's own code for its country, "" without one, and whether it serves the household's.

    Changed only where it differs and the modem lists the new one: the setting goes into lasting memory on some units.
    """
    current = capabilities.country_code((yield from asking.ask("AT+GCI?")))
    wanted = codes_for(country, profile.europe)
    served = True
    if current and wanted and current != wanted[0]:
        offered = capabilities.country_codes((yield from asking.ask("AT+GCI=?")))
        best = next((code for code in wanted if code in offered), current)
        if best != current:
            yield from asking.tell(f"AT+GCI={best}")
            current = capabilities.country_code((yield from asking.ask("AT+GCI?")))
        served = current in wanted
    command = profile.signalling.get(SIGNALLING[country]) if country in SIGNALLING else None
    if command is not None:
        yield from asking.tell(command)
    return current, served


def _turn_on_caller_id(
    asking: _Asking, profile: ModemProfile, *, raw: bool
) -> Generator[InitCommand, Answer, Switch | None]:
    told: dict[str, frozenset[int]] = {}
    for switch in profile.caller_id:
        if switch.mode != 1 and not raw:
            continue
        if switch.modes not in told:
            told[switch.modes] = capabilities.modes((yield from asking.ask(switch.modes)))
        known = told[switch.modes]
        # Raw messages only from a modem that says it has them; formatted ones unless it says it has not.
        if switch.mode not in known and (known or switch.mode != 1):
            continue
        if (yield from _turn_on(switch)):
            return switch
    return None


def _turn_on(switch: Switch) -> Generator[InitCommand, Answer, bool]:
    reply = yield from _carry_out(InitCommand(switch.on, silence_stops=False))
    if reply is None or reply.result != "OK":
        return False
    for _ in range(2):  # some batches take it only the second time
        check = yield from _carry_out(InitCommand(switch.query, silence_stops=False))
        if check is None or not switched_off(check):
            return True
        yield from _carry_out(InitCommand(switch.on, silence_stops=False))
    return False


def _obey_the_installer(extra: tuple[str, ...]) -> Generator[InitCommand, Answer, bool]:
    """Send the commands of the configuration; whether all of them were answered with OK."""
    obeyed = True
    for command in extra:
        obeyed = (yield from _obeys(command)) and obeyed
    for step in _SETTLED if extra else ():
        yield from _carry_out(step)
    return obeyed


def _obeys(command: str) -> Generator[InitCommand, Answer, bool]:
    reply = yield from _carry_out(InitCommand(command, silence_stops=False))
    return reply is not None and reply.result == "OK"
