"""What we recognise ourselves is told with the same events as what a modem recognises."""

import pytest

from hardware.events import KeyPressed, LineSignal, SignalHeard
from hardware.sound.heard import Heard, KeyHeard, SilenceLasted, ToneHeard, as_told_by_modem
from hardware.sound.tone_tables import Tone


@pytest.mark.parametrize(
    ("heard", "event"),
    [
        (ToneHeard(Tone.DIAL_TONE, 0, 1), SignalHeard(LineSignal.DIAL_TONE)),
        (ToneHeard(Tone.BUSY, 0, 1), SignalHeard(LineSignal.BUSY)),
        (ToneHeard(Tone.REORDER, 0, 1), SignalHeard(LineSignal.BUSY)),
        (ToneHeard(Tone.RINGBACK, 0, 1), SignalHeard(LineSignal.RINGBACK)),
        (ToneHeard(Tone.NO_CIRCUIT, 0, 1), SignalHeard(LineSignal.SPECIAL_INFORMATION)),
        (ToneHeard(Tone.FAX_CALLING, 0, 1), SignalHeard(LineSignal.FAX_CALLING)),
        (ToneHeard(Tone.FAX_ANSWERING, 0, 1), SignalHeard(LineSignal.FAX_ANSWERING)),
        (KeyHeard("#", 0, 1), KeyPressed("#")),
        (SilenceLasted(0, 1, after_sound=True), SignalHeard(LineSignal.QUIET)),
        (SilenceLasted(0, 1, after_sound=False), SignalHeard(LineSignal.SILENCE)),
    ],
)
def test_what_was_heard_is_told_as_a_modem_would(heard: Heard, event: SignalHeard | KeyPressed) -> None:
    assert as_told_by_modem(heard) == event


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_an_event(tone: Tone) -> None:
    assert isinstance(as_told_by_modem(ToneHeard(tone, 0, 1)), SignalHeard)
