"""How a modem is brought into a known state and asked what it is: a script of commands. Sans-IO, once per open port.

It decides what to send next from what was answered. Bytes, time and threads stay out; the values are in profiles.py.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass

from hardware.events import ModemIdentified, ReplyReceived
from hardware.profiles import PLAIN_OPTIONS, V253, InitCommand, ModemOptions, ModemProfile, Switch

Answer = ReplyReceived | None
"""The reply to a command, None when the modem was silent."""

# "U.S. Robotics 56K FAX USB V1.2.23", "CX93001-EIS_V0.2013-V92": the version is the first V with a dotted number.
_FIRMWARE = re.compile(r"^(?P<name>.+?)[\s_]+(?P<firmware>V\d+\.\d[\w.-]*)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
VOICE_CLASS = "8"
MAX_NAME = 60
"""Characters kept of what a modem says of itself; honest names have up to 40."""


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
    """Initialise, turn Caller ID on and identify: yields each command to send and is sent its answer.

    Raises SetupFailed, but never for anything the modem says of itself.
    """
    profile = options.profile or V253
    for step in profile.init:
        yield from _carry_out(step)
    caller_id = yield from _turn_on_caller_id(profile)
    answers: list[tuple[str, ...]] = []
    for step in profile.describe:
        reply = yield from _carry_out(step)
        answers.append(reply.lines if reply is not None and reply.result == "OK" else ())
    return Outcome(_identity(answers, caller_id=caller_id is not None), profile, caller_id)


def switched_off(reply: ReplyReceived) -> bool:
    """Whether a modem answers that a setting is off. Many only say OK, or refuse the question: that is no "off"."""
    numbers = _NUMBER.findall(_value(reply.lines[-1])) if reply.result == "OK" and reply.lines else []
    return bool(numbers) and numbers[0] == "0"


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


def _turn_on_caller_id(profile: ModemProfile) -> Generator[InitCommand, Answer, Switch | None]:
    for switch in profile.caller_id:
        reply = yield from _carry_out(InitCommand(switch.on, silence_stops=False))
        if reply is None or reply.result != "OK":
            continue
        for _ in range(2):  # some batches take it only the second time
            check = yield from _carry_out(InitCommand(switch.query, silence_stops=False))
            if check is None or not switched_off(check):
                return switch
            yield from _carry_out(InitCommand(switch.on, silence_stops=False))
    return None


def _identity(answers: list[tuple[str, ...]], *, caller_id: bool) -> ModemIdentified:
    long_name, code, model, classes = ([_value(line) for line in lines] for lines in answers)
    spoken = (long_name + model + code)[:1]
    said = spoken[0][:MAX_NAME] if spoken else "modem without a name"
    match = _FIRMWARE.match(said)
    name, firmware = (match["name"], match["firmware"]) if match else (said, (code or [""])[0][:MAX_NAME])
    voice = any(VOICE_CLASS in _NUMBER.findall(line) for line in classes)
    return ModemIdentified(name=name, firmware=firmware, voice=voice, caller_id=caller_id)


def _value(line: str) -> str:
    """What stands behind the "+GMI:" that some modems put before their answers."""
    return re.sub(r"^[+#][A-Z0-9]+\s*:\s*", "", line).strip()
