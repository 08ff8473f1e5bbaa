"""How the voice side of simulated modems differs, as values in frozen rows. No behaviour may enter.

Sources of the values: manuals of the chips; ITU-T V.253 for what they share.
"""

from dataclasses import dataclass

UNSIGNED, SIGNED, LINEAR_16, MU_LAW, A_LAW, IMA, OTHER = (
    "unsigned", "signed", "linear16", "mu-law", "a-law", "ima", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoiceFormat:
    """One sample format: `printed` is its line of +VSM=? as the chip prints it, without the end of the line.

    `code` is what +VSM= takes, `rates` are samples per second, the default first. `bits` of a sample as it passes the
    port, so that `rate * bits / 8` is its speed in bytes. `encoding` is one of the words above.
    """

    code: int
    printed: str
    encoding: str
    rates: tuple[int, ...] = (8000,)
    bits: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceModel:
    """The voice side of one kind of modem.

    `formats`, `default_format` (its code at power-on). `lists_tagged`: "+VSM: " and "+VLS: " open the lines of lists.
    `devices`: +VLS=? line by label; the labels are what +VLS= takes. `line_devices`: labels that hold the line.
    `records_on`: labels with which +VRX hears the line, None for all that hold it (a USR hears only with 5).
    `confirms_hook`: +VLS=1 is confirmed with DLE H before OK (USR). `hook_result` of +VLS (VCON on some).
    `answer_result` of ATA in voice class.

    `codes`: what it can report behind DLE, besides keys and the ring. `key_marks`: DLE / and DLE ~ around a key.
    `key_repeat`: seconds after which a held key is told again, None for once. `silence_detector`: +VSD works.
    `silence_ends_recording`: the report of silence also ends the stream.
    `shielded_idle`: in voice class a ring is DLE R and a report is DLE X .. DLE . (Rockwell), not text.

    `final` result of a stream. `echoes_end`: playing ends with DLE ETX of the modem's own before that.
    `stops`: codes of the host behind DLE that end recording. `any_byte_stops`: so does any byte (old Rockwell).
    `buffer_s`: seconds of sound it takes in before it makes the host wait. `flow_codes`: it tells of that with DLE S
    and DLE Q. `pairs_as_sub`: two samples of 0x10 in a row are sent as DLE SUB (IS-101), not as two doubled ones.

    `digits_in_vts`: +VTS= takes DTMF digits. `zero_second_tone`: +VTS=[f,0,d] is taken (refused by some firmware).
    `silence_levels`: what +VSD=<level> takes. `gains`: what +VGT= and +VGR= take. `inactivity_s`: +VIT at power-on.
    `hash_commands`: the # set of Rockwell (#VLS, #VTX ...) is there. `plus_commands`: so is the + set of V.253.
    `only_in_class`: +V commands other than +VCID are refused outside voice class.
    """

    formats: tuple[VoiceFormat, ...]
    default_format: int
    lists_tagged: bool = False
    devices: tuple[tuple[int, str], ...] = (
        (0, '0,"",B0804100,B0804100,B0804100'),
        (1, '1,"T",0B8433C1,0FE431C1,0B8431C1'),
        (2, '2,"L",00000100,00000100,00000100'),
        (3, '3,"LT",0B8433C1,0FE431C1,0B8431C1'),
        (4, '4,"S",00000100,00000100,00000100'),
        (5, '5,"ST",0B8433C1,0FE431C1,0B8431C1'),
        (6, '6,"M",00000100,00000100,00000100'),
        (7, '7,"MST",0B8433C1,0FE431C1,0B8431C1'),
    )
    line_devices: frozenset[int] = frozenset({1, 3, 5, 7, 9, 13})
    records_on: frozenset[int] | None = None
    confirms_hook: bool = False
    hook_result: str = "OK"
    answer_result: str = "VCON"
    codes: frozenset[bytes] = frozenset(
        {b"b", b"d", b"c", b"e", b"a", b"r", b"q", b"s", b"h", b"H", b"p", b"P", b"l", b"u", b"o", b"J"}
    )
    key_marks: bool = True
    key_repeat: float | None = 0.07
    silence_detector: bool = True
    silence_ends_recording: bool = False
    shielded_idle: bool = False
    final: str = "OK"
    echoes_end: bool = False
    stops: frozenset[bytes] = frozenset({b"!", b"\x1b", b"\x03"})
    any_byte_stops: bool = False
    buffer_s: float = 0.5
    flow_codes: bool = False
    pairs_as_sub: bool = False
    digits_in_vts: bool = True
    zero_second_tone: bool = True
    silence_levels: tuple[int, int] = (0, 255)
    gains: tuple[int, int] = (0, 255)
    inactivity_s: int = 0
    hash_commands: bool = False
    plus_commands: bool = True
    only_in_class: bool = False
