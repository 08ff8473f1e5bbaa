"""Whatever a person uploads becomes 8 kHz samples or a sentence that says what to do; nothing else ever."""

import io
import math
import struct
import subprocess
import wave
from array import array
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.sound import tones
from hardware.sound.resample import RATES, Resampler
from hardware.sound.samples import RATE, Samples
from hardware.sound.spectrum import coefficient, power
from hardware.sound.tone_tables import Part, Pattern
from hardware.sound.wav import MOST_BEFORE, NotASound, read_wav, write_wav

BEEP = tones.make(Pattern((Part(0.5, (1000,)),)))
GOOD = write_wav(BEEP)


def by_sox(*form: str, hz: int = 1000, seconds: float = 0.5) -> bytes:
    """A sine, half as loud as can be, in a file that sox wrote to a pipe."""
    command = ["sox", "-D", "-n", *form, "-t", "wav", "-", "synth", str(seconds), "sine", str(hz), "vol", "0.5"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def wav(sound: bytes, *, code: int = 1, channels: int = 1, rate: int = RATE, bits: int = 16, size: int = -1) -> bytes:
    """A file with any header."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, code, channels, rate, 0, 0, bits)
    size = len(sound) if size < 0 else size
    return b"RIFF\x00\x00\x00\x00WAVE" + form + struct.pack("<4sI", b"data", size) + sound


def read(data: bytes, longest: float = 60.0) -> Samples:
    return read_wav(io.BytesIO(data), longest)


def snr(sound: Samples, hz: float) -> float:
    """How far all else is below a sine, in dB, away from the edges."""
    middle = sound[400:-400]
    whole, sine = sum(value * value for value in middle), power(middle, coefficient(hz))
    return 10 * math.log10(sine / max(whole - sine, 1e-9))


def test_what_we_write_we_read() -> None:
    assert read(GOOD) == BEEP


def test_what_we_write_others_read() -> None:
    with wave.open(io.BytesIO(GOOD)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == BEEP.tobytes()
    raw = subprocess.run(["sox", "-D", "-t", "wav", "-", "-t", "s16", "-"], input=GOOD, check=True, capture_output=True)
    assert raw.stdout == BEEP.tobytes()


@pytest.mark.parametrize(
    ("form", "least"),
    [
        ("-r 8000 -b 16 -c 1", 60),
        ("-r 8000 -b 8 -c 2", 40),
        ("-r 44100 -b 16 -c 2", 60),
        ("-r 48000 -b 24 -c 1", 60),
        ("-r 11025 -b 32 -c 2", 60),
        ("-r 16000 -e float -b 32 -c 1", 60),
        ("-r 8000 -e mu-law -c 1", 30),
        ("-r 8000 -e a-law -c 2", 30),
    ],
)
def test_files_of_sox_are_read_as_long_and_as_loud_as_they_are(form: str, least: float) -> None:
    sound = read(by_sox(*form.split()))
    assert len(sound) in (RATE // 2 - 1, RATE // 2)  # half a second is no whole number at 11025
    assert snr(sound, 1000) > least
    assert max(sound[400:-400]) == pytest.approx(16384, rel=0.04)


@pytest.mark.parametrize("rate", RATES[1:])
def test_what_does_not_fit_into_8_khz_is_held_back_and_the_band_is_kept(rate: int) -> None:
    def loudness(hz: float) -> float:
        came = Resampler(rate).take([16384 * math.sin(math.tau * hz * n / rate) for n in range(rate // 5)])
        return 10 * math.log10(
            sum(value * value for value in came[200:-200]) / (len(came) - 400) / (16384**2 / 2) + 1e-9
        )

    assert abs(loudness(300)) < 0.3
    assert abs(loudness(3300)) < 0.3
    assert loudness(4700) < -55


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.sampled_from([8000, 11025, 44100]))
@settings(deadline=None, max_examples=20)
def test_resampling_in_pieces_is_resampling_at_once(lengths: list[int], rate: int) -> None:
    sound = [10000 * math.sin(n * n / 5000) for n in range(sum(lengths))]
    whole, parts = Resampler(rate), Resampler(rate)
    at_once = whole.take(sound) + whole.finish()
    made, at = array("h"), 0
    for length in lengths:
        made += parts.take(sound[at : at + length])
        at += length
    assert made + parts.finish() == at_once
    assert len(at_once) == len(sound) * RATE // rate


def test_two_channels_are_mixed() -> None:
    assert list(read(wav(struct.pack("<4h", 100, 300, -50, 50), channels=2))) == [200, 0]


def test_floats_that_are_none_or_too_loud_do_no_harm() -> None:
    odd = struct.pack("<5f", math.nan, math.inf, -math.inf, 1e30, 0.5)
    assert list(read(wav(odd, code=3, bits=32))) == [0, 32767, -32768, 32767, 16384]


def test_titles_before_the_sound_are_skipped_and_what_follows_it_too() -> None:
    title = b"LIST" + struct.pack("<I", 5) + b"hello\x00"
    assert read(GOOD[:12] + title + GOOD[12:] + title) == BEEP


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is not a WAV file."),
        (b"ID3\x04 an mp3", "This is not a WAV file."),
        (b"RIFF\x00\x00\x00\x00AVI ", "This is not a WAV file."),
        (GOOD[:40], "its sound is missing. Copy or record it again."),
        (GOOD[:-2], "its end is missing. Copy or record it again."),
        (wav(b"\x00\x00", size=30_000), "its end is missing."),
        (wav(b""), "There is no sound in this file."),
        (wav(b"\x00"), "There is no sound in this file."),
        (wav(b"\x00\x00", code=0x55), "written in a way that cannot be read here. Save it as a WAV file with 16 bits"),
        (wav(b"\x00\x00", bits=12), "written in a way that cannot be read here."),
        (wav(b"\x00\x00", channels=0), "has 0 channels"),
        (wav(b"\x00\x00", channels=6), "has 6 channels; it must have one or two. Save it as"),
        (wav(b"\x00\x00", rate=0), "has 0 samples per second, which is unusual. Save it as"),
        (wav(b"\x00\x00", rate=4294967295), "has 4294967295 samples per second"),
        (wav(bytes(16001 * 2)), "This sound is 2 s long; the longest is 2 s."),
        (wav(bytes(16001 * 2), size=0xFFFFFFFF), "This sound is too long; the longest is 2 s."),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \x02\x00\x00\x00\x01\x00", "its header is too short."),
        (b"RIFF\x00\x00\x00\x00WAVEdata\x02\x00\x00\x00\x01\x00", "its sound is missing."),
        (b"RIFF\x00\x00\x00\x00WAVE" + struct.pack("<4sI", b"LIST", 0xFFFFFFFF), "its sound is missing."),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(data: bytes, sentence: str) -> None:
    with pytest.raises(NotASound) as refused:
        read(data, longest=2.0)
    assert sentence in str(refused.value)


class Endless(io.RawIOBase):
    """A file without an end, which counts what is asked of it."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0
        part = (self._head + bytes(size))[:size]
        self._head = self._head[size:]
        self.given += size
        return part


@pytest.mark.parametrize(
    ("head", "most"),
    [
        (wav(b"", size=0xFFFFFFFF), 2 * RATE * 2 + 100),
        (b"RIFF\x00\x00\x00\x00WAVE" + struct.pack("<4sI", b"LIST", 0xFFFFFFF0), 100),
        (b"RIFF\x00\x00\x00\x00WAVE", MOST_BEFORE + 300),
    ],
)
def test_no_more_is_read_than_the_longest_sound_needs(head: bytes, most: int) -> None:
    file = Endless(head)
    if head.endswith(b"WAVE"):
        file = Endless(head + (b"JUNK" + struct.pack("<I", 65536) + bytes(65536)) * 20)
    with pytest.raises(NotASound):
        read_wav(file, longest=2.0)  # type: ignore[arg-type]
    assert file.given <= most


@given(st.binary(max_size=200), st.integers(0, 60), st.binary(max_size=8))
@settings(deadline=None)
def test_any_bytes_are_a_sound_or_refused(tail: bytes, at: int, patch: bytes) -> None:
    for data in (tail, GOOD[:44] + tail, GOOD[:at] + patch + GOOD[at + len(patch) : 300]):
        with suppress(NotASound):
            assert read(data)
