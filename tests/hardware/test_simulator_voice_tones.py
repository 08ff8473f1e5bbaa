import struct
from itertools import pairwise

import pytest

from hardware.simulator.voice_line import LineSound, position
from hardware.simulator.voice_model import A_LAW, IMA, LINEAR_16, MU_LAW, OTHER, SIGNED, UNSIGNED, VoiceFormat
from hardware.simulator.voice_tones import IMA_STEPS, encoded, is_silence, loop, pattern_of, silence

FORMATS = {
    encoding: VoiceFormat(1, "1", encoding, bits={LINEAR_16: 16, IMA: 4}.get(encoding, 8))
    for encoding in (UNSIGNED, SIGNED, LINEAR_16, MU_LAW, A_LAW, IMA, OTHER)
}
PLAIN = FORMATS[UNSIGNED]


def crossings(samples: bytes) -> int:
    """How often an unsigned sound rises through its middle."""
    return sum(a < 128 <= b for a, b in pairwise(samples))


# Pairs of ITU-T G.711, tables 1 and 2, at the ends, at zero and within.
@pytest.mark.parametrize(
    ("encoding", "sample", "octet"),
    [
        (MU_LAW, 0, 0xFF), (MU_LAW, 32767, 0x80), (MU_LAW, -32768, 0x00), (MU_LAW, -4, 0x7E), (MU_LAW, 1000, 0xCE),
        (A_LAW, 0, 0xD5), (A_LAW, -1, 0x55), (A_LAW, 32767, 0xAA), (A_LAW, -32768, 0x2A), (A_LAW, 1000, 0xFA),
        (UNSIGNED, 0, 0x80), (UNSIGNED, -32768, 0x00), (SIGNED, -256, 0xFF), (SIGNED, 32767, 0x7F),
    ],
)  # fmt: skip
def test_a_sample_is_encoded_as_the_standard_says(encoding: str, sample: int, octet: int) -> None:
    assert encoded([sample], encoding) == bytes([octet])


def test_adpcm_is_decoded_to_nearly_what_it_was() -> None:
    tone = struct.unpack("<8000h", loop((((425,), 1.0),), FORMATS[LINEAR_16], 8000))
    guess, index, worst = 0, 0, 0
    nibbles = [half for octet in encoded(list(tone), IMA) for half in (octet & 15, octet >> 4)]
    for count, (nibble, sample) in enumerate(zip(nibbles, tone, strict=True)):
        change = IMA_STEPS[index] * (2 * (nibble & 7) + 1) // 8
        guess += -change if nibble & 8 else change
        index = max(0, min(88, index + (-1, -1, -1, -1, 2, 4, 6, 8)[nibble & 7]))
        worst = max(worst, abs(guess - sample)) if count > 50 else 0
    assert worst < 1500


@pytest.mark.parametrize(
    ("letter", "country", "hertz"),
    [(b"c", "US", 1100), (b"a", "DE", 2100), (b"b", "DE", 425), (b"d", "FR", 425), (b"e", "US", 1300)],
)
def test_a_tone_has_its_frequency(letter: bytes, country: str, hertz: int) -> None:
    pattern = pattern_of(letter, country)
    assert pattern is not None
    tone = loop(pattern, PLAIN, 8000)[:2400]
    assert crossings(tone) == pytest.approx(hertz * 0.3, abs=2)


@pytest.mark.parametrize("encoding", FORMATS)
def test_a_quiet_line_is_silent_in_every_encoding(encoding: str) -> None:
    form = FORMATS[encoding]
    assert len(silence(form, 101)) == 101
    assert is_silence(form, silence(form, 100))
    assert len(loop((((1000,), 1.0),), form, 8000)) == 8000 * form.bits // 8
    assert is_silence(form, loop((((1000,), 1.0),), form, 8000)) == (encoding == OTHER)


def test_a_letter_without_a_sound_has_no_tone() -> None:
    assert pattern_of(b"l", "US") is None
    assert pattern_of(b"\xff", "US") is None


def test_what_a_caller_says_is_on_the_line_byte_for_byte_wherever_it_is_cut() -> None:
    line = LineSound("US")
    speech = bytes(range(256)) * 3
    line.speak(0.5, speech)
    line.tone(2.0, b"b")
    whole = line.piece(PLAIN, 8000, 0, 24000)
    assert whole[:4000] == silence(PLAIN, 4000)
    assert whole[4000 : 4000 + len(speech)] == speech
    assert whole[4000 + len(speech) : 16000] == silence(PLAIN, 12000 - len(speech))
    assert whole[16000:20000] == loop(pattern_of(b"b", "US") or (), PLAIN, 8000)[:4000]
    cut = [line.piece(PLAIN, 8000, first, min(37, 24000 - first)) for first in range(0, 24000, 37)]
    assert b"".join(cut) == whole


def test_silence_falls_when_the_line_is_hushed() -> None:
    line = LineSound("US")
    line.speak(0.0, b"\x01" * 8000)
    line.hush(0.5)
    assert line.piece(PLAIN, 8000, 3990, 20) == b"\x01" * 10 + b"\x80" * 10


def test_no_piece_begins_within_a_sample() -> None:
    assert position(FORMATS[LINEAR_16], 11025, 0.0001) % 2 == 0
    assert position(FORMATS[IMA], 8000, 1.0) == 4000
