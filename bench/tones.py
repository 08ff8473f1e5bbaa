"""What listening costs: seconds of processor per second of sound, for each kind of sound that a line carries."""

import time
from collections.abc import Callable, Iterator

from bench.figures import Figure
from bench.homes import Homes
from hardware.sound import audio, tones
from hardware.sound.formats import Encoding
from hardware.sound.hearing import Listener
from hardware.sound.samples import RATE, Samples
from hardware.sound.tone_tables import TONES
from tests.hardware.line_sounds import SPEECH, hiss, speech

LISTENING = 2.0
"""Percent of one core, while a call lasts."""
SECONDS = 30
PIECE = RATE // 10
"""What a modem's thread reads at once."""


def measure(_homes: Homes) -> Iterator[Figure]:
    """Everything is listened for at once, as in a call; the encodings are measured beside it."""
    talk = sum((speech(path) for path in SPEECH), tones.pause(0))
    kinds: dict[str, Samples] = {
        "speech": talk,
        "loud hiss": hiss(5, -15),
        "busy tone": tones.make(TONES["US"].busy, 5),
        "dial tone": tones.make(TONES["US"].dial, 5),
        "keys": tones.make_keys("0123456789*#"),
        "silence": tones.pause(5),
    }
    for kind, sound in kinds.items():
        line = sound * (SECONDS * RATE // len(sound) + 1)
        yield Figure(f"listening to {kind}", _percent(line, _listen), "% of a core", LISTENING)
    for encoding in (Encoding.UNSIGNED_8, Encoding.MU_LAW, Encoding.IMA_ADPCM):
        data = audio.encode(encoding, talk)
        yield Figure(f"reading {encoding.value}", _percent(talk, _reader(encoding, data)), "% of a core")
        yield Figure(f"writing {encoding.value}", _percent(talk, audio.encoder(encoding).encode), "% of a core")


def _listen(sound: Samples) -> None:
    listener = Listener("US")
    for at in range(0, len(sound), PIECE):
        listener.feed(sound[at : at + PIECE])


def _reader(encoding: Encoding, data: bytes) -> Callable[[Samples], object]:
    return lambda _sound: audio.decode(encoding, data)


def _percent(sound: Samples, work: Callable[[Samples], object]) -> float:
    begun = time.process_time()
    work(sound)
    return 100 * (time.process_time() - begun) * RATE / len(sound)
