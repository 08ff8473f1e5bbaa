"""Which commands the installer may have sent to the modem after our own: settings only. Pure; knows no modem.

A command that dials, answers, takes the line or speaks on it could hold the household's line; one that changes how the
modem talks to us would make it deaf to us. Whatever is not understood here is refused, so nothing can hide in it.
"""

import re

MAX_COMMANDS = 10
"""Each takes the modem up to three seconds that a call cannot use; real set-ups need one or two."""
MAX_LENGTH = 60
"""Characters; the smallest command buffer of the supported modems holds 58 after the AT (USR)."""

# One setting: letters and a number (M0, &K3, S41=1), or a name with a value of its own. Letters in a value are taken
# only where codes are hexadecimal, since "A" and "D" behind a number would be the commands that answer and dial.
_SETTING = re.compile(
    r"""(?P<name>[+]GCI)=[0-9A-F]{2}(?:;|$)
    | ![0-9]{1,5}=[0-9A-F]{2}(?:;|$)
    | (?P<long>[+\-#*$!][A-Z][A-Z0-9]*)=[0-9,]*(?:;|$)
    | S(?P<register>[0-9]{1,3})=[0-9]{1,3};?
    | (?P<letter>[&%\\]?[A-Z])[0-9]{0,3};?
    """,
    re.VERBOSE,
)
_SPEAKING = "would dial, answer, or take or use the line"
_TALKING = "would change how the modem answers Quietline"
_REFUSED = {
    **dict.fromkeys(["A", "D", "H", "O", "&T"], _SPEAKING),
    **dict.fromkeys(["+VLS", "#VLS", "+VTX", "#VTX", "+VRX", "#VRX", "+VTR", "+VTS", "#VTS"], _SPEAKING),
    **dict.fromkeys(["E", "V", "Q", "Z", "&F", "&D", "&C", "&Y", "+FCLASS", "#CLS", "+IPR"], _TALKING),
    **dict.fromkeys(["+VCID", "#CID"], 'is what modem.caller_id is for ("formatted" or "raw")'),
}
_REFUSED_REGISTERS = {
    0: "would make the modem answer calls by itself",
    **dict.fromkeys([2, 3, 4, 5], _TALKING),
}


def why_refused(command: str) -> str | None:
    """What is wrong with a command, to be read after "must": None when it may be sent."""
    if not (command.isascii() and command.isprintable()):
        return "be plain printable characters"
    if len(command) > MAX_LENGTH:
        return f"have at most {MAX_LENGTH} characters"
    text = re.sub(r"\s", "", command.upper())
    if not text.startswith("AT"):
        return 'begin with "AT"'
    position = 2
    while position < len(text):
        setting = _SETTING.match(text, position)
        reason = _reason(setting, text[position:])
        if reason is not None or setting is None:
            return reason
        position = setting.end()
    return None


def _reason(setting: re.Match[str] | None, rest: str) -> str | None:
    if setting is None:
        return f'hold settings only, such as "AT-STE=0" or "ATS41=1": {rest} is none'
    if setting["register"]:
        why = _REFUSED_REGISTERS.get(int(setting["register"]))
        return why and f"not set S{int(setting['register'])}: it {why}"
    name = setting["name"] or setting["long"] or setting["letter"] or ""
    why = _REFUSED.get(name)
    return why and f"not hold {name}: it {why}"
