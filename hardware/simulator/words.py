"""What a modem's host asks for, in plain words for the person at the desk. Nothing but the table may enter."""

import re

# The first pattern that matches the command (capitals, no blanks) names what the host does.
WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"AT", "asks whether the modem is there"),
        (r"ATZ.*", "resets the modem"),
        (r"AT&F.*", "resets the modem to its factory settings"),
        (r"ATH1", "goes off-hook: answers the call, if there is one"),
        (r"ATH0?", "goes on-hook: hangs up"),
        (r"ATA", "answers as a data modem"),
        (r"AT[+#]V?CID=1", "asks to be told who calls"),
        (r"AT[+#]V?CID=2", "asks for the network's messages as they come"),
        (r"AT[+#]V?CID=0", "does not want to be told who calls"),
        (r"AT[+#]V?CID=?\?", "asks about the Caller ID setting"),
        (r"ATE[01].*", "sets echo and reply style"),
        (r"ATI\d*|AT\+GM[IMR]", "asks what modem this is"),
        (r"AT\+FCLASS=8", "asks for voice mode"),
        (r"AT\+FCLASS.*", "asks about or sets the mode"),
        (r"AT\+GCI.*", "asks about or sets the country"),
        (r"AT!4886.*|AT\+VCDT.*", "asks about or sets how the network says who calls"),
        (r"AT-STE.*|AT-SCID.*", "asks to be told when another telephone is in use"),
        (r"ATS41=.*|AT-SDR.*|AT\+VDR.*", "asks to be told the patterns of rings"),
        (r"AT\+VCIDR\?|AT\+VRID.*", "asks who called last"),
        (r"AT[+#]VLS=0", "lets go of the line"),
        (r"AT[+#]VLS=.*", "takes the line, or a loudspeaker, in voice mode"),
        (r"AT[+#]VTX", "begins to play"),
        (r"AT[+#]VRX", "begins to record"),
        (r"AT[+#]VTS.*", "plays tones"),
        (r"AT[+#]VSM.*", "asks about or sets the format of sound"),
        (r"ATS0=0.*", "asks never to answer by itself"),
        (r"AT.*", "sets something that does not matter here"),
    )
)


def in_words(command: str) -> str:
    """A sentence's end for "the program ...": what this command line asks for."""
    text = "".join(command.upper().split())
    return next((words for pattern, words in WORDS if pattern.fullmatch(text)), "says something that is no command")
