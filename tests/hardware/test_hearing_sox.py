"""Tones that another program made (sox) are recognised, so that maker and listener are not wrong in the same way."""

import subprocess

import pytest

from hardware.sound import tones
from hardware.sound.samples import Samples, from_little_endian
from hardware.sound.tone_tables import Tone
from tests.hardware.line_sounds import heard, names


def made_by_sox(*effects: str) -> Samples:
    command = ["sox", "-D", "-n", "-r", "8000", "-c", "1", "-b", "16", "-e", "signed", "-L", "-t", "raw", "-"]
    return from_little_endian(subprocess.run([*command, *effects], check=True, capture_output=True).stdout)


def beeping(frequencies: list[int], on: float, off: float, times: int) -> list[str]:
    sines = [word for hz in frequencies for word in ("sine", str(hz))]
    return ["synth", str(on), *sines, "remix", "-", "gain", "-14", "pad", "0", str(off), "repeat", str(times - 1)]


@pytest.mark.parametrize(
    ("country", "effects", "tone"),
    [
        ("US", beeping([480, 620], 0.5, 0.5, 4), Tone.BUSY),
        ("US", beeping([480, 620], 0.25, 0.25, 4), Tone.REORDER),
        ("US", beeping([440, 480], 2, 4, 2), Tone.RINGBACK),
        ("US", beeping([350, 440], 3, 0, 1), Tone.DIAL_TONE),
        ("GB", beeping([400], 0.375, 0.375, 4), Tone.BUSY),
        ("DE", beeping([425], 0.48, 0.48, 4), Tone.BUSY),
        ("DE", beeping([1100], 0.5, 3, 2), Tone.FAX_CALLING),
        ("DE", beeping([2100], 3, 0, 1), Tone.FAX_ANSWERING),
    ],
)
def test_tones_from_sox_are_recognised(country: str, effects: list[str], tone: Tone) -> None:
    assert names(heard(made_by_sox(*effects) + tones.pause(0.2), country)) == [tone]


def test_special_information_from_sox_is_recognised() -> None:
    segments = [made_by_sox("synth", "0.33", "sine", hz, "gain", "-14") for hz in ("950", "1400", "1800")]
    assert names(heard(sum(segments, tones.pause(0.2)) + tones.pause(0.2))) == [Tone.SPECIAL_INFORMATION]


def test_keys_from_sox_are_recognised() -> None:
    presses = [beeping([770, 1336], 0.07, 0.07, 2), beeping([941, 1477], 0.05, 0.05, 1)]
    assert names(heard(sum((made_by_sox(*press) for press in presses), tones.pause(0.2)))) == ["5", "5", "#"]
