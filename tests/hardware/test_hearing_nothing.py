"""Speech, music, noise and silence are no tones and no keys; and keys are heard between words."""

from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.sound import tones
from hardware.sound.formats import Encoding
from hardware.sound.samples import Samples
from hardware.sound.tone_tables import TONES, Part, Pattern, Tone
from tests.hardware.line_sounds import SPEECH, heard, hiss, names, noisy, notes, speech, through, voice

A3, C4, E4, G4, A4, C5, D5, E5 = 220.0, 261.6, 329.6, 392.0, 440.0, 523.3, 587.3, 659.3
# A list of notes in Hz, as a bell or a music box plays them: the first bars of "Twinkle, twinkle".
MELODY = [
    (C4,),
    (C4,),
    (G4,),
    (G4,),
    (A4,),
    (A4,),
    (G4,),
    (392.0,),
    (349.2,),
    (349.2,),
    (E4,),
    (E4,),
    (D5,),
    (D5,),
    (C4,),
]


@pytest.mark.parametrize("country", ["DE", "US"])
@pytest.mark.parametrize("path", SPEECH, ids=lambda path: path.stem)
def test_spoken_sentences_are_no_tones_and_no_keys(path: Path, country: str) -> None:
    assert heard(speech(path), country) == []


def test_there_are_sentences_to_listen_to() -> None:
    assert len(SPEECH) == 6
    assert all(max(speech(path)) > 5000 for path in SPEECH)


@pytest.mark.parametrize("seed", range(8))
def test_a_made_voice_is_no_tone_and_no_key(seed: int) -> None:
    assert heard(voice(6.0, seed), "ES") == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: tones.pause(6.0),
        lambda: hiss(6.0, -45),
        lambda: hiss(6.0, -15),
        lambda: notes((A3, E4, A4), (C4, E4, G4), (E4, A4, C5, E5), seconds=1.5),
        lambda: tones.make(Pattern((Part(4.0, (E4, 415.3, 493.9)),))),
        lambda: notes((A3,), seconds=3.0, overtones=6),
        lambda: notes(*MELODY),
        lambda: notes(*MELODY, seconds=0.2, overtones=1),
        lambda: tones.make(Pattern((Part(6.0, (50, 150)),))),
        lambda: tones.make(Pattern((Part(3.0, (1000,)),))),
    ],
    ids=["silence", "soft hiss", "hiss", "chords", "organ chord", "low note", "melody", "bells", "hum", "whistle"],
)
def test_music_noise_and_silence_are_no_tones_and_no_keys(make: Callable[[], Samples]) -> None:
    assert heard(make(), "GB") == []


def test_a_melody_played_on_the_keys_is_keys_and_nothing_else() -> None:
    melody = "3212333222399" * 2
    assert "".join(map(str, names(heard(tones.make_keys(melody))))) == melody


@pytest.mark.parametrize("path", SPEECH[:3], ids=lambda path: path.stem)
def test_keys_between_words_are_heard(path: Path) -> None:
    words = speech(path)
    half = len(words) // 2
    sound = words[:half] + tones.make_keys("19#") + words[half:] + tones.make_keys("0")
    assert names(heard(through(Encoding.UNSIGNED_8, sound))) == ["1", "9", "#", "0"]


def test_keys_pressed_while_a_soft_voice_speaks_are_heard() -> None:
    words = [value // 12 for value in voice(2.0, seed=3)]
    pressed = tones.make_keys("5309#7*", level=-8)
    both = array("h", [a + b for a, b in zip(words, pressed, strict=False)])
    assert names(heard(both)) == list("5309#7*")


def test_a_rhythm_whose_pauses_are_as_loud_as_its_beeps_is_no_busy_tone() -> None:
    beeps = tones.make(TONES["DE"].busy, 4.0, level=-15)
    filled = [beep or noise for beep, noise in zip(beeps, hiss(4.0, -18), strict=True)]
    assert names(heard(beeps, "DE")) == [Tone.BUSY]
    assert heard(array("h", filled), "DE") == []


def test_busy_tone_after_speech_is_still_busy() -> None:
    sound = speech(SPEECH[0]) + tones.pause(0.7) + tones.make(TONES["GB"].busy, 4.0)
    assert names(heard(noisy(sound, 20), "GB")) == [Tone.BUSY]
