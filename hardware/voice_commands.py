"""How each family of modems is made to speak and listen, as values in frozen rows. No behaviour may enter.

Written down with the rest of what is known of the families; holding a conversation is for others. Every command is sent
in voice class unless said otherwise. Sources: ITU-T V.253 (2000), TIA/EIA IS-101, mgetty's voice drivers (facts only),
AN93 of Silicon Labs, the Conexant manual 102752B, and what other call blockers met on real units.
"""

from dataclasses import dataclass, replace

from hardware.sound.formats import Encoding, SoundFormat

DLE = b"\x10"


@dataclass(frozen=True, slots=True)
class VoiceCommands:
    """The commands of one family; texts go out with a carriage return, bytes as they are."""

    enter: str = "AT+FCLASS=8"
    leave: str = "AT+FCLASS=0"  # V.250 data class; ATH on-hook leaves it too (V.253), but not on every unit
    formats: str = "AT+VSM=?"
    """Asks for the sample formats; some units answer only inside the voice class. "" when they cannot be asked for."""
    select: str = "AT+VSM={code},{rate}"
    guesses: tuple[SoundFormat, ...] = (
        SoundFormat(1, Encoding.UNSIGNED_8, 8000),  # V.253 table 17
        SoundFormat(128, Encoding.UNSIGNED_8, 8000),  # what the Lucent chips have instead
    )
    """Tried in turn when a modem with a voice class does not tell its formats; believed only when +VSM? repeats it."""
    selected: str = "AT+VSM?"
    devices: str = "AT+VLS=?"
    prepare: tuple[str, ...] = (
        # Silence is judged by our own ears: what the chips call silence differs by 20 dB, and a false "hang-up" cuts
        # a caller off. Code 0 turns their judgement off.
        "AT+VSD=0,0",
        "AT+VGT=128",  # nominal (V.253); the effective range around it differs by family
        "AT+VGR=128",
        "AT+VIT=0",  # else some units hang up after seconds without a command
    )
    """Sent after `enter` and `select`. A refusal of any of them is no reason to stop."""
    answer: str = "AT+VLS=1"  # off-hook, modem on the line (V.253 table 19)
    answered: tuple[str, ...] = ("OK",)
    before_recording: str = ""
    play: str = "AT+VTX"
    record: str = "AT+VRX"
    streaming: tuple[str, ...] = ("CONNECT",)
    beep: str = "AT+VTS=[{hertz},{hertz},{duration}]"
    """The frequency twice: a second frequency of 0 is answered with ERROR by some USR firmware."""
    beep_unit_ms: int = 10
    after_beep: str = ""
    hang_up: str = "ATH0"
    abort_playing: bytes = DLE + b"\x18" + DLE + b"\x03"
    """Drops what the modem still holds, then ends the stream."""
    stop_recording: bytes = DLE + b"!"
    """The modem then sends the end of the stream. A doubled or tripled DLE, as some programs send, is another code."""


V253_VOICE = VoiceCommands()

USR_VOICE = replace(
    V253_VOICE,
    # Nothing is captured after +VLS=1; with 5, the speaker beside the line, it is (found by CallAttendantNext).
    before_recording="AT+VLS=5",
)

CONEXANT_VOICE = replace(
    V253_VOICE,
    select="AT+VSM={code},{rate},0,0",  # silence compression and expansion off, as +VSM? writes it back
    guesses=(SoundFormat(1, Encoding.UNSIGNED_8, 8000),),
    # +VSD is accepted and does nothing; the gains are left at 128, where +VGR only bounds an automatic control.
)

# The Lucent and Agere chips report silence only (never quiet) and know the formats from 128 on.
LUCENT_VOICE = replace(V253_VOICE, guesses=(SoundFormat(128, Encoding.UNSIGNED_8, 8000),))

MULTITECH_VOICE = replace(
    LUCENT_VOICE,
    beep_unit_ms=100,  # mgetty's driver of the 5634
)

SILABS_VOICE = replace(
    V253_VOICE,
    # AN93: gains 112 to 134 in steps of 3 dB, silence 118, 128 or 138: there is no off.
    prepare=("AT+VSD=128,50", "AT+VGT=128", "AT+VGR=128", "AT+VIT=0"),
    guesses=(SoundFormat(1, Encoding.UNSIGNED_8, 8000),),
)

# The command set before IS-101. Its formats cannot be asked for by name, and Rockwell chips sample at 7,200 Hz alone:
# Quietline cannot speak through them; off-hook, on-hook and Caller ID work.
ROCKWELL_VOICE = VoiceCommands(
    enter="AT#CLS=8",
    leave="AT#CLS=0",
    formats="",
    select="AT#VBS={code}",  # 2, 4, 8 or 16 bits a sample
    guesses=(),
    selected="AT#VBS?",
    devices="",
    prepare=("AT#VSP=255", "AT#VSD=0", "AT#VSS=0", "AT#VTD=3F,3F,3F"),  # no silence events; report every tone
    answer="ATA",
    answered=("VCON",),
    play="AT#VTX",
    record="AT#VRX",
    beep="AT#VTS=[{hertz},0,{duration}]",
    beep_unit_ms=100,
    stop_recording=b"!",
)

USR_TI_VOICE = replace(
    ROCKWELL_VOICE,
    select="AT#VSM={code},{rate}",  # 128 is GSM, 129 its own ADPCM: neither is a format we can make
    selected="AT#VSM?",
    prepare=("AT#VTD=3F,3F,3F#VSD=0#VSP=255",),  # on one line: forgotten when the voice class is left
    answer="AT#VLS=0A",
    after_beep="AT#VLS=0A",  # else keys are no longer heard after a beep
    abort_playing=DLE + b"\x18",
    stop_recording=DLE,
)
