"""Every encoding of a voice modem, to samples and back, in pieces of any length."""

import itertools
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.sound import audio
from hardware.sound.adpcm import STEPS
from hardware.sound.audio import SILENCE
from hardware.sound.formats import Encoding
from hardware.sound.samples import Samples, from_little_endian, to_little_endian

EVERY_BYTE = bytes(range(256))
EVERY_SAMPLE = array("h", range(-32768, 32768))
BYTEWISE = [Encoding.UNSIGNED_8, Encoding.SIGNED_8, Encoding.MU_LAW, Encoding.A_LAW]
samples = st.lists(st.integers(-32768, 32767), max_size=300).map(lambda values: array("h", values))
cuts = st.lists(st.integers(0, 40), min_size=1, max_size=10)


def pieces(length: int, cuts: list[int]) -> list[slice]:
    """Slices that cover a length, cut as told, over and over."""
    ends = itertools.accumulate(itertools.chain(cuts, itertools.repeat(7)))
    marks = [0, *itertools.takewhile(lambda end: end < length, ends), length]
    return [slice(begin, end) for begin, end in itertools.pairwise(marks)]


@pytest.mark.parametrize("encoding", BYTEWISE)
def test_every_byte_comes_back_as_it_was(encoding: Encoding) -> None:
    back = audio.encode(encoding, audio.decode(encoding, EVERY_BYTE))
    minus_zero = {0x7F: 0xFF} if encoding is Encoding.MU_LAW else {}  # mu-law has two zeros; the positive one is sent
    assert back == bytes(minus_zero.get(byte, byte) for byte in EVERY_BYTE)


@pytest.mark.parametrize("encoding", BYTEWISE)
def test_a_louder_sample_never_becomes_a_softer_one(encoding: Encoding) -> None:
    back = audio.decode(encoding, audio.encode(encoding, EVERY_SAMPLE))
    assert all(here <= following for here, following in itertools.pairwise(back))


@pytest.mark.parametrize(
    ("encoding", "part", "least"),
    [
        (Encoding.UNSIGNED_8, 0, 128),
        (Encoding.SIGNED_8, 0, 128),
        (Encoding.MU_LAW, 1 / 32, 132 / 32),
        (Encoding.A_LAW, 1 / 32, 8),
        (Encoding.LINEAR_16, 0, 0),
    ],
)
def test_a_sample_comes_back_within_half_a_step(encoding: Encoding, part: float, least: int) -> None:
    back = audio.decode(encoding, audio.encode(encoding, EVERY_SAMPLE))
    assert len(back) == len(EVERY_SAMPLE)
    lowest, highest = min(back), max(back)
    for sample, again in zip(EVERY_SAMPLE, back, strict=True):
        clipped = max(lowest, min(highest, sample))
        assert abs(again - clipped) <= least + part * abs(clipped)


# ITU-T G.711 tables 1a to 2b: decision and output values at both ends of each segment, 14 bits times 4, 13 times 8.
@pytest.mark.parametrize(
    ("encoding", "byte", "value"),
    [
        (Encoding.MU_LAW, 0x80, 8031 * 4),
        (Encoding.MU_LAW, 0x8F, 4191 * 4),
        (Encoding.MU_LAW, 0xFE, 2 * 4),
        (Encoding.MU_LAW, 0xFF, 0),
        (Encoding.MU_LAW, 0x00, -8031 * 4),
        (Encoding.MU_LAW, 0x7E, -2 * 4),
        (Encoding.A_LAW, 0xAA, 4032 * 8),
        (Encoding.A_LAW, 0xD5, 1 * 8),
        (Encoding.A_LAW, 0x55, -1 * 8),
        (Encoding.A_LAW, 0x2A, -4032 * 8),
        (Encoding.UNSIGNED_8, 0x00, -32768),
        (Encoding.UNSIGNED_8, 0xFF, 32512),
        (Encoding.SIGNED_8, 0x80, -32768),
        (Encoding.SIGNED_8, 0x7F, 32512),
    ],
)
def test_bytes_mean_what_the_standard_says(encoding: Encoding, byte: int, value: int) -> None:
    assert list(audio.decode(encoding, bytes([byte]))) == [value]
    assert audio.encode(encoding, array("h", [value])) == bytes([byte])


@pytest.mark.parametrize("encoding", Encoding)
def test_silence_is_silent_and_never_needs_shielding(encoding: Encoding) -> None:
    assert not any(audio.decode(encoding, SILENCE[encoding] * 100)) or encoding is Encoding.A_LAW
    assert max(map(abs, audio.decode(encoding, SILENCE[encoding] * 100))) <= 8
    assert b"\x10" not in SILENCE[encoding]


@given(data=st.binary(max_size=300), cuts=cuts, encoding=st.sampled_from(Encoding))
@settings(deadline=None)
def test_any_bytes_decode_alike_however_they_are_cut(data: bytes, cuts: list[int], encoding: Encoding) -> None:
    whole, decoder = audio.decode(encoding, data), audio.decoder(encoding)
    parts = array("h")
    for piece in pieces(len(data), cuts):
        parts += decoder.decode(data[piece])
    assert parts == whole


@given(sound=samples, cuts=cuts, encoding=st.sampled_from(Encoding))
@settings(deadline=None)
def test_any_samples_encode_alike_however_they_are_cut(sound: Samples, cuts: list[int], encoding: Encoding) -> None:
    whole, encoder = audio.encode(encoding, sound), audio.encoder(encoding)
    assert b"".join([*(encoder.encode(sound[piece]) for piece in pieces(len(sound), cuts)), encoder.finish()]) == whole


@given(samples)
@settings(deadline=None)
def test_16_bits_lose_nothing(sound: Samples) -> None:
    assert audio.decode(Encoding.LINEAR_16, audio.encode(Encoding.LINEAR_16, sound)) == sound
    assert from_little_endian(to_little_endian(sound)) == sound


def test_16_bits_are_written_low_byte_first() -> None:
    assert audio.encode(Encoding.LINEAR_16, array("h", [1, -2])) == b"\x01\x00\xfe\xff"


def test_adpcm_puts_the_first_sample_into_the_low_nibble() -> None:
    first, second = audio.decode(Encoding.IMA_ADPCM, b"\x07")
    assert first == STEPS[0] // 8 + STEPS[0] // 4 + STEPS[0] // 2 + STEPS[0] == 11
    assert second == first + STEPS[8] // 8


def test_adpcm_follows_a_slow_sound_to_within_a_step() -> None:
    slope = array("h", [*range(0, 8000, 40), *range(8000, -8000, -40)])
    back = audio.decode(Encoding.IMA_ADPCM, audio.encode(Encoding.IMA_ADPCM, slope))
    assert max(abs(a - b) for a, b in zip(slope[20:], back[20:], strict=True)) < 60


@given(samples)
@settings(deadline=None)
def test_adpcm_is_two_samples_a_byte(sound: Samples) -> None:
    data = audio.encode(Encoding.IMA_ADPCM, sound)
    assert len(data) == (len(sound) + 1) // 2
    assert len(audio.decode(Encoding.IMA_ADPCM, data)) == 2 * len(data)
