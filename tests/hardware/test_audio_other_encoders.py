"""What other people's programs make of our sound, and we of theirs: sox and mgetty's pvftools (Debian packages)."""

import math
import random
import struct
import subprocess
from array import array
from pathlib import Path

import pytest

from hardware.sound import audio
from hardware.sound.formats import Encoding
from hardware.sound.samples import RATE, Samples, from_little_endian, to_little_endian

LINEAR = ("-t", "raw", "-e", "signed", "-b", "16", "-L")
SOX = {
    Encoding.MU_LAW: ("-t", "raw", "-e", "mu-law", "-b", "8"),
    Encoding.A_LAW: ("-t", "raw", "-e", "a-law", "-b", "8"),
    Encoding.UNSIGNED_8: ("-t", "raw", "-e", "unsigned", "-b", "8"),
    Encoding.SIGNED_8: ("-t", "raw", "-e", "signed", "-b", "8"),
    Encoding.IMA_ADPCM: ("-t", "ima"),
    Encoding.LINEAR_16: LINEAR,
}
# The pvftools' numbers, bits, and what they reach at least (dB). Their A-law is not G.711's, so it judges nothing.
PVF = {
    Encoding.UNSIGNED_8: (8, 8, 25.0),
    Encoding.SIGNED_8: (9, 8, 25.0),
    Encoding.MU_LAW: (6, 8, 35.0),
    Encoding.IMA_ADPCM: (5, 4, 18.0),
    Encoding.LINEAR_16: (12, 16, 90.0),
}


def voice_like() -> Samples:
    """Two seconds of gliding harmonics with some noise, loud and soft."""
    draw = random.Random(7)
    sound = array("h")
    for at in range(2 * RATE):
        turn = math.tau * (150 + 40 * math.sin(at / 2500)) * at / RATE
        swell = 0.2 + 0.8 * abs(math.sin(at / 3000))
        value = sum(math.sin(n * turn) / n for n in (1, 2, 3, 5, 9)) * swell * 7000 + draw.gauss(0, 80)
        sound.append(round(value))
    return sound


SOUND = voice_like()


def sox(source: tuple[str, ...], target: tuple[str, ...], data: bytes) -> bytes:
    form = ("-r", str(RATE), "-c", "1")
    command = ["sox", "-D", *source, *form, "-", *target, *form, "-"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def noise_db(wanted: Samples, found: Samples) -> float:
    """How far what differs is below the sound."""
    wrong = sum((a - b) ** 2 for a, b in zip(wanted, found, strict=False)) or 1e-9
    return 10 * math.log10(sum(value * value for value in wanted) / wrong)


def swapped(data: bytes) -> bytes:
    """Low and high nibbles the other way round: sox writes the first sample into the high one."""
    return bytes(byte >> 4 | byte << 4 & 0xFF for byte in data)


@pytest.mark.parametrize(
    ("encoding", "step"),
    [(Encoding.MU_LAW, 4), (Encoding.A_LAW, 8), (Encoding.UNSIGNED_8, 1), (Encoding.SIGNED_8, 1)],
)
def test_bytes_are_those_of_sox_wherever_the_standard_leaves_no_choice(encoding: Encoding, step: int) -> None:
    # G.711 codes 14 bits (mu-law) and 13 bits (A-law); how 16 bits get there is left to the program.
    every = array("h", range(-32768, 32768, step))
    assert audio.encode(encoding, every) == sox(LINEAR, SOX[encoding], to_little_endian(every))


@pytest.mark.parametrize("encoding", [Encoding.MU_LAW, Encoding.A_LAW])
def test_where_there_is_a_choice_it_is_one_step_at_most_from_that_of_sox(encoding: Encoding) -> None:
    every = array("h", range(-32768, 32768))
    ours = audio.decode(encoding, audio.encode(encoding, every))
    theirs = audio.decode(encoding, sox(LINEAR, SOX[encoding], to_little_endian(every)))
    levels = sorted(set(audio.decode(encoding, bytes(range(256)))))
    place = {level: n for n, level in enumerate(levels)}
    assert all(abs(place[a] - place[b]) <= 1 for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("encoding", [Encoding.MU_LAW, Encoding.A_LAW, Encoding.UNSIGNED_8, Encoding.SIGNED_8])
def test_every_byte_is_the_sample_that_sox_makes_of_it(encoding: Encoding) -> None:
    data = bytes(range(256))
    assert audio.decode(encoding, data) == from_little_endian(sox(SOX[encoding], LINEAR, data))


def test_adpcm_of_sox_is_understood_and_ours_by_sox() -> None:
    theirs = audio.decode(Encoding.IMA_ADPCM, swapped(sox(LINEAR, SOX[Encoding.IMA_ADPCM], to_little_endian(SOUND))))
    assert noise_db(SOUND, theirs) > 18
    data = audio.encode(Encoding.IMA_ADPCM, SOUND)
    read = from_little_endian(sox(SOX[Encoding.IMA_ADPCM], LINEAR, swapped(data)))
    assert noise_db(audio.decode(Encoding.IMA_ADPCM, data), read) > 35  # sox rounds each step its own way


@pytest.mark.parametrize("encoding", PVF)
def test_pvftools_hear_what_we_write(encoding: Encoding, tmp_path: Path) -> None:
    number, bits, least = PVF[encoding]
    header = struct.pack(">4s16sHHB7s", b"RMD1", b"V253modem", number, RATE, bits, b"")
    rmd, pvf = tmp_path / "ours.rmd", tmp_path / "ours.pvf"
    rmd.write_bytes(header + audio.encode(encoding, SOUND))
    subprocess.run(["rmdtopvf", rmd, pvf], check=True, capture_output=True)
    assert noise_db(SOUND, read_pvf(pvf)) > least


@pytest.mark.parametrize("encoding", PVF)
def test_we_hear_what_pvftools_write(encoding: Encoding, tmp_path: Path) -> None:
    number, _, least = PVF[encoding]
    rmd, pvf = tmp_path / "theirs.rmd", tmp_path / "theirs.pvf"
    pvf.write_bytes(b"PVF1\n1 8000 32\n" + b"".join(struct.pack(">i", value << 8) for value in SOUND))
    subprocess.run(["pvftormd", "V253modem", str(number), pvf, rmd], check=True, capture_output=True)
    assert noise_db(SOUND, audio.decode(encoding, rmd.read_bytes()[32:])) > least


def read_pvf(path: Path) -> Samples:
    """32 bits a sample, high byte first, 16 bits shifted up by 8."""
    magic, form, data = path.read_bytes().split(b"\n", 2)
    assert (magic, form.split()[:2]) == (b"PVF1", [b"1", b"8000"])
    values = (value for (value,) in struct.iter_unpack(">i", data[: len(data) // 4 * 4]))
    return array("h", [max(-32768, min(32767, value >> 8)) for value in values])
